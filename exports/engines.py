"""Writes planned sheets as XLSX: XlsxWriter for a reader's table, a compiled writer for a large one.

Both write texts as texts, never as formulas or links; both give each sheet a frozen heading and a
named table. The compiled writer knows no named tables, so their few lines are put into its file.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO, TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

import polars as pl
import rustpy_xlsxwriter
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

if TYPE_CHECKING:
    from exports.workbook import Sheet

LARGE = 5_000
"""Rows from which the compiled writer is worth having."""
PIECE = 1 << 20
"""Bytes handled at a time."""
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Of every workbook, so that the same answer gives the same bytes."""


def write(sheets: Sequence["Sheet"], target: IO[bytes], *, title: str) -> None:
    """Write the sheets to `target`."""
    if max(s.frame.height for s in sheets) < LARGE:
        _small(sheets, target, title)
    else:
        _large(sheets, target)


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


def _large(sheets: Sequence["Sheet"], target: IO[bytes]) -> None:
    with TemporaryDirectory(prefix="workbook-") as folder:
        written = Path(folder) / "plain.xlsx"
        rustpy_xlsxwriter.write_worksheets(
            [(s.title[:31], s.frame if s.frame.width else pl.DataFrame({" ": []})) for s in sheets],
            str(written),
            freeze_panes={"general": {"row": 1, "col": 0}},
            bold_headers=True,
            column_widths={s.title[:31]: {k: float(v) for k, v in s.widths.items()} for s in sheets},
            column_formats={
                s.title[:31]: {
                    k: rustpy_xlsxwriter.Format().set_num_format(v)
                    for k, v in s.formats.items()
                    if v != "General"
                }
                for s in sheets
            },
        )
        _with_tables(written, target, sheets)


def _with_tables(written: Path, target: IO[bytes], sheets: Sequence["Sheet"]) -> None:
    """The same archive with a named table on every sheet (ECMA-376 part 1, 18.5), piece by piece."""
    with (
        zipfile.ZipFile(written) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            ends: tuple[bytes, bytes] = (b"", b"")
            if found and sheets[int(found[1]) - 1].frame.width:
                ends = b"</worksheet>", b'<tableParts count="1"><tablePart r:id="rIdT1"/></tableParts>'
            elif name == "[Content_Types].xml":
                ends = b"</Types>", _types(sheets)
            with new.open(_entry(name), "w", force_zip64=True) as part:
                for piece in _with_tail(_pieces(old, name), *ends):
                    part.write(piece)
        for number, sheet in enumerate(sheets, 1):
            if sheet.frame.width:
                new.writestr(_entry(f"xl/tables/table{number}.xml"), _table(number, sheet))
                new.writestr(_entry(f"xl/worksheets/_rels/sheet{number}.xml.rels"), _relation(number))


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part in pieces; the next ones are unpacked while the caller packs the last."""
    ready: Queue[bytes] = Queue(maxsize=8)

    def read() -> None:
        with archive.open(name) as part:
            while piece := part.read(PIECE):
                ready.put(piece)
        ready.put(b"")

    Thread(target=read, daemon=True).start()
    while piece := ready.get():
        yield piece


def _with_tail(pieces: Iterable[bytes], last: bytes, more: bytes) -> Iterator[bytes]:
    """The pieces, with `more` before `last`, with which the whole ends."""
    kept = b""
    for piece in pieces:
        kept += piece
        cut = len(kept) - len(last)
        yield kept[:cut]
        kept = kept[cut:]
    yield more + kept


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _types(sheets: Sequence["Sheet"]) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
    parts = (n for n, s in enumerate(sheets, 1) if s.frame.width)
    return "".join(
        f'<Override PartName="/xl/tables/table{n}.xml" ContentType="{kind}"/>' for n in parts
    ).encode()


def _table(number: int, sheet: "Sheet") -> str:
    reach = f"A1:{xl_rowcol_to_cell(max(sheet.frame.height, 1), sheet.frame.width - 1)}"
    columns = "".join(
        f'<tableColumn id="{n}" name={quoteattr(c)}/>' for n, c in enumerate(sheet.frame.columns, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        f' id="{number}" name="{sheet.table}" displayName="{sheet.table}" ref="{reach}" totalsRowShown="0">'
        f'<autoFilter ref="{reach}"/><tableColumns count="{sheet.frame.width}">{columns}</tableColumns>'
        '<tableStyleInfo name="TableStyleLight1" showRowStripes="1"/></table>'
    )


def _relation(number: int) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rIdT1" Type="{kind}" Target="../tables/table{number}.xml"/></Relationships>'
    )
