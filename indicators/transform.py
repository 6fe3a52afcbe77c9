"""What is made of a series of headlines: growth, index, compound growth, contribution, rank.

A period is compared with the same period of another year (July to June with July to June, never
with a calendar year), in the same unit and at the same prices. A figure whose year nobody states is
compared with nothing, and neither is one after a break in its series. Two publishers may stand on
the two sides of a comparison; then the note says so. Nothing is divided by a missing year: where
the year before is not there, there is no growth.
"""

from collections.abc import Callable
from math import inf

import polars as pl

from indicators import intervals
from indicators.concepts.codelist import codelist
from indicators.intervals import Interval

LEVEL, GROWTH, INDEX, ANNUAL_GROWTH, CONTRIBUTION, RANK = (
    "level", "growth", "index", "annual_growth", "contribution", "rank",
)  # fmt: skip
TRANSFORMS = (LEVEL, GROWTH, INDEX, ANNUAL_GROWTH, CONTRIBUTION, RANK)
BASED = (INDEX, ANNUAL_GROWTH)
"""Transforms that compare with a base year."""

COMPARED = ("compared_figure_id", "compared_period", "compared_publisher", "compared_low", "compared_high")
BREAK = "the series breaks in between: the two years are not comparable"
OPEN_BOTH = "both figures are open: nothing can be said of their ratio"
SERIES = ["measure", "ref_area", "region", "counterpart_area", "sector", "sex", "unit_measure", "base_per"]
UNIT = {GROWTH: "PT", ANNUAL_GROWTH: "PT", INDEX: "IX", CONTRIBUTION: "PP", RANK: "RANK"}
_BROKEN = "B"
_DOUBTFUL = ("U",)


def transformed(
    figures: pl.DataFrame, transform: str, base: int | None, totals: pl.DataFrame
) -> pl.DataFrame:
    """Headlines → the figures of one transform.

    Args:
        figures: headlines, one a cell: the columns of Answer.frame.
        transform: one of TRANSFORMS but level.
        base: for BASED: the year compared with; None = each series' first.
        totals: for contribution: headlines of the totals, columns of `figures`.

    Returns:
        The figures that can be compared, with value, low, high, hedge and unit_measure of the
        transform, and COMPARED: the figure compared with, its period, publisher and interval.
    """
    usable = figures.filter(
        pl.col("low").is_not_null()
        & (pl.col("period_basis") != "publication")
        & ~pl.col("obs_status").is_in(_DOUBTFUL)
    )
    if transform == RANK:
        return _ranked(usable)
    usable = _segmented(usable)
    if transform in BASED:
        pairs = _with_base(usable, base)
        formula = _indexed if transform == INDEX else _compounded
    elif transform == CONTRIBUTION:
        pairs, formula = _with_total(_with_year_before(usable, usable), totals), _contributed
    else:
        pairs, formula = _with_year_before(usable, usable), _grown
    return _said(pairs, formula, UNIT[transform])


def _segmented(figures: pl.DataFrame) -> pl.DataFrame:
    """Number the stretches of each series between its breaks."""
    broken = (pl.col("obs_status") == _BROKEN).cast(pl.Int32)
    segment = broken.cum_sum().over([*SERIES, "freq"], order_by="period_start").alias("_segment")
    return figures.sort("period_start", "figure_id").with_columns(segment)


