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
    stated = figures.filter(pl.col("low").is_not_null())
    terms = [(parts, term.same_source) for term, parts in denominators]
    found = ratio(stated, terms, times=times)
    left = _without(stated, found)
    if left.is_empty():
        return found, None
    in_dollars = pl.col("unit_measure") == USD
    pure = in_dollars & ~pl.col("obs_comment").fill_null("").str.contains(MISMATCH, literal=True)
    dollars = [(parts.filter(pure), False) for parts, same_source in terms if not same_source]
    areas = [area for parts, _ in dollars for area in parts["ref_area"].unique()]
    strange = left.filter(~in_dollars & (pl.col("freq") == "A") & pl.col("ref_area").is_in(areas))
    if strange.is_empty():
        return found, _said(left)
    rated = convert(
        strange.with_columns(pl.lit(THROUGH_DOLLARS).alias("note")), rates, rates.clear(), Money(USD)
    )
    through = ratio(rated.filter(pl.col("low").is_not_null()), dollars, times=times)
    return pl.concat([found, through], how="diagonal"), _said(_without(left, through))


def _without(figures: pl.DataFrame, done: pl.DataFrame) -> pl.DataFrame:
    return figures.filter(~pl.col("figure_id").is_in(done["figure_id"].implode()))


def _said(left: pl.DataFrame) -> str | None:
    cells = sorted(set(left.filter("is_headline").select("ref_area", "time_period").iter_rows()))
    if not cells:
        return None
    named = [f"{area} {period}" for area, period in cells[:12]]
    more = f" and {len(cells) - 12} more" if len(cells) > 12 else ""
    return f"without a denominator of their year, and so not shown: {', '.join(named)}{more}"
