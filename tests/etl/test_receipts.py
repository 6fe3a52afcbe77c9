"""Receipts: what a person reviewed is stamped, and a stamp loses nothing that was written by hand."""

import shutil
from pathlib import Path

import pytest
import yaml

from etl.collect import collect
from etl.publications import SCHEMA as REGISTER
from etl.source import Vintage, sources
from etl.steps.receive import stamp, vintages
from indicators.concepts.observation import SCHEMA
from tests.conftest import RAW


@pytest.fixture
def folder(tmp_path) -> Path:
    """The raw files of one source, to write in."""
    shutil.copytree(RAW / "uis_feature_films", tmp_path / "uis_feature_films")
    return tmp_path / "uis_feature_films" / "2021-03"


def received(folder: Path) -> Vintage:
    uis = next(source for source in sources() if source.id == "uis_feature_films")
    found, faults = vintages(uis, folder.parents[1])
    assert faults == []
    return found[0]


def test_a_receipt_of_unchanged_files_stays_as_it_is_to_the_byte(folder):
    before = (folder / "receipt.yaml").read_bytes()
    assert stamp(received(folder)) == []
    assert (folder / "receipt.yaml").read_bytes() == before


def test_a_changed_file_is_stamped_with_its_rows_and_hash_and_said(folder):
    films = folder / "films_100pct_national.csv"
    films.write_text(films.read_text("utf-8") + "KAZ,Kazakhstan,2018,74,,\n", "utf-8")
    said = stamp(received(folder))
    assert [line.split(", sha256")[0] for line in said] == [
        "uis_feature_films 2021-03, films_100pct_national.csv: 506 rows"
    ]
    assert yaml.safe_load((folder / "receipt.yaml").read_text("utf-8"))["files"][0]["rows"] == 506
    assert stamp(received(folder)) == [], "and now it is reviewed"


@pytest.mark.parametrize(
    "remark", ["Made of two files: one a year", "files:", "A remark\\nfiles: in its second line"]
)
def test_a_stamp_keeps_every_word_above_the_files(folder, remark):
    path = folder / "receipt.yaml"
    before = yaml.safe_load(path.read_text("utf-8"))
    lines = [
        f'remark: "{remark}"' if line.startswith("remark:") else line
        for line in path.read_text("utf-8").splitlines()
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    stamp(received(folder))
    assert yaml.safe_load(path.read_text("utf-8")) == before | {"remark": remark.replace("\\n", "\n")}


def test_a_file_that_was_added_or_removed_is_stamped_too(folder):
    (folder / "another.csv").write_text("a,b\n1,2\n", "utf-8")
    assert len(stamp(received(folder))) == 1
    assert [f["file"] for f in received(folder).receipt["files"]] == [
        "another.csv",
        "films_100pct_national.csv",
    ]
    (folder / "another.csv").unlink()
    stamp(received(folder))
    assert [f["file"] for f in received(folder).receipt["files"]] == ["films_100pct_national.csv"]


def test_two_vintages_come_oldest_first(folder):
    shutil.copytree(folder, folder.with_name("2020-03"))
    uis = next(source for source in sources() if source.id == "uis_feature_films")
    assert [vintage.name for vintage in vintages(uis, folder.parents[1])[0]] == ["2020-03", "2021-03"]


def test_a_source_whose_files_stand_elsewhere_gives_nothing_and_no_fault():
    """Its frames are empty but of the right shape, so that they go together with those of others."""
    ecb = next(source for source in sources() if source.id == "ecb_reference_rates")
    made = collect(ecb, RAW)
    assert (made.rows_in, made.faults) == (0, ())
    assert dict(made.publications.schema) == REGISTER
    assert dict(made.observations.frame.schema) == dict(SCHEMA)
