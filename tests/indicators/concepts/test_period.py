"""Reference periods: a table of what each form says, and what holds for every one of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.concepts.period import (
    EARLIEST,
    LATEST,
    UNSTATED,
    Period,
    UnreadablePeriod,
    last_day,
    latest_day,
    parse,
)


def rows(text: str) -> list[tuple[str, ...]]:
    """Rows of a drawn table, cells between bars."""
    return [tuple(cell.strip() for cell in row.split("|")) for row in text.strip().splitlines()]


@pytest.mark.parametrize(("written", "freq", "time_period", "start", "end"), rows("""
    2024              | A  | 2024            | 2024-01-01 | 2024-12-31
    2024-H1           | S  | 2024-S1         | 2024-01-01 | 2024-06-30
    2024-H2           | S  | 2024-S2         | 2024-07-01 | 2024-12-31
    2024-S2           | S  | 2024-S2         | 2024-07-01 | 2024-12-31
    2023-Q1           | Q  | 2023-Q1         | 2023-01-01 | 2023-03-31
    2023-Q4           | Q  | 2023-Q4         | 2023-10-01 | 2023-12-31
    2024-02           | M  | 2024-02         | 2024-02-01 | 2024-02-29
    2023-02           | M  | 2023-02         | 2023-02-01 | 2023-02-28
    1900-02           | M  | 1900-02         | 1900-02-01 | 1900-02-28
    2024-02-29        | D  | 2024-02-29      | 2024-02-29 | 2024-02-29
    2007-07/2008-06   | _O | 2007-07-01/P12M | 2007-07-01 | 2008-06-30
    2024-07/2025-03   | _O | 2024-07-01/P9M  | 2024-07-01 | 2025-03-31
    2025-01/2025-10   | _O | 2025-01-01/P10M | 2025-01-01 | 2025-10-31
    2024-05/2024-05   | _O | 2024-05-01/P1M  | 2024-05-01 | 2024-05-31
    2017/2023         | _O | 2017-01-01/P7Y  | 2017-01-01 | 2023-12-31
    season 2016/2017  | _O | 2016-07-01/P12M | 2016-07-01 | 2017-06-30
"""))  # fmt: skip
def test_each_form_of_the_ledger_is_one_sdmx_period_and_two_days(written, freq, time_period, start, end):
    days = date.fromisoformat(start), date.fromisoformat(end)
    assert parse(written) == parse(f"  {written} ") == Period(freq, time_period, *days)


@pytest.mark.parametrize("written", ["", "   ", "\t\n"])
def test_nothing_written_is_no_period_and_no_day(written):
    assert parse(written) == UNSTATED
    assert (UNSTATED.start, UNSTATED.end) == (None, None)


@pytest.mark.parametrize(("written", "said"), rows("""
    20233               | write 2024, 2024-H1
    24                  | write 2024, 2024-H1
    1899                | 1900 to 2100
    2101                | 1900 to 2100
    2024-H3             | write 2024, 2024-H1
    2024-Q5             | write 2024, 2024-H1
    2024-13             | write 2024, 2024-H1
    2024-00             | write 2024, 2024-H1
    2024-1              | write 2024, 2024-H1
    2023-02-29          | no day of the calendar
    2024-04-31          | no day of the calendar
    2024-00-10          | no day of the calendar
    2024/25             | '25' is no period
    2023/2022           | ends before it starts
    2024-06/2024-05     | ends before it starts
    2024/2025-06        | joins two years or two months
    2024-Q1/2024-Q2     | joins two years or two months
    2024-01-01/2024-02-01 | joins two years or two months
    2020/2021/2022      | joins two years or two months
    season 2016/2018    | two years in a row
    season 2016/2016    | two years in a row
    season 2016/17      | two years in a row
    season 2016         | two years in a row
    Season 2016/2017    | is no period
    as of 1 January     | write 2024, 2024-H1
    2024 г.             | write 2024, 2024-H1
    2024-H1-            | write 2024, 2024-H1
    FY2025              | write 2024, 2024-H1
    ٢٠٢٤                | write 2024, 2024-H1
    ２０２４-H1          | write 2024, 2024-H1
    २०२४-Q1             | write 2024, 2024-H1
    season ٢٠١٦/٢٠١٧    | two years in a row
