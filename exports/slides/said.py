"""Figures in words, and one power of ten for a chart; a word never feeds back into a figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Any

from exports.measured import is_share, share
from indicators.concepts.codelist import codelist
from indicators.language import NBSP, SCALES_SPELT, Language, message

Row = dict[str, Any]

NOTHING = "–"
SMALL = 1000
"""Where half of the figures are below it none is divided."""
FLOORS, CEILINGS = ("over", "at_least"), ("under", "up_to")
ROUND_STEPS = 20
"""An axis up to this or more has ticks without digits after the point."""
HEDGED = {
    "about": message("about {figure}"),
    "over": message("over {figure}"),
    "at_least": message("at least {figure}"),
    "almost": message("almost {figure}"),
    "up_to": message("up to {figure}"),
    "under": message("under {figure}"),
}
LETTERS = {
    "E": ("e", message("estimated")),
    "P": ("p", message("provisional")),
    "B": ("b", message("break in the series")),
    "D": ("d", message("definition differs")),
    "V": ("v", message("unvalidated")),
}
CARRIED = ("c", message("carried from an earlier year"))
UNSTATED = ("y", message("year not stated; stands at the year of publication"))


@dataclass(frozen=True)
class Scale:
    """How the numbers of one chart or table are written.

    Attributes:
        language: of its words.
        unit: code of unit.csv.
        power: of ten, by which a number is divided when it is shown; the number itself stays.
        decimals: digits after the point.
    """

    language: Language
    unit: str
    power: int
    decimals: int

    @property
    def title(self) -> str:
        """The unit with its scale, to stand once: million US$, thousand persons, % of GDP."""
        row = codelist("unit")[self.unit]
        scaled = self.language.text(SCALES_SPELT[self.power]) if self.power else ""
        name = self.language.label("unit", self.unit)
        if row["kind"] == "currency":
            name = self.language.currency(self.unit)
        elif row["symbol"] == "%":
            name = row["symbol"]
        return self.language.text("{scale} {unit}", scale=scaled, unit=name) if scaled else name

    @property
    def code(self) -> str:
        """The number format of a spreadsheet: each comma at its end divides by a thousand."""
        return self._format(self.decimals)

    def ticks(self, largest: float) -> str:
        """The number format of an axis up to `largest`: digits after the point only where steps are small."""
        small = largest < ROUND_STEPS * float(Decimal(1).scaleb(self.power))
        return self._format(self.decimals if small else 0)

    def down_to(self, decade: int) -> str:
        """The number format of an axis whose least tick is ten to the power of `decade`."""
        return self._format(max(0, self.power - decade))

    def _format(self, decimals: int) -> str:
        return "#,##0" + ("." + "0" * decimals if decimals else "") + "," * (self.power // 3)

    def write(self, value: float, rounding: str = ROUND_HALF_EVEN) -> str:
        """A number in this scale: 718.2."""
        part = Decimal(repr(value)).scaleb(-self.power)
        return self.language.number(part.quantize(Decimal(1).scaleb(-self.decimals), rounding), self.decimals)

    def figure(self, row: Row) -> str:
        """A figure with its hedge: over 2,000.0; 15 to 17; the dash of a missing value."""
        if row["open_end"] is None:
            return NOTHING
        if row["value"] is not None:
            way = ROUND_FLOOR if floor(row) else ROUND_CEILING if ceiling(row) else ROUND_HALF_EVEN
            return hedged(self.language, row, self.write(row["value"], way))
        return _between(self.language, row, self.write)

    def cell(self, row: Row) -> str:
        """A figure with the letters that stand beside it."""
        return " ".join([self.figure(row), *(letter for letter, _ in letters(self.language, row))])


def hedged(language: Language, row: Row, written: str) -> str:
    """A written number with what the source said of it."""
    unclear = row["hedge"] == "exact" and row["low"] != row["high"]
    hedge = "about" if unclear else row["hedge"]
    return language.text(HEDGED[hedge], figure=written) if hedge in HEDGED else written


def full(language: Language, row: Row) -> str:
    """A figure to its last digit, with its unit: over 2,000,000,000 US dollars; 3.5% of GDP."""
    if row["open_end"] is None:
        return row["obs_status_label"] or NOTHING
    percent = is_share(row["unit_measure"])

    def number(value: float, *_: object) -> str:
        written = language.number(value)
        return share(language, written, row["unit_measure"]) if percent else written

    if row["value"] is not None:
        said = hedged(language, row, number(row["value"]))
    else:
        said = _between(language, row, number)
    return said if percent else f"{said}{NBSP}{row['unit_label']}"


def _between(language: Language, row: Row, write: Any) -> str:
    if row["low"] is None and row["high"] is None:
        return NOTHING
    if row["high"] is None:
        return language.text("at least {figure}", figure=write(row["low"], ROUND_FLOOR))
    if row["low"] is None:
        return language.text("up to {figure}", figure=write(row["high"], ROUND_CEILING))
    return language.text("{low} to {high}", low=write(row["low"]), high=write(row["high"]))


def floor(row: Row) -> bool:
    """Whether the figure is this or more."""
    return bool(row["hedge"] in FLOORS or row["open_end"] == "high")


def ceiling(row: Row) -> bool:
    """Whether the figure is this or less."""
    return bool(row["hedge"] in CEILINGS or row["open_end"] == "low")


def inexact(row: Row) -> bool:
    """Whether more must be said of a figure than its number."""
    return bool(row["low"] != row["high"] or row["open_end"] != "none")


def letters(language: Language, row: Row) -> list[tuple[str, str]]:
    """The letters that stand beside a number, each with what it says."""
    marks = [LETTERS[row["obs_status"]]] if row["obs_status"] in LETTERS else []
    marks += [UNSTATED] if row["period_basis"] == "publication" else []
    marks += [CARRIED] if row["carried_from"] is not None else []
    return [(letter, language.text(says)) for letter, says in marks]


def numbers(row: Row) -> list[float]:
    """The finite numbers of a row: its value, or the ends of its interval."""
    found = [row["value"]] if row["value"] is not None else [row["low"], row["high"]]
    return [n for n in found if n is not None]


def scale(language: Language, rows: Sequence[Row], unit: str, decimals: int) -> Scale:
    """The scale in which the middle of the figures reads well; shares and small counts stay as they are."""
    kind = codelist("unit")[unit]["kind"]
    sizes = sorted(abs(n) for r in rows for n in numbers(r) if n)
    middle = sizes[len(sizes) // 2] if sizes else 0.0
    if middle < SMALL or kind == "share":
        whole = all(float(n).is_integer() for n in sizes)
        return Scale(language, unit, 0, 0 if whole and kind != "currency" else max(decimals, 1))
    power = next(p for p in SCALES_SPELT if middle >= float(Decimal(1).scaleb(p)))
    return Scale(language, unit, power, 1 if middle < SMALL * float(Decimal(1).scaleb(power)) else 0)


def period(language: Language, row: Row) -> str:
    """The reference period in words."""
    return language.period(row["freq"], row["time_period"], row["period_start"], row["period_end"])
