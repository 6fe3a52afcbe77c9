"""A number that a workbook keeps as 0.05 and shows as 5 %: its unit and its power of ten must say so."""

import polars as pl

from etl.draft import Draft
from etl.errors import Kind

STORED = "_stored"
"""Column of a draft: whether the number is kept as a hundredth of what the workbook shows."""
IN_HUNDREDTHS = ("PT", "PT_GDP", "PP", "IX")
"""Units in which 0.05 that is shown as 5 % is 5: their power of ten is 2."""
FRACTIONS = ("RATIO", "TIMES")
"""Units in which it is 0.05."""
_PERCENT = "2"


def refuse_fractions(figures: Draft) -> Draft:
    """Faults for numbers shown in per cent whose unit is no share, or that stay 0.05 instead of 5."""
    if STORED not in figures.frame.columns:
        return figures
    unit, power = pl.col("unit_measure"), pl.col("unit_mult").cast(pl.String)
    right = unit.is_in(FRACTIONS) | (unit.is_in(IN_HUNDREDTHS) & (power == _PERCENT))
    number = pl.col("value").cast(pl.Float64, strict=False).is_not_null()
    odd = figures.frame.filter(pl.col(STORED) & number & ~right.fill_null(value=True))
    expected = "a number that the workbook shows in per cent: expected the unit PT and the power of ten 2"
    fix = "Say so of its label (--each 'DIMENSION:LABEL=unit_measure:PT,unit_mult:2') or in source.yaml."
    return figures.noting(
        figures.fault(Kind.BAD_VALUE, row, None, f"{row['unit_measure']} times 10^{row['unit_mult']}",
                      expected, fix)
        for row in odd.select("file", "row", "unit_measure", "unit_mult").to_dicts()
    )  # fmt: skip
