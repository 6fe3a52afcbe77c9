"""What a file keeps and does not show, or says beside its figures: dates of months, per cents, withdrawals."""

import json
import os
from datetime import date

import openpyxl
import pytest

from etl.errors import BuildStopped
from etl.readers.cells import BadFile
from etl.readers.inspect import inspected
from etl.steps.printed_periods import Printed, readable, standing
from tests.etl.desks import RECEIPT, setting, text

BEGINS = [date(2024, 1, 1), date(2024, 4, 1), date(2024, 7, 1), date(2024, 10, 1)]
TURNOVER = setting("measure=turnover", "unit_measure=KZT", "unit_mult=6", "sector=culture", "ref_area=KAZ")
SDMX = "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,TIME_PERIOD,OBS_VALUE\n"


def shown(path, rows, **formats):
    """A workbook with numbers and dates under number formats, by cell."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, shape in formats.items():
        book.active[cell].number_format = shape
    book.save(path)
    return path


def test_the_first_of_a_month_is_asked_what_it_stands_for(desk, tmp_path, capsys):
    rows = [["Quarter", "Turnover"], *([day, at + 0.5] for at, day in enumerate(BEGINS))]
    path = shown(tmp_path / "t.xlsx", rows, A2="mmm-yy")
    assert desk.add(path, *TURNOVER) == 0
    assert "of what? --dates quarter, one of day, month, quarter, half, year" in capsys.readouterr().out
    assert desk.add(path, *TURNOVER, "--dates", "quarter", *RECEIPT, "--write", "by_quarter") == 0
    assert [(row[5], row[7]) for row in desk.built()] == [
        ("2024-Q1", 500000), ("2024-Q2", 1500000), ("2024-Q3", 2500000), ("2024-Q4", 3500000),
    ]  # fmt: skip


def test_a_date_that_begins_no_year_is_no_year(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", "Date,Value\n2024-01-01,1.5\n2024-02-01,2.5\n")
    assert desk.add(path, *TURNOVER, "--dates", "year") == 0
    assert "2024-02-01 are no periods that can be read" in capsys.readouterr().out


def test_dates_within_months_are_days(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", "Date,Value\n2024-01-02,1.5\n2024-01-03,2.5\n")
    assert desk.add(path, *TURNOVER) == 0
    assert "nothing is open" in capsys.readouterr().out


@pytest.mark.parametrize(("printed", "dates", "period"), [
    ("2024-03-01", "month", "2024-03"), ("31.03.2024", "month", "2024-03"), ("29.02.2024", "month", "2024-02"),
    ("2024-01-01", "year", "2024"), ("31.12.2024", "year", "2024"), ("30.06.2024", "half", "2024-H1"),
    ("2024-07-01", "half", "2024-H2"), ("2024-12-31", "quarter", "2024-Q4"), ("2024-03-05", "day", "2024-03-05"),
    ("2024-02-01", "quarter", None), ("2024-03-30", "month", None), ("2023", "month", "2023"),
])  # fmt: skip
def test_a_date_stands_for_the_period_that_it_begins_or_ends(printed, dates, period):
    expected = {printed: Printed(period, "")} if period else {}
    assert standing(readable([printed]), dates) == expected


def test_what_is_shown_in_per_cent_is_so_in_the_release(desk, tmp_path, capsys):
    path = shown(tmp_path / "t.xlsx", [["Year", "Turnover", "Growth, %"], [2022, 1.5, 0.05],
                                       [2023, 2.5, 1.125]], C2="0.0%", C3="0%")  # fmt: skip
    says = [*setting("sector=culture", "ref_area=KAZ"), "--each", "column:Turnover=measure:turnover,unit_measure:USD,unit_mult:6",
            "--each", "column:Growth, %=measure:turnover_growth"]  # fmt: skip
    wrong = [*says, "--each", "column:Growth, %=unit_measure:PT,unit_mult:0"]
    assert desk.add(path, *wrong) == 13
    assert "row 2, 3: PT times 10^0; a number that the workbook shows in per cent" in capsys.readouterr().err
    assert desk.add(path, *says, *RECEIPT, "--write", "in_per_cent") == 0
    found = {(row[0], row[5]): (row[6], row[7]) for row in desk.built()}
    assert found["turnover_growth", "2022"] == ("PT", 5)
    assert found["turnover_growth", "2023"] == ("PT", 112.5)
    assert found["turnover", "2022"] == ("USD", 1500000)


def test_a_whole_table_in_per_cent_is_one_and_a_printed_sign_is_none(tmp_path):
    rows = [["Region", "2022", "2023"], ["Astana", 0.05, 0.5], ["Almaty", 0.25, "30%"]]
    cells = {"B2": "0%", "C2": "0%", "B3": "0.0%"}
    (table,) = inspected(shown(tmp_path / "t.xlsx", rows, **cells), 9)["files"][0]["tables"]
    assert (table["percents"], table["max"]) == ({"?": []}, 30)
    rows[2][2] = 0.3
    (table,) = inspected(shown(tmp_path / "t.xlsx", rows, **cells, C3="0%"), 9)["files"][0]["tables"]
    assert table["percents"] == {"": []}


def test_rows_that_are_to_be_removed_are_asked_about_and_become_no_figures(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", SDMX + "dataflow,A:B(1.0),I,KAZ,2020,1\ndataflow,A:B(1.0),D,KAZ,2021,2\n")
    assert desk.add(path, *TURNOVER) == 0
    assert "--without '@ACTION=D' leaves them aside" in capsys.readouterr().out
    assert desk.add(path, *TURNOVER, "--without", "@ACTION=D", *RECEIPT, "--write", "less") == 0
    settled = desk.folder / "sources" / "less" / "source.yaml"
    right = settled.read_text("utf-8")
    settled.write_text(right.replace("'@ACTION':", "'REF_AREA':"), "utf-8")
    with pytest.raises(BuildStopped, match="rows that are to be removed"):
        desk.built()
    settled.write_text(right, "utf-8")
    assert [row[5] for row in desk.built()] == ["2020"]


def test_a_message_of_withdrawals_gives_no_source(desk, tmp_path, capsys):
    time = {"id": "TIME_PERIOD", "values": [{"id": "2020"}]}
    structure = {"dimensions": {"series": [], "observation": [time]}, "attributes": {}}
    message = {"header": {"id": "a"}, "structure": structure,
               "dataSets": [{"action": "Delete", "observations": {"0": [1.5]}}]}  # fmt: skip
    path = text(tmp_path / "t.json", json.dumps(message))
    assert desk.add(path, *TURNOVER) == 2
    assert "is Delete: these observations are to be removed" in capsys.readouterr().err


@pytest.mark.parametrize(("option", "said"), [
    (["--map", "Year:2022=2023"], "Year is the period, read as it stands; --without 'Year=2022'"),
    (["--map", "Theme:Museums=institutions"], "does nothing: --where 'Theme=Museums' takes one code of it"),
    (["--map", "Country:Kazakhstan=6"], "does nothing: 6 is no ref_area, which Country says"),
    (["--flag", "x=P"], "--flag: no value has the flag 'x'; there is none"),
    (["--each", "Things:a=unit_measure:OBJECT"], "does nothing: the dimension has one code"),
])  # fmt: skip
def test_what_is_said_in_vain_is_refused(desk, tmp_path, capsys, option, said):
    path = text(tmp_path / "t.csv", "Country;Theme;Year;Things;Value\nKazakhstan;Museums;2022;a;1\nKazakhstan;Books;2022;a;1\n"
                "Uzbekistan;Museums;2023;a;1\nUzbekistan;Books;2023;a;4\n")  # fmt: skip
    assert desk.add(path, *option) == 2
    assert said in capsys.readouterr().err


def test_two_labels_under_one_code_are_named_with_both_their_cells(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", "Region;2022;2023\nAstana;1,5;2\nNur-Sultan;3;4\n")
    assert desk.add(path, *TURNOVER, "--map", "Region:Nur-Sultan=KZ-71") == 14
    said = capsys.readouterr().err
    assert "row 2, 3: turnover (Turnover), KAZ (Kazakhstan), KZ-71 (Astana), culture (Culture), 2022" in said
    assert "'1.5' at t.csv, row 2; column 2; '3' at t.csv, row 3; column 2" in said


def test_a_name_that_is_no_utf8_is_named(tmp_path):
    path = tmp_path / os.fsdecode(b"t\xff.csv")
    try:
        text(path, "Country,2020\nKAZ,1\n")
    except OSError:
        pytest.skip("this file system takes no such name")
    with pytest.raises(BadFile, match="not written in UTF-8"):
        inspected(path)


def test_a_px_of_endless_words_or_values_is_refused_before_it_is_read(tmp_path):
    from etl.readers import px

    endless = "".join(f'A{at}="1";\n' for at in range(px.MOST_KEYWORDS + 2))
    with pytest.raises(BadFile, match="more than 200,000 keywords"):
        inspected(text(tmp_path / "t.px", 'CHARSET="ANSI";\n' + endless))
    values = ",".join(f'"{at}"' for at in range(px.MOST_VALUES + 1))
    with pytest.raises(BadFile, match="300,001 values"):
        inspected(text(tmp_path / "v.px", f'CHARSET="ANSI";\nSTUB="a";\nVALUES("a")={values};\nDATA=\n1;\n'))


def test_the_multiplier_of_a_unit_of_json_stat_is_its_power_of_ten(desk, tmp_path, capsys):
    units = {"v": {"label": "visits", "multiplier": 3}, "w": {"label": "visits"}}
    cube = {"version": "2.0", "class": "dataset", "id": ["geo", "year", "what"], "size": [1, 2, 2],
            "role": {"time": ["year"], "geo": ["geo"], "metric": ["what"]},
            "dimension": {"geo": {"category": {"index": ["KZ"], "label": {"KZ": "Kazakhstan"}}},
                          "year": {"category": {"index": ["2022", "2023"]}},
                          "what": {"category": {"index": ["v", "w"], "unit": units,
                                                "label": {"v": "Cinemas", "w": "Museums"}}}},
            "value": [1.5, 7, 2.5, 8]}  # fmt: skip
    path = text(tmp_path / "t.json", json.dumps(cube))
    says = [
        "--set",
        "measure=attendance",
        "--column",
        "sector=what",
        "--map",
        "what:v=film",
        "--map",
        "what:w=museums",
    ]
    assert desk.add(path, *says, "--set", "unit_measure=VISIT", *RECEIPT, "--write", "visits") == 0, (
        capsys.readouterr()
    )
    assert {(row[3], row[5]): row[7] for row in desk.built()} == {
        ("film", "2022"): 1500, ("film", "2023"): 2500, ("museums", "2022"): 7, ("museums", "2023"): 8,
    }  # fmt: skip


def test_cells_without_their_unit_are_asked_about(desk, tmp_path, capsys):
    head = "DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT\n"
    path = text(tmp_path / "t.csv", head + "A:B(1.0),KAZ,2020,1,KZT,6\nA:B(1.0),UZB,2020,2,,\n")
    says = setting("measure=turnover", "sector=culture")
    assert desk.add(path, *says) == 0
    said = capsys.readouterr().out
    assert "@UNIT_MEASURE: 1 codes have no name of ours in unit.csv: (cells without it)" in said
    assert "@UNIT_MULT (cells without it): is it 0? --map '@UNIT_MULT:=0'" in said
    assert desk.add(path, *says, "--map", "@UNIT_MEASURE:=UZS", "--map", "@UNIT_MULT:=3") == 0
    assert "turnover UZB _T culture 2020 = 2000 UZS" in capsys.readouterr().out
