"""Methods: every indicator, the rules that hold for all of them, the words, and the quality statement."""

from dash.development.base_component import Component

from dashboard import links, route
from dashboard.ledger import findings, method, room
from dashboard.route import View
from indicators.catalogue import Catalogue
from indicators.language import message
from indicators.query import BadQuery
from indicators.store import Store

PATH, TITLE, ROOM = links.METHODS, message("Methods"), links.SOURCES


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component]:
    """The page.

    Raises:
        BadQuery: unknown parameters.
    """
    if faults := route.unknown(view.parameters, ()):
        raise BadQuery(faults)
    corrections = store.ask("findings").filter(kind=findings.CORRECTION).height
    return [
        room.head(view, view.words.text("How a printed figure becomes a number here"), "", PATH),
        method.catalogue_of(view, catalogue),
        method.rules(view),
        method.hedges(view),
        method.money(view),
        method.glossary(view),
        method.quality(view, corrections),
    ]
