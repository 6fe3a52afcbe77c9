"""The formulas over two measures: a share, a figure per head, per thousand employed.

Ratios are made of parts, never averaged. A numerator keeps its interval and its hedge; the
denominator's value, source and year stay in the row. A denominator is taken of the same area and
year and in the same unit. Where the numerator's year is not stated, the denominator of the year of
publication is taken, or of the year before where there is none yet; its own year is said. An older
one is never carried forward.
"""

from math import inf, isnan

import polars as pl

from indicators import intervals
from indicators.intervals import Interval

OLDEST = 1
"""Years by which a denominator may be older than the publication of a figure without a year."""
THOUSAND = 1000.0
MISMATCH = "usd_lcu_vintage_mismatch"
"""The flag of a GDP in dollars and one in local currency that are of two vintages: never mixed."""

PER_HEAD, PER_THOUSAND_EMPLOYED, PER_GDP = "head", "thousand_employed", "gdp"
PER = {
    PER_HEAD: ("population", 1.0),
    PER_THOUSAND_EMPLOYED: ("employment", THOUSAND),
    PER_GDP: ("gdp", 100.0),
}
"""What any figure can be taken per: the measure of the whole economy, and times how much."""

DENOMINATOR = ("denominator", "denominator_figure_id", "denominator_publisher", "denominator_year")


def ratio(
    figures: pl.DataFrame, denominators: pl.DataFrame, *, same_source: bool, times: float
) -> pl.DataFrame:
    """Divide every figure by its denominator.

    Args:
        figures: with ref_area, source, unit_measure, year, period_basis, freq, value, low, high,
            note.
        denominators: claims of one measure, the better first: ref_area, source, unit_measure, year,
            value, low, high, figure_id, publisher.
        same_source: divide only by what the same source stated.
        times: 100 for a share in per cent, 1 for a figure per head.

    Returns:
        The figures that found a denominator, with value, low and high of the ratio, and the
        columns DENOMINATOR. Where both are hedged there is a value only if the stated numbers meet an
        end of the interval. Figures without a denominator are not among them.
    """
    keys = ["ref_area", *(["source"] if same_source else [])]
    parts = denominators.filter(pl.col("low") > 0).select(
        *keys, pl.col("unit_measure").alias("_unit"), pl.col("year").alias("denominator_year"),
        pl.col("value").alias("denominator"), pl.col("low").alias("_low"), pl.col("high").alias("_high"),
        pl.col("figure_id").alias("denominator_figure_id"),
        pl.col("publisher").alias("denominator_publisher"),
    )  # fmt: skip
    annual = figures.filter(pl.col("freq") == "A").with_row_index("_row")
    pairs = annual.join(parts.with_row_index("_order"), on=keys).filter(_same_unit() & _right_year())
    nearest = pairs.sort("_row", "denominator_year", "_order", descending=[False, True, False])
    best = nearest.unique("_row", keep="first", maintain_order=True)
    quotient = intervals.over(intervals.of(), Interval(pl.col("_low"), pl.col("_high")))
    another = pl.col("denominator_year") != pl.col("year")
    said = pl.format("year not stated; divided by the figure of {}", "denominator_year")
    note = pl.concat_str([pl.col("note"), said], separator="; ", ignore_nulls=True)
    whole_known = pl.col("_low") == pl.col("_high")
    divided = best.with_columns(
        (pl.col("low") == pl.col("high")).alias("_stated_exactly"),
        (pl.col("value") / pl.col("denominator") * times).alias("value"),
        (quotient.low * times).alias("low"),
        (quotient.high * times).alias("high"),
        pl.when(another).then(note).otherwise("note").alias("note"),
    )
    hedge = pl.when(whole_known).then("hedge").otherwise(intervals.hedge(intervals.of(), pl.col("value")))
    at_end = (pl.col("value") == pl.col("low")) | (pl.col("value") == pl.col("high"))
    points = whole_known | (pl.col("_stated_exactly") & (hedge != "between")) | at_end
    value = pl.when(points).then("value").alias("value")
    return divided.with_columns(value, hedge.alias("hedge")).select([*figures.columns, *DENOMINATOR])


def _same_unit() -> pl.Expr:
    """Money by money of one currency, jobs by jobs; anything else by persons."""
    return (pl.col("unit_measure") == pl.col("_unit")) | (pl.col("_unit") == "PS")


def _right_year() -> pl.Expr:
    unstated = pl.col("period_basis") == "publication"
    same = pl.col("denominator_year") == pl.col("year")
    near = pl.col("denominator_year").is_between(pl.col("year") - OLDEST, pl.col("year"))
    return pl.when(unstated).then(near).otherwise(same)


def change(before_low: float, before_high: float, low: float, high: float) -> tuple[float, float] | None:
    """Growth in per cent between two intervals, as an interval; None where nothing can be said.

    Examples:
        >>> change(100, 100, 110, 110)
        (10.0, 10.0)
        >>> change(100, 100, 110, float("inf"))
        (10.0, inf)
        >>> change(0, 0, 5, 5) is None
        True
    """
    before, now = (Interval(*map(pl.lit, ends)) for ends in ((before_low, before_high), (low, high)))
    least, most = pl.select(*intervals.growth(before, now).named()).row(0)
    return None if least is None or (least <= -100 and most == inf) else _said(least, most)


def difference(before_low: float, before_high: float, low: float, high: float) -> tuple[float, float] | None:
    """Change between two intervals in their own unit, as an interval; None where nothing can be said.

    Examples:
        >>> difference(4.2, 4.2, 4.5, 4.5)
        (0.3, 0.3)
    """
    return _said(low - before_high, high - before_low)


def _said(least: float, most: float) -> tuple[float, float] | None:
    """The interval without the noise of binary fractions; None where it says nothing at all."""
    if isnan(least) or isnan(most) or (least == -inf and most == inf):
        return None
    return round(least, 9), round(most, 9)
