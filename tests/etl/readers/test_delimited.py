"""CSV and TSV without a standard: where the table lies, what its columns are, and what is refused."""

import math
import time
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.__main__ import main
from etl.readers import delimited
from etl.readers.cells import BadFile, Publication
from etl.readers.inspect import inspected
from etl.readers.layout import Layout
from tests.conftest import SHARED, needs_shared

FORMATS, OFFICIAL = SHARED / "formats", SHARED / "official"


def read(folder: Path, text: str | bytes, format: str = "csv", layout: Layout | None = None) -> Publication:
    path = folder / "t.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return delimited.read(path, format, layout)


def cells(folder: Path, text: str, *columns: str) -> list[tuple[object, ...]]:
    return read(folder, text).tables[0].cells.select(columns).rows()


TRUTHS = [  # file, cells, numeric, sum, min, max
    ("formats/awkward-tables/frictionless_table-with-accents.csv", 1914, 1914, 116660.2923, 0.374379722, 186.4703538),
    ("formats/unesco-uis/uis_stat_cinemaexpend.csv", 50, 50, 2279.4, 6.7, 219.8),
    ("formats/unesco-uis/uis_stat_genre.csv", 1080, 804, 36426.2, 0.3, 100),
    ("formats/eurostat-download/urb_ctour_en.csv", 73698, 72545, 7.33059652e10, 0, 468476741),
    ("official/worldbank_via_datahub/population.csv", 17195, 17195, 3.752600645e12, 2715, 8141808945),
    ("official/penn_world_table/ddf--datapoints--emp--by--country--year.csv", 9529, 9529, 135037.0479, 0.0012000000569969416, 799.306640625),
    ("official/uis_feature_films/uis_films_100pct_national.csv", 505, 444, 23886, 1, 1907),
]  # fmt: skip


@needs_shared
@pytest.mark.parametrize(("file", "count", "numeric", "total", "least", "most"), TRUTHS)
def test_the_truths_of_plain_tables(file, count, numeric, total, least, most):
    values = delimited.read(SHARED / file, "csv").tables[0].cells["_value"]
    assert (len(values), values.count()) == (count, numeric)
    assert math.isclose(values.sum(), total, rel_tol=5e-10)
    assert math.isclose(values.min(), least, rel_tol=1e-9)
    assert math.isclose(values.max(), most, rel_tol=1e-9)


@needs_shared
def test_sipri_is_read_in_its_code_page_with_its_marks():
    read = delimited.read(FORMATS / "awkward-tables/sipri_milex.csv", "csv")
    last = read.tables[0].cells.filter(pl.col("TIME_PERIOD") == "2024")
    marks = dict(last.filter(pl.col("_value").is_null())["_mark"].value_counts().rows())
    assert read.encoding == "cp1252"
    assert (last.height, last["_value"].count(), marks) == (192, 153, {"": 18, "...": 16, "xxx": 5})
    assert (last["_value"].sum(), last["_value"].max()) == (2652991, 997309)
    notes = dict(last.select("Country", "@Notes").rows())
    assert notes["Yemen"] == "§99"


@needs_shared
@pytest.mark.parametrize(
    ("file", "key", "value"),
    [
        ("uis_stat_cinemaexpend.csv", ("FEXP_PC", "SWE", "2016"), 219.8),
        ("uis_stat_genre.csv", ("FPFPROD_NAFIC", "AUS", "2011"), 67.4),
        ("uis_stat_genre.csv", ("FPFPROD_NAANI", "BRA", "2016"), 0.7),
        ("uis_stat_genre.csv", ("FPFPROD_NADOC", "SRB", "2017"), 44.4),
    ],
)
def test_figures_of_uis_stand_at_their_keys(file, key, value):
    table = delimited.read(FORMATS / "unesco-uis" / file, "csv").tables[0]
    found = table.cells.filter(pl.concat_list("INDICATOR", "LOCATION", "TIME") == list(key))
    assert found["_value"].to_list() == [value]


@needs_shared
def test_flags_of_uis_are_flags_and_names_are_labels():
    table = delimited.read(FORMATS / "unesco-uis/uis_stat_genre.csv", "csv").tables[0]
    flags = dict(table.cells["_flags"].drop_nulls().value_counts().rows())
    assert flags == {"‡": 24, "n": 241, "a": 28, "‡ n": 7, "+": 1}
    assert {d.id: d.role for d in table.dimensions} == {"INDICATOR": None, "LOCATION": "area", "TIME": "time"}
    assert table.dimensions[1].codes["AUS"] == "Australia"


