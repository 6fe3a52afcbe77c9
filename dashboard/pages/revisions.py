"""Revisions: figures of which their publisher later said something else, the largest change first."""

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboard import controls, links, panels, route
from dashboard.ledger import histories, room
from dashboard.route import View
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.language import message
from indicators.query import BadQuery
from indicators.revisions import every_revision
from indicators.store import Store

PATH, TITLE, ROOM = links.REVISIONS, message("Revisions"), links.SOURCES
FILTERS = {"measure": "measure", "area": "ref_area", "source": "collection"}
"""Parameter → column."""


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component]:
    """The page.

    Raises:
        BadQuery: unknown parameters or codes.
    """
    every, faults = every_revision(store), route.unknown(view.parameters, (*FILTERS, "page"))
    known = {name: sorted(codelist(name)) for name in ("measure", "area")}
    known["source"] = sorted(r["collection"] for r in store.ask("collections").to_dicts())
    asked = {name: route.one_of(view.parameters, name, "", ["", *known[name]], faults) for name in FILTERS}
    chosen = every.filter(
        (pl.col(column) == asked[name]) | (asked[name] == "") for name, column in FILTERS.items()
    )
    page = room.page_of(view.parameters, chosen.height, faults)
    if faults:
        raise BadQuery(faults)
    words = view.words
    held = {name: sorted({*every[column], *filter(None, [asked[name]])}) for name, column in FILTERS.items()}
    titles = {r["collection"]: words.title(r) for r in store.ask("collections").to_dicts()}
    shown = chosen.slice((page - 1) * room.LISTED, room.LISTED).to_dicts()
    nothing = panels.nothing(words.text("No figure was revised"), words.text(_NONE))
    counted = words.plural("{n} revision", "{n} revisions", chosen.height)
    return [
        room.head(view, words.text("What was said first, and what later"), words.text(_LEAD), PATH),
        _controls(view, held, asked, titles),
        html.P(counted, className="grid-sum"),
        histories.histories(view, shown) if shown else nothing,
        *filter(None, [room.pages(view, chosen.height, page)]),
    ]


_LEAD = message(
    "A revision is a later statement by the same publisher of another amount for the "
    "same cell. Both stay on record."
)
_NONE = message("No publisher in this choice has stated two amounts on two days for one cell in one unit.")


def _controls(
    view: View, held: dict[str, list[str]], asked: dict[str, str], sources: dict[str, str]
) -> html.Div:
    words = view.words
    titles = {
        "measure": words.text("Measure"),
        "area": words.text("Country or group"),
        "source": words.text("Source"),
    }
    made = [
        controls.optional(
            words,
            name,
            title,
            [
                {"label": sources[code] if name == "source" else words.label(name, code), "value": code}
                for code in held[name]
            ],
            asked[name] or None,
            words.text("any"),
        )
        for name, title in titles.items()
    ]
    return html.Div(made, className="controls")
