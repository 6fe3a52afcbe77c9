"""Addresses: of our own pages, with their state, and of others, which are links only when http(s)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from dash import html
from dash.development.base_component import Component

from indicators.query import Query

MONITOR, EXPLORE, COUNTRY, SOURCES, FIGURE = "/", "/explore", "/country", "/sources", "/figure/"
SOURCE, METHOD = "/source/", "/method/"
METHODS, CONFLICTS, COVERAGE, REVISIONS, SEARCH = (
    "/methods",
    "/conflicts",
    "/coverage",
    "/revisions",
    "/search",
)
PRESENT = "/present"
CHANGES = "/changes"
FORMER = {"/compare": EXPLORE}
"""Addresses of before → where the same is now; what was once cited is found for ever."""
PASSPORT, LANGUAGE, RELEASE = "passport", "lang", "release"


@dataclass(frozen=True)
class Links:
    """The addresses of this site in one language, of one release.

    Attributes:
        language: the value of `lang` that every address carries; empty for the usual language.
        release: the release to which every address is frozen; empty where it follows the current one.
    """

    language: str = ""
    release: str = ""

    def address(self, path: str, parameters: Mapping[str, str]) -> str:
        """An address of this site; the comma stays readable."""
        given = {**parameters, LANGUAGE: self.language, RELEASE: self.release}
        query = "&".join(_quoted(k, v) for k, v in given.items() if v)
        return f"{path}?{query}" if query else path

    def monitor(self, area: str = "", currency: str = "") -> str:
        """The board of an area."""
        return self.address(MONITOR, {"area": area, "currency": currency})

    def country(self, area: str, anchor: str = "") -> str:
        """All figures of an area."""
        return self.address(COUNTRY, {"area": area}) + (f"#{anchor}" if anchor else "")

    def explore(self, query: Query | None = None) -> str:
        """The page that answers `query`."""
        return self.address(EXPLORE, dict(parse_qsl(query.to_url())) if query else {})

    def sources(self) -> str:
        """All sources."""
        return self.address(SOURCES, {})

    def source(self, collection: str, find: str = "") -> str:
        """One collection; with `find`, its publications of which that is said."""
        return self.address(SOURCE + quote(collection, safe=""), {"find": find})

    def method(self, indicator_id: str) -> str:
        """How one indicator is made."""
        return self.address(METHOD + quote(indicator_id, safe=""), {})

    def coverage(self, **chosen: str) -> str:
        """What there is: of an indicator, an area, a measure or a sector."""
        return self.address(COVERAGE, chosen)

    def conflicts(self, **chosen: str) -> str:
        """Cells whose claims differ: of an indicator, an area."""
        return self.address(CONFLICTS, chosen)

    def search(self, text: str) -> str:
        """All that a query finds."""
        return self.address(SEARCH, {"q": text})

    def permanent(self, figure_id: str, parameters: Mapping[str, str] | None = None) -> str:
        """The page of one figure, to be cited."""
        return self.address(FIGURE + quote(figure_id, safe=""), parameters or {})


def outside(text: str, target: str | None, **attributes: Any) -> Component | str:
    """A link to another site, or the bare text where `target` is no http(s) address."""
    if not target or urlsplit(target).scheme not in ("http", "https"):
        return text
    return html.A(text, href=target, target="_blank", rel="noopener noreferrer nofollow", **attributes)


@lru_cache(maxsize=4096)  # a page has a few dozen addresses, which differ in one parameter
def _quoted(name: str, value: str) -> str:
    return urlencode([(name, value)], safe=",")
