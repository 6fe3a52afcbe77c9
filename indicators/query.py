"""Query: what a reader asks, as a frozen value that maps one to one onto the URL of a page."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from urllib.parse import urlencode

from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import AS_REPORTED as PLAIN
from indicators.concepts.period import EARLIEST, LATEST
from indicators.convert import AS_REPORTED, currencies
from indicators.formulas import PER, PER_GDP
from indicators.reconcile import ALL, OFFICIAL_FIRST, RULES
from indicators.transform import BASED, LEVEL, TRANSFORMS

MEMBERS = ("by_date", "fixed")
"""How a group is made of its members: those of each year, or the same ones in every year."""
ROUNDINGS = ("printed",)
"""`printed`: a figure stated exactly is as exact as its last printed digit."""
OLDEST_CARRIED = 10
SEPARATOR = ","


class BadQuery(ValueError):
    """A query that names what there is not; says everything wrong and the nearest that there is."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Query:
    """One question.

    Attributes:
        indicator: id of a definition.
        areas: codes of area.csv; empty = every area that has a figure.
        sector: code of sector.csv; None = every sector of the definition.
        sex: code of sex.csv.
        partner: code of area.csv or _T, _X; None = every partner but single countries.
        since, until: first and last year, or None.
        currency: "as_reported", "local" or a currency of unit.csv; only for money.
        prices: year at whose prices and rates all years are shown; None = current prices.
        per: "head", "thousand_employed" or "gdp"; None = as the definition has it.
        transform: one of transform.TRANSFORMS.
        base: year compared with, for index and annual_growth; None = the first of each series.
        members: one of MEMBERS: groups are also summed from their members; None = as reported.
        coverage: least part of a group that must have data, 0 to 1; None = the house rule.
        rounding: one of ROUNDINGS; None = a figure stated exactly is exact.
        carry: years by which a headline may stand for a later year that has none, up to `until`, or
            to the year of `as_of`, or to the newest year of the release.
        rule: how the headline is chosen, one of reconcile.RULES.
        as_of: the day as of which it is asked, or None for now.
        lang: language of labels and notes; it changes no figure.
    """

    indicator: str
    areas: tuple[str, ...] = ()
    sector: str | None = None
    sex: str = "_T"
    partner: str | None = None
    since: int | None = None
    until: int | None = None
    currency: str = AS_REPORTED
    prices: int | None = None
    per: str | None = None
    transform: str = LEVEL
    base: int | None = None
    members: str | None = None
    coverage: float | None = None
    rounding: str | None = None
    carry: int = 0
    rule: str = OFFICIAL_FIRST
    as_of: date | None = None
    lang: str = "en"

    def __post_init__(self) -> None:
        """An area named twice is named once."""
        object.__setattr__(self, "areas", tuple(dict.fromkeys(self.areas)))

    def to_url(self) -> str:
        """The query string that reads back as this query; what is usual is left out."""
        usual = Query(self.indicator)
        parts: list[tuple[str, str]] = []
        for name in FIELDS:
            value = getattr(self, name)
            if name != "indicator" and value == getattr(usual, name):
                continue
            parts.append((name, SEPARATOR.join(value) if isinstance(value, tuple) else str(value)))
        return urlencode(parts, safe=SEPARATOR)


FIELDS = tuple(field.name for field in fields(Query))


def from_url(parameters: Mapping[str, str], catalogue: Catalogue) -> Query:
    """The query of a URL's parameters; an empty one is as if it were not there.

    Raises:
        BadQuery: unknown parameters, codes or values; all of them, each with the nearest known.
    """
    query, faults = read(parameters)
    faults += check(query, catalogue)
    if faults:
        raise BadQuery(faults)
    return query


def read(parameters: Mapping[str, str]) -> tuple[Query, list[str]]:
    """The query that parameters spell, and what in them is no parameter or no value; no code is looked up."""
    faults = [refusal("parameter", name, FIELDS) for name in parameters if name not in FIELDS]
    values: dict[str, object] = {}
    for name, text in parameters.items():
        if name in FIELDS and text != "":
            values[name] = _READ[name](name, text, faults) if name in _READ else text
    return Query(**{"indicator": "", **values}), faults  # type: ignore[arg-type]


def check(query: Query, catalogue: Catalogue) -> list[str]:
    """Everything in a query that names what there is not, or that does not go together."""
    return [*_codes(query, catalogue), *_ranges(query), *_together(query, catalogue)]


