"""Scales: one power of ten for a whole table or axis, so that its numbers can be compared by eye."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isinf
from typing import Any

from dashboard.digits import POWERS, SPELT_FROM, exact, outward
from dashboard.wording import MANY, NOTHING, Wording, bound
from indicators.concepts.codelist import codelist
from indicators.language import NBSP, SCALES_SPELT

Row = Mapping[str, Any]

SMALL = 1000
"""Where half of the values are below it none is divided: 64,210 beside 12 is read more easily than 0.012."""


@dataclass(frozen=True)
class Scale:
    """One power of ten, in the words of one language.

    Attributes:
        words: the language it is written in.
        power: of ten, by which each value is divided before it is written.
        title: unit with its scale, to stand once: US$ million.
        decimals: digits after the point, the same in every cell.
    """

    words: Wording
    power: int
    title: str
    decimals: int

    def of(self, value: float) -> float:
        """A value in this scale, for an axis."""
        return value / 10.0**self.power

    def write(self, value: float) -> str:
        """The bare number: 718.2."""
        return self.words.number(self.of(value), self.decimals)

    def bound(self, value: float, *, down: bool) -> str:
        """A bound, rounded away from what it bounds, as in a headline: 0.68 for a lower one of 0.686."""
        return self.words.number(*outward(exact(value).scaleb(-self.power), self.decimals, down=down))

    def _needed(self, value: float, stated: str) -> str:
        """A hedged number without the noughts it was not said with: over 150, not over 150.0."""
        plain = self.words.number(exact(value).scaleb(-self.power))
        return plain if len(plain) < len(stated) else stated

    def cell(self, row: Row) -> str:
        """A figure as a cell: over 2,000; 15 to 17; the dash of a missing value."""
        low, high = row["low"], row["high"]
        if low is None or (row["obs_status"] == "N" and row["value"] is None):
            return NOTHING
        if row["value"] is not None:
            lower = bound(row)
            if row["hedge"] == "exact":
                return self.words.hedged(row, self.write(row["value"]))
            stated = self.write(row["value"]) if lower is None else self.bound(row["value"], down=lower)
            return self.words.hedged(row, self._needed(row["value"], stated))
        if isinf(low) or isinf(high):
            return f"≥ {self.bound(low, down=True)}" if isinf(high) else f"≤ {self.bound(high, down=False)}"
        return self.words.text("{low} to {high}", low=self.write(low), high=self.write(high))


def scale(words: Wording, values: list[float], unit: str, decimals: int) -> Scale:
    """The scale in which the middle of `values` reads well; shares and small counts stay as they are."""
    row = codelist("unit")[unit]
    sizes = sorted(abs(v) for v in values if v)
    middle = sizes[len(sizes) // 2] if sizes else 0.0
    largest = sizes[-1] if sizes else 0.0
    counted = row["kind"] not in ("currency", "share")
    if largest < float(SPELT_FROM) or middle < SMALL:
        whole = all(float(v).is_integer() for v in sizes)
        return Scale(words, 0, _title(words, unit), 0 if counted and whole else max(decimals, 1))
    power = next(power for power in POWERS if middle >= 10.0**power)
    return Scale(words, power, _title(words, unit, power), 1 if middle < 1000 * 10.0**power else 0)


def _title(words: Wording, unit: str, power: int = 0) -> str:
    """A unit with its power of ten: US$ million, thousand persons, % of GDP."""
    row = codelist("unit")[unit]
    scaled = words.text(SCALES_SPELT[power]) if power else ""
    if row["kind"] == "currency":
        sign = words.language.currency(unit)
        return words.text("{currency} {scale}", currency=sign, scale=scaled) if scaled else sign
    if row["kind"] == "count" and scaled:
        things = words.plural(f"{{n}} {row['singular_en']}", f"{{n}} {row['label_en']}", MANY, n="")
        return f"{scaled} {things.strip(f' {NBSP}')}"
    name = row["symbol"] if row["kind"] != "count" else ""
    written = words.text(name) if len(name) > 1 else name or words.label("unit", unit)
    return f"{scaled} {written}".strip()
