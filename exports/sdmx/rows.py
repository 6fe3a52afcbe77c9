"""The rows of a table as SDMX observations: columns are components, values are texts as they are written."""

import polars as pl

from exports.sdmx.components import (
    COMPONENTS,
    HEADLINE,
    KEY,
    MOST_CLAIMS,
    QUERY,
    RIVAL,
    TIME,
    UNDECIDED,
    UNIT_MULT,
)
from exports.table import Table
from indicators.answer import Answer

CELL = ("ref_area", "counterpart_area", "sector", "sex", "freq", "time_period")
"""Claims with the same cell are rivals, whatever their units."""
START, END = "period_start", "period_end"
"""Two columns beside those of the components, by which periods are chosen: Date."""
CLAIM = "claim"


class TooManyClaims(ValueError):
    """A cell with more claims than the code list of CLAIM names."""


def rows(table: Table) -> pl.DataFrame:
    """One row a claim: components in their order, then START and END.

    A figure carried to a later year stands at that year, and CARRIED_FROM says of which year it is.

    Raises:
        TooManyClaims: more than MOST_CLAIMS rivals in one cell.
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
    claims = frame.with_columns(
        pl.when(chosen & ~several)
        .then(pl.lit(HEADLINE))
        .otherwise(pl.concat_str(letter, place))
        .alias(CLAIM),
        place.alias("place"),
    )
    if claims.height and int(claims["place"].max()) > MOST_CLAIMS:  # type: ignore[arg-type]
        raise TooManyClaims(f"a cell has more than {MOST_CLAIMS} claims; CL_CLAIM names no more")
    return claims.drop("place")
