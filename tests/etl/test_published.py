"""A source that is data: a published file, mapped to our codes without Python."""

import shutil
from pathlib import Path

import polars as pl
import pytest
import yaml

from etl import run, source
from etl.__main__ import main
from etl.add import looked_at, page, write
from etl.errors import BuildStopped
from etl.settle import Said
from indicators.concepts.release import current_release
from tests.conftest import SHARED, needs_shared, released, silent

TSV = """freq,unit,sex,geo\\TIME_PERIOD\t2021 \t2022 \t2023
A,THS_PER,T,AT\t101.5 \t102 b\t:
A,THS_PER,T,EL\t55 e\t: \t57.25 p
A,THS_PER,F,EL\t25 \t26 \t27
A,PC,T,EL\t1.5 \t1.6 \t1.7
A,THS_PER,T,EA19\t9000 \t9100 \t9200
"""
SOURCE = {
    "title": "Cultural employment",
    "published": [{
        "files": "cult_emp*.tsv",
        "without": {"geo": ["EA19"]},
        "where": {"unit": ["THS_PER"]},
        "columns": {
            "ref_area": {"from": "geo", "map": {"AT": "AUT", "EL": "GRC"}},
            "sex": {"from": "sex", "map": {"T": "_T", "F": "F"}},
            "period": {"from": "TIME_PERIOD"},
        },
        "set": {"measure": "employment", "sector": "culture", "unit_measure": "PS", "unit_mult": 3},
        "marks": {":": {"value": "absent", "obs_status": "O", "says": "Not available"}},
        "flags": {"b": {"obs_status": "B"}, "e": {"obs_status": "E"}, "p": {"obs_status": "P"}},
    }],
}  # fmt: skip
RECEIPT = {
    "publisher": "Eurostat", "title": "Cultural employment", "address": "", "published_on": "2024-05-01",
    "retrieved_on": "2024-06-01", "language": "en", "authority": "statistical_office", "licence": "CC BY 4.0",
    "files": [],
}  # fmt: skip


class House:
    """A folder of sources and data of one's own, with one source of a published file."""

    def __init__(self, folder: Path) -> None:
        self.sources, self.raw, self.processed = folder / "sources", folder / "raw", folder / "processed"
        self.vintage = self.raw / "employment_by_sex" / "2024-05-01"
        (self.sources / "employment_by_sex").mkdir(parents=True)
        self.vintage.mkdir(parents=True)
        self.says(SOURCE)
        (self.vintage / "receipt.yaml").write_text(yaml.safe_dump(RECEIPT), "utf-8")
        self.prints(TSV)

    def says(self, facts: dict) -> None:
        text = yaml.safe_dump(facts, sort_keys=False)
        (self.sources / "employment_by_sex" / "source.yaml").write_text(text, "utf-8")

    def prints(self, text: str) -> None:
        (self.vintage / "cult_emp_sex.tsv").write_text(text, "utf-8")
        main(["--data", str(self.raw.parent), "receive", "employment_by_sex"])

    def build(self) -> pl.DataFrame:
        run.build(self.raw, self.processed, say=silent)
        return released(self.processed)

    def faults(self) -> str:
        with pytest.raises(BuildStopped) as stopped:
            self.build()
        return str(stopped.value)


@pytest.fixture
def house(tmp_path, monkeypatch):
    found = source.sources
    monkeypatch.setattr(run, "sources", lambda: found(tmp_path / "sources"))
    monkeypatch.setattr(source, "sources", lambda folder=tmp_path / "sources": found(folder))
    return House(tmp_path)


def test_a_published_table_becomes_observations_with_their_place(house):
    made = house.build().sort("ref_area", "sex", "time_period")
    assert made.select("ref_area", "sex", "time_period", "obs_value", "obs_status").rows() == [
        ("AUT", "_T", "2021", 101500, "A"),
        ("AUT", "_T", "2022", 102000, "B"),
        ("AUT", "_T", "2023", None, "O"),
        ("GRC", "F", "2021", 25000, "A"),
        ("GRC", "F", "2022", 26000, "A"),
        ("GRC", "F", "2023", 27000, "A"),
        ("GRC", "_T", "2021", 55000, "E"),
        ("GRC", "_T", "2022", None, "O"),
        ("GRC", "_T", "2023", 57250, "P"),
    ]
    assert set(made["unit_measure"]) == {"PS"}
    assert set(made["reported_unit_mult"]) == {3}
    (place,) = made.filter(ref_area="AUT", time_period="2022")["reported_at"]
    assert place == "cult_emp_sex.tsv, row 2; column 3"


def test_cells_that_are_not_taken_are_counted(house):
    house.build()
    (account,) = current_release(house.processed).manifest["account"]
    assert (account["rows_in"], account["observations"], account["aside"]) == (9, 9, 6)


