"""What is taken away, over HTTP.

POST /present/taken?format=pptx|pdf|html&lang=   a .deck.json as the body, or as the part `deck` of a
                                                 form whose part `template` is a ministry's .pptx
GET /picture?address=&unit=&format=svg|png       a chart of a page of ours, with its words in it
GET /sheet?address=                              the page of a country as a PDF

What is wrong is said as JSON: {"faults": [sentences]}, in the language of lang=, or of the address.
PowerPoint's library and the browser are loaded by the first who asks.
"""

import json
import logging
import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from urllib.parse import quote
from uuid import uuid4

from dash import Dash
from flask import Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from dashboard import route
from dashboard.render.address import FORMATS, LONGEST, PICTURE, SHEET, TAKEN
from dashboard.render.deck import LARGEST, BadRequest, read
from dashboard.wording import Wording, wording
from indicators.catalogue import Catalogue
from indicators.concepts.release import UnknownRelease
from indicators.holdings import UnknownFigure
from indicators.query import BadQuery, refusal
from indicators.store import Releases

log = logging.getLogger(__name__)

MEDIA = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
LARGEST_TEMPLATE, ROOM = 20_000_000, 100_000
"""Bytes of a template, as exports.slides.template has it, and of what a form adds."""
AT_ONCE, PATIENCE = 2, 20.0
"""So many are made at the same time, so that pages keep their threads; seconds that the next one waits."""
_TURNS = threading.BoundedSemaphore(AT_ONCE)
_FIELDS = ("address", "unit", "format")


class Busy(RuntimeError):
    """Others are being served, and nobody was done in time."""


def register(app: Dash, releases: Releases, catalogue: Catalogue) -> None:
    """Answer all three addresses from `app`."""
    app.server.add_url_rule(TAKEN, "taken", lambda: _taken(releases, catalogue), methods=["POST"])
    app.server.add_url_rule(PICTURE, "picture", lambda: _picture(releases, catalogue))
    app.server.add_url_rule(SHEET, "sheet", lambda: _sheet(releases, catalogue))


def _taken(releases: Releases, catalogue: Catalogue) -> Response:
    words = wording(route.spoken(request.query_string.decode("utf-8", "replace")))

    def make() -> Response:
        from dashboard.render import offline, paper, powerpoint
        from dashboard.render.answered import Answers

        wanted = request.args.get("format", "")
        faults = _format(words, wanted, list(MEDIA))
        raw, template = _sent(words)
        if faults:
            raise BadRequest(faults)
        deck = read(raw, words)
        answers = Answers(releases, catalogue, date.today())
        with _turn():
            if wanted == "pptx":
                body = powerpoint.pptx(deck, answers, words, _base(), template)
            elif wanted == "pdf":
                body = paper.pdf(deck, answers, words)
            else:
                body = offline.html(deck, answers, words)
        return _file(body, MEDIA[wanted], f"{_named(deck.name)}.{wanted}")

    return _guarded(make, words)


def _sent(words: Wording) -> tuple[bytes, bytes | None]:
    """The deck, and the template where one lies beside."""
    request.max_content_length = LARGEST + LARGEST_TEMPLATE + ROOM
    try:
        if request.mimetype != "multipart/form-data":
            return request.get_data(), None
        request.max_form_memory_size = LARGEST + ROOM
        part, template = request.files.get("deck"), request.files.get("template")
        raw = part.read() if part else request.form.get("deck", "").encode("utf-8", "replace")
        said = template.read() if template and template.filename else None
    except RequestEntityTooLarge:
        raise BadRequest([words.text("It is larger than any deck.")]) from None
    return raw, said


def _picture(releases: Releases, catalogue: Catalogue) -> Response:
    address = request.args.get("address", "")
    words = wording(route.spoken(address[:LONGEST].partition("?")[2]))

    def make() -> Response:
        from dashboard.render import pictures
        from dashboard.render.answered import Answers, viewed

        wanted = request.args.get("format", "svg")
        faults = [words.note(refusal("parameter", n, _FIELDS)) for n in request.args if n not in _FIELDS]
        faults += _format(words, wanted, FORMATS)
        if len(address) > LONGEST:
            faults.append(words.text("The address has more than {n} letters.", n=LONGEST))
        if faults:
            raise BadRequest(faults)
        answers = Answers(releases, catalogue, date.today())
        shown = answers.panel(viewed(address), request.args.get("unit", ""))
        drawing = pictures.drawing(answers, shown)
        with _turn():
            painter = pictures.painter()
            body = painter.svg(drawing) if wanted == "svg" else painter.png(drawing)
        return _file(body, pictures.MEDIA[wanted], f"{_named(drawing.title)}.{wanted}")

    return _guarded(make, words)


