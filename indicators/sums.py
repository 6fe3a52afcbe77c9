"""Exact sums of intervals, and what every sum of figures asks first.

A sum is exact and does not depend on the order of its parts: decimals are added as decimals, and a
float as the shortest decimal that reads back as it, so that 0.1 + 0.2 is 0.3; the result is rounded
once, at the end. Open ends stay open. The hedge of a sum is one that holds for its interval.

Additive are flows and stocks of one measure, in one unit, at one price base, over parts that do not
overlap (System of National Accounts 2008, chapter 15: values add up, chained volumes do not).
Which measure adds up over what stands in the column `adds_up_over` of measure.csv.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from math import inf, isinf, isnan
from typing import Any

import polars as pl

from indicators.concepts.codelist import codelist
from indicators.concepts.observation import OBSERVED

Row = Mapping[str, Any]
Number = float | Decimal

ONE_OF_EACH = ("measure", "unit_measure", "base_per", "freq", "sex", "kind", "basis")
"""Columns in which all the parts of a sum say the same, as far as a frame has them."""
AREA, SECTOR = "area", "sector"
"""Words of `adds_up_over`."""

_ALL_DIGITS = Context(prec=1400)
"""More digits than any sum of doubles has, so that nothing is rounded before the end."""
_SPREAD = frozenset({"about", "almost"})
_AT_LEAST, _AT_MOST = frozenset({"over", "at_least"}), frozenset({"under", "up_to"})
_WORST_FIRST = ("U", "E", "P", "V", "B", "D")


class MayNotBeAdded(ValueError):
    """Figures that do not make a sum; says every reason, and what overlaps with what."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("may not be added: " + "; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Amount:
    """A number with its interval.

    Attributes:
        value: the number, or None where only the interval is known.
        low, high: its ends; infinite = open; both None = nothing is known.
        hedge: code of hedge.csv.
    """

    value: float | None
    low: float | None
    high: float | None
    hedge: str = "exact"

    @property
    def known(self) -> bool:
        """Whether anything is known of it."""
        return self.low is not None and self.high is not None


NOTHING = Amount(None, None, None)


def amount(row: Row) -> Amount:
    """The amount in the columns value, low, high and hedge of a row."""
    return Amount(row["value"], row["low"], row["high"], row.get("hedge") or "exact")


def exact_sum(numbers: Iterable[Number]) -> float:
    """The sum, rounded once; the same in any order; an infinite term gives infinity.

    Raises:
        ValueError: a NaN, or both infinities.
    """
    terms = list(numbers)
    if any(isnan(n) for n in terms):
        raise ValueError("NaN is no number to be added; a missing figure is null")
    open_ends = {float(n) for n in terms if isinf(n)}
    if len(open_ends) > 1:
        raise ValueError("+inf and -inf have no sum")
    if open_ends:
        return open_ends.pop()
    total = Decimal(0)
    for term in terms:
        total = _ALL_DIGITS.add(total, term if isinstance(term, Decimal) else Decimal(repr(float(term))))
    return float(total)


def plus(amounts: Iterable[Amount]) -> Amount:
    """The sum of amounts that are all known; its value is null where one of theirs is."""
    parts = list(amounts)
    lows, highs = [p.low for p in parts if p.low is not None], [p.high for p in parts if p.high is not None]
    if not parts or len(lows) < len(parts) or len(highs) < len(parts):
        return NOTHING
    values = [p.value for p in parts if p.value is not None]
    low, high, hedge = exact_sum(lows), exact_sum(highs), hedge_of_sum({p.hedge for p in parts})
    known = len(values) == len(parts) and hedge != "between"
    return Amount(exact_sum(values) if known else None, low, high, hedge)


def minus(a: Amount, b: Amount) -> Amount:
    """A less b, taken as independent: the interval is never too narrow."""
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return NOTHING
    low = -inf if inf in (-a.low, b.high) else exact_sum([a.low, -b.high])
    high = inf if inf in (a.high, -b.low) else exact_sum([a.high, -b.low])
    said = {a.hedge, b.hedge}
    hedge = "exact" if said == {"exact"} else "about" if said <= _SPREAD | {"exact"} else "between"
    known = a.value is not None and b.value is not None and hedge != "between"
    value = exact_sum([a.value or 0.0, -(b.value or 0.0)]) if known else None
    return Amount(value, low, high, hedge)


def hedge_of_sum(hedges: Iterable[str]) -> str:
    """The hedge of a sum of figures so hedged: exact and "over" is "over"; where they disagree "between"."""
    said = set(hedges) - {"exact"}
    if not said:
        return "exact"
    if len(said) == 1:
        return said.pop()
    if said == _SPREAD:
        return "about"
    if said <= _AT_LEAST:
        return "over"
    return "under" if said <= _AT_MOST else "between"


def worst_status(statuses: Iterable[str | None]) -> str:
    """The status that a sum takes from its parts: the most doubtful of theirs, else A (normal)."""
    present = set(statuses)
    return next((code for code in _WORST_FIRST if code in present), "A")


def mixed(rows: Sequence[Row], columns: Iterable[str]) -> list[str]:
    """A sentence for every column, of those that the rows have, in which they do not all say the same."""
    faults = []
    for column in columns:
        said = {row.get(column) for row in rows}
        if len(said) > 1:
            words = ", ".join(sorted("none" if s is None else repr(str(s)) for s in said))
            faults.append(f"the figures differ in {column}: {words}")
    return faults


def not_additive(rows: Sequence[Row], over: str) -> list[str]:
    """A sentence for every measure that does not add up over areas or sectors, and for what is no outcome.

    Raises:
        UnknownCode: a measure that measure.csv does not hold.
    """
    faults = []
    for kind in sorted({row.get("kind") or OBSERVED for row in rows} - {OBSERVED}):
        faults.append(f"a figure of the kind {kind} is no outcome")
    for measure in sorted({row["measure"] for row in rows}):
        listed = codelist("measure")[measure]
        if over not in listed["adds_up_over"].split("|"):
            said = f"{measure} ({listed['label_en']}) does not add up over {over}s"
            faults.append(f"{said}; {_instead(listed)}")
    return faults


def _instead(measure: Mapping[str, str]) -> str:
    units = set(measure["units"].split("|"))
    if units & {"PT", "PT_GDP", "TIMES", "RATIO", "IX"}:
        return "a ratio, growth or index is worked out again from summed parts (ratio_of_sums)"
    return "the same thing may be counted in several of the parts"


def figures(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame in the order of area, sector and period, whatever the order they came in."""
    order = [c for c in ("ref_area", "sector", "year", "time_period", "figure_id") if c in frame.columns]
    return frame.sort(order, nulls_last=True).to_dicts()
