"""Explore: one question, its answer as a chart and as a table, and all that must be said beside it."""

from dash import html
from dash.development.base_component import Component

from dashboard import fence, forms, links, offer
from dashboard.explore import answering, asking, charted, saying, sharing, tables
from dashboard.explore.answering import Found
from dashboard.explore.settings import settings
from dashboard.route import View
from indicators.catalogue import Catalogue
from indicators.language import message
from indicators.store import Store

PATH, TITLE = links.EXPLORE, message("Explore")
completed = asking.completed


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component | None]:
    """The page of one question.

    Raises:
        BadQuery: unknown parameters or codes.
    """
    found = answering.found(asking.asked(view, catalogue), store, catalogue)
    panels = forms.panels(view.words, found.drawn, found.form, found.extras)
    head = [_head(view, found), settings(view, store, catalogue, found)]
    if not panels:
        left = saying.notices(view, found, [])
        withheld = [tables.tables(view, store, found)] if found.answer.frame.height else []
        return [*head, *left, saying.empty(view, store, catalogue, found), *withheld]
    tools = html.Div([charted.picker(view, found), sharing.sharing(view, store)], className="tools")
    return [
        *head,
        tools,
        *saying.notices(view, found, panels),
        *(fence.part(view, charted.chart, view, store, panel, found) for panel in panels),
        charted.switches(view, store, found),
        fence.part(view, tables.tables, view, store, found),
        fence.part(view, saying.why_headline, view, found),
        fence.part(view, saying.coverage, view, found),
        fence.part(view, offer.away, view, found.asked.query, store.release.id),
        fence.part(view, _method, view, found),
    ]


def _head(view: View, found: Found) -> html.Header:
    words, indicator = view.words, found.indicator
    return html.Header(
        [
            html.P(words.text(TITLE), className="kicker"),
            html.H1(words.text(indicator.name)),
            html.P(words.text(indicator.question), className="lead"),
        ],
        className="page-head",
    )


def _method(view: View, found: Found) -> html.Section:
    words, indicator = view.words, found.indicator
    address = links.outside(indicator.method, indicator.method)
    return html.Section(
        [
            html.H2(words.text("How to read it")),
            html.Ul([html.Li(words.text(c)) for c in indicator.caveats]),
            html.P(
                [
                    *words.woven("Method: {address}", address=address),
                    " · ",
                    *words.woven(
                        "definition {id}, basis {n}", id=html.Code(indicator.id), n=str(indicator.basis)
                    ),
                ],
                className="quiet",
            ),
        ],
        className="method",
    )
