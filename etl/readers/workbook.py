"""Workbooks of statistical offices (XLSX, XLSM, XLS, ODS) → tables of cells.

Two stages: `sheet_xlsx`, `sheet_xls` and `sheet_ods` make grids, each distrusting its file; then
`sheet_tables` finds the tables of each grid, whatever the format was.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from etl.readers import sheet_ods, sheet_xls, sheet_xlsx
from etl.readers.cells import BadFile, Publication, Table
from etl.readers.sheet_grid import Sheet
from etl.readers.sheet_long import LONG, LongSheet, list_table, long_of
from etl.readers.sheet_tables import grid_table, tables

GRIDS: dict[str, Callable[[Path], Sequence[Sheet | LongSheet]]] = {
    "xlsx": sheet_xlsx.read,
    "xlsm": sheet_xlsx.read,
    "xls": sheet_xls.read,
    "ods": sheet_ods.read,
}


def read(path: Path, format: str, decimal: str | None = None) -> Publication:
    """Every table of a workbook.

    Args:
        path: the file.
        format: a key of GRIDS.
        decimal: "." or ",", for numbers written as text that leave it open.

    Raises:
        BadFile: damaged, hostile, empty, or a cell that cannot be read truthfully.
    """
    if format not in GRIDS:
        known = ", ".join(GRIDS)
        raise BadFile("", f"a workbook of the format {format}", known, "Save it as .xlsx.")
    sheets = GRIDS[format](path)
    found: list[Table] = []
    remarks = sheet_xlsx.archive_remarks(path) if format.startswith("xlsx") or format == "xlsm" else []
    for sheet in sheets:
        if isinstance(sheet, LongSheet) or len(sheet.cells) > LONG:
            long = sheet if isinstance(sheet, LongSheet) else long_of(sheet)
            table, said = list_table(path, long, decimal)
            found.append(table)
            remarks += said
            continue
        made = tables(sheet, decimal)
        found += made.tables
        remarks += made.remarks
        if not made.tables and sheet.cells:
            remarks.append(
                f"sheet {sheet.name}: no table of figures; its {len(sheet.cells)} cells were left out"
            )
    if not found:
        found, remarks = (
            _words_only([s for s in sheets if isinstance(s, Sheet)]),
            [*remarks, "no sheet has a table of figures; cells are given as they stand"],
        )
    return Publication(path, format, None, found, remarks)


def _words_only(sheets: Sequence[Sheet]) -> list[Table]:
    """The filled sheets cell by cell, where none has figures.

    Raises:
        BadFile: nothing is filled.
    """
    filled = [sheet for sheet in sheets if sheet.cells]
    if not filled:
        raise BadFile("", "only blank cells", "at least one filled sheet", "Get the file again.")
    return [grid_table(sheet) for sheet in filled]