@needs_shared
def test_flags_of_a_eurostat_download():
    table = delimited.read(FORMATS / "eurostat-download/urb_ctour_en.csv", "csv").tables[0]
    assert [d.id for d in table.dimensions] == ["indic_ur", "cities", "TIME_PERIOD"]
    assert table.cells.filter(pl.col("@CONF_STATUS") == "C").height == 1072
    key = ("CR1015V", "FR031C", "2021")
    assert table.cells.filter(pl.concat_list(pl.nth(0, 1, 2)) == list(key))["_value"].to_list() == [8]


@needs_shared
def test_weo_is_tab_separated_with_grouped_thousands():
    read = delimited.read(FORMATS / "agencies-misc/imf_WEOApr2024_extract.xls", "tsv")
    table = read.tables[0]
    last = table.cells.filter(pl.col("TIME_PERIOD") == "2024")
    assert (last.height, last["_value"].count(), set(last["_mark"])) == (11, 0, {"n/a"})
    assert 16012.96 in table.cells["_value"].to_list() or table.cells["_value"].max() > 1000


def test_a_preamble_and_notes_stand_beside_the_table(tmp_path):
    text = "Culture in figures\n\nSource:,Office\n\nCountry,2019,2020\nKZ,1,2\nUZ,3,(D)\n\nNote: see the methods.\nLast updated: May\n"
    table = read(tmp_path, text).tables[0]
    assert table.title == "Culture in figures"
    assert table.attributes["Source"] == "Office"
    assert table.notes == ("Note: see the methods.", "Last updated: May")
    assert table.cells.select("Country", "TIME_PERIOD", "_value", "_mark", "_row", "_column").rows() == [
        ("KZ", "2019", 1.0, None, 6, 2), ("KZ", "2020", 2.0, None, 6, 3),
        ("UZ", "2019", 3.0, None, 7, 2), ("UZ", "2020", None, "(D)", 7, 3),
    ]  # fmt: skip


def test_a_row_is_the_line_on_which_its_record_begins(tmp_path):
    text = 'Country,Note,Value\nKZ,"one\ntwo\nthree",1\nUZ,,2\n'
    assert cells(tmp_path, text, "Country", "_row") == [("KZ", 2), ("UZ", 5)]


def test_blank_lines_count_as_lines(tmp_path):
    assert cells(tmp_path, "Country,Year,Value\nKZ,2020,1\n\n\nUZ,2020,2\n", "_row", "_value") == [
        (2, 1.0),
        (5, 2.0),
    ]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_delimiter(tmp_path, sign):
    assert cells(tmp_path, f"Country{sign}Year{sign}Value\nKZ{sign}2020{sign}1\nUZ{sign}2021{sign}2\n",
                 "Country", "Year", "_value") == [("KZ", "2020", 1.0), ("UZ", "2021", 2.0)]  # fmt: skip


def test_decimal_commas_are_told_from_the_values_and_said(tmp_path):
    made = read(tmp_path, "Country;Year;Value\nKZ;2020;1.234,5\nUZ;2020;2,25\n")
    assert made.tables[0].cells["_value"].to_list() == [1234.5, 2.25]
    assert made.tables[0].cells["_text"].to_list() == ["1.234,5", "2,25"]
    assert any("decimal comma" in r for r in made.remarks)


def test_several_measures_become_a_dimension(tmp_path):
    table = read(tmp_path, "Date,USD,JPY,\n2026-10-30,1.1,175,\n2026-10-29,N/A,176,\n").tables[0]
    assert table.cells.select("Date", "_measure", "_value", "_mark").rows() == [
        ("2026-10-30", "USD", 1.1, None), ("2026-10-30", "JPY", 175.0, None),
        ("2026-10-29", "USD", None, "N/A"), ("2026-10-29", "JPY", 176.0, None),
    ]  # fmt: skip


def test_a_header_of_two_rows_is_joined(tmp_path):
    table = read(tmp_path, ",2019,,2020,\nCountry,M,F,M,F\nKZ,1,2,3,4\nUZ,5,6,7,8\n").tables[0]
    assert list(table.dimensions[-1].codes) == ["2019 / M", "2019 / F", "2020 / M", "2020 / F"]


def test_changes_beside_periods_are_no_keys(tmp_path):
    table = read(
        tmp_path, "Area;2019;2020;2019-2020 % change\nA;1 234,5;2 345,6;90,0\nB;1 000;..;–\n"
    ).tables[0]
    assert [d.id for d in table.dimensions] == ["Area", "TIME_PERIOD"]
    assert table.cells.select("_value", "_mark", "@2019-2020 % change").rows()[1:3] == [
        (2345.6, None, "90,0"),
        (1000.0, None, "–"),
    ]


