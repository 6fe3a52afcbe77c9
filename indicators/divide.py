"""Each figure divided by the first denominator of its definition that fits it."""

from collections.abc import Sequence

import polars as pl

from indicators.concepts.indicator import Term
from indicators.convert import USD, Money, convert
from indicators.formulas import MISMATCH, ratio

THROUGH_DOLLARS = "no GDP in this currency for the year: the figure was converted to US dollars first"


def divided(
    figures: pl.DataFrame,
    denominators: Sequence[tuple[Term, pl.DataFrame]],
    rates: pl.DataFrame,
    times: float,
) -> tuple[pl.DataFrame, str | None]:
    """Divide figures by the first denominator they find.

    A figure in money that finds none in its own currency is brought into dollars at the rate of its
    year and divided by the figure in dollars; not where the two GDP columns of that year are of two
    vintages (formulas.MISMATCH), for their ratio is no rate.

    Args:
        figures: claims with value, low and high, as formulas.ratio takes them.
        denominators: terms in the order in which they are tried, each with its figures.
        rates: observations of exchange_rate.
        times: 100 for per cent, 1 for per head.

    Returns:
        The ratios, and a sentence on the figures that found no denominator, or None.
    """
    done: list[pl.DataFrame] = []
    left = figures.filter(pl.col("low").is_not_null())
    any_source = [parts for term, parts in denominators if not term.same_source]
    for term, parts in denominators:
        if left.height or not done:
            found = ratio(left, parts, same_source=term.same_source, times=times)
            done.append(found)
            left = left.join(found, on="figure_id", how="anti", maintain_order="left")
    for parts in any_source if left["unit_measure"].is_in(rates["unit_measure"].implode()).any() else ():
        found = _through_dollars(left, parts, rates, times)
        done.append(found)
        left = left.join(found, on="figure_id", how="anti", maintain_order="left")
    return pl.concat(done, how="diagonal"), _said(left)


def _through_dollars(
    left: pl.DataFrame, parts: pl.DataFrame, rates: pl.DataFrame, times: float
) -> pl.DataFrame:
    strange = left.filter((pl.col("unit_measure") != USD) & (pl.col("freq") == "A"))
    mixed = pl.col("obs_comment").fill_null("").str.contains(MISMATCH, literal=True)
    dollars = parts.filter((pl.col("unit_measure") == USD) & ~mixed)
    if strange.is_empty() or dollars.is_empty():
        return ratio(left.clear(), parts, same_source=False, times=times)
    rated = convert(
        strange.with_columns(pl.lit(THROUGH_DOLLARS).alias("note")), rates, rates.clear(), Money(USD)
    )
    return ratio(rated.filter(pl.col("low").is_not_null()), dollars, same_source=False, times=times)


def _said(left: pl.DataFrame) -> str | None:
    if left.is_empty():
        return None
    cells = (
        left.filter("is_headline").select("ref_area", "time_period").unique().sort("ref_area", "time_period")
    )
    if cells.is_empty():
        return None
    named = [f"{area} {period}" for area, period in cells.head(12).iter_rows()]
    more = f" and {cells.height - 12} more" if cells.height > 12 else ""
    return f"without a denominator of their year, and so not shown: {', '.join(named)}{more}"
