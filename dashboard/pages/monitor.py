"""Monitor: one country or group, each indicator's newest headline."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import controls, figures, links, panels, route, sparks
from dashboard.aria import named
from dashboard.present.add import add_button
from dashboard.route import View
from dashboard.wording import CURRENCY_CHOICES
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import PER_HEAD
from indicators.convert import AS_REPORTED, USD
from indicators.groups import Membership, former_members, members, neighbours
from indicators.language import message
from indicators.overview import Card, overview
from indicators.query import BadQuery, Query
from indicators.store import Store

PATH, TITLE = links.MONITOR, message("Monitor")
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
    currency = route.one_of(view.parameters, "currency", AS_REPORTED, list(CURRENCY_CHOICES), faults)
    if faults:
        raise BadQuery(faults)
    cards = overview(store, catalogue, area, currency)
    return [
        _head(store, view, area, currency),
        *_themes(view, cards, area, currency),
        *_members(view, area),
        _after(view, area),
    ]


def _head(store: Store, view: View, area: str, currency: str) -> html.Header:
    words = view.words
    areas = controls.area_options(words, store, ("country", "group"))
    choices = [{"label": words.text(says), "value": code} for code, says in CURRENCY_CHOICES.items()]
    picks = [
        dcc.Link(
            words.label("area", a),
            href=view.links.monitor(a, currency if currency != AS_REPORTED else ""),
            className="pick" + (" here" if a == area else ""),
        )
        for a in PICKS
    ]
    return html.Header(
        [
            html.P(words.text(TITLE), className="kicker"),
            html.H1(words.label("area", area)),
            html.Nav(picks, className="picks", **named(words.text("Often looked up"))),
            html.Div(
                [
                    controls.one_of(words, "area", words.text("Country or group"), areas, area, search=True),
                    controls.one_of(words, "currency", words.text("Money in"), choices, currency),
                ],
                className="controls",
            ),
        ],
        className="page-head",
    )


def _themes(view: View, cards: Sequence[Card], area: str, currency: str) -> list[Component]:
    words = view.words
    if not cards:
        where = dcc.Link(words.text("country page"), href=view.links.country(area))
        why = words.woven(
            "What else is reported about {area} stands on its {page}.",
            area=words.label("area", area),
            page=where,
        )
        return [panels.nothing(words.text("No indicator has a figure here yet"), *why)]
    return [
        html.Section(
            [
                html.H2(words.text(theme)),
                html.Div([_card(view, c, area, currency) for c in of_theme], className="cards"),
            ],
            className="shelf",
        )
        for theme, of_theme in groupby(cards, key=lambda c: c.indicator.theme)
    ]


def _card(view: View, card: Card, area: str, currency: str) -> html.Article:
    newest, indicator, words = card.newest, card.indicator, view.words
    name = words.text(indicator.name)
    decimals = indicator.decimals
    per = words.text("per head") if indicator.formula == PER_HEAD else ""
    compared = (
        USD
        if indicator.is_money and currency == AS_REPORTED
        else currency
        if indicator.is_money
        else AS_REPORTED
    )
    query = Query(indicator.id, neighbours(area)[:MOST_COMPARED], card.sector, currency=compared)
    when = " · ".join(s for s in (words.period(newest), words.basis(newest), words.status(newest)) if s)
    return html.Article(
        [
            html.H3(name),
            html.P(
                [
                    html.Span(words.label("sector", card.sector)),
                    dcc.Link(
                        words.text("Compare"),
                        href=view.links.explore(query),
                        title=words.text("{indicator}: compare with the neighbours", indicator=name),
                    ),
                ],
                className="sector",
            ),
            figures.number(
                view,
                newest,
                figures.large(words, newest, decimals, per),
                "number big",
                indicator=indicator.id,
            ),
            html.Div(
                [
                    html.Div([html.P(when), html.P(_change(view, card), className="quiet")]),
                    _spark(view, card),
                ],
                className="course",
            ),
            html.P(
                [html.Span(newest["publisher"], className="publisher"), _rivals(view, card)],
                className="card-foot",
            ),
            add_button(view, "kpi", figure=newest["figure_id"], indicator=indicator.id, name=name),
        ],
        className="card",
    )


def _spark(view: View, card: Card) -> Component | None:
    """The path of the series, where there are years in a row; a few lone dots are no path."""
    path = card.path.to_dicts()
    says = view.words.plural(
        "{indicator}, {n} figure from {first} to {last}",
        "{indicator}, {n} figures from {first} to {last}",
        len(path),
        indicator=view.words.text(card.indicator.name), first=path[0]["year"], last=path[-1]["year"],
    )  # fmt: skip
    return sparks.sparkline(path, says) if sparks.joined(path) else None


def _change(view: View, card: Card) -> list[Any]:
    """Growth since the headline before; a share says what it was, for a per cent of a per cent misleads."""
    before = card.before
    if before is None or card.change is None:
        return []
    words = view.words
    kind = codelist("unit")[card.newest["unit_measure"]]["kind"]
    earlier = figures.number(
        view, before, words.figure(before, card.indicator.decimals), indicator=card.indicator.id
    )
    if kind == "share":
        return words.woven("{earlier} in {period}", earlier=earlier, period=words.period(before))
    return words.woven(
        "{growth} from {earlier} in {period}",
        growth=words.growth(card.change), earlier=earlier, period=words.period(before),
    )  # fmt: skip


def _rivals(view: View, card: Card) -> Component | None:
    rivals = card.newest["rivals"]
    if not rivals:
        return None
    says = view.words.rivals(rivals)
    return figures.number(view, card.newest, says, "rival-count", indicator=card.indicator.id)


ROLES = (message("associate"), message("observer"), message("participant"))
"""Roles of group_member.csv besides member."""


def _members(view: View, area: str) -> list[Component]:
    """Of a group: who belongs to it, and the way to compare them."""
    now, words = members(area), view.words
    if not now:
        return []
    ordered = sorted(now, key=lambda m: words.language.order(words.label("area", m.area)))
    items = [
        html.Li([dcc.Link(words.label("area", m.area), href=view.links.monitor(m.area)), _role(view, m)])
        for m in ordered
    ]
    left = ", ".join(_former(view, m) for m in former_members(area))
    compared = view.links.explore(Query("exports_services", tuple(m.area for m in now), currency=USD))
    no_sum = words.text("What stands above is claimed of the group itself; it is no sum over its members.")
    return [
        html.Section(
            [
                html.H2(words.text("Members ({n})", n=len(now))),
                html.P(no_sum, className="quiet"),
                html.P(dcc.Link(words.text("Compare the members"), href=compared, className="action")),
                html.Ul(items, className="members"),
                html.P(words.text("Formerly: {areas}", areas=left), className="quiet") if left else None,
            ],
            className="theme",
        )
    ]


def _former(view: View, one: Membership) -> str:
    until = view.words.text("until {day}", day=view.words.day(one.until))
    return f"{view.words.label('area', one.area)} ({until})"


def _role(view: View, one: Membership) -> str:
    return "" if one.role == "member" else f" ({view.words.text(one.role)})"


def _after(view: View, area: str) -> Component:
    words = view.words
    title = words.text("More on {area}", area=words.label("area", area))
    ways = [
        (words.text("Every figure, its plans and targets"), ""),
        (words.text("Regions"), "regions"),
        (words.text("Targets"), "plans"),
        (words.text("What is still missing"), "missing"),
    ]
    items = [html.Li(dcc.Link(says, href=view.links.country(area, anchor))) for says, anchor in ways]
    return html.Nav([html.H2(title), html.Ul(items)], className="further", **named(title))
