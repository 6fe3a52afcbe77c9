"""XLSX, XLS and ODS."""

import struct
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from tests.conftest import SHARED
from tests.etl.readers.hostile import case, simple
from tests.etl.readers.sheet_making import ods, ods_cell, ods_content, sheet_xml, xlsx, xlsx_parts, zipped

TABLE = [["Item", 2020, 2021], ["Books", 1.5, 2], ["Films", 3, 4]]
GOOD = sheet_xml(TABLE)  # type: ignore[arg-type]
LOLS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{LOLS}]>'
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def spoiled(old: str, new: str) -> str:
    if old not in GOOD:
        raise ValueError(old)
    return GOOD.replace(old, new)


def book(path: Path, sheet: str, **more: str) -> None:
    zipped(path, xlsx_parts(sheet) | more)


def streamed(path: Path, name: str, before: str, piece: str, times: int, after: str) -> None:
    """A workbook one part of which is written piece by piece."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for part, text in xlsx_parts(GOOD).items():
            if part != name:
                archive.writestr(part, text)
        with archive.open(name, "w", force_zip64=True) as out:
            out.write(before.encode())
            for _ in range(times):
                out.write(piece.encode())
            out.write(after.encode())


SHEETS = {
    "xlsx that is sound": (GOOD, "", 10.5),
    "xlsx with a billion laughs": (BOMB + spoiled("Books", "&l9;"), "DOCTYPE", None),
    "xlsx with an external entity": (XXE + spoiled("Books", "&e;"), "DOCTYPE", None),
    "xlsx with one far cell": (spoiled('r="C3"', 'r="XFD1048576"'), "so far", None),
    "xlsx with a cell beyond every sheet": (spoiled('r="C3"', 'r="XFE9999999"'), "row 9999999", None),
    "xlsx with a forged dimension": (spoiled("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'), "", 10.5),
    "xlsx with a cell twice": (spoiled('r="C2"', 'r="B2"'), "B2.*twice|twice.*B2", None),
    "xlsx with a formula never calculated": (spoiled("<v>4</v>", "<f>1+1</f>"), "never calculated", None),
    "xlsx with a formula and its value": (spoiled("<v>4</v>", "<f>2+2</f><v>4</v>"), "", 10.5),
    "xlsx with a command": (spoiled("<v>4</v>", "<f>cmd|'/c calc'!A0</f><v>4</v>"), "calls outside", None),
    "xlsx with NaN": (spoiled("<v>4</v>", "<v>NaN</v>"), "NaN", None),
    "xlsx with INF": (spoiled("<v>4</v>", "<v>INF</v>"), "INF|inf", None),
    "xlsx with 1e999": (spoiled("<v>4</v>", "<v>1e999</v>"), "1e999|inf", None),
    "xlsx with a text for a number": (spoiled("<v>4</v>", "<v>four</v>"), "four", None),
    "xlsx with a shared string that is not there": (spoiled('<c r="C3" ><v>4</v>', '<c r="C3" t="s"><v>99</v>'), "99|shared", None),
    "xlsx with a control letter": (spoiled("Books", "Bo&#0;oks"), "not well-formed", None),
    "xlsx cut": (GOOD[: len(GOOD) // 2], "not well-formed", None),
}  # fmt: skip
for name, (sheet, says, total) in SHEETS.items():
    from tests.etl.readers.hostile import CASES, Case

    CASES.append(Case(name, "t.xlsx", lambda path, sheet=sheet: book(path, sheet), says, total))


@case("t.xlsx", "when unpacked|archive bomb")
def xlsx_part_that_is_a_bomb(path: Path) -> None:
    streamed(path, "xl/worksheets/sheet1.xml", "", " " * 1_000_000, 2000, "")


@case("t.xlsx", "when unpacked|archive bomb")
def xlsx_shared_strings_that_are_a_bomb(path: Path) -> None:
    streamed(path, "xl/sharedStrings.xml", "<sst>", "<si><t>" + "x" * 1_000_000 + "</t></si>", 400, "</sst>")


@case("t.xlsx", "tags", heavy=True)
def xlsx_with_5_million_shared_strings(path: Path) -> None:
    streamed(path, "xl/sharedStrings.xml", "<sst>", "<si><t>x</t></si>" * 1000, 5000, "</sst>")


@case("t.xlsx", "elements", heavy=True)
def xlsx_with_4_million_elements(path: Path) -> None:
    before, after = GOOD.split("</row>", 1)
    streamed(path, "xl/worksheets/sheet1.xml", before, "<x/>" * 1000, 4000, "</row>" + after)


@case("t.xlsx", "styles|elements|unpacked|seconds|XML", heavy=True)
def xlsx_with_2_million_styles(path: Path) -> None:
    streamed(
        path,
        "xl/styles.xml",
        "<styleSheet><cellXfs>",
        '<xf numFmtId="0"/>' * 1000,
        2000,
        "</cellXfs></styleSheet>",
    )


@case("t.xlsx", "sheets|parts")
def xlsx_with_5000_sheets(path: Path) -> None:
    parts = xlsx_parts(GOOD)
    sheets = "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="rId1"/>' for i in range(1, 5001))
    start, _, rest = parts["xl/workbook.xml"].partition("<sheet ")
    parts["xl/workbook.xml"] = start + sheets + rest[rest.index("/>") + 2 :]
    zipped(path, parts)


@case("t.xlsx", "merged")
def xlsx_merged_over_everything(path: Path) -> None:
    merges = "".join(f'<mergeCell ref="A{i}:ZZ900"/>' for i in range(1, 9))
    book(
        path,
        GOOD.replace(
            "</sheetData>",
            '<row r="900"><c r="ZZ900"><v>1</v></c></row></sheetData><mergeCells>' + merges + "</mergeCells>",
        ),
    )


@case("t.xlsx", "not a whole zip|archive")
def xlsx_truncated(path: Path) -> None:
    book(path, GOOD)
    path.write_bytes(path.read_bytes()[:-100])


@case("t.xlsx", "archive says|damaged|zip")
def xlsx_with_a_forged_size(path: Path) -> None:
    book(path, GOOD)
    content, name = path.read_bytes(), b"xl/worksheets/sheet1.xml"
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(name))
    path.write_bytes(content[: entry + 24] + struct.pack("<I", 100) + content[entry + 28 :])


@case("t.xlsx", "no worksheet|no part|whole workbook")
def xlsx_whose_sheet_is_missing(path: Path) -> None:
    parts = xlsx_parts(GOOD)
    del parts["xl/worksheets/sheet1.xml"]
    zipped(path, parts)


@case("t.xlsx", "password|encrypted|xls")
def xlsx_with_a_password(path: Path) -> None:
    """An encrypted workbook is a compound file with these streams; here only their names stand."""
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(2000)
    )


@case("t.xlsx", "2020-01-0|date")
def xlsx_with_mangled_dates(path: Path) -> None:
    """Ages "1-5" that have become the first of May."""
    rows = "".join(
        f'<row r="{r}"><c r="A{r}" s="2"><v>{43831 + r}</v></c><c r="B{r}"><v>{r}</v></c></row>'
        for r in (2, 3)
    )
    words = "".join(
        f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>group {r}</t></is></c><c r="B{r}"><v>{r}</v></c></row>'
        for r in range(4, 9)
    )
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>Age</t></is></c><c r="B1" t="inlineStr"><is><t>People</t></is></c></row>'
    book(path, GOOD[: GOOD.index("<row")] + head + rows + words + "</sheetData></worksheet>")


@case("t.xlsx", "", heavy=True, total=sum(range(1_000_000)))
def xlsx_of_a_million_honest_cells(path: Path) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for part, text in xlsx_parts(GOOD).items():
            if part != "xl/worksheets/sheet1.xml":
                archive.writestr(part, text)
        from etl.readers.sheet_grid import letters

        names = [letters(c) for c in range(1, 102)]
        head = GOOD[: GOOD.index("<row")]
        with archive.open("xl/worksheets/sheet1.xml", "w") as out:
            out.write(head.encode() + b'<row r="1"><c r="A1" t="inlineStr"><is><t>Item</t></is></c>')
            out.write(
                "".join(
                    f'<c r="{names[c]}1" t="inlineStr"><is><t>col {c}</t></is></c>' for c in range(1, 101)
                ).encode()
                + b"</row>"
            )
            for r in range(10_000):
                cells = "".join(
                    f'<c r="{names[c]}{r + 2}"><v>{r * 100 + c - 1}</v></c>' for c in range(1, 101)
                )
                out.write(
                    f'<row r="{r + 2}"><c r="A{r + 2}" t="inlineStr"><is><t>row {r} of</t></is></c>{cells}</row>'.encode()
                )
            out.write(b"</sheetData></worksheet>")


@case("t.xlsx", "tags", heavy=True)
def xlsx_of_6_million_cells(path: Path) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for part, text in xlsx_parts(GOOD).items():
            if part != "xl/worksheets/sheet1.xml":
                archive.writestr(part, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            out.write(GOOD[: GOOD.index("<row")].encode())
            row = b"<row>" + b"<c><v>7</v></c>" * 100 + b"</row>"
            for _ in range(60_000):
                out.write(row)
            out.write(b"</sheetData></worksheet>")


@case("t.ods", "", total=10.5)
def ods_that_is_sound(path: Path) -> None:
    ods(path, TABLE)  # type: ignore[arg-type]


@case("t.ods", "1,000,000")
def ods_of_a_million_columns(path: Path) -> None:
    ods_content(
        path,
        "<table:table-row>" + ods_cell(1, 'table:number-columns-repeated="1000000"') + "</table:table-row>",
    )


@case("t.ods", "repeated")
def ods_of_a_million_equal_rows(path: Path) -> None:
    ods_content(
        path, f'<table:table-row table:number-rows-repeated="1000000">{ods_cell(1)}</table:table-row>'
    )


@case("t.ods", "repeated|row|number")
def ods_repeated_beyond_all_numbers(path: Path) -> None:
    ods_content(
        path, f'<table:table-row table:number-rows-repeated="{"9" * 5000}">{ods_cell(1)}</table:table-row>'
    )


@case("t.ods", "repeated|-5|number|columns")
def ods_repeated_negatively(path: Path) -> None:
    ods_content(
        path, "<table:table-row>" + ods_cell(1, 'table:number-columns-repeated="-5"') + "</table:table-row>"
    )


@case("t.ods", "DOCTYPE")
def ods_with_a_billion_laughs(path: Path) -> None:
    zipped(
        path,
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": BOMB + "<a>&l9;</a>"},
    )


@case("t.ods", "DOCTYPE")
def ods_with_an_external_entity(path: Path) -> None:
    zipped(
        path,
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": XXE + "<a>&e;</a>"},
    )


@case("t.ods", "when unpacked|archive bomb")
def ods_content_that_is_a_bomb(path: Path) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        with archive.open("content.xml", "w") as out:
            for _ in range(1500):
                out.write(b" " * 1_000_000)


@case("t.ods", "when unpacked|no sheet|no such part|archive")
def ods_whose_mimetype_is_a_bomb(path: Path) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive, archive.open("mimetype", "w") as out:
        out.write(b"application/vnd.oasis.opendocument.spreadsheet")
        for _ in range(600):
            out.write(b" " * 1_000_000)


@case("t.ods", "inf")
def ods_with_infinity(path: Path) -> None:
    ods(path, [["Item", "A", "B"], ["red", float("inf"), 2], ["y", 1.5, 2]])


@case("t.ods", "never calc")
def ods_with_a_formula_never_calculated(path: Path) -> None:
    cell = ods_cell(1, 'table:formula="of:=1+1"').replace('office:value-type="float"', "")
    ods_content(path, f"<table:table-row>{ods_cell('Item')}{cell}</table:table-row>")


@case("t.ods", "", heavy=True, total=sum(range(300_000)))
def ods_of_300000_honest_cells(path: Path) -> None:
    head = "".join(map(ods_cell, ["Item", *(f"c{c}" for c in range(100))]))
    rows = (ods_cell(f"row {r} of") + "".join(ods_cell(r * 100 + c) for c in range(100)) for r in range(3000))
    ods_content(path, "".join(f"<table:table-row>{row}</table:table-row>" for row in (head, *rows)))


def real_xls() -> bytes:
    found = SHARED / "formats" / "statoffice-xls" / "tr_tuik_tea.xls"
    return found.read_bytes() if found.exists() else b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


@case("t.xls", "xls|workbook|compound|file")
def xls_truncated(path: Path) -> None:
    raw = real_xls()
    path.write_bytes(raw[: len(raw) // 2])


@case("t.xls", "xls|workbook|compound|file|whole")
def xls_with_a_chain_of_sectors_that_is_a_loop(path: Path) -> None:
    raw = bytearray(real_xls())
    raw[512:1024] = struct.pack("<128I", *([1] * 128))
    path.write_bytes(bytes(raw))


@case("t.xls", "")
def xls_that_announces_a_million_sectors(path: Path) -> None:
    raw = bytearray(real_xls())
    raw[0x2C:0x30] = struct.pack("<I", 0x7FFFFFFF)
    path.write_bytes(bytes(raw))


@case("t.xlsx", "")
def xlsx_written_by_another_program(path: Path) -> None:
    xlsx(path, [["Country", "Day"], ["KAZ", str(date(2020, 1, 1))], ["UZB", "1"]])


simple(
    "xlsb or anything in a compound file", "t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 3000, ""
)
