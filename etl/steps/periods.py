"""Periods: what is written in a row → SDMX time period, frequency, first and last day."""

from typing import Any

import polars as pl

from etl.coded import CODE
from etl.draft import Draft
from etl.errors import Kind
from indicators.concepts.period import UNSTATED, Period, UnreadablePeriod, parse


def read_periods(draft: Draft, column: str) -> Draft:
    """Replace nothing; add freq, time_period, period_start and period_end, read from `column`."""
    if draft.frame.is_empty():
        return draft
    read: dict[str, Period] = {}
    unreadable: dict[str, str] = {}
    for text in draft.frame[column].unique(maintain_order=True).to_list():
        try:
            read[text] = parse(text)
        except UnreadablePeriod as fault:
            read[text], unreadable[text] = UNSTATED, str(fault)
    bad = draft.frame.filter(pl.col(column).is_in(list(unreadable))).select("file", "row", column)
    faults = [
        draft.fault(Kind.BAD_VALUE, r, column, repr(r[column]), unreadable[r[column]],
                    "Correct the period in the row.")
        for r in bad.to_dicts()
    ]  # fmt: skip
    known = pl.DataFrame(
        [(text, p.freq, p.time_period, p.start, p.end) for text, p in read.items()],
        schema={column: pl.String, **_PERIOD}, orient="row",
    )  # fmt: skip
    known = known.with_columns(pl.col(column).cast(draft.frame.schema[column]))
    periods = draft.frame.select(column).join(
        known, on=column, how="left", maintain_order="left", nulls_equal=True
    )
    return draft.to(draft.frame.hstack(periods.select(*_PERIOD))).noting(faults)


_PERIOD: dict[str, Any] = {
    "freq": CODE, "time_period": CODE, "period_start": pl.Date, "period_end": pl.Date,
}  # fmt: skip
