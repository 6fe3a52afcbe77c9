"""The head of the board: its area and currency; and the ways on from it."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import controls, links
from dashboard.aria import named
from dashboard.monitor.asked import Asked
from dashboard.route import View
from dashboard.wording import CURRENCY_CHOICES
from indicators.store import Store

PICKS = ("AZE", "GEO", "KAZ", "KGZ", "TJK", "TUR", "UZB", "CIS", "OTS")


def head(store: Store, view: View, asked: Asked) -> html.Header:
    """Name of the area, areas often looked up, controls; the arrangement stays when the area changes."""
    words = view.words
    areas = controls.area_options(words, store, ("country", "group"))
    choices = [{"label": words.text(says), "value": code} for code, says in CURRENCY_CHOICES.items()]
    kept = {k: v for k, v in view.parameters.items() if k != "indicator"}
    picks = [
        dcc.Link(
            words.label("area", area),
            href=view.links.address(links.MONITOR, {**kept, "area": area}),
            className="pick" + (" here" if area == asked.area else ""),
        )
        for area in PICKS
    ]
    return html.Header(
        [
            html.P(words.text("Monitor"), className="kicker"),
            html.H1(words.label("area", asked.area)),
            html.Nav(picks, className="picks", **named(words.text("Often looked up"))),
            html.Div(
                [
                    controls.one_of(
                        words, "area", words.text("Country or group"), areas, asked.area, search=True
                    ),
                    controls.one_of(words, "currency", words.text("Money in"), choices, asked.currency),
                ],
                className="controls",
            ),
        ],
        className="page-head",
    )


def further(view: View, area: str) -> Component:
    """The ways from the board of an area to all that is stated of it."""
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
