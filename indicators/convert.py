"""Currency and prices: figures of one money in another, at the average rate of their own year.

Rates and deflators are observations with a source of their own (measures `exchange_rate`, units for
one US dollar, and `gdp_deflator`); the ones used stay in the row. A year without a rate gives no
converted value, never the rate of another year.

A redenominated currency is first brought to the currency that followed it, by the fixed ratio of
currency_version.csv, never by a rate: 10,000 BYR of 2015 are 1 BYN, whatever the rate of 2015.
Constant prices deflate in the local currency and then convert at the rate of the base year, so that
no movement of an exchange rate is taken for growth (SNA 2008, chapter 15; OECD, Understanding
National Accounts, chapter 3).
"""

from dataclasses import dataclass
from functools import cache

import polars as pl

from indicators import intervals
from indicators.concepts.codelist import codelist
from indicators.plans import run

AS_REPORTED, USD, LOCAL = "as_reported", "USD", "local"
CURRENCIES = (AS_REPORTED, USD, LOCAL)
"""The choices of a short control; currencies() has them all."""
NO_RATE = "no exchange rate for this year: not converted"
NO_DEFLATOR = "no deflator for this year: not at constant prices"
NOT_ANNUAL = "the period is no calendar year: not converted"
UNSTATED_YEAR = "year not stated; the rate is that of the year of publication"
CONVERSION = (
    "reported_unit", "redenomination", "rate", "rate_figure_id", "rate_publisher",
    "rate_to", "rate_to_figure_id", "rate_to_publisher", "deflator", "deflator_figure_id",
)  # fmt: skip
"""Columns that say what was done to a figure; all null where nothing was."""

_USED = (
    "ref_area", "unit_measure", "freq", "year", "period_basis", "base_per", "value", "low", "high", "note",
)  # fmt: skip
"""The few columns that a conversion needs: the others would only be carried through every step."""


@cache
def currencies() -> tuple[str, ...]:
    """What a reader may choose: as reported, local, or any currency of unit.csv."""
    return (AS_REPORTED, LOCAL, *codelist("unit").of_kind("currency"))


@dataclass(frozen=True)
class Money:
    """What money is wanted.

    Attributes:
        currency: one of currencies().
        prices: year whose prices and rates are used for all years, or None for current ones.
    """

    currency: str = AS_REPORTED
    prices: int | None = None


def convert(
    figures: pl.DataFrame, rates: pl.DataFrame, deflators: pl.DataFrame, wanted: Money
) -> pl.DataFrame:
    """Express money figures in another currency, and at constant prices where asked.

    Args:
        figures: with ref_area, unit_measure, freq, year, period_basis, base_per, value, low, high, note.
        rates: observations of exchange_rate, one an area and year: ref_area, unit_measure, year,
            obs_value, obs_comment, figure_id, publisher.
        deflators: observations of gdp_deflator: ref_area, year, base_per, obs_value, figure_id.
        wanted: the money.

    Returns:
        The figures with value, low, high, unit_measure and base_per as wanted, and the columns
        CONVERSION: reported_unit (the currency version as reported), redenomination (units of it
        for one of its successor), rate (units for one dollar of the reported currency, or of the
        wanted one where dollars were reported), rate_to (the same of the wanted one, where both
        legs were needed), and deflator (index of the base year over that of the figure's). What
        cannot be converted has null value, low and high, its reported unit, and a note.

    Raises:
        ValueError: a currency that is none of currencies().
    """
    if wanted.currency not in currencies():
        raise ValueError(f"{wanted.currency!r} is no currency; there is {', '.join(currencies())}")
    used = figures.lazy().select(_USED)
    if wanted.prices is None and wanted.currency != LOCAL:  # what is local is seen of all years
        rates = rates.filter(pl.col("year").is_in(figures["year"].unique().implode()))
    made = _converted(used, _rate_table(rates).lazy(), deflators.lazy(), wanted)
    return figures.with_columns(run(made))


def _converted(
    figures: pl.LazyFrame, table: pl.LazyFrame, deflators: pl.LazyFrame, wanted: Money
) -> pl.LazyFrame:
    figures = figures.with_columns(pl.col("unit_measure").alias("reported_unit"))
    if wanted.prices is None:
        nothing = (
            pl.lit(None, pl.Float64).alias("deflator"),
            pl.lit(None, pl.String).alias("deflator_figure_id"),
        )
        return _exchange(figures, table, wanted.currency, pl.col("year")).with_columns(nothing)
    local = _brought_home(_exchange(figures, table, LOCAL, pl.col("year")))
    real = _deflated(local, deflators, wanted.prices)
    return _exchange(real, table, wanted.currency, pl.lit(wanted.prices, pl.Int32))


