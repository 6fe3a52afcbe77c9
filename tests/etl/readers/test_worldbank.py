"""World Bank downloads in all their states: preamble there, gone, or bent by a spreadsheet; API JSON."""

import json
import math
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.readers import worldbank
from etl.readers.cells import BadFile, Publication
from tests.conftest import SHARED, needs_shared

BANK, WDI = SHARED / "formats" / "worldbank", SHARED / "official" / "worldbank_wdi"


def read(folder: Path, content: object, format: str = "worldbank-csv") -> Publication:
    path = folder / "t.txt"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return worldbank.read(path, format)


@needs_shared
@pytest.mark.parametrize(
    ("name", "count", "numeric", "total", "least", "most", "samples"),
    [
        ("SL.TLF.TOTL.IN_2025.csv", 17290, 8216, 1.113361375e12, 16812, 3690544989,
         {("KAZ", "2024"): 10285416.0, ("DEU", "2024"): 43483244.0, ("WLD", "2024"): 3690544989.0}),
        ("PA.NUS.PPP_2025.csv", 17024, 6657, 1503671.751, 7.335387389e-10, 89391.8127,
         {("KAZ", "2023"): 153.008087182993, ("DEU", "2023"): 0.728102, ("ABW", "2023"): 1.35282116097067}),
    ],
)  # fmt: skip
def test_the_truths_of_the_csv(name, count, numeric, total, least, most, samples):
    table = worldbank.read(BANK / name, "worldbank-csv").tables[0]
    values = table.cells["_value"]
    assert (len(values), values.count(), set(table.cells["_mark"].drop_nulls())) == (count, numeric, {""})
    assert math.isclose(values.sum(), total, rel_tol=5e-10)
    assert math.isclose(values.min(), least, rel_tol=5e-10)
    assert math.isclose(values.max(), most, rel_tol=5e-10)
    for (area, year), value in samples.items():
        found = table.cells.filter(pl.col("Country Code") == area, pl.col("TIME_PERIOD") == year)
        assert found["_value"].to_list() == [value]


@needs_shared
def test_the_register_of_countries():
    table = worldbank.read(BANK / "Metadata_Country_SL.TLF.TOTL.IN_2025.csv", "worldbank-csv").tables[0]
    assert (table.cells.height, table.cells["@Region"].null_count()) == (265, 48)
    assert table.dimensions[0].codes["ABW"] == "Aruba"
    assert table.cells.row(0, named=True)["@IncomeGroup"] == "High income"


@needs_shared
@pytest.mark.parametrize(
    ("name", "count", "numeric", "first_row", "attributes"),
    [
        ("API_NY.GDP.MKTP.CD_DS2_en_csv_v2_126992.csv", 266 * 66, 14561, 2, set()),
        (
            "API_NY.GDP.MKTP.CD_DS2_en_csv_v2_2002465.csv",
            266 * 64,
            13980,
            6,
            {"Data Source", "Last Updated Date"},
        ),
        (
            "API_SL.TLF.TOTL.IN_DS2_en_csv_v2_73823.csv",
            266 * 65,
            8216,
            6,
            {"Data Source", "Last Updated Date"},
        ),
    ],
)
def test_the_preamble_may_be_there_or_not(name, count, numeric, first_row, attributes):
    table = worldbank.read(WDI / name, "worldbank-csv").tables[0]
    assert (table.cells.height, table.cells["_value"].count()) == (count, numeric)
    assert table.cells["_row"].min() == first_row
    assert set(table.attributes) == attributes
    assert [d.id for d in table.dimensions] == ["Country Code", "Indicator Code", "TIME_PERIOD"]


