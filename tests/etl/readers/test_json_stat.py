"""JSON-stat: the truths of real files, its three forms of everything, and what must be refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.readers.cells import BadFile, Publication
from etl.readers.json_stat import read
from tests.conftest import needs_shared
from tests.etl.readers.truths import FORMATS, Truth, check, in_words, params

NO_VALUES = ("dimension.json", "unece_NQQ25.json", "scb_codelist_agg.json", "ListAllTables.json")


def cube(**changes: object) -> dict[str, object]:
    made: dict[str, object] = {
        "version": "2.0", "class": "dataset", "label": "A cube", "id": ["sex", "t"], "size": [2, 2],
        "role": {"time": ["t"], "metric": ["sex"]}, "source": "us", "updated": "2020",
        "dimension": {
            "sex": {"label": "Sex", "category": {"index": {"F": 1, "M": 0}, "label": {"M": "men", "F": "women"},
                                                 "unit": {"M": {"label": "persons", "decimals": 0}}}},
            "t": {"category": {"index": ["2019", "2020"]}},
        },
        "value": [1.50, None, 3, "x"], "status": {"1": "m"},
    }  # fmt: skip
    return made | changes


def made(tmp_path: Path, document: object) -> Publication:
    file = tmp_path / "t.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return read(file, "json-stat-2")


@needs_shared
@pytest.mark.parametrize("truth", params("json-stat", "pxweb-api", without=NO_VALUES))
def test_every_truth_of_the_shared_files_is_obtained(truth: Truth) -> None:
    check(truth, read(truth.path, "json-stat-2"))


@needs_shared
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("json-stat/dimension.json", "without values"),
        ("json-stat/unece_NQQ25.json", "an HTML page"),
        ("pxweb-api/ListAllTables.json", "without values"),
    ],
)
def test_files_without_values_say_so(name: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        read(FORMATS / name, "json-stat-2")


def test_a_cube_has_all_its_parts(tmp_path: Path) -> None:
    table = made(tmp_path, json.dumps(cube()).replace("1.5", "1.50")).tables[0]
    assert table.title == "A cube"
    assert [(d.id, d.label, dict(d.codes), d.role) for d in table.dimensions] == [
        ("sex", "Sex", {"M": "men", "F": "women"}, "measure"),
        ("t", None, {"2019": None, "2020": None}, "time"),
    ]
    assert table.cells["sex"].to_list() == ["M", "M", "F", "F"]
    assert table.cells["_value"].to_list() == [1.5, None, 3.0, None]
    assert table.cells["_text"].to_list() == ["1.50", None, "3", "x"]
    assert table.cells["_mark"].to_list() == [None, "m", None, "x"]
    assert table.cells["_flags"].to_list() == [None, "m", None, None]
    assert table.cells["@unit"].to_list() == ["persons", "persons", None, None]
    assert table.cells["@decimals"].to_list() == ["0", "0", None, None]
    assert table.attributes["source"] == "us"


@pytest.mark.parametrize(
    ("status", "flags"),
    [
        ("e", ["e"] * 4),
        (["e"], ["e"] * 4),
        (["e", None, "", "p"], ["e", None, None, "p"]),
        ({"3": "p"}, [None] * 3 + ["p"]),
    ],
)
def test_status_has_three_forms(tmp_path: Path, status: object, flags: list[str | None]) -> None:
    assert made(tmp_path, cube(status=status)).tables[0].cells["_flags"].to_list() == flags


def test_a_sparse_cube_has_a_cell_for_each_key(tmp_path: Path) -> None:
    table = made(tmp_path, cube(value={"2": 7}, status=None)).tables[0]
    assert table.cells["_value"].to_list() == [None, None, 7.0, None]
    assert table.cells["_mark"].to_list() == ["", "", None, ""]


def test_a_huge_sparse_cube_has_only_what_is_there(tmp_path: Path) -> None:
    index = [str(i) for i in range(9000)]
    big = {n: {"category": {"index": index}} for n in ("sex", "t", "u")}
    publication = made(
        tmp_path,
        cube(id=["sex", "t", "u"], size=[9000] * 3, dimension=big, value={"81000001": 1}, status=None),
    )
    assert publication.tables[0].cells.select("sex", "t", "u").rows() == [("1", "0", "1")]
    assert "1 of 729000000000" in publication.remarks[0]


def test_the_older_bundle_is_read(tmp_path: Path) -> None:
    new = cube()
    dimension = dict(new["dimension"]) | {"id": new["id"], "size": ["2", "2"], "role": new["role"]}  # type: ignore[call-overload]
    old = {"first": {"label": "A", "dimension": dimension, "value": [1, 2, 3, 4]}}
    publication = made(tmp_path, old | {"second": old["first"]})
    assert [t.name for t in publication.tables] == ["first", "second"]
    assert publication.tables[1].dimensions[1].role == "time"


def test_a_collection_gives_the_data_sets_in_it(tmp_path: Path) -> None:
    links = [{"class": "dataset", "href": "elsewhere"}, cube()]
    publication = made(tmp_path, {"version": "2.0", "class": "collection", "link": {"item": links}})
    assert len(publication.tables) == 1
    assert "only links" in publication.remarks[0]
    with pytest.raises(BadFile, match="a collection of 1 links"):
        made(tmp_path, {"version": "2.0", "class": "collection", "link": {"item": links[:1]}})


def test_children_are_kept(tmp_path: Path) -> None:
    changed = cube()
    changed["dimension"]["sex"]["category"]["child"] = {"M": ["F"]}  # type: ignore[index]
    assert made(tmp_path, changed).tables[0].attributes["child(sex)"] == "M: F"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"value": [1, 2, 3]}, "3 values; expected 4"),
        ({"value": [1, 2, 3, 4, 5]}, "5 values"),
        ({"value": {"4": 1}}, "a value at 4"),
        ({"value": {"1": 1, "01": 2}}, "a position twice"),
        ({"value": {"-1": 1}}, "'-1'"),
        ({"value": {"²": 1}}, "a whole number"),
        ({"value": [1, 2, 3, [4]]}, "a list or an object"),
        ({"size": [10**9, 10**9]}, "expected the 1000000000"),
        ({"size": [2]}, "1 sizes for 2"),
        ({"size": [2, -2]}, "a whole number"),
        ({"id": ["sex", "sex"]}, "twice"),
        ({"id": ["sex", "x"]}, "dimension x"),
        ({"status": ["a", "b"]}, "2 statuses"),
        ({"dimension": {"sex": {"category": {"index": {"M": 0, "F": 2}}}, "t": {}}}, "gaps"),
        ({"dimension": {"sex": {"category": {"index": ["M", "M"]}}, "t": {}}}, "1 categories"),
    ],
)
def test_what_contradicts_itself_is_refused(tmp_path: Path, changes: dict[str, object], says: str) -> None:
    with pytest.raises(BadFile) as caught:
        made(tmp_path, cube(**changes))
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"a":1,"a":2}', "'a' twice"),
        ('{"value":[NaN]}', "NaN"),
        ('{"value":[-Infinity]}', "-Infinity"),
        ("[" * 100_000, "without end"),
        ('{"id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]}}},"value":[1e999]}', "1e999"),
        ('{"class":"dataset"', "broken JSON"),
        ("", "an empty file"),
        ("<!DOCTYPE html><html>", "an HTML page"),
        ("[1]", "an object"),
        ("\0", "broken JSON"),
    ],
)
def test_hostile_text_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadFile) as caught:
        made(tmp_path, text)
    assert says in str(caught.value)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=250)
@given(st.sampled_from(sorted(cube())), JSON)
def test_any_part_may_be_anything(tmp_path_factory: pytest.TempPathFactory, part: str, value: object) -> None:
    try:
        table = made(tmp_path_factory.mktemp("js"), cube(**{part: value})).tables[0]
    except BadFile as fault:
        in_words(fault)
    else:
        assert table.cells.height in (0, 4)


@settings(max_examples=150)
@given(st.integers(0, 700), st.text(max_size=8), st.integers(0, 20))
def test_damaged_text_is_an_error_in_words_or_a_table(
    tmp_path_factory: pytest.TempPathFactory, at: int, noise: str, gone: int
) -> None:
    text = json.dumps(cube())
    try:
        publication = made(
            tmp_path_factory.mktemp("js"),
            (text[:at] + noise + text[at + gone :]).encode("utf-8", "replace").decode(),
        )
    except BadFile as fault:
        in_words(fault)
    else:
        assert publication.tables
