"""SDMX-CSV in its three versions and three forms of header."""

import math
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.readers import sdmx_csv
from etl.readers.cells import BadFile, Publication
from tests.conftest import SHARED, needs_shared

FORMATS = SHARED / "formats"


def read(folder: Path, text: str) -> Publication:
    path = folder / "t.csv"
    path.write_text(text, "utf-8")
    return sdmx_csv.read(path, "sdmx-csv-2.0")


@needs_shared
@pytest.mark.parametrize(
    ("file", "tables", "rows", "numeric", "total", "least", "most"),
    [
        ("sdmx-csv-1.0/data_v1_no_freq_cols.csv", 1, 7, 7, 772, 102, 114),
        ("sdmx-csv-1.0/data_v1_datetime.csv", 1, 1, 1, 1, 1, 1),
        ("sdmx-csv-1.0/csv_nulls_10.csv", 1, 4, 0, 0, None, None),
        ("sdmx-csv-1.0/bis_data_v1_attached.csv", 1, 14, 4, 105086.6358, 14206.49077, 31040.39504),
        ("sdmx-csv-2.0/example-02.csv", 1, 2, 2, 23.2, 10.8, 12.4),
        ("sdmx-csv-2.0/example-03.csv", 1, 2, 2, 23.2, 10.8, 12.4),
        ("sdmx-csv-2.0/example-05.csv", 1, 2, 2, 23.2, 10.8, 12.4),
        ("sdmx-csv-2.0/example-06.csv", 1, 2, 2, 23.2, 10.8, 12.4),
        ("sdmx-csv-2.0/example-09A.csv", 3, 3, 3, 34.4, 10.8, 12.4),
        ("sdmx-csv-2.0/example-09B.csv", 3, 3, 0, 0, None, None),
        ("sdmx-csv-2.0/example-10.csv", 1, 2, 2, 23.2, 10.8, 12.4),
        ("sdmx-csv-2.0/example-14.csv", 1, 2, 0, 0, None, None),
        ("sdmx-csv-2.0/example-18.csv", 1, 2, 0, 0, None, None),
        ("sdmx-csv-2.0/bis_labels_name.csv", 1, 1, 1, 1, 1, 1),
    ],
)
def test_the_truths_hold_for_the_first_measure(file, tables, rows, numeric, total, least, most):
    made = sdmx_csv.read(FORMATS / file, "sdmx-csv-2.0")
    assert len(made.tables) == tables
    first = pl.concat([_first_measure(t.cells) for t in made.tables])["_value"]
    assert (len(first), first.count()) == (rows, numeric)
    assert math.isclose(first.sum(), total, rel_tol=5e-10)
    for seen, expected in ((first.min(), least), (first.max(), most)):
        assert seen == expected or math.isclose(seen, expected, rel_tol=5e-10)


def _first_measure(cells: pl.DataFrame) -> pl.DataFrame:
    kept = (
        cells.filter(pl.col("_measure").is_in(["OBS_VALUE1", "MEAS_A1B1C1"]))
        if "_measure" in cells.columns
        else cells
    )
    return kept.select("_value")


@needs_shared
def test_a_decimal_comma_of_a_french_file_is_read_and_said():
    made = sdmx_csv.read(FORMATS / "sdmx-csv-2.0/example-04.csv", "sdmx-csv-2.0")
    table = made.tables[0]
    assert table.cells["_value"].to_list() == [12.4, 10.8]
    assert table.title == "Principaux agrégats des comptes nationaux"
    assert [(d.id, d.label) for d in table.dimensions] == [
        ("DIM_1", "Dimension 1"), ("DIM_2", "Dimension 2"), ("DIM_3", "Dimension 3")]  # fmt: skip
    assert table.dimensions[0].codes == {"A": "Value A"}
    assert any("decimal comma" in r for r in made.remarks)


@needs_shared
def test_ids_and_labels_of_both_are_parted():
    table = sdmx_csv.read(FORMATS / "sdmx-csv-1.0/data_v1_no_freq_cols.csv", "sdmx-csv-1.0").tables[0]
    row = table.cells.filter(pl.col("TIME_PERIOD") == "2011").row(0, named=True)
    assert (row["REF_AREA"], row["SUB_INDICATOR"], row["_value"], row["_row"]) == ("GHA", "RANK", 114.0, 5)
    assert table.dimensions[0].codes == {"GHA": "Ghana"}
    assert table.name == "WB:GCI(1.0)"


@needs_shared
def test_attributes_on_every_row_are_kept():
    table = sdmx_csv.read(FORMATS / "sdmx-csv-1.0/bis_data_v1_attached.csv", "sdmx-csv-1.0").tables[0]
    assert table.attributes["UNIT_MULT"] == "6"
    assert table.attributes["UNIT_MEASURE"] == "USD"
    assert set(table.cells["_flags"]) == {"M F", "A F"}
    assert table.cells["@DECIMALS"].to_list() == ["3"] * 14