def test_columns_of_faostat_and_ilostat_are_told_apart(tmp_path):
    text = ("Area Code (M49),Area,Item Code,Item,Year Code,Year,Unit,Value,Flag,Flag Description\n"
            "398,Kazakhstan,5,Wheat,2020,2020,t,1.5,A,Official\n860,Uzbekistan,5,Wheat,2020,2020,t,2.5,E,Estimated\n")  # fmt: skip
    table = read(tmp_path, text).tables[0]
    assert [d.id for d in table.dimensions] == ["Area Code (M49)", "Item Code", "Year Code", "Unit"]
    assert table.cells["_flags"].to_list() == ["A", "E"]
    text = "ref_area.label,sex.label,time,obs_value,obs_status.label\nKZ,Total,2020,1.5,\nUZ,Total,2020,2,Break\n"
    assert read(tmp_path, text).tables[0].cells["_flags"].to_list() == [None, "Break"]


def test_a_layout_overrides(tmp_path):
    layout = Layout(("Region",), ("A",), flags=("F",), attributes=("B",))
    table = read(tmp_path, "Region,A,B,F\nx,1,2,p\ny,3,4,\n", layout=layout).tables[0]
    assert table.cells.select("Region", "_value", "_flags", "@B").rows() == [
        ("x", 1.0, "p", "2"),
        ("y", 3.0, None, "4"),
    ]
    with pytest.raises(BadFile, match="no column C"):
        read(tmp_path, "Region,A,B,F\nx,1,2,p\n", layout=replace(layout, values=("C",)))


def test_a_register_has_cells_without_figures(tmp_path):
    table = read(tmp_path, "CODE;Label - English\nBE;Belgium\nBE001C;Brussels\n").tables[0]
    assert (table.cells.height, table.cells["_value"].count()) == (2, 0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Country,Year,Value\nKZ,2020,1\nKZ,2020,1\n", "rows 2 and 3"),
        ("Country,Year,Value\nKZ,2020,1\nUZ,2020\nTJ,2020,1\n", "row 3"),
        ("Country,Year,Value\nKZ,2020,1\nUZ,2020,1,5\nTJ,2020,1\n", "row 3"),
        ('Country,Year,Value\nKZ,2020,1\n"UZ,2020,2\nTJ,2020,3\n', "row 3"),
        ("Country,Year,Value\nKZ,2020,1\nUZ,20", "row 3"),
        ("Country,Year,Value\n", "nothing below"),
        ("no table here", "divides"),
        ("a" * 100, "divides"),
        (",".join(f"c{i}" for i in range(1_000_000)) + "\n", "columns"),
        ("Country;Year;Value\nKZ;2020;12,5\nUZ;2020;12.55\n", "both"),
        ('Country,Value\nKZ,"' + "x" * 200_000 + "\n", "row"),
        ("<!DOCTYPE html><html><body>404</body></html>", "divides"),
    ],
)
def test_a_bad_table_is_refused_at_its_place(tmp_path, text, said):
    began = time.monotonic()
    with pytest.raises(BadFile) as refused:
        read(tmp_path, text)
    assert said in str(refused.value)
    assert refused.value.fix
    assert time.monotonic() - began < 10


FIELD = st.text(alphabet='ab1290.,;:"\n\t -|é', max_size=6)


