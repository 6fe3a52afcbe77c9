"""Numbers, hedges, units and periods in words. The only place that says "bn".

What is written here never feeds back into a figure. All words of the dashboard that speak of
values stand here or in the labels of the code lists, so that another language is another table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import inf, isinf
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from indicators.concepts.codelist import codelist
from indicators.concepts.observation import OBSERVED

LANGUAGE = "en"
NBSP = "\u00a0"
NOTHING = "–"

Row = Mapping[str, Any]

_STEPS = (
    (Decimal(10) ** 12, "tn"),
    (Decimal(10) ** 9, "bn"),
    (Decimal(10) ** 6, "m"),
    (Decimal(10) ** 3, "thousand"),
)
_SPELT_FROM = Decimal(10_000)
"""Below this a number is written out: 1,234 films, not 1.2 thousand."""
_SIGNIFICANT = 4
_SINGULAR = {
    "persons": "person",
    "jobs": "job",
    "visits": "visit",
    "tickets": "ticket",
    "enterprises": "enterprise",
    "institutions": "institution",
    "screens": "screen",
    "films": "film",
    "performances": "performance",
    "events": "event",
    "countries": "country",
    "programmes": "programme",
    "objects": "object",
}
_ABSENT = {
    "O": "not available",
    "M": "not applicable",
    "Q": "suppressed, confidential",
    "N": "nil or negligible",
}
MARKS = {
    "E": ("e", "estimated"),
    "P": ("p", "provisional"),
    "B": ("b", "break in the series"),
    "U": ("u", "low reliability, not plotted"),
    "D": ("d", "definition differs"),
    "V": ("v", "unvalidated"),
}
"""Status of a value → the letter beside it and what the letter says."""
UNSTATED_YEAR = ("y", "year not stated; stands at the year of publication")
_POWERS = {3: "thousands", 6: "millions", 9: "billions", 12: "trillions"}
_FINDINGS = {
    "correction": "Correction",
    "impossible_value": "Impossible value",
    "same_statement": "Repeated elsewhere",
    "period_not_stated": "Period not stated",
}
CURRENCY_CHOICES = {"as_reported": "As reported", "USD": "US dollars", "local": "Local currency"}
KINDS = {"planned": "Plans", "target": "Targets", "forecast": "Forecasts", "scenario": "Scenarios"}


def label(name: str, code: str) -> str:
    """The label of a code in the reader's language; the code itself where no list has it."""
    listed = codelist(name)
    return listed.label(code, LANGUAGE) if code in listed else code


def region(code: str) -> str:
    """A part of a country by name, nothing for the whole."""
    return "" if code == "_T" else label("region", code)


def number(value: Decimal | float, decimals: int | None = None) -> str:
    """A number written out: 1,234.5; `decimals` fixed, or as many as the value has (at most 10)."""
    pattern = "#,##0.##########" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=LANGUAGE).replace("-", "−")


def amount(value: float, unit: str, decimals: int | None = None) -> str:
    """A value short enough for a headline, with its unit: US$2.0 bn, 95 thousand persons, 15 %.

    Args:
        value: in base units.
        unit: code of unit.csv.
        decimals: digits after the point for money and shares; None = up to four digits in all.
    """
    kind = codelist("unit")[unit]["kind"]
    fixed = decimals if kind in ("currency", "share") else None
    short, scale = _short(Decimal(repr(float(value))), fixed)
    return _with_unit(f"{short}{NBSP}{scale}" if scale else short, unit)


def precise(value: Decimal | float, unit: str) -> str:
    """The full number with its unit: US$718,207,000."""
    return _with_unit(number(value), unit)


