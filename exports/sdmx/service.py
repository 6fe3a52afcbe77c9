"""SDMX REST as a part of a Flask server: /sdmx/2.1/…, /sdmx/3.0/…, and without a version what is meant."""

from collections.abc import Iterable, Iterator
from gzip import compress
from urllib.parse import unquote
from zlib import DEFLATED, MAX_WBITS, Z_SYNC_FLUSH, compressobj

from flask import Blueprint, Response, request

from exports.sdmx.faults import error_xml
from exports.sdmx.request import Parameters, not_found
from exports.sdmx.rest import respond
from indicators.catalogue import Catalogue
from indicators.concepts.release import UnknownRelease
from indicators.store import Releases, SpoiledRelease

PREFIX = "/sdmx"
LEVEL, LEAST = 5, 1024
"""How hard a whole body is compressed, and from how many bytes on."""


def blueprint(releases: Releases, catalogue: Catalogue) -> Blueprint:
    """The service below PREFIX; every request is answered from one release."""
    service = Blueprint("sdmx", __name__, url_prefix=PREFIX)

    @service.get("/", defaults={"path": ""})
    @service.get("/<path:path>")
    def get(path: str) -> Response:
        query = parameters(request.query_string.decode("utf-8", "replace"))
        try:
            store = releases.of((query.get("release") or [""])[-1])
        except (UnknownRelease, SpoiledRelease) as fault:
            return Response(error_xml(not_found(str(fault))), 404, content_type="application/xml")
        headers = {name.lower(): value for name, value in request.headers.items()}
        status, said, body = respond(path, query, headers, store, catalogue)
        return _sent(status, said, body, gzip="gzip" in headers.get("accept-encoding", ""))

    return service


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
