"""Overview: one country or group, each indicator's newest headline."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import controls, figures, links, panels, route, sparks, wording
from dashboard.aria import named
from dashboard.route import View
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import PER_HEAD
from indicators.convert import AS_REPORTED, CURRENCIES, USD
from indicators.groups import former_members, members, neighbours
from indicators.overview import Card, overview
from indicators.query import BadQuery, Query
from indicators.store import Store

PATH, TITLE = links.OVERVIEW, "Overview"
PARAMETERS = ("area", "currency", "indicator")
"""`indicator` says as whose figure an open passport is read."""
USUAL_AREA = "KAZ"
PICKS = ("AZE", "GEO", "KAZ", "KGZ", "TJK", "TUR", "UZB", "CIS", "OTS")
MOST_COMPARED = 6


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component]:
    """The page of one area.

    Raises:
        BadQuery: unknown parameters or codes.
    """
    faults = route.unknown(view.parameters, PARAMETERS)
    area = route.area(view.parameters, USUAL_AREA, faults)
    currency = route.one_of(view.parameters, "currency", AS_REPORTED, CURRENCIES, faults)
    if faults:
        raise BadQuery(faults)
    cards = overview(store, catalogue, area, currency)
    return [
        _head(store, area, currency),
        *_themes(view, cards, area, currency),
        *_members(area),
        *_after(area, cards),
    ]


def _head(store: Store, area: str, currency: str) -> html.Header:
    areas = controls.area_options(store, ("country", "group"))
    choices = [{"label": words, "value": code} for code, words in wording.CURRENCY_CHOICES.items()]
    picks = [
        dcc.Link(
            wording.label("area", a),
            href=links.overview(a, currency if currency != AS_REPORTED else ""),
            className="pick" + (" here" if a == area else ""),
        )
        for a in PICKS
    ]
    return html.Header(
        [
            html.P("Overview", className="kicker"),
            html.H1(wording.label("area", area)),
            html.Nav(picks, className="picks", **named("Often looked up")),
            html.Div(
                [
                    controls.one_of("area", "Country or group", areas, area, search=True),
                    controls.one_of("currency", "Money in", choices, currency),
                ],
                className="controls",
            ),
        ],
        className="page-head",
    )


def _themes(view: View, cards: Sequence[Card], area: str, currency: str) -> list[Component]:
    if not cards:
        where = dcc.Link("Country page", href=links.country(area))
        return [
            panels.nothing(
                "No indicator has a figure here yet",
                "What else is reported about ",
                wording.label("area", area),
                " stands on its ",
                where,
                ".",
            )
        ]
    return [
        html.Section(
            [html.H2(theme), html.Div([_card(view, c, area, currency) for c in of_theme], className="cards")],
            className="shelf",
        )
        for theme, of_theme in groupby(cards, key=lambda c: c.indicator.theme)
    ]


def _card(view: View, card: Card, area: str, currency: str) -> html.Article:
    newest, indicator = card.newest, card.indicator
    decimals = indicator.decimals
    per = "per head" if indicator.formula == PER_HEAD else ""
    compared = (
        USD
        if indicator.is_money and currency == AS_REPORTED
        else currency
        if indicator.is_money
        else AS_REPORTED
    )
    query = Query(indicator.id, neighbours(area)[:MOST_COMPARED], card.sector, currency=compared)
    when = " · ".join(s for s in (wording.period(newest), wording.basis(newest), wording.status(newest)) if s)
    return html.Article(
        [
            html.H3(indicator.name),
            html.P(
                [
                    html.Span(wording.label("sector", card.sector)),
                    dcc.Link(
                        "Compare",
                        href=links.compare(query),
                        title=f"{indicator.name}: compare with the neighbours",
                    ),
                ],
                className="sector",
            ),
            figures.number(
                view, newest, figures.large(newest, decimals, per), "number big", indicator=indicator.id
            ),
            html.Div(
                [html.Div([html.P(when), html.P(_change(view, card), className="quiet")]), _spark(card)],
                className="course",
            ),
            html.P(
                [html.Span(newest["publisher"], className="publisher"), _rivals(view, card)],
                className="card-foot",
            ),
        ],
        className="card",
    )


def _spark(card: Card) -> Component | None:
    """The path of the series, where there are years in a row; a few lone dots are no path."""
    path = card.path.to_dicts()
    years = f"from {path[0]['year']} to {path[-1]['year']}"
    says = f"{card.indicator.name}, {wording.count(len(path), 'figure')} {years}"
    return sparks.sparkline(path, says) if sparks.joined(path) else None


def _change(view: View, card: Card) -> list[Any]:
    """Growth since the headline before; a share says what it was, for a per cent of a per cent misleads."""
    before = card.before
    if before is None or card.change is None:
        return []
    kind = codelist("unit")[card.newest["unit_measure"]]["kind"]
    earlier = figures.number(
        view, before, wording.figure(before, card.indicator.decimals), indicator=card.indicator.id
    )
    if kind == "share":
        return [earlier, f" in {wording.period(before)}"]
    return [f"{wording.growth(card.change)} from ", earlier, f" in {wording.period(before)}"]


def _rivals(view: View, card: Card) -> Component | None:
    rivals = card.newest["rivals"]
    if not rivals:
        return None
    words = wording.count(rivals, "rival claim")
    return figures.number(view, card.newest, words, "rival-count", indicator=card.indicator.id)


def _members(area: str) -> list[Component]:
    """Of a group: who belongs to it, and the way to compare them."""
    now = members(area)
    if not now:
        return []
    codes = tuple(m.area for m in now)
    role = {m.area: "" if m.role == "member" else f" ({m.role})" for m in now}
    items = [
        html.Li([dcc.Link(wording.label("area", c), href=links.overview(c)), role[c]])
        for c in sorted(codes, key=lambda c: wording.label("area", c))
    ]
    left = ", ".join(
        f"{wording.label('area', m.area)} ({m.role} until {wording.day(m.until)})"
        for m in former_members(area)
    )
    compared = links.compare(Query("exports_services", codes, currency=USD))
    return [
        html.Section(
            [
                html.H2(f"Members ({len(now)})"),
                html.P(
                    "What stands above is claimed of the group itself; it is no sum over its members.",
                    className="quiet",
                ),
                html.P(dcc.Link("Compare the members", href=compared, className="action")),
                html.Ul(items, className="members"),
                html.P(f"Formerly: {left}", className="quiet") if left else None,
            ],
            className="theme",
        )
    ]


def _after(area: str, cards: Sequence[Card]) -> list[Component]:
    name = wording.label("area", area)
    ways = [
        ("Every figure, its plans and targets", ""),
        ("Regions", "regions"),
        ("Targets", "plans"),
        ("What is still missing", "missing"),
    ]
    items = [html.Li(dcc.Link(words, href=links.country(area, anchor))) for words, anchor in ways]
    return [
        html.Nav(
            [html.H2(f"More on {name}"), html.Ul(items)], className="further", **named(f"More on {name}")
        )
    ]
