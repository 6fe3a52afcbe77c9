"""What decks ask of the server: the content of a slide, the worker, and the page kept for later.

GET /present/slide?kind=&address=&unit=   content.slide as JSON; what is wrong as sentences
GET /sw.js                                the service worker, whose reach is /present and no other page
GET /present/kept?lang=                   the page of decks that needs no server: no Dash starts in it
"""

import json
import logging
import re
from datetime import date
from html import escape
from pathlib import Path
from uuid import uuid4

from dash import Dash
from flask import Response, request

from dashboard import links, route
from dashboard.present.add import SLIDE
from dashboard.present.content import slide
from dashboard.present.spoken import spoken
from dashboard.wording import Wording, wording
from indicators.catalogue import Catalogue
from indicators.concepts.release import UnknownRelease
from indicators.holdings import UnknownFigure
from indicators.query import BadQuery
from indicators.store import Releases

log = logging.getLogger(__name__)

KEPT, WORKER = f"{links.PRESENT}/kept", "/sw.js"
_ENTRY = re.compile(r'<div id="react-entry-point".*?(?=<script)', re.DOTALL)
_STARTER = re.compile(r'<script id="_dash-renderer".*?</script>', re.DOTALL)
LONGEST = 2_000
"""Letters of an address; longer ones are nobody's page."""


def register(app: Dash, releases: Releases, catalogue: Catalogue) -> None:
    """Answer the addresses of decks from `app`."""

    def kept() -> Response:
        words = wording(route.spoken(request.query_string.decode("utf-8", "replace")))
        index: str = app.index()  # type: ignore[no-untyped-call]
        return Response(kept_page(index, words), mimetype="text/html")

    app.server.add_url_rule(SLIDE, "slide", lambda: _answered(releases, catalogue))
    app.server.add_url_rule(WORKER, "worker", _worker)
    app.server.add_url_rule(KEPT, "kept", kept)


def _worker() -> Response:
    response = Response((Path(__file__).parent / "sw.js").read_text("utf-8"), mimetype="text/javascript")
    response.headers["Service-Worker-Allowed"] = links.PRESENT
    response.headers["Cache-Control"] = "no-cache"
    return response


def kept_page(index: str, words: Wording) -> str:
    """The first page of the site as a page of decks alone, with its words in it.

    Args:
        index: the first page, whatever scripts and styles it names.
        words: of its language.

    Raises:
        ValueError: `index` is no longer built as this expects.
    """
    told = json.dumps(spoken(words, ""), ensure_ascii=False).replace("<", "\\u003c")
    entry = (
        f'<div id="kept-deck" class="kept"><p>{escape(words.text("Reading the figures …"))}</p></div>'
        f'<script id="kept-words" type="application/json">{told}</script>'
    )
    page, entries = _ENTRY.subn(lambda _: entry, index)
    page, starters = _STARTER.subn("", page)
    if (entries, starters) != (1, 1):
        raise ValueError(
            f"the first page has {entries} entries and {starters} starters, expected one of each"
        )
    return page


def _answered(releases: Releases, catalogue: Catalogue) -> Response:
    given = request.args
    address = given.get("address", "")[:LONGEST]
    words = wording(route.spoken(address.partition("?")[2]))
    try:
        made = slide(releases, catalogue, address, given.get("kind", ""), given.get("unit", ""), date.today())
    except BadQuery as fault:
        return _refused(words, [words.note(f) for f in fault.faults], 400)
    except (UnknownFigure, UnknownRelease) as fault:
        return _refused(words, [words.note(str(fault.args[0]))], 404)
    except Exception:
        reference = uuid4().hex[:8]
        log.exception("slide fault %s", reference)
        return _refused(
            words, [words.text("The fault is ours, reference {reference}.", reference=reference)], 500
        )
    said = {
        "added": words.text("Added to the deck: {title}", title=made["name"]),
        "open": words.text("Open the deck"),
        "undo": words.text("Undo"),
        "deck": words.text("My deck"),
        "page": route.View(links.PRESENT, {}, language=words.language.code).in_language(words.language.code),
    }
    return _json({"slide": made, "says": said}, 200)


def _refused(words: Wording, faults: list[str], status: int) -> Response:
    return _json({"faults": [words.text("This cannot be a slide."), *faults]}, status)


def _json(what: object, status: int) -> Response:
    response = Response(json.dumps(what, ensure_ascii=False), status=status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
