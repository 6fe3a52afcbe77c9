"""Sources: every collection and its account of rows, what was found in it, every publication."""

from dash.development.base_component import Component

from dashboard import links, offer, route
from dashboard.ledger import collections, findings, publications, room
from dashboard.route import View
from indicators.catalogue import Catalogue
from indicators.language import message
from indicators.store import Store

PATH, TITLE = links.SOURCES, message("Sources")


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component]:
    """The page.

    Raises:
        BadQuery: unknown parameters or codes.
    """
    words, rows = view.words, store.ask("publications").to_dicts()
    listed = publications.section(view, rows, route.unknown(view.parameters, publications.PARAMETERS))
    lead = words.plural(
        "{n} publication in {languages} languages. Nothing that came in is lost: "
        "each row became a figure, a target, or was withheld for a reason that is listed.",
        "{n} publications in {languages} languages. Nothing that came in is lost: "
        "each row became a figure, a target, or was withheld for a reason that is listed.",
        len(rows),
        languages=len({p["language"] for p in rows}),
    )
    return [
        room.head(view, words.text("Where every figure comes from"), lead, PATH),
        collections.section(view, store),
        findings.section(view, store.ask("findings").to_dicts(), {}),
        listed,
        offer.whole(view, store.release.id),
    ]
