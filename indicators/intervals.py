"""Arithmetic on [low, high], as Polars expressions; ends may be open (±inf), null is unknown.

Written for figures whose denominators are known and positive; where a divisor's interval reaches
zero, nothing is known of the quotient, and both ends are null.
"""

import polars as pl


def times(low: pl.Expr, high: pl.Expr, factor: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """[low, high] × factor, for a factor known exactly; a negative factor turns the ends round."""
    turned = factor < 0
    return (
        pl.when(turned).then(_product(high, factor)).otherwise(_product(low, factor)),
        pl.when(turned).then(_product(low, factor)).otherwise(_product(high, factor)),
    )


def _product(end: pl.Expr, factor: pl.Expr) -> pl.Expr:
    """An end times a factor, where an open end times nothing is nothing."""
    return pl.when((factor == 0) & end.is_not_null()).then(0.0).otherwise(end * factor)


def divided_by(low: pl.Expr, high: pl.Expr, by_low: pl.Expr, by_high: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """[low, high] ÷ [by_low, by_high] for a divisor above zero; null where it reaches zero."""
    known = by_low > 0
    lower = pl.when(low >= 0).then(_quotient(low, by_high)).otherwise(_quotient(low, by_low))
    upper = pl.when(high >= 0).then(_quotient(high, by_low)).otherwise(_quotient(high, by_high))
    return pl.when(known).then(lower), pl.when(known).then(upper)


def _quotient(end: pl.Expr, by: pl.Expr) -> pl.Expr:
    """A finite end over an open divisor is as near to nothing as one likes; two open ends stay open."""
    both = end.is_infinite() & by.is_infinite()
    return pl.when(both).then(pl.when(end > 0).then(0.0).otherwise(0.0)).otherwise(end / by)
