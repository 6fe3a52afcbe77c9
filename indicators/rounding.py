"""The width that printed digits imply: a figure printed 3.8 bn was between 3.75 and 3.85 bn."""

import re
from decimal import Decimal

import polars as pl

from indicators import intervals
from indicators.concepts.codelist import codelist

EXACT = "exact"


def widened(figures: pl.DataFrame) -> pl.DataFrame:
    """Widen every figure stated exactly by the part of its last printed digit that hedge.csv says.

    Args:
        figures: with obs_value (exact decimal), reported_value, reported_unit_mult, hedge, measure,
            low and high.

    Returns:
        The same with low and high moved out; never below the least that the measure can be. A missing
        figure stays missing.
    """
    part = Decimal(codelist("hedge")[EXACT]["width_in_last_digits"])
    printed = figures.select("obs_value", "reported_value", "reported_unit_mult").iter_rows()
    widths = [float(part * last_digit(v, str(text or ""), mult)) if v is not None else 0.0
              for v, text, mult in printed]  # fmt: skip
    exact = (pl.col("hedge") == EXACT) & pl.col("low").is_not_null()
    least = {c: float(row["minimum"]) for c, row in codelist("measure").rows.items() if row["minimum"]}
    floor = pl.col("measure").replace_strict(least, default=float("-inf"), return_dtype=pl.Float64)
    wide = intervals.widened(intervals.of(), pl.Series("_width", widths, pl.Float64))  # type: ignore[arg-type]
    low = pl.max_horizontal(wide.low, pl.min_horizontal("low", floor))
    return figures.with_columns(
        pl.when(exact).then(low).otherwise("low").alias("low"),
        pl.when(exact).then(wide.high).otherwise("high").alias("high"),
    )


def last_digit(value: Decimal, printed: str, unit_mult: int) -> Decimal:
    """What one unit of the last printed digit is worth, in base units.

    The number of decimals is that of the coefficient, and more where the print ends in zeros:
    "4.20 bn" is exact to 0.01 bn.

    Examples:
        >>> last_digit(Decimal("3800000000"), "3,8 млрд", 9)
        Decimal('1E+8')
        >>> last_digit(Decimal("4200000000"), "4.20 bn", 9)
        Decimal('1E+7')
        >>> last_digit(Decimal("149600"), "149,600 people", 0)
        Decimal('1')
    """
    unit = Decimal((0, (1,), unit_mult))
    coefficient = (value / unit).normalize()
    exponent = coefficient.as_tuple().exponent
    decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
    whole = str(abs(int(coefficient)))
    for found in re.finditer(r"(?<![0-9])([0-9]+)[.,]([0-9]+)(?![0-9])", printed):
        same = found[1].lstrip("0") == whole.lstrip("0") and Decimal(f"0.{found[2]}") == abs(coefficient) % 1
        if same:
            decimals = max(decimals, len(found[2]))
    return unit * Decimal((0, (1,), -decimals))
