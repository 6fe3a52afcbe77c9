"""What the address of Explore asks: a query, and how its answer is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from dashboard import links, route
from dashboard.forms import FORMS
from dashboard.route import View
from indicators.catalogue import Catalogue
from indicators.fitting import Left, fitted
from indicators.query import FIELDS, BadQuery, Query, check, read, refusal

USUAL = Query("exports_services_per_head", ("KAZ", "AZE", "UZB", "GEO", "TUR"), currency="USD")
TABLES = ("years", "figures")
SHOWN = ("chart", "second", "size", "year", "rivals", "plans", "events", "table")
"""Parameters of the page beside those of the query."""


@dataclass(frozen=True)
class Asked:
    """One state of the page.

    Attributes:
        query: what is asked.
        left: what the address names and this indicator cannot be asked.
        form: a key of forms.FORMS.
        second, size: ids of further indicators, or None.
        year: the year shown by a form that shows one; None = the newest.
        rivals, plans, events: whether they are drawn.
        table: one of TABLES.
    """

    query: Query
    left: tuple[Left, ...] = ()
    form: str = "line"
    second: str | None = None
    size: str | None = None
    year: int | None = None
    rivals: bool = True
    plans: bool = False
    events: bool = False
    table: str = TABLES[0]


def asked(view: View, catalogue: Catalogue) -> Asked:
    """What the address asks; without an indicator, the usual comparison.

    Raises:
        BadQuery: unknown parameters, codes or values, all of them.
    """
    given = completed(view).parameters
    faults = route.unknown(given, (*FIELDS, *SHOWN))
    spoken = {links.LANGUAGE: view.language} if view.language else {}
    query, misread = read({k: v for k, v in given.items() if k in FIELDS} | spoken)
    query, left = fitted(query, catalogue)
    faults += [*misread, *check(query, catalogue)]
    made = Asked(
        query,
        left,
        form=route.one_of(given, "chart", "line", list(FORMS), faults),
        second=_indicator(given, "second", catalogue, faults),
        size=_indicator(given, "size", catalogue, faults),
        year=_year(given, faults),
        rivals=_switch(given, "rivals", "on", faults),
        plans=_switch(given, "plans", "off", faults),
        events=_switch(given, "events", "off", faults),
        table=route.one_of(given, "table", TABLES[0], TABLES, faults),
    )
    if faults:
        raise BadQuery(faults)
    return made


def completed(view: View) -> View:
    """The same view with the usual question written out, where the address asks none."""
    if "indicator" in view.parameters:
        return view
    usual = dict(parse_qsl(USUAL.to_url()))
    return replace(view, parameters={**usual, **view.parameters})


def changed(view: View, **changes: str | None) -> str:
    """The address of this page with some parameters changed, or without them; no passport lies open."""
    return view.links.address(view.path, {**completed(view).parameters, **changes})  # type: ignore[dict-item]


def of_another(asked: Asked, indicator: str, catalogue: Catalogue) -> Query:
    """The same question of another indicator, to stand beside the first."""
    return fitted(replace(asked.query, indicator=indicator), catalogue)[0]


def _indicator(given: Mapping[str, str], name: str, catalogue: Catalogue, faults: list[str]) -> str | None:
    value = given.get(name) or None
    if value and value not in catalogue.indicators:
        faults.append(refusal("indicator", value, catalogue.indicators))
    return value


def _year(given: Mapping[str, str], faults: list[str]) -> int | None:
    """The year shown, spelt as the years of a query are."""
    text = given.get("year", "")
    query, misread = read({"since": text})
    faults += [fault.replace("since", "year", 1) for fault in misread]
    return query.since


def _switch(given: Mapping[str, str], name: str, usual: str, faults: list[str]) -> bool:
    return route.one_of(given, name, usual, ("on", "off"), faults) == "on"
