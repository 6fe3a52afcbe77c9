"""The doorway for programs: one release, and its answers as frames of polars or pandas."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from indicators import catalogue, conflicts, revisions, targets
from indicators.answer import Answer, answer
from indicators.catalogue import Catalogue
from indicators.concepts.target import TargetStatus
from indicators.holdings import Passport, passport
from indicators.names import index
from indicators.query import SEPARATOR, Query, from_url
from indicators.store import Releases, Store

if TYPE_CHECKING:
    import pandas as pd

PROCESSED = Path(__file__).parents[1] / "data" / "processed"
FOLDER = "CEI_DATA"
"""Variable of the environment that names another folder, as for the server."""


@dataclass(frozen=True)
class Answered:
    """An answer, to be taken as a frame.

    Attributes:
        content: the answer, with all that must be said beside it.
    """

    content: Answer

    @property
    def query(self) -> Query:
        """What was asked; `to_url()` of it is the address of the same answer on the site and in the API."""
        return self.content.query

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences that hold for the whole answer; the reason first where there are no rows."""
        reason = self.content.reason
        return (reason, *self.content.notes) if reason else self.content.notes

    def polars(self, *, rivals: bool = False) -> pl.DataFrame:
        """One row a claim, columns `indicators.answer.FRAME`; numbers in base units.

        Args:
            rivals: also the claims that the rule did not choose; `is_headline` tells them apart.

        Returns:
            `value` is null and `low` and `high` hold the interval where a range was stated; an open
            end is infinite; all three are null where nothing is available.
        """
        return self.content.frame if rivals else self.content.headlines

    def pandas(self, *, rivals: bool = False) -> "pd.DataFrame":
        """The same as `polars`, for pandas; what is null there is missing here."""
        return self.polars(rivals=rivals).to_pandas()


class OpenRelease:
    """One release, open for questions; it stays the same when another one is published."""

    def __init__(self, store: Store, definitions: Catalogue) -> None:
        self.store, self.catalogue = store, definitions

    def __repr__(self) -> str:
        return f"<release {self.id}>"

    @property
    def id(self) -> str:
        """The id of the release, as a citation names it."""
        return self.store.release.id

    def answer(self, indicator: str, areas: str | Iterable[str] = (), **asked: Any) -> Answered:
        """The answer to a question.

        Args:
            indicator: id of a definition.
            areas: codes of areas, one or several; none = every area that has a figure.
            asked: the other fields of `indicators.query.Query`, as values or as an address has them.

        Raises:
            BadQuery: all that is wrong with the question.
        """
        said = {name: str(value) for name, value in asked.items() if value is not None}
        places = areas if isinstance(areas, str) else SEPARATOR.join(areas)
        query = from_url({"indicator": indicator, "areas": places, **said}, self.catalogue)
        return Answered(answer(query, self.store, self.catalogue))

    def indicators(self) -> pl.DataFrame:
        """Every definition: id, name, question, theme, unit, sectors."""
        fields = ("id", "name", "question", "theme", "unit", "sectors")
        return pl.DataFrame([{f: _plain(getattr(i, f)) for f in fields} for i in self.catalogue])

    def search(self, text: str, language: str = "en", most: int = 20) -> pl.DataFrame:
        """What there is by that name, in any of the languages, the best first: kind, code, shown, figures."""
        found = index(self.store, self.catalogue).find(text, language, most)
        schema = {"kind": pl.String, "code": pl.String, "shown": pl.String, "figures": pl.Int64}
        return pl.DataFrame([{c: getattr(f, c) for c in schema} for f in found], schema=schema)

    def sources(self) -> pl.DataFrame:
        """Every publication that figures are taken from, with how many."""
        return self.store.ask("publications")

    def figure(self, figure_id: str) -> Passport:
        """The passport of one figure: where it stands, and who contradicts it.

        Raises:
            UnknownFigure: this release does not hold it.
        """
        return passport(self.store, figure_id)

    def conflicts(self) -> pl.DataFrame:
        """Where claims for one cell differ, as `indicators.conflicts.contested` gives them."""
        return conflicts.conflicts(self.store)

    def revisions(self) -> pl.DataFrame:
        """What publishers stated anew, the largest change first, as `indicators.revisions` gives it."""
        return revisions.every_revision(self.store)

    def targets(self, area: str, as_of: date | None = None) -> tuple[TargetStatus, ...]:
        """Every aim of an area (code of area.csv) and where it stands."""
        return targets.targets(self.store, self.catalogue, area, as_of)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def opened(folder: str | Path | None = None, release: str = "") -> OpenRelease:
    """A release, open for questions.

    Args:
        folder: of the releases; None = what CEI_DATA names, else data/processed of this repository.
        release: its id; empty = the current one.

    Raises:
        NoRelease: none has been published there.
        SpoiledRelease: its files are not those of its manifest.
        UnknownRelease: none of that id is kept there.
    """
    there = Path(folder or os.environ.get(FOLDER) or PROCESSED)
    return OpenRelease(Releases(there).of(release), catalogue.load())
