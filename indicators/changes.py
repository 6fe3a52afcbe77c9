"""What changed from one release to another.

A figure is the same in both by its id; failing that, where its source states one figure for the cell
in each (a new edition of a table gives its figures new ids), by source and cell. Of those:

new         only the later release has it
withdrawn   only the earlier release has it
corrected   another correction of ours is in force, whatever it did to the figure
revised     another value, interval, hedge, unit, price base, status or kind, without a correction of ours
headline    a cell of a whole country or group whose headline, by the usual rule, is now the claim of another
            source; only cells in which a claim, its authority or its date changed

Only sources whose files or register entries differ are compared; the others cannot have changed.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import polars as pl

from indicators import intervals
from indicators.concepts.observation import CELL as FULL_CELL
from indicators.concepts.release import OBSERVATIONS, SOURCES, TARGETS
from indicators.reconcile import CELL, with_headlines
from indicators.store import Store

NEW, REVISED, WITHDRAWN, CORRECTED, HEADLINE = "new", "revised", "withdrawn", "corrected", "headline"
KINDS = (HEADLINE, REVISED, CORRECTED, NEW, WITHDRAWN)
"""In the order in which they matter to a reader."""
_STATED = ("obs_value", "obs_low", "obs_high", "hedge", "unit_measure", "base_per", "obs_status", "kind")
_SHOWN = (
    "figure_id", "value", "low", "high", "hedge", "unit_measure", "obs_status", "kind", "period_basis",
    "period_start", "period_end", "publisher", "correction",
)  # fmt: skip
COLUMNS = ("change", *FULL_CELL, *_SHOWN, *(f"before_{c}" for c in _SHOWN), "why")
"""One row a change; null on the side where there is no figure. `why`: of the new headline."""
_REGISTER = ("authority", "published_on", "known_from")
"""What of a publication can move a headline."""
PAIRS_KEPT = 4


@lru_cache(maxsize=PAIRS_KEPT)
def changes(before: Store, after: Store) -> pl.DataFrame:
    """Every change from the release of `before` to that of `after`: COLUMNS, by kind, area and measure."""
    collections = _differing(before, after) or [""]
    old, new = (s.ask("statements", collections=collections) for s in (before, after))
    made = changed(old, new)
    touched = _touched(old, new, made)
    asked = {c: sorted({*touched[name], ""}) for c, name in (("measures", "measure"), ("areas", "ref_area"))}
    first, last = (
        s.ask("rivals_of_cells", **asked).join(touched, on=CELL, how="semi") for s in (before, after)
    )
    return pl.concat([made, headlines_changed(first, last)]).sort(
        pl.col("change").replace_strict({kind: i for i, kind in enumerate(KINDS)}, return_dtype=pl.Int32),
        "ref_area", "measure", "sector", "time_period", "figure_id", "before_figure_id", nulls_last=True,
    )  # fmt: skip


def _differing(before: Store, after: Store) -> list[str]:
    """The collections whose figures or register entries are not the same bytes in both releases."""
    old, new = before.manifest["outputs"], after.manifest["outputs"]
    files = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    known = {a["collection"] for s in (before, after) for a in s.manifest["account"]}
    found = {c for c in known if any(_holds(name, c) for name in files)}
    if files & {TARGETS, SOURCES}:
        found |= {c for c in known - found if _registered(before, c) != _registered(after, c)}
    return sorted(found)


def _holds(name: str, collection: str) -> bool:
    """Whether a file is what a collection states, or a numbered part of it (bea-0003.parquet)."""
    return bool(re.fullmatch(rf"{OBSERVATIONS}/{re.escape(collection)}(-[0-9]+)?\.parquet", name))


def _registered(store: Store, collection: str) -> list[Any]:
    """Publications and targets of a collection, for comparison."""
    return store.ask("registered", collection=collection).rows()


def changed(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The figures that differ between two states of the same collections; pure.

    Args:
        before: shape of queries/statements.sql.
        after: the same.

    Returns:
        COLUMNS, one row a change, without headlines.
    """
    old, new = _valued(before), _valued(after)
    by_id = new.join(old, on="figure_id", how="inner", suffix="_old")
    by_id = by_id.with_columns(pl.col("figure_id").alias("figure_id_old"))
    left, fresh = old.join(new, on="figure_id", how="anti"), new.join(old, on="figure_id", how="anti")
    by_cell = _lone(fresh).join(_lone(left), on=["source", *FULL_CELL], how="inner", suffix="_old")
    both = pl.concat([by_id, by_cell], how="diagonal")
    both = both.with_columns(_fate().alias("change")).filter(pl.col("change").is_not_null())
    gone = left.join(by_cell, left_on="figure_id", right_on="figure_id_old", how="anti")
    come = fresh.join(by_cell, on="figure_id", how="anti")
    return pl.concat(
        [
            both.select("change", *FULL_CELL, *_SHOWN, *_before("_old"), _no_reason()),
            come.select(
                pl.lit(NEW).alias("change"), *FULL_CELL, *_SHOWN, *_nothing("before_", old), _no_reason()
            ),
            gone.select(
                pl.lit(WITHDRAWN).alias("change"), *FULL_CELL, *_nothing("", new), *_before(""), _no_reason()
            ),
        ]
    ).select(COLUMNS)


