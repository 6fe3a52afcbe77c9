"""Country: everything there is on one area; plans apart from outcomes, impossible values apart from both."""

from datetime import date

from dash.development.base_component import Component

from dashboard import fence, links, route
from dashboard.country import aims, close, head, measure, tables
from dashboard.monitor.compared import number
from dashboard.route import View
from indicators.board import board
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.convert import AS_REPORTED
from indicators.extracts import PARTS, account, first_claims
from indicators.language import message
from indicators.query import BadQuery, refusal
from indicators.store import Store

PATH, TITLE = links.COUNTRY, message("Country")
PARAMETERS = ("area", "measure", "sector", "region", "page")
USUAL_AREA = "KAZ"


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component | None]:
    """The page of one area, or of one measure of it.

    Raises:
        BadQuery: unknown parameters or codes.
    """
    faults = route.unknown(view.parameters, PARAMETERS)
    area = route.area(view.parameters, USUAL_AREA, faults)
    for name in ("measure", "sector", "region"):
        given = view.parameters.get(name, "")
        if given and given not in codelist(name) and (name, given) != ("region", PARTS):
            faults.append(refusal(name, given, list(codelist(name))))
    page = number(view.parameters.get("page", ""), faults)
    if faults:
        raise BadQuery(faults)
    held = account(store, area)
    top, foot = head.head(view, store, area, held), close.printed(view, store, area)
    chosen = view.parameters.get("measure", "")
    if chosen:
        return [top, *measure.whole(view, store, area, chosen, page), foot]
    kpis = board(store, catalogue, area, AS_REPORTED, None if view.release else date.today())
    rows = first_claims(store, area, tables.FIRST_ROWS, tables.REGION_ROWS)
    sections = [
        fence.part(view, head.kpis, view, kpis),
        *tables.themes(view, catalogue, rows, held),
        fence.part(view, tables.regions, view, rows, held),
        fence.part(view, aims.plans, view, held.targets.to_dicts()),
        fence.part(view, tables.flagged, view, rows, held),
        fence.part(view, close.missing, view, kpis, catalogue, area),
        fence.part(view, close.sources, view, store, held.sources),
    ]
    return [top, head.ways(view, sections), *(s for s in sections if s), foot]
