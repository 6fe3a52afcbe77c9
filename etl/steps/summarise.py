"""Summarise: small tables that let the server answer without reading every figure."""

import polars as pl

from indicators.concepts.codelist import codelist
from indicators.concepts.observation import OBSERVED, SCHEMA, TOTAL


def coverage(observations: pl.LazyFrame) -> pl.DataFrame:
    """What there is: one row for each measure, sector and area, with its span and count.

    Returns:
        measure, sector, ref_area, figures (with a value or an interval), missing, first, last.
    """
    present = pl.col("obs_low").is_not_null()
    year = pl.col("period_end").dt.year()
    return (
        observations.filter(pl.col("kind") == OBSERVED)
        .group_by("measure", "sector", "ref_area")
        .agg(
            present.sum().cast(pl.Int64).alias("figures"),
            (~present).sum().cast(pl.Int64).alias("missing"),
            year.filter(present).min().alias("first"),
            year.filter(present).max().alias("last"),
        )
        .sort("measure", "sector", "ref_area")
        .collect(engine="streaming")
    )


def national(observations: pl.LazyFrame, publications: pl.DataFrame) -> pl.DataFrame:
    """What answers are made of: figures of whole countries and groups, as known now.

    Regions, trade with single countries, older vintages and the measures of measure_detail.csv are left
    to the detail; so the summary grows with countries, years and claims, not with the detail behind them.

    Args:
        observations: shape SCHEMA.
        publications: source, vintage and known_from (a date).

    Returns:
        Observed figures from the newest vintage of each source, shape SCHEMA, sorted as asked for.
    """
    countries = codelist("area").of_kind("country")
    newest = (
        publications.sort("source", "known_from", "vintage")
        .group_by("source", maintain_order=True)
        .agg(pl.col("vintage").last())
    )
    return (
        observations.filter(
            (pl.col("kind") == OBSERVED)
            & (pl.col("region") == TOTAL)
            & ~pl.col("counterpart_area").is_in(countries)
            & ~pl.col("measure").is_in(list(codelist("measure_detail")))
        )
        .join(newest.lazy(), on=["source", "vintage"], how="semi")
        .select(list(SCHEMA))
        .sort("measure", "ref_area", "period_end", "figure_id")
        .collect(engine="streaming")
    )