"""))  # fmt: skip
def test_what_is_no_period_is_refused_in_words_that_say_what_is(written, said):
    with pytest.raises(UnreadablePeriod, match=said):
        parse(written)


# ------------------------------------------------------------------------ for every period

YEARS = st.integers(EARLIEST, LATEST)
MONTHS = st.tuples(YEARS, st.integers(1, 12))
DAYS = st.dates(date(EARLIEST, 1, 1), date(LATEST, 12, 31))
ALL = settings(max_examples=200, deadline=None)


def month(at: tuple[int, int]) -> str:
    return f"{at[0]}-{at[1]:02d}"


@ALL
@given(YEARS, st.sampled_from([("A", "", 1, 12), ("S", "H1", 1, 6), ("S", "H2", 7, 12), ("Q", "Q1", 1, 3), ("Q", "Q2", 4, 6), ("Q", "Q3", 7, 9), ("Q", "Q4", 10, 12)]))  # fmt: skip
def test_a_part_of_a_year_starts_with_its_first_month_and_ends_with_its_last(year, part):
    freq, name, first, last = part
    period = parse(f"{year}-{name}".rstrip("-"))
    assert (period.freq, period.start, period.end) == (freq, date(year, first, 1), last_day(year, last))


@ALL
@given(MONTHS)
def test_a_month_ends_the_day_before_the_next_one_starts(at):
    period = parse(month(at))
    after = date(at[0] + at[1] // 12, at[1] % 12 + 1, 1)
    assert (period.freq, period.start, period.end) == ("M", date(*at, 1), after - timedelta(days=1))


@ALL
@given(DAYS)
def test_a_day_is_a_stock_on_that_day(day):
    assert parse(day.isoformat()) == Period("D", day.isoformat(), day, day)


@ALL
@given(YEARS, st.integers(0, 60))
def test_a_span_of_years_has_as_many_years_as_it_says(first, more):
    last = min(first + more, LATEST)
    period = parse(f"{first}/{last}")
    assert period == Period(
        "_O", f"{first}-01-01/P{last - first + 1}Y", date(first, 1, 1), date(last, 12, 31)
    )


@ALL
@given(MONTHS, MONTHS)
def test_a_span_of_months_has_as_many_months_as_it_says_and_its_two_ends(one, other):
    first, last = sorted((one, other))
    period = parse(f"{month(first)}/{month(last)}")
    start, _, length = period.time_period.partition("/P")
    assert (period.freq, start) == ("_O", date(*first, 1).isoformat())
    assert period.end == last_day(*last)
    counted = sum(first <= (year, m) <= last for year in range(first[0], last[0] + 1) for m in range(1, 13))
    assert length == f"{counted}M"


@ALL
@given(st.integers(EARLIEST, LATEST - 1))
def test_a_season_is_the_twelve_months_from_july(year):
    assert parse(f"season {year}/{year + 1}") == parse(f"{year}-07/{year + 1}-06")


WRITTEN = st.one_of(
    YEARS.map(str),
    st.builds("{}-{}{}".format, YEARS, st.just("H"), st.integers(1, 2)),
    st.builds("{}-{}{}".format, YEARS, st.just("Q"), st.integers(1, 4)),
    MONTHS.map(month),
    DAYS.map(date.isoformat),
)


@ALL
@given(WRITTEN)
def test_what_is_written_for_sdmx_reads_back_as_the_same_period(written):
    period = parse(written)
    assert parse(period.time_period) == period


@ALL
@given(WRITTEN, WRITTEN)
def test_two_periods_of_one_name_are_one_period_and_two_names_are_two(one, other):
    first, second = parse(one), parse(other)
    assert (first.time_period == second.time_period) == (first == second)


@settings(max_examples=600, deadline=None)
@given(st.text() | st.from_regex(r"(season )?[12]\d{3}([-/][HQSP]?\d{1,4}){0,4}") | WRITTEN.map(lambda w: w[::-1]) | st.text("0123456789-/HQS seaon", max_size=16))  # fmt: skip
def test_any_other_text_is_a_period_in_order_or_is_refused_never_a_crash(text):
    try:
        period = parse(text)
    except UnreadablePeriod:
        return
    if period != UNSTATED:
        assert period.start <= period.end
        assert EARLIEST <= period.start.year <= period.end.year <= LATEST


# ------------------------------------------------------------------------ dates of publication


@pytest.mark.parametrize(("written", "day"), rows("""
    2025        | 2025-12-31
    2025-03     | 2025-03-31
    2024-02     | 2024-02-29
    2025-03-18  | 2025-03-18
"""))  # fmt: skip
def test_a_date_of_reduced_precision_may_be_its_last_day(written, day):
    assert latest_day(written).isoformat() == day


@pytest.mark.parametrize("written", ["2025-H1", "2025-Q1", "", "spring 2025", "2024/2025"])
def test_what_is_no_date_of_publication_is_refused(written):
    with pytest.raises(UnreadablePeriod, match="write"):
        latest_day(written)


@ALL
@given(DAYS)
def test_the_less_is_known_of_a_date_the_later_it_may_be(day):
    text = day.isoformat()
    assert latest_day(text) <= latest_day(text[:7]) <= latest_day(text[:4])
    assert latest_day(text) == day
