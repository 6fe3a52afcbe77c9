"""The head of the page: how much there is on an area, the ways down the page, the KPIs on one table."""

from collections.abc import Iterable
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import controls, figures
from dashboard.aria import named
from dashboard.country.parts import section
from dashboard.monitor import status
from dashboard.render.address import sheet
from dashboard.route import View
from indicators.board import Board, Kpi
from indicators.extracts import Account
from indicators.store import Store

OF_ALL = ("country", "group", "former", "set")


def head(view: View, store: Store, area: str, held: Account) -> html.Header:
    """Name of the area and how much is held of it; on paper, of which release."""
    words = view.words
    said = words.text(
        "{figures} from {publications}, {plans}.",
        figures=words.plural("{n} figure", "{n} figures", held.figures),
        publications=words.plural("{n} publication", "{n} publications", len(held.sources)),
        plans=words.plural(
            "{n} plan, target or forecast", "{n} plans, targets or forecasts", held.targets.height
        ),
    )
    overview_link = dcc.Link(words.text("Overview"), href=view.links.monitor(area))
    areas = controls.area_options(words, store, OF_ALL)
    chooser = controls.one_of(words, "area", words.text("Country or group"), areas, area, search=True)
    return html.Header(
        [
            html.P(words.text("Country"), className="kicker"),
            html.H1(words.label("area", area)),
            html.P([said, " ", overview_link], className="lead"),
            html.Div([chooser, sheet(view)], className="controls"),
        ],
        className="page-head",
    )


def ways(view: View, sections: Iterable[Any]) -> html.Nav:
    """The way to each section of the page; one that could not be made has none."""
    items = [html.Li(html.A(s.title, href=f"#{s.id}")) for s in sections if getattr(s, "id", None)]
    return html.Nav(html.Ul(items), className="ways", **named(view.words.text("On this page")))


def kpis(view: View, held: Board) -> html.Section | None:
    """The newest figure of each indicator, its change's base, its aim and where that stands."""
    words = view.words
    shown = [kpi for kpi in held.kpis if kpi.card]
    if not shown:
        return None
    titles = (
        words.text("Indicator"),
        words.text("Figure"),
        words.text("Period"),
        words.text("Aim and status"),
    )
    heads = figures.heads(titles)
    body = html.Tbody([_kpi(view, held, kpi) for kpi in shown])
    table = html.Table([heads, body], className="figures kpis")
    return section("kpis", words.text("Key figures"), html.Div(table, className="scroll"))


def _kpi(view: View, held: Board, kpi: Kpi) -> html.Tr:
    words = view.words
    if kpi.card is None:
        return html.Tr()
    newest, indicator = kpi.card.newest, kpi.card.indicator
    written = words.figure(newest, indicator.decimals)
    rivals = [html.Sup(f"+{newest['rivals']}", title=words.rivals(newest["rivals"]), className="rivals")]
    return html.Tr(
        [
            html.Td(
                [words.text(indicator.name), html.Span(words.label("sector", kpi.sector), className="remark")]
            ),
            html.Td(
                [
                    figures.number(view, newest, written, indicator=indicator.id),
                    *(rivals if newest["rivals"] else []),
                ],
                className="what",
            ),
            html.Td(
                [words.period(newest), html.Span(words.basis(newest), className="basis")], className="when"
            ),
            html.Td(_aim(view, held, kpi)),
        ]
    )


def _aim(view: View, held: Board, kpi: Kpi) -> list[Component]:
    if not kpi.aims:
        return []
    aimed, words = kpi.aims[0], view.words
    stated = held.figures[aimed.target.figure_id]
    said: list[Any] = [
        f"{words.label('kind', aimed.target.kind)}: ",
        figures.number(view, stated, words.figure(stated)),
        f" · {words.period(stated)}",
    ]
    return [html.P(said), status.standing(words, aimed)]
