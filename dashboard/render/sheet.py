"""The page of a country as a PDF: what stands on it, by the rules of the site for paper."""

import re
from html import escape
from pathlib import Path

from dash.development.base_component import Component

from dashboard import links
from dashboard.pages import country
from dashboard.render import pictures
from dashboard.render.deck import BadRequest
from dashboard.render.markup import markup
from dashboard.route import View
from exports import fonts
from exports.pictures import printed
from indicators.catalogue import Catalogue
from indicators.store import Store

ASSETS = Path(__file__).parents[1] / "assets"
STYLES = ("style.css", "monitor.css", "ledger.css")
FOOT = "sheet-foot"
_ASKED = re.compile(r"@font-face\s*\{[^}]*\}|url\((?!['\"]?data:)[^)]*\)")
"""What a style asks the server for: letters, which come with the sheet, and the mark of the site's head."""


def pdf(view: View, store: Store, catalogue: Catalogue, base: str) -> bytes:
    """The page as a PDF.

    Args:
        view: of a country page.
        store: the release that it shows.
        catalogue: the definitions.
        base: the address of the site, to which its links lead.

    Raises:
        BadRequest: it is another page.
        BadQuery: everything in its address that there is not.
        NoBrowser, Stopped, Refused: as exports.pictures.browser says them.
    """
    if view.path != links.COUNTRY:
        raise BadRequest([view.words.text("Only the page of a country is made a PDF.")])
    return printed.settled(pictures.painter().browser.printed(page(view, store, catalogue, base)))


def page(view: View, store: Store, catalogue: Catalogue, base: str) -> str:
    """The sheets as HTML that asks nobody for anything."""
    parts = country.content(store, catalogue, view)
    foot = "".join(_texts(p) for p in parts if getattr(p, "className", "") == FOOT)
    letters = fonts.css()
    style = "".join(_ASKED.sub("", (ASSETS / name).read_text("utf-8")) for name in STYLES)
    return (
        f'<!doctype html><html lang="{view.words.language.code}"><head><meta charset="utf-8">'
        f"<title>{escape(foot)}</title><style>{letters}{style}:root{{--sheet:{_quoted(foot)}}}</style>"
        f"</head><body><main>{markup(parts, base)}</main></body></html>"
    )


def _texts(part: Component | None) -> str:
    return str(getattr(part, "children", "") or "")


def _quoted(text: str) -> str:
    """A text as CSS has it."""
    return '"' + "".join(f"\\{ord(c):x} " if c in '"\\<\n' else c for c in text) + '"'
