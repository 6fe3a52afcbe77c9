"""What a stranger meets who brings formats that offices still publish: old, bilingual, formatted, in parts."""

import json

import openpyxl
import pytest

from etl.match import Match, match
from etl.readers.number_formats import words_beside, words_of
from etl.settle import _flag
from etl.steps.printed_periods import readable
from tests.etl.desks import RECEIPT, setting
from tests.etl.test_add_walks import proposed

KNOWN = setting("measure=population", "unit_measure=PS", "unit_mult=0", "sector=_T")


def world_bank(path, statuses):
    rows = [
        {"indicator": {"id": "SP.POP.TOTL", "value": "Population, total"}, "country": {"id": "KZ", "value": "Kazakhstan"},
         "countryiso3code": "KAZ", "date": str(2020 + n), "value": 10 + n, "unit": "", "obs_status": said, "decimal": 0}
        for n, said in enumerate(statuses)
    ]  # fmt: skip
    head = {"page": 1, "pages": 1, "per_page": 50, "total": len(rows), "lastupdated": "2025-07-01"}
    path.write_text(json.dumps([head, rows]), "utf-8")
    return path


def test_a_forecast_of_the_world_bank_is_no_observation(desk, tmp_path):
    path = world_bank(tmp_path / "wb.json", ["", "E", "F"])
    entry, questions = proposed(path)
    assert entry["flags"] == {"E": {"obs_status": "E"}, "F": {"kind": "forecast"}}
    assert not [q for q in questions if "flag" in q]
    assert desk.add(path, *KNOWN, "--write", "wb_population", *RECEIPT) == 0
    assert [(row[5], row[7], row[8]) for row in desk.built()] == [("2020", 10, "A"), ("2021", 11, "E")]


@pytest.mark.parametrize(("said", "meant"), [("F", {"kind": "forecast"}), ("I", {"obs_status": "E", "says": "Imputed"}),
                                             ("L", {"absent": "O"}), ("Frozen", {"says": "Frozen"})])  # fmt: skip
def test_a_status_of_sdmx_said_of_a_flag_is_that_status_and_no_remark(said, meant):
    assert _flag(said) == meant


SHORT = [
    (["Jan-20", "Feb-20", "Jan-21"], {"Jan-20": "2020-01", "Feb-20": "2020-02", "Jan-21": "2021-01"}),
    (["янв.20", "фев.20*"], {"янв.20": "2020-01", "фев.20*": "2020-02"}),
    (["Oca 24", "Şub 24", "Ara-24"], {"Oca 24": "2024-01", "Şub 24": "2024-02", "Ara-24": "2024-12"}),
    (["қаң-24", "ақп-24"], {"қаң-24": "2024-01", "ақп-24": "2024-02"}),
    (["Dec-98", "Nov-98", "Jan-02"], {"Dec-98": "1998-12", "Nov-98": "1998-11", "Jan-02": "2002-01"}),
    (["Q1'20", "Q2'20"], {"Q1'20": "2020-Q1", "Q2'20": "2020-Q2"}),
    (["1Q20", "2Q20", "1Q 21"], {"1Q20": "2020-Q1", "2Q20": "2020-Q2", "1Q 21": "2021-Q1"}),
    (["Jan-20", "Jan-21", "Jan-22"], {}),  # days of January, or Januaries
    (["Jan-20", "Feb-21"], {}),
    (["Jan-55", "Feb-55"], {}),  # of which century
    (["Film-20", "Museum-20"], {}),
]


@pytest.mark.parametrize(("texts", "meant"), SHORT, ids=lambda case: str(case)[:30])
def test_a_year_of_two_digits_is_read_where_its_column_shows_that_it_is_no_day(texts, meant):
    assert {text: made.period for text, made in readable(texts).items()} == meant