@needs_shared
@pytest.mark.parametrize(
    ("name", "total", "samples"),
    [
        (
            "api_gdp.json",
            1.460434939e13,
            {"1A": 2867811095547.36, "B8": 1422731728650.61, "V2": 10241755535227.4},
        ),
        ("api_population.json", 3528205703, {"1A": 379705719, "B8": 103713726, "V2": 3037662926}),
    ],
)
def test_the_truths_of_the_json(name, total, samples):
    made = worldbank.read(BANK / name, "worldbank-json")
    cells = made.tables[0].cells
    assert (cells.height, cells["_value"].count()) == (4, 4)
    assert math.isclose(cells["_value"].sum(), total, rel_tol=5e-10)
    assert {k: v for k, v in cells.select("country", "_value").rows() if k in samples} == samples
    assert made.tables[0].attributes["lastupdated"] == "2020-03-18"
    assert made.remarks == ("4 rows of 264 that the service announces",)


DATABANK = """"Country Name","Country Code","Series Name","Series Code","1990 [YR1990]","2000 [YR2000]"
"Aruba","ABW","GDP","NY.GDP","..",12.5
"Chad","TCD","GDP","NY.GDP",3,4



"Data from database: World Development Indicators"
"Last Updated: 10/24/2024"
"""


def test_databank_names_years_twice_and_ends_in_notes(tmp_path):
    table = read(tmp_path, DATABANK).tables[0]
    assert table.cells.select("Country Code", "Series Code", "TIME_PERIOD", "_value", "_mark").rows() == [
        ("ABW", "NY.GDP", "1990", None, ".."), ("ABW", "NY.GDP", "2000", 12.5, None),
        ("TCD", "NY.GDP", "1990", 3.0, None), ("TCD", "NY.GDP", "2000", 4.0, None),
    ]  # fmt: skip
    assert table.notes == ("Data from database: World Development Indicators", "Last Updated: 10/24/2024")


def row(**more: object) -> dict[str, object]:
    return {"indicator": {"id": "I", "value": "Name"}, "country": {"id": "1A", "value": "Arab World"},
            "countryiso3code": "ARB", "date": "2020", "value": None, "unit": "", "obs_status": "F", "decimal": 0} | more  # fmt: skip


def test_a_null_is_missing_with_its_status(tmp_path):
    made = read(tmp_path, [{"page": 1, "pages": 3, "total": 1}, [row()]], "worldbank-json")
    assert made.tables[0].cells.select("_value", "_text", "_mark", "_flags").rows() == [(None, None, "", "F")]
    assert made.remarks == ("page 1 of 3: the other pages are not in this file",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            [
                {
                    "message": [
                        {
                            "id": "120",
                            "key": "Invalid value",
                            "value": "The provided parameter value is not valid",
                        }
                    ]
                }
            ],
            "not valid",
        ),
        ([{"page": 1}, None], "no rows"),
        ([{"page": 1}, [row(), row()]], "rows 1 and 2"),
        ([{"page": 1}, [1]], "element 1"),
        ('[{"page": 1}, [{"indicator":', "JSON"),
        ("<html>", "JSON"),
        ({}, "no rows"),
    ],
)
def test_bad_json_is_refused(tmp_path, content, said):
    with pytest.raises(BadFile, match=said):
        read(tmp_path, content, "worldbank-json")


@pytest.mark.parametrize("cut", [200, 5_000, 50_000, 92_600])
@needs_shared
def test_a_download_that_was_cut_off_is_refused(tmp_path, cut):
    whole = (BANK / "SL.TLF.TOTL.IN_2025.csv").read_text("utf-8-sig")
    with pytest.raises(BadFile):
        read(tmp_path, whole[:cut])


LEAF = st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "a", "I", "2020"])
TREE = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    st.sampled_from(["indicator", "country", "date", "value", "id", "page", "message"]), inner, max_size=5), max_leaves=15)  # fmt: skip


@given(TREE | st.tuples(st.just({"page": 1}), st.lists(TREE, max_size=3)).map(list))
@settings(max_examples=120)
def test_any_json_is_read_or_refused(tmp_path_factory, content):
    try:
        made = read(tmp_path_factory.getbasetemp(), json.dumps(content), "worldbank-json")
    except BadFile:
        return
    assert made.tables[0].cells.height
