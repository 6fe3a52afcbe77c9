"""Periods: what is written in a row → SDMX time period, frequency, first and last day."""

import polars as pl

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
    periods = [read[text] for text in draft.frame[column].to_list()]
    columns = pl.DataFrame(
        {
            "freq": [p.freq for p in periods],
            "time_period": [p.time_period for p in periods],
            "period_start": [p.start for p in periods],
            "period_end": [p.end for p in periods],
        },
        schema_overrides={"period_start": pl.Date, "period_end": pl.Date},
    )
    return draft.to(draft.frame.hstack(columns)).noting(faults)
