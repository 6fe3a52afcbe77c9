"""Label tables of published sources: rows of some years, what they take, labels in place of places."""

import pytest

from etl import run, source
from etl.errors import BuildStopped
from tests.etl.houses import House

RATES = "Code,2009,2010,2011,2012\nEST,12.5,12.0,0.72,0.78\nKAZ,150,151,152,153\nXXX,1,2,3,4\n"
ENTRY = {
    "files": "table.csv",
    "where": {"Code": {"table": "currency", "during": "TIME_PERIOD"}},
    "columns": {
        "ref_area": {"from": "Code", "codes": "area"},
        "unit_measure": {"from": "Code", "table": "currency", "during": "TIME_PERIOD"},
        "period": {"from": "TIME_PERIOD"},
    },
    "set": {"measure": "exchange_rate", "unit_mult": 0},
}
CURRENCY = "area,currency,valid_from,valid_to\nEST,EEK,,2010\nEST,EUR,2011,\nKAZ,KZT,2010,\n"


@pytest.fixture
def house(tmp_path, monkeypatch):
    found = source.sources
    monkeypatch.setattr(run, "sources", lambda: found(tmp_path / "sources"))
    house = House(tmp_path)
    house.prints(RATES)
    house.says(ENTRY)
    keeps(house, "currency", CURRENCY)
    return house


def keeps(house, name, text):
    (house.sources / "a_table" / f"{name}.csv").write_text(text, "utf-8")


def faults(house):
    with pytest.raises(BuildStopped) as stopped:
        house.build()
    return str(stopped.value)


def test_a_country_that_took_the_euro_has_its_old_currency_before(house):
    made = house.build().sort("ref_area", "time_period")
    assert made.select("ref_area", "time_period", "unit_measure").rows() == [
        ("EST", "2009", "EEK"),
        ("EST", "2010", "EEK"),
        ("EST", "2011", "EUR"),
        ("EST", "2012", "EUR"),
        ("KAZ", "2010", "KZT"),
        ("KAZ", "2011", "KZT"),
        ("KAZ", "2012", "KZT"),
    ]


def test_what_the_table_does_not_know_in_that_year_is_left_aside_and_counted(house):
    house.build()
    assert house.account()["aside"] == 5


def test_a_label_outside_its_years_is_unknown_where_it_was_asked_for(house):
    house.says({**ENTRY, "where": {"Code": ["EST", "KAZ"]}})
    said = faults(house)
    assert "'KAZ 2009' has no code" in said
    assert "currency.csv" in said


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("area,currency\nEST,EEK\n", "expected theirs, ours, valid_from, valid_to"),
        ("area,currency,valid_from,valid_to\nEST,EEK\n", "rows of another length"),
        (None, "currency.csv cannot be read"),
    ],
)
def test_a_table_that_does_not_fit_is_said_before_a_file_is_read(house, table, words):
    (house.sources / "a_table" / "currency.csv").unlink()
    if table:
        keeps(house, "currency", table)
    assert words in faults(house)


def test_a_choice_without_a_table_is_said(house):
    house.says({**ENTRY, "where": {"Code": {"during": "TIME_PERIOD"}}})
    assert "where.Code names no table" in faults(house)


def test_a_table_says_what_is_left_aside(house):
    keeps(house, "aggregate", "code,name\nXXX,All\n")
    house.says({
        "files": "table.csv",
        "without": {"Code": {"table": "aggregate"}},
        "columns": {"ref_area": {"from": "Code", "codes": "area"}, "period": {"from": "TIME_PERIOD"}},
        "set": {"measure": "population", "unit_measure": "PS", "unit_mult": 0},
    })  # fmt: skip
    assert set(house.build()["ref_area"]) == {"EST", "KAZ"}
    assert house.account()["aside"] == 4


@pytest.mark.parametrize(("mark", "aside"), [("N/A", 1), ("", 1)])
def test_a_mark_that_states_nothing_is_left_aside_and_counted(house, mark, aside):
    house.prints(f"Code,2010,2011,2012\nKAZ,151,{mark},153\nEST,1,2,3\n")
    house.says({**ENTRY, "marks": {mark: "aside"}})
    assert sorted(house.build().filter(ref_area="KAZ")["time_period"]) == ["2010", "2012"]
    assert house.account()["aside"] == aside


def test_an_empty_cell_is_an_absence_beside_figures_and_was_not_printed(house):
    house.prints("Code,2010,2011,2012\nKAZ,151,,153\nEST,1,2,3\n")
    house.says({**ENTRY, "marks": {"": {"value": "absent", "obs_status": "O", "says": "Not available"}}})
    rows = house.build().filter(ref_area="KAZ").sort("time_period")
    assert rows["obs_status"].to_list() == ["A", "O", "A"]
    assert rows["reported_value"].to_list() == ["151", None, "153"]


def test_a_cell_that_serves_two_entries_is_counted_once(house):
    first = {**ENTRY, "where": {"Code": ["EST"]}}
    second = {
        "files": "table.csv",
        "where": {"Code": ["KAZ"]},
        "columns": {"ref_area": {"from": "Code", "codes": "area"}, "period": {"from": "TIME_PERIOD"}},
        "set": {"measure": "population", "unit_measure": "PS", "unit_mult": 0},
    }
    house.says(first, second)
    assert house.build().height == 8
    assert house.account()["aside"] == 4
