"""Every fault of a file at once: what stands in one part of it does not hide what stands in another."""

import json

import pytest

from etl.readers.cells import BadFile
from etl.readers.inspect import read
from tests.etl.desks import text

PX = """MATRIX="m";TITLE="t";STUB="a";HEADING="b";VALUES("a")={a};VALUES("b")={b};DATA=
{data};"""


def told(path, format):
    with pytest.raises(BadFile) as wrong:
        read(path, format)
    return str(wrong.value)


def test_px_names_every_dimension_that_is_wrong(tmp_path):
    said = told(text(tmp_path / "t.px", PX.format(a='"x","x"', b='"2021","2021"', data="1 2 3 4")), "px")
    assert "VALUES(\"a\"): 'x' twice" in said
    assert "VALUES(\"b\"): '2021' twice" in said


def test_px_names_every_figure_that_is_none(tmp_path):
    data = "1 wrong\n3 odd\n4 5"
    said = told(text(tmp_path / "t.px", PX.format(a='"x","y","z"', b='"2021","2022"', data=data)), "px")
    assert "row 2, column 2: wrong" in said
    assert "row 3, column 2: odd" in said


def test_px_counts_faults_beyond_those_it_names(tmp_path):
    data = "\n".join(f"{n} wrong" for n in range(8))
    names = ",".join(f'"{n}"' for n in range(8))
    assert "and 3 more" in told(
        text(tmp_path / "t.px", PX.format(a=names, b='"2021","2022"', data=data)), "px"
    )


def test_px_names_every_key_that_no_dimension_has(tmp_path):
    words = PX.replace("DATA=", 'KEYS("a")=VALUES;DATA=').format(
        a='"x","y"', b='"2021"', data='"u" 1\n"x" 2\n"v" 3'
    )
    said = told(text(tmp_path / "t.px", words), "px")
    assert 'row 2: the key "u"' in said
    assert 'row 4: the key "v"' in said


def cube(value, size=(1, 2), label="one"):
    return {"class": "dataset", "label": label, "id": ["a", "t"], "size": list(size), "value": value, "dimension": {
        "a": {"category": {"index": ["x"]}}, "t": {"category": {"index": ["2021", "2022"]}}}}  # fmt: skip


def test_json_stat_names_every_dimension_value_and_data_set_that_is_wrong(tmp_path):
    bundle = {"A": cube([1, 2, 3, 4, 5, 6], (2, 3)), "B": cube([True, {}]), "C": cube([1, 2])}
    said = told(text(tmp_path / "t.json", json.dumps(bundle)), "json-stat-1")
    assert "dimension a: 1 categories" in said
    assert "dimension t: 2 categories" in said
    assert "B.value 1: a truth value" in said
    only = told(text(tmp_path / "u.json", json.dumps({"B": cube([True, {}])})), "json-stat-1")
    assert "B.value 1: a truth value" in only
    assert "B.value 2: a list or an object" in only


SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
SETS = f"""<?xml version="1.0"?><m:StructureSpecificData xmlns:m="{SCHEMAS}/message"><m:Header><m:ID>1</m:ID></m:Header>
<m:DataSet><Obs REF_AREA="KZ" TIME_PERIOD="2020" OBS_VALUE="1"/><Obs REF_AREA="KZ" TIME_PERIOD="2020" OBS_VALUE="2"/>
<Obs REF_AREA="KG" TIME_PERIOD="2020" OBS_VALUE="#####"/></m:DataSet>
<m:DataSet><Obs REF_AREA="UZ" TIME_PERIOD="2021" OBS_VALUE="1"/><Obs REF_AREA="UZ" TIME_PERIOD="2021" OBS_VALUE="2"/>
</m:DataSet>END</m:StructureSpecificData>"""


def test_sdmx_ml_names_what_is_wrong_in_every_data_set(tmp_path):
    said = told(text(tmp_path / "t.xml", SETS), "sdmx-ml-2.1-specific")
    assert "REF_AREA=KZ" in said
    assert "too narrow" in said, "a key twice does not hide a figure that is none"
    assert "REF_AREA=UZ" in said
    cut = told(text(tmp_path / "cut.xml", SETS.partition("END")[0]), "sdmx-ml-2.1-specific")
    assert "REF_AREA=KZ" in cut
    assert "broken XML" in cut


def test_csv_names_a_key_twice_and_a_figure_that_is_none(tmp_path):
    said = told(text(tmp_path / "t.csv", "country,year,value\nKZ,2020,1\nKZ,2020,2\nKG,2020,inf\n"), "csv")
    assert "the same key twice" in said
    assert "infinity" in said


def test_every_number_without_end_is_named(tmp_path):
    data = text(tmp_path / "t.json", json.dumps({"A": cube(["1e999", "Infinity"])}))
    said = told(data, "json-stat-1")
    assert "value 1: the number 1e999" in said
    assert "value 2: the value Infinity" in said