def test_a_table_headed_by_months_of_two_digits_becomes_a_release(desk, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Region;Jan-23;Feb-23;Mar-23\nAlmaty / Алматы;1,5;2,5;3,5\n", "utf-8")
    said = setting("measure=turnover", "unit_measure=KZT", "unit_mult=6", "sector=culture")
    assert desk.add(path, *said, "--write", "months", *RECEIPT) == 0
    assert [(row[2], row[5], row[7]) for row in desk.built()] == [
        ("KZ-75", "2023-01", 1.5e6), ("KZ-75", "2023-02", 2.5e6), ("KZ-75", "2023-03", 3.5e6)
    ]  # fmt: skip


def test_a_label_in_three_languages_is_certain_and_one_with_another_word_is_asked():
    three = "Қарағанды облысы/Карагандинская область/Karaganda region"
    assert match("region", three) == Match("KZ-35", certain=True)
    assert match("area", "Kazakhstan / urban / rural") is None
    assert match("area", "Казахстан / urban") is None


def formatted(path, code):
    """A workbook of three regions by year whose unit stands only in the number format of its cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Services in culture"],
        ["Region", 2021, 2022],
        ["Almaty", 1500.5, 2500],
        ["Astana", 2.5, None],
    ):
        sheet.append(row)
    for row in sheet.iter_rows(min_row=3, min_col=2):
        for cell in row:
            cell.number_format = code
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("code", "words"),
    [('# ##0.0 "₸"', "₸"), ("[$₸-43F]# ##0", "₸"), ("#,##0\\ [$€-407];[Red]-#,##0", "€"), ('#,##0 "млн тг"', "млн тг"),
     ("0.0%", ""), ("#,##0", ""), ("General", ""), ('yyyy" г."', ""), ('0.0"*"', ""), ("_-* #,##0.00_-", ""),
     ('[>=1000]#,##0;"x"', ""), ("@", "")],
)  # fmt: skip
def test_what_a_number_format_writes_beside_a_number(code, words):
    assert words_of(code) == words


def test_what_stands_beside_a_number_as_it_is_shown():
    assert words_beside("1\N{NO-BREAK SPACE}500,5 ₸") == "₸"
    assert [words_beside(text) for text in ("1.5E+06", "12,5%", "(1 200)", "-3")] == [""] * 4


@pytest.mark.parametrize(("code", "unit", "power"), [('# ##0.0 "₸"', "KZT", 0), ("#,##0 [$€-407]", "EUR", 0),
                                                     ('#,##0 "млн тг"', "KZT", 6)])  # fmt: skip
def test_the_unit_that_only_the_format_of_the_cells_says_becomes_the_unit(desk, tmp_path, code, unit, power):
    path = formatted(tmp_path / "t.xlsx", code)
    assert desk.add(path, *setting("measure=turnover", "sector=culture"), "--write", "shown", *RECEIPT) == 0
    assert [(row[2], row[5], row[6], row[7]) for row in desk.built()] == [
        ("KZ-71", "2021", unit, 2.5 * 10**power), ("KZ-71", "2022", unit, None), ("KZ-75", "2021", unit, 1500.5 * 10**power),
        ("KZ-75", "2022", unit, 2500 * 10**power),
    ]  # fmt: skip


def test_a_sign_of_several_currencies_and_no_unit_at_all_are_questions(tmp_path):
    dollars, _ = proposed(formatted(tmp_path / "d.xlsx", '"$"#,##0'))
    assert dollars["columns"]["unit_measure"]["map"] == {"$": "?USD"}
    plain, _ = proposed(formatted(tmp_path / "p.xlsx", '#,##0 "pcs?"'))
    assert "unit_measure" not in plain["columns"]


def test_a_bare_number_beside_money_may_count_something_else_and_is_asked(tmp_path):
    path = formatted(tmp_path / "m.xlsx", '# ##0 "₸"')
    book = openpyxl.load_workbook(path)
    book.active["C3"].number_format = "General"
    book.save(path)
    entry, questions = proposed(path)
    assert entry["columns"]["unit_measure"]["map"] == {"₸": "KZT", "": "?"}
    assert [q for q in questions if "number_format" in q]
