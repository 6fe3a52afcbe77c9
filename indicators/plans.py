"""Running a plan of Polars over a few thousand rows: in memory, as it is written.

The frames of one answer are small, so that planning would cost more than it saves.
"""

import polars as pl

AS_WRITTEN = pl.QueryOptFlags.none()


def run(plan: pl.LazyFrame) -> pl.DataFrame:
    """The frame that a plan makes."""
    return plan.collect(engine="in-memory", optimizations=AS_WRITTEN)
