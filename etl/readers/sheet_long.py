"""Sheets of very many cells: one list with one header, read like a delimited text.

To look for tables within a sheet costs time and memory for every cell. What has hundreds of thousands
of cells was written by a program, as a list; its bytes are scanned, and its cells go to the reader of CSV.
"""

import csv
import io
import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from etl.readers.bad_file import BadFile
from etl.readers.cells import COLUMN, ROW, SHEET, TEXT, Table
from etl.readers.percents import SHOWN_AS
from etl.readers.sheet_grid import LAST_COLUMN, LAST_ROW, Sheet, place
from etl.readers.sheet_grid import TEXT as WORDS
from etl.readers.sheet_words import decimal_sign, numeral, opens_number, unproved
from etl.readers.text import Text

LONG = 100_000
"""Filled cells from which a sheet is read as a list."""
LARGE = 4_000_000
"""Bytes of XML from which a sheet is scanned here; smaller ones are scanned element by element."""
MOST_AREA = 5_000_000
CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9]\d{0,6})"(?: s="\d+")?(?: t="(s|n|str|b|inlineStr)")?'
    rb"(?:/>|>(?:<v>([^<&]*)</v>|<is>(?:<t[^<>]*>[^<]*</t>)?</is>)?</c>)"
)
BY_COMMA = re.compile(r",|^\s*[-−–+]?[1-9]\d{0,2}(?:\.\d{3})+(?!\d)")
"""What a decimal comma makes another number of; 01.10 stays a code."""
SIGNED = re.compile(r"\d[.,]\d")
STYLE = re.compile(rb' s="(\d+)"')
ODD = (b"<f", b't="e"', b"<mergeCell", b"<!--", b"<![", b"<?", b' hidden="')
"""What the quick scan does not look at; a sheet with one of these is scanned element by element."""


@dataclass(frozen=True)
class LongSheet:
    """A sheet as rows of texts.

    Attributes:
        name: as on its tab.
        rows: every row from the first, a blank cell as "", once it is told what the texts in `printed`
            are to be read as.
        printed: texts with a comma or a point that are like numbers, of cells that hold text.
        filled: number of cells that are not blank.
        hidden: the tab is not shown.
        remarks: what a reader should know of it.
        percent: rows and columns of the cells that are shown in per cent.
    """

    name: str
    rows: Callable[[Mapping[str, str]], Iterable[Sequence[str]]]
    printed: Collection[str]
    filled: int
    hidden: bool = False
    remarks: Sequence[str] = ()
    percent: Collection[tuple[int, int]] = ()


def quick_scan(sheet: str, xml: bytes, percents: set[str]) -> tuple[int, int, int] | None:
    """Last row, last column and number of filled cells of a plain sheet; None for one that is not plain.

    Args:
        sheet: its name, for messages.
        xml: the whole part, known to be well-formed.
        percents: styles that show per cent.

    Raises:
        BadFile: a cell twice or out of order, a number that is none, a cell outside of every sheet.
    """
    start = xml.find(b"<?", 0, 200) + 1 and xml.find(b"?>", 0, 400) + 2
    if any(xml.find(odd, start) >= 0 for odd in ODD):
        return None
    last, filled, right = -1, 0, 0
    columns: dict[bytes, int] = {}
    for piece in _pieces(xml):
        found = CELL.findall(piece)
        if len(found) != piece.count(b"<c ") + piece.count(b"<c>"):
            return None
        if percents and {s.decode() for s in STYLE.findall(piece)} & percents:
            return None
        if not found:
            continue
        names = [cell[0] for cell in found]
        columns |= {name: _column(name) for name in set(names) - columns.keys()}
        across = np.array([columns[name] for name in names], np.int64)
        down = np.array([int(cell[1]) for cell in found], np.int64)
        at = down * (1 << 15) + across
        last = _ascending(sheet, at, last)
        _inside(sheet, int(down.max()), int(across.max()))
        _refuse_odd_numbers(sheet, found)
        full = np.array([bool(cell[3]) or cell[2] == b"inlineStr" for cell in found])
        filled, right = filled + int(full.sum()), max(right, int(across.max()))
    return last >> 15, right, filled


def _pieces(xml: bytes) -> Iterable[bytes]:
    """The part cut before rows, a megabyte at a time."""
    start = 0
    while start < len(xml):
        end = xml.find(b"<row", start + (1 << 20))
        end = end if end >= 0 else len(xml)
        yield xml[start:end]
        start = end


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number


def _ascending(sheet: str, at: "np.ndarray", last: int) -> int:
    """The place of the last cell, each of which stands behind the one before it."""
    steps = np.diff(at, prepend=last)
    if (steps <= 0).any():
        wrong = int(at[int(np.argmax(steps <= 0))])
        raise BadFile(place(sheet, wrong >> 15, wrong & 0x7FFF), "a cell twice or before the one above it",
                      "cells in their order", "Save it again in a spreadsheet program.")  # fmt: skip
    return int(at[-1])


def _inside(sheet: str, row: int, column: int) -> None:
    if row > LAST_ROW or column > LAST_COLUMN:
        raise BadFile(f"sheet {sheet}", f"a cell in row {row}, column {column}",
                      f"at most {LAST_ROW} × {LAST_COLUMN}", "Get the file again.")  # fmt: skip


