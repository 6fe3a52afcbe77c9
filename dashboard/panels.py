"""What stands where a page cannot: nothing found, something misspelt, a fault of ours."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import links


def misread(faults: Sequence[str]) -> html.Section:
    """The address names what there is not: all of it, each with the nearest known."""
    return html.Section(
        [
            html.H1("This address cannot be read"),
            html.P("Something in it is misspelt or no longer exists. Nothing was guessed or left out:"),
            html.Ul([html.Li(fault) for fault in faults]),
            html.P(
                [
                    dcc.Link("Start from the overview", href=links.OVERVIEW),
                    " or ",
                    dcc.Link("compare countries", href=links.COMPARE),
                    ".",
                ]
            ),
        ],
        className="panel misread",
        role="alert",
    )


def nothing(title: str, *why: str | Component) -> html.Section:
    """There is no such figure, and why that may be."""
    return html.Section([html.H2(title), html.P(list(why))], className="panel empty")


def failed(reference: str) -> html.Section:
    """A fault of ours; the reference finds it in the log."""
    return html.Section(
        [
            html.H1("This page could not be made"),
            html.P("The fault is ours, not yours. The figures are untouched; other pages work."),
            html.P(
                [
                    "If it comes again, tell the people who run this site the reference ",
                    html.Code(reference),
                    ".",
                ]
            ),
            html.P(dcc.Link("Back to the overview", href=links.OVERVIEW)),
        ],
        className="panel misread",
        role="alert",
    )
