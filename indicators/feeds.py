"""What one collection feeds: its figures by measure, area and year, and the indicators made of them."""

import polars as pl

from indicators.catalogue import Catalogue
from indicators.concepts.indicator import Indicator
from indicators.store import Store


def feeds(store: Store, collection: str) -> pl.DataFrame:
    """What a collection holds: measure, sector, ref_area, figures, missing, first, last (years)."""
    return store.ask("feeds", collection=collection)


def by(held: pl.DataFrame, column: str) -> pl.DataFrame:
    """The same summed over all but one column, those with the most figures first.

    Args:
        held: shape of `feeds`.
        column: measure, sector or ref_area.

    Returns:
        column, figures, missing, first, last, areas and measures (how many different).
    """
    return (
        held.group_by(column)
        .agg(
            pl.col("figures").sum(), pl.col("missing").sum(), pl.col("first").min(), pl.col("last").max(),
            pl.col("ref_area").n_unique().alias("areas"), pl.col("measure").n_unique().alias("measures"),
        )
        .sort("figures", column, descending=[True, False])
    )  # fmt: skip


def indicators_of(held: pl.DataFrame, catalogue: Catalogue) -> list[tuple[Indicator, int]]:
    """The indicators whose numerator, or denominator, a collection has figures for, with how many."""
    counts = {(m, s): n for m, s, n in held.group_by("measure", "sector").agg(pl.col("figures").sum()).rows()}
    made = []
    for indicator in catalogue:
        terms = [(indicator.numerator.measure, s) for s in indicator.sectors]
        terms += [
            (d.measure, s)
            for d in indicator.denominators
            for s in ([d.sector] if d.sector else indicator.sectors)
        ]
        figures = sum(counts.get(term, 0) for term in dict.fromkeys(terms))
        if figures:
            made.append((indicator, figures))
    return made
