"""Publications walked as a stranger walks them: what was lost, guessed or asked wrongly on the way.

Each test is one stumble of a walk from `inspect` to a release, in a small file with the same odd feature.
"""

import json

import pytest

from etl.add import looked_at
from etl.propose_period import composed
from etl.readers import inspect
from etl.settle import said_of
from tests.etl.desks import RECEIPT, setting, text


def proposed(path, **said):
    """The entry that is proposed for the one table of a file, and its questions."""
    (_, made), = looked_at(path, said_of(said), seconds=60).proposals
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
    assert "sector" not in entry["columns"] and entry["set"]["sector"] == "?"


def test_figures_that_become_no_cells_are_named_by_inspect_and_by_add(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", "Country,2021,2022,Change\nKazakhstan,1.5,2.5,1.0\nGeorgia,4,5,1.1\n")
    said = "column Change: its figures are no cells"
    assert any(said in remark for remark in inspect.inspected(path)["files"][0]["remarks"])
    assert desk.add(path) == 0 and said in capsys.readouterr().out
