"""Lines of CSV of the whole database, the same as `delimited.written` writes, for about half the work.

What repeats is written once: a code with its label, a publication with all that is said of it, become a
piece of a line that is put in wherever they stand. Only what differs from row to row is looked at there.
"""

from io import BytesIO

import polars as pl

from exports.columns import DAY, RECORD, RECORD_SCHEMA, TEXT
from exports.delimited import HIDDEN, written
from exports.text import columns_with, neutral
from exports.whole import LABELS, Whole

_BETWEEN = "\x1e\x1f\x1e"
"""Between ready pieces, which may hold line breaks."""
_STATED = ("source", "vintage")
_NAMES = [c.name for c in RECORD]
_PUBLICATION = _NAMES[_NAMES.index("source") :]
"""The columns to the end of a line, all of them known from the edition."""
_CODES = {column: (codes, label) for label, (codes, column) in LABELS.items()}
"""Columns of codes, each before the column of its labels."""
_OWN = [c for c in RECORD if c.name not in (*_CODES, *LABELS, *_PUBLICATION)]
"""Columns that are looked at row by row."""
_LISTED = [c.name for c in _OWN if c.codes or c.name == "open_end"]
"""Those of codes."""
_QUOTE = pl.lit('"')
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
_QUOTED = r'[",\r\n]|^$'
_AWKWARD = r'[\x00-\x1f",]|^[^0-9A-Za-z_]|^$'
"""All that must be quoted, is hidden or may be a formula, and more: what it leaves is written as it is."""


class Lines:
    """The rows of a release as lines; safe to ask from several threads.

    Args:
        asked: the release and the language of its labels.
    """

    def __init__(self, asked: Whole) -> None:
        self._asked = asked
        self._publications = self._published(asked.editions())
        self._pieces: dict[str, dict[str, str]] = {column: {} for column in _CODES}

    def of(self, raw: pl.DataFrame) -> bytes:
        """The lines of rows as Whole.read gives them.

        Raises:
            LookupError: a row of an edition of which nothing is said; no release is published with one.
        """
        beside = raw.join(self._publications, on=_STATED, how="left", maintain_order="left")
        if beside["publication"].null_count():
            raise LookupError("a figure names an edition that is not among the publications")
        worded = {e.meta.output_name(): e for e in self._asked.worded(beside)}
        own = beside.select(
            worded.get(c.name, pl.col(c.name)).cast(c.type).alias(c.name) for c in _OWN
        )  # fmt: skip
        frame = _ready(own).with_columns(
            *(_days(own[c.name]) for c in _OWN if c.type is DAY),
            *(self._labelled(beside, column) for column in _CODES),
            beside["publication"],
        )
        target = BytesIO()
        frame.select(n for n in [*_NAMES, "publication"] if n in frame.columns).write_csv(
            target, include_header=False, quote_style="never", line_terminator="\r\n"
        )
        return target.getvalue()

    def _labelled(self, frame: pl.DataFrame, column: str) -> pl.Series:
        """A code and its label, as a piece of a line."""
        (codes, label), ready, say = _CODES[column], self._pieces[column], self._asked.language.label
        there = frame[column].unique().to_list()
        if new := [code for code in there if code not in ready]:
            named = {column: new, label: [None if code is None else say(codes, code) for code in new]}
            ready.update(zip(new, _pieces(pl.DataFrame(named, {column: TEXT, label: TEXT})), strict=True))
        return frame[column].replace_strict(there, [ready[c] for c in there], return_dtype=TEXT)

    def _published(self, editions: pl.DataFrame) -> pl.DataFrame:
        """Of each edition: source, vintage, is_newest, and the end of its lines."""
        said = editions.with_columns(release=pl.lit(self._asked.store.release.id))
        ends = _pieces(said.select(pl.col(n).cast(RECORD_SCHEMA[n]) for n in _PUBLICATION))
        return editions.select(*_STATED, "is_newest", publication=pl.Series(ends, dtype=TEXT))


def heading() -> bytes:
    """The line of the names of the columns."""
    return written(pl.DataFrame(schema=RECORD_SCHEMA))


def _pieces(frame: pl.DataFrame) -> list[str]:
    """Each row as `delimited.written` writes it, without the end of its line."""
    target = BytesIO()
    neutral(frame).write_csv(
        target, include_header=False, line_terminator=_BETWEEN, date_format="%Y-%m-%d"
    )  # fmt: skip
    found = target.getvalue().split(_BETWEEN.encode())[:-1]
    return [piece.translate(None, HIDDEN).decode() for piece in found]


def _days(days: pl.Series) -> pl.Series:
    """ISO 8601; a day that comes again is written once."""
    there = days.unique()
    return days.replace_strict(there, there.cast(TEXT), return_dtype=TEXT)


def _ready(frame: pl.DataFrame) -> pl.DataFrame:
    """Texts made harmless and quoted where they must be; a code is looked at once."""
    repeated = [name for name in _LISTED if columns_with(frame[name].unique().to_frame(), _AWKWARD)]
    safe = neutral(frame.select(*repeated, *columns_with(frame.drop(_LISTED), _AWKWARD)))
    doubled = set(columns_with(safe, '"'))
    safe = safe.with_columns(_quoted(name, doubled=name in doubled) for name in safe.columns)
    bare = pl.col(columns_with(safe, _CONTROL)).str.replace_all(_CONTROL, "")
    return frame.with_columns(safe.with_columns(bare))


def _quoted(name: str, *, doubled: bool) -> pl.Expr:
    text = pl.col(name)
    inner = text.str.replace_all('"', '""', literal=True) if doubled else text
    quoted = pl.concat_str(_QUOTE, inner, _QUOTE)
    return pl.when(text.str.contains(_QUOTED)).then(quoted).otherwise(text).alias(name)
