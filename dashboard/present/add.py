"""The button that puts a part of a page into a deck; assets/present-add.js does what it says."""

from typing import Any
from urllib.parse import urlencode

from dash import html

from dashboard import links
from dashboard.aria import named
from dashboard.route import View

SLIDE = f"{links.PRESENT}/slide"
"""Where the content of a slide is asked for (serve.py)."""
KINDS = ("chart", "table", "kpi")


def address_of(kind: str, page: str, unit: str = "") -> str:
    """Where the content of a slide is asked for.

    Args:
        kind: one of KINDS.
        page: address of the page on which the answer stands, with its query string.
        unit: which chart or table of that page; its first where it is empty.
    """
    asked = {"kind": kind, "address": page, "unit": unit}
    return f"{SLIDE}?{urlencode({k: v for k, v in asked.items() if v})}"


def add_button(
    view: View, kind: str, *, unit: str = "", figure: str = "", indicator: str = "", name: str = ""
) -> html.Button:
    """A button that takes a part of the page of `view` into the reader's deck.

    Args:
        view: the page as it is; its address says what the slide shows.
        kind: "chart" or "table" of an answer, or "kpi": one figure.
        unit: of the chart or the table.
        figure: id of the figure of a kpi.
        indicator: as whose figure it is shown.
        name: what it is, for readers who listen.
    """
    words = view.words
    page = view.with_passport(figure or None, **({"indicator": indicator} if indicator else {}))
    says = words.text("Add to deck")
    told: dict[str, Any] = {
        "data-slide": address_of(kind, page, unit),
        "data-unreached": words.text("The server cannot be reached; nothing was added."),
        **named(f"{says}: {name}" if name else says),
    }
    title = words.text("Add this to your deck, to be shown as a slide")
    return html.Button(says, className="add-slide", title=title, **told)
