"""Method: how one indicator is made, from its definition to the sources that feed it."""

from urllib.parse import unquote

from dash.development.base_component import Component

from dashboard import links, route
from dashboard.ledger import method, room
from dashboard.route import View
from indicators.catalogue import Catalogue
from indicators.language import message
from indicators.query import BadQuery, refusal
from indicators.store import Store

TITLE = message("Method")


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component]:
    """The page.

    Raises:
        BadQuery: no such indicator; unknown parameters.
    """
    asked, faults = unquote(view.path.removeprefix(links.METHOD)), route.unknown(view.parameters, ())
    if asked not in catalogue.indicators:
        faults.append(refusal("indicator", asked, catalogue.indicators))
    if faults:
        raise BadQuery(faults)
    words, indicator = view.words, catalogue[asked]
    measure, own = indicator.numerator.measure, list(indicator.sectors)
    parts = [
        room.head(view, words.text(indicator.name), words.text(indicator.question), ""),
        method.ways(view, indicator),
        method.definition(view, indicator),
        method.sectors(view, indicator),
        method.fed_by(view, store.ask("fed_by", measures=[measure], sectors=own).to_dicts()),
        method.rules(view),
        method.hedges(view),
    ]
    return [*parts, method.money(view)] if indicator.is_money else parts
