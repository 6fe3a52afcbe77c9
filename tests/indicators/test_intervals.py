"""Intervals against brute force: every result of any two points lies within, and the ends are reached.

An operand is sampled at its ends, at points between, close to zero and, where it is open, far out. Each result
of two such points must lie in the interval that the arithmetic gives (nothing is lost), and each of its ends
must be a result of two of them or be approached by some (nothing is said that cannot be).
"""

from itertools import product
from math import inf, isinf

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import intervals
from indicators.intervals import Interval

Ends = tuple[float, float]
FAR, NEAR = 1e12, 1e-9
QUICK = settings(max_examples=80, deadline=None)

numbers = st.integers(-400, 400).map(lambda n: n / 4) | st.sampled_from([0.0, 1.0, 1e6, -1e6])
lows, highs = numbers | st.just(-inf), numbers | st.just(inf)
anything = st.tuples(lows, highs).map(lambda ends: ends if ends[0] <= ends[1] else (ends[1], ends[0]))
anything = anything.filter(lambda ends: ends[0] < inf and ends[1] > -inf)
not_below_zero = anything.map(lambda ends: (max(ends[0], 0.0), max(ends[1], 0.0)))
above_zero = not_below_zero.map(lambda ends: (ends[0] + 0.25, ends[1] + 0.25))


def told(operation, a: Ends, b: Ends) -> tuple[float | None, float | None]:
    """What the arithmetic says of two intervals."""
    frame = pl.DataFrame(
        {"low": [a[0]], "high": [a[1]], "l": [b[0]], "h": [b[1]]},
        schema=dict.fromkeys(["low", "high", "l", "h"], pl.Float64),
    )
    return frame.select(operation(intervals.of(), Interval(pl.col("l"), pl.col("h"))).named()).row(0)


def points(ends: Ends) -> list[float]:
    """Points of an interval: its ends, thirds, both sides of zero, and far out where it is open."""
    low, high = (-FAR if ends[0] == -inf else ends[0]), (FAR if ends[1] == inf else ends[1])
    tried = [low, high, (low + high) / 2, (2 * low + high) / 3, 0.0, NEAR, -NEAR, 1.0, -1.0]
    return [x for x in tried if low <= x <= high]


def holds(result: tuple[float | None, float | None], values: list[float]) -> None:
    """Every value lies within, and each end is one of them or is approached."""
    low, high = result
    assert low is not None
    assert high is not None
    assert low <= high
    slack = 1e-9 * max(1.0, *(abs(v) for v in values))
    assert all(low - slack <= v <= high + slack for v in values), (result, min(values), max(values))
    reached = min(values), max(values)
    for end, value in zip(result, reached, strict=True):
        if isinf(end):
            assert abs(value) >= 1e6, (result, reached)
        else:
            assert abs(end - value) <= max(1e-6 * abs(end), 1e-3), (result, reached)


# ------------------------------------------------------------------------ sum, difference, product, quotient


@QUICK
@given(a=anything, b=anything)
def test_a_difference_holds_every_result_and_no_more(a, b):
    holds(told(intervals.minus, a, b), [x - y for x, y in product(points(a), points(b))])


@QUICK
@given(anything, anything)
def test_a_quotient_holds_every_result_and_is_unknown_only_around_zero(a, b):
    result = told(intervals.over, a, b)
    if b[0] < 0 < b[1] or b == (0.0, 0.0):
        assert result == (None, None)
        return
    holds(result, [x / y for x, y in product(points(a), points(b)) if y != 0])


@pytest.mark.parametrize(("a", "b", "quotient"), [
    ((2e9, inf),  (200e9, 200e9), (0.01, inf)),       # more than two billion of two hundred
    ((10, 20),    (5, 5),         (2, 4)),            # ten to twenty per five
    ((10, 10),    (0, 5),         (2, inf)),          # ten per "up to five" is at least two
    ((0, 0),      (0, 5),         (0, 0)),            # nothing per whatever is nothing
    ((10, 10),    (5, inf),       (0, 2)),            # ten per "more than five" is at most two
    ((2, inf),    (5, inf),       (0, inf)),          # more than two per more than five can be anything
    ((-10, -10),  (0, 5),         (-inf, -2)),        # a loss per "up to five"
    ((10, 10),    (-5, -2),       (-5, -2)),
    ((10, 10),    (0, 0),         (None, None)),      # by nothing
    ((10, 10),    (-1, 1),        (None, None)),      # by what may be nothing or less
    ((None, None), (5, 5),        (None, None)),
    ((10, 10),    (None, None),   (None, None)),
    ((10, 10),    (5, None),      (None, None)),      # half an interval is none
])  # fmt: skip
def test_quotients_that_a_statistician_can_check(a, b, quotient):
    assert (
        told(intervals.over, a, b) == pytest.approx(quotient)
        if None not in quotient
        else told(intervals.over, a, b) == quotient
    )


@pytest.mark.parametrize("operation", [intervals.minus, intervals.over, intervals.growth])
def test_what_is_unknown_stays_unknown_and_is_never_nothing(operation):
    for a, b in [
        ((None, None), (1.0, 2.0)),
        ((1.0, 2.0), (None, None)),
        ((None, None), (0.0, 0.0)),
        ((0.0, 0.0), (None, None)),
    ]:
        assert told(operation, a, b) == (None, None)


# ------------------------------------------------------------------------ growth


@QUICK
@given(not_below_zero, anything)
def test_growth_holds_every_growth_between_two_points(before, now):
    result = told(intervals.growth, before, now)
    if before[1] == 0:
        assert result == (None, None)
        return
    values = [(y - x) / x * 100 for x, y in product(points(before), points(now)) if x > 0]
    holds(result, values)


