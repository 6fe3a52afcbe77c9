"""Stata .dta, release 118 (Stata 14 and newer), written by pandas: the kept writer of that format."""

from io import BytesIO

import polars as pl

from exports.columns import COLUMNS, DAY, FLAG, NUMBER, TEXT
from exports.table import Table
from indicators.query import BadQuery

LONGEST = 2045
"""Bytes of a str# variable; longer texts go into strL."""
LARGEST = 8.98846567431158e307
"""The largest number that Stata holds; what is above means that something is missing."""
_NAMED = 80
"""Characters of a variable's or a file's label."""


def dta(table: Table) -> bytes:
    """The table as a Stata file: labels of variables in the language, dates as %td, missing as `.`.

    A flag is 1 or 0, an open end of an interval is missing and `open_end` names it, as everywhere.

    Raises:
        BadQuery: a number is larger than any that Stata holds.
    """
    _held(table.frame)
    frame = table.frame.with_columns(pl.col(pl.Boolean).cast(pl.Int8), pl.col(pl.String).fill_null(""))
    plain = frame.to_pandas()
    days = [c.name for c in COLUMNS if c.type is DAY]
    for name in days:
        plain[name] = plain[name].astype("datetime64[ms]")
    whole = [c.name for c in COLUMNS if c.type not in (DAY, FLAG, TEXT)]
    plain[whole] = plain[whole].astype("float64")
    long = [
        c.name for c in COLUMNS
        if c.type is TEXT and (frame[c.name].str.len_bytes() > LONGEST).any()
    ]  # fmt: skip
    target = BytesIO()
    plain.to_stata(
        target,
        write_index=False,
        version=118,
        convert_dates=dict.fromkeys(days, "td"),
        convert_strl=long,
        data_label=table.title[:_NAMED],
        variable_labels={c.name: table.language.text(c.title)[:_NAMED] for c in COLUMNS},
    )
    return target.getvalue()


def _held(frame: pl.DataFrame) -> None:
    for name, kind in frame.schema.items():
        if kind == NUMBER and (frame[name].abs() > LARGEST).any():
            raise BadQuery([
                f"format=dta: {name} has a number beyond {LARGEST:.3e}, Stata's largest; take csv or parquet"
            ])  # fmt: skip
