"""Currency: figures of one currency in another, at the average rate of their own year.

Rates are observations of the measure `exchange_rate` (units for one US dollar) with a source of
their own; the rate used stays in the row. A year without a rate gives no converted value, never
the rate of another year.
"""

import polars as pl

from indicators import intervals

AS_REPORTED, USD, LOCAL = "as_reported", "USD", "local"
CURRENCIES = (AS_REPORTED, USD, LOCAL)
NO_RATE = "no exchange rate for this year: not converted"


def convert(figures: pl.DataFrame, rates: pl.DataFrame, to: str) -> pl.DataFrame:
    """Express money figures in US dollars or in the local currency.

    Args:
        figures: with ref_area, unit_measure, freq, year, value, low, high, note.
        rates: observations of exchange_rate: ref_area, unit_measure, year, obs_value, figure_id,
            publisher; the currency of an area is the one of its rates.
        to: one of CURRENCIES; as_reported leaves every figure in its own currency.

    Returns:
        The figures with value, low, high and unit_measure converted, and rate (units for one
        dollar), rate_figure_id, rate_publisher; all null where nothing was converted. A figure that
        has no rate, or whose period is no calendar year, has null value, low and high, and a note.

    Raises:
        ValueError: `to` is none of CURRENCIES.
    """
    if to not in CURRENCIES:
        raise ValueError(f"{to!r} is no currency choice; there is {', '.join(CURRENCIES)}")
    table = rates.filter(pl.col("obs_value").is_not_null()).select(
        "ref_area", "year", pl.col("unit_measure").alias("_local"),
        pl.col("obs_value").cast(pl.Float64).alias("rate"),
        pl.col("figure_id").alias("rate_figure_id"), pl.col("publisher").alias("rate_publisher"),
    )  # fmt: skip
    own = table.group_by("ref_area").agg(pl.col("_local").first().alias("_own"))
    joined = figures.join(table.drop("_local"), on=["ref_area", "year"], how="left").join(
        own, on="ref_area", how="left"
    )
    target = {AS_REPORTED: pl.col("unit_measure"), USD: pl.lit(USD), LOCAL: pl.col("_own")}[to]
    joined = joined.with_columns(target.alias("_to"))
    needed = pl.col("unit_measure") != pl.col("_to")
    into_dollars = (pl.col("unit_measure") == pl.col("_own")) & (pl.col("_to") == USD)
    into_local = (pl.col("unit_measure") == USD) & (pl.col("_to") == pl.col("_own"))
    annual = pl.col("freq") == "A"
    factor = pl.when(annual & into_dollars).then(1 / pl.col("rate")).when(annual & into_local).then("rate")
    return _applied(joined, needed.fill_null(True), factor)


def _applied(joined: pl.DataFrame, needed: pl.Expr, factor: pl.Expr) -> pl.DataFrame:
    joined = joined.with_columns(needed.alias("_needed"), factor.alias("_factor"))
    low, high = intervals.times(pl.col("low"), pl.col("high"), pl.col("_factor"))
    done = pl.col("_needed")
    failed = done & pl.col("_factor").is_null() & pl.col("low").is_not_null()
    said = pl.concat_str([pl.col("note"), pl.lit(NO_RATE)], separator="; ", ignore_nulls=True)
    kept = done & pl.col("_factor").is_not_null()
    return joined.with_columns(
        pl.when(done).then(pl.col("value") * pl.col("_factor")).otherwise("value").alias("value"),
        pl.when(done).then(low).otherwise("low").alias("low"),
        pl.when(done).then(high).otherwise("high").alias("high"),
        pl.when(kept).then("_to").otherwise("unit_measure").alias("unit_measure"),
        *[pl.when(kept).then(c).alias(c) for c in ("rate", "rate_figure_id", "rate_publisher")],
        pl.when(failed).then(said).otherwise("note").alias("note"),
    ).drop("_own", "_to", "_needed", "_factor")
