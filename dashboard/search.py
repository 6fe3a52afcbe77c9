"""The search box in the head of the site, and the one light request that it makes while a reader types."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from dash import Dash
from flask import Response, jsonify, request

from dashboard import route
from dashboard.links import LANGUAGE, RELEASE, Links
from dashboard.route import View
from dashboard.scripted import Scripted
from dashboard.wording import Wording
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.concepts.release import UnknownRelease
from indicators.language import message
from indicators.names import index
from indicators.query import BadQuery, Query
from indicators.search import AREA, INDICATOR, MEASURE, PUBLICATION, SECTOR, SERIES, Found, Index
from indicators.store import Releases

ADDRESS = "/search.json"
SUGGESTED = 8
LONGEST = 200
"""Letters of a query; more is nothing that anybody types."""
KINDS = {
    SERIES: message("Indicator of a country"),
    INDICATOR: message("Indicator"),
    AREA: message("Country or group"),
    SECTOR: message("Sector"),
    MEASURE: message("Measure"),
    PUBLICATION: message("Publication"),
}
BOARDS = ("country", "group")
"""Kinds of areas that have a board."""


class Search(Scripted):
    """The box, drawn by assets/search.js after the combobox pattern of the ARIA practices.

    Attributes:
        address: of the requests, with language and release.
        page: address of all results, without the query.
        words: what it says: label, hint, all, nothing.
    """

    def __init__(self, address: str = "", page: str = "", words: Any = None) -> None:
        super().__init__(address=address, page=page, words=words)


def box(view: View) -> Search:
    """The box of a page."""
    words = view.words
    said = {
        "label": words.text("Search indicators, countries, sectors and sources"),
        "hint": words.text("Search"),
        "nothing": words.text("Nothing found"),
        "key": words.text("Press / to search"),
        "failed": words.text("The search cannot be reached. Try again."),
    }
    return Search(view.links.address(ADDRESS, {}), view.links.search(""), said)


def href(links: Links, found: Found) -> str:
    """Where something that was found is shown."""
    if found.kind in (INDICATOR, SERIES):
        return links.explore(Query(found.code, (found.within,) if found.within else ()))
    if found.kind == AREA:
        board = codelist("area")[found.code]["kind"] in BOARDS
        return links.monitor(found.code) if board else links.country(found.code)
    if found.kind == PUBLICATION:
        return links.source(found.within, found.code) + "#publications"
    if found.kind == SECTOR:
        told = Query(found.within, sector=found.code) if found.within else None
        return links.explore(told) if told else links.coverage(sector=found.code)
    return links.coverage(measure=found.code)


def register(app: Dash, releases: Releases, catalogue: Catalogue) -> None:
    """Answer what the box asks; a release that has not changed is not searched again."""

    def suggestions() -> Response:
        asked = request.args.get("q", "")[:LONGEST]
        try:
            view = route.read("/", _state(request.args))
            store = releases.of(view.release)
        except (BadQuery, UnknownRelease) as fault:
            refused = jsonify({"fault": str(fault)})
            refused.status_code = 400
            return refused
        known = request.if_none_match.contains(store.release.id)
        answer = Response(status=304) if known else jsonify(_suggested(view, index(store, catalogue), asked))
        answer.set_etag(store.release.id)
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    app.server.add_url_rule(ADDRESS, "suggestions", suggestions)


def _state(arguments: Any) -> str:
    """The language and the release of a request, as the rest of the site reads them."""
    return urlencode({name: arguments[name] for name in (LANGUAGE, RELEASE) if name in arguments})


def _suggested(view: View, names: Index, asked: str) -> dict[str, Any]:
    words = view.words
    found = names.find(asked, words.language.code, SUGGESTED)
    n = every(names, asked, words.language.code, found)
    return {
        "found": [option(view, each) for each in found],
        "all": words.text("All results: {n}", n=words.number(n)),
    }


def every(names: Index, asked: str, language: str, found: Sequence[Found]) -> int:
    """How many results there are beside those that are listed, these included."""
    return names.count(asked, language) + sum(each.kind == SERIES for each in found)


def option(view: View, found: Found) -> dict[str, str]:
    """One thing found, as the box shows it."""
    words = view.words
    return {
        "name": found.shown,
        "lang": found.language,
        "by": found.by,
        "byLang": found.by_language,
        "kind": words.text(KINDS[found.kind]),
        "figures": behind(words, found),
        "href": href(view.links, found),
    }


def behind(words: Wording, found: Found) -> str:
    """How many figures stand behind it."""
    if not found.figures:
        return words.text("no figure")
    return words.plural("{n} figure", "{n} figures", found.figures)