def _short(value: Decimal, fixed: int | None) -> tuple[str, str]:
    """The bare number and the word of its scale, if any."""
    if abs(value) < _SPELT_FROM:
        if fixed is None:
            return number(_rounded(value, at_least=1)), ""
        return number(value, fixed if abs(value) < 1000 else 0), ""
    steps = [step for step in _STEPS if abs(value) >= step[0]]
    part = _shown(value / steps[0][0], fixed)
    if abs(part) >= 1000 and steps[0] != _STEPS[0]:
        # 999,999 rounds to 1,000.0 thousand, which is read as 1.0 m.
        steps = [_STEPS[_STEPS.index(steps[0]) - 1]]
        part = _shown(value / steps[0][0], fixed)
    return number(part, fixed), steps[0][1]


def _shown(part: Decimal, fixed: int | None) -> Decimal:
    return _rounded(part) if fixed is None else round(part, fixed)


def _rounded(value: Decimal, at_least: int = 0) -> Decimal:
    """To four digits in all, never less than `at_least` places after the point."""
    return round(value, max(at_least, _SIGNIFICANT - 1 - value.adjusted())) if value else value


def _with_unit(written: str, unit: str) -> str:
    row = codelist("unit")[unit]
    symbol = row["symbol"] or (unit if row["kind"] == "currency" else row["label_en"])
    if row["kind"] != "currency":
        return f"{written}{NBSP}{_SINGULAR.get(symbol, symbol) if written == '1' else symbol}"
    sign, rest = ("−", written[1:]) if written.startswith("−") else ("", written)
    return f"{sign}{symbol}{rest}" if symbol != unit else f"{sign}{unit}{NBSP}{rest}"


def pieces(row: Row, decimals: int | None = None) -> tuple[str, str, str]:
    """A figure in three pieces, for large type: its hedge, its number, the name of what is counted.

    Examples: ("over", "US$2.0 bn", ""), ("about", "95 thousand", "persons"), ("", "0.7 %", "of GDP").
    """
    words = figure(row, decimals)
    said = "" if row["low"] is None or row["value"] is None else hedge(row)
    number_and_unit = words.removeprefix(f"{said} ")
    unit = codelist("unit")[row["unit_measure"]]
    name = (
        (unit["symbol"] or unit["label_en"]).removeprefix("%").strip() if unit["kind"] != "currency" else ""
    )
    for after in (name, _SINGULAR.get(name, name)):
        if after and number_and_unit.endswith(after):
            return said, number_and_unit.removesuffix(after).rstrip(f" {NBSP}"), after
    return said, number_and_unit, ""


def figure(row: Row, decimals: int | None = None) -> str:
    """A figure with its hedge: over US$2.0 bn, about 95 thousand persons, 15 to 17 %, not available.

    Args:
        row: with value, low, high, hedge, unit_measure, obs_status.
        decimals: as in `amount`.
    """
    if row["low"] is None or row["obs_status"] == "N":
        return missing(row)
    if row["value"] is None or row["hedge"] == "between":
        return interval(row["low"], row["high"], row["unit_measure"], decimals)
    said = hedge(row)
    written = amount(row["value"], row["unit_measure"], decimals)
    return f"{said} {written}" if said else written


def hedge(row: Row) -> str:
    """The words before a number: over, about, …; "about" also where only its parts were hedged."""
    if row["hedge"] == "exact" and row["low"] != row["high"]:
        return "about"
    return codelist("hedge")[row["hedge"]]["prefix_en"]


def interval(low: float, high: float, unit: str, decimals: int | None = None) -> str:
    """Two ends in words: 15 to 17 %, at least US$2.0 bn, up to 40 films."""
    if isinf(low) and isinf(high):
        return "not known"
    if isinf(high):
        return f"at least {amount(low, unit, decimals)}"
    if isinf(low):
        return f"up to {amount(high, unit, decimals)}"
    if low == high:
        return amount(low, unit, decimals)
    first, last = amount(low, unit, decimals), amount(high, unit, decimals)
    return f"{_without_unit(first, last)} to {last}"


def _without_unit(first: str, last: str) -> str:
    """What the two ends share is written once: 15 before 17 %."""
    head, _, tail = first.partition(NBSP)
    same = tail and last.endswith(NBSP + tail) and head[:1].isdigit()
    return head if same else first


