"""Workbooks that want to harm or mislead: each is refused with a place and a word, soon and in little memory."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from etl.readers import workbook
from etl.readers.cells import BadFile
from tests.conftest import SHARED, needs_shared
from tests.etl.readers.sheet_making import ods, ods_cell, ods_content, sheet_xml, xlsx, xlsx_parts, zipped

TABLE = [["Item", 2020, 2021], ["Books", 1.5, 2], ["Films", 3, 4]]
GOOD = sheet_xml(TABLE)  # type: ignore[arg-type]
LOLS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{LOLS}]>'
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def spoiled(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def refused(path: Path, form: str = "xlsx") -> BadFile:
    with pytest.raises(BadFile) as stopped:
        workbook.read(path, form)
    assert stopped.value.seen
    assert stopped.value.fix
    return stopped.value


SHEETS = {
    "entities": (BOMB + spoiled("Books", "&l9;"), "DOCTYPE"),
    "external entity": (XXE + spoiled("Books", "&e;"), "DOCTYPE"),
    "far cell": (spoiled('r="C3"', 'r="XFD1048576"'), "so far from the others"),
    "outside cell": (spoiled('r="C3"', 'r="XFE9999999"'), "a cell in row"),
    "odd reference": (spoiled('r="C3"', 'r="C-3"'), "a cell reference"),
    "formula": (spoiled("<v>4</v>", "<f>1+1</f>"), "never calculated"),
    "formula with blank value": (spoiled("<v>4</v>", "<f>1+1</f><v></v>"), "never calculated"),
    "command": (spoiled("<v>4</v>", "<f>cmd|'/c calc'!A0</f><v>4</v>"), "calls outside"),
    "web": (spoiled("<v>4</v>", '<f>WEBSERVICE("http://x.example/")</f><v>4</v>'), "calls outside"),
    "cut": (GOOD[: len(GOOD) // 2], "not well-formed"),
    "many merges": (GOOD.replace("</worksheet>", "<mergeCells>" + '<mergeCell ref="A1:C3"/>' * 5
                                 + '<mergeCell ref="A"/></mergeCells></worksheet>'), "a cell reference"),
    "empty": (sheet_xml([]), "only blank"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHEETS)
def test_a_spoiled_sheet_is_refused(tmp_path: Path, name: str) -> None:
    sheet, seen = SHEETS[name]
    assert seen in refused(zipped(tmp_path / "t.xlsx", xlsx_parts(sheet))).seen


def test_a_doctype_in_any_part_is_refused(tmp_path: Path) -> None:
    for part in ("xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"):
        parts = xlsx_parts(GOOD)
        parts[part] = BOMB + parts.get(part, "<sst/>")
        assert refused(zipped(tmp_path / "t.xlsx", parts)).place == part


def test_a_part_that_inflates_too_far_is_refused(tmp_path: Path) -> None:
    for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
        path = tmp_path / "t.xlsx"
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            for name, text in xlsx_parts(GOOD).items():
                if name != part:
                    archive.writestr(name, text)
            with archive.open(part, "w") as out:
                for _ in range(110):
                    out.write(b" " * 1_000_000)
        assert "when unpacked" in refused(path).seen


def test_a_forged_size_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "t.xlsx", xlsx_parts(GOOD))
    content, name = path.read_bytes(), b"xl/worksheets/sheet1.xml"
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(name))
    short = GOOD.encode()[:100]
    forged = struct.pack("<I", zlib.crc32(short)), struct.pack("<I", len(short))
    path.write_bytes(
        content[: entry + 16]
        + forged[0]
        + content[entry + 20 : entry + 24]
        + forged[1]
        + content[entry + 28 :]
    )
    assert "where the archive says" in refused(path).seen


def test_a_million_columns(tmp_path: Path) -> None:
    wide = ods_content(tmp_path / "t.ods", "<table:table-row>" + ods_cell(1, 'table:number-columns-repeated="1000000"')
                       + "</table:table-row>")  # fmt: skip
    assert "1,000,000 columns" in refused(wide, "ods").seen
    cells = "".join(f'<row r="{r}"><c r="XFD{r}"><v>1</v></c></row>' for r in range(1, 2000))
    sheet = sheet_xml([]).replace("<sheetData>", "<sheetData>" + cells)
    assert "so far" in refused(zipped(tmp_path / "t.xlsx", xlsx_parts(sheet))).seen


def test_too_many_elements(tmp_path: Path) -> None:
    sheet = GOOD.replace("</row>", "<x/>" * 3_000_001 + "</row>", 1)
    assert "elements" in refused(zipped(tmp_path / "t.xlsx", xlsx_parts(sheet))).seen


def test_a_mostly_blank_sheet_ends(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c><c r="{c}{r}"><v>{r}</v></c></row>'
                   for r, c in enumerate(("A" + chr(65 + i // 26 % 26) + chr(65 + i % 26) for i in range(676)), 1))  # fmt: skip
    sheet = sheet_xml([]).replace("<sheetData>", "<sheetData>" + rows)
    workbook.read(zipped(tmp_path / "t.xlsx", xlsx_parts(sheet)), "xlsx")


def test_merged_ranges_over_everything_are_refused(tmp_path: Path) -> None:
    sheet = GOOD.replace("</sheetData>", '<row r="900"><c r="ZZ900"><v>1</v></c></row></sheetData><mergeCells>'
                         + "".join(f'<mergeCell ref="A{i}:ZZ900"/>' for i in range(1, 9)) + "</mergeCells>")  # fmt: skip
    assert "merged ranges" in refused(zipped(tmp_path / "t.xlsx", xlsx_parts(sheet))).seen


@pytest.mark.parametrize(
    ("content", "seen"),
    [(ods_cell("Item") + ods_cell(1, 'table:formula="of:=1+1"').replace('office:value-type="float"', ""), "never calc"),
     (ods_cell(1, 'table:number-columns-repeated="5000"'), "repeated 5,000"),
     (ods_cell(1).replace('office:value="1"', 'office:value="one"'), "a number written"),
     ("<table:table-cell><table:table/></table:table-cell>", "inside a cell")])  # fmt: skip
def test_a_spoiled_ods_is_refused(tmp_path: Path, content: str, seen: str) -> None:
    path = ods_content(tmp_path / "t.ods", f"<table:table-row>{content}</table:table-row>")
    assert seen in refused(path, "ods").seen


def test_rows_repeated_to_a_bomb_are_refused(tmp_path: Path) -> None:
    row = f'<table:table-row table:number-rows-repeated="1000000">{ods_cell(1)}</table:table-row>'
    assert "repeated 1,000,000" in refused(ods_content(tmp_path / "t.ods", row), "ods").seen


def test_macros_and_links_are_left_alone_and_said(tmp_path: Path) -> None:
    parts = xlsx_parts(GOOD) | {"xl/vbaProject.bin": "x", "xl/externalLinks/externalLink1.xml": "<x/>"}
    found = workbook.read(zipped(tmp_path / "t.xlsm", parts), "xlsm")
    assert found.remarks == ["holds macros, which were not looked at",
                             "holds links to other workbooks, which were not followed"]  # fmt: skip
    assert found.tables[0].cells["_value"].sum() == 10.5


def test_a_formula_with_its_value_is_read_and_said(tmp_path: Path) -> None:
    sheet = spoiled("<v>4</v>", "<f>SUM(B2:B3)</f><v>4</v>")
    found = workbook.read(zipped(tmp_path / "t.xlsx", xlsx_parts(sheet)), "xlsx")
    assert found.tables[0].cells["_value"].sum() == 10.5
    assert "1 formula cells" in found.remarks[0]


def test_an_error_cell_is_missing_with_its_error(tmp_path: Path) -> None:
    sheet = GOOD.replace('<c r="C3" ><v>4</v>', '<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v>')
    [table] = workbook.read(zipped(tmp_path / "t.xlsx", xlsx_parts(sheet)), "xlsx").tables
    assert table.cells["_mark"].to_list() == [None, None, None, "#DIV/0!"]


def test_nan_and_infinity_are_no_numbers(tmp_path: Path) -> None:
    path = ods(tmp_path / "t.ods", [["Item", "A", "B"], ["red", float("nan"), float("inf")], ["y", 1.5, 2]])
    [table] = workbook.read(path, "ods").tables
    assert table.cells["_value"].to_list() == [None, None, 1.5, 2]
    assert table.cells["_mark"].to_list() == ["nan", "inf", None, None]


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize(
    "content", [b"", b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"hello", b"PK\x03\x04" + bytes(200)]
)
def test_what_is_no_workbook(tmp_path: Path, form: str, content: bytes) -> None:
    path = tmp_path / f"t.{form}"
    path.write_bytes(content)
    refused(path, form)


def survives(path: Path, form: str) -> None:
    """Read, or refuse with a word; nothing else."""
    try:
        workbook.read(path, form)
    except BadFile as fault:
        if not fault.seen:
            pytest.fail("a refusal without a word")


FUZZ = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
VALUES = st.one_of(
    st.none(), st.none(), st.integers(0, 3000), st.floats(), st.text(max_size=8),
    st.sampled_from(["2020", "2021 (p)", ":", "-", "x", "Total 1)", "1,5", "1 234", "% of GDP", "Note", "1) see"]),
)  # fmt: skip


@FUZZ
@given(st.lists(st.lists(VALUES, max_size=6), max_size=10))
def test_any_grid_is_read_or_refused(tmp_path: Path, rows: list[list[str | float | int | None]]) -> None:
    survives(ods(tmp_path / "t.ods", [[_plain(v) for v in row] for row in rows]), "ods")
    survives(xlsx(tmp_path / "t.xlsx", [[_plain(v) for v in row] for row in rows]), "xlsx")


def _plain(value: str | float | int | None) -> str | float | int | None:
    """Texts that XML can hold."""
    return "".join(c for c in value if c.isprintable()) if isinstance(value, str) else value


@settings(FUZZ, max_examples=40)
@given(
    st.lists(
        st.lists(st.integers(-9999, 1800) | st.floats(-1e6, 1e6), min_size=3, max_size=3),
        min_size=2,
        max_size=6,
    )
)
def test_every_number_of_a_plain_table_comes_back(tmp_path: Path, numbers: list[list[float]]) -> None:
    rows = [["Item", "red", "green", "blue"], *([f"row {i} of", *line] for i, line in enumerate(numbers))]
    [table] = workbook.read(xlsx(tmp_path / "t.xlsx", rows), "xlsx").tables
    assert table.cells["_value"].to_list() == [float(n) for line in numbers for n in line]
    assert table.cells["_row"].to_list() == [r for r in range(2, len(numbers) + 2) for _ in range(3)]


SPOIL: dict[str, Callable[[bytes, int, int], bytes]] = {
    "cut": lambda b, at, _: b[: at % len(b)],
    "byte": lambda b, at, n: b[: at % len(b)] + bytes([n % 256]) + b[at % len(b) + 1 :],
    "twice": lambda b, at, n: b[: at % len(b)] + b[at % len(b) : at % len(b) + n] * 2 + b[at % len(b) + n :],
    "zeros": lambda b, at, n: b[: at % len(b)] + bytes(n % 64) + b[at % len(b) + n % 64 :],
}
SPOILED = st.tuples(st.sampled_from(sorted(SPOIL)), st.integers(0, 1 << 20), st.integers(0, 4096))


@FUZZ
@given(SPOILED)
def test_a_damaged_archive_is_read_or_refused(tmp_path: Path, how: tuple[str, int, int]) -> None:
    for form, path in (("xlsx", xlsx(tmp_path / "t.xlsx", TABLE)), ("ods", ods(tmp_path / "t.ods", TABLE))):  # type: ignore[arg-type]
        path.write_bytes(SPOIL[how[0]](path.read_bytes(), how[1], how[2]))
        survives(path, form)


@FUZZ
@given(SPOILED)
def test_a_damaged_part_is_read_or_refused(tmp_path: Path, how: tuple[str, int, int]) -> None:
    parts = xlsx_parts(SPOIL[how[0]](GOOD.encode(), how[1], how[2]).decode("utf-8", "replace"))
    survives(zipped(tmp_path / "t.xlsx", parts), "xlsx")


@needs_shared
@settings(FUZZ, max_examples=50)
@given(SPOILED)
@example(("zeros", 701167, 2125))  # the formula of a name breaks off
def test_a_damaged_legacy_workbook_is_read_or_refused(tmp_path: Path, how: tuple[str, int, int]) -> None:
    path = tmp_path / "t.xls"
    content = (SHARED / "formats/statoffice-xls/tr_tuik_lifts_elderly.xls").read_bytes()
    path.write_bytes(SPOIL[how[0]](content, how[1], how[2]))
    survives(path, "xls")
