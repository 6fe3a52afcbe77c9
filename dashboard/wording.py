"""Figures, hedges, units and periods in the reader's words.

What is written here never feeds back into a figure. The words themselves are the labels of the code
lists and the catalogues of `locale/`; numbers and dates follow CLDR (indicators/language.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from math import inf, isinf
from pathlib import Path
from typing import Any

from dashboard.digits import POWERS, exact, fixed_digits, outward_amount, power_of, rounded, shown
from indicators.concepts.codelist import codelist
from indicators.concepts.observation import OBSERVED
from indicators.language import NBSP, Language, languages, message, speak

LOCALE = Path(__file__).parent / "locale"
"""Catalogues of the dashboard's own words."""
NOTHING = "–"

Row = Mapping[str, Any]

_BOUNDS = {"over": True, "at_least": True, "under": False, "up_to": False}
"""Hedges that name a bound: True for a lower one."""
MANY = 1000
"""A number that takes the plural which goes with "95 thousand"."""
_BEGIN, _END = "\x02", "\x03"
"""Stand around the number inside a written figure, so that large type can take it apart."""
_ABSENT = {
    "O": message("not available"),
    "M": message("not applicable"),
    "Q": message("suppressed, confidential"),
    "N": message("nil or negligible"),
}
MARKS = {
    "E": ("e", message("estimated")),
    "P": ("p", message("provisional")),
    "B": ("b", message("break in the series")),
    "U": ("u", message("low reliability, not plotted")),
    "D": ("d", message("definition differs")),
    "V": ("v", message("unvalidated")),
}
"""Status of a value → the letter beside it and what the letter says."""
UNSTATED_YEAR = ("y", message("year not stated; stands at the year of publication"))
_PRINTED_IN = {
    3: message("printed in thousands"),
    6: message("printed in millions"),
    9: message("printed in billions"),
    12: message("printed in trillions"),
}
_FINDINGS = {
    "correction": message("Correction"),
    "impossible_value": message("Impossible value"),
    "same_statement": message("Repeated elsewhere"),
    "period_not_stated": message("Period not stated"),
}
CURRENCY_CHOICES = {
    "as_reported": message("As reported"),
    "USD": message("US dollars"),
    "local": message("Local currency"),
}
KINDS = {
    "planned": message("Plans"),
    "target": message("Targets"),
    "forecast": message("Forecasts"),
    "scenario": message("Scenarios"),
}


