"""Real publications walked by a stranger, and what offices change in them: what was lost or guessed.

Each test is one stumble, in a small file with the same odd feature.
"""

import openpyxl
import polars as pl
import pytest
import xlrd

from etl.propose import propose
from indicators.concepts.release import current_release
from tests.conftest import SHARED, needs_shared
from tests.etl.desks import RECEIPT, setting, text
from tests.etl.test_add_walks import proposed
from tests.etl.test_added_publications import workbook


def test_counties_by_the_hundred_are_asked_about_and_not_compared_one_by_one(monkeypatch):
    """No name is looked for near by near, nor is the MN behind a county a million of something."""
    counties = {f"{n:05}": f"County {n}, MN" for n in range(400)}
    dimensions = [{"id": "county", "label": None, "role": None, "codes": counties},
                  {"id": "year", "label": None, "role": "time", "codes": {"2012": None}}]  # fmt: skip
    table = {"name": "t", "title": None, "dimensions": dimensions, "missing": {}, "flags": {}, "notes": [],
             "units": [], "attributes": {}, "numeric": 400}  # fmt: skip
    monkeypatch.setattr("etl.match.get_close_matches", lambda *_, **__: pytest.fail("a slow search"))
    made = propose({"name": "t", "format": "json-stat-2", "tables": [table]}, table)
    assert made.entry["where"]["county"] == ["?"]


def test_three_letters_that_are_a_currency_by_chance_are_no_unit(tmp_path):
    """The domain INR, interest rates, of a central bank; and a column of currencies is one."""
    rows = "DATA_DOMAIN,country,time,value\nINR,UZ,2021,15.95\nINR,UZ,2022,16.85\n"
    entry, _ = proposed(text(tmp_path / "t.csv", rows))
    assert "unit_measure" not in entry["columns"]
    assert entry["set"]["unit_measure"] == "?"
    entry, _ = proposed(text(tmp_path / "u.csv", rows.replace("DATA_DOMAIN", "currency")))
    assert entry["columns"]["unit_measure"]["map"] == {"INR": "INR"}


def test_two_notes_that_contradict_each_other_on_a_mark_are_shown_and_propose_nothing(tmp_path):
    rows = [["Tea", "tonnes"], [], ["Year", "Crop"], [2021, 5], [2022, "-"], [], ["- Bilgi yoktur."]]
    _, questions = proposed(workbook(tmp_path / "one.xlsx", rows))
    assert any("--mark='-=not_available'" in question for question in questions)
    _, questions = proposed(workbook(tmp_path / "two.xlsx", [*rows, ["- Denotes magnitude null."]]))
    (asked,) = [question for question in questions if "'-'" in question]
    assert "Bilgi yoktur" in asked
    assert "Denotes magnitude null" in asked
    assert "--mark='-=MEANING'" in asked


def test_a_note_against_the_usual_meaning_of_a_mark_makes_it_a_question(tmp_path):
    rows = [["Turnover"], [], ["Year", "Crop"], [2021, 5], [2022, ".."], [], []]
    rows[-1] = ["«..» – данные конфиденциальны"]
    entry, _ = proposed(workbook(tmp_path / "t.xlsx", rows))
    assert entry["marks"] == {"..": "?suppressed"}
    rows[-1] = [".. – нет данных"]
    entry, _ = proposed(workbook(tmp_path / "u.xlsx", rows))
    assert entry["marks"][".."]["obs_status"] == "O"


def test_the_same_countries_in_two_languages_are_one_dimension(tmp_path):
    """Names on the left in one language and again in another; or again with the numbers of footnotes."""
    rows = [["Visits"], [], ["Страна", "Country", 2021, 2022]]
    for n, pair in enumerate((("Казахстан", "Kazakhstan"), ("Грузия", "Georgia1"), ("Армения", "Armenia"))):
        rows.append([*pair, 10.5 + n, 20.5 + n])
    entry, questions = proposed(workbook(tmp_path / "t.xlsx", rows))
    assert [*entry["columns"]] == ["ref_area", "period"]
    assert "where" not in entry
    assert not any("none of our columns" in question for question in questions)
    rows[3][1], rows[4][1], rows[5][1] = "Museums", "Theatres", "Cinemas"
    entry, _ = proposed(workbook(tmp_path / "u.xlsx", rows))
    assert [*entry["where"].values()] == [["?"]], "what goes one to one may still say something else"


