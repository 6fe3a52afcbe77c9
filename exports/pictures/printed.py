"""Charts and their figures as a PDF, one a page, drawn from data: vectors, letters inside, A4 across."""

import re
from base64 import b64encode
from collections.abc import Sequence
from html import escape

from exports import fonts
from exports.pictures.painter import Drawing, Painter

MEDIA = "application/pdf"
MOST_PAGES = 300
_MADE = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}")


def pdf(painter: Painter, name: str, drawings: Sequence[Drawing]) -> bytes:
    """The drawings, a page each.

    Args:
        painter: draws them, and prints.
        name: of the document.
        drawings: at least one, each with its words.

    Raises:
        ValueError: there are none, or more than MOST_PAGES.
        BadDrawing, NoBrowser, Stopped, Refused: as Painter.svg.
    """
    if not 0 < len(drawings) <= MOST_PAGES:
        raise ValueError(f"{len(drawings)} pages: expected 1 to {MOST_PAGES}")
    pages = "".join(_page(painter.svg(drawing), drawing) for drawing in drawings)
    language = escape(drawings[0].language)
    made = painter.browser.printed(
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(name)}</title>'
        f"<style>{fonts.css(name)}{_LOOK}</style></head><body>{pages}</body></html>",
        landscape=True,
    )
    return settled(made)


def settled(made: bytes) -> bytes:
    """A PDF without the moment at which it was made, so that the same pages are the same bytes."""
    return _MADE.sub(rb"/\1 (D:20000101000000", made)


def _page(svg: bytes, drawing: Drawing) -> str:
    """A picture by itself: names inside one cannot meet those inside another."""
    said = escape(f"{drawing.title}. {drawing.source}")
    return f'<div><img alt="{said}" src="data:image/svg+xml;base64,{b64encode(svg).decode()}"></div>'


_LOOK = """
@page { size: A4 landscape; margin: 12mm; }
body { margin: 0; }
div { height: 184mm; break-after: page; }
div:last-child { break-after: auto; }
img { width: 100%; height: 100%; object-fit: contain; object-position: 0 0; }
"""
