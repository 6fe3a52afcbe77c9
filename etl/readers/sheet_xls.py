"""Legacy XLS → grids, by xlrd: calamine puts NULs into the texts of old files with a Western code page."""

import io
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import xlrd

from etl.readers.cells import BadFile
from etl.readers.number_formats import in_percent, words_of
from etl.readers.sheet_grid import (
    DATE,
    ERROR,
    MOST_CELLS,
    TRUTH,
    Cell,
    Merge,
    Sheet,
    bounded,
    of_number,
    of_text,
    place,
)  # fmt: skip

MOST_BYTES = 40_000_000
AGAIN = "Get the file again, or save it as .xlsx."
_BROKEN = (xlrd.XLRDError, xlrd.compdoc.CompDocError, xlrd.formula.FormulaError, struct.error,
           AssertionError, AttributeError, IndexError, KeyError, ValueError, TypeError, OverflowError,
           ZeroDivisionError, EOFError, zipfile.BadZipFile, NotImplementedError, RecursionError,
           LookupError)  # fmt: skip
"""What xlrd raises on damaged bytes: it checks little itself."""


def read(path: Path) -> list[Sheet]:
    """Every sheet of an .xls.

    Raises:
        BadFile: damaged, encrypted, or larger than any real one.
    """
    if path.stat().st_size > MOST_BYTES:
        raise BadFile("", f"{path.stat().st_size:,} bytes", f"at most {MOST_BYTES:,}", "Ask for CSV.")
    try:
        return _sheets(_opened(path))
    except BadFile:
        raise
    except _BROKEN as fault:
        seen = f"a workbook that does not open ({type(fault).__name__}: {str(fault)[:120]})"
        raise BadFile("", seen, "a whole .xls without a password", AGAIN) from None
    except MemoryError:
        raise BadFile("", "a size that does not fit in memory", "a whole .xls", AGAIN) from None


def _opened(path: Path) -> xlrd.Book:
    """The book with formats, for the merged cells; ragged, so that a far cell costs one row."""
    return xlrd.open_workbook(str(path), logfile=io.StringIO(), formatting_info=True, ragged_rows=True,
                              on_demand=True)  # fmt: skip


def _sheets(book: xlrd.Book) -> list[Sheet]:
    sheets, filled = [], 0
    for index in range(book.nsheets):
        sheet = book.sheet_by_index(index)
        cells = dict(_cells(book, sheet))
        filled += len(cells)
        if filled > MOST_CELLS:
            raise BadFile("", f"more than {MOST_CELLS:,} cells", "fewer", "Ask for CSV, or split it.")
        merges = (Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
        sheets.append(Sheet(sheet.name, cells, bounded(merges, cells), bool(sheet.visibility)))
        book.unload_sheet(index)
    if not sheets:
        raise BadFile("", "no worksheet", "a workbook with a sheet", AGAIN)
    return sheets


def _cells(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Iterator[tuple[tuple[int, int], Cell]]:
    for r in range(sheet.nrows):
        types, values = sheet.row_types(r), sheet.row_values(r)
        for c, (kind, value) in enumerate(zip(types, values, strict=True)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            cell = _cell(book, sheet, r, c, kind, value)
            if cell:
                yield (r + 1, c + 1), cell


def _cell(book: xlrd.Book, sheet: xlrd.sheet.Sheet, r: int, c: int, kind: int, value: object) -> Cell | None:
    if kind == xlrd.XL_CELL_TEXT:
        return of_text(str(value), place(sheet.name, r + 1, c + 1))
    if kind == xlrd.XL_CELL_NUMBER and isinstance(value, float):
        shown = _format(book, sheet, r, c)
        return of_number(value, in_percent(shown), words_of(shown))
    if kind == xlrd.XL_CELL_DATE and isinstance(value, float):
        return _date(book, value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return Cell("TRUE" if value else "FALSE", None, TRUTH)
    code = int(value) if isinstance(value, int | float) else -1
    return Cell(xlrd.error_text_from_code.get(code, "#ERROR"), None, ERROR)


def _date(book: xlrd.Book, value: float) -> Cell:
    """A date; where the number is none (xlrd refuses it), the number that it is."""
    try:
        moment = xlrd.xldate_as_datetime(value, book.datemode)
    except (xlrd.xldate.XLDateError, ValueError, OverflowError):
        return of_number(value)
    return Cell(moment.date().isoformat() if value == int(value) else moment.isoformat(sep=" "), None, DATE)


def _format(book: xlrd.Book, sheet: xlrd.sheet.Sheet, r: int, c: int) -> str:
    """The number format of a cell, as it is written."""
    shown = book.format_map.get(book.xf_list[sheet.cell_xf_index(r, c)].format_key)
    return shown.format_str if shown else ""