def _rate_table(rates: pl.DataFrame) -> pl.DataFrame:
    """currency, year, area → units for one dollar, from where; the plainest row of a currency first."""
    table = (
        rates.lazy()
        .filter(pl.col("obs_value").is_not_null())
        .sort(pl.col("obs_comment").is_not_null(), "ref_area", "year", "figure_id")
        .select(
            pl.col("unit_measure").alias("_currency"), pl.col("year").alias("_year"), "ref_area",
            pl.col("obs_value").cast(pl.Float64).alias("_rate"),
            pl.col("figure_id").alias("_id"), pl.col("publisher").alias("_publisher"),
        )
        .unique(["ref_area", "_currency", "_year"], keep="first", maintain_order=True)
    )  # fmt: skip
    return run(table)


def _exchange(figures: pl.LazyFrame, table: pl.LazyFrame, to: str, year: pl.Expr) -> pl.LazyFrame:
    """One conversion of every figure, at the rates of `year`."""
    if to == LOCAL:
        own = table.group_by("ref_area", maintain_order=True).agg(pl.col("_currency").last().alias("_own"))
        figures = figures.join(own, on="ref_area", how="left", maintain_order="left")
    wanted = {AS_REPORTED: pl.col("reported_unit"), LOCAL: pl.col("_own")}.get(to, pl.lit(to))
    work = figures.with_columns(wanted.alias("_to"), year.cast(pl.Int32).alias("_year"))
    work = _current(_current(work, "unit_measure", "_from"), "_to", "_into")
    work = _leg(_leg(work, table, "_from", "1"), table, None if to == USD else "_into", "2")
    same = (pl.col("_from") == pl.col("_into")).fill_null(False)
    crossed = pl.when(pl.col("freq") == "A").then(pl.col("_rate_2") / pl.col("_rate_1"))
    rate = pl.when(same).then(pl.lit(1.0)).otherwise(crossed)
    factor = rate * pl.col("_into_units") / pl.col("_from_units")
    return _applied(work.with_columns(factor.alias("_factor"), same.alias("_same")))


def _current(work: pl.LazyFrame, column: str, name: str) -> pl.LazyFrame:
    """Add `name`, the currency that holds now for the one in `column`, and how many units make one of it."""
    former, now, units = _versions()
    return work.with_columns(
        pl.col(column).replace(former, now).alias(name),
        pl.col(column)
        .replace_strict(former, units, default=1.0, return_dtype=pl.Float64)
        .alias(f"{name}_units"),
    )


@cache
def _versions() -> tuple[pl.Series, pl.Series, pl.Series]:
    """The currencies that have a successor, what holds now, and how many units make one of it."""
    rows = [(code, *successor(code)) for code in codelist("currency_version")]
    former, now, units = zip(*rows, strict=True)
    return pl.Series(former), pl.Series(now), pl.Series(units, dtype=pl.Float64)


def successor(code: str) -> tuple[str, float]:
    """The last currency in the line of `code`, and how many units of `code` make one of it."""
    units = 1.0
    while code in (versions := codelist("currency_version")):
        units *= float(versions[code]["units_per_successor"])
        code = versions[code]["successor"]
    return code, units


def _leg(work: pl.LazyFrame, table: pl.LazyFrame, currency: str | None, leg: str) -> pl.LazyFrame:
    """Join the rate of a currency and year: the area's own where it has one, else the plainest.

    Args:
        work: the figures.
        table: of _rate_table.
        currency: the column that names the currency; None where each is the dollar.
        leg: what the columns that are added end with.
    """
    names = {column: f"{column}_{leg}" for column in _LEG}
    if currency is None:
        nothing = [pl.lit(None, pl.String).alias(names[column]) for column in _LEG[1:]]
        return work.with_columns(pl.lit(1.0).alias(names["_rate"]), *nothing)
    area = table.rename({"_currency": currency} | names)
    other = area.unique([currency, "_year"], keep="first", maintain_order=True).drop("ref_area")
    joined = work.join(area, on=["ref_area", currency, "_year"], how="left", maintain_order="left")
    joined = joined.join(other, on=[currency, "_year"], how="left", suffix="_other", maintain_order="left")
    dollar = pl.col(currency) == USD
    found = {n: pl.coalesce(n, f"{n}_other") for n in names.values()}
    return joined.with_columns(
        pl.when(dollar).then(pl.lit(1.0) if c == "_rate" else pl.lit(None)).otherwise(found[n]).alias(n)
        for c, n in names.items()
    )


