"""An Answer as a table: the one frame that every file, message and slide renders.

What is done here is naming, not computing: codes get labels, an infinite end becomes an empty one that
says which end is open, notes are said in the reader's language, and the target of a series stands
beside its figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf, isinf
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import polars as pl

from exports.columns import NAMES, SCHEMA
from indicators.answer import Answer
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.concepts.observation import OBSERVED
from indicators.concepts.target import Target, TargetStatus
from indicators.language import Language, speak
from indicators.query import Query
from indicators.store import Store
from indicators.targets import targets

LOCALE = Path(__file__).parent / "locale"
"""Catalogues of the words of exports."""
TARGET = "target"
LABELLED = {
    "ref_area_label": ("area", "ref_area"), "sector_label": ("sector", "sector"),
    "unit_label": ("unit", "unit_measure"), "obs_status_label": ("obs_status", "obs_status"),
}  # fmt: skip
PUBLICATION = (
    "source", "vintage", "publisher", "cites", "title", "address", "published_on", "retrieved_on", "language",
    "licence",
)  # fmt: skip
"""What is said of a publication."""
SENTENCES = ("why", "note", "obs_comment")
"""Columns of sentences that the language translates."""


@dataclass(frozen=True)
class Table:
    """An answer, ready to be written.

    Attributes:
        answer: what it renders.
        language: of its labels and notes.
        frame: one row a claim, columns of exports.columns.COLUMNS in their order and types.
        publications: the publications that its rows come from, one row each: source, vintage,
            publisher, cites, title, address, published_on, retrieved_on, language, licence.
        targets: every target of the indicator for its areas, with its status.
        catalogue: the definitions by which it was answered.
    """

    answer: Answer
    language: Language
    frame: pl.DataFrame
    publications: pl.DataFrame
    targets: tuple[TargetStatus, ...]
    catalogue: Catalogue

    @property
    def query(self) -> Query:
        """What was asked."""
        return self.answer.query

    @property
    def release(self) -> str:
        """The release from which it was answered."""
        return self.answer.release

    @property
    def title(self) -> str:
        """The name of the indicator, in the language of the table."""
        return self.language.text(self.answer.indicator.name)

    @property
    def notes(self) -> list[str]:
        """The sentences that hold for the whole answer."""
        return [self.language.note(n) for n in self.answer.notes]


def table(answer: Answer, store: Store, catalogue: Catalogue, language: str | None = None) -> Table:
    """The table of an answer.

    Args:
        answer: made from `store`.
        store: the release of the answer.
        catalogue: the definitions.
        language: code of language.csv; None = that of the query.

    Raises:
        ValueError: the answer is of another release than `store`.
    """
    if answer.release != store.release.id:
        raise ValueError(f"the answer is of release {answer.release}, the store of {store.release.id}")
    spoken = speak(language or answer.query.lang, LOCALE)
    aims = _aims(answer, store, catalogue)
    frame = _named(answer, spoken)
    frame = _beside_targets(frame, aims).select(
        pl.col(name).cast(kind)
        if name in frame.columns or name.startswith("target_")
        else pl.lit(None, kind).alias(name)
        for name, kind in SCHEMA.items()
    )
    return Table(answer, spoken, frame, _publications(frame, store), aims, catalogue)


def _named(answer: Answer, language: Language) -> pl.DataFrame:
    frame, indicator = answer.frame, answer.indicator
    return frame.with_columns(
        pl.lit(indicator.id).alias("indicator"),
        pl.lit(language.text(indicator.name)).alias("indicator_label"),
        pl.lit(OBSERVED).alias("kind"),
        pl.lit(answer.release).alias("release"),
        *ends(),
        *labels(frame, LABELLED, language),
        *(said(frame, column, language.note) for column in SENTENCES),
    )


def ends() -> list[pl.Expr]:
    """`low` and `high` without infinities, and `open_end`, which names them; all from `low` and `high`."""
    known = pl.col("low").is_not_null()
    low_open, high_open = pl.col("low") == -inf, pl.col("high") == inf
    end = (
        pl.when(low_open & high_open).then(pl.lit("both")).when(low_open).then(pl.lit("low"))
        .when(high_open).then(pl.lit("high")).otherwise(pl.lit("none"))
    )  # fmt: skip
    return [
        pl.when(known).then(end).alias("open_end"),
        pl.when(low_open).then(None).otherwise(pl.col("low")).alias("low"),
        pl.when(high_open).then(None).otherwise(pl.col("high")).alias("high"),
    ]


def labels(frame: pl.DataFrame, labelled: Mapping[str, tuple[str, str]], language: Language) -> list[pl.Expr]:
    """Columns of labels: name → the code list and the column of its codes."""
    return [
        said(frame, column, lambda code, of=of: language.label(of, code)).alias(name)
        for name, (of, column) in labelled.items()
    ]


def said(frame: pl.DataFrame, column: str, say: Any) -> pl.Expr:
    """A column in words, each different text asked for once."""
    texts = frame[column].drop_nulls().unique().to_list()
    return pl.col(column).replace_strict(texts, [say(t) for t in texts], default=None, return_dtype=pl.String)


def _aims(answer: Answer, store: Store, catalogue: Catalogue) -> tuple[TargetStatus, ...]:
    """The targets of the indicator, for the areas of the answer, as known on its day."""
    if not any(row["indicator"] == answer.indicator.id for row in codelist("target").rows.values()):
        return ()
    held = _of(store)
    areas = [a for a in answer.frame["ref_area"].unique(maintain_order=True).to_list() if a in held.aimed]
    every = (t for area in areas for t in targets_of(store, catalogue, area, answer.query.as_of))
    return tuple(t for t in every if t.target.indicator == answer.indicator.id and t.target.kind == TARGET)


@dataclass(frozen=True)
class _Held:
    """What every table of a release needs again: a release never changes.

    Attributes:
        aimed: areas with targets.
        publications: all of the release.
        aims: the targets of an area, as of the newest day.
    """

    aimed: frozenset[str]
    publications: pl.DataFrame
    aims: dict[str, tuple[TargetStatus, ...]]


_HELD: WeakKeyDictionary[Store, _Held] = WeakKeyDictionary()


def _of(store: Store) -> _Held:
    if store not in _HELD:
        aimed = frozenset(store.ask("target_areas")["ref_area"].to_list())
        _HELD[store] = _Held(aimed, store.ask("sources"), {})
    return _HELD[store]


def targets_of(
    store: Store, catalogue: Catalogue, area: str, as_of: date | None = None
) -> tuple[TargetStatus, ...]:
    """As `indicators.targets.targets`; those as of the newest day are worked out once a release."""
    if as_of is not None:
        return targets(store, catalogue, area, as_of)
    aims = _of(store).aims
    if area not in aims:
        aims[area] = targets(store, catalogue, area)
    return aims[area]


def _beside_targets(frame: pl.DataFrame, aims: Sequence[TargetStatus]) -> pl.DataFrame:
    chosen: dict[tuple[str, str], TargetStatus] = {}
    for aim in sorted(aims, key=_first):
        chosen.setdefault((aim.target.ref_area, aim.target.sector), aim)
    rows = [{"ref_area": area, "sector": sector, **_columns(aim)} for (area, sector), aim in chosen.items()]
    schema: dict[str, Any] = {
        "ref_area": pl.String,
        "sector": pl.String,
        **{k: v for k, v in SCHEMA.items() if k in _TARGETS},
    }
    beside = pl.DataFrame(rows, schema=schema)
    return frame.join(beside, on=["ref_area", "sector"], how="left", maintain_order="left")


_TARGETS = [name for name in NAMES if name.startswith("target_")]


def _first(aim: TargetStatus) -> tuple[bool, bool, str, str]:
    """A target in force before a superseded one, one with a year before one without, the nearest first."""
    target = aim.target
    return target.superseded_by is not None, target.due is None, str(target.due), target.figure_id


def _columns(aim: TargetStatus) -> Mapping[str, Any]:
    target: Target = aim.target
    low, high = target.stated
    return {
        "target_value": target.value,
        "target_low": None if isinf(low) else low,
        "target_high": None if isinf(high) else high,
        "target_unit": target.unit,
        "target_period": target.time_period,
        "target_status": str(aim.status),
        "target_figure_id": target.figure_id,
    }


def _publications(frame: pl.DataFrame, store: Store) -> pl.DataFrame:
    used = frame.select("source", "vintage").unique()
    every = _of(store).publications.join(used, on=["source", "vintage"], how="semi")
    return every.select(PUBLICATION).sort("source", "vintage")
