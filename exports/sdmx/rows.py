"""The rows of a table as SDMX observations: columns are components, values are texts as they are written."""

from weakref import WeakKeyDictionary

import polars as pl

from exports.sdmx.components import (
    COMPONENTS,
    HEADLINE,
    KEY,
    QUERY,
    RIVAL,
    TIME,
    UNDECIDED,
    UNIT_MULT,
)
from exports.table import Table
from indicators.answer import Answer
from indicators.store import Store

CELL = ("ref_area", "counterpart_area", "sector", "sex", "freq", "time_period")
"""Claims with the same cell are rivals, whatever their units."""
START, END = "period_start", "period_end"
"""Two columns beside those of the components, by which periods are chosen: Date."""
CLAIM = "claim"


def rows(table: Table) -> pl.DataFrame:
    """One row a claim: components in their order, then START and END.

    A figure carried to a later year stands at that year, and CARRIED_FROM says of which year it is.
    """
    claims = _numbered(_dated(table.frame))
    extra = {UNIT_MULT.id: pl.lit(0, pl.Int64), QUERY.id: pl.lit(table.query.to_url())}
    return claims.select(
        *(extra.get(c.id, pl.col(c.column or CLAIM)).alias(c.id) for c in COMPONENTS), START, END
    )  # fmt: skip


def keys(answer: Answer) -> pl.DataFrame:
    """The keys of an answer, without what stands beside them: KEY, TIME_PERIOD, START, END."""
    claims = _numbered(_dated(answer.frame)).with_columns(pl.lit(answer.indicator.id).alias("indicator"))
    named = {c.id: c.column or CLAIM for c in COMPONENTS if c.id in (*KEY, TIME)}
    return claims.select(*(pl.col(column).alias(name) for name, column in named.items()), START, END)


def _dated(frame: pl.DataFrame) -> pl.DataFrame:
    carried = pl.col("carried_from").is_not_null()
    period = pl.when(carried).then(pl.col("year").cast(pl.String)).otherwise(pl.col("time_period"))
    return frame.with_columns(period.alias("time_period"))


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    chosen = pl.col("is_headline")
    place = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over([*CELL, "is_headline"])
    several = chosen.sum().over(CELL) > 1
    letter = pl.when(chosen).then(pl.lit(UNDECIDED)).otherwise(pl.lit(RIVAL))
    code = pl.when(chosen & ~several).then(pl.lit(HEADLINE)).otherwise(pl.concat_str(letter, place))
    return frame.with_columns(code.alias(CLAIM))


def numbered(frame: pl.DataFrame) -> int:
    """The highest number of a claim among rows; 0 where there is none."""
    last = frame[CLAIM.upper()].str.slice(1).cast(pl.Int64, strict=False).max()
    return int(last or 0)  # type: ignore[arg-type]


def held(store: Store) -> int:
    """The most claims that a cell of a release can have, which its code list must name; asked once."""
    if store not in _MOST:
        _MOST[store] = int(store.ask("most_claims").item() or 0)
    return _MOST[store]


_MOST: WeakKeyDictionary[Store, int] = WeakKeyDictionary()
