"""Where files are asked for, and the links to a chart as a picture."""

from typing import Any
from urllib.parse import urlencode

from dash import html

from dashboard import links
from dashboard.aria import named
from dashboard.route import View

TAKEN, PICTURE, SHEET = f"{links.PRESENT}/taken", "/picture", "/sheet"
FORMATS = ("svg", "png")
LONGEST = 4_000
"""Letters of an address; longer ones are nobody's page."""


def picture_of(page: str, unit: str, kind: str) -> str:
    """The address of a chart as a picture.

    Args:
        page: address of its page, with its query string.
        unit: which chart of it; its first where it is empty.
        kind: one of FORMATS.
    """
    asked = {"address": page, "unit": unit, "format": kind}
    return f"{PICTURE}?{urlencode({k: v for k, v in asked.items() if v})}"


def pictures(view: View, unit: str, name: str) -> list[html.A]:
    """Links to the chart of a page as SVG and as PNG.

    Args:
        view: the page as it is.
        unit: of the chart.
        name: what it shows, for readers who listen.
    """
    words, page = view.words, view.with_passport(None)
    titles = {
        "png": words.text("Save the chart as a picture, PNG"),
        "svg": words.text("Save the chart as a drawing that can be enlarged, SVG"),
    }
    return [
        html.A(
            kind.upper(),
            href=picture_of(page, unit, kind),
            className="picture",
            title=title,
            **{"data-unreached": words.text("The server cannot be reached."), **named(f"{title}: {name}")},
        )
        for kind, title in titles.items()
    ]


def sheet(view: View) -> html.A:
    """The link to the page of a country as a PDF.

    Args:
        view: the page as it is.
    """
    words, page = view.words, view.with_passport(None)
    unreached: dict[str, Any] = {"data-unreached": words.text("The server cannot be reached.")}
    return html.A(
        words.text("Save this page as a PDF"),
        href=f"{SHEET}?{urlencode({'address': page})}",
        className="picture action",
        **unreached,
    )
