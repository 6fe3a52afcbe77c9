"""A sign that always stands before three digits: 1.234 or 1234 is asked, never guessed."""

import json

import openpyxl
import pytest

from etl.errors import BuildStopped
from tests.etl.desks import RECEIPT, setting, text

SAYS = [*setting("measure=turnover", "sector=film", "unit_measure=USD", "unit_mult=6"), *RECEIPT,
        "--write", "a_source"]  # fmt: skip
POINTS = "Country;Year;Value\nKazakhstan;2021;1.234\nKazakhstan;2022;12.500\n"
COMMAS = 'Country,Year,Value\nKazakhstan,2021,"1,234"\nKazakhstan,2022,"12,500"\n'


def values(desk) -> list[float]:
    return [row[7] for row in desk.built()]


def sheet(folder, *numbers):
    book = openpyxl.Workbook()
    for row in (["Turnover"], ["Country", "2021", "2022", "2023"], ["Kazakhstan", *numbers],
                ["Georgia", *numbers]):  # fmt: skip
        book.active.append(row)
    book.save(folder / "t.xlsx")
    return folder / "t.xlsx"


@pytest.mark.parametrize(
    ("content", "decimal", "expected"),
    [
        (POINTS, "point", [1.234e6, 12.5e6]),
        (POINTS, "comma", [1234e6, 12500e6]),
        (COMMAS, "comma", [1.234e6, 12.5e6]),
        (COMMAS, "point", [1234e6, 12500e6]),
        (POINTS.replace(".", ",").replace(";", "\t"), "comma", [1.234e6, 12.5e6]),
        ("Country;2021;2022\nKazakhstan;1.234;12.500\n", "comma", [1234e6, 12500e6]),
    ],
)  # fmt: skip
def test_a_sign_that_nothing_explains_is_a_question(desk, tmp_path, capsys, content, decimal, expected):
    path = text(tmp_path / "t_2022.csv", content)
    assert desk.add(path, *SAYS) != 0
    said = capsys.readouterr()
    assert "--decimal" in said.out + said.err
    assert not desk.files()
    assert desk.add(path, *SAYS, "--decimal", decimal) == 0, capsys.readouterr()
    assert values(desk) == pytest.approx(expected)


def test_the_question_says_what_either_answer_makes_of_the_number(desk, tmp_path, capsys):
    desk.add(text(tmp_path / "t.csv", POINTS), *SAYS)
    assert "? Every point stands before three digits: is 1.234 a number below a thousand, or 1234?" in (
        capsys.readouterr().out
    )


def test_the_answer_holds_for_the_next_edition(desk, tmp_path, capsys):
    assert desk.add(text(tmp_path / "t_2022.csv", POINTS), *SAYS, "--decimal", "comma") == 0
    newer = text(tmp_path / "t_2023.csv", POINTS + "Kazakhstan;2023;13.750\n")
    code = desk.add(newer, "--to", "a_source", "--published-on", "2027-05-01")
    assert code == 0, capsys.readouterr()
    assert values(desk)[-1] == pytest.approx(13750e6)


def test_an_edition_that_no_longer_tells_stops_the_build(desk, tmp_path, capsys):
    assert desk.add(text(tmp_path / "t_2022.csv", POINTS.replace("1.234", "1.2")), *SAYS) == 0
    newer = text(tmp_path / "t_2023.csv", POINTS)
    assert desk.add(newer, "--to", "a_source", "--published-on", "2027-05-01") != 0
    assert "decimal: point" in capsys.readouterr().err


@pytest.mark.parametrize("other", ["0.500", "1.5", "1234.567", "1 234.567"])
def test_one_number_that_tells_is_enough(desk, tmp_path, capsys, other):
    path = text(tmp_path / "t.csv", POINTS + f"Kazakhstan;2023;{other}\n")
    assert desk.add(path, *SAYS) == 0, capsys.readouterr()
    assert values(desk)[0] == pytest.approx(1.234e6)


