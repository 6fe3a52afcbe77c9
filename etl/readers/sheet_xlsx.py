"""XLSX and XLSM → grids: calamine reads the values, after a scan of the XML has found them safe to read.

The scan is by hand because calamine stops the whole process on one far cell, gives an error cell and a
formula that was never calculated as an empty one, and does not know which numbers are shown in per cent.
"""

import datetime as dt
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar
from xml.parsers import expat

import python_calamine as calamine

from etl.readers.cells import BadFile
from etl.readers.number_formats import in_percent, words_of
from etl.readers.sheet_archive import AGAIN, Parts, parse
from etl.readers.sheet_grid import (
    DATE,
    ERROR,
    MOST_CELLS,
    TRUTH,
    Cell,
    Sheet,
    bounded,
    letters,
    of_number,
    of_text,
    place,
)  # fmt: skip
from etl.readers.sheet_long import LARGE, LONG, LongSheet, like_numbers, quick_scan
from etl.readers.sheet_scan import MOST_ELEMENTS, Scan, Scanner

_Opened = TypeVar("_Opened")
MOST_AREA = 5_000_000
"""Cells of the rectangle that holds all filled ones; calamine keeps it whole, 24 bytes each."""
MOST_LISTED = 2_000_000
"""Filled cells of a sheet that is read as a list."""
MOST_SHEETS = 500
MOST_STYLES = 65_490
"""What the spreadsheet program itself allows."""
_PERCENT_FORMATS = ("9", "10")
LONGEST_FORMAT = 255
"""Letters of a number format, as the spreadsheet program allows."""


def read(path: Path) -> list[Sheet | LongSheet]:
    """Every worksheet of an .xlsx or .xlsm.

    Raises:
        BadFile: see `Parts`, `Scanner` and `grid_of`.
    """
    parts = Parts(path)
    targets = _targets(parts)
    styles = _styles(parts)
    for name in parts.names:
        if name.endswith((".xml", ".rels")) and name not in targets.values():
            parse(parts, name)
    if len(targets) > MOST_SHEETS:
        raise BadFile("", f"{len(targets):,} sheets", f"at most {MOST_SHEETS:,}", "Split the workbook.")
    scans = {sheet: _scan(parts, sheet, target, styles) for sheet, target in targets.items()}
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


def _elements(parts: Parts, name: str, handler) -> None:  # type: ignore[no-untyped-def]  # as expat has it
    parser = expat.ParserCreate()
    parser.StartElementHandler = handler
    parse(parts, name, parser)


class Styles(NamedTuple):
    """What the styles of cells do to numbers.

    Attributes:
        percents: numbers of the styles that show per cent.
        beside: number of a style → what it writes beside a number.
    """

    percents: set[str]
    beside: dict[str, str]