@pytest.mark.parametrize(("before", "now", "growth"), [
    ((100, 100),   (110, 110),  (10, 10)),
    ((100, 100),   (110, inf),  (10, inf)),
    ((100, inf),   (110, 110),  (-100, 10)),
    ((90, 110),    (100, 100),  (100 * (100 / 110 - 1), 100 * (100 / 90 - 1))),
    ((0, 100),     (50, 50),    (-50, inf)),           # from "up to a hundred" to fifty
    ((0, 100),     (0, 0),      (-100, -100)),         # whatever it was, it is gone
    ((100, 200),   (-50, -50),  (-150, -125)),         # from a gain to a loss
    ((0, 0),       (5, 5),      (None, None)),         # from nothing
    ((-5, 5),      (5, 5),      (None, None)),         # from what may have been a loss
])  # fmt: skip
def test_growths_that_a_statistician_can_check(before, now, growth):
    assert (
        told(intervals.growth, before, now) == pytest.approx(growth)
        if None not in growth
        else told(intervals.growth, before, now) == growth
    )


def test_growth_of_round_numbers_is_a_round_number():
    assert told(intervals.growth, (100, 100), (110, 110)) == (10.0, 10.0)


@QUICK
@given(above_zero, not_below_zero, st.integers(1, 30))
def test_compound_growth_holds_every_growth_between_two_points(first, last, years):
    def yearly(a: Interval, b: Interval) -> Interval:
        return intervals.annual_growth(a, b, pl.lit(years))

    values = [((y / x) ** (1 / years) - 1) * 100 for x, y in product(points(first), points(last))]
    result = told(yearly, first, last)
    low, high = result
    slack = 1e-9 * max(1.0, *(abs(v) for v in values))
    assert all(low - slack <= v <= high + slack for v in values)
    if inf not in (*first, *last):
        holds(result, values)


@pytest.mark.parametrize(("first", "last", "years", "growth"), [
    ((100, 100), (121, 121), 2, (10, 10)),
    ((100, 100), (100, 100), 7, (0, 0)),
    ((100, 100), (200, inf), 1, (100, inf)),
    ((100, 100), (0, 0),     3, (-100, -100)),
    ((100, 100), (121, 121), 0, (None, None)),
    ((-1, 100),  (121, 121), 2, (None, None)),
    ((100, 100), (-1, 121),  2, (None, None)),
])  # fmt: skip
def test_compound_growths_that_a_statistician_can_check(first, last, years, growth):
    def yearly(a: Interval, b: Interval) -> Interval:
        return intervals.annual_growth(a, b, pl.lit(years))

    result = told(yearly, first, last)
    assert result == pytest.approx(growth) if None not in growth else result == growth


@QUICK
@given(above_zero, anything)
def test_an_index_of_hundred_is_the_base(base, value):
    holds(told(intervals.index, base, value), [y / x * 100 for x, y in product(points(base), points(value))])


# ------------------------------------------------------------------------ shapes


def test_a_rounded_figure_is_as_wide_as_its_rounding():
    assert told(lambda x, _: intervals.widened(x, pl.lit(0.5)), (39, 39), (0, 0)) == (38.5, 39.5)
    assert told(lambda x, _: intervals.widened(x, pl.lit(0.5)), (39, inf), (0, 0)) == (38.5, inf)
    assert told(lambda x, _: intervals.widened(x, pl.lit(0.5)), (None, None), (0, 0)) == (None, None)


# ------------------------------------------------------------------------ hedge


@pytest.mark.parametrize(("low", "high", "value", "hedge"), [
    (5, 5, 5,           "exact"),
    (None, None, None,  "exact"),      # nothing is known, so nothing is qualified
    (5, inf, 5,         "over"),
    (5, inf, 6,         "between"),    # the number is not the end
    (5, inf, None,      "between"),
    (-inf, 5, 5,        "under"),
    (-inf, 5, 4,        "between"),
    (0, 5, 5,           "up_to"),      # nothing can be less than nothing
    (-100, 5, 5,        "up_to"),      # nothing can fall by more than all
    (-99, 5, 5,         "between"),
    (-101, 5, 5,        "between"),
    (1, 5, 5,           "between"),
    (0, 5, 0,           "between"),
    (-100, 5, -100,     "between"),
    (0, 5, 4,           "about"),
    (4, 6, 5,           "about"),
    (4, 6, 4,           "between"),
    (4, 6, 6,           "between"),
    (4, 6, 3,           "between"),
    (4, 6, 7,           "between"),
    (4, 6, None,        "between"),
    (-inf, inf, 5,      "between"),
    (-inf, inf, None,   "between"),
])  # fmt: skip
def test_the_hedge_that_goes_with_an_interval_and_a_number(low, high, value, hedge):
    frame = pl.DataFrame(
        {"low": [low], "high": [high], "value": [value]},
        schema=dict.fromkeys(["low", "high", "value"], pl.Float64),
    )
    assert frame.select(intervals.hedge(intervals.of(), pl.col("value"))).item() == hedge


@pytest.mark.parametrize(("before", "now", "growth"), [
    ((0, 4), (-0.5, 3),  (-inf, inf)),     # a fall below zero from anything down to nothing has no floor
    ((0, 4), (0, 3),     (-100, inf)),
    ((2, 4), (-0.5, 3),  (-125, 50)),
])  # fmt: skip
def test_growth_from_an_interval_that_touches_zero(before, now, growth):
    assert told(intervals.growth, before, now) == growth


@QUICK
@given(anything, numbers.filter(lambda x: x > 0))
def test_scaling_is_multiplying_by_a_number_above_zero(a, by):
    scaled = told(lambda x, _: intervals.scaled(x, by), a, (1.0, 1.0))
    assert scaled == (a[0] * by, a[1] * by)
