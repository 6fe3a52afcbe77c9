"""Arithmetic on [low, high], as Polars expressions; an end may be open (±inf), null is unknown.

Every function gives the smallest interval that holds each result of any two points of its operands
(Moore, Kearfott and Cloud, Introduction to Interval Analysis, 2009, chapters 2 and 5). Operands are
taken as independent: a figure and its own revision are not, so their difference is never too small,
at worst too wide. Where nothing can be said both ends are null; a point is given only where both
operands are points.
"""

from functools import reduce
from math import inf
from typing import NamedTuple

import polars as pl


class Interval(NamedTuple):
    """Lower and upper end, both expressions of Float64; low <= high, or both null."""

    low: pl.Expr
    high: pl.Expr

    def named(self, low: str = "low", high: str = "high") -> tuple[pl.Expr, pl.Expr]:
        """The two ends as columns."""
        return self.low.alias(low), self.high.alias(high)


def of(low: str = "low", high: str = "high") -> Interval:
    """The interval in two columns."""
    return Interval(pl.col(low), pl.col(high))


def stated() -> list[pl.Expr]:
    """Value, low and high of claims as they were stated, columns that the steps of an answer change."""
    value = pl.col("obs_value").cast(pl.Float64).alias("value")
    return [value, *of("obs_low", "obs_high").named()]


def minus(a: Interval, b: Interval) -> Interval:
    """The difference a - b."""
    return _known(Interval(a.low - b.high, a.high - b.low), a, b)


def scaled(a: Interval, by: pl.Expr | float) -> Interval:
    """The interval times a number above zero: a rate, a hundred."""
    return Interval(a.low * by, a.high * by)


def over(a: Interval, b: Interval) -> Interval:
    """The quotient a ÷ b.

    A divisor that only touches zero leaves the far end open: 10 divided by "up to 5" is at least 2.
    A divisor that is zero, or that has zero within, says nothing of the quotient.
    """
    below = b.high <= 0
    top, bottom = _turned(a, below), _turned(b, below)
    least = top.low / pl.when(top.low >= 0).then(bottom.high).otherwise(bottom.low)
    most = top.high / pl.when(top.high > 0).then(bottom.low).otherwise(bottom.high)
    return _where((bottom.low >= 0) & (bottom.high > 0), Interval(least, most))


def growth(before: Interval, now: Interval) -> Interval:
    """Growth in per cent, 100 × (now ÷ before − 1); unknown where `before` may be below zero."""
    against_low = pl.when(now.low >= 0).then(before.high).otherwise(before.low)
    against_high = pl.when(now.high >= 0).then(before.low).otherwise(before.high)
    grown = Interval(_grown(now.low, against_low), _grown(now.high, against_high))
    some = (before.low >= 0) & (before.high > 0)
    return _known(_where(some, grown), before, now)


def annual_growth(first: Interval, last: Interval, years: pl.Expr) -> Interval:
    """Compound growth in per cent a year over a number of years; unknown unless all is above zero."""
    change = over(last, first)
    yearly = [(end ** (1 / years) - 1) * 100 for end in change]
    return _where((first.low >= 0) & (last.low >= 0) & (years > 0), Interval(*yearly))


def index(base: Interval, value: Interval) -> Interval:
    """Value with base = 100."""
    return scaled(over(value, base), 100.0)


def hedge(a: Interval, value: pl.Expr) -> pl.Expr:
    """The code of hedge.csv for a value held by an interval; `between` where it is no end of it."""
    closed_above, closed_below = a.high.is_finite(), a.low.is_finite()
    return (
        pl.when(a.low.is_null() | (a.low == a.high))
        .then(pl.lit("exact"))
        .when(~closed_above & (value == a.low))
        .then(pl.lit("over"))
        .when(~closed_below & (value == a.high))
        .then(pl.lit("under"))
        .when((value == a.high) & ((a.low == -100) | (a.low == 0)))
        .then(pl.lit("up_to"))
        .when(closed_above & closed_below & (value > a.low) & (value < a.high))
        .then(pl.lit("about"))
        .otherwise(pl.lit("between"))
    )


def widened(a: Interval, by: pl.Expr) -> Interval:
    """The interval with both ends moved out, for a figure rounded by at most `by` either way."""
    return Interval(a.low - by, a.high + by)


def _grown(now: pl.Expr, before: pl.Expr) -> pl.Expr:
    """Growth between two ends, as a difference: 100 to 110 is 10, not 10.000000000000009."""
    from_nothing = pl.when(now > 0).then(pl.lit(inf)).when(now < 0).then(pl.lit(-inf)).otherwise(-100.0)
    return (
        pl.when(before.is_infinite())
        .then(-100.0)
        .when(before == 0)
        .then(from_nothing)
        .otherwise((now - before) / before * 100)
    )


def _turned(a: Interval, condition: pl.Expr) -> Interval:
    """The interval with its sign changed where the condition holds; without a negative zero."""
    low = pl.when(condition).then(-a.high).otherwise(a.low) + 0.0
    return Interval(low, pl.when(condition).then(-a.low).otherwise(a.high) + 0.0)


def _where(condition: pl.Expr, a: Interval) -> Interval:
    return Interval(pl.when(condition).then(a.low), pl.when(condition).then(a.high))


def _known(result: Interval, *operands: Interval) -> Interval:
    """The result where every operand is known."""
    ends = [end.is_not_null() for operand in operands for end in operand]
    return _where(reduce(lambda x, y: x & y, ends), result)
