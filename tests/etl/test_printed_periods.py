"""Periods as tables print them: read where all of the label is understood, else left for a fault."""

import polars as pl
import pytest

from etl.draft import Draft
from etl.steps.printed_periods import printed_period, read_printed, readable
from indicators.concepts.period import UnreadablePeriod, parse


@pytest.mark.parametrize(("printed", "period", "flags"), [
    ("2024", "2024", ""),
    ("2024.0", "2024", ""),                              # a year that a workbook holds as a number
    ("2024 г.", "2024", ""),
    ("2024 жыл", "2024", ""),
    ("2024-ci il", "2024", ""),
    ("2024 yılı", "2024", ""),
    ("1960 [YR1960]", "1960", ""),
    ("2021 (p)", "2021", "p"),
    ("2022\n(p)", "2022", "p"),
    ("2020*", "2020", "*"),
    ("2020 год*", "2020", "*"),
    ("2024pr", "2024", "pr"),
    ("2021¹", "2021", "1"),
    ("2024 (предв.)", "2024", "предв"),
    ("2024Q1", "2024-Q1", ""),
    ("2004K3", "2004-Q3", ""),                           # Nordic
    ("1T2024", "2024-Q1", ""),                           # Romance
    ("I кв. 2024", "2024-Q1", ""),
    ("2024, IV квартал", "2024-Q4", ""),
    ("2024 I rüb", "2024-Q1", ""),
    ("2024 жылғы II тоқсан", "2024-Q2", ""),
    ("I. Çeyrek 2024", "2024-Q1", ""),
    ("3er trimestre 2020", "2020-Q3", ""),
    ("I полугодие 2024", "2024-H1", ""),
    ("2024-S2", "2024-H2", ""),
    ("First half of 2023", "2023-H1", ""),
    ("2024M01", "2024-01", ""),
    ("2026-М03", "2026-03", ""),                         # a Cyrillic М
    ("202401", "2024-01", ""),
    ("янв. 2024", "2024-01", ""),
    ("Ocak 2024", "2024-01", ""),
    ("қаңтар 2024", "2024-01", ""),
    ("01.2024", "2024-01", ""),
    ("январь-март 2024", "2024-Q1", ""),                 # the span that a quarter is
    ("yanvar-mart 2024-cü il", "2024-Q1", ""),
    ("2024 ж. қаңтар-маусым", "2024-H1", ""),
    ("январь-сентябрь 2024 г.", "2024-01/2024-09", ""),
    ("9 месяцев 2024 г.", "2024-01/2024-09", ""),
    ("январь-декабрь 2024 года", "2024", ""),
    ("31.01.2024", "2024-01-31", ""),
    ("1 января 2024 г.", "2024-01-01", ""),
    ("2019-01-01 00:00:00", "2019-01-01", ""),
    ("2017-2023", "2017/2023", ""),
    ("season 2016/2017", "season 2016/2017", ""),
])  # fmt: skip
def test_a_printed_period_is_read(printed, period, flags):
    assert printed_period(printed) == (period, flags)
    assert parse(period).time_period


@pytest.mark.parametrize("printed", [
    "", "Всего", "Всего 2024", "Jan-24", "2024-13", "13 квартал 2024", "V квартал 2024", "32.01.2024", "20233",
    "2024 2023", "Q1", "2024 region", "Theatres 2024", "1 2024 2", "30 февраля 2024",
])  # fmt: skip
def test_what_is_not_wholly_understood_is_not_read(printed):
    with pytest.raises(UnreadablePeriod):
        printed_period(printed)


@pytest.mark.parametrize("printed", ["2023/24", "2023-24", "2023/2024", "2023–24"])
def test_a_year_over_two_calendar_years_waits_until_its_first_month_is_said(printed):
    with pytest.raises(UnreadablePeriod, match="year_begins"):
        printed_period(printed)
    assert printed_period(printed, 7).period == "2023-07/2024-06"
    assert printed_period(printed, 4).period == "2023-04/2024-03"


def test_neighbours_tell_a_december_from_a_year_that_ends_in_the_next():
    assert readable(["2011-11", "2011-12"])["2011-12"].period == "2011-12"
    assert readable(["2010-11", "2011-12"]) == {}
    assert readable(["2010-11", "2011-12"], 10)["2011-12"].period == "2011-10/2012-09"


def test_flags_of_a_period_fall_on_every_value_of_it():
    frame = pl.DataFrame({"period": ["2020", "2021 (p)", "2021 (p)"], "flags": ["", "", "e"]})
    read = read_printed(Draft(frame, "x"), "period", "flags", None).frame
    assert read.rows() == [("2020", ""), ("2021", "p"), ("2021", "e p")]
