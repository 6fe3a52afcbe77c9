"""How a figure changed from one statement of its publisher to the next.

A revision is a later statement by the same publisher on the same authority, for the same cell and
in the same unit, of another amount. Another publisher's figure is a rival, not a revision, and so is
a second figure in the same text; texts without a date are in no order and make none.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from threading import Lock

import polars as pl

from indicators import intervals
from indicators.concepts.codelist import codelist
from indicators.intervals import Interval
from indicators.reconcile import CELL
from indicators.store import Store

SERIES = [*CELL, "publisher", "cites", "unit_measure", "base_per"]
COLUMNS = (
    *SERIES, "figure_id", "source", "collection", "vintage", "known_from", "value", "low", "high", "hedge",
    "obs_status", "freq", "period_start", "period_end", "period_basis",
    "before_figure_id", "before_known_from", "before_value", "before_low", "before_high", "before_hedge",
    "before_obs_status", "before_vintage",
    "change_low", "change_high",
)  # fmt: skip
"""One row a revision: the statement, the one before it, and the change in per cent as an interval."""
_turn = Lock()


def revisions(
    store: Store, measures: Sequence[str], areas: Sequence[str], as_of: date | None = None
) -> pl.DataFrame:
    """Every revision of some measures and areas that was known on a day; the shape COLUMNS."""
    statements = store.ask("revisions", measures=list(measures), areas=list(areas), as_of=as_of or date.max)
    return revised(statements)


def every_revision(store: Store) -> pl.DataFrame:
    """All revisions of a release, the largest first: COLUMNS with size, as `sized` gives them."""
    with _turn:  # whoever asks while they are computed waits for them
        return _every_revision(store)


@lru_cache(maxsize=3)
def _every_revision(store: Store) -> pl.DataFrame:
    found = revised(store.ask("restated", details=list(codelist("measure_detail"))))
    return sized(found)


def sized(found: pl.DataFrame) -> pl.DataFrame:
    """Revisions, the largest first, with size: the least that the figure changed by, in per cent.

    Args:
        found: shape COLUMNS.
    """
    low, high = pl.col("change_low"), pl.col("change_high")
    least = pl.when((low <= 0) & (high >= 0)).then(0.0).otherwise(pl.min_horizontal(low.abs(), high.abs()))
    return found.with_columns(least.alias("size")).sort(
        "size", *SERIES, "known_from", descending=[True] + [False] * (len(SERIES) + 1), nulls_last=True
    )


def revised(statements: pl.DataFrame) -> pl.DataFrame:
    """The revisions among statements (shape of queries/revisions.sql): COLUMNS, by cell and time."""
    dated = statements.filter(pl.col("published_on").is_not_null()).with_columns(intervals.stated())
    ordered = dated.sort([*SERIES, "known_from", "figure_id"], nulls_last=True)
    shown = ("figure_id", "known_from", "value", "low", "high", "hedge", "obs_status", "vintage")
    paired = ordered.with_columns(pl.col(c).shift(1).over(SERIES).alias(f"before_{c}") for c in shown)
    before = Interval(pl.col("before_low"), pl.col("before_high"))
    change = intervals.growth(before, intervals.of())
    other = (pl.col("low") != pl.col("before_low")) | (pl.col("high") != pl.col("before_high"))
    found = paired.filter((pl.col("known_from") > pl.col("before_known_from")) & other)
    return found.with_columns(*change.named("change_low", "change_high")).select(COLUMNS)