def missing(row: Row) -> str:
    """Why there is no number."""
    status = row["obs_status"]
    if row.get("note") and status not in _ABSENT:
        return str(row["note"]).split(":")[-1].strip()
    return _ABSENT.get(status, "not available")


def period(row: Row) -> str:
    """The reference period: 2024, first half of 2025, season 2016/17, published 2025."""
    if row["period_basis"] == "publication" and row["time_period"] != "_X":
        return f"published {row['time_period']}" if row.get("kind", OBSERVED) == OBSERVED else "no year set"
    return period_of(row)


def span(freq: str, written: str, start: date | None, end: date | None) -> str:
    """A period in words, from its frequency and its days."""
    if start is None or end is None:
        return "period not stated"
    if freq == "S":
        return f"{'first' if start.month == 1 else 'second'} half of {start.year}"
    if freq == "Q":
        return f"Q{(start.month + 2) // 3} {start.year}"
    if freq == "M":
        return _day(start, "MMMM y")
    if freq == "D":
        return _day(start, "d MMMM y")
    if freq == "_O":
        return _other_span(start, end)
    return written


def period_of(row: Row) -> str:
    """The period of a row, whatever its basis."""
    return span(row["freq"], row["time_period"], row["period_start"], row["period_end"])


def _other_span(start: date, end: date) -> str:
    whole_years = start.month == 1 and start.day == 1 and (end + timedelta(days=1)).timetuple().tm_yday == 1
    if whole_years:
        return f"{start.year}–{end.year}"
    if start.year == end.year:
        return f"{_day(start, 'MMMM')}–{_day(end, 'MMMM y')}"
    if start.month == 7 and end.month == 6 and end.year == start.year + 1:
        return f"{start.year}/{end.year % 100:02}"
    return f"{_day(start, 'MMM y')} – {_day(end, 'MMM y')}"


def basis(row: Row) -> str:
    """What must be said of the period: "year not stated", "worked out"; nothing where it is stated."""
    if row["time_period"] == "_X" or row.get("kind", OBSERVED) != OBSERVED:
        return ""
    return {"publication": "year not stated", "inferred": "year worked out"}.get(row["period_basis"], "")


def day(partial: str | date | None) -> str:
    """An ISO date of any precision in words: 18 March 2025, March 2025, 2025."""
    if partial is None or partial == "":
        return "undated"
    if isinstance(partial, date):
        return _day(partial, "d MMMM y")
    parts = partial.split("-")
    if len(parts) == 1:
        return partial
    numbers = [int(p) for p in parts]
    year, month = numbers[:2]
    return (
        _day(date(year, month, numbers[2]), "d MMMM y")
        if len(numbers) == 3
        else _day(date(year, month, 1), "MMMM y")
    )


def _day(when: date, pattern: str) -> str:
    return format_date(when, format=pattern, locale=LANGUAGE)


def growth(change: tuple[float, float]) -> str:
    """A change in per cent, as an interval, in words: up 23.0 %, down at least 4 %, unchanged."""
    low, high = change
    if low == high:
        return "unchanged" if round(low, 1) == 0 else f"{_direction(low)} {_percent(abs(low))}"
    if low >= 0:
        return f"up at least {_percent(low)}" if high == inf else f"up {_percent(low)} to {_percent(high)}"
    if high <= 0:
        return (
            f"down at least {_percent(-high)}"
            if low == -inf
            else f"down {_percent(-high)} to {_percent(-low)}"
        )
    return "direction not certain"


def _direction(change: float) -> str:
    return "up" if change > 0 else "down"


def _percent(size: float) -> str:
    return f"{number(size, 1 if size < 100 else 0)}{NBSP}%"


def count(n: int, thing: str, things: str | None = None) -> str:
    """1 rival claim, 3 rival claims, no rival claims."""
    plural = things or f"{thing}s"
    return f"no {plural}" if n == 0 else f"{number(n)} {thing if n == 1 else plural}"


