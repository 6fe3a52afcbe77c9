"""The formulas over two measures: a share, a figure per head, per thousand employed.

Ratios are made of parts, never averaged. A numerator keeps its interval and its hedge; the
denominator's value, source and year stay in the row. A denominator is taken of the same area and
year and in the same unit. Where the numerator's year is not stated, the denominator of the year of
publication is taken, or of the year before where there is none yet; its own year is said. An older
one is never carried forward.
"""

from collections.abc import Sequence
from math import inf, isnan

import polars as pl

from indicators import intervals
from indicators.intervals import Interval
from indicators.plans import run

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

_MADE = ("value", "low", "high", "hedge", "note", *DENOMINATOR)
_USED = (
    "ref_area",
    "source",
    "unit_measure",
    "year",
    "period_basis",
    "freq",
    "value",
    "low",
    "high",
    "hedge",
    "note",
)
"""The few columns that a division needs: the others would only be carried through every step."""


def ratio(figures: pl.DataFrame, terms: Sequence[tuple[pl.DataFrame, bool]], *, times: float) -> pl.DataFrame:
    """Divide every figure by the first denominator that fits it.

    Args:
        figures: with ref_area, source, unit_measure, year, period_basis, freq, value, low, high,
            hedge, note.
        terms: claims of one measure each, the better first (ref_area, source, unit_measure, year,
            value, low, high, figure_id, publisher), and whether a figure is divided only by what its
            own source stated; in the order in which they are tried.
        times: 100 for a share in per cent, 1 for a figure per head.

    Returns:
        The figures that found a denominator, with value, low and high of the ratio, and the
        columns DENOMINATOR. Where both are hedged there is a value only if the stated numbers meet an
        end of the interval. Figures without a denominator are not among them.
    """
    parts = pl.concat([_denominators(n, *term) for n, term in enumerate(terms)]).with_row_index("_order")
    in_reach = [parts.with_columns((pl.col("denominator_year") + n).alias("year")) for n in range(OLDEST + 1)]
    annual = figures.lazy().select(_USED).with_row_index("_row").filter(pl.col("freq") == "A")
    pairs = annual.join(pl.concat(in_reach), on=["ref_area", "year"]).filter(
        _same_unit() & _right_year() & (pl.col("_of").is_null() | (pl.col("_of") == pl.col("source")))
    )
    order = ("_row", "_term", "denominator_year", "_order")
    nearest = pairs.sort(order, descending=[False, False, True, False])
    best = nearest.unique("_row", keep="first", maintain_order=True)
    quotient = intervals.scaled(intervals.over(intervals.of(), intervals.of("_low", "_high")), times)
    another = pl.col("denominator_year") != pl.col("year")
    said = pl.format("year not stated; divided by the figure of {}", "denominator_year")
    note = pl.concat_str([pl.col("note"), said], separator="; ", ignore_nulls=True)
    whole_known = pl.col("_low") == pl.col("_high")
    divided = best.with_columns(
        (pl.col("low") == pl.col("high")).alias("_stated_exactly"),
        (pl.col("value") / pl.col("denominator") * times).alias("value"),
        quotient.low.alias("low"),
        quotient.high.alias("high"),
        pl.when(another).then(note).otherwise("note").alias("note"),
    )
    hedge = pl.when(whole_known).then("hedge").otherwise(intervals.hedge(intervals.of(), pl.col("value")))
    at_end = (pl.col("value") == pl.col("low")) | (pl.col("value") == pl.col("high"))
    points = whole_known | (pl.col("_stated_exactly") & (hedge != "between")) | at_end
    value = pl.when(points).then("value").alias("value")
    made = run(divided.with_columns(value, hedge.alias("hedge")).select("_row", *_MADE))
    return figures[made["_row"]].with_columns(made.get_columns()[1:])


def _denominators(place: int, claims: pl.DataFrame, same_source: bool) -> pl.LazyFrame:
    """What may stand below the line; `_of` is the source whose figures alone it divides, null for any."""
    return claims.lazy().filter(pl.col("low") > 0).select(
        "ref_area", pl.col("unit_measure").alias("_unit"), pl.col("year").alias("denominator_year"),
        pl.col("value").alias("denominator"), pl.col("low").alias("_low"), pl.col("high").alias("_high"),
        pl.col("figure_id").alias("denominator_figure_id"),
        pl.col("publisher").alias("denominator_publisher"), pl.lit(place).alias("_term"),
        (pl.col("source") if same_source else pl.lit(None, pl.String)).alias("_of"),
    )  # fmt: skip


def _same_unit() -> pl.Expr:
    """Money by money of one currency, jobs by jobs; anything else by persons."""
    return (pl.col("unit_measure") == pl.col("_unit")) | (pl.col("_unit") == "PS")


def _right_year() -> pl.Expr:
    """The figure's own year; where that is not stated, any in reach."""
    return (pl.col("period_basis") == "publication") | (pl.col("denominator_year") == pl.col("year"))


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
