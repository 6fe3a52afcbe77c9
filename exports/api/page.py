"""The description of the API for people: one page made of the OpenAPI document, without a script."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from exports.api.problems import KINDS

SHOWN = 12
"""Words of an enumeration that are shown; the description has all."""
STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
h2 { margin-top: 2.5rem; border-top: 1px solid; padding-top: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0;
  border-bottom: 1px solid #8886; }
.wide { overflow-x: auto; }
"""


def html(told: Mapping[str, Any], rate: int) -> str:
    """The page of a description, with how many requests a minute are answered (0 = any)."""
    info, root = told["info"], told["servers"][0]["url"]
    asked = [(path, said["get"]) for path, said in told["paths"].items()]
    limit = f"{rate} requests a minute for each client address." if rate else "No limit of requests."
    ways = "".join(f'<li><a href="#{_id(path)}"><code>{escape(path)}</code></a></li>' for path, _ in asked)
    title, example = escape(info["title"]), escape(f"{root}/data?indicator=employment&areas=KAZ")
    body = [
        f"<h1>{title}: API {escape(info['version'])}</h1>",
        *(f"<p>{_said(part)}</p>" for part in info["description"].split("\n\n")),
        f'<p>{escape(limit)} For programs: <a href="{escape(root)}/openapi.json">openapi.json</a>, '
        f'OpenAPI 3.1. Try: <a href="{example}"><code>{example}</code></a>.</p>',
        f"<ul>{ways}</ul>",
        *(_address(path, get, told) for path, get in asked),
        '<h2 id="problems">Problems</h2>',
        *(f'<p id="{kind}"><code>{code}</code> {escape(says)}.</p>' for code, (kind, says) in KINDS.items()),
    ]  # fmt: skip
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}: API</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>'
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


def _address(path: str, get: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    given = [
        (f"{p['name']}{' (required)' if p['required'] else ''}", _values(p["schema"]), p["description"])
        for p in get.get("parameters", [])
    ]
    content = get["responses"]["200"].get("content", {})
    media = ", ".join(content) or "as it is named in /bulk"
    fields = _fields(content.get("application/json", {}).get("schema", {}), told)
    rows = [
        (n, "" if "type" not in s else " or ".join(_types(s)), s.get("description", ""))
        for n, s in fields.items()
    ]
    table = _table(("Field", "Type", "Meaning"), rows)
    return "".join([
        f'<h2 id="{_id(path)}">GET <code>{escape(path)}</code></h2><p>{escape(get["summary"])}</p>',
        f"<p>Sent as {escape(media)}.</p>",
        _table(("Parameter", "Values", "Meaning"), given) if given else "",
        f"<details><summary>Fields of a row</summary>{table}</details>" if rows else "",
    ])  # fmt: skip


def _fields(schema: Mapping[str, Any], told: Mapping[str, Any]) -> Mapping[str, Any]:
    own = schema.get("anyOf", [schema])[0]
    rows = own.get("properties", {}).get("data", {}).get("items", {}).get("$ref", "")
    found: Mapping[str, Any] = (
        told["components"]["schemas"].get(rows.rpartition("/")[2], {}).get("properties", {})
    )
    return found


def _types(schema: Mapping[str, Any]) -> list[str]:
    kinds = schema["type"]
    return [kinds] if isinstance(kinds, str) else list(kinds)


def _values(schema: Mapping[str, Any]) -> str:
    if schema["type"] == "array":
        return f"several, with commas between, of: {_values(schema['items'])}"
    if "enum" in schema:
        words = schema["enum"]
        return ", ".join(words[:SHOWN]) + (f", … ({len(words)})" if len(words) > SHOWN else "")
    if "minimum" in schema:
        return f"{schema['type']}, {schema['minimum']} to {schema['maximum']}"
    return str(schema.get("pattern") or schema.get("format") or schema["type"])


def _table(heads: tuple[str, ...], rows: list[Any]) -> str:
    top = "".join(f"<th>{escape(head)}</th>" for head in heads)
    body = "".join(
        "<tr>"
        + "".join(
            f"<td>{f'<code>{escape(cell)}</code>' if at == 0 else _said(cell)}</td>"
            for at, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f'<div class="wide"><table><tr>{top}</tr>{body}</table></div>'


def _said(text: str) -> str:
    """A text in which code stands between backticks."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(text))


def _id(path: str) -> str:
    return path.strip("/").replace("/", "-").replace("{", "").replace("}", "")