def _styles(parts: Parts) -> Styles:
    formats = dict.fromkeys(_PERCENT_FORMATS, "0%")
    styles: list[str] = []
    inside = [False]

    def start(name: str, a: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "numFmt":
            formats[a.get("numFmtId", "")] = a.get("formatCode", "")[:LONGEST_FORMAT]
        elif local in ("cellXfs", "cellStyleXfs", "dxfs"):
            inside[0] = local == "cellXfs"
        elif local == "xf" and inside[0]:
            styles.append(a.get("numFmtId", ""))
            if len(styles) > MOST_STYLES:
                raise BadFile("xl/styles.xml", f"more than {MOST_STYLES:,} styles", "fewer", AGAIN)

    name = next((n for n in parts.names if n.lower() == "xl/styles.xml"), None)
    if name:
        _elements(parts, name, start)
    written = {key: (in_percent(code), words_of(code)) for key, code in formats.items()}
    told = {str(i): written[style] for i, style in enumerate(styles) if style in written}
    return Styles(
        {i for i, (percent, _) in told.items() if percent}, {i: w for i, (_, w) in told.items() if w}
    )


def _scan(parts: Parts, sheet: str, target: str, styles: Styles) -> Scan:
    found, filled = _quick(parts, sheet, target, styles.percents) or _slow(parts, sheet, target, styles)
    if filled > MOST_LISTED:
        _too_many(f"sheet {sheet}", filled)
    rows, columns = found.last
    if rows * columns > MOST_AREA:
        raise BadFile(place(sheet, rows, columns), f"a cell so far from the others ({filled} filled)",
                      f"a sheet of at most {MOST_AREA:,} cells, blank ones counted",
                      "Delete what stands far from the table.")  # fmt: skip
    found.filled = filled
    return found


def _slow(parts: Parts, sheet: str, target: str, styles: Styles) -> tuple[Scan, int]:
    """The scan of any sheet, element by element."""
    scanner = Scanner(sheet, styles.percents, styles.beside)
    parse(parts, target, scanner.parser())
    return scanner.found, scanner.filled


def _quick(parts: Parts, sheet: str, target: str, percents: set[str]) -> tuple[Scan, int] | None:
    """The scan of a large and plain sheet, by its bytes; None for any other."""
    if parts.size(target) < LARGE:
        return None
    parse(parts, target)
    xml = b"".join(parts.chunks(target))
    seen = quick_scan(sheet, xml, percents)
    if seen is None and xml.count(b"<") > 2 * MOST_ELEMENTS:
        raise BadFile(f"sheet {sheet}", f"more than {MOST_ELEMENTS:,} elements", "fewer",
                      "Split it, or ask for CSV.")  # fmt: skip
    return (Scan(last=seen[:2]), seen[2]) if seen else None


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


def _grids(path: Path, scans: dict[str, Scan]) -> Iterator[Sheet | LongSheet]:
    book = _opened(lambda: calamine.CalamineWorkbook.from_path(str(path)), "")
    shown = {m.name: m.visible == calamine.SheetVisibleEnum.Visible for m in book.sheets_metadata}
    filled = 0
    for name, scan in scans.items():
        where = f"sheet {name}"
        if name not in shown:
            raise BadFile(where, "a sheet that two readings name differently", "one name", AGAIN)
        sheet = _opened(partial(book.get_sheet_by_name, name), where)
        if scan.filled > LONG and not scan.errors:
            rows = sheet.to_python(skip_empty_area=False)
            printed = like_numbers(value for row in rows for value in row)
            made = partial(_texts, name, rows)
            yield LongSheet(name, made, printed, scan.filled, not shown[name], _remarks(scan),
                            scan.percent)  # fmt: skip
            continue
        cells = grid_of(name, sheet.to_python(skip_empty_area=False), scan)
        filled += len(cells)
        if filled > MOST_CELLS:
            _too_many("", filled)
        yield Sheet(name, cells, bounded(iter(scan.merges), cells), not shown[name], _remarks(scan))


def _texts(name: str, rows: Sequence[Sequence[object]], plain: Mapping[str, str]) -> Iterator[list[str]]:
    """Rows of texts; stored numbers as the shortest text that reads back the same, others as `plain` says."""
    for r, row in enumerate(rows, 1):
        yield [
            _shortest(value) if type(value) is float else "" if value == "" or value is None
            else plain[value] if isinstance(value, str) and value in plain
            else cell.text if (cell := cell_of(value, False, name, r, c)) else ""
            for c, value in enumerate(row, 1)
        ]  # fmt: skip


def _shortest(number: float) -> str:
    """As `printed`, a million times in a row."""
    text = repr(number)
    return text[:-2] if text.endswith(".0") else text


def _remarks(scan: Scan) -> tuple[str, ...]:
    said = []
    if scan.formulas:
        said.append(f"{scan.formulas} formula cells, read by the value saved beside the formula")
    if scan.hidden:
        said.append(f"{scan.hidden} hidden rows or columns, read like the others")
    if scan.filled > LONG and scan.percent:
        said.append(f"{len(scan.percent):,} cells are shown in per cent; the numbers are as they are stored")
    if scan.filled > LONG and scan.merges:
        said.append(f"{len(scan.merges)} merged ranges, not taken apart")
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
            cell = cell_of(value, (r, c) in scan.percent, name, r, c, scan.beside.get((r, c), ""))
            if cell:
                cells[r, c] = cell
    cells.update({at: Cell(text or "#ERROR", None, ERROR) for at, text in scan.errors.items()})
    return cells


def cell_of(value: object, percent: bool, name: str, row: int, column: int, beside: str = "") -> Cell | None:
    """One value of calamine as a cell."""
    if isinstance(value, str):
        return of_text(value, f"sheet {name}, cell {letters(column)}{row}")
    if isinstance(value, bool):
        return Cell(str(value).upper(), None, TRUTH)
    if isinstance(value, int | float):
        return of_number(float(value), percent, beside)
    if isinstance(value, dt.datetime):
        whole = value.time() == dt.time()
        return Cell(value.date().isoformat() if whole else value.isoformat(sep=" "), None, DATE)
    return Cell(str(value), None, DATE)
