"""PC-Axis: the truths of real files, what is odd about them, and what must be refused."""

import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.readers.cells import BadFile, Table
from etl.readers.px import read
from tests.conftest import needs_shared
from tests.etl.readers.truths import FORMATS, Truth, check, in_words, params

SMALL = """CHARSET="ANSI";
LANGUAGE="en";LANGUAGES="en","sv";
MATRIX="T1";TITLE="A title; with a "
"semicolon";TITLE[sv]="En titel";
STUB="region";HEADING="contents","year";CONTVARIABLE="contents";
VALUES("region")="North","South";VALUES[sv]("region")="Norr","Söder";
CODES("region")="N","S";
VALUES("contents")="Men, all","Share";CODES("contents")="M","P";
TIMEVAL("year")=TLIST(A1,"2001"-"2002");
UNITS="number";UNITS("Men, all")="persons";UNITS("Share")="%";DECIMALS=1;
PRECISION("contents","Share")=2;
NOTE="First#second";NOTEX("region")="of regions";
DATANOTECELL("N","P","2002")="r";CELLNOTE("*","Share","*")="of all";
DATASYMBOL1="not asked";
DATA=
1 -2.5 "." 1e3;
"-" .5 ".." 7;
"""


def made(tmp_path: Path, text: str | bytes, encoding: str = "cp1252") -> Table:
    file = tmp_path / "t.px"
    file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return read(file, "px").tables[0]


@needs_shared
@pytest.mark.parametrize("truth", params("px"))
def test_every_truth_of_the_shared_files_is_obtained(truth: Truth) -> None:
    publication = read(truth.path, "px")
    check(truth, publication)


@needs_shared
def test_absent_rows_of_keys_are_absent_cells() -> None:
    table = read(FORMATS / "px" / "scb_BE101ACEkeys.px", "px").tables[0]
    assert table.cells.height == 7488
    last = table.cells.row(-1, named=True)
    assert (last["_value"], last["sex"], last["period"]) == (20.0, "total", "1999")


@needs_shared
def test_a_contradiction_in_time_is_remarked() -> None:
    remarks = read(FORMATS / "px" / "bad_errorTimeval.px", "px").remarks
    assert any("TIMEVAL lists 2" in r for r in remarks)


def test_a_small_file_has_all_its_parts(tmp_path: Path) -> None:
    table = made(tmp_path, SMALL)
    assert table.title == "A title; with a semicolon"
    assert [(d.id, dict(d.codes), d.role) for d in table.dimensions] == [
        ("region", {"N": "North", "S": "South"}, None),
        ("contents", {"M": "Men, all", "P": "Share"}, "measure"),
        ("year", {"2001": "2001", "2002": "2002"}, "time"),
    ]
    assert table.cells["_value"].to_list() == [1, -2.5, None, 1000, None, 0.5, None, 7]
    assert table.cells["_text"].to_list() == ["1", "-2.5", ".", "1e3", "-", ".5", "..", "7"]
    assert table.cells["_mark"].to_list() == [None, None, ".", None, "-", None, "..", None]
    assert table.cells["@UNITS"].to_list() == ["persons", "persons", "%", "%"] * 2
    assert table.cells["@PRECISION"].to_list() == [None, None, "2", "2"] * 2
    assert table.cells["_flags"].to_list() == [None, None, None, "r"] + [None] * 4
    assert table.cells["@CELLNOTE"].to_list() == [None, None, "of all", "of all"] * 2
    assert table.cells.row(5, named=True)["_row"] == 17
    assert table.attributes["unit"] == "number"
    assert table.attributes["decimals"] == "1"
    assert table.attributes["VALUES[sv](region)"] == "Norr; Söder"
    assert table.attributes["DATASYMBOL1"] == "not asked"
    assert "First\nsecond" in table.notes


@pytest.mark.parametrize(
    ("head", "encoding", "name"),
    [
        ('CHARSET="ANSI";', "cp1252", "cp1252"),
        ('CODEPAGE="iso-8859-15";', "iso-8859-15", "iso8859-15"),
        ('CODEPAGE="utf-8";', "utf-8", "utf-8"),
        ('CODEPAGE="iso-8859-1";', "utf-8", "utf-8"),
        ("", "utf-8-sig", "utf-8-sig"),
        ("", "utf-16", "utf-16"),
        ("", "cp850", "cp850"),
        ('CODEPAGE="rot13";CHARSET="ANSI";', "cp1252", "cp1252"),
    ],
)
def test_text_is_read_in_its_encoding(tmp_path: Path, head: str, encoding: str, name: str) -> None:
    file = tmp_path / "t.px"
    file.write_bytes((head + SMALL.replace('CHARSET="ANSI";', "").replace("North", "Väst")).encode(encoding))
    publication = read(file, "px")
    assert publication.encoding == name
    assert publication.tables[0].dimensions[0].codes["N"] == "Väst"


