"""Workbooks made by hand for the tests: the least XML that a reader takes, and every way to spoil it."""

from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from etl.readers.sheet_grid import letters

Value = str | float | int | None
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def sheet_xml(rows: list[list[Value]], merges: tuple[str, ...] = (), style: str = "") -> str:
    """A worksheet of inline texts and numbers."""
    body = "".join(
        f'<row r="{r}">{"".join(_cell(v, r, c, style) for c, v in enumerate(row, 1) if v is not None)}</row>'
        for r, row in enumerate(rows, 1)
    )
    merged = (
        f"<mergeCells>{''.join(f'<mergeCell ref={m!r}/>' for m in merges)}</mergeCells>" if merges else ""
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData>{merged}</worksheet>'


def _cell(value: Value, row: int, column: int, style: str) -> str:
    at = f'r="{letters(column)}{row}"'
    if isinstance(value, str):
        return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"<c {at} {style}><v>{value!r}</v></c>"


def xlsx_parts(sheet: str) -> dict[str, str]:
    """Every part of a workbook with one sheet."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="T" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": sheet,
    }


def zipped(path: Path, parts: dict[str, str]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def xlsx(path: Path, rows: list[list[Value]], merges: tuple[str, ...] = (), style: str = "") -> Path:
    """A whole .xlsx."""
    return zipped(path, xlsx_parts(sheet_xml(rows, merges, style)))


_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="T">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def ods_cell(value: Value, more: str = "") -> str:
    if value is None:
        return f"<table:table-cell {more}/>"
    if isinstance(value, str):
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
        return f'<table:table-cell office:value-type="string" {more}>{lines}</table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{value!r}" {more}>'
        f"<text:p>{value:.1f}</text:p></table:table-cell>"
    )


def ods(
    path: Path, rows: list[list[Value]], spans: dict[tuple[int, int], tuple[int, int]] | None = None
) -> Path:
    """An .ods with the blank tail that spreadsheet programs write; `spans` are place → rows, columns."""
    text = ""
    for r, row in enumerate(rows, 1):
        text += "<table:table-row>"
        for c, value in enumerate(row, 1):
            down, right = (spans or {}).get((r, c), (1, 1))
            span = f'table:number-columns-spanned="{right}" table:number-rows-spanned="{down}"'
            text += ods_cell(value, span if (down, right) != (1, 1) else "")
        text += '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
    text += '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    return ods_content(path, text)


def ods_content(path: Path, rows: str) -> Path:
    return zipped(path, {"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                         "content.xml": _ODS.replace("{rows}", rows)})  # fmt: skip
