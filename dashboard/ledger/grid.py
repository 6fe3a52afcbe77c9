"""The picture of what there is: a table whose cells are marks, each by shape as well as by colour."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.aria import named
from dashboard.wording import Wording
from indicators.language import message
from indicators.presence import (
    DOUBTFUL,
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    OBSERVED,
    PLANNED,
    RIVALS,
    STATES,
    SUPPRESSED,
)

MARKS = {
    RIVALS: ("◆", message("figures of several publishers")),
    OBSERVED: ("●", message("a figure")),
    DOUBTFUL: ("?", message("only a figure that cannot be right")),
    PLANNED: ("◇", message("only a plan, a target or a forecast")),
    SUPPRESSED: ("×", message("suppressed, confidential")),
    NOT_APPLICABLE: ("/", message("not applicable")),
    NOT_AVAILABLE: ("○", message("its source says: not available")),
}
"""State → its mark and what it says. Nothing at all stands where nobody speaks of it."""
NARROW = 100
Place = Mapping[str, Any]


def picture(
    words: Wording,
    says: str,
    columns: Sequence[tuple[Any, str]],
    rows: Sequence[tuple[Component, Mapping[Any, Component]]],
) -> html.Div:
    """A table of marks.

    Args:
        words: of the reader.
        says: its caption for those who do not see it.
        columns: key and heading of each.
        rows: heading, and the cell by key of column; none = nothing is there.
    """
    corner = html.Th(html.Span(says, className="unseen"), scope="col")
    head = html.Tr([corner, *(html.Th(html.Span(text), scope="col") for _, text in columns)])
    empty = html.Td(className="empty")
    body = [
        html.Tr([html.Th(title, scope="row"), *(_cell(cells.get(key), empty) for key, _ in columns)])
        for title, cells in rows
    ]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="holdings")
    region = html.Div(table, className="scroll", tabIndex="0", role="region", **named(says))
    help_ = html.P(words.text("Arrow keys move from mark to mark."), className="unseen")
    return html.Div([help_, region])


def _cell(there: Component | None, empty: html.Td) -> html.Td:
    return empty if there is None else html.Td(there)


def mark(words: Wording, state: str, about: str, href: str) -> dcc.Link:
    """One mark: a link that says what is there."""
    sign, says = MARKS[state]
    return dcc.Link(sign, href=href, className=f"m {state}", title=f"{about}: {words.text(says)}")


def count(n: int, most: int, about: str, href: str) -> dcc.Link:
    """A number of years, the darker the more."""
    shade = -(-4 * n // most) if most else 1
    return dcc.Link(str(n), href=href, className=f"m y{shade}", title=about)


def key(words: Wording, present: Callable[[str], bool]) -> html.P:
    """What the marks say; only those that occur."""
    shown = [
        html.Span([html.Span(MARKS[s][0], className=f"m {s}"), f" {words.text(MARKS[s][1])}"])
        for s in STATES
        if present(s)
    ]
    none = html.Span([html.Span("", className="m"), f" {words.text('nobody speaks of it')}"])
    return html.P([*shown, none], className="grid-key")
