"""Present: decks of slides, made of any chart, table or figure of the site."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import links, route
from dashboard.present.deck import Deck
from dashboard.present.spoken import spoken
from dashboard.route import View
from indicators.catalogue import Catalogue
from indicators.language import message
from indicators.query import BadQuery
from indicators.store import Store

PATH, TITLE = links.PRESENT, message("Present")
PARAMETERS: tuple[str, ...] = ()
"""None: a deck is the reader's own and stands in no address."""


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component]:
    """The page of decks; which there are only the reader's browser knows.

    Raises:
        BadQuery: unknown parameters.
    """
    faults = route.unknown(view.parameters, PARAMETERS)
    if faults:
        raise BadQuery(faults)
    words = view.words
    lead = words.woven(
        "A chart, a table or a figure becomes a slide by its button “Add to deck”, on {explore}, {monitor} "
        "and in every passport. A deck stays in this browser, or in a file of yours; shown, it needs no "
        "server.",
        explore=dcc.Link(words.text("Explore"), href=view.links.explore()),
        monitor=dcc.Link(words.text("Monitor"), href=view.links.monitor()),
    )
    head = [
        html.P(words.text(TITLE), className="kicker"),
        html.H1(words.text("Decks of slides")),
        html.P(lead, className="lead"),
    ]
    return [html.Header(head, className="page-head"), Deck(spoken(words, store.release.id))]
