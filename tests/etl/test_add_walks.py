"""Publications walked as a stranger walks them: what was lost, guessed or asked wrongly on the way.

Each test is one stumble of a walk from `inspect` to a release, in a small file with the same odd feature.
"""

import json

import pytest

from etl.add import looked_at
from etl.propose_period import composed
from etl.readers import inspect
from etl.settle import said_of
from tests.etl.desks import text
from tests.etl.test_added_publications import workbook


def proposed(path, **said):
    """The entry that is proposed for the one table of a file, and its questions."""
    ((_, made),) = looked_at(path, said_of(said), seconds=60).proposals
    return made.entry, made.questions


def table_of(path):
    return inspect.inspected(path, 500)["files"][0]["tables"][0]


@pytest.mark.parametrize("last", ["2023 г.*", "2023 г. (предв.)", "2023*", "2023 г.", "2023†", "2023 год"])
def test_a_year_that_bears_a_word_and_a_mark_is_a_column_of_figures_like_its_neighbours(tmp_path, last):
    path = text(tmp_path / "t.csv", f"Страна;2021 г.;2022 г.;{last}\nКазахстан;1,5;2,5;3,5\nГрузия;4;5;6\n", "cp1251"
                if "†" not in last else "utf-8")  # fmt: skip
    assert table_of(path)["cells"] == 6


def test_the_t_and_m_of_theatres_and_museums_make_no_months():
    def dimension(name, *codes):
        return {"id": name, "role": None, "codes": dict.fromkeys(codes)}

    years = dimension("год", "2021", "2022")
    assert composed(years, dimension("вид", "T", "M")) is None
    assert composed(years, dimension("Açıklama", "", "g")) is None
    assert composed(years, dimension("period", "M1", "M2")) == {"from": ["год", "period"]}


def test_il_is_a_province_where_it_holds_no_year(tmp_path):
    for values, role in ((("Ankara", "Ağrı"), None), (("2022", "2023"), "time")):
        rows = "".join(f"{v};{at},5\n" for at, v in enumerate(values))
        path = text(tmp_path / "t.csv", f"İl;Değer\n{rows}")
        assert [d["role"] for d in table_of(path)["dimensions"]] == [role]


def test_the_total_of_ages_is_no_sector(tmp_path):
    path = text(tmp_path / "t.csv", "country,age,time,value\nKZ,_T,2021,1\nKZ,_T,2022,2\n")
    entry, _ = proposed(path)
    assert "sector" not in entry["columns"]
    assert entry["set"]["sector"] == "?"


def test_figures_that_become_no_cells_are_named_by_inspect_and_by_add(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", "Country,2021,2022,Change\nKazakhstan,1.5,2.5,1.0\nGeorgia,4,5,1.1\n")
    said = "column Change: its figures are no cells"
    assert any(said in remark for remark in inspect.inspected(path)["files"][0]["remarks"])
    assert desk.add(path) == 0
    assert said in capsys.readouterr().out


def museums(folder):
    """Museums beside their visitors, and one unit line over both."""
    return workbook(folder / "museums.xlsx", [
        ["Museums and visitors"], ["(visitors, thousand)"], [], ["Year", "Museums", "Visitors"],
        [2021, 238, 510.4], [2022, 241, 1204.9],
    ])  # fmt: skip


def test_a_unit_line_that_counts_one_thing_is_certain_for_no_column_of_several(tmp_path):
    entry, questions = proposed(museums(tmp_path))
    said = entry["each"]["column"]
    assert said["Museums"]["unit_measure"] == "?VISIT"
    assert said["Museums"]["unit_mult"] == "?3"
    assert said["Visitors"]["unit_mult"] == "?3", "the line says thousand"
    assert any("unit_mult" in question for question in questions)


def test_a_unit_of_money_over_columns_stays_certain_for_those_that_name_none(tmp_path):
    path = workbook(tmp_path / "t.xlsx", [
        ["Culture"], ["million tenge"], [], ["Year", "Turnover", "Sales of art"], [2021, 1, 2], [2022, 3, 4],
    ])  # fmt: skip
    entry, _ = proposed(path)
    said = entry["each"]["column"]["Sales of art"]
    assert (said["unit_measure"], said["unit_mult"]) == ("KZT", "6")


def test_a_power_of_ten_is_asked_again_where_a_person_says_another_unit(tmp_path):
    path = text(
        tmp_path / "t.csv", "Spending, million tenge\nCountry;2021;2022\nKazakhstan;1.5;2.5\nGeorgia;4;5\n"
    )
    entry, _ = proposed(path)
    assert (entry["set"]["unit_measure"], entry["set"]["unit_mult"]) == ("KZT", "6")
    entry, questions = proposed(path, set=["unit_measure=PS"])
    assert entry["set"]["unit_mult"] == "?6"
    assert any("unit_mult" in q for q in questions)
    entry, _ = proposed(
        museums(tmp_path), each=["column:Museums=unit_measure:INSTITUTION,measure:institutions"]
    )
    assert entry["each"]["column"]["Museums"]["unit_mult"] == "?3"


def employed(folder, units):
    """JSON-stat with a unit for some of its categories."""
    data = {
        "version": "2.0", "class": "dataset", "label": "Población", "id": ["Variables", "time"], "size": [2, 2],
        "role": {"time": ["time"], "metric": ["Variables"]},
        "dimension": {"time": {"category": {"index": ["2022", "2023"]}},
                      "Variables": {"category": {"index": ["Población", "Ocupados"], "unit": units}}},
        "value": [477.8, 478, 240.1, 241],
    }  # fmt: skip
    return text(folder / "t.json", json.dumps(data))


def test_a_category_without_a_unit_does_not_take_that_of_its_neighbours(tmp_path):
    path = employed(tmp_path, {"Ocupados": {"label": "Miles de personas"}, "Población": {"decimals": 1}})
    entry, _ = proposed(path)
    said = entry["each"]["Variables"]
    assert (said["Ocupados"]["unit_measure"], said["Ocupados"]["unit_mult"]) == ("PS", "3")
    assert said["Población"]["unit_mult"].startswith("?")
    entry, _ = proposed(path, where=["Variables=Ocupados"])
    assert (entry["set"]["unit_measure"], entry["set"]["unit_mult"]) == ("PS", "3"), (
        "of the code that is taken"
    )
    entry, _ = proposed(path, where=["Variables=Población"])
    assert entry["set"]["unit_measure"] == "?"


def test_each_category_has_the_unit_that_its_file_gives_it(tmp_path):
    path = employed(
        tmp_path, {"Ocupados": {"base": "thousand persons"}, "Población": {"base": "million persons"}}
    )
    entry, _ = proposed(path)
    assert {label: said["unit_mult"] for label, said in entry["each"]["Variables"].items()} == {
        "Población": "6", "Ocupados": "3",
    }  # fmt: skip
