"""Components of a page as HTML, for paper: what is plain stays, what works on the screen only is left out."""

from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

from dash import dcc, html
from dash.development.base_component import Component

EMPTY = ("img", "br", "hr")
NAMED = {"className": "class", "colSpan": "colspan", "rowSpan": "rowspan", "lang": "lang", "id": "id",
         "scope": "scope", "alt": "alt", "title": "title"}  # fmt: skip
"""Properties that mean something on paper."""
KINDS = ("https", "http")
PLAIN = html.P.__module__.rpartition(".")[0]


def markup(part: Any, base: str) -> str:
    """A part of a page as HTML.

    Args:
        part: components of dash.html, dcc.Link, text, None, or a list of these; others are left out.
        base: the address of the site, before which links of ours stand.
    """
    if part is None or isinstance(part, bool):
        return ""
    if isinstance(part, Sequence) and not isinstance(part, str):
        return "".join(markup(one, base) for one in part)
    if not isinstance(part, Component):
        return escape(str(part), quote=False)
    if isinstance(part, dcc.Link):
        return _element("a", part, base)
    return (
        _element(type(part).__name__.lower(), part, base) if type(part).__module__.startswith(PLAIN) else ""
    )


def _element(tag: str, part: Component, base: str) -> str:
    said = {NAMED[name]: getattr(part, name) for name in NAMED if getattr(part, name, None) is not None}
    for name, leads in (("href", base), ("src", None)):
        address = getattr(part, name, None)
        if address and (to := _address(str(address), leads)):
            said[name] = to
    opened = "".join(f' {name}="{escape(str(value))}"' for name, value in said.items())
    if tag in EMPTY:
        return f"<{tag}{opened}>"
    return f"<{tag}{opened}>{markup(getattr(part, 'children', None), base)}</{tag}>"


def _address(address: str, base: str | None) -> str:
    """A link that paper can hold; of pictures only those that bring themselves."""
    if base is None:
        return address if address.startswith("data:image/") else ""
    if address.startswith("/") and not address.startswith("//"):
        return base + address
    return address if address.startswith("#") or urlsplit(address).scheme in KINDS else ""