def _applied(work: pl.LazyFrame) -> pl.LazyFrame:
    done = pl.col("_factor").is_not_null()
    used = done & ~pl.col("_same")
    reason = pl.when(pl.col("freq") == "A").then(pl.lit(NO_RATE)).otherwise(pl.lit(NOT_ANNUAL))
    said = (
        pl.when(~done & pl.col("low").is_not_null())
        .then(reason)
        .when(used & (pl.col("period_basis") == "publication"))
        .then(pl.lit(UNSTATED_YEAR))
    )
    low, high = intervals.scaled(intervals.of(), pl.col("_factor"))
    first, second = used & (pl.col("_from") != USD), used & (pl.col("_into") != USD)
    redenominated = pl.col("_from_units") / pl.col("_into_units")
    return work.with_columns(
        (pl.col("value") * pl.col("_factor")).alias("value"),
        low.alias("low"),
        high.alias("high"),
        pl.when(done).then("_to").otherwise("unit_measure").alias("unit_measure"),
        pl.when(done & (redenominated != 1)).then(redenominated).alias("redenomination"),
        *[
            pl.when(first).then(f"{c}_1").when(second).then(f"{c}_2").alias(name)
            for name, c in zip(_FIRST_LEG, _LEG, strict=True)
        ],
        *[
            pl.when(first & second).then(f"{c}_2").alias(name)
            for name, c in zip(_SECOND_LEG, _LEG, strict=True)
        ],
        _with_note(said),
    ).drop(pl.selectors.starts_with("_"))


def _with_note(said: pl.Expr) -> pl.Expr:
    """The column `note` with a sentence more; null where there is none."""
    note = pl.concat_str("note", said, separator="; ", ignore_nulls=True)
    return pl.when(note != "").then(note).alias("note")


_LEG = ("_rate", "_id", "_publisher")
_FIRST_LEG = ("rate", "rate_figure_id", "rate_publisher")
_SECOND_LEG = ("rate_to", "rate_to_figure_id", "rate_to_publisher")


def _brought_home(local: pl.LazyFrame) -> pl.LazyFrame:
    """Say in the note at what rate a figure came into the local currency before it was deflated."""
    way = pl.format("brought into {} at {} ({}) before deflating", "unit_measure", "rate", "rate_figure_id")
    return local.with_columns(_with_note(way))


def _deflated(local: pl.LazyFrame, deflators: pl.LazyFrame, base: int) -> pl.LazyFrame:
    """Figures in local currency at the prices of `base`: value × index(base) ÷ index(year)."""
    table = deflators.filter(pl.col("obs_value") > 0).select(
        "ref_area", "year", pl.col("base_per").alias("_of"), pl.col("figure_id").alias("_figure"),
        pl.col("obs_value").cast(pl.Float64).alias("_index"),
    )  # fmt: skip
    of_base = table.filter(pl.col("year") == base).select("ref_area", "_of", pl.col("_index").alias("_base"))
    ratio = (pl.col("_base") / pl.col("_index")).alias("_ratio")
    pairs = table.join(of_base, on=["ref_area", "_of"]).select("ref_area", "year", ratio, "_figure")
    pairs = pairs.unique(["ref_area", "year"], keep="first", maintain_order=True)
    work = local.join(pairs, on=["ref_area", "year"], how="left", maintain_order="left")
    able = (pl.col("freq") == "A") & pl.col("base_per").is_null()
    factor = pl.when(able).then("_ratio")
    low, high = intervals.scaled(intervals.of(), factor)
    failed = factor.is_null() & pl.col("low").is_not_null()
    return work.with_columns(
        (pl.col("value") * factor).alias("value"),
        low.alias("low"),
        high.alias("high"),
        factor.alias("deflator"),
        pl.when(factor.is_not_null()).then("_figure").alias("deflator_figure_id"),
        pl.when(factor.is_not_null()).then(pl.lit(str(base))).otherwise("base_per").alias("base_per"),
        _with_note(pl.when(failed).then(pl.lit(NO_DEFLATOR))),
    ).drop("_ratio", "_figure")