def test_cyrillic_without_a_codepage_is_told_by_the_language(tmp_path: Path) -> None:
    text = SMALL.replace('"en"', '"ru"').replace("North", "Север").replace("Söder", "")
    assert made(tmp_path, text, "cp1251").dimensions[0].codes["N"] == "Север"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("1e3;\n", "1e3 5;\n", "9 values; expected 8 (2 × 2 × 2)"),
        ("1e3;\n", ";\n", "7 values; expected 8"),
        ('"-" .5', "x .5", "row 17, column 1: x"),
        ('".."', '.."', "row 17: an odd number"),
        ("1e3", "1e999", "1e999"),
        ("1e3", "Infinity", "Infinity"),
        ('CODES("region")', 'VALUES("region")', "VALUES twice"),
        ('STUB="region"', 'STUB="year"', "'year' twice"),
        ('STUB="region"', 'STUB="_value"', "'_value'"),
        ("DATA=", "DATTA=", "at last DATA="),
        ('VALUES("contents")="Men, all","Share";CODES("contents")="M","P";', "", 'VALUES("contents")'),
        ('"2001"-"2002"', '"0001"-"9999"', "0001 to 9999"),
        ('STUB="region";HEADING="contents","year";', "", "neither STUB nor HEADING"),
        ('LANGUAGE="en"', 'LANGUAGE="en', "row"),
    ],
)
def test_what_cannot_be_read_truthfully_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    if 'North","North' in new:
        made(tmp_path, SMALL.replace(old, new))  # one text with two codes is sound
        return
    with pytest.raises(BadFile) as caught:
        made(tmp_path, SMALL.replace(old, new, 1))
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "raw", [b"", b"  \n", b"\x00\x01\x02", b"<html></html>", b'MATRIX="x";', b"\xff\xfe\x00"]
)
def test_what_is_no_px_is_refused(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(BadFile):
        made(tmp_path, raw)


def test_a_forged_number_of_cells_is_refused_before_it_is_made(tmp_path: Path) -> None:
    names = [f"d{i}" for i in range(9)]
    head = "STUB=" + ",".join(f'"{n}"' for n in names) + ";"
    listed = ",".join(f'"{i}"' for i in range(10))
    text = head + "".join(f'VALUES("{n}")={listed};' for n in names) + "DATA=1 2 3;"
    with pytest.raises(BadFile, match="1000000000"):
        made(tmp_path, text)


KEYED = (
    'STUB="a";HEADING="b";VALUES("a")="x","y";CODES("a")="1","2";VALUES("b")="u","v";KEYS("a")=%s;DATA=%s;'
)


def test_rows_with_keys_may_come_in_any_order(tmp_path: Path) -> None:
    table = made(tmp_path, KEYED % ("VALUES", '\n"y",1 2\n"x",3 "."'))
    assert table.cells.select("a", "b", "_text").rows() == [
        ("2", "u", "1"),
        ("2", "v", "2"),
        ("1", "u", "3"),
        ("1", "v", "."),
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [('"y",1 2 "y",3 4', "twice"), ('"q",1 2', "the key"), ('"y",1 2 3', "rows of 1 keys and 2 values")],
)
def test_rows_with_keys_are_checked(tmp_path: Path, data: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        made(tmp_path, KEYED % ("VALUES", data))


@settings(max_examples=150)
@given(st.text(alphabet=string.printable, max_size=40), st.integers(0, len(SMALL)), st.integers(0, 30))
def test_damage_anywhere_is_an_error_in_words_or_still_a_table(
    tmp_path_factory: pytest.TempPathFactory, noise: str, at: int, gone: int
) -> None:
    text = SMALL[:at] + noise + SMALL[at + gone :]
    try:
        table = made(tmp_path_factory.mktemp("px"), text, "utf-8")
    except BadFile as fault:
        in_words(fault)
    else:
        assert (table.cells["_value"].is_null() == table.cells["_mark"].is_not_null()).all()


@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    with pytest.raises(BadFile):
        made(tmp_path_factory.mktemp("px"), raw)
