"""A format is told from the content of a file; what is no data is named."""

import gzip
import zipfile

import pytest

from etl.readers.cells import BadFile
from etl.readers.recognise import NAMES, READERS, recognise
from etl.readers.unpack import unpacked
from tests.conftest import SHARED, needs_shared

FORMATS = SHARED / "formats"
OF_FOLDER = {
    "sdmx-ml-2.1-generic": {"sdmx-ml-2.1-generic"},
    "sdmx-ml-2.1-structurespecific": {"sdmx-ml-2.1-specific", "sdmx-ml-structure", "sdmx-ml-3.0"},
    "sdmx-ml-2.1-structure": {"sdmx-ml-structure"},
    "sdmx-ml-3.0": {"sdmx-ml-3.0", "sdmx-ml-structure"},
    "sdmx-json-1.0": {"sdmx-json-1.0"},
    "sdmx-csv-1.0": {"sdmx-csv-1.0"},
    "sdmx-csv-2.0": {"sdmx-csv-2.0"},
    "json-stat": {"json-stat-1", "json-stat-2"},
    "px": {"px"},
    "parquet": {"parquet"},
    "eurostat-tsv": {"eurostat-tsv"},
}
NO_DATA = {"unece_NQQ25.json": "a web page", "cinemaexpend_malformed.xml": "root element root"}


@needs_shared
@pytest.mark.parametrize("folder", OF_FOLDER)
def test_the_files_of_a_format_are_recognised(folder):
    for path in sorted((FORMATS / folder).iterdir()):
        if path.name in {"INDEX.md", *NO_DATA}:
            continue
        with unpacked(path) as files:
            assert {recognise(file) for file in files} <= OF_FOLDER[folder], path.name


@needs_shared
@pytest.mark.parametrize("name", NO_DATA)
def test_what_is_no_data_is_named(name):
    (path,) = FORMATS.rglob(name)
    with pytest.raises(BadFile, match=NO_DATA[name]):
        recognise(path)


@pytest.mark.parametrize(("content", "format"), [
    (b"a,b,c\n1,2,3\n", "csv"),
    (b"\xef\xbb\xbfa;b;c\n1;2;3\n", "csv"),
    ("год\tзначение\n2020\t5\n".encode("cp1251"), "tsv"),
    ("country,year\nKAZ,2020\n".encode("utf-16"), "csv"),
    (b"DATAFLOW,FREQ,OBS_VALUE\nA:B(1.0),A,1\n", "sdmx-csv-1.0"),
    (b"STRUCTURE[;],STRUCTURE_ID,ACTION,OBS_VALUE\n", "sdmx-csv-2.0"),
    (b"freq,unit,geo\\TIME_PERIOD\t2020 \t2021 \nA,PC,KZ\t1 \t: \n", "eurostat-tsv"),
    (b'"Country Name","Country Code","Indicator Name","Indicator Code","1960"\n', "worldbank-csv"),
    (b'CHARSET="ANSI";\nAXIS-VERSION="2000";\n', "px"),
    (b'{"class": "dataset", "version": "2.0"}', "json-stat-2"),
    (b'{"sales": {"dimension": {"id": []}, "value": []}}', "json-stat-1"),
    (b'[{"page": 1, "per_page": 50}, []]', "worldbank-json"),
    (b'{"data": {"dataSets": [], "structures": []}}', "sdmx-json-2.0"),
    (b'{"dataSets": [], "structure": {}}', "sdmx-json-1.0"),
    (b'[{"country": "KAZ", "value": 3}]', "records-json"),
    (b"PAR1....PAR1", "parquet"),
    (b"ARROW1\0\0", "arrow"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "xls"),
])  # fmt: skip
def test_a_format_whatever_the_name(tmp_path, content, format):
    path = tmp_path / "download.txt"
    path.write_bytes(content)
    assert recognise(path) == format


@pytest.mark.parametrize(("content", "said"), [
    (b"", "an empty file"),
    (b" \r\n\n", "an empty file"),
    (b"\n<!DOCTYPE html><html>please log in</html>", "a web page"),
    (b"<?xml version='1.0'?><feed/>", "root element feed"),
    (b"%PDF-1.7", "a PDF document"),
    (b'{"a": [1, 2', "row 1"),
    (b'{"codelists": [], "dataStructures": []}', "SDMX structures"),
    (b"PK\x03\x04 cut off", "a broken archive"),
])  # fmt: skip
def test_what_cannot_be_data_is_refused_with_its_reason(tmp_path, content, said):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=said):
        recognise(path)


def test_an_archive_that_is_no_workbook_is_no_workbook(tmp_path):
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(BadFile, match="no workbook"):
        recognise(path)


def test_every_format_has_a_name_and_a_reader():
    assert NAMES.keys() == READERS.keys()


def test_a_compressed_file_is_unpacked(tmp_path):
    packed = tmp_path / "t.csv.gz"
    packed.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    with unpacked(packed) as (inside,):
        assert (inside.name, inside.read_bytes()) == ("t.csv", b"a,b\n1,2\n")
    assert not inside.exists()


def test_of_an_archive_the_data_files_are_taken(tmp_path):
    packed = tmp_path / "api.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Metadata_Country_X.csv", "m")
        archive.writestr("data\\API_X.csv", "a,b\n")
    with unpacked(packed) as (inside,):
        assert inside.name == "API_X.csv"
        assert tmp_path not in inside.parents


@pytest.mark.parametrize("cut", [5, 20, -4])
def test_a_broken_gzip_file_is_named(tmp_path, cut):
    packed = tmp_path / "t.csv.gz"
    packed.write_bytes(gzip.compress(b"a,b\n1,2\n" * 500)[:cut])
    with pytest.raises(BadFile, match="gzip"), unpacked(packed):
        pass


@pytest.mark.parametrize("kind", ["gz", "zip"])
def test_a_bomb_is_stopped_while_it_goes_off(tmp_path, kind):
    zeros = b"\0" * 60_000_000
    path = tmp_path / f"bomb.{kind}"
    if kind == "gz":
        path.write_bytes(gzip.compress(zeros))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("bomb.csv", zeros)
    with pytest.raises(BadFile, match="archive bomb"), unpacked(path):
        pass


def test_a_refusal_of_the_world_bank_is_known_as_its_own(tmp_path):
    path = tmp_path / "t.json"
    path.write_text(
        '[{"message": [{"id": "120", "key": "Invalid value", "value": "no such indicator"}]}]', "utf-8"
    )
    assert recognise(path) == "worldbank-json"
