"""SDMX REST as a part of a Flask server: /sdmx/2.1/…, /sdmx/3.0/…, and without a version what is meant."""

from collections.abc import Iterable, Iterator
from gzip import compress
from itertools import chain
from urllib.parse import unquote
from zlib import DEFLATED, MAX_WBITS, Z_SYNC_FLUSH, compressobj

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Reply

from exports.api.gate import READ, Free, Gate, what_may_be_asked
from exports.api.negotiation import until
from exports.api.problems import Problem
from exports.packing import packing
from exports.sdmx.faults import Refused
from exports.sdmx.request import Parameters
from exports.sdmx.rest import error, respond
from indicators.catalogue import Catalogue
from indicators.store import Releases

PREFIX = "/sdmx"
LEVEL, LEAST = 5, 1024
"""How hard a whole body is compressed, and from how many bytes on."""
AT_HAND = 2_000_000
"""Bytes that are made before the first leaves; an answer that is done by then needs no place of its own."""


def blueprint(releases: Releases, catalogue: Catalogue, gate: Gate | None = None) -> Blueprint:
    """The service below PREFIX; every request is answered from one release.

    Args:
        releases: what is asked.
        catalogue: the definitions.
        gate: that it shares with the API; None = its own.
    """
    service, gate = Blueprint("sdmx", __name__), gate or Gate()

    @service.before_app_request
    def ours() -> Reply | None:  # before any rule, so that no page answers a path or a method of the service
        if not f"{request.path}/".startswith(f"{PREFIX}/"):
            return None
        path = request.path[len(PREFIX) + 1 :]
        return gate.passed(lambda: _answered(path, releases, catalogue, gate), _refused)

    return service


def _answered(path: str, releases: Releases, catalogue: Catalogue, gate: Gate) -> Reply:
    """An answer when it is its turn; a large one gives the turn back and leaves in a place of files."""
    if request.method == "OPTIONS":
        return what_may_be_asked()
    if request.method not in READ:
        told = f"{request.method[:20]} is not understood here; use GET"
        raise Problem(405, [("", told)], {"Allow": ", ".join(READ)})
    query = parameters(request.query_string.decode("utf-8", "replace"))
    headers = {name.lower(): value for name, value in request.headers.items()}
    gzip = bool(packing(("gzip",)))
    free = gate.turn()
    try:
        store = releases.of((query.get("release") or [""])[-1])
        status, said, body = respond(path, query, headers, store, catalogue)
        begun, pieces = _begun(body)
    finally:
        free()
    if pieces is None:
        return _sent(status, said, begun, gzip=gzip)
    free = gate.stream()
    rest = _held(until(chain(begun, pieces), gate.settings.streaming), free)
    response = _sent(status, said, rest, gzip=gzip)
    response.call_on_close(free)
    return response


def _begun(body: Iterable[bytes]) -> tuple[list[bytes], Iterator[bytes] | None]:
    """The pieces up to AT_HAND, and those that are still to be made, or None where there are no more."""
    if isinstance(body, list):
        return body, None
    begun, size, pieces = [], 0, iter(body)
    for piece in pieces:
        begun.append(piece)
        size += len(piece)
        if size > AT_HAND:
            return begun, pieces
    return begun, None


def _held(body: Iterable[bytes], free: Free) -> Iterator[bytes]:
    """The same, whose place is free again after its last part."""
    try:
        yield from body
    finally:
        free()


def _refused(problem: Problem) -> Reply:
    """A problem in the words of SDMX."""
    said = Refused(problem.status, *(fault for _, fault in problem.faults))
    status, headers, body = error(said, request.headers.get("Accept", ""))
    return Response(body, status, headers={"Cache-Control": "no-store", **headers, **problem.headers})


def parameters(query: str) -> Parameters:
    """The parameters of a query string, in which a plus sign is a plus sign, as SDMX means it."""
    found: dict[str, list[str]] = {}
    for part in filter(None, query.split("&")):
        name, _, value = part.partition("=")
        found.setdefault(unquote(name), []).append(unquote(value))
    return found


def _sent(status: int, said: dict[str, str], body: Iterable[bytes], *, gzip: bool) -> Response:
    """A body of one part has a length; one of many leaves as it is made."""
    response = Response(status=status, headers=said)
    if isinstance(body, list):
        whole = b"".join(body)
        gzip = gzip and len(whole) >= LEAST
        response.set_data(compress(whole, LEVEL, mtime=0) if gzip else whole)
    else:
        response.response = _gzipped(body) if gzip else body
    if gzip:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _gzipped(body: Iterable[bytes]) -> Iterator[bytes]:
    """The same, compressed; each part can be read as soon as it has left."""
    packer = compressobj(LEVEL, DEFLATED, MAX_WBITS | 16)
    for part in body:
        yield packer.compress(part) + packer.flush(Z_SYNC_FLUSH)
    yield packer.flush()
