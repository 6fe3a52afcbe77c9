"""Source: the file on one collection, from its licence to the figures that live of it."""

from urllib.parse import unquote

from dash.development.base_component import Component

from dashboard import figures, links, route
from dashboard.ledger import dossier, findings, publications, room
from dashboard.route import View
from indicators import intervals
from indicators.catalogue import Catalogue
from indicators.feeds import feeds
from indicators.language import message
from indicators.query import BadQuery, refusal
from indicators.revisions import every_revision
from indicators.store import Store

TITLE, ROOM = message("Source"), links.SOURCES
MANY = 50
"""Publications from which a collection is a ledger of texts, and its editions are not listed one by one."""


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component]:
    """The page.

    Raises:
        BadQuery: no such collection; unknown parameters or codes.
    """
    collection = unquote(view.path.removeprefix(links.SOURCE))
    known = {r["collection"]: r for r in store.ask("collections").to_dicts()}
    if collection not in known:
        raise BadQuery([refusal("source", collection, known)])
    row = known[collection]
    every = store.ask("publications").to_dicts()
    own = [p for p in every if p["collection"] == collection]
    listed = publications.section(view, own, route.unknown(view.parameters, publications.PARAMETERS))
    found = [f for f in store.ask("findings").to_dicts() if f["collection"] == collection]
    now = store.ask("corrected", collection=collection).with_columns(*intervals.stated())
    revised = every_revision(store).filter(collection=collection).height
    raw = {n: h for n, h in store.manifest["raw"].items() if f"/{collection}/" in f"/{n}"}
    return [
        room.head(view, figures.title(view.words, row), "", ""),
        dossier.facts(view, row, revised),
        dossier.vintages(view, own if len(own) < MANY else [], raw),
        dossier.feeds(view, catalogue, feeds(store, collection)),
        findings.section(view, found, {r["figure_id"]: r for r in now.to_dicts()}),
        listed,
    ]