@given(
    st.lists(st.lists(FIELD, min_size=1, max_size=5), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
)
@settings(max_examples=100)
def test_any_table_is_read_or_refused(tmp_path_factory, rows, sign):
    text = "\n".join(sign.join(row) for row in rows)
    try:
        made = read(tmp_path_factory.getbasetemp(), text or " ")
    except BadFile:
        return
    table = made.tables[0]
    assert (table.cells["_value"].is_null() == table.cells["_mark"].is_not_null()).all()


@given(st.binary(min_size=1, max_size=200))
@settings(max_examples=100)
def test_any_bytes_are_read_or_refused(tmp_path_factory, raw):
    try:
        read(tmp_path_factory.getbasetemp(), raw)
    except BadFile:
        return


CODE = st.text(alphabet="ABCDEF", min_size=1, max_size=3)


@given(
    st.dictionaries(st.tuples(CODE, st.integers(1990, 2030)), st.floats(-1e9, 1e9), min_size=1, max_size=30),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from([",", ";", "\t"]),
)  # fmt: skip
@settings(max_examples=100)
def test_what_was_written_is_read(tmp_path_factory, figures, encoding, sign):
    lines = [sign.join(("Area", "Year", "Value"))]
    lines += [sign.join((area, str(year), repr(value))) for (area, year), value in figures.items()]
    made = read(tmp_path_factory.getbasetemp(), ("\n".join(lines) + "\n").encode(encoding))
    got = made.tables[0].cells.select("Area", "Year", "_value").rows()
    assert got == [(area, str(year), value) for (area, year), value in figures.items()]


def test_footnotes_and_reasons_of_unctadstat_belong_to_its_value(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "Year,Economy_Code,US_at_current_prices_in_millions_Value,US_at_current_prices_Footnote,"
        "US_at_current_prices_MissingValue\n2022,398,452.37,Estimated,\n2023,031,,,Not publishable\n",
        "utf-8",
    )
    table = delimited.read(path, "csv").tables[0]
    assert [d.id for d in table.dimensions] == ["Year", "Economy_Code"]
    assert table.cells.select("_value", "_mark", "_flags").rows() == [
        (452.37, None, "Estimated"), (None, "Not publishable", None),
    ]  # fmt: skip


def test_of_many_files_in_an_archive_those_that_are_asked_for_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The others are named and not looked into; by itself the reader, and with it `add`, takes all."""
    with ZipFile(tmp_path / "many.zip", "w") as archive:
        for at in range(60):
            archive.writestr(f"t{at:02d}.csv", f"Year,Sales\n2020,{at}\n2021,2\n")
    file = tmp_path / "many.zip"
    assert len(inspected(file)["files"]) == 60
    assert inspected(file)["unread"] == []
    some = inspected(file, most=2)
    assert [part["name"] for part in some["files"]] == ["t00.csv", "t01.csv"]
    assert len(some["unread"]) == 58
    assert some["unread"][0] == {"name": "t02.csv", "format": "csv", "format_name": "CSV", "bytes": 25}
    assert main(["inspect", str(file)]) == 0
    said = capsys.readouterr().out
    assert "read: 50 of 60 files" in said
    assert "not looked into: t50.csv" in said
    assert main(["inspect", str(file), "--files", "0"]) == 0
    assert "not looked into" not in capsys.readouterr().out


@pytest.mark.parametrize("rows", [3, 300])
def test_delimiters_in_fields_are_no_lack_of_fields(tmp_path: Path, rows: int) -> None:
    """Few rows and many are counted in different ways; a short row is refused in both."""
    body = "".join(f'"a, b {at}",{at}\n' for at in range(rows))
    file = tmp_path / "t.csv"
    file.write_text("Name,Sales\n" + body, "utf-8")
    assert delimited.read(file, "csv").tables[0].cells.height == rows
    file.write_text("Name,Sales\n" + body + '"a, b"\n' + body.replace("a,", "c,"), "utf-8")
    with pytest.raises(BadFile, match="1 fields; expected 2"):
        delimited.read(file, "csv")


@pytest.mark.parametrize("mark", ["х", "н/д", "/", "•", "мәлімет жоқ", "veri yok"])
def test_a_column_of_figures_with_marks_of_other_alphabets_is_no_dimension(tmp_path, mark):
    """Zoos by region: a few numbers, and a Cyrillic letter in place of two of them."""
    rows = "".join(f"Область {n};{n % 3};{mark if n % 3 == 2 else n % 4}\n" for n in range(9))
    path = tmp_path / "t.csv"
    path.write_text(f"Регион;Музеи;Зоопарки\n{rows}", "utf-8")
    (table,) = delimited.read(path, "csv").tables
    assert table.cells.height == 18
    assert table.cells["_mark"].drop_nulls().unique().to_list() == [mark]


def test_a_magnitude_of_the_institute_for_statistics_stands_beside_a_value_or_in_its_place(
    tmp_path: Path,
) -> None:
    path = tmp_path / "SDG_DATA_NATIONAL.csv"
    path.write_text("INDICATOR_ID,COUNTRY_ID,YEAR,VALUE,MAGNITUDE,QUALIFIER\nF.1,KAZ,2020,10.5,,\nF.1,KAZ,2021,,a,\n"
                    "F.1,TUR,2020,0,NIL,UIS_EST\nF.2,TUR,2020,7.25,,NAT_EST\n", "utf-8")  # fmt: skip
    (table,) = delimited.read(path, "csv").tables
    assert [d.id for d in table.dimensions] == ["INDICATOR_ID", "COUNTRY_ID", "YEAR"]
    assert table.cells["_flags"].to_list() == [None, "a", "NIL UIS_EST", "NAT_EST"]
    assert table.cells["_mark"].to_list() == [None, "a", None, None]
