"""Addresses: of our own pages, with their state, and of others, which are links only when http(s)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from dash import html
from dash.development.base_component import Component

from indicators.query import Query

OVERVIEW, COMPARE, COUNTRY, SOURCES, FIGURE = "/", "/compare", "/country", "/sources", "/figure/"
PASSPORT = "passport"


def address(path: str, parameters: Mapping[str, str]) -> str:
    """An address of this site; the comma stays readable."""
    query = urlencode([(k, v) for k, v in parameters.items() if v], safe=",")
    return f"{path}?{query}" if query else path


def overview(area: str, currency: str = "") -> str:
    """The overview of an area."""
    return address(OVERVIEW, {"area": area, "currency": currency})


def country(area: str, anchor: str = "") -> str:
    """All figures of an area."""
    return address(COUNTRY, {"area": area}) + (f"#{anchor}" if anchor else "")


def compare(query: Query) -> str:
    """The comparison that answers `query`."""
    return f"{COMPARE}?{query.to_url()}"


def permanent(figure_id: str, parameters: Mapping[str, str] | None = None) -> str:
    """The page of one figure, to be cited."""
    return address(FIGURE + quote(figure_id, safe=""), parameters or {})


def outside(text: str, target: str | None, **attributes: Any) -> Component | str:
    """A link to another site, or the bare text where `target` is no http(s) address."""
    if not target or urlsplit(target).scheme not in ("http", "https"):
        return text
    return html.A(text, href=target, target="_blank", rel="noopener noreferrer nofollow", **attributes)
