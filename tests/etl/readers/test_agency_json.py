"""UN Comtrade, SIAT and plain arrays of records."""

import json
import math
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.readers import agency_json
from etl.readers.cells import BadFile, Publication
from tests.conftest import SHARED, needs_shared

COMTRADE, SIAT = SHARED / "formats" / "un-comtrade", SHARED / "formats" / "statoffice-xls"


def read(folder: Path, content: object, format: str = "records-json") -> Publication:
    path = folder / "t.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return agency_json.read(path, format)


@needs_shared
@pytest.mark.parametrize(
    ("name", "count", "total", "least", "most", "samples"),
    [
        ("uz_siat_cpi_coicop_mom_1286.json", 1071, 107920.64, 97.81, 140.8,
         {("1", "2021-M01"): 101.0, ("05", "2023-M08"): 100.23, ("13", "2026-M03"): 100.5}),
        ("uz_siat_gdp_growth_annual_582.json", 16, 1707.2, 101.6, 108.2,
         {("1700", "2010"): 107.7, ("1700", "2018"): 105.7, ("1700", "2025"): 107.7}),
        ("uz_siat_cpi_all_items_mom_4585.json", 14580, 1397204.72, 0, 381.8,
         {("1", "2024-М01"): 100.64, ("02.96", "2024-М01"): 100.13, ("03.91", "2026-М03"): 100.0}),
    ],
)  # fmt: skip
def test_the_truths_of_siat(name, count, total, least, most, samples):
    table = agency_json.read(SIAT / name, "siat-json").tables[0]
    values = table.cells["_value"]
    assert (len(values), values.count(), values.min(), values.max()) == (count, count, least, most)
    assert math.isclose(values.sum(), total, rel_tol=5e-10)
    for (code, period), value in samples.items():
        found = table.cells.filter(pl.col("Code") == code, pl.col("TIME_PERIOD") == period)
        assert found["_value"].to_list() == [value]
    assert table.attributes["Last modified date"] in ("2026-04-05", "2026-01-27")


@needs_shared
def test_the_truths_of_comtrade():
    table = agency_json.read(COMTRADE / "legacy_world_BEEF_BRA_2015.json", "comtrade-json").tables[0]
    values = table.cells["_value"]
    assert (len(values), values.sum(), values.min(), values.max()) == (8, 4920538603, 1049373, 3953397095)
    found = table.cells.filter(pl.col("rgCode") == "1", pl.col("cmdCode") == "020120").row(0, named=True)
    assert (found["_value"], found["@NetWeight"], found["@qtDesc"]) == (
        9416575,
        "2892160",
        "Weight in kilograms",
    )
    listing = agency_json.read(COMTRADE / "api_v1_bulk_listing.json", "comtrade-json").tables[0].cells
    assert (listing.height, listing["_value"].count(), listing["@fileSize"][0]) == (1, 0, "183.34 KB")


V1 = {"typeCode": "C", "freqCode": "A", "period": "2022", "reporterCode": 398, "reporterDesc": "Kazakhstan", "flowCode": "X",
      "flowDesc": "Export", "partnerCode": 0, "partnerDesc": "World", "cmdCode": "4901", "qty": 5.5, "primaryValue": 12.25}  # fmt: skip


def test_comtrade_v1(tmp_path):
    table = read(
        tmp_path, {"elapsedTime": "0", "count": 1, "data": [V1], "error": ""}, "comtrade-json"
    ).tables[0]
    row = table.cells.row(0, named=True)
    assert (row["reporterCode"], row["flowCode"], row["_value"], row["_text"], row["@qty"]) == (
        "398",
        "X",
        12.25,
        "12.25",
        "5.5",
    )
    assert {d.id: d.codes for d in table.dimensions}["partnerCode"] == {"0": "World"}


def test_plain_records(tmp_path):
    rows = [
        {"geo": "KZ", "time": "2020", "value": 1.5, "provisional": True},
        {"geo": "UZ", "time": "2020", "value": None},
    ]
    made = read(tmp_path, {"updated": "2020-01-01", "data": rows})
    table = made.tables[0]
    assert table.cells.select("geo", "time", "_value", "_mark", "_row", "@provisional").rows() == [
        ("KZ", "2020", 1.5, None, 1, "true"), ("UZ", "2020", None, "", 2, None)]  # fmt: skip
    assert table.attributes == {"updated": "2020-01-01"}


@pytest.mark.parametrize(
    ("content", "format", "said"),
    [
        ({"data": [], "error": "quota exceeded"}, "comtrade-json", "quota"),
        (
            {"validation": {"status": {"name": "Error", "description": "bad query"}}, "dataset": []},
            "comtrade-json",
            "bad query",
        ),
        ({"data": []}, "comtrade-json", "no records"),
        ({"data": [V1, V1]}, "comtrade-json", "rows 1 and 2"),
        ([{"metadata": []}], "siat-json", "no data"),
        ([{"data": [{"Code": "1"}]}], "siat-json", "periods"),
        ({"a": 1}, "records-json", "no array"),
        ([1, 2], "records-json", "element 1"),
        ("[{", "records-json", "JSON"),
        ('[{"a": NaN}]', "records-json", "JSON"),
        ("[" * 100_000, "records-json", "JSON"),
    ],
)
def test_a_bad_file_is_refused(tmp_path, content, format, said):
    with pytest.raises(BadFile, match=said):
        read(tmp_path, content, format)


LEAF = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "a", "2020"])
)
KEYS = st.sampled_from(
    [
        "data",
        "dataset",
        "metadata",
        "Code",
        "2020",
        "2021-M01",
        "period",
        "value",
        "primaryValue",
        "geo",
        "_row",
        "error",
    ]
)
TREE = st.recursive(
    LEAF, lambda i: st.lists(i, max_size=3) | st.dictionaries(KEYS, i, max_size=5), max_leaves=20
)


@given(TREE | st.lists(st.dictionaries(KEYS, LEAF, min_size=1, max_size=5), min_size=1, max_size=4),
       st.sampled_from(["comtrade-json", "siat-json", "records-json"]))  # fmt: skip
@settings(max_examples=150)
def test_any_json_is_read_or_refused(tmp_path_factory, content, format):
    try:
        made = read(tmp_path_factory.getbasetemp(), json.dumps(content), format)
    except BadFile:
        return
    assert all(t.cells.height for t in made.tables)


def test_records_of_the_uis_api_keep_their_magnitude_and_qualifier_as_marks_and_flags(tmp_path):
    rows = [
        {
            "indicatorId": "220002",
            "geoUnit": "KAZ",
            "year": 2017,
            "value": 20,
            "magnitude": None,
            "qualifier": None,
        },
        {
            "indicatorId": "220002",
            "geoUnit": "ARM",
            "year": 2017,
            "value": None,
            "magnitude": "NIL",
            "qualifier": None,
        },
        {
            "indicatorId": "220002",
            "geoUnit": "AZE",
            "year": 2017,
            "value": 6,
            "magnitude": None,
            "qualifier": "UIS_EST",
        },
    ]
    table = read(tmp_path, {"hints": [], "records": rows, "indicatorMetadata": []}).tables[0]
    assert [d.id for d in table.dimensions] == ["indicatorId", "geoUnit", "year"]
    assert table.cells.select("_value", "_mark", "_flags").rows() == [
        (20.0, None, None), (None, "NIL", "NIL"), (6.0, None, "UIS_EST"),
    ]  # fmt: skip
