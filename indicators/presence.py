"""What there is and what there is not, by area, indicator and year; the kinds of absence kept apart.

Of several things in one place the first of STATES counts: a figure goes before a plan, a plan before a
gap that its source names. A place of which nobody says anything is none of them.
"""

from collections.abc import Sequence
from functools import lru_cache

import polars as pl

from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import Indicator
from indicators.store import Store

RIVALS, OBSERVED, DOUBTFUL, PLANNED = "rivals", "observed", "doubtful", "planned"
SUPPRESSED, NOT_APPLICABLE, NOT_AVAILABLE = "suppressed", "not_applicable", "not_available"
STATES = (RIVALS, OBSERVED, DOUBTFUL, PLANNED, SUPPRESSED, NOT_APPLICABLE, NOT_AVAILABLE)
HELD = (RIVALS, OBSERVED)
"""States in which there is a figure to be used."""
_COUNTS = ("figures", "doubtful", "planned", "suppressed", "not_applicable", "not_available")


def presence(
    store: Store, measures: Sequence[str] = (), areas: Sequence[str] = (), sectors: Sequence[str] = ()
) -> pl.DataFrame:
    """What there is of these measures, areas and sectors (none named = all), as queries/presence.sql."""
    details = list(codelist("measure_detail"))
    return store.ask(
        "presence", measures=list(measures), areas=list(areas), sectors=list(sectors), details=details
    )


def by_year(there: pl.DataFrame, row: str) -> pl.DataFrame:
    """What there is in each place of a picture of `row` by year.

    Args:
        there: shape of queries/presence.sql.
        row: the column that makes the rows: ref_area, measure or indicator.

    Returns:
        row, year (null where nobody states one), state (one of STATES), figures.
    """
    summed = there.group_by(row, "year").agg(*(pl.col(c).sum() for c in _COUNTS), pl.col("publishers").max())
    return summed.select(row, "year", _state().alias("state"), "figures").sort(row, "year")


def of_indicators(store: Store, catalogue: Catalogue, areas: Sequence[str] = ()) -> pl.DataFrame:
    """What there is of every indicator: shape of queries/presence.sql with `indicator`."""
    return _of_indicators(store, tuple(catalogue), tuple(areas))


@lru_cache(maxsize=8)
def _of_indicators(store: Store, indicators: tuple[Indicator, ...], areas: tuple[str, ...]) -> pl.DataFrame:
    there = presence(store, sorted({i.numerator.measure for i in indicators}), areas)
    links = [(i.id, i.numerator.measure, sector) for i in indicators for sector in i.sectors]
    named = pl.DataFrame(links, schema=["indicator", "measure", "sector"], orient="row")
    return there.join(named, on=["measure", "sector"], maintain_order="left_right")


def years(there: pl.DataFrame, column: str) -> pl.DataFrame:
    """In how many years there is a figure of each area: ref_area, `column`, years, first, last, figures."""
    held = there.filter((pl.col("figures") > 0) & pl.col("year").is_not_null())
    return (
        held.group_by("ref_area", column)
        .agg(
            pl.col("year").n_unique().alias("years"),
            pl.col("year").min().alias("first"),
            pl.col("year").max().alias("last"),
            pl.col("figures").sum(),
        )
        .sort("ref_area", column)
    )


def _state() -> pl.Expr:
    return (
        pl.when((pl.col("figures") > 0) & (pl.col("publishers") > 1))
        .then(pl.lit(RIVALS))
        .when(pl.col("figures") > 0)
        .then(pl.lit(OBSERVED))
        .when(pl.col("doubtful") > 0)
        .then(pl.lit(DOUBTFUL))
        .when(pl.col("planned") > 0)
        .then(pl.lit(PLANNED))
        .when(pl.col("suppressed") > 0)
        .then(pl.lit(SUPPRESSED))
        .when(pl.col("not_applicable") > 0)
        .then(pl.lit(NOT_APPLICABLE))
        .otherwise(pl.lit(NOT_AVAILABLE))
    )
