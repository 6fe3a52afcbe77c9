"""The language of `published`: what it can say of a table, and what is wrong with an entry, all at once."""

import pytest
import yaml

from etl import run, source
from etl.errors import BuildStopped
from etl.source import Source
from etl.steps.mapping_check import entry_faults, faults
from tests.etl.houses import House

BASE = {
    "files": "table.csv",
    "columns": {"period": {"from": "Year"}},
    "set": {"measure": "gdp", "ref_area": "KAZ", "unit_measure": "KZT", "unit_mult": 6},
}


@pytest.fixture
def house(tmp_path, monkeypatch):
    found = source.sources
    monkeypatch.setattr(run, "sources", lambda: found(tmp_path / "sources"))
    return House(tmp_path)


def entry(**changes):
    return {**BASE, **changes}


def test_one_label_says_measure_unit_and_power_of_ten(house):
    house.prints('Year,Theatres,"Output, mln tenge",Comment\n2022,73,10.5,1\n2023,74,11.5,2\n')
    house.says(entry(
        set={"ref_area": "KAZ", "sector": "culture"},
        each={"_measure": {
            "Theatres": {"measure": "institutions", "unit_measure": "INSTITUTION", "unit_mult": 0, "sector": "theatres"},
            "Output, mln tenge": {"measure": "turnover", "unit_measure": "KZT", "unit_mult": 6},
            "Comment": "aside",
        }},
    ))  # fmt: skip
    made = house.build().sort("measure", "time_period")
    assert made.select("measure", "sector", "unit_measure", "obs_value").rows() == [
        ("institutions", "theatres", "INSTITUTION", 73),
        ("institutions", "theatres", "INSTITUTION", 74),
        ("turnover", "culture", "KZT", 10_500_000),
        ("turnover", "culture", "KZT", 11_500_000),
    ]


def test_a_period_of_two_columns_and_a_code_by_pattern(house):
    house.prints("Year,Quarter,Where,value\n2022,1,398 Kazakhstan,1\n2022,2,792 Türkiye,2\n")
    house.says(entry(
        columns={
            "period": {"from": ["Year", "Quarter"], "pattern": r"(\d{4}) (\d)", "as": r"\1-Q\2"},
            "ref_area": {"from": "Where", "pattern": r"^(\d+) ", "map": {"398": "KAZ", "792": "TUR"}},
        },
        set={"measure": "gdp", "unit_measure": "USD", "unit_mult": 0},
    ))  # fmt: skip
    made = house.build().sort("time_period")
    assert made.select("ref_area", "time_period", "obs_value").rows() == [
        ("KAZ", "2022-Q1", 1), ("TUR", "2022-Q2", 2),
    ]  # fmt: skip


def test_regions_of_a_country_and_a_total_that_is_none(house):
    house.prints("Region;2022;2023 (p)\nРеспублика;10,5;11,5\nг. Алматы;1 000,25;x\nитого по югу;5,5;6\n")
    house.says(entry(
        columns={
            "period": {"from": "TIME_PERIOD"},
            "region": {"from": "Region", "map": {"Республика": "_T", "г. Алматы": "KZ-75", "итого по югу": "aside"}},
        },
        marks={"x": {"value": "absent", "obs_status": "Q", "conf_status": "N"}},
        flags={"p": {"obs_status": "P", "absent": "Q"}},
    ))  # fmt: skip
    made = house.build().sort("region", "time_period")
    assert made.select("region", "time_period", "obs_value", "obs_status", "conf_status").rows() == [
        ("KZ-75", "2022", 1_000_250_000, "A", "F"),
        ("KZ-75", "2023", None, "Q", "N"),
        ("_T", "2022", 10_500_000, "A", "F"),
        ("_T", "2023", 11_500_000, "P", "F"),
    ]
    assert house.account()["aside"] == 2


def test_a_column_of_theirs_that_is_called_as_one_of_ours_stays_theirs(house):
    house.prints("Year,sex,row,value\n2022,T,a,1\n2023,T,a,2\n2023,M,a,3\n")
    house.says(entry(where={"sex": ["T"], "row": "a"}))
    assert set(house.build()["sex"]) == {"_T"}


def test_several_entries_take_from_one_file(house):
    house.prints("Year,kind,value\n2022,gdp,1\n2022,people,2\n")
    people = {**BASE["set"], "measure": "population", "unit_measure": "PS", "unit_mult": 3}
    house.says(entry(where={"kind": ["gdp"]}), entry(where={"kind": ["people"]}, set=people))
    assert sorted(house.build().select("measure", "obs_value").rows()) == [
        ("gdp", 1_000_000), ("population", 2_000),
    ]  # fmt: skip


def test_a_forecast_is_no_outcome(house):
    house.prints("Year,value,flags\n2022,1,\n2023,2,f\n")
    house.says(entry(flags={"f": {"kind": "forecast"}}))
    assert house.build()["time_period"].to_list() == ["2022"]
    assert house.account()["targets"] == 1


