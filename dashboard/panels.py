"""What stands where a page cannot: nothing found, something misspelt, a fault of ours."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.links import Links
from dashboard.wording import Wording


def misread(faults: Sequence[str], words: Wording, links: Links) -> html.Section:
    """The address names what there is not: all of it, each with the nearest known."""
    ways = words.woven(
        "{overview} or {compare}.",
        overview=dcc.Link(words.text("Start from the overview"), href=links.monitor()),
        compare=dcc.Link(words.text("compare countries"), href=links.explore()),
    )
    return html.Section(
        [
            html.H1(words.text("This address cannot be read")),
            html.P(
                words.text(
                    "Something in it is misspelt or no longer exists. Nothing was guessed or left out:"
                )
            ),
            html.Ul([html.Li(words.note(fault)) for fault in faults]),
            html.P(ways),
        ],
        className="panel misread",
        role="alert",
    )


def nothing(title: str, *why: str | Component) -> html.Section:
    """There is no such figure, and why that may be."""
    return html.Section([html.H2(title), html.P(list(why))], className="panel empty")


def part_failed(reference: str, words: Wording) -> html.Section:
    """A fault of ours in one part of a page; the others stand."""
    return html.Section(
        [
            html.H2(words.text("This part of the page could not be made")),
            html.P(
                words.text("The fault is ours, not yours. The figures are untouched, and the rest stands.")
            ),
            html.P(_told(reference, words)),
        ],
        className="panel misread",
        role="alert",
    )


def _told(reference: str, words: Wording) -> list[Component | str]:
    return words.woven(
        "If it comes again, tell the people who run this site the reference {reference}.",
        reference=html.Code(reference),
    )


def failed(reference: str, words: Wording, links: Links) -> html.Section:
    """A fault of ours; the reference finds it in the log."""
    return html.Section(
        [
            html.H1(words.text("This page could not be made")),
            html.P(words.text("The fault is ours, not yours. The figures are untouched; other pages work.")),
            html.P(_told(reference, words)),
            html.P(dcc.Link(words.text("Back to the overview"), href=links.monitor())),
        ],
        className="panel misread",
        role="alert",
    )