def _with_year_before(figures: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Each figure beside the one of the same series a year before; those without one are left out."""
    before = others.select(
        *SERIES, "freq", _months().alias("_months"),
        pl.col("period_start").dt.offset_by("1y").alias("_start"), *_as_compared(),
    )  # fmt: skip
    pairs = figures.with_columns(_months().alias("_months")).join(
        before, left_on=[*SERIES, "freq", "_months", "period_start"],
        right_on=[*SERIES, "freq", "_months", "_start"], how="inner", nulls_equal=True, maintain_order="left",
    )  # fmt: skip
    return pairs.with_columns(pl.lit(1.0).alias("_years"))


def _with_base(figures: pl.DataFrame, base: int | None) -> pl.DataFrame:
    """Each figure beside the one of the base year of its series."""
    keys = [*SERIES, "freq", "_months", "_day"]
    dated = figures.with_columns(
        _months().alias("_months"),
        (pl.col("period_start").dt.month() * 100 + pl.col("period_start").dt.day()).alias("_day"),
    ).sort("period_start", "figure_id")
    chosen = dated if base is None else dated.filter(pl.col("year") == base)
    first = chosen.select(*keys, pl.col("year").alias("_base"), *_as_compared())
    first = first.unique(keys, keep="first", maintain_order=True)
    pairs = dated.join(first, on=keys, how="inner", nulls_equal=True, maintain_order="left")
    return pairs.with_columns((pl.col("year") - pl.col("_base")).cast(pl.Float64).alias("_years"))


def _with_total(pairs: pl.DataFrame, totals: pl.DataFrame) -> pl.DataFrame:
    """Each pair beside the total of the earlier of its years, as the same source stated it."""
    keys = ["source", "ref_area", "sex", "unit_measure", "base_per", "_period"]
    total = totals.filter(pl.col("low") > 0).select(
        *keys[:-1], pl.col("time_period").alias("_period"),
        pl.col("low").alias("_total_low"), pl.col("high").alias("_total_high"),
    )  # fmt: skip
    return pairs.with_columns(pl.col("compared_period").alias("_period")).join(
        total.unique(keys, keep="first", maintain_order=True),
        on=keys, how="inner", nulls_equal=True, maintain_order="left",
    )  # fmt: skip


def _months() -> pl.Expr:
    start, end = pl.col("period_start"), pl.col("period_end")
    return (end.dt.year() - start.dt.year()) * 12 + end.dt.month() - start.dt.month() + 1


def _as_compared() -> list[pl.Expr]:
    return [
        pl.col("figure_id").alias("compared_figure_id"),
        pl.col("time_period").alias("compared_period"),
        pl.col("publisher").alias("compared_publisher"),
        pl.col("low").alias("compared_low"),
        pl.col("high").alias("compared_high"),
        pl.col("value").alias("_value"),
        pl.col("hedge").alias("_hedge"),
        pl.col("_segment").alias("_segment_before"),
    ]


_BEFORE, _NOW = Interval(pl.col("compared_low"), pl.col("compared_high")), intervals.of()


def _grown(before: Interval, now: Interval) -> Interval:
    return intervals.growth(before, now)


def _indexed(before: Interval, now: Interval) -> Interval:
    return intervals.index(before, now)


def _compounded(before: Interval, now: Interval) -> Interval:
    return intervals.annual_growth(before, now, pl.col("_years"))


def _contributed(before: Interval, now: Interval) -> Interval:
    total = Interval(pl.col("_total_low"), pl.col("_total_high"))
    return intervals.scaled(intervals.over(intervals.minus(now, before), total), 100.0)


def _said(pairs: pl.DataFrame, formula: Callable[[Interval, Interval], Interval], unit: str) -> pl.DataFrame:
    """The pairs with the interval of the formula, and a value only where both figures allow one.

    Where one figure is hedged the stated numbers give the value and the hedge follows it, turned
    round where it stood on the earlier figure. Where both are, an end of the interval is the value
    if the stated numbers meet it; else there is none: no point is made of two open statements.
    """
    ends = formula(_BEFORE, _NOW)
    stated_before = Interval(pl.col("_value"), pl.col("_value"))
    stated = formula(stated_before, Interval(pl.col("value"), pl.col("value"))).low
    open_ended = ends.low.is_infinite() & ends.high.is_infinite()
    nothing = open_ended | ((ends.low <= -100) & (ends.high == inf)) if unit != "IX" else open_ended
    broken = pl.col("_segment") != pl.col("_segment_before")
    done = pairs.with_columns(
        pl.when(~(nothing | broken)).then(ends.low).alias("low"),
        pl.when(~(nothing | broken)).then(ends.high).alias("high"),
        pl.when(~(nothing | broken)).then(stated).alias("value"),
        pl.lit(unit).alias("unit_measure"),
        _noted(nothing, broken).alias("note"),
    )
    hedge = intervals.hedge(_NOW, pl.col("value"))
    at_end = (pl.col("value") == pl.col("low")) | (pl.col("value") == pl.col("high"))
    kept = (pl.col("hedge") == "exact") | (pl.col("_hedge") == "exact") | at_end
    value = pl.when(kept & (hedge != "between")).then("value")
    return done.with_columns(value.alias("value"), hedge.alias("hedge")).drop(pl.selectors.starts_with("_"))


def _noted(nothing: pl.Expr, broken: pl.Expr) -> pl.Expr:
    other = pl.col("publisher") != pl.col("compared_publisher")
    two = pl.format(
        "two publishers are compared: {} and, for {}, {}",
        "publisher",
        "compared_period",
        "compared_publisher",
    )
    said = pl.concat_str(
        "note",
        pl.when(broken).then(pl.lit(BREAK)),
        pl.when(nothing & ~broken).then(pl.lit(OPEN_BOTH)),
        pl.when(other).then(two),
        separator="; ", ignore_nulls=True,
    )  # fmt: skip
    return pl.when(said != "").then(said)


def _ranked(figures: pl.DataFrame) -> pl.DataFrame:
    """Place among the countries of the answer in the same period and unit; 1 is the largest.

    Intervals give a best and a worst place: those surely above decide the best, those possibly
    above the worst (standard competition ranking, 1224). Groups are not ranked beside countries.
    """
    countries = codelist("area").of_kind("country")
    keys = ["measure", "sector", "sex", "counterpart_area", "time_period", "unit_measure", "base_per"]
    rivals = figures.filter(pl.col("ref_area").is_in(countries))
    others = rivals.select(
        *keys,
        pl.col("ref_area").alias("_other"),
        pl.col("low").alias("_low"),
        pl.col("high").alias("_high"),
    )
    pairs = rivals.join(others, on=keys, how="inner", nulls_equal=True, maintain_order="left")
    another = pl.col("_other") != pl.col("ref_area")
    surely = another & (pl.col("_low") > pl.col("high"))
    perhaps = another & (pl.col("_high") > pl.col("low"))
    places = pairs.group_by("figure_id", maintain_order=True).agg(
        (surely.sum() + 1).cast(pl.Float64).alias("_best"),
        (perhaps.sum() + 1).cast(pl.Float64).alias("_worst"),
        pl.len().alias("_of"),
    )
    sure = pl.col("_best") == pl.col("_worst")
    return (
        rivals.join(places, on="figure_id", how="left", maintain_order="left")
        .with_columns(
            pl.when(sure).then("_best").alias("value"),
            pl.col("_best").alias("low"),
            pl.col("_worst").alias("high"),
            pl.when(sure).then(pl.lit("exact")).otherwise(pl.lit("between")).alias("hedge"),
            pl.lit(UNIT[RANK]).alias("unit_measure"),
            pl.format("among {} countries", "_of").alias("note"),
        )
        .drop("_best", "_worst", "_of")
    )


def carried(figures: pl.DataFrame, years: int, until: int) -> pl.DataFrame:
    """Add, for each year without a headline, the newest earlier one of its series, and say its year.

    Args:
        figures: headlines, columns of Answer.frame.
        years: how old a figure may be to stand for a later year; 0 = nothing is carried.
        until: last year to fill.

    Returns:
        The figures, and the carried ones with their own time_period, the year they stand for, and
        carried_from, the year they are of (null for figures of their own year).
    """
    typed = figures.with_columns(pl.lit(None, pl.Int32).alias("carried_from"))
    if not years:
        return typed
    able = typed.filter(
        pl.col("low").is_not_null() & (pl.col("freq") == "A") & (pl.col("period_basis") != "publication")
    )
    taken = able.select(*SERIES, "year").unique()
    later = pl.concat(
        able.with_columns((pl.col("year") + n).alias("year"), pl.col("year").alias("carried_from"))
        for n in range(1, years + 1)
    ).filter(pl.col("year") <= until)
    fresh = later.join(taken, on=[*SERIES, "year"], how="anti", nulls_equal=True)
    newest = fresh.sort("carried_from", descending=True, maintain_order=True).unique(
        [*SERIES, "year"], keep="first", maintain_order=True
    )
    said = pl.concat_str(
        "note", pl.format("carried forward from {}", "carried_from"), separator="; ", ignore_nulls=True
    )
    return pl.concat([typed, newest.with_columns(said.alias("note"))])