def test_a_number_that_tells_may_stand_far_below(desk, tmp_path, capsys):
    rows = "".join(f"Kazakhstan;{1900 + i // 366 % 120}-01-01;{i};1.234\n" for i in range(10_050))
    path = text(tmp_path / "t.csv", f"Country;Date;Item;Value\n{rows}Kazakhstan;2022-01-01;99999;1.5\n")
    desk.add(path, *SAYS[:-2])
    assert "--decimal" not in capsys.readouterr().out


@pytest.mark.parametrize("kind", [float, str])
def test_numbers_of_a_workbook_are_never_asked_but_texts_are(desk, tmp_path, capsys, kind):
    path = sheet(
        tmp_path, *(kind(n) for n in (("1.234", "12.500", "271") if kind is str else (1.234, 12.5, 271)))
    )
    code = desk.add(path, *SAYS)
    assert (code == 0, "--decimal" in capsys.readouterr().out) == (
        (True, False) if kind is float else (False, True)
    )
    if kind is str:
        assert desk.add(path, *SAYS, "--decimal", "point") == 0, capsys.readouterr()
    assert sorted(set(values(desk))) == pytest.approx([1.234e6, 12.5e6, 271e6])


def test_texts_of_a_workbook_alone_are_read_as_is_said(desk, tmp_path, capsys):
    path = sheet(tmp_path, "1,234", "12,500", "3,750")
    assert desk.add(path, *SAYS) != 0
    assert "--decimal" in capsys.readouterr().out
    assert desk.add(path, *SAYS, "--decimal", "point") == 0, capsys.readouterr()
    assert sorted(set(values(desk))) == pytest.approx([1234e6, 3750e6, 12500e6])


def json_stat(folder):
    data = {"version": "2.0", "class": "dataset", "label": "T", "id": ["geo", "time"], "size": [1, 2],
            "role": {"time": ["time"], "geo": ["geo"]}, "value": [1.234, 12.501],
            "dimension": {"geo": {"category": {"index": ["KZ"], "label": {"KZ": "Kazakhstan"}}},
                          "time": {"category": {"index": ["2021", "2022"]}}}}  # fmt: skip
    return text(folder / "t.json", json.dumps(data))


def sdmx_csv(folder):
    head = "DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
    return text(folder / "t.csv", head + "X:Y(1.0),A,KAZ,2021,1.234,A\nX:Y(1.0),A,KAZ,2022,12.501,A\n")


def px(folder):
    return text(folder / "t.px", (
        'CHARSET="ANSI";\nAXIS-VERSION="2013";\nCODEPAGE="utf-8";\nLANGUAGE="en";\nMATRIX="T1";\nDECIMALS=3;\n'
        'SUBJECT-CODE="T";\nSUBJECT-AREA="T";\nTITLE="T";\nCONTENTS="T";\nUNITS="million USD";\n'
        'STUB="country";\nHEADING="year";\nVALUES("country")="Kazakhstan","Georgia";\n'
        'VALUES("year")="2021","2022";\nDATA=\n1.234 12.501\n1.234 12.501\n;\n'))  # fmt: skip


@pytest.mark.parametrize("made", [json_stat, sdmx_csv, px], ids=lambda made: made.__name__)
def test_a_format_that_says_what_a_point_is_is_never_asked(desk, tmp_path, capsys, made):
    assert desk.add(made(tmp_path), *SAYS) == 0, capsys.readouterr()
    assert sorted(set(values(desk))) == pytest.approx([1.234e6, 12.501e6])


def test_an_answer_to_what_was_not_asked_is_refused(desk, tmp_path, capsys):
    assert (
        desk.add(text(tmp_path / "t.csv", POINTS.replace("1.234", "1.2")), *SAYS, "--decimal", "comma") == 2
    )
    assert "no number leaves it open" in capsys.readouterr().err


def test_an_open_question_in_a_written_mapping_stops_the_build(desk, tmp_path, capsys):
    assert desk.add(text(tmp_path / "t.csv", POINTS), *SAYS, "--unsettled") == 0
    with pytest.raises(BuildStopped, match="decimal is still open"):
        desk.built()