def test_years_to_come_are_said_to_be_forecasts_one_by_one(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", "Country;2021;2098;2099\nKazakhstan;1.5;2.5;3.5\nGeorgia;4;5;6\n")
    says = setting("measure=gdp", "unit_measure=USD", "unit_mult=9", "sector=_T")
    assert desk.add(path, *says, *RECEIPT, "--write", "outlook") != 0
    assert "=kind:forecast" in capsys.readouterr().err
    told = [word for year in (2098, 2099) for word in ("--each", f"TIME_PERIOD:{year}=kind:forecast")]
    assert desk.add(path, *says, *told, *RECEIPT, "--write", "outlook") == 0, capsys.readouterr()
    assert {row[5] for row in desk.built()} == {"2021"}
    targets = pl.read_parquet(current_release(desk.folder / "processed").folder / "targets.parquet")
    assert sorted(targets.select("time_period", "kind").unique().rows()) == [
        ("2098", "forecast"), ("2099", "forecast"),
    ]  # fmt: skip


@needs_shared
def test_culture_by_region_of_kazakhstan_is_what_its_workbook_prints(desk, capsys):
    """Every number is a text, thousands stand apart, х is withheld and a blank is unknown."""
    path = SHARED / "formats" / "statoffice-xls" / "kz_bns_culture_places.xlsx"
    kinds = {"Theaters": "theatres", "Museums": "museums", "Libraries": "libraries", "Circuses": "circus"}
    each = [word for label, sector in kinds.items() for word in
            ("--each", f"column:{label}=measure:institutions,unit_measure:INSTITUTION,unit_mult:0,sector:{sector}")]  # fmt: skip
    says = [*setting("period=2023"), "--mark", "х=suppressed", "--map", "column:?=aside"]
    assert desk.add(path, *each, *says, *RECEIPT, "--write", "places") == 0, capsys.readouterr()
    head, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    printed = [(row[at] or "", kinds[name]) for row in rows for at, name in enumerate(head) if name in kinds]
    wanted = [(sector, None if text in ("", "х") else float(text.replace(" ", "")),
               {"": "O", "х": "Q"}.get(text, "A")) for text, sector in printed]  # fmt: skip
    built = desk.built()
    assert sorted(((row[3], row[7], row[8]) for row in built), key=str) == sorted(wanted, key=str)
    assert {row[3]: row[7] for row in built if row[2] == "KZ-75"}["theatres"] == 23
    assert {(row[0], row[1], row[5], row[6]) for row in built} == {
        ("institutions", "KAZ", "2023", "INSTITUTION")
    }


@needs_shared
def test_energy_by_country_of_the_united_nations_is_what_its_sheet_prints(desk, capsys):
    """A sheet with a picture of one country above; names twice, once with numbers of footnotes."""
    path = SHARED / "formats" / "agencies-misc" / "unsd_energy_indicators.xls"
    says = [*setting("period=2013", "sector=film"), "--table", "Energy (2)", "--map", "column:?=aside",
            "--each", "column:Renewable Electricity Production=measure:domestic_film_share",
            "--map", "unit:?=aside", "--map", "row:?=aside"]  # fmt: skip
    assert desk.add(path, *says, *RECEIPT, "--write", "energy") == 0, capsys.readouterr()
    sheet = xlrd.open_workbook(path).sheet_by_index(0)
    printed = [sheet.cell_value(r, 5) for r in range(18, 245) if sheet.cell_value(r, 1)[:7] != "Bonaire"]
    wanted = [str(round(value, 10)) if isinstance(value, float) else "None" for value in printed]
    built = desk.built()
    assert len(built) == 226
    assert sorted(str(row[7]) for row in built) == sorted(wanted)
    assert {row[1]: row[7] for row in built}["AUS"] == 11.81081
