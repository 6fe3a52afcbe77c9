"""Beside: what another collection already holds of the same edition of the same publisher counts once.

A compilation keeps single series of a publisher, with remarks on them; a source of the whole file states
the same figures again. Were both kept, a publisher would agree with itself. `beside: [collection]` in
source.yaml says so; the figures of the compilation stay, under the ids by which they are cited.
"""

import polars as pl

from indicators.concepts.observation import CELL

SAME = 1e-5
"""Amounts that differ by less, in proportion, are one figure, rounded in one of the two."""
_EDITION = ["publisher", "known_from"]
_KEYS = [*CELL, "unit_measure", *_EDITION]


def not_yet_stated(
    observations: pl.DataFrame, publications: pl.DataFrame, others: pl.DataFrame, registered: pl.DataFrame
) -> pl.DataFrame:
    """The observations that `others` do not hold: same edition, cell and unit, and amount but for rounding.

    Args:
        observations: of the source that stands beside another collection, shape SCHEMA.
        publications: its publications (etl/publications.py).
        others: the observations of those collections.
        registered: the publications of those collections.
    """
    mine = _of_edition(observations, publications).with_row_index("_row")
    theirs = _of_edition(others, registered).select(*_KEYS, pl.col("obs_value").alias("_other")).unique()
    both = mine.join(theirs, on=_KEYS, how="inner").with_columns(
        pl.col("obs_value").cast(pl.Float64).alias("_one"), pl.col("_other").cast(pl.Float64)
    )
    again = both.filter((pl.col("_one") - pl.col("_other")).abs() <= SAME * pl.col("_other").abs())
    return mine.join(again, on="_row", how="anti").sort("_row").select(observations.columns)


def _of_edition(observations: pl.DataFrame, publications: pl.DataFrame) -> pl.DataFrame:
    editions = publications.select("source", "vintage", *_EDITION)
    return observations.join(editions, on=["source", "vintage"], how="left", maintain_order="left")
