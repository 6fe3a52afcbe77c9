"""A large delimited file in parts, so that memory does not grow with it; all else is read whole.

A part is the header and some of the records, cut where a record ends, and is read as a file of its own.
What the first part shows holds for all: the layout, and the decimal sign where it can be told. A later
part that is written otherwise is a fault, never another reading. One key twice is seen within a part
only; `steps/check.duplicates` sees it across parts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

import polars as pl

from etl.readers import numbers
from etl.readers.cells import ROW, TEXT, BadFile, Publication, Table
from etl.readers.companion import NONE, Companion, joined, told
from etl.readers.inspect import read
from etl.readers.layout import Layout
from etl.readers.recognise import READERS
from etl.readers.records import offset
from etl.readers.sound import refuse_unsound
from etl.readers.table_shape import shape_of
from etl.readers.text import Text, load

DELIMITED = ("delimited", "sdmx_csv", "eurostat")
"""The readers whose records stand one below another, each whole."""
BYTES = 6 << 20
"""Of a part: enough rows to be worth the way, few enough that two processors end together."""
PLACE = re.compile(r"\brows? (\d+)(?: and (\d+))?")


@dataclass(frozen=True)
class _Slice:
    """Bytes `begin` to `end` of a text, and how many lines stand between the header and them."""

    begin: int
    end: int
    lines: int


def parts(
    path: Path, format: str, size: int = BYTES, companion: Companion = NONE, decimal: str | None = None
) -> Iterator[Publication]:
    """What `read` makes of a file, in one part or several, in the order of the file.

    Args:
        path: the file, unpacked.
        format: a format of recognise.READERS.
        size: bytes of a part; a file with less than twice as many is one part.
        companion: structures beside it.
        decimal: "." or ",", for numbers as text that leave it open.

    Raises:
        BadFile: as `read`; places are those of the file.
    """
    reader = READERS[format]
    if reader not in DELIMITED or path.stat().st_size < 2 * size:
        yield read(path, format, companion, decimal)
        return
    text = load(path)
    shape = shape_of(text, "\t" if format in ("tsv", "eurostat-tsv") else None)
    header = offset(text, shape.header_line)
    layout: Layout | None = None
    bytes_of = memoryview(text.data)  # so that a part is copied once
    for piece in _slices(text, header, size, quoted=shape.quote is not None):
        part = b"".join((bytes_of[:header], bytes_of[piece.begin : piece.end]))
        text.release()
        try:
            made: Publication = import_module(f"etl.readers.{reader}").read(
                path, format, layout, replace(text, data=part, lies=False), **told(companion, format, decimal)
            )
            made = joined(made, companion)
            for table in made.tables:
                refuse_unsound(table)
        except BadFile as bad:
            place, fix = _moved(bad.place, piece.lines), _moved(bad.fix, piece.lines)
            raise BadFile(place, bad.seen, bad.expected, fix) from None
        layout = layout or _settled(made.tables)
        yield replace(made, tables=[_placed(table, piece.lines) for table in made.tables])


def _slices(text: Text, header: int, size: int, *, quoted: bool) -> Iterator[_Slice]:
    """The body in slices of about `size` bytes, each ending where a record does."""
    begin, lines, whole = header, 0, len(text.data)
    while begin < whole:
        end = _record_end(text, begin, min(begin + size, whole), quoted=quoted)
        if whole - end < size // 4:  # notes below a table stay with its last rows
            end = whole
        yield _Slice(begin, end, lines)
        lines += text.data[begin:end].count(b"\n")
        begin = end


def _record_end(text: Text, begin: int, near: int, *, quoted: bool) -> int:
    """The first line end at or after `near` that stands in no quotation."""
    at = near - 1
    inside = quoted and text.data[begin:near].count(b'"') % 2 == 1
    while at < len(text.data):
        found = text.data.find(b"\n", at) + 1
        if not found:
            return len(text.data)
        inside ^= quoted and text.data[max(at, near) : found].count(b'"') % 2 == 1
        if not inside:
            return found
        at = found
    return len(text.data)


def _settled(tables: Sequence[Table]) -> Layout | None:
    """The layout for the parts that follow; None where the file holds several structures."""
    if len(tables) != 1 or tables[0].layout is None:
        return None
    said = numbers.evidence(tables[0].cells[TEXT])
    sign = "," if said.comma else "." if said.dot else None
    return replace(tables[0].layout, decimal=tables[0].layout.decimal or sign)


def _placed(table: Table, lines: int) -> Table:
    moved = (pl.col(ROW) + pl.lit(lines, pl.UInt32)).cast(pl.UInt32)
    return replace(table, cells=table.cells.with_columns(moved)) if lines else table


def _moved(place: str, lines: int) -> str:
    """A place of a part as a place of the file."""

    def row(found: re.Match[str]) -> str:
        numbered = [str(int(number) + lines) for number in found.groups() if number]
        return f"{found[0].split()[0]} {' and '.join(numbered)}"

    return PLACE.sub(row, place)
