"""Summarise: small tables that let the server answer without reading every figure."""

import polars as pl

from indicators.concepts.observation import OBSERVED


def coverage(observations: pl.DataFrame) -> pl.DataFrame:
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
    )
