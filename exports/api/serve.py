"""Answers requests: finds the address, reads what is asked, and puts on every answer the headers it needs."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import parse_qsl, urlencode

import orjson
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Reply

from exports import short
from exports.api import negotiation, openapi, page, paging, parameters
from exports.api.asked import Asked, Rows, Sent
from exports.api.endpoints import Endpoint, endpoints
from exports.api.gate import READ, Gate, what_may_be_asked
from exports.api.problems import MEDIA, Problem
from exports.api.settings import Settings
from exports.bulk import File
from exports.cite import API as ROOT
from indicators.catalogue import Catalogue
from indicators.store import Releases

MOST_PARAMETERS = 60
JSON = "application/json"
ELSEWHERE = "/api/"


def blueprint(
    releases: Releases,
    catalogue: Catalogue,
    downloads: Iterable[File] = (),
    settings: Settings | None = None,
    gate: Gate | None = None,
) -> Blueprint:
    """The API and the short addresses, to be registered on the server.

    Args:
        releases: what is asked.
        catalogue: the definitions.
        downloads: files of the whole release.
        settings: of the server; None = those of the environment.
        gate: that it shares with others, and whose settings are then those of the server; None = its own.

    Raises:
        ValueError: a setting of the environment that cannot be read.
    """
    api = _Api(releases, catalogue, {d.id: d for d in downloads}, gate or Gate(settings))
    made = Blueprint("api", __name__)
    made.add_url_rule(f"{short.PATH}<path:text>", "short", _lengthened)

    @made.before_app_request
    def ours() -> Reply | None:  # before any rule, so that no page answers a path or a method of the API
        at = f"{request.path}/"
        if at.startswith(f"{ROOT}/"):
            return api.answer(request.path[len(ROOT) + 1 :])
        return api.elsewhere() if at.startswith(ELSEWHERE) else None

    return made


def _lengthened(text: str) -> Reply:
    """Sends the reader of a short address on to the long one."""
    try:
        address, release = short.read(text)
    except short.BadToken as fault:
        return Response(str(fault), 404, mimetype="text/plain")
    if release:
        address += ("&" if "?" in address else "?") + urlencode({"release": release})
    return redirect(request.script_root + address, 302)


class _Api:
    """One API: its addresses, its limits, and the releases that it asks."""

    def __init__(
        self, releases: Releases, catalogue: Catalogue, downloads: Mapping[str, File], gate: Gate
    ) -> None:
        self.releases, self.catalogue, self.settings = releases, catalogue, gate.settings
        self.endpoints = {e.path.strip("/"): e for e in endpoints(catalogue, downloads)}
        self._gate = gate

    def answer(self, rest: str) -> Reply:
        """The answer to the request of this moment; never a bare error."""
        return self._gate.passed(lambda: self._answered(rest), _refused)

    def elsewhere(self) -> Reply:
        """The answer to an address of no version that there is: a page would be taken for one."""
        return _refused(Problem(404, [("", f"there is no such address here; the API is {ROOT}/")]))

    def _answered(self, rest: str) -> Reply:
        endpoint, identity = self._found(rest)
        if request.method == "OPTIONS":
            return what_may_be_asked()
        if request.method not in READ:
            raise Problem(
                405,
                [("", f"{request.method[:20]} is not understood here; use GET")],
                {"Allow": ", ".join(READ)},
            )
        if request.content_length:
            raise Problem(413, [("", "a request has no body here; put what you ask into the address")])
        pairs = _pairs()
        if endpoint is None:
            return self._about(rest, pairs)
        return self._said(endpoint, identity, pairs)

    def _found(self, rest: str) -> tuple[Endpoint | None, str]:
        """The endpoint of a path and the id in it; none for the description."""
        if rest in ("", "openapi.json"):
            return None, ""
        if rest in self.endpoints and "{" not in rest:
            return self.endpoints[rest], ""
        room, _, identity = rest.partition("/")
        endpoint = self.endpoints.get(room + "/{id}")
        if endpoint is None or not identity:
            there = ", ".join(f"/{path}" for path in self.endpoints)
            raise Problem(404, [("", f"there is no such address here; there is {there}")])
        if faults := endpoint.parameters["id"].kind.faults("id", identity):
            raise Problem(404, [("id", fault) for fault in faults])
        return endpoint, identity

    def _about(self, rest: str, pairs: list[tuple[str, str]]) -> Reply:
        """The description, for programs and for people."""
        if pairs:
            raise Problem(
                400,
                [(name, f"{name[:60]!r} is no parameter of this address; it has none") for name, _ in pairs],
            )
        told = openapi.description(self.endpoints.values(), request.script_root + ROOT)
        if rest:
            body, media = orjson.dumps(told), JSON
        else:
            body, media = page.html(told, self.settings.rate).encode(), "text/html; charset=utf-8"
        tag = negotiation.digest(body)
        if request.if_none_match.contains_weak(tag):
            return _tagged(Response(status=304), tag, frozen=False)
        return _tagged(Response(body, content_type=media), tag, frozen=False)

    def _said(self, endpoint: Endpoint, identity: str, pairs: list[tuple[str, str]]) -> Reply:
        known = {name: p for name, p in endpoint.parameters.items() if p.within == "query"}
        values, faults = parameters.read(pairs, known)
        if endpoint.together:
            faults += [(_meant(said, known), said) for said in endpoint.together(values)]
        form = negotiation.form(endpoint, values, faults)
        if faults:
            raise Problem(400, list(dict.fromkeys(faults)))
        store = self.releases.of(values.get("release", ""))
        given = {"id": identity} if identity else {}
        asked = Asked(
            {**values, **given}, store, self.releases, self.catalogue, form, self._address(), dict(pairs)
        )
        about = (store.release.id, request.path, asked.address, form, *map("=".join, sorted(pairs)))
        tag = negotiation.tag(*about, dated=endpoint.dated)
        if request.if_none_match.contains_weak(tag):
            response: Reply = Response(status=304)
        else:
            response = self._streamed(endpoint, asked) if endpoint.streams else self._made(endpoint, asked)
        if endpoint.media and "format" not in values and not endpoint.streams:
            response.vary.add("Accept")
        for name, value in negotiation.replaced(endpoint.replaced).items():
            response.headers.add(name, value)  # beside the Link of pages
        return _tagged(response, tag, frozen="release" in values)

    def _address(self) -> str:
        if self.settings.address:
            return self.settings.address
        if not request.host:
            raise Problem(400, [("", "the header Host names no host")])
        return request.host_url.rstrip("/") + request.script_root

    def _made(self, endpoint: Endpoint, asked: Asked) -> Reply:
        """An answer that is computed, when it is its turn."""
        free = self._gate.turn()
        try:
            made = endpoint.handle(asked)
        finally:
            free()
        if isinstance(made, Rows):
            path, freezes = request.script_root + request.path, "release" in endpoint.parameters
            body, links = paging.paged(made, endpoint.fields, asked, path, freezes=freezes)
            return Response(body, mimetype=JSON, headers={"Link": links} if links else {})
        if isinstance(made, Sent):
            return _file(made) if isinstance(made.body, bytes) else self._leaving(made)
        return Response(orjson.dumps(made), mimetype=JSON)

    def _streamed(self, endpoint: Endpoint, asked: Asked) -> Reply:
        """A file of which nothing is made before it leaves."""
        made = endpoint.handle(asked)
        return self._leaving(made if isinstance(made, Sent) else Sent(iter(()), JSON))

    def _leaving(self, made: Sent) -> Reply:
        """A file that leaves while it is made; its place is free again when it is closed."""
        if request.method == "HEAD":
            none: Iterator[bytes] = iter(())  # of no length that is known, rather than of none
            return _file(Sent(none, made.media, made.name))
        free = self._gate.stream()
        response = _file(Sent(negotiation.until(made.body, self.settings.streaming), made.media, made.name))
        response.call_on_close(free)
        return response


def _pairs() -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            request.query_string.decode("ascii"), keep_blank_values=True, errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )  # fmt: skip
    except UnicodeDecodeError:
        raise Problem(400, [("", "the address is not written in UTF-8 with per cent signs")]) from None
    except ValueError:
        raise Problem(400, [("", f"more than {MOST_PARAMETERS} parameters")]) from None


def _meant(said: str, known: Iterable[str]) -> str:
    """The parameter that a sentence begins with, or nothing."""
    name = said.partition("=")[0].partition(" ")[0]
    return name if name in known else ""


def _tagged(response: Reply, tag: str, *, frozen: bool) -> Reply:
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "public, max-age=3600" if frozen else "no-cache"
    return response


def _file(sent: Sent) -> Reply:
    response = Response(sent.body, content_type=sent.media)
    if sent.name:
        response.headers["Content-Disposition"] = f'attachment; filename="{sent.name}"'
    return response


def _refused(problem: Problem) -> Reply:
    content = orjson.dumps(problem.content(request.script_root + ROOT))
    headers = {"Cache-Control": "no-store", **problem.headers}
    return Response(content, problem.status, headers=headers, mimetype=MEDIA)