def mark(row: Row) -> list[tuple[str, str]]:
    """The letters that stand beside a number in a table, each with what it says."""
    marks = [MARKS[row["obs_status"]]] if row["obs_status"] in MARKS else []
    return [*marks, UNSTATED_YEAR] if row["period_basis"] == "publication" else marks


def status(row: Row) -> str:
    """What the status of a value says, nothing for a normal one."""
    return MARKS[row["obs_status"]][1] if row["obs_status"] in MARKS else ""


def series_of(counterpart: str, freq: str) -> str:
    """What tells one series of an area from another: its partner, or the length of its periods."""
    partner = "" if counterpart in ("_T", "_X", "_Z") else f"with {label('area', counterpart)}"
    length = "" if freq == "A" else label("freq", freq).split(":")[0].lower()
    return ", ".join(s for s in (partner, length) if s) or "calendar years"


def language(code: str) -> str:
    """The name of a language: Kazakh."""
    return Locale(LANGUAGE).languages.get(code, code) if code else "not known"


def printed_in(exponent: int) -> str:
    """The unit of the printed number: printed in millions; nothing where it is printed in full."""
    if not exponent:
        return ""
    return f"printed in {_POWERS[exponent]}" if exponent in _POWERS else f"printed in units of 10^{exponent}"


def finding(kind: str) -> str:
    """What kind of finding it is: Correction."""
    return _FINDINGS.get(kind, kind.replace("_", " ").capitalize()) + "."


def shortened(text: str | None, longest: int) -> str:
    """At most `longest` letters, the last an ellipsis where something is left out."""
    text = text or ""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


@dataclass(frozen=True)
class Scale:
    """One power of ten for a whole table or axis, so that its numbers can be compared by eye.

    Attributes:
        divisor: what each value is divided by before it is written.
        title: unit with its scale, to stand once: US$ million.
        decimals: digits after the point, the same in every cell.
    """

    divisor: float
    title: str
    decimals: int

    def of(self, value: float) -> float:
        """A value in this scale, for an axis."""
        return value / self.divisor

    def write(self, value: float) -> str:
        """The bare number: 718.2."""
        return self.write_scaled(self.of(value))

    def write_scaled(self, scaled: float) -> str:
        """A number that is in this scale already."""
        return number(scaled, self.decimals)

    def cell(self, row: Row) -> str:
        """A figure as a cell: over 2,000.0; 15 to 17; the dash of a missing value."""
        if row["low"] is None or (row["obs_status"] == "N" and row["value"] is None):
            return NOTHING
        if row["value"] is None:
            if isinf(row["low"]) or isinf(row["high"]):
                return f"≥ {self.write(row['low'])}" if isinf(row["high"]) else f"≤ {self.write(row['high'])}"
            return f"{self.write(row['low'])} to {self.write(row['high'])}"
        said = hedge(row)
        return f"{said} {self.write(row['value'])}" if said else self.write(row["value"])


_WORDS = {1e12: "trillion", 1e9: "billion", 1e6: "million", 1e3: "thousand"}


def scale(values: list[float], unit: str, decimals: int) -> Scale:
    """The scale in which the middle of `values` reads well; shares and small counts stay as they are."""
    row = codelist("unit")[unit]
    sizes = sorted(abs(v) for v in values if v)
    middle = sizes[len(sizes) // 2] if sizes else 0.0
    largest = sizes[-1] if sizes else 0.0
    counted = row["kind"] not in ("currency", "share")
    name = row["symbol"] or (unit if row["kind"] == "currency" else row["label_en"])
    if largest < float(_SPELT_FROM):
        whole = all(float(v).is_integer() for v in sizes)
        return Scale(1, name, 0 if counted and whole else max(decimals, 1))
    divisor = next((step for step in _WORDS if middle >= step), 1e3)
    word = _WORDS[divisor]
    return Scale(
        divisor, f"{word} {name}" if counted else f"{name} {word}", 1 if middle < 1000 * divisor else 0
    )
