"""Digits: how far a number is rounded before it is written, and by which power of ten it is made short."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from indicators.concepts.codelist import codelist

POWERS = (12, 9, 6, 3)
_LEAST = tuple((power, Decimal(10) ** power) for power in POWERS)
SPELT_FROM = Decimal(10_000)
"""Below this a number is written out: 1,234 films, not 1.2 thousand."""
SIGNIFICANT = 4


def exact(value: float) -> Decimal:
    """The decimal that a float is written as: 0.1, and not the binary fraction beside it."""
    return Decimal(repr(float(value)))


def outward(part: Decimal, digits: int, *, down: bool) -> tuple[Decimal, int]:
    """A bound rounded away from what it bounds: over 0.686 is over 0.68, and not over 0.7.

    Args:
        part: the bound, in the scale in which it is written.
        digits: after the point.
        down: whether it is a lower bound.

    Returns:
        The rounded bound, and the digits with which it is written: as many as asked, or one or two
        more where rounding would move it by over two per cent.
    """
    rounding = ROUND_FLOOR if down else ROUND_CEILING
    for more in range(3):
        cut = part.quantize(Decimal(1).scaleb(-digits - more), rounding) if part else part
        if abs(cut - part) <= abs(part) / 50:
            break
    return cut, digits + more


def outward_amount(
    value: float, unit: str, decimals: int | None, *, down: bool
) -> tuple[float, str, int | None]:
    """A bound, its unit, and the decimals with which it is written, as `outward` has it."""
    whole = exact(value)
    power = power_of(whole)
    fixed = fixed_digits(whole, unit, decimals)
    part = whole.scaleb(-power)
    digits = max(SIGNIFICANT - 1 - part.adjusted(), 0) if fixed is None else fixed
    cut, digits = outward(part, digits, down=down)
    return float(cut.scaleb(power)), unit, None if fixed is None else digits


def power_of(value: Decimal) -> int:
    """The power of ten by which a value is made short; 0 where it is written in full."""
    if abs(value) < SPELT_FROM:
        return 0
    return next(power for power, least in _LEAST if abs(value) >= least)


def fixed_digits(value: Decimal, unit: str, decimals: int | None) -> int | None:
    """The digits after the point of money and shares, none beside thousands; None for other units."""
    if decimals is None or codelist("unit")[unit]["kind"] not in ("currency", "share"):
        return None
    return 0 if 1000 <= abs(value) < SPELT_FROM else decimals


def shown(part: Decimal, fixed: int | None) -> Decimal:
    """A number as it is written: with so many digits after the point, or to four in all."""
    return rounded(part) if fixed is None else round(part, fixed)


def rounded(value: Decimal, at_least: int = 0) -> Decimal:
    """To four digits in all, never less than `at_least` places after the point."""
    return round(value, max(at_least, SIGNIFICANT - 1 - value.adjusted())) if value else value
