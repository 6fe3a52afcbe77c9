"""The description of the API, OpenAPI 3.1, made of the declarations that read its parameters."""

from collections.abc import Iterable
from typing import Any

from exports.api import problems
from exports.api.endpoints import TEXT, Endpoint
from exports.api.shapes import schema

VERSION = "1.0.0"
"""Of the API: the middle number is raised when something is added, the first never within /api/v1."""
ABOUT = """Every reported figure about the creative economy, hedged as its source hedged it, with its rivals.

What is not described is refused, be it a parameter or a value; an answer of 400 lists all that is wrong.
`release` freezes an address, `as_of` asks what was known on a day. Answers carry an ETag; JSON comes by
pages, with links to the next and the last. Missing is null, never zero; so is the open end of an interval,
and `open_end` says which it is."""
RATED = ("RateLimit-Policy", "RateLimit", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
JSON = "application/json"
ALSO_JSON: dict[str, dict[str, Any]] = {
    "jsonstat": {
        "type": "object", "description": "format=jsonstat: a dataset of JSON-stat 2.0.",
        "properties": {"version": {"const": "2.0"}, "class": {"const": "dataset"}},
        "required": ["version", "class", "id", "size", "dimension", "value"],
    },
}  # fmt: skip
"""Formats of tables that share the media type of JSON."""
ALWAYS = (400, 406, 413, 414, 429, 500, 503)
"""Problems that any address may answer with."""


def description(endpoints: Iterable[Endpoint], root: str) -> dict[str, Any]:
    """The whole description, for an API that stands at `root`."""
    listed = tuple(endpoints)
    paths = {e.path: {"get": _operation(e), "head": _head(e)} for e in listed}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Creative Economy Indicators", "version": VERSION, "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root}],
        "paths": paths | {"/openapi.json": _own()},
        "components": {
            "schemas": {"Problem": problems.SCHEMA} | {_row(e): schema(e.fields) for e in listed if e.fields},
            "headers": {name: {"schema": TEXT} for name in (*RATED, "ETag", "Link")},
        },
    }  # fmt: skip


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    found: dict[str, Any] = {
        "summary": endpoint.summary,
        "operationId": _name(endpoint),
        "parameters": [p.described() for p in endpoint.parameters.values()],
        "responses": {"200": _answer(endpoint), "304": {"description": "What you hold is still so."}}
        | _problems([*ALWAYS, 404] if _may_lack(endpoint) else ALWAYS),
    }
    return found | ({"deprecated": True} if endpoint.replaced else {})


def _head(endpoint: Endpoint) -> dict[str, Any]:
    whole = _operation(endpoint)
    answers = {
        code: {k: v for k, v in said.items() if k != "content"} for code, said in whole["responses"].items()
    }
    return whole | {
        "summary": f"The headers alone. {endpoint.summary}", "operationId": f"{_name(endpoint)}_head",
        "responses": answers,
    }  # fmt: skip


def _may_lack(endpoint: Endpoint) -> bool:
    return bool({"release", "id", "figure"} & endpoint.parameters.keys())


def _answer(endpoint: Endpoint) -> dict[str, Any]:
    files = {media.partition(";")[0]: {"schema": _binary(media)} for media in endpoint.media.values()}
    plain = {} if endpoint.streams else {JSON: {"schema": _plain(endpoint)}}
    names = ["ETag", *RATED, *(["Link"] if endpoint.paged else [])]
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    content = files | plain
    return {"description": endpoint.summary, "headers": headers, **({"content": content} if content else {})}


def _plain(endpoint: Endpoint) -> dict[str, Any]:
    """Of application/json: our own rows, or another format that is JSON too."""
    others = [ALSO_JSON[name] for name, media in endpoint.media.items() if media == JSON]
    return {"anyOf": [_schema(endpoint), *others]} if others else _schema(endpoint)


def _binary(media: str) -> dict[str, Any]:
    return TEXT if media.startswith("text/") else {}


def _schema(endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.content is not None:
        return dict(endpoint.content)
    counts = {name: {"type": "integer"} for name in ("total", "page", "page_size")}
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{_row(endpoint)}"}}
    properties = {"release": TEXT, **counts, **endpoint.about, "data": rows}
    return {
        "type": "object", "properties": properties, "required": list(properties),
        "additionalProperties": False,
    }  # fmt: skip


def _problems(codes: Iterable[int]) -> dict[str, Any]:
    content = {problems.MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        str(code): {
            "description": problems.KINDS[code][1],
            "content": content,
        }
        for code in sorted(set(codes))
    }


def _own() -> dict[str, Any]:
    shape = {"type": "object", "properties": {"openapi": TEXT}, "required": ["openapi"]}
    answers = {
        "200": {"description": "This description.", "content": {JSON: {"schema": shape}}},
        "304": {"description": "What you hold is still so."},
    }
    get = {"summary": "This description.", "operationId": "openapi", "responses": answers | _problems(ALWAYS)}
    return {"get": get}


def _name(endpoint: Endpoint) -> str:
    return endpoint.path.strip("/").replace("/{id}", "_one")


def _row(endpoint: Endpoint) -> str:
    return _name(endpoint).title().replace("_", "")