def _fate() -> pl.Expr:
    other = pl.any_horizontal([pl.col(c).ne_missing(pl.col(f"{c}_old")) for c in _STATED])
    ours = pl.col("correction").ne_missing(pl.col("correction_old"))
    return pl.when(ours).then(pl.lit(CORRECTED)).when(other).then(pl.lit(REVISED))


def _lone(figures: pl.DataFrame) -> pl.DataFrame:
    """Those that are the only one of their source for their cell."""
    return figures.filter(pl.len().over("source", *FULL_CELL) == 1)


def _valued(figures: pl.DataFrame) -> pl.DataFrame:
    return figures.with_columns(*intervals.stated())


def _before(suffix: str) -> list[pl.Expr]:
    return [pl.col(f"{c}{suffix}").alias(f"before_{c}") for c in _SHOWN]


def _nothing(prefix: str, like: pl.DataFrame) -> list[pl.Expr]:
    return [pl.lit(None, like.schema[c]).alias(f"{prefix}{c}") for c in _SHOWN]


def _no_reason() -> pl.Expr:
    return pl.lit(None, pl.String).alias("why")


def _touched(old: pl.DataFrame, new: pl.DataFrame, made: pl.DataFrame) -> pl.DataFrame:
    """The cells in which a claim, or what is known of its publication, changed."""
    register = new.join(old, on="figure_id", suffix="_old").filter(
        pl.any_horizontal([pl.col(c).ne_missing(pl.col(f"{c}_old")) for c in _REGISTER])
    )
    return pl.concat([made.select(CELL), register.select(CELL)]).unique(maintain_order=True)


def headlines_changed(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The cells whose headline is now the claim of another source; pure.

    Args:
        before: every claim for some cells, shape of queries/national.sql.
        after: the same cells in the later release.

    Returns:
        COLUMNS; cells that are only in one of the two are left out, for they are new or withdrawn.
    """
    old, new = (_valued(with_headlines(claims).filter("is_headline")) for claims in (before, after))
    both = new.join(old, on=CELL, how="inner", suffix="_old")
    found = both.filter(pl.col("source") != pl.col("source_old"))
    return found.select(
        pl.lit(HEADLINE).alias("change"), *FULL_CELL, *_SHOWN, *_before("_old"), pl.col("why")
    ).select(COLUMNS)


def counts(made: pl.DataFrame, area: str = "") -> Mapping[str, int]:
    """How many changes there are of each kind, all kinds named; of one area, or of all."""
    own = made.filter(pl.col("ref_area") == area) if area else made
    found = dict(own.group_by("change").len().iter_rows())
    return {kind: int(found.get(kind, 0)) for kind in KINDS}


def predecessor(kept: Sequence[str], release: str) -> str | None:
    """The release that was current before `release`; None where none is kept.

    Examples:
        >>> predecessor(["a", "b", "c"], "c"), predecessor(["a"], "a")
        ('b', None)
    """
    place = kept.index(release) if release in kept else len(kept)
    return kept[place - 1] if place else None