def test_last_bits_of_a_workbook_are_rounded_where_that_is_said(house):
    house.prints("Year,value\n2022,18.761186695835757\n2023,5\n")
    house.says(entry(set={**BASE["set"], "unit_mult": 0}))
    with pytest.raises(BuildStopped, match="at most 10 decimals"):
        house.build()
    house.says(entry(set={**BASE["set"], "unit_mult": 0}, decimals=10))
    assert [str(v) for v in house.build().sort("time_period")["obs_value"]] == [
        "18.7611866958",
        "5.0000000000",
    ]


def test_a_code_under_where_that_is_not_there_stops_the_build(house):
    house.prints("Year,kind,value\n2022,gdp,1\n2022,people,2\n")
    house.says(entry(where={"kind": ["gdpp"]}))
    with pytest.raises(BuildStopped, match="no code kind: gdpp"):
        house.build()


def test_a_label_without_a_power_of_ten_is_a_fault_and_no_crash(house):
    house.prints("Year,unit,value\n2022,mln,1\n2022,bn,2\n")
    columns = {**BASE["columns"], "unit_mult": {"from": "unit", "map": {"mln": 6}}}
    house.says(entry(columns=columns, set={k: v for k, v in BASE["set"].items() if k != "unit_mult"}))
    with pytest.raises(BuildStopped, match="unit 'bn' has no code"):
        house.build()


# ------------------------------------------------------------------------ entries that are not in order


@pytest.mark.parametrize(("changes", "said"), [
    ({"colums": {}}, "colums is no key; expected one of files"),
    ({"columns": {"reg_area": {"from": "x"}}}, "columns.reg_area is no column of ours"),
    ({"columns": {"period": {"form": "Year"}}}, "columns.period.form is no key"),
    ({"columns": {"period": {"from": ""}}}, "columns.period.from is not there"),
    ({"columns": {"period": {"from": "Year", "year_begins": 13}}}, "year_begins is 13"),
    ({"columns": {"period": {"from": "Year", "pattern": "(["}}}, "columns.period.pattern cannot be read"),
    ({"columns": {"sex": {"from": "s", "map": {"T": "_T"}, "codes": "sex"}}}, "columns.sex has map and codes"),
    ({"columns": {"sex": {"from": "s", "codes": "area"}}}, "columns.sex.codes is 'area'; expected sex"),
    ({"columns": {"sex": {"from": "s", "map": {"T": "total"}}}}, "columns.sex.map.T is 'total'"),
    ({"columns": {"sex": {"from": "s", "map": {False: "F"}}}}, "columns.sex.map.False was no text to YAML"),
    ({"set": {**BASE["set"], "ref_area": "KAS"}}, "set.ref_area is 'KAS'; expected a code of "
     "indicators/codelists/area.csv; nearest is KAZ (Kazakhstan)"),
    ({"set": {**BASE["set"], "unit_mult": "millions"}}, "set.unit_mult is 'millions'; expected a power of ten"),
    ({"set": {**BASE["set"], "unit_mult": "?"}}, "set.unit_mult is still open"),
    ({"set": {**BASE["set"], "period": "2024"}}, "period stands in columns and in set"),
    ({"set": {"measure": "gdp"}}, "nothing says the ref_area"),
    ({"each": {"a": {"x": {"measure": "gdp"}}}}, ""),
    ({"each": {"a": {"x": {"sex": "M"}, "y": {"sector": "culture"}}}}, "each.a.x does not say the sector"),
    ({"each": {"a": {"x": {"period": "2024"}}}}, "period stands in each.a and elsewhere"),
    ({"where": {"a": ["x"]}, "without": {"a": ["x"]}}, "where and without both have a: x"),
    ({"marks": {"-": "nil"}}, "marks.- is 'nil'; expected a meaning"),
    ({"marks": {"-": {"obs_status": "W"}}}, "marks.-.obs_status is 'W'; expected one of A"),
    ({"flags": {"p": {"status": "P"}}}, "flags.p.status is no key"),
    ({"decimals": "2"}, "decimals is '2'; expected a whole number"),
])  # fmt: skip
def test_an_entry_that_is_not_in_order_names_its_key(changes, said):
    found = [f"{seen}; {expected}" for seen, expected in entry_faults(entry(**changes))]
    assert any(said in line for line in found) if said else not found, found


def test_everything_that_is_wrong_is_said_at_once_before_a_file_is_read(house):
    house.prints("not,even\na table,\n")
    house.says(entry(colums={}), entry(set={"measure": "gpd"}))
    with pytest.raises(BuildStopped) as stopped:
        house.build()
    said = str(stopped.value)
    for words in ("published[1].colums is no key", "published[2].set.measure is 'gpd'", "nearest is gdp",
                  "published[2].nothing says the unit_mult", "etl/sources/a_table/source.yaml"):  # fmt: skip
        assert words in said
    assert stopped.value.exit_code == 17


