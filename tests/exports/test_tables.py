"""Every format beside the answer it renders, read back by readers that nobody here wrote."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from math import inf, prod

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pyreadstat
import pytest
from jsonstat_validator import validate_jsonstat
from polars.testing import assert_frame_equal
from python_calamine import load_workbook

from exports import delimited
from exports.columns import COLUMNS, DAY, FLAG, NAMES, NUMBER, SCHEMA, WHOLE
from exports.formats import FORMATS
from exports.jsonstat import DIMENSIONS
from exports.table import LOCALE, table
from exports.workbook import planned, xlsx
from indicators.language import MISSING, speak
from indicators.query import BadQuery

LANGUAGES = ("en", "ru", "az", "kk", "tr", "bg")


def written(asked, format_id):
    return FORMATS[format_id].write(asked)


def test_the_table_is_the_answer_and_names_the_open_end(asked):
    frame, answered = asked.frame, asked.answer.frame
    assert frame.columns == list(NAMES)
    assert dict(frame.schema) == SCHEMA
    assert frame["value"].to_list() == answered["value"].to_list()
    assert frame["figure_id"].to_list() == answered["figure_id"].to_list()
    for shown, low, high in zip(frame.iter_rows(named=True), answered["low"], answered["high"], strict=True):
        assert shown["low"] == (None if low in (None, -inf) else low)
        assert shown["high"] == (None if high in (None, inf) else high)
        ends = {"low": low == -inf, "high": high == inf}
        said = "both" if all(ends.values()) else next((e for e, is_open in ends.items() if is_open), "none")
        assert shown["open_end"] == (None if low is None else said)


def test_an_answer_of_another_release_is_refused(tables, store, catalogue):
    other = type("Other", (), {"release": type("R", (), {"id": "000000000000"})})()
    with pytest.raises(ValueError, match="000000000000"):
        table(tables["one series"].answer, other, catalogue)


def test_targets_are_columns(tables):
    frame = tables["targets"].frame
    aimed = frame.filter(pl.col("target_figure_id").is_not_null())
    assert aimed.height
    assert aimed["target_status"].null_count() == aimed["target_unit"].null_count() == 0
    assert {t.target.figure_id for t in tables["targets"].targets} >= set(aimed["target_figure_id"])


@pytest.mark.parametrize("code", LANGUAGES)
def test_headings_differ_and_are_translated_in_every_language(code):
    language = speak(code, LOCALE)
    headings = [language.text(c.title).casefold() for c in COLUMNS]
    assert len(set(headings)) == len(headings)
    assert not [h for h in headings + [language.text(c.says) for c in COLUMNS] if MISSING in h]


# CSV


def test_strict_csv_reads_the_same_in_three_readers(asked, tmp_path):
    content = written(asked, "csv")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.split(b"\r\n")[0].decode() == ",".join(NAMES)
    numbers = [c.name for c in COLUMNS if c.type in (NUMBER, WHOLE)]
    by_polars = pl.read_csv(content, schema=dict.fromkeys(NAMES, pl.String))
    by_pandas = pd.read_csv(BytesIO(content), keep_default_na=False, na_values=[""], low_memory=False)
    (tmp_path / "t.csv").write_bytes(content)
    by_duckdb = duckdb.sql(f"from read_csv('{tmp_path}/t.csv', all_varchar=true, header=true)").pl()
    for name in numbers:
        expected = [None if v is None else float(v) for v in asked.frame[name]]
        for column in (by_polars[name], by_pandas[name], by_duckdb[name]):
            assert [None if v is None or pd.isna(v) else float(v) for v in column] == expected
    for name in (c.name for c in COLUMNS if c.type is DAY):
        assert by_duckdb[name].str.to_date("%Y-%m-%d").to_list() == asked.frame[name].to_list()
    for name in (c.name for c in COLUMNS if c.type is FLAG):
        assert by_polars[name].to_list() == [str(v).lower() for v in asked.frame[name]]


@pytest.mark.parametrize(
    ("code", "separator", "comma"), [("en", ",", False), ("ru", ";", True), ("az", ";", True)]
)
def test_csv_for_excel_has_a_mark_the_separators_of_the_language_and_its_headings(
    tables, store, catalogue, code, separator, comma
):
    shown = table(tables["one series"].answer, store, catalogue, code)
    content = delimited.for_excel(shown)
    assert content.startswith(b"\xef\xbb\xbf")
    read = pd.read_csv(StringIO(content.decode("utf-8-sig")), sep=separator, decimal="," if comma else ".")
    assert list(read.columns) == [shown.language.text(c.title) for c in COLUMNS]
    assert read[shown.language.text("Value")].tolist() == shown.frame["value"].to_list()


# Parquet, Arrow, Stata


def test_parquet_and_arrow_keep_types_and_say_what_they_hold(asked):
    parquet = written(asked, "parquet")
    assert_frame_equal(pl.read_parquet(BytesIO(parquet)), asked.frame)
    assert_frame_equal(pl.read_ipc(BytesIO(written(asked, "arrow"))), asked.frame)
    schema = pq.read_schema(BytesIO(parquet))
    about = json.loads(schema.metadata[b"creative_economy_indicators"])
    assert about["release"] == asked.release
    assert about["query"] == asked.query.to_url()
    assert all(field.metadata[b"description"].decode() for field in schema)


def test_stata_says_which_number_it_cannot_hold(tables):
    table = tables["one series"]
    for number in (9e307, -9e307):
        vast = replace(table, frame=table.frame.with_columns(value=pl.lit(number)))
        with pytest.raises(BadQuery, match=r"value has a number beyond 8\.988e\+307"):
            FORMATS["dta"].write(vast)


def test_stata_reads_values_days_and_labels(asked, tmp_path):
    (tmp_path / "t.dta").write_bytes(written(asked, "dta"))
    read, about = pyreadstat.read_dta(str(tmp_path / "t.dta"))
    assert about.column_names == list(NAMES)
    assert about.column_names_to_labels["value"] == asked.language.text("Value")
    assert [None if pd.isna(v) else v for v in read["value"]] == asked.frame["value"].to_list()
    days = [v if isinstance(v, date) else None for v in read["period_end"]]
    assert days == asked.frame["period_end"].to_list()
    assert read["figure_id"].tolist() == asked.frame["figure_id"].fill_null("").to_list()


# JSON-stat


def test_json_stat_is_valid_and_its_cells_are_unique_and_hold_the_values(asked):
    cube = json.loads(written(asked, "jsonstat"))
    assert validate_jsonstat(cube)
    rows = asked.frame.height
    observed = cube.get("extension", {}).get("observation", {})
    assert len(observed) == rows
    assert all(0 <= int(place) < prod(cube["size"]) for place in observed)
    assert cube["size"] == [len(cube["dimension"][name]["category"]["index"]) for name in cube["id"]]
    assert sorted(cube["value"].values()) == sorted(asked.frame["value"].drop_nulls())
    for category in cube["dimension"]["indicator"]["category"]["unit"].values():
        assert category["label"]
        assert category["decimals"] >= 0
    for (place, said), row in zip(observed.items(), asked.frame.iter_rows(named=True), strict=True):
        at = placed(cube, int(place))
        assert said.get("figure_id") == row["figure_id"]
        assert (at["ref_area"], at["sector"]) == (row["ref_area"], row["sector"])
        assert at["time_period"] == (str(row["year"]) if row["carried_from"] else row["time_period"])
        assert cube["value"].get(place) == row["value"]
        assert cube["status"].get(place) == row["obs_status"]
        assert said.get("low") == row["low"]
        assert at["claim"].startswith("H") == row["is_headline"]


def placed(cube, place):
    """The codes of a place, by the definition of the format: the last dimension runs fastest."""
    found = {}
    for name, size in reversed(list(zip(cube["id"], cube["size"], strict=True))):
        place, at = divmod(place, size)
        found[name] = cube["dimension"][name]["category"]["index"][at]
    return found


def test_json_stat_has_roles_and_labels_in_the_language(tables):
    cube = json.loads(written(tables["rivals, units and intervals"], "jsonstat"))
    assert cube["id"] == list(DIMENSIONS)
    assert cube["role"] == {"geo": ["ref_area"], "time": ["time_period"], "metric": ["indicator"]}
    assert cube["dimension"]["ref_area"]["category"]["label"]["KAZ"] == "Казахстан"
    assert cube["dimension"]["claim"]["category"]["index"][:2] == ["H", "H2"]
    assert len(cube["dimension"]["indicator"]["category"]["unit"]) > 1


# XLSX


def test_a_workbook_reads_the_same_in_two_readers_and_holds_no_formula(asked):
    content = xlsx(asked, chart=True)
    book = openpyxl.load_workbook(BytesIO(content))
    text = asked.language.text
    expected = [text("Figures"), text("Definitions"), text("About")]
    assert [name for name in book.sheetnames if name in expected] == expected
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type in ("f", "e")]
    assert not [c.value for c in cells if isinstance(c.value, str) and MISSING in c.value]
    headlines = asked.frame.filter("is_headline")
    sheet = book[text("Figures")]
    heads = [cell.value for cell in sheet[1]]
    assert heads == [text(c.title) for c in COLUMNS]
    rows = list(sheet.iter_rows(min_row=2, max_row=headlines.height + 1))
    for name in ("value", "low", "year", "period_end", "is_headline", "figure_id"):
        at = heads.index(text(next(c.title for c in COLUMNS if c.name == name)))
        read = [
            row[at].value.date() if name == "period_end" and row[at].value else row[at].value for row in rows
        ]
        assert read[: headlines.height] == headlines[name].to_list()
    other = load_workbook(BytesIO(content)).get_sheet_by_name(text("Figures")).to_python()
    at = heads.index(text("Value"))
    assert [row[at] if row[at] != "" else None for row in other[1 : headlines.height + 1]] == headlines[
        "value"
    ].to_list()


def test_every_sheet_is_a_named_table_with_a_frozen_heading(asked):
    book = openpyxl.load_workbook(BytesIO(xlsx(asked)))
    names = [name for sheet in book for name in sheet.tables]
    assert len(names) == len(set(names)) == len(book.sheetnames)
    assert all(sheet.freeze_panes == "A2" for sheet in book)
    for sheet in book:
        (made,) = sheet.tables.values()
        assert [c.name for c in made.tableColumns] == [cell.value for cell in sheet[1]]


def test_the_headings_of_every_sheet_differ(asked):
    for sheet in planned(asked):
        heads = [h.casefold() for h in sheet.frame.columns]
        assert len(set(heads)) == len(heads), sheet.title


def test_the_same_table_gives_the_same_bytes(asked):
    for format_id in FORMATS:
        if format_id not in ("dta", "sdmx-ml", "sdmx-json"):  # they hold the time of writing
            assert written(asked, format_id) == written(asked, format_id), format_id