@dataclass(frozen=True)
class Wording:
    """The dashboard in one language; every word on a page is asked of it."""

    language: Language

    # What the language says as it is

    def text(self, english: str, /, **fields: object) -> str:
        """As Language.text."""
        return self.language.text(english, **fields)

    def plural(self, one: str, many: str, n: float, /, **fields: object) -> str:
        """As Language.plural: 1 rival claim, 3 rival claims."""
        return self.language.plural(one, many, n, **fields)

    def woven(self, english: str, /, **fields: Any) -> list[Any]:
        """A text in whose places stand parts of a page, such as links; as a list of children."""
        parts = re.split(r"{(\w+)}", self.language.text(english))
        return [fields[part] if i % 2 else part for i, part in enumerate(parts)]

    def label(self, name: str, code: str) -> str:
        """As Language.label."""
        return self.language.label(name, code)

    def note(self, composed: str | None) -> str:
        """As Language.note: a remark, which where it is not translated says so."""
        return self.language.note(composed or "")

    def number(self, value: Decimal | float, decimals: int | None = None) -> str:
        """As Language.number: 1,234.5."""
        return self.language.number(value, decimals)

    def day(self, partial: str | date | None) -> str:
        """As Language.dated: 18 March 2025."""
        return self.language.dated(partial)

    # Figures

    def region(self, code: str) -> str:
        """A part of a country by name, nothing for the whole."""
        return "" if code == "_T" else self.label("region", code)

    def amount(self, value: float, unit: str, decimals: int | None = None) -> str:
        """A value short enough for a headline, with its unit: US$2.0 bn, 95 thousand persons, 15%.

        Args:
            value: in base units.
            unit: code of unit.csv.
            decimals: digits after the point for money and shares; None = up to four digits in all.
        """
        return _bare(self._amount(value, unit, decimals))

    def precise(self, value: Decimal | float, unit: str) -> str:
        """The full number with its unit: US$718,207,000."""
        return _bare(self._measured(self.number(value), float(value), unit))

    def figure(self, row: Row, decimals: int | None = None) -> str:
        """A figure with its hedge: over US$2 bn, about 95 thousand persons, 15 to 17%, not available.

        Args:
            row: with value, low, high, hedge, unit_measure, obs_status.
            decimals: as in `amount`.
        """
        return _bare(self._figure(row, decimals))

    def pieces(self, row: Row, decimals: int | None = None) -> tuple[str, str, str]:
        """A figure in three pieces, for large type: what stands before its number, the number, the rest.

        Examples: ("over", "US$2 bn", ""), ("about", "95 thousand", "persons"), ("", "0.7%", "of GDP").
        """
        marked = self._figure(row, decimals)
        if _BEGIN not in marked:
            return "", marked, ""
        before, _, rest = marked.partition(_BEGIN)
        written, _, after = rest.rpartition(_END)
        edge = f" {NBSP}"
        return _bare(before).strip(edge), _bare(written).strip(edge), _bare(after).strip(edge)

    def _figure(self, row: Row, decimals: int | None) -> str:
        if row["low"] is None or row["obs_status"] == "N":
            return self.missing(row)
        if row["value"] is None or row["hedge"] == "between":
            return self._interval(row["low"], row["high"], row["unit_measure"], decimals)
        value, unit, lower = row["value"], row["unit_measure"], bound(row)
        short, fixed = self._fitting(value, unit, decimals)
        if lower is not None:
            return self.hedged(row, self._amount(*outward_amount(value, unit, fixed, down=lower)))
        return self.hedged(row, self._with_unit(short, value, unit))

    def hedged(self, row: Row, written: str) -> str:
        """A written number with what the source said of it; "about" also where only its parts were hedged."""
        unclear = row["hedge"] == "exact" and row["low"] != row["high"]
        words = codelist("hedge")["about" if unclear else row["hedge"]]["prefix_en"]
        return self.text(f"{words} {{figure}}", figure=written) if words else written

    def interval(self, low: float, high: float, unit: str, decimals: int | None = None) -> str:
        """Two ends in words: 15 to 17%, at least US$2 bn, up to 40 films."""
        return _bare(self._interval(low, high, unit, decimals))

    def _interval(self, low: float, high: float, unit: str, decimals: int | None) -> str:
        if decimals is not None:
            needed = [self._fitting(end, unit, decimals)[1] for end in (low, high) if not isinf(end)]
            decimals = decimals if decimals in needed else None
        if isinf(low) and isinf(high):
            return self.text("not known")
        if isinf(high):
            return self.text(
                "at least {figure}", figure=self._amount(*outward_amount(low, unit, decimals, down=True))
            )
        if isinf(low):
            return self.text(
                "up to {figure}", figure=self._amount(*outward_amount(high, unit, decimals, down=False))
            )
        if low == high:
            return self._amount(low, unit, decimals)
        ends = [self._short(end, unit, decimals) for end in (low, high)]
        if ends[0][1] != ends[1][1]:
            written = [self._amount(end, unit, decimals) for end in (low, high)]
            return self.text("{low} to {high}", low=written[0], high=written[1])
        (first, power), (last, _) = ends
        joined = self.text("{low} to {high}", low=first, high=last)
        return self._measured(self.language.scaled(joined, power), MANY if power else high, unit)

    def _amount(self, value: float, unit: str, decimals: int | None) -> str:
        return self._with_unit(self._short(value, unit, decimals), value, unit)

    def _with_unit(self, short: tuple[str, int], value: float, unit: str) -> str:
        written, power = short
        return self._measured(self.language.scaled(written, power), MANY if power else value, unit)

    def _fitting(self, value: float, unit: str, decimals: int | None) -> tuple[tuple[str, int], int | None]:
        """The bare number with no more decimals than it has, and these.

        "Over 2 bn" was not said to be over 2.0, nor 344 m 344.0.
        """
        plain = self._short(value, unit, None)
        fixed = plain if decimals is None else self._short(value, unit, decimals)
        return (plain, None) if len(plain[0]) < len(fixed[0]) else (fixed, decimals)

    def _short(self, amount: float, unit: str, decimals: int | None) -> tuple[str, int]:
        """The bare number, and the power of ten by which it was made short."""
        value = exact(amount)
        power = power_of(value)
        fixed = fixed_digits(value, unit, decimals)
        if not power:
            return self.number(rounded(value, at_least=1) if fixed is None else value, fixed), 0
        part = shown(value.scaleb(-power), fixed)
        if abs(part) >= 1000 and power != POWERS[0]:
            # 999,999 rounds to 1,000.0 thousand, which is read as 1.0 m.
            power = POWERS[POWERS.index(power) - 1]
            part = shown(value.scaleb(-power), fixed)
        return self.number(part, fixed), power

    def _measured(self, written: str, n: float, unit: str) -> str:
        """A written number with its unit, in the form of the unit that goes with n."""
        row = codelist("unit")[unit]
        number = f"{_BEGIN}{written}{_END}"
        if row["kind"] == "currency":
            return f"{_BEGIN}{self.language.money(written, unit)}{_END}"
        if "%" in row["symbol"]:
            percent = f"{_BEGIN}{self.language.percent(written)}{_END}"
            pattern = row["symbol"].replace("%", "{percent}")
            return percent if pattern == "{percent}" else self.text(pattern, percent=percent)
        if row["kind"] == "count":
            return self.plural(f"{{n}} {row['singular_en']}", f"{{n}} {row['label_en']}", n, n=number)
        symbol = self.text(row["symbol"]) if row["symbol"].isalpha() else row["symbol"]
        return f"{number}{NBSP}{symbol}" if symbol else number

    def missing(self, row: Row) -> str:
        """Why there is no number."""
        status = row["obs_status"]
        if row.get("note") and status not in _ABSENT:
            return self.note(row["note"]).split(":")[-1].strip()
        return self.text(_ABSENT.get(status, "not available"))

    def growth(self, change: tuple[float, float]) -> str:
        """A change in per cent, as an interval, in words: up 23.0%, down at least 4.0%, unchanged."""
        low, high = change
        if low >= 0 and high == inf and round(low, 1) == 0:
            return self.text("unchanged or up")
        if high <= 0 and low == -inf and round(high, 1) == 0:
            return self.text("unchanged or down")
        if low == high and round(low, 1) == 0:
            return self.text("unchanged")
        if low < 0 < high:
            return self.text("direction not certain")
        rises = high > 0
        least, most = (low, high) if rises else (-high, -low)
        fields = {"low": self._percent(least), "high": self._percent(most)}
        if low == high:
            return self.text("up {low}", **fields) if rises else self.text("down {low}", **fields)
        if most == inf:
            return (
                self.text("up at least {low}", **fields)
                if rises
                else self.text("down at least {low}", **fields)
            )
        return (
            self.text("up {low} to {high}", **fields)
            if rises
            else self.text("down {low} to {high}", **fields)
        )

    def _percent(self, size: float) -> str:
        return "∞" if isinf(size) else self.language.percent(self.number(size, 1 if size < 100 else 0))

    # What stands beside a figure

    def period(self, row: Row) -> str:
        """The reference period: 2024, first half of 2025, season 2016/17, published 2025."""
        if row["period_basis"] == "publication" and row["time_period"] != "_X":
            if row.get("kind", OBSERVED) != OBSERVED:
                return self.text("no year set")
            return self.text("published {year}", year=row["time_period"])
        return self.period_of(row)

    def period_of(self, row: Row) -> str:
        """The period of a row, whatever its basis."""
        return self.language.period(row["freq"], row["time_period"], row["period_start"], row["period_end"])

    def basis(self, row: Row) -> str:
        """What must be said of the period: "year not stated", "worked out"; nothing where it is stated."""
        if row["time_period"] == "_X" or row.get("kind", OBSERVED) != OBSERVED:
            return ""
        if row["period_basis"] == "publication":
            return self.text("year not stated")
        return self.text("year worked out") if row["period_basis"] == "inferred" else ""

    def mark(self, row: Row) -> list[tuple[str, str]]:
        """The letters that stand beside a number in a table, each with what it says."""
        marks = [MARKS[row["obs_status"]]] if row["obs_status"] in MARKS else []
        marks += [UNSTATED_YEAR] if row["period_basis"] == "publication" else []
        return [(letter, self.text(says)) for letter, says in marks]

    def status(self, row: Row) -> str:
        """What the status of a value says, nothing for a normal one."""
        _, says = MARKS.get(row["obs_status"], ("", ""))
        return self.text(says) if says else ""

    def rivals(self, n: int) -> str:
        """1 rival claim, 3 rival claims."""
        return self.plural("{n} rival claim", "{n} rival claims", n)

    def publisher(self, name: str, cites: str | None = None) -> str:
        """As Language.publisher: UNCTAD; Kazinform, citing Akorda."""
        return self.language.publisher(name, cites)

    def title(self, row: Row) -> str:
        """The title of a publication; one that we gave it is said in the reader's language."""
        return self.language.called(row["title"]) if row["title"] else self.text("untitled")

    def quoted(self, row: Row) -> str | None:
        """The language of a title that is quoted; None for one that is said in the reader's own."""
        return None if not row["title"] or row["title"] in self.language.names else row["language"]

    def partner(self, counterpart: str) -> str:
        """The trade partner or the organiser of an event; nothing where there is none."""
        if counterpart in ("_T", "_X", "_Z"):
            return ""
        return self.text("with {partner}", partner=self.label("area", counterpart))

    def series_of(self, counterpart: str, freq: str) -> str:
        """What tells one series of an area from another: its partner, or the length of its periods."""
        length = "" if freq == "A" else self.language.lower(self.label("freq", freq).split(":")[0])
        said = ", ".join(s for s in (self.partner(counterpart), length) if s)
        return said or self.text("calendar years")

    def language_name(self, code: str) -> str:
        """The name of a language: Kazakh."""
        return self.language.language_name(code) if code else self.text("not known")

    def printed_in(self, exponent: int) -> str:
        """The unit of the printed number: printed in millions; nothing where it is printed in full."""
        if not exponent:
            return ""
        if exponent in _PRINTED_IN:
            return self.text(_PRINTED_IN[exponent])
        return self.text("printed in units of 10^{exponent}", exponent=exponent)

    def finding(self, kind: str) -> str:
        """What kind of finding it is: Correction."""
        return self.text(_FINDINGS.get(kind, kind.replace("_", " ").capitalize()))


@cache
def wording(code: str) -> Wording:
    """The dashboard in the language `code`; English where there is no such language."""
    return Wording(speak(code if code in languages() else languages()[0], LOCALE))


def shortened(text: str | None, longest: int) -> str:
    """At most `longest` letters, the last an ellipsis where something is left out."""
    text = text or ""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _bare(marked: str) -> str:
    return marked.replace(_BEGIN, "").replace(_END, "")


def bound(row: Row) -> bool | None:
    """Which bound the value of a row is: True for a lower one, False for an upper one, None for neither."""
    return _BOUNDS.get(row["hedge"])