NAMED = """STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,freq,Time frequency,unit,Unit of measure,geo,Geopolitical entity,TIME_PERIOD,Time,\
OBS_VALUE,Observation value,OBS_FLAG,Observation status (Flag) V2 structure,CONF_STATUS,Confidentiality status (flag)
dataflow,ESTAT:CULT_EMP(1.0),Cultural employment,A,Annual,PC,Percentage,AT,Austria,2020,,4.2,,b,break in time series,,
dataflow,ESTAT:CULT_EMP(1.0),Cultural employment,A,Annual,PC,Percentage,BE,Belgium,2020,,,,,,C,confidential
"""


def test_a_download_with_names_beside_the_codes(tmp_path):
    table = read(tmp_path, NAMED).tables[0]
    assert [d.id for d in table.dimensions] == ["freq", "unit", "geo", "TIME_PERIOD"]
    assert table.dimensions[2].codes == {"AT": "Austria", "BE": "Belgium"}
    assert table.title == "Cultural employment"
    assert table.cells.select("_value", "_mark", "_flags").rows() == [(4.2, None, "b"), (None, "", "C")]


def test_structures_of_one_file_are_tables_of_their_own(tmp_path):
    made = read(
        tmp_path,
        "STRUCTURE,STRUCTURE_ID,ACTION,A,B,OBS_VALUE\ndataflow,X:D1(1),I,1,,5\ndataflow,X:D2(1),I,,2,6\n",
    )
    assert [(t.name, [d.id for d in t.dimensions]) for t in made.tables] == [
        ("X:D1(1)", ["A"]),
        ("X:D2(1)", ["B"]),
    ]


def test_nan_is_a_mark(tmp_path):
    table = read(
        tmp_path, "DATAFLOW,FREQ,TIME_PERIOD,OBS_VALUE\nX:Y(1.0),A,2020,NaN\nX:Y(1.0),A,2021,1\n"
    ).tables[0]
    assert table.cells.select("_value", "_mark").rows() == [(None, "NaN"), (1.0, None)]


def test_a_column_that_tells_keys_apart_is_a_dimension_wherever_it_stands(tmp_path):
    text = "DATAFLOW,FREQ,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE\nX:Y(1.0),A,2020,1,PC\nX:Y(1.0),A,2020,2,EUR\n"
    assert [d.id for d in read(tmp_path, text).tables[0].dimensions] == [
        "FREQ",
        "TIME_PERIOD",
        "UNIT_MEASURE",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("FREQ,OBS_VALUE\nA,1\n", "DATAFLOW"),
        ("DATAFLOW,FREQ,OBS_VALUE\nX:Y(1.0),A,1\nX:Y(1.0),A,2\n", "rows 2 and 3"),
        ("DATAFLOW,FREQ,OBS_VALUE\nX:Y(1.0),A\n", "row 2"),
    ],
)
def test_a_bad_file_is_refused(tmp_path, text, said):
    with pytest.raises(BadFile, match=said):
        read(tmp_path, text)


FIELD = st.sampled_from(["A", "B", "", "1.5", "A: Label", "NaN", "x:y", '"', "2020", "é"])
NAME = st.sampled_from(["DIM_1", "FREQ", "FREQ: Frequency", "OBS_VALUE", "OBS_VALUE1", "TIME_PERIOD", "ATTR_1[]", "STRUCTURE_ID",
                        "ACTION", "OBS_STATUS", "DATAFLOW", "STRUCTURE[;]", "x y"])  # fmt: skip


@given(st.lists(NAME, min_size=1, max_size=6), st.lists(st.lists(FIELD, min_size=1, max_size=6), max_size=6))
@settings(max_examples=100)
def test_any_file_is_read_or_refused(tmp_path_factory, header, rows):
    text = "\n".join(",".join(r) for r in [header, *rows])
    try:
        made = read(tmp_path_factory.getbasetemp(), text)
    except BadFile:
        return
    assert sum(t.cells.height for t in made.tables) >= 1


def test_a_comma_before_three_digits_is_refused_and_not_taken_for_thousands(tmp_path):
    """No number proves the sign, and SDMX has none between thousands."""
    head = "STRUCTURE,STRUCTURE_ID,ACTION,GEO,TIME_PERIOD,OBS_VALUE\n"
    rows = [f'dataflow,X:Y(1.0),I,KZ,{2020 + n},"{v}"\n' for n, v in enumerate(("1,234", "1,234"))]
    with pytest.raises(BadFile) as refused:
        read(tmp_path, head + "".join(rows))
    for part in ("column OBS_VALUE", "1,234", "decimal point", "ask the publisher"):
        assert part in str(refused.value)
    proved = read(tmp_path, head + "".join(rows) + "dataflow,X:Y(1.0),I,KZ,2023,0.5\n").tables[0]
    assert proved.cells["_value"].to_list() == [1234, 1234, 0.5]


def test_a_name_of_the_structure_makes_no_names_of_the_figures(tmp_path: Path) -> None:
    head = "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE\n"
    path = tmp_path / "t.csv"
    path.write_text(head + "dataflow,A:B(1.0),Flow,I,A: Annual,KAZ: Kazakhstan,2020,1.5\n", "utf-8")
    (table,) = sdmx_csv.read(path, "sdmx-csv-2.0").tables
    assert [d.id for d in table.dimensions] == ["FREQ", "REF_AREA", "TIME_PERIOD"]
    assert table.cells["_value"].to_list() == [1.5]
