"""SDMX REST as a part of a Flask server: /sdmx/2.1/…, /sdmx/3.0/…, and without a version what is meant."""

from collections.abc import Iterable, Iterator
from gzip import compress
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


def blueprint(releases: Releases, catalogue: Catalogue, gate: Gate | None = None) -> Blueprint:
    """The service below PREFIX; every request is answered from one release.

    Args:
        releases: what is asked.
        catalogue: the definitions.
        gate: that it shares with the API; None = its own.
    """
    service, gate = Blueprint("sdmx", __name__, url_prefix=PREFIX), gate or Gate()

    methods = (*READ, "POST", "PUT", "PATCH", "DELETE")

    @service.route("/", defaults={"path": ""}, methods=methods)
    @service.route("/<path:path>", methods=methods)
    def get(path: str) -> Reply:
        return gate.passed(lambda: _answered(path, releases, catalogue, gate), _refused)

    return service


def _answered(path: str, releases: Releases, catalogue: Catalogue, gate: Gate) -> Reply:
    """An answer when it is its turn, which lasts until the last part of it has left."""
    if request.method == "OPTIONS":
        return what_may_be_asked()
    if request.method not in READ:
        refused = f"{request.method} is not understood here; use GET"
        raise Problem(405, [("", refused)], {"Allow": ", ".join(READ)})
    query = parameters(request.query_string.decode("utf-8", "replace"))
    headers = {name.lower(): value for name, value in request.headers.items()}
    free = gate.turn()
    try:
        store = releases.of((query.get("release") or [""])[-1])
        status, said, body = respond(path, query, headers, store, catalogue)
        leaving = body if isinstance(body, list) else _held(until(body, gate.settings.streaming), free)
        response = _sent(status, said, leaving, gzip=bool(packing(("gzip",))))
    except BaseException:
        free()
        raise
    if isinstance(body, list):
        free()
    response.call_on_close(free)
    return response


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
