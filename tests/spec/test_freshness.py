"""When the next figure is expected, and when it is overdue: read off what its publisher did before."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.freshness import Basis, Due, freshness, last_day

NOVEMBER = date(2026, 11, 22)


def ask(published, dates=(), years=(), known=NOVEMBER, today=NOVEMBER):
    ends = [date(year, 12, 31) for year in years]
    return freshness(published, "2026-11-22", dates, ends, known=known, today=today)


@pytest.mark.parametrize(
    ("published", "dates", "expected", "due"),
    [
        # yearly, in March: 365, 366 and 365 days apart
        (
            "2026-03-10",
            ["2023-03-11", "2024-03-10", "2025-03-10", "2026-03-10"],
            date(2027, 3, 10),
            Due.NOT_YET,
        ),
        ("2025-03-10", ["2023-03-11", "2024-03-10", "2025-03-10"], date(2026, 3, 10), Due.OVERDUE),
        # a quarterly one that skipped a quarter once: the median is a quarter still
        (
            "2026-07-01",
            ["2025-07-01", "2025-10-01", "2026-04-01", "2026-07-01"],
            date(2026, 10, 1),
            Due.OVERDUE,
        ),
        # told twice within a month: one statement, so that there are two, and no rhythm
        ("2025-03-20", ["2024-03-10", "2025-03-10", "2025-03-20"], None, Due.UNKNOWN),
        # of two gaps the longer: 365 and 730 days
        ("2025-03-10", ["2022-03-11", "2023-03-11", "2025-03-10"], date(2027, 3, 10), Due.NOT_YET),
        # two days make one gap, and one gap is no rhythm
        ("2025-03-10", ["2024-03-10", "2025-03-10"], None, Due.UNKNOWN),
        # a month stands at its last day
        ("2026-03", ["2024-03", "2025-03", "2026-03"], date(2027, 3, 31), Due.NOT_YET),
    ],
)
def test_the_rhythm_of_its_publications(published, dates, expected, due):
    found = ask(published, dates)
    assert (found.next, found.due) == (expected, due)
    assert found.basis == (Basis.PUBLISHED if expected else None)


@pytest.mark.parametrize(
    ("published", "years", "expected", "due"),
    [
        ("2020-06-11", [2016, 2017, 2018], date(2021, 6, 11), Due.OVERDUE),
        ("2026-06-11", [2022, 2023, 2024], date(2027, 6, 12), Due.NOT_YET),
        # every second year
        ("2026-01-31", [2020, 2022, 2024], date(2028, 2, 1), Due.NOT_YET),
        # two periods are no rhythm
        ("2020-06-11", [2017, 2018], None, Due.UNKNOWN),
        # the source does not date itself: nothing to count from
        (None, [2016, 2017, 2018], None, Due.UNKNOWN),
    ],
)
def test_the_rhythm_of_its_periods_where_there_is_none_of_publications(published, years, expected, due):
    found = ask(published, [published], years)
    assert (found.next, found.due) == (expected, due)
    assert found.basis == (Basis.PERIODS if expected else None)


@pytest.mark.parametrize(
    ("known", "today", "due"),
    [
        (date(2026, 3, 10), date(2026, 3, 10), Due.NOT_YET),
        (date(2026, 3, 10), date(2026, 3, 11), Due.AWAITED),
        (date(2026, 3, 11), date(2026, 3, 11), Due.OVERDUE),
        (date(2026, 3, 11), date(2026, 3, 10), Due.OVERDUE),
    ],
)
def test_overdue_is_held_against_the_release_and_awaited_against_today(known, today, due):
    dates = ["2023-03-11", "2024-03-10", "2025-03-10"]
    assert ask("2025-03-10", dates, known=known, today=today).due == due


ISO = st.dates(date(1990, 1, 1), date(2030, 1, 1)).map(str)


@given(st.none() | ISO, st.lists(st.none() | ISO, max_size=6), st.lists(st.integers(1990, 2030), max_size=6))
def test_nothing_is_late_without_a_day_and_a_basis(published, dates, years):
    found = ask(published, dates, years)
    assert (found.next is None) == (found.basis is None) == (found.due == Due.UNKNOWN)
    assert found.late == (found.due in (Due.OVERDUE, Due.AWAITED))
    if found.late:
        assert found.next < NOVEMBER


@given(ISO, st.sampled_from([4, 7, 10]))
def test_a_date_of_less_precision_is_never_earlier(day, precision):
    assert last_day(day[:precision]) >= last_day(day)
