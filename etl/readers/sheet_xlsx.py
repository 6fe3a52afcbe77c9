"""XLSX and XLSM → grids: calamine reads the values, after a scan of the XML has found them safe to read.

The scan is by hand because calamine stops the whole process on one far cell, gives an error cell and a
formula that was never calculated as an empty one, and does not know which numbers are shown in per cent.
"""

import datetime as dt
import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar
from xml.parsers import expat

import python_calamine as calamine

from etl.readers.cells import BadFile
from etl.readers.sheet_archive import AGAIN, Parts, parse
from etl.readers.sheet_grid import (
    DATE,
    ERROR,
    LAST_COLUMN,
    LAST_ROW,
    MOST_CELLS,
    TRUTH,
    Cell,
    Merge,
    Sheet,
    bounded,
    letters,
    of_number,
    of_text,
    place,
)  # fmt: skip

_Opened = TypeVar("_Opened")
MOST_AREA = 5_000_000
"""Cells of the rectangle that holds all filled ones; calamine keeps it whole, 24 bytes each."""
MOST_ELEMENTS = 3_000_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_OUTSIDE = re.compile(r"\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|FILTERXML)\s*\(|\|\s*'?[^!]*!", re.I)
_PERCENT_FORMATS = {"9", "10"}


@dataclass
class Scan:
    """What the XML of one sheet says beside its values; filled by the handlers below.

    Attributes:
        errors: (row, column) → error as written.
        percent: cells whose style shows per cent.
        merges: merged ranges.
        formulas: number of formula cells.
        hidden: number of hidden rows and columns with a place of their own.
        last: lowest row and rightmost column with a value.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: set[tuple[int, int]] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    formulas: int = 0
    hidden: int = 0
    last: tuple[int, int] = (0, 0)


class Scanner:
    """Handlers of one sheet's elements; raises BadFile at the first cell that cannot be read truthfully."""

    def __init__(self, sheet: str, percents: set[str]) -> None:
        self.sheet, self.percents, self.found = sheet, percents, Scan()
        self.row, self.column, self.elements, self.filled = 0, 0, 0, 0
        self.style, self.type = "", ""
        self.formula = self.value = self.collect = self.within = False
        self.words: list[str] = []

    def parser(self) -> expat.XMLParserType:
        """A parser that calls these handlers."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.characters
        return parser

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise BadFile(f"sheet {self.sheet}", f"more than {MOST_ELEMENTS:,} elements", "fewer",
                          "Split it, or ask for CSV.")  # fmt: skip
        handler = _STARTS.get(name if ":" not in name else name.rpartition(":")[2])
        if handler:
            handler(self, attributes)

    def start_row(self, attributes: dict[str, str]) -> None:
        """A row: its number is optional and then the next."""
        self.row = _whole(attributes.get("r"), self.row + 1)
        self.column = 0
        self.found.hidden += attributes.get("hidden") in ("1", "true")
        self._inside(self.row, 1)

    def start_cell(self, attributes: dict[str, str]) -> None:
        """A cell: its reference is optional and then the next."""
        given = attributes.get("r")
        if given is None:
            self.column += 1
        else:
            self.row, self.column = self._position(given)
        self._inside(self.row, self.column)
        self.style, self.type = attributes.get("s", ""), attributes.get("t", "n")
        self.formula = self.value = False

    def start_value(self, _: dict[str, str]) -> None:
        """A value; its text is kept for errors only. A blank one counts for a formula that gives a text."""
        self.within, self.value = True, self.type in ("str", "inlineStr")
        self.collect, self.words = self.type == "e", []

    def start_formula(self, _: dict[str, str]) -> None:
        """A formula; its text is looked at for calls to the outside."""
        self.formula = True
        self.collect, self.words = True, []

    def start_merge(self, attributes: dict[str, str]) -> None:
        """A merged range."""
        first, _, last = attributes.get("ref", "").partition(":")
        self.found.merges.append(Merge(*self._position(first), *self._position(last or first)))

    def start_column(self, attributes: dict[str, str]) -> None:
        """A run of columns, of which some are hidden."""
        if attributes.get("hidden") in ("1", "true") and attributes.get("max") != str(LAST_COLUMN):
            self.found.hidden += 1

    def characters(self, text: str) -> None:
        """Text of a value, a formula or an error."""
        self.value = self.value or self.within
        if self.collect:
            self.words.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        local = name if ":" not in name else name.rpartition(":")[2]
        if local == "f":
            self._end_formula()
        elif local == "v":
            self.collect = self.within = False
        elif local == "c":
            self._end_cell()

    def _end_formula(self) -> None:
        self.collect, formula = False, "".join(self.words)
        if _OUTSIDE.search(formula):
            seen = f"a formula that calls outside: {formula[:60]}"
            raise BadFile(place(self.sheet, self.row, self.column), seen,
                          "values", "Do not open this file in a spreadsheet program.")  # fmt: skip

    def _end_cell(self) -> None:
        at = (self.row, self.column)
        if self.formula and not self.value:
            raise BadFile(place(self.sheet, *at), "a formula that was never calculated", "its value",
                          "Open the workbook in a spreadsheet program and save it.")  # fmt: skip
        self.found.formulas += self.formula
        if not (self.value or self.type == "inlineStr"):
            return
        self.filled += 1
        if self.type == "e":
            self.found.errors[at] = "".join(self.words)
        if self.style in self.percents:
            self.found.percent.add(at)
        down, right = self.found.last
        if self.row > down or self.column > right:
            self.found.last = (max(down, self.row), max(right, self.column))

    def _position(self, reference: str) -> tuple[int, int]:
        parts = _REFERENCE.match(reference.replace("$", ""))
        if not parts:
            raise BadFile(
                f"sheet {self.sheet}", f"a cell reference {reference[:40]!r}", "one such as B12", AGAIN
            )
        return int(parts[2]), _column(parts[1])

    def _inside(self, row: int, column: int) -> None:
        if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
            seen = f"a cell in row {row}, column {column}"
            raise BadFile(f"sheet {self.sheet}", seen, f"at most {LAST_ROW} × {LAST_COLUMN}", AGAIN)


_STARTS = {
    "row": Scanner.start_row, "c": Scanner.start_cell, "v": Scanner.start_value, "is": Scanner.start_value,
    "f": Scanner.start_formula, "mergeCell": Scanner.start_merge, "col": Scanner.start_column,
}  # fmt: skip


def read(path: Path) -> list[Sheet]:
    """Every worksheet of an .xlsx or .xlsm.

    Raises:
        BadFile: see `Parts`, `Scanner` and `grid_of`.
    """
    parts = Parts(path)
    targets = _targets(parts)
    percents = _percent_styles(parts)
    for name in parts.names:
        if name.endswith((".xml", ".rels")) and name not in targets.values():
            parse(parts, name)
    scans = {sheet: _scan(parts, sheet, target, percents) for sheet, target in targets.items()}
    _affordable(scans)
    return list(_grids(path, scans))


def archive_remarks(path: Path) -> list[str]:
    """What is in the archive beside sheets and was left alone."""
    names = Parts(path).names
    remarks = []
    if any(n.lower().endswith("vbaproject.bin") for n in names):
        remarks.append("holds macros, which were not looked at")
    if any("externalLinks/" in n for n in names):
        remarks.append("holds links to other workbooks, which were not followed")
    return remarks


def _targets(parts: Parts) -> dict[str, str]:
    """Name of each worksheet → its part, in the order of the tabs.

    Raises:
        BadFile: the archive is no workbook.
    """
    relations: dict[str, tuple[str, str]] = {}
    sheets: list[tuple[str, str]] = []
    main = _main_part(parts)
    folder, base = posixpath.split(main)

    def relation(_: str, a: dict[str, str]) -> None:
        if "Id" in a:
            relations[a["Id"]] = (a.get("Type", ""), a.get("Target", ""))

    def sheet(name: str, a: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            sheets.append((a.get("name", ""), next((v for k, v in a.items() if k.endswith(":id")), "")))

    _elements(parts, posixpath.join(folder, "_rels", base + ".rels"), relation)
    _elements(parts, main, sheet)
    found = {}
    for name, key in sheets:
        kind, target = relations.get(key, ("", ""))
        if kind.endswith("/worksheet"):
            found[name] = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
    if not found:
        raise BadFile("", "no worksheet", "a workbook with a sheet", AGAIN)
    return found


def _main_part(parts: Parts) -> str:
    name = next((n for n in parts.names if n.lower() == "xl/workbook.xml"), None)
    name = name or next((n for n in parts.names if posixpath.basename(n).lower() == "workbook.xml"), None)
    if name is None:
        raise BadFile("", "no part workbook.xml", "an .xlsx workbook", AGAIN)
    return name


@lru_cache(maxsize=LAST_COLUMN)
def _column(name: str) -> int:
    """The number of a column: "AB" → 28."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def _whole(given: str | None, otherwise: int) -> int:
    """A row number as written, 0 (outside every sheet) for what is none."""
    if given is None:
        return otherwise
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _elements(parts: Parts, name: str, handler) -> None:  # type: ignore[no-untyped-def]  # as expat has it
    parser = expat.ParserCreate()
    parser.StartElementHandler = handler
    parse(parts, name, parser)


