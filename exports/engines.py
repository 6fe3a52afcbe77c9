"""Writes planned sheets as XLSX: XlsxWriter where a chart stands beside them, exports/sheets.py otherwise.

Both write texts as texts, never as formulas or links, and numbers with every digit; both give each
sheet a frozen heading and a named table.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

import xlsxwriter

from exports import sheets as large

if TYPE_CHECKING:
    from exports.workbook import Sheet

LARGE = 200
"""Rows from which the fast writer is worth having; a sheet with a chart is never so large."""
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Of every workbook, so that the same answer gives the same bytes."""


def write(sheets: Sequence["Sheet"], target: IO[bytes], *, title: str) -> None:
    """Write the sheets to `target`."""
    if any(s.charted for s in sheets) or max(s.frame.height for s in sheets) < LARGE:
        _small(sheets, target, title)
    else:
        large.write(sheets, target, title=title)


class Exact(float):
    """A number that XlsxWriter writes with every digit it has; on its own it writes sixteen."""

    def __format__(self, _: str) -> str:
        """The shortest text that reads back as the same number."""
        return repr(float(self))


def _small(sheets: Sequence["Sheet"], target: IO[bytes], title: str) -> None:
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False, "nan_inf_to_errors": False, "default_date_format": "yyyy-mm-dd",
    }  # fmt: skip
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": title, "created": CREATED})
        for sheet in sheets:
            page = book.add_worksheet(sheet.title[:31])
            _filled(book, page, sheet)


def _filled(book: Any, page: Any, sheet: "Sheet") -> None:
    frame = sheet.frame
    formats = {name: book.add_format({"num_format": f}) for name, f in sheet.formats.items()}
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for at, name in enumerate(frame.columns):
        page.set_column(
            at, at, sheet.widths.get(name, 16), wrapped if sheet.widths.get(name, 0) > 60 else None
        )
        for row, value in enumerate(frame[name].to_list(), 1):
            if isinstance(value, str):
                page.write_string(row, at, value)
            elif isinstance(value, float):
                page.write_number(row, at, Exact(value), formats.get(name))
            elif value is not None:
                page.write(row, at, value, formats.get(name))
    columns = [{"header": name} for name in frame.columns]
    if frame.width:
        page.add_table(
            0,
            0,
            max(frame.height, 1),
            frame.width - 1,
            {"name": sheet.table, "columns": columns, "style": "Table Style Light 1"},
        )
    page.freeze_panes(1, 0)
    if sheet.charted:
        _charted(book, page, sheet)


def _charted(book: Any, page: Any, sheet: "Sheet") -> None:
    """A native line chart of the headlines; a missing year is a gap."""
    year, value = (sheet.frame.columns.index(name) for name in sheet.charted)
    last = sheet.frame.height
    chart = book.add_chart({"type": "line"})
    chart.add_series({
        "categories": [sheet.title[:31], 1, year, last, year],
        "values": [sheet.title[:31], 1, value, last, value],
        "name": [sheet.title[:31], 0, value],
        "marker": {"type": "circle"},
    })  # fmt: skip
    chart.set_legend({"none": True})
    chart.show_blanks_as("gap")
    page.insert_chart(last + 3, 0, chart)