def _codes(query: Query, catalogue: Catalogue) -> Iterator[str]:
    area = codelist("area")
    if query.indicator not in catalogue.indicators:
        yield refusal("indicator", query.indicator, catalogue.indicators)
    else:
        sectors = catalogue[query.indicator].sectors
        if query.sector is not None and query.sector not in sectors:
            yield refusal("sector of this indicator", query.sector, sectors)
    yield from (not_known("area", a, area.nearest(a)) for a in query.areas if a not in area)
    if query.partner is not None and query.partner not in (*area, "_T", "_X", "_Z"):
        yield not_known("partner", query.partner, area.nearest(query.partner))
    known: dict[str, Collection[str]] = {
        "sex": list(codelist("sex")), "currency": currencies(), "per": PER, "transform": TRANSFORMS,
        "members": MEMBERS, "rounding": ROUNDINGS, "rule": RULES, "lang": list(codelist("language")),
    }  # fmt: skip
    for name, allowed in known.items():
        given = getattr(query, name)
        if given is not None and given not in allowed:
            yield refusal(name, given, allowed)


def _ranges(query: Query) -> Iterator[str]:
    for name in ("since", "until", "prices", "base"):
        year = getattr(query, name)
        if year is not None and not EARLIEST <= year <= LATEST:
            yield f"{name}={year} is no year between {EARLIEST} and {LATEST}"
    if query.since is not None and query.until is not None and query.since > query.until:
        yield f"since={query.since} is after until={query.until}"
    if query.coverage is not None and not 0 <= query.coverage <= 1:
        yield f"coverage={query.coverage} is no part of a whole; write for example 0.66"
    if not 0 <= query.carry <= OLDEST_CARRIED:
        yield f"carry={query.carry} is not 0 to {OLDEST_CARRIED} years"


def _together(query: Query, catalogue: Catalogue) -> Iterator[str]:
    indicator = catalogue.indicators.get(query.indicator)
    money = indicator is None or indicator.is_money
    if not money and (query.currency != AS_REPORTED or query.prices is not None):
        yield f"{query.indicator} is no money: it has no currency and no prices"
    if query.per and indicator is not None and indicator.formula != PLAIN:
        yield f"{query.indicator} is a ratio already: it cannot be taken per {query.per}"
    if query.per == PER_GDP and not money:
        yield f"{query.indicator} is no money: it has no share of GDP"
    if query.per == PER_GDP and query.prices is not None:
        yield "a share of GDP is taken at current prices: leave out prices"
    if query.base is not None and query.transform not in BASED:
        yield f"base={query.base} belongs to {' or '.join(BASED)}"
    if query.rule == ALL and (query.transform != LEVEL or query.members or query.carry):
        yield "rule=all makes no choice of a headline, and what is asked needs one; choose another rule"
    if query.coverage is not None and not query.members:
        yield f"coverage belongs to members={' or '.join(MEMBERS)}"


def refusal(what: str, seen: str, known: Iterable[str]) -> str:
    """What is wrong with a value, and the nearest that is known."""
    near = get_close_matches(seen, list(known), n=1, cutoff=0.4)
    return not_known(what, seen, near[0] if near else None)


def not_known(what: str, seen: str, near: str | None) -> str:
    """The sentence for a value that is none of its kind, with the nearest that is, if any."""
    return f"{seen!r} is no {what}" + (f"; the nearest known is {near!r}" if near else "")


def _year(name: str, text: str, faults: list[str]) -> int | None:
    if re.fullmatch(r"[0-9]{4}", text):
        return int(text)
    faults.append(f"{name}={text!r} is no year; write for example 2015")
    return None


def day(text: str) -> date | None:
    """The day that an address writes as 2025-12-31; None where it is none of the calendar."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def _day(name: str, text: str, faults: list[str]) -> date | None:
    if found := day(text):
        return found
    faults.append(f"{name}={text!r} is no day; write for example 2025-12-31")
    return None


def _part(name: str, text: str, faults: list[str]) -> float | None:
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,20})?([eE]-[0-9]{1,3})?", text):
        return float(text)
    faults.append(f"{name}={text!r} is no number; write for example 0.66")
    return None


def _count(name: str, text: str, faults: list[str]) -> int:
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text)
    faults.append(f"{name}={text!r} is no number of years; write for example 2")
    return 0


def _several(_name: str, text: str, _faults: list[str]) -> tuple[str, ...]:
    return tuple(code for code in text.split(SEPARATOR) if code)


_READ = {
    "areas": _several, "since": _year, "until": _year, "prices": _year, "base": _year, "as_of": _day,
    "coverage": _part, "carry": _count,
}  # fmt: skip
