"""SDMX-JSON: the truths of real files, the layouts of 1.0 and 2.x, and what must be refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.readers.cells import BadFile, Publication
from etl.readers.sdmx_json import read
from tests.conftest import needs_shared
from tests.etl.readers.truths import FORMATS, Truth, check, in_words, params

NO_DATA = ("structure_constructed-sample.json",)
MISKEYED = "constructed-sample-full.json"
"""Its index reads flat keys "1:0" by the first part only; the first data set shows which reading is right."""


def part(name: str, *codes: str, **more: object) -> dict[str, object]:
    return {"id": name, "name": name.lower(), "values": [{"id": c, "name": f"{c}."} for c in codes]} | more


def structure(**changes: object) -> dict[str, object]:
    made: dict[str, object] = {
        "name": "Flow",
        "dimensions": {"dataSet": [part("FREQ", "A")], "series": [part("GEO", "X", "Y")],
                       "observation": [part("TIME_PERIOD", "2019", "2020", role="TIME_PERIOD")]},
        "attributes": {"dataSet": [part("DECIMALS", "1")], "series": [part("UNIT_MEASURE", "EUR", "USD")],
                       "observation": [part("OBS_STATUS", "A", "E"), {"id": "NOTE", "name": "Note"}]},
        "annotations": [{"title": "T", "text": "why"}],
    }  # fmt: skip
    return made | changes


def dataset(**changes: object) -> dict[str, object]:
    series = {
        "0": {"attributes": [0], "observations": {"0": [1.50, 0], "1": [None, 1, "late", 0]}},
        "1": {"attributes": [1], "observations": {"0": ["NaN"]}},
    }
    return {"action": "Information", "attributes": [0], "series": series} | changes


def old(**changes: object) -> dict[str, object]:
    return {"header": {"id": "1", "prepared": "2020", "sender": {"id": "E", "name": "Office"}}, "structure": structure(),
            "dataSets": [dataset()]} | changes  # fmt: skip


def made(tmp_path: Path, document: object) -> Publication:
    file = tmp_path / "t.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return read(file, "sdmx-json-1.0")


@needs_shared
@pytest.mark.parametrize("truth", params("sdmx-json-1.0", "sdmx-json-2.0", without=NO_DATA))
def test_every_truth_of_the_shared_files_is_obtained(truth: Truth) -> None:
    check(truth, read(truth.path, "sdmx-json-2.0"), keys=truth.path.name != MISKEYED)


@needs_shared
def test_flat_keys_agree_with_the_series_of_the_same_file() -> None:
    tables = read(FORMATS / "sdmx-json-2.0" / MISKEYED, "sdmx-json-2.0").tables
    keys = ["CURRENCY", "TIME_PERIOD"]
    assert tables[0].cells.select(*keys, "_value").rows() == tables[1].cells.select(*keys, "_value").rows()
    assert set(tables[0].cells["@UNIT_MEAS"]) == {"NC"}  # an attribute of a group of dimensions
    assert "Delete" in " ".join(
        read(FORMATS / "sdmx-json-2.0" / "exr-action-delete.json", "sdmx-json-2.0").remarks
    )


@needs_shared
def test_a_structure_message_says_what_it_holds() -> None:
    with pytest.raises(BadFile, match="codelists"):
        read(FORMATS / "sdmx-json-2.0" / NO_DATA[0], "sdmx-json-2.0")


def newer(**changes: object) -> dict[str, object]:
    return {"meta": {"prepared": "2020", "contentLanguages": ["en"], "sender": {"name": "Office"}},
            "data": {"structure": structure(), "dataSets": [dataset()]} | changes}  # fmt: skip


@pytest.mark.parametrize(
    "document",
    [old(), newer(), newer(structures=[structure()], structure=None, dataSets=[dataset(structure=0)])],
)
def test_every_layout_gives_the_same_table(tmp_path: Path, document: object) -> None:
    table = made(tmp_path, json.dumps(document).replace("1.5,", "1.50,")).tables[0]
    assert table.title == "Flow"
    assert [(d.id, d.label, dict(d.codes), d.role) for d in table.dimensions] == [
        ("FREQ", "freq", {"A": "A."}, None),
        ("GEO", "geo", {"X": "X.", "Y": "Y."}, "area"),
        ("TIME_PERIOD", "time_period", {"2019": "2019.", "2020": "2020."}, "time"),
    ]
    cells = table.cells
    assert cells.select("FREQ", "GEO", "TIME_PERIOD").rows() == [
        ("A", "X", "2019"),
        ("A", "X", "2020"),
        ("A", "Y", "2019"),
    ]
    assert cells["_value"].to_list() == [1.5, None, None]
    assert cells["_text"].to_list() == ["1.50", None, "NaN"]
    assert cells["_mark"].to_list() == [None, "", "NaN"]
    assert cells["_flags"].to_list() == ["A", "E", None]
    assert cells["@UNIT_MEASURE"].to_list() == ["EUR", "EUR", "USD"]
    assert cells["@NOTE"].to_list() == [None, "late", None]
    assert cells["@ANNOTATION"].to_list() == [None, "T: why", None]
    assert table.attributes["DECIMALS"] == "1"
    assert table.attributes["source"] == "Office"
    assert table.attributes["OBS_STATUS=E"] == "E."


def test_several_measures_are_a_dimension(tmp_path: Path) -> None:
    described = structure(
        measures={"observation": [{"id": "M1"}, {"id": "M2"}]}, attributes={}, annotations=[]
    )
    data = dataset(attributes=[], series={}, observations={"0:1": [1, 2]})
    table = made(tmp_path, old(structure=described, dataSets=[data])).tables[0]
    assert table.cells.select("GEO", "TIME_PERIOD", "MEASURE", "_value").rows() == [
        ("X", "2020", "M1", 1.0),
        ("X", "2020", "M2", 2.0),
    ]


def test_names_in_other_languages_are_kept(tmp_path: Path) -> None:
    geo = part("GEO", "X", "Y", names={"en": "Area", "fr": "Zone"})
    geo["values"] = [{"id": "X", "names": {"en": "ex", "fr": "iks"}}, {"id": "Y", "names": {"en": "why"}}]
    described = structure()
    described["dimensions"] = dict(described["dimensions"]) | {"series": [geo]}  # type: ignore[call-overload]
    table = made(tmp_path, newer(structure=described)).tables[0]
    assert table.dimensions[1].codes["X"] == "ex"
    assert table.attributes["label[fr](GEO)"] == "Zone"
    assert table.attributes["labels[fr](GEO)"] == "X=iks"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"series": {"2": {"observations": {"0": [1]}}}}, "the position 2"),
        ({"series": {"0:0": {"observations": {"0": [1]}}}}, "a key of 2 parts"),
        ({"series": {"0": {"observations": {"-1": [1]}}}}, "the position -1"),
        ({"series": {"0": {"observations": {"0": [[1]]}}}}, "a list or an object"),
        ({"series": {"0": {"observations": {"0": [1], "00": [2]}}}}, "twice"),
        ({"series": {"0": {"observations": {"0": 1}}}}, "expected a list"),
        ({"series": None, "observations": {"0:0:0:0": [1]}}, "a key of 4 parts"),
        ({"series": {"999999999999": {"observations": {"0": [1]}}}}, "the position 999999999999"),
        ({"structure": 1}, "the position 1"),
        ({"dimensionGroupAttributes": {"0:0": [0]}}, "a key of 2 parts"),
    ],
)
def test_keys_that_contradict_the_structure_are_refused(
    tmp_path: Path, changes: dict[str, object], says: str
) -> None:
    with pytest.raises(BadFile) as caught:
        made(tmp_path, old(dataSets=[dataset(**changes)]))
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"errors": [{"code": 404, "title": "No data"}]}, "404 No data"),
        (old(dataSets=[]), "without data sets"),
        (old(structure=None), "nothing"),
        (old(structure={"dimensions": {}}), "no dimension"),
        (old(structure=structure(dimensions={"observation": [part("_value", "A")]})), "_value"),
        (old(structure=structure(dimensions={"observation": [part("A", "A"), part("A", "A")]})), "twice"),
        (old(structure=structure(dimensions={"observation": [{"id": "A", "values": [None]}]})), "without id"),
        (json.dumps(old()).replace("1.5", "Infinity"), "Infinity"),
        (json.dumps(old()).replace("1.5", "1e999"), "1e999"),
        (json.dumps(old()).replace('"1": {"attributes"', '"0": {"attributes"'), "'0' twice"),
        (json.dumps(old())[:-20], "broken JSON"),
        ('{"a":' * 50_000, "without end"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, document: object, says: str) -> None:
    with pytest.raises(BadFile) as caught:
        made(tmp_path, document)
    assert says in str(caught.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3) | st.just("0"), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(max_examples=250)
@given(
    st.sampled_from(["dimensions", "attributes", "measures", "annotations", "name", "names", "links"]), JSON
)
def test_any_part_of_the_structure_may_be_anything(
    tmp_path_factory: pytest.TempPathFactory, name: str, value: object
) -> None:
    try:
        made(tmp_path_factory.mktemp("sj"), old(structure=structure(**{name: value})))
    except BadFile as fault:
        in_words(fault)


@settings(max_examples=250)
@given(
    st.sampled_from(
        ["series", "observations", "attributes", "structure", "action", "dimensionGroupAttributes"]
    ),
    JSON,
)
def test_any_part_of_the_data_may_be_anything(
    tmp_path_factory: pytest.TempPathFactory, name: str, value: object
) -> None:
    try:
        made(tmp_path_factory.mktemp("sj"), old(dataSets=[dataset(**{name: value})]))
    except BadFile as fault:
        in_words(fault)
