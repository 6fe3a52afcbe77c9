"""Figure: the permanent page of one figure, by its id."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import passports, route
from dashboard.route import View
from dashboard.wording import CURRENCY_CHOICES
from indicators.catalogue import Catalogue
from indicators.convert import AS_REPORTED
from indicators.language import message
from indicators.query import BadQuery
from indicators.store import Store

TITLE = message("Figure")
PARAMETERS = ("indicator", "currency")
"""As whose figure it is read, and in which money."""


def content(store: Store, catalogue: Catalogue, view: View, figure_id: str) -> list[Component]:
    """The page of one figure.

    Raises:
        BadQuery: unknown parameters or codes.
        UnknownFigure: this release does not hold it.
    """
    faults = route.unknown(view.parameters, PARAMETERS)
    route.one_of(view.parameters, "currency", AS_REPORTED, list(CURRENCY_CHOICES), faults)
    if view.parameters.get("indicator"):
        route.one_of(view.parameters, "indicator", "", list(catalogue.indicators), faults)
    if faults:
        raise BadQuery(faults)
    return [
        html.H1([view.words.text(TITLE), " ", html.Code(figure_id)], className="kicker"),
        html.Div(passports.render(store, catalogue, view, figure_id), className="passport figure-page"),
        html.P(dcc.Link(view.words.text("All sources"), href=view.links.sources())),
    ]
