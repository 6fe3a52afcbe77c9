"""Query: what a reader asks, as a frozen value that maps one to one onto the URL of a page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from urllib.parse import urlencode

from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.convert import AS_REPORTED, CURRENCIES
from indicators.reconcile import OFFICIAL_FIRST, RULES

FIELDS = ("indicator", "areas", "sector", "sex", "since", "until", "currency", "rule", "as_of")


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
        since, until: first and last year, or None.
        currency: "as_reported", "USD" or "local"; only for money.
        rule: how the headline is chosen.
        as_of: the day as of which it is asked, or None for now.
    """

    indicator: str
    areas: tuple[str, ...] = ()
    sector: str | None = None
    sex: str = "_T"
    since: int | None = None
    until: int | None = None
    currency: str = AS_REPORTED
    rule: str = OFFICIAL_FIRST
    as_of: date | None = field(default=None)

    def to_url(self) -> str:
        """The query string that reads back as this query; what is usual is left out."""
        usual = Query(self.indicator)
        parts: list[tuple[str, str]] = []
        for name in FIELDS:
            value = getattr(self, name)
            if name != "indicator" and value == getattr(usual, name):
                continue
            parts.append((name, ",".join(value) if isinstance(value, tuple) else str(value)))
        return urlencode(parts, safe=",")


def from_url(parameters: Mapping[str, str], catalogue: Catalogue) -> Query:
    """The query of a URL's parameters.

    Raises:
        BadQuery: unknown parameters or codes; all of them, each with the nearest known.
    """
    faults: list[str] = []
    for name in parameters:
        if name not in FIELDS:
            faults.append(_unknown("parameter", name, list(FIELDS)))
    values = {name: value for name, value in parameters.items() if name in FIELDS and value != ""}
    indicator = values.get("indicator", "")
    if indicator not in catalogue.indicators:
        faults.append(_unknown("indicator", indicator, list(catalogue.indicators)))
    areas = tuple(a for a in values.get("areas", "").split(",") if a)
    faults += [_said("area", a, codelist("area").nearest(a)) for a in areas if a not in codelist("area")]
    sector = values.get("sector")
    if sector and indicator in catalogue.indicators and sector not in catalogue[indicator].sectors:
        faults.append(_unknown("sector of this indicator", sector, list(catalogue[indicator].sectors)))
    for name, known in (
        ("sex", list(codelist("sex"))),
        ("currency", list(CURRENCIES)),
        ("rule", list(RULES)),
    ):
        if name in values and values[name] not in known:
            faults.append(_unknown(name, values[name], known))
    years = {name: _year(name, values[name], faults) for name in ("since", "until") if name in values}
    day = _day(values["as_of"], faults) if "as_of" in values else None
    if faults:
        raise BadQuery(faults)
    chosen = {name: values[name] for name in ("sex", "currency", "rule") if name in values}
    return Query(indicator, areas, sector, **years, as_of=day, **chosen)  # type: ignore[arg-type]


def _unknown(what: str, seen: str, known: list[str]) -> str:
    near = get_close_matches(seen, known, n=1, cutoff=0.4)
    return _said(what, seen, near[0] if near else None)


def _said(what: str, seen: str, near: str | None) -> str:
    return f"{seen!r} is no {what}" + (f"; the nearest known is {near!r}" if near else "")


def _year(name: str, text: str, faults: list[str]) -> int | None:
    if re.fullmatch(r"(19|20)\d\d", text):
        return int(text)
    faults.append(f"{name}={text!r} is no year; write for example 2015")
    return None


def _day(text: str, faults: list[str]) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        faults.append(f"as_of={text!r} is no day; write for example 2025-12-31")
        return None