def test_a_label_table_is_looked_at_too(tmp_path):
    folder = tmp_path / "a_table"
    folder.mkdir()
    (folder / "place.csv").write_text("theirs,ours\nАстана,KZ-71\nАлмата,KZ-57\n", "utf-8")
    columns = {
        **BASE["columns"],
        "region": {"from": "x", "table": "place"},
        "sex": {"from": "x", "table": "gone"},
    }
    (folder / "source.yaml").write_text(yaml.safe_dump({"published": [entry(columns=columns)]}), "utf-8")
    said = " ".join(f"{f.seen} {f.expected}" for f in faults(Source("a_table", folder)))
    assert "place.csv: Алмата is 'KZ-57'" in said
    assert "columns.sex.table gone.csv cannot be read" in said


# ------------------------------------------------------------------------ empty cells, flags, archives

FLAGGED = "Year,value,Flag\n2019,5,\n2020,,n\n2021,,x\n2022,,b C\n2023,7,b\n2024,,\n"


def test_an_empty_cell_has_a_meaning_and_a_flag_beside_it_another(house):
    house.prints(
        FLAGGED.replace("Year", "TIME_PERIOD").replace("value", "OBS_VALUE").replace("Flag", "OBS_FLAG")
    )
    house.says(entry(
        columns={"period": {"from": "TIME_PERIOD"}},
        marks={"": {"value": "absent", "obs_status": "O", "says": "Not available"}},
        flags={
            "n": {"absent": "N", "low": 0, "high": 0.5, "says": "Nil"},
            "x": {"obs_status": "E"},
            "b": {"obs_status": "B"},
            "C": {"obs_status": "Q", "conf_status": "N", "says": "Confidential"},
        },
    ))  # fmt: skip
    made = house.build().sort("time_period")
    shown = ("time_period", "obs_value", "obs_low", "obs_high", "obs_status", "conf_status", "obs_comment")
    assert made.select(*shown, "reported_value").rows() == [
        ("2019", 5_000_000, 5_000_000, 5_000_000, "A", "F", None, "5"),
        ("2020", None, 0, 0.5, "N", "F", "Nil", None),
        ("2021", None, None, None, "O", "F", "Not available", None),
        ("2022", None, None, None, "Q", "N", "Confidential", None),
        ("2023", 7_000_000, 7_000_000, 7_000_000, "B", "F", None, "7"),
        ("2024", None, None, None, "O", "F", "Not available", None),
    ]


def test_flags_that_stand_together_may_be_explained_together(house):
    house.prints("TIME_PERIOD,OBS_VALUE,OBS_FLAG\n2022,5,b e\n2023,6,e\n")
    house.says(entry(
        columns={"period": {"from": "TIME_PERIOD"}},
        flags={"e": {"obs_status": "E"}, "b e": {"obs_status": "B", "says": "Break, estimated"}},
    ))  # fmt: skip
    made = house.build().sort("time_period")
    assert made.select("obs_status", "obs_comment").rows() == [("B", "Break, estimated"), ("E", None)]


def test_an_empty_cell_that_nobody_explains_stops_the_build(house):
    house.prints("Year,value\n2022,5\n2023,\n")
    house.says(BASE)
    with pytest.raises(BuildStopped, match="row 3"):
        house.build()


YEARS = [2021, 2022, 2023]
YEARLY = {f"gdp_{year}.csv": f"Year,value\n{year},{year - 2000}\n{year - 10},1\n" for year in YEARS}


def of_archive(**changes):
    return entry(files="table.zip", inside="gdp_*.csv", **changes)


def test_a_figure_of_an_archive_names_the_file_inside_and_its_cells_count_once(house):
    house.packs({**YEARLY, "else.csv": "Year,value\n2020,1\n"})
    second = of_archive(where={"Year": [2013]}, set={**BASE["set"], "measure": "gva"})
    house.says(of_archive(where={"Year": YEARS}), second)
    made = house.build().sort("measure", "time_period")
    assert made["measure"].to_list() == ["gdp"] * 3 + ["gva"]
    assert made["reported_at"][0] == "table.zip, row 2; gdp_2021.csv, column 2"
    account = house.account()
    assert (account["rows_in"], account["aside"]) == (4, 2)


def test_a_table_that_one_file_of_an_archive_has_lost_is_missed(house):
    house.packs({**YEARLY, "gdp_2024.csv": "Year,value\n2024,24\n"})
    house.says(of_archive(tables=["gdp_2021", "gdp_2022", "gdp_2023"]))
    with pytest.raises(BuildStopped, match=r"gdp_2024\.csv: tables gdp_2024"):
        house.build()


def test_an_archive_without_the_files_that_are_asked_is_refused(house):
    house.packs(YEARLY)
    house.says(of_archive() | {"inside": "gva_*.csv"})
    with pytest.raises(BuildStopped, match=r"files gdp_2021\.csv.*expected one named gva_\*\.csv"):
        house.build()


def test_an_empty_cell_has_a_meaning_beside_numbers_without_a_mark(house):
    house.says(entry(marks={"": {"value": "absent", "obs_status": "O", "says": "Not available"}}))
    house.prints("Year,value\n2021,5\n2022,\n")
    made = house.build().sort("time_period").select("obs_value", "obs_status", "reported_value").rows()
    assert made == [(5_000_000, "A", "5"), (None, "O", None)]
