"""Texts that a source could have planted: no cell is a formula, no row breaks, no number becomes a text."""

from dataclasses import replace
from io import BytesIO, StringIO
from math import prod

import openpyxl
import orjson
import pandas as pd
import polars as pl
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import delimited, sheets
from exports.formats import FORMATS
from exports.text import CUT, LONGEST, neutral
from exports.workbook import planned, xlsx

HOSTILE = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1", "－1+1", "＠a", "  =1+1",
    "\u00a0=1+1", "\ufeff=1+1", '"=1+1"', ' "=cmd|\' /C calc\'!A0"', "=HYPERLINK(\"http://x\",\"y\")", "-", "+", "\x00=1+1", "\x0b\x1f@a",
)  # fmt: skip
HARMLESS = (
    "-3,5",
    "+12 %"[:3],
    "-1 234.5",
    "5 - 3",
    "a=b",
    "2019-2020",
    "Ə ə Қ ğ İ",
    'said "so"',
    "a;b,c\nd",
    "",
    "61.377",
    "69,3",
    "8.9",
    "9,8 %",
    "12E4",
    "2024-11",
    "1234",
)
MISREAD = ("-3,5", "-1 234.5", "61.377", "69,3", "8.9", "9,8 %", "12E4")
"""What Excel takes for another number in one language or another, or for a date."""
ODD = ("a\x00b\x0bc\x1fd", "\ufffe\uffff", "_x0041_", "𝄞 clef", "]]> <b>&amp;", "a\r\nb")


def planted(table, texts):
    """The table with texts in its remarks and as what was printed, and a negative number as value."""
    frame = table.frame.head(1)
    many = pl.concat([frame] * len(texts)).with_columns(
        pl.Series("obs_comment", texts), pl.Series("reported_value", texts), pl.lit(-1.5).alias("value")
    )
    return replace(table, frame=many)


def bare(text):
    """Without the control characters, which no file holds."""
    return "".join(c for c in text if c >= " " or c in "\t\n\r")


@pytest.fixture(scope="module")
def hostile(tables):
    return planted(tables["one series"], [*HOSTILE, *HARMLESS, *ODD])


def test_no_text_of_csv_is_a_formula_and_numbers_stay_numbers(hostile):
    for content, heads in (
        (delimited.strict(hostile).decode(), ("obs_comment", "value")),
        (delimited.for_excel(hostile).decode("utf-8-sig"), ("Remark", "Value")),
    ):
        read = pd.read_csv(StringIO(content, newline=""), keep_default_na=False)
        assert len(read) == hostile.frame.height
        texts = read[heads[0]].tolist()
        assert texts[: len(HOSTILE)] == ["'" + bare(text) for text in HOSTILE]
        kept = [f"'{t}" if t in MISREAD and heads[0] == "Remark" else t for t in HARMLESS]
        assert texts[len(HOSTILE) : len(HOSTILE) + len(HARMLESS)] == kept
        assert read[heads[1]].tolist() == [-1.5] * len(read)
        assert "\x00" not in content


@pytest.mark.parametrize("writer", ["xlsxwriter", "ours"])
def test_no_cell_of_a_workbook_is_a_formula(hostile, writer):
    target = BytesIO()
    if writer == "ours":
        sheets.write(planned(hostile), target, title='"=1+1" & <b>')
    else:
        target.write(xlsx(hostile, chart=True))
    book = openpyxl.load_workbook(target)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [c for c in cells if c.data_type in ("f", "e") or c.hyperlink]
    sheet = book["Figures"]
    heads = [cell.value for cell in sheet[1]]
    said = [row[heads.index("Remark")].value for row in sheet.iter_rows(min_row=2)]
    assert said[: len(HOSTILE)] == ["'" + bare(text).replace("\r", "\n") for text in HOSTILE]
    assert [t or "" for t in said[len(HOSTILE) : len(HOSTILE) + len(HARMLESS)]] == list(HARMLESS)
    odd = said[len(HOSTILE) + len(HARMLESS) :]
    assert odd[0] == "abcd"
    assert odd[2].replace("_x005F_", "_") == "_x0041_"  # openpyxl undoes Excel's escape in shared texts only
    assert odd[4] == "]]> <b>&amp;"
    assert all(row[heads.index("Value")].value == -1.5 for row in sheet.iter_rows(min_row=2))


@pytest.mark.parametrize("writer", ["xlsxwriter", "ours"])
def test_a_text_longer_than_a_cell_is_cut_and_marked_and_said(tables, writer):
    long = planted(tables["one series"], ["x" * 40_000, "𝄞" * 20_000, "y" * LONGEST])
    target = BytesIO()
    if writer == "ours":
        sheets.write(planned(long), target, title="long")
    else:
        target.write(xlsx(long))
    book = openpyxl.load_workbook(target)
    sheet = book["Figures"]
    at = [cell.value for cell in sheet[1]].index("Remark")
    first, second, third = (row[at].value for row in sheet.iter_rows(min_row=2))
    assert first == "x" * (LONGEST - len(CUT)) + CUT
    assert second.endswith("𝄞" + CUT)
    assert len(second.encode("utf-16-le")) <= 2 * LONGEST
    assert third == "y" * LONGEST
    assert any(CUT.strip() in str(cell.value) for row in book["About"].iter_rows() for cell in row)
    read = pd.read_csv(BytesIO(delimited.strict(long)))
    assert read["obs_comment"].str.len().tolist() == [40_000, 20_000, LONGEST]


def test_machine_formats_keep_every_text_as_it_is(hostile, tmp_path):
    texts = hostile.frame["obs_comment"].to_list()
    for format_id, read in (("parquet", pl.read_parquet), ("arrow", pl.read_ipc)):
        assert read(BytesIO(FORMATS[format_id].write(hostile)))["obs_comment"].to_list() == texts
    cube = orjson.loads(FORMATS["jsonstat"].write(hostile))
    assert [o["obs_comment"] for o in cube["extension"]["observation"].values()] == texts
    assert len(texts) <= prod(cube["size"])
    (tmp_path / "t.dta").write_bytes(FORMATS["dta"].write(hostile))
    assert len(pyreadstat.read_dta(str(tmp_path / "t.dta"))[0]) == len(texts)


@given(st.text(min_size=1))
def test_no_text_at_all_begins_as_a_formula(text):
    """By another rule than ours: what is left of spaces and quotes, by Python."""
    (safe,) = neutral(pl.DataFrame({"a": [text]}))["a"].to_list()
    assert safe in (text, "'" + text)
    start = safe.strip().strip('"').strip()
    plain = start.replace(",", "").replace(".", "").replace(" ", "").replace("\u00a0", "").rstrip("%")
    assert not start.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) or plain.lstrip("+-").isdigit()