def _refuse_odd_numbers(sheet: str, found: Sequence[tuple[bytes, ...]]) -> None:
    try:
        numbers = np.array([cell[3] for cell in found if cell[3] and cell[2] in (b"", b"n")], "S")
        sound = bool(np.isfinite(numbers.astype(np.float64)).all())
    except ValueError:
        sound = False
    if not sound:
        bad = next(cell for cell in found if cell[2] in (b"", b"n") and cell[3] and not _finite(cell[3]))
        raise odd_number(
            f"sheet {sheet}, cell {bad[0].decode()}{bad[1].decode()}", bad[3].decode("utf-8", "replace")
        )


def odd_number(where: str, text: str) -> BadFile:
    """What stands as a number and is none."""
    return BadFile(where, f"a number written {text[:40]!r}", "digits",
                   "Get the file again, or save it again in a spreadsheet program.")  # fmt: skip


def _finite(text: bytes) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def long_of(sheet: Sheet) -> LongSheet:
    """A sheet of cells as rows of texts."""
    width = max((c for _, c in sheet.cells), default=0)
    height = max((r for r, _ in sheet.cells), default=0)
    if width * height > MOST_AREA:
        raise BadFile(f"sheet {sheet.name}", f"{len(sheet.cells):,} cells far from one another",
                      f"a sheet of at most {MOST_AREA:,} cells", "Ask for CSV.")  # fmt: skip

    def rows(plain: Mapping[str, str]) -> Iterable[Sequence[str]]:
        made = [[""] * width for _ in range(height)]
        for (r, c), cell in sheet.cells.items():
            made[r - 1][c - 1] = plain.get(cell.text, cell.text) if cell.kind == WORDS else cell.text
        return made

    merged = (f"{len(sheet.merges)} merged ranges, not taken apart",) if sheet.merges else ()
    printed = like_numbers(cell.text for cell in sheet.cells.values() if cell.kind == WORDS)
    percent = {at for at, cell in sheet.cells.items() if cell.percent}
    said = (*sheet.remarks, *merged)
    return LongSheet(sheet.name, rows, printed, len(sheet.cells), sheet.hidden, said, percent)


def like_numbers(texts: Iterable[object]) -> set[str]:
    """Texts that are like a number and have a sign, decimal or between thousands."""
    return {text for text in texts if isinstance(text, str) and opens_number(text) and SIGNED.search(text)}


def _plain(printed: Collection[str], decimal: str | None) -> dict[str, str]:
    """What texts with a decimal comma are read as, 1.234,5 as 1234.5; nothing where it is the point."""
    sign = decimal or decimal_sign(printed)
    read = {text: numeral(text, sign) for text in printed if BY_COMMA.search(text)} if sign == "," else {}
    return {text: f"{of.number!r}{'%' * of.percent} {of.flags}".strip() for text, of in read.items() if of}


def list_table(path: Path, sheet: LongSheet, decimal: str | None = None) -> tuple[Table, list[str]]:
    """The table of a long sheet, and what to remark.

    Args:
        path: of the workbook.
        sheet: of it.
        decimal: "." or ",", what a person says of numbers written as text that leave it open.

    Raises:
        BadFile: as of a delimited text: no header, a key twice, a decimal sign that is unclear.
    """
    from etl.readers.delimited import publication
    from etl.readers.records import parse

    plain, written = _plain(sheet.printed, decimal), io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(map(_one_line, sheet.rows(plain)))
    text = Text(path, "utf-8", written.getvalue().encode())
    del written
    made = publication(path, "xlsx", "utf-8", parse(text, ","), None, ".")
    (table,) = made.tables
    cells = _shown(table.cells.with_columns(pl.lit(sheet.name).alias(SHEET)), sheet.percent)
    said = [f"sheet {sheet.name}: {sheet.filled:,} cells, read as one list under one header"]
    told = [remark for remark in made.remarks if not remark.endswith("as was said")]  # nobody said the point
    said += [f"sheet {sheet.name}: {remark}" for remark in (*sheet.remarks, *told)]
    if sheet.hidden:
        said.append(f"sheet {sheet.name} is hidden; it was read like the others")
    shown = {*cells[TEXT].unique()} if TEXT in cells.columns else set()
    unsure = unproved(sorted(text for text in sheet.printed if plain.get(text, text) in shown))
    if unsure:
        said.append(f"sheet {sheet.name}: {unsure} is text, read with the decimal sign {decimal or '.'!r}")
    return replace(table, name=sheet.name, cells=cells, unsure=unsure), said


def _shown(cells: pl.DataFrame, percent: Collection[tuple[int, int]]) -> pl.DataFrame:
    """Cells with the sign that they are shown with, where any is."""
    if not percent:
        return cells
    signs = pl.DataFrame(sorted(percent), schema={ROW: pl.UInt32, COLUMN: pl.UInt32}, orient="row")
    return cells.join(
        signs.with_columns(pl.lit("%").alias(SHOWN_AS)), on=[ROW, COLUMN], how="left", maintain_order="left"
    )


def _one_line(row: Sequence[str]) -> Sequence[str]:
    """A row without line breaks, so that rows keep their numbers."""
    return [" ".join(cell.split("\n")) if "\n" in cell else cell for cell in row]