def test_everything_that_is_not_known_is_said_at_once(house):
    house.prints(
        TSV.replace("EL\t55 e", "EL\t55 z")
        .replace("A,THS_PER,F,EL", "A,THS_PER,F,XX")
        .replace("T,AT", "W,AT")
    )
    said = house.faults()
    for words in ("the flag 'z'", "'XX' has no code", "'W' has no code", "row 3", "source.yaml"):
        assert words in said


def test_a_changed_structure_stops_the_build_and_names_what_is_there(house):
    house.build()
    before = current_release(house.processed).id
    house.prints(TSV.replace("unit,sex,geo", "unit,gender,geo"))
    said = house.faults()
    assert "no dimension sex; there is freq, unit, gender, geo, TIME_PERIOD" in said
    assert current_release(house.processed).id == before


@pytest.mark.parametrize("spoilt", ["", "<html>wait</html>", TSV.replace("\t", ""), TSV[:60]])
def test_a_file_that_is_no_such_table_stops_the_build(house, spoilt):
    (house.vintage / "cult_emp_sex.tsv").write_text(spoilt, "utf-8")
    assert "cult_emp_sex.tsv" in house.faults()


def test_a_file_of_no_known_kind_is_named(house):
    (house.vintage / "cult_emp_sex.tsv").rename(house.vintage / "other.tsv")
    main(["--data", str(house.raw.parent), "receive", "employment_by_sex"])
    assert "a file of no known kind; expected one of cult_emp*.tsv" in house.faults()


def test_one_key_twice_stops_the_build(house):
    house.prints(TSV + "A,THS_PER,F,EL\t25 \t26 \t27 \n")
    assert "cult_emp_sex.tsv" in house.faults()


# ------------------------------------------------------------------------ add


def test_a_file_is_looked_at_and_a_mapping_is_proposed(tmp_path):
    path = tmp_path / "cult_emp_sex.tsv"
    path.write_text(TSV, "utf-8")
    added = looked_at(path)
    ((_, made),) = added.proposals
    assert made.entry["columns"]["ref_area"] == {
        "from": "geo",
        "map": {"AT": "AUT", "EL": "GRC", "EA19": "?"},
    }
    assert made.entry["columns"]["unit_measure"]["map"] == {"THS_PER": "PS", "PC": "PT"}
    assert made.entry["columns"]["unit_mult"]["map"] == {"THS_PER": "3", "PC": "0"}
    assert made.entry["flags"].keys() == {"b", "e", "p"}
    assert made.entry["marks"].keys() == {":"}
    assert any("EA19" in q for q in made.questions)
    assert any("the measure" in q for q in made.questions)
    assert "ref_area=AUT, measure=?, unit_measure=PS, unit_mult=3, period=2021" in page(added)
    assert [p.name for p in tmp_path.iterdir()] == ["cult_emp_sex.tsv"], "nothing is written"


def test_a_source_is_written_when_told_to_and_builds(tmp_path, house, capsys, monkeypatch):
    path = tmp_path / "nat_emp.tsv"
    path.write_text(TSV.replace("A,PC,T,EL\t1.5 \t1.6 \t1.7\n", "").replace("EA19", "EU27_2020"), "utf-8")
    added = looked_at(path, Said(set={"measure": "employment", "sector": "culture"}))
    made = write(added, path, "nat_emp", RECEIPT, raw=house.raw, folder=house.sources)
    assert [p.name for p in made] == ["source.yaml", "nat_emp.tsv", "receipt.yaml"]
    shutil.rmtree(house.sources / "employment_by_sex")
    shutil.rmtree(house.raw / "employment_by_sex")
    observed = house.build()
    assert observed.height == 12
    assert observed.filter(ref_area="GRC", sex="_T", time_period="2023")["obs_value"].item() == 57250


def test_nothing_is_written_over_and_nothing_without_a_name(tmp_path, house):
    path = tmp_path / "t.tsv"
    path.write_text(TSV, "utf-8")
    added = looked_at(path)
    with pytest.raises(ValueError, match=r"'Bad name'.*the receipt needs publisher.*questions are open"):
        write(added, path, "Bad name", {}, raw=house.raw, folder=house.sources)
    with pytest.raises(FileExistsError):
        write(added, path, "employment_by_sex", RECEIPT, raw=house.raw, folder=house.sources, unsettled=True)
    with pytest.raises(ValueError, match="no table 'x'; there is t"):
        looked_at(path, tables=["x"])


@needs_shared
@pytest.mark.parametrize(
    "name", ["px/scb_TAB001.px", "sdmx-json-1.0/oecd_tourism.json", "json-stat/cso_ie-CIA01.json"]
)
def test_every_format_gets_a_proposal(name):
    added = looked_at(SHARED / "formats" / name)
    assert added.proposals
    assert all(made.entry["columns"] for _, made in added.proposals)