def _percent_styles(parts: Parts) -> set[str]:
    """Numbers of the cell styles that show per cent."""
    formats: set[str] = set(_PERCENT_FORMATS)
    styles: list[str] = []
    inside = [False]

    def start(name: str, a: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.', "", a.get("formatCode", "")):
            formats.add(a.get("numFmtId", ""))
        elif local in ("cellXfs", "cellStyleXfs", "dxfs"):
            inside[0] = local == "cellXfs"
        elif local == "xf" and inside[0]:
            styles.append(a.get("numFmtId", ""))

    name = next((n for n in parts.names if n.lower() == "xl/styles.xml"), None)
    if name:
        _elements(parts, name, start)
    return {str(i) for i, style in enumerate(styles) if style in formats}


def _scan(parts: Parts, sheet: str, target: str, percents: set[str]) -> Scan:
    scanner = Scanner(sheet, percents)
    parse(parts, target, scanner.parser())
    if scanner.filled > MOST_CELLS:
        _too_many(f"sheet {sheet}", scanner.filled)
    rows, columns = scanner.found.last
    if rows * columns > MOST_AREA:
        raise BadFile(place(sheet, rows, columns), f"a cell so far from the others ({scanner.filled} filled)",
                      f"a sheet of at most {MOST_AREA:,} cells, blank ones counted",
                      "Delete what stands far from the table.")  # fmt: skip
    return scanner.found


def _affordable(scans: dict[str, Scan]) -> None:
    total = sum(r * c for r, c in (s.last for s in scans.values()))
    if total > 4 * MOST_AREA:
        _too_many("", total)


def _too_many(where: str, count: int) -> None:
    fix = "Ask for CSV, or split the workbook."
    raise BadFile(where, f"{count:,} cells", f"at most {MOST_CELLS:,} filled cells", fix)


def _opened(call: Callable[[], _Opened], where: str) -> _Opened:
    """What calamine gives; its refusals, and its panics, which are no `Exception`, as BadFile."""
    try:
        return call()
    except (calamine.CalamineError, OSError, ValueError) as fault:
        seen = f"what does not open: {fault}"
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        seen = f"what stops the reader: {str(fault)[:120]}"
    raise BadFile(where, seen, "a whole workbook", AGAIN)


def _grids(path: Path, scans: dict[str, Scan]) -> Iterator[Sheet]:
    book = _opened(lambda: calamine.CalamineWorkbook.from_path(str(path)), "")
    shown = {m.name: m.visible == calamine.SheetVisibleEnum.Visible for m in book.sheets_metadata}
    filled = 0
    for name, scan in scans.items():
        where = f"sheet {name}"
        if name not in shown:
            raise BadFile(where, "a sheet that two readings name differently", "one name", AGAIN)
        sheet = _opened(partial(book.get_sheet_by_name, name), where)
        cells = grid_of(name, sheet.to_python(skip_empty_area=False), scan)
        filled += len(cells)
        if filled > MOST_CELLS:
            _too_many("", filled)
        yield Sheet(name, cells, bounded(iter(scan.merges), cells), not shown[name], _remarks(scan))


def _remarks(scan: Scan) -> tuple[str, ...]:
    said = []
    if scan.formulas:
        said.append(f"{scan.formulas} formula cells, read by the value saved beside the formula")
    if scan.hidden:
        said.append(f"{scan.hidden} hidden rows or columns, read like the others")
    return tuple(said)


def grid_of(name: str, rows: Sequence[Sequence[object]], scan: Scan) -> dict[tuple[int, int], Cell]:
    """Cells from calamine's rows; error cells, which it leaves empty, come from the scan.

    Raises:
        BadFile: a NUL in a text.
    """
    cells: dict[tuple[int, int], Cell] = {}
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            if value == "" or value is None:
                continue
            cell = cell_of(value, (r, c) in scan.percent, name, r, c)
            if cell:
                cells[r, c] = cell
    cells.update({at: Cell(text or "#ERROR", None, ERROR) for at, text in scan.errors.items()})
    return cells


def cell_of(value: object, percent: bool, name: str, row: int, column: int) -> Cell | None:
    """One value of calamine as a cell."""
    if isinstance(value, str):
        return of_text(value, f"sheet {name}, cell {letters(column)}{row}")
    if isinstance(value, bool):
        return Cell(str(value).upper(), None, TRUTH)
    if isinstance(value, int | float):
        return of_number(float(value), percent)
    if isinstance(value, dt.datetime):
        whole = value.time() == dt.time()
        return Cell(value.date().isoformat() if whole else value.isoformat(sep=" "), None, DATE)
    return Cell(str(value), None, DATE)
