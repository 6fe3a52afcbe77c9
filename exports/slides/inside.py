"""The sheet of numbers inside a native chart, which PowerPoint opens when the chart is edited.

A few small parts (ECMA-376 part 1, 18), written as text: a general writer of workbooks took as long as the
rest of the chart. A name is a text, whatever it begins with.
"""

from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from pptx.chart.data import CategoryChartData
from xlsxwriter.utility import xl_col_to_name

from exports.archive import packed
from exports.sheets import DECLARED, EPOCH, KIND, MAIN, OFFICE, PACKAGE, plain

SHEET = "Sheet1"
"""As the references of python-pptx name it."""
NUMBERS, DAYS = 1, 2
"""Styles of cells; 0 is plain."""
_FIXED = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
}


class Numbers(CategoryChartData):
    """Categories and series of a chart; categories are texts or days, `code` is the format of numbers."""

    def __init__(self, code: str) -> None:
        super().__init__(number_format=code)  # type: ignore[no-untyped-call]

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook of the chart."""
        parts = {
            **_FIXED,
            "xl/styles.xml": _styles(str(self.number_format)),
            "xl/worksheets/sheet1.xml": (
                f'<worksheet xmlns="{MAIN}"><cols><col min="1" max="1" width="30" customWidth="1"/></cols>'
                f"<sheetData>{''.join(self._rows())}</sheetData></worksheet>"
            ),
        }
        return packed((name, f"{DECLARED}{text}".encode()) for name, text in parts.items())

    def _rows(self) -> Iterator[str]:
        series = list(self)
        heads = [_text(f"{xl_col_to_name(n)}1", one.name) for n, one in enumerate(series, 1)]
        yield f'<row r="1">{"".join(heads)}</row>'
        numbers = [(xl_col_to_name(n), list(one.values)) for n, one in enumerate(series, 1)]
        for at, category in enumerate(self.categories):
            row = at + 2
            name = category.label
            first = _day(f"A{row}", name) if isinstance(name, date) else _text(f"A{row}", str(name))
            cells = (
                f'<c r="{column}{row}" s="{NUMBERS}"><v>{float(values[at])!r}</v></c>'
                for column, values in numbers
                if values[at] is not None
            )
            yield f'<row r="{row}">{first}{"".join(cells)}</row>'


def _text(place: str, text: str) -> str:
    said = f'<is><t xml:space="preserve">{escape(plain(text))}</t></is>'
    return f'<c r="{place}" t="inlineStr">{said}</c>'


def _day(place: str, day: date) -> str:
    return f'<c r="{place}" s="{DAYS}"><v>{(day - EPOCH).days}</v></c>'


def _styles(code: str) -> str:
    font = '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    fill = '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    cell = '<xf numFmtId="{}" fontId="0" fillId="0" borderId="0" xfId="0"{}/>'
    formats = (
        f'<numFmts count="2"><numFmt numFmtId="164" formatCode={quoteattr(code)}/>'
        '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    )
    cells = "".join(
        cell.format(n, ' applyNumberFormat="1"' if n else "") for n in (0, 164, 165)
    )  # fmt: skip
    return (
        f'<styleSheet xmlns="{MAIN}">{formats}{font}{fill}<borders count="1"><border/></borders>'
        f'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="3">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