def _sheet(releases: Releases, catalogue: Catalogue) -> Response:
    address = request.args.get("address", "")
    words = wording(route.spoken(address[:LONGEST].partition("?")[2]))

    def make() -> Response:
        from dashboard.render import sheet
        from dashboard.render.answered import viewed

        faults = [words.note(refusal("parameter", n, _FIELDS[:1])) for n in request.args if n != "address"]
        if len(address) > LONGEST:
            faults.append(words.text("The address has more than {n} letters.", n=LONGEST))
        if faults:
            raise BadRequest(faults)
        view = viewed(address)
        store = releases.of(view.release)
        with _turn():
            body = sheet.pdf(view, store, catalogue, _base())
        area = view.parameters.get("area", "")
        return _file(body, MEDIA["pdf"], f"{_named(f'country-{area}-{store.release.id}')}.pdf")

    return _guarded(make, words)


def _base() -> str:
    """The address of the site, for links in files."""
    return os.environ.get("CEI_ADDRESS", "").rstrip("/") or request.host_url.rstrip("/")


def _format(words: Wording, wanted: str, known: Sequence[str]) -> list[str]:
    if wanted in known:
        return []
    return [words.text("format={format}: expected one of {known}.", format=wanted, known=", ".join(known))]


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for one's turn.

    Raises:
        Busy: it did not come.
    """
    if not _TURNS.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _TURNS.release()


def _guarded(make: Callable[[], Response], words: Wording) -> Response:
    """What `make` makes; where it cannot, why, as sentences."""
    try:
        return make()
    except BadRequest as fault:
        return _refused(fault.faults, 400)
    except BadQuery as fault:
        return _refused([words.note(f) for f in fault.faults], 400)
    except (UnknownFigure, UnknownRelease) as fault:
        return _refused([words.note(str(fault.args[0]))], 404)
    except Busy:
        response = _refused([words.text("Others are being served; try again in a minute.")], 503)
        response.headers["Retry-After"] = "60"
        return response
    except Exception as fault:
        return _of_export(fault, words)


def _of_export(fault: Exception, words: Wording) -> Response:
    """What the makers of files say; they are known only once one was asked."""
    from exports.pictures.browser import NoBrowser, Refused, Stopped
    from exports.pictures.painter import BadDrawing
    from exports.slides.spec import BadDeck
    from exports.slides.template import BadTemplate

    if isinstance(fault, BadTemplate):
        lead = words.text(
            "The template is not used. It must be a .pptx or .potx of at most 20 MB, without macros and "
            "without parts that are fetched from elsewhere."
        )
        return _refused([lead, str(fault)], 400)
    if isinstance(fault, BadDeck):
        return _refused(fault.faults, 400)
    if isinstance(fault, BadDrawing):
        return _refused([words.text("This chart is larger than any picture: show fewer countries.")], 400)
    if isinstance(fault, NoBrowser):
        log.warning("no browser: %s", fault)
        return _refused([words.text("This server has no browser, which draws pictures and PDF.")], 503)
    if isinstance(fault, Stopped):
        return _refused([words.text("It took too long and was stopped; try again, or with less.")], 504)
    reference = uuid4().hex[:8]
    log.error("taking away, fault %s", reference, exc_info=fault)
    said = [words.text("The fault is ours, reference {reference}.", reference=reference)]
    if isinstance(fault, Refused):
        said.insert(0, words.text("The chart could not be drawn as a picture."))
    return _refused(said, 500)


def _file(body: bytes, media: str, name: str) -> Response:
    response = Response(body, content_type=media)
    plain = name if name.isascii() else f"deck.{name.rpartition('.')[2]}"
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _named(name: str) -> str:
    """A name that any system takes as that of a file."""
    return re.sub(r"[\W_]+", "-", name).strip("-")[:80] or "deck"


def _refused(faults: list[str], status: int) -> Response:
    body = json.dumps({"faults": faults}, ensure_ascii=False)
    response = Response(body, status=status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
