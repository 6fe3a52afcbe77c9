"""Large sheets as XLSX parts: rows become XML in columns of text at a time, not cell by cell.

A workbook is a few small parts and one part a sheet (ECMA-376 part 1, 18). Numbers are written with
every digit they have, texts that repeat stand once in the shared strings, the others where they are.
Nothing here can be a formula: a cell is a number, a flag, a day or a text.
"""

import re
import zipfile
from collections.abc import Generator, Iterator, Sequence
from datetime import date
from itertools import count
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import polars as pl
from xlsxwriter.utility import xl_col_to_name

from exports.ahead import ahead

if TYPE_CHECKING:
    from exports.workbook import Sheet

ROWS = 4_096
"""Rows that become text at a time."""
EPOCH = date(1899, 12, 30)
"""Day 0 of Excel, for days after February 1900."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_HEAD, _WRAP, _FIRST_FORMAT = 1, 2, 3
"""Cell styles: 0 is plain, then headings, long texts, and one a number format."""
_OWN_ESCAPE = "(_x[0-9A-Fa-f]{4}_)"
WIDE = 60
"""Characters from which a column's texts are wrapped."""


class Strings:
    """Texts that several cells share, each with its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def of(self, texts: pl.Series) -> pl.Series:
        """The numbers of different texts, in their order."""
        given = (self._numbers.setdefault(text, len(self._numbers)) for text in texts)
        return pl.Series(list(given), dtype=pl.UInt32)

    def part(self) -> str:
        """sharedStrings.xml."""
        said = "".join(
            f'<si><t xml:space="preserve">{escape(plain(text))}</t></si>' for text in self._numbers
        )
        return f'{DECLARED}<sst xmlns="{MAIN}" uniqueCount="{len(self._numbers)}">{said}</sst>'


def write(sheets: Sequence["Sheet"], target: IO[bytes], *, title: str) -> None:
    """Write a workbook of plain sheets: no chart."""
    formats = sorted({f for sheet in sheets for f in sheet.formats.values() if f != "General"})
    styles = {f: number for number, f in enumerate(formats, _FIRST_FORMAT)}
    strings = Strings()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number, sheet in enumerate(sheets, 1):
            with archive.open(entry(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as part:
                for piece in ahead(_sheet(sheet, styles, strings)):
                    part.write(piece)
            archive.writestr(entry(f"xl/tables/table{number}.xml"), _table(number, sheet))
            archive.writestr(
                entry(f"xl/worksheets/_rels/sheet{number}.xml.rels"),
                _relations([(f"{OFFICE}/table", f"../tables/table{number}.xml")]),
            )
        for name, text in _parts(sheets, formats, title):
            archive.writestr(entry(name), text)
        archive.writestr(entry("xl/sharedStrings.xml"), strings.part())


def entry(name: str) -> zipfile.ZipInfo:
    """A part of an archive, of a day that is always the same."""
    made = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


# The rows of a sheet


def _sheet(sheet: "Sheet", styles: dict[str, int], strings: Strings) -> Generator[bytes, None, None]:
    frame = sheet.frame
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{sheet.widths.get(name, 16)}" customWidth="1"/>'
        for n, name in enumerate(frame.columns, 1)
    )
    heads = "".join(
        f'<c r="{xl_col_to_name(at)}1" s="{_HEAD}" t="inlineStr"><is><t>{escape(name)}</t></is></c>'
        for at, name in enumerate(frame.columns)
    )
    yield (
        f'{DECLARED}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData><row r="1">{heads}</row>'
    ).encode()
    cells = [_cell(sheet, at, name, styles, strings) for at, name in enumerate(frame.columns)]
    row = pl.int_range(2, frame.height + 2).cast(pl.String)
    numbered = frame.select(row.alias(""), pl.all().name.prefix(":"))
    for start in range(0, frame.height, ROWS):
        yield _rows(numbered.slice(start, ROWS), cells)
    yield b'</sheetData><tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>'


def _rows(part: pl.DataFrame, cells: Sequence[pl.Expr]) -> bytes:
    named = zip(cells, part.columns[1:], strict=True)
    filled = [cell for cell, name in named if part[name].null_count() < part.height]
    row = pl.concat_str(
        pl.lit('<row r="'), pl.col(""), pl.lit('">'), *filled, pl.lit("</row>"), ignore_nulls=True
    )
    return str(part.select(row.str.join("")).item()).encode()


def _cell(sheet: "Sheet", at: int, name: str, styles: dict[str, int], strings: Strings) -> pl.Expr:
    """The cells of a column as XML; null, and so nothing, where a value is missing."""
    column, kind = pl.col(f":{name}"), sheet.frame.schema[name]
    style = styles.get(sheet.formats.get(name, ""), _WRAP if sheet.widths.get(name, 0) > WIDE else 0)
    start = pl.lit(f'<c r="{xl_col_to_name(at)}')
    styled = f'" s="{style}"' if style else '"'
    if kind == pl.String:
        values = sheet.frame[name].drop_nulls().unique(maintain_order=True)
        if values.len() * 2 > sheet.frame.height:
            text = _escaped(column, values)
            opening, closing = ' t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
            return pl.concat_str(start, pl.col(""), pl.lit(styled + opening), text, pl.lit(closing))
        number = column.replace_strict(values, strings.of(values), default=None, return_dtype=pl.UInt32)
        return _joined(start, f'{styled} t="s"><v>', number)
    if kind == pl.Boolean:
        return _joined(start, f'{styled} t="b"><v>', column.cast(pl.Int8))
    if kind == pl.Date:
        return _joined(start, f"{styled}><v>", column.cast(pl.Int32) + (date(1970, 1, 1) - EPOCH).days)
    return _joined(start, f"{styled}><v>", column)


def _joined(start: pl.Expr, opening: str, value: pl.Expr) -> pl.Expr:
    return pl.concat_str(start, pl.col(""), pl.lit(opening), value.cast(pl.String), pl.lit("</v></c>"))


def plain(text: str) -> str:
    """A text in which Excel sees no escape of its own, such as _x0041_ for A (ECMA-376 part 1, 22.4.2.4)."""
    return re.sub(_OWN_ESCAPE, r"_x005F\1", text)


def _escaped(column: pl.Expr, values: pl.Series) -> pl.Expr:
    if values.str.contains(_OWN_ESCAPE).any():
        column = column.str.replace_all(_OWN_ESCAPE, "_x005F$1")
    if values.str.contains("[&<>]").any():
        column = column.str.replace_all("&", "&amp;", literal=True)
        column = column.str.replace_all("<", "&lt;", literal=True).str.replace_all(">", "&gt;", literal=True)
    return column


# The small parts


def _parts(sheets: Sequence["Sheet"], formats: Sequence[str], title: str) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    yield "[Content_Types].xml", _types(numbers)
    yield "_rels/.rels", _relations([
        (f"{OFFICE}/officeDocument", "xl/workbook.xml"),
        (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    ])  # fmt: skip
    yield (
        "docProps/core.xml",
        (
            f'{DECLARED}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{escape(title)}</dc:title>'
            '<dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created>'
            "</cp:coreProperties>"
        ),
    )
    named = "".join(
        f'<sheet name={quoteattr(s.title[:31])} sheetId="{n}" r:id="rId{n}"/>'
        for n, s in enumerate(sheets, 1)
    )
    yield (
        "xl/workbook.xml",
        (
            f'{DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews>'
            f"<sheets>{named}</sheets></workbook>"
        ),
    )
    yield "xl/_rels/workbook.xml.rels", _relations([
        *((f"{OFFICE}/worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
        (f"{OFFICE}/styles", "styles.xml"), (f"{OFFICE}/sharedStrings", "sharedStrings.xml"),
    ])  # fmt: skip
    yield "xl/styles.xml", _styles(formats)


def _types(numbers: range) -> str:
    parts = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/xl/workbook.xml": f"{KIND}.sheet.main+xml",
        "/xl/styles.xml": f"{KIND}.styles+xml",
        "/xl/sharedStrings.xml": f"{KIND}.sharedStrings+xml",
        **{f"/xl/worksheets/sheet{n}.xml": f"{KIND}.worksheet+xml" for n in numbers},
        **{f"/xl/tables/table{n}.xml": f"{KIND}.table+xml" for n in numbers},
    }
    said = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{DECLARED}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>'
    )


def _relations(named: Sequence[tuple[str, str]]) -> str:
    said = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{name}"/>'
        for n, (kind, name) in enumerate(named, 1)
    )
    return f'{DECLARED}<Relationships xmlns="{PACKAGE}/relationships">{said}</Relationships>'


def _styles(formats: Sequence[str]) -> str:
    own = count(164)  # the first number that is not one of Excel's own formats
    given = {f: next(own) for f in formats}
    numbers = "".join(f'<numFmt numFmtId="{n}" formatCode={quoteattr(f)}/>' for f, n in given.items())

    def plain(number: int, more: str, font: int = 0) -> str:
        return f'<xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="0" xfId="0"{more}'

    cells = [
        plain(0, "/>"),
        plain(0, ' applyFont="1"/>', font=1),
        plain(0, ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'),
        *(plain(n, ' applyNumberFormat="1"/>') for n in given.values()),
    ]
    face = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
    return (
        f'{DECLARED}<styleSheet xmlns="{MAIN}"><numFmts count="{len(given)}">{numbers}</numFmts>'
        f'<fonts count="2"><font>{face}</font><font><b/>{face}</font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(cells)}">{"".join(cells)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _table(number: int, sheet: "Sheet") -> str:
    width = sheet.frame.width
    reach = f"A1:{xl_col_to_name(width - 1)}{max(sheet.frame.height, 1) + 1}"
    columns = "".join(
        f'<tableColumn id="{n}" name={quoteattr(c)}/>' for n, c in enumerate(sheet.frame.columns, 1)
    )
    return (
        f'{DECLARED}<table xmlns="{MAIN}" id="{number}" name="{sheet.table}" displayName="{sheet.table}" '
        f'ref="{reach}" totalsRowShown="0"><autoFilter ref="{reach}"/>'
        f'<tableColumns count="{width}">{columns}</tableColumns>'
        '<tableStyleInfo name="TableStyleLight1" showRowStripes="1"/></table>'
    )
