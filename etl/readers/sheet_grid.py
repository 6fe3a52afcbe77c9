"""A sheet as a grid: what each cell holds and which cells are merged, before anyone looks for tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.readers.cells import BadFile

MOST_CELLS = 400_000
"""Filled cells that a workbook may have; each takes about 300 bytes here."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

NUMBER, TEXT, DATE, TRUTH, ERROR = "number", "text", "date", "truth", "error"


class Cell(NamedTuple):
    """One filled cell.

    Attributes:
        text: the value as it stands; a number without the zeros that binary storage adds, a date as ISO.
        number: where the cell is stored as a number; None for a text that looks like one.
        kind: NUMBER, TEXT, DATE, TRUTH (true or false) or ERROR ("#DIV/0!").
        percent: the sheet shows the number times a hundred with a sign.
        beside: what its format writes beside the number, "₸" or "млн тг"; "" for nothing.
    """

    text: str
    number: float | None = None
    kind: str = TEXT
    percent: bool = False
    beside: str = ""


class Merge(NamedTuple):
    """A merged range, both ends inside; rows and columns from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        name: as on its tab.
        cells: (row, column), from 1 → the cell; blank cells are not there.
        merges: ranges shown as one cell; the value stands in the upper left.
        hidden: the tab is not shown.
        remarks: what a reader should know of it.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merges: Sequence[Merge] = ()
    hidden: bool = False
    remarks: Sequence[str] = field(default_factory=tuple)


def letters(column: int) -> str:
    """The name of a column: 1 → "A", 28 → "AB"."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def place(sheet: str, row: int, column: int) -> str:
    """Where a cell stands, for people: "sheet Data, cell B12"."""
    return f"sheet {sheet}, cell {letters(column)}{row}"


def printed(number: float) -> str:
    """A stored number as text: the shortest that reads back the same, 2008.0 as "2008"."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def of_number(number: float, percent: bool = False, beside: str = "") -> Cell:
    """A cell of a stored number; what is not finite is an error, not a number."""
    if number != number or number in (float("inf"), float("-inf")):
        return Cell(str(number), None, ERROR)
    return Cell(printed(number), number, NUMBER, percent, "" if percent else beside)


def of_text(text: str, where: str) -> Cell | None:
    """A cell of a text, None for a blank one.

    Raises:
        BadFile: it holds a NUL, so the file is damaged or was decoded wrongly.
    """
    if "\x00" in text:
        raise BadFile(where, "a NUL byte in a text", "text", "Save the workbook again as .xlsx.")
    return Cell(text) if text.strip() else None


def bounded(merges: Iterator[Merge], cells: Mapping[tuple[int, int], Cell]) -> tuple[Merge, ...]:
    """Merged ranges cut at the last filled row and column, so that a huge one costs nothing."""
    last_row = max((r for r, _ in cells), default=0)
    last_column = max((c for _, c in cells), default=0)
    cut = (Merge(m.top, m.left, min(m.bottom, last_row), min(m.right, last_column)) for m in merges)
    return tuple(sorted({m for m in cut if m.bottom >= m.top and m.right >= m.left and m[:2] != m[2:]}))
