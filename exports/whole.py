"""The whole database, a part at a time: every observation and target of a release, with its labels.

The rows are those of the release, one a statement of a source, not of an answer: no rule has chosen a
headline, nothing is converted. Where a table of an answer has a column of the same name, it holds the same.
"""

from collections.abc import Generator
from dataclasses import dataclass

import polars as pl

from exports.columns import RECORD, RECORD_SCHEMA
from exports.table import LABELLED, LOCALE, ends, labels, said
from indicators.language import Language, speak
from indicators.store import Store

LABELS = {"measure_label": ("measure", "measure")} | LABELLED
"""Column of labels → its code list and the column of its codes."""
_EDITION = (
    "publisher", "cites", "authority", "title", "address", "language", "published_on", "retrieved_on",
    "known_from", "licence", "is_newest",
)  # fmt: skip
"""What is said of the publication of a row."""


@dataclass(frozen=True)
class Whole:
    """A release to be taken away.

    Attributes:
        store: the release.
        language: of labels and remarks.
        newest: only the newest edition of each publication, and not what older ones said.
    """

    store: Store
    language: Language
    newest: bool = False

    def parts(self, rows: int) -> Generator[pl.DataFrame, None, None]:
        """Frames of at most `rows` rows, columns of exports.columns.RECORD; at least one frame."""
        editions = self.editions()
        empty = True
        for frame in self.read(rows):
            empty = False
            yield self._named(frame, editions)
        if empty:
            yield pl.DataFrame(schema=RECORD_SCHEMA)

    def read(self, rows: int) -> Generator[pl.DataFrame, None, None]:
        """Frames of at most `rows` rows as they stand in the release, without labels and publications."""
        yield from self.store.stream("everything", rows, newest=self.newest)

    def editions(self) -> pl.DataFrame:
        """What is said of the publication of a row, one row an edition: source, vintage and the rest."""
        return self.store.ask("editions").select("source", "vintage", *_EDITION)

    def worded(self, frame: pl.DataFrame) -> list[pl.Expr]:
        """Columns of rows as read that are not shown as they stand: open ends, remarks in the language."""
        return [*ends(), said(frame, "obs_comment", self.language.note)]

    def _named(self, frame: pl.DataFrame, editions: pl.DataFrame) -> pl.DataFrame:
        beside = frame.join(editions, on=["source", "vintage"], how="left", maintain_order="left")
        return beside.with_columns(
            *self.worded(beside),
            *labels(beside, LABELS, self.language),
            pl.lit(self.store.release.id).alias("release"),
        ).select(pl.col(c.name).cast(c.type) for c in RECORD)


def whole(store: Store, language: str = "en", *, newest: bool = False) -> Whole:
    """A release to be taken away, in a language of language.csv."""
    return Whole(store, speak(language, LOCALE), newest)
