"""The only power of ten in the repository.

Printed figures carry a multiplier (SDMX UNIT_MULT: 3 for thousands, 6 for millions); after this
step every amount stands in base units and the multiplier is 0 everywhere.
"""

from decimal import Context, Decimal

import polars as pl

from indicators.concepts.observation import AMOUNT

EXACT = Context(prec=100)
"""More digits than any amount has: the 28 of the default context would round without a word."""


def to_base(coefficient: Decimal, unit_mult: int) -> Decimal:
    """`coefficient` × 10^`unit_mult`, exactly."""
    return EXACT.scaleb(coefficient, unit_mult)


def as_float(amounts: pl.Expr) -> pl.Expr:
    """Exact amounts as floats, to a part in 10^15: for comparing, and many times as quick as a cast."""
    return amounts.to_physical().cast(pl.Float64) / float(to_base(Decimal(1), AMOUNT.scale))


def in_base(texts: pl.Expr, unit_mult: int) -> pl.Expr:
    """Machine-written numbers as texts in base units, "57.1" in millions as "57.1e6"; for a cast."""
    return pl.concat_str(texts, pl.lit(f"e{unit_mult}")) if unit_mult else texts
