"""Search: everything that a query finds, kind by kind."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import links, panels, route, search
from dashboard.route import View
from indicators.catalogue import Catalogue
from indicators.language import message
from indicators.names import index
from indicators.query import BadQuery
from indicators.search import Found
from indicators.store import Store

PATH, TITLE = links.SEARCH, message("Search")
PARAMETERS = ("q",)
MOST = 200
"""Results that are listed; how many more there are is said."""


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component]:
    """The page.

    Raises:
        BadQuery: unknown parameters.
    """
    faults = route.unknown(view.parameters, PARAMETERS)
    if faults:
        raise BadQuery(faults)
    words, asked = view.words, view.parameters.get("q", "")[: search.LONGEST]
    names = index(store, catalogue)
    found = names.find(asked, words.language.code, MOST)
    every = search.every(names, asked, words.language.code, found)
    head = [html.P(words.text(TITLE), className="kicker"), html.H1(asked or words.text(TITLE))]
    if not found:
        return [html.Header(head, className="page-head"), _nothing(view, asked)]
    head.append(html.P(_count(view, len(found), every), className="lead"))
    kinds = list(dict.fromkeys(f.kind for f in found))
    groups = [_group(view, kind, [f for f in found if f.kind == kind]) for kind in kinds]
    return [html.Header(head, className="page-head"), *groups]


def _count(view: View, listed: int, every: int) -> str:
    if listed < every:
        return view.words.text(
            "The first {listed} of {n} results; another word makes them fewer", listed=listed, n=every
        )
    return view.words.text("All results: {n}", n=view.words.number(every))


def _nothing(view: View, asked: str) -> Component:
    words = view.words
    if not asked:
        return panels.nothing(
            words.text("Nothing is asked yet"),
            words.text("Type the name of an indicator, a country, a sector or a source in any language."),
        )
    ways = words.woven(
        "Try fewer letters or another language, or look at {coverage} or {sources}.",
        coverage=dcc.Link(words.text("what there is"), href=view.links.coverage()),
        sources=dcc.Link(words.text("all sources"), href=view.links.sources()),
    )
    return panels.nothing(words.text("Nothing found"), *ways)


def _group(view: View, kind: str, found: Sequence[Found]) -> html.Section:
    title = view.words.text(search.KINDS[kind])
    return html.Section(
        [html.H2(title), html.Ul([_line(view, each) for each in found], className="found")], className="theme"
    )


def _by(found: Found) -> html.Span:
    """The name by which it was found, in its own language."""
    return html.Span(found.by, className="remark by", lang=found.by_language or None)


def _line(view: View, found: Found) -> html.Li:
    shown = search.option(view, found)
    return html.Li(
        [
            dcc.Link(html.Span(shown["name"], lang=found.language or None), href=shown["href"]),
            _by(found) if found.by else None,
            html.Span(shown["figures"], className="behind"),
        ]
    )
