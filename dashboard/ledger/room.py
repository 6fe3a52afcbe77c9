"""What the pages of this room share: the way between them, their heads, pages of long lists, chips."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import links
from dashboard.aria import named
from dashboard.route import View
from indicators.language import message

DOORS = {
    links.SOURCES: message("Sources"),
    links.COVERAGE: message("What there is"),
    links.CONFLICTS: message("Conflicts"),
    links.REVISIONS: message("Revisions"),
    links.METHODS: message("Methods"),
}
LISTED = 25
"""Entries on one page of a long list."""


def head(view: View, title: Any, lead: Any, here: str) -> html.Header:
    """The head of a page: the way to the other pages of the room, its title and what it shows."""
    words = view.words
    ways = [
        dcc.Link(
            words.text(name),
            href=view.links.address(path, {}),
            className="pick" + (" here" if path == here else ""),
        )
        for path, name in DOORS.items()
    ]
    return html.Header(
        [
            html.Nav(ways, className="picks doors", **named(words.text("Pages on sources"))),
            html.H1(title),
            html.P(lead, className="lead") if lead else None,
        ],
        className="page-head",
    )


def page_of(parameters: Mapping[str, str], n: int, faults: list[str]) -> int:
    """The page of a list of n entries that the address asks for, from 1."""
    asked = parameters.get("page", "") or "1"
    last = max(1, -(-n // LISTED))
    if not (asked.isascii() and asked.isdigit() and len(asked) < len("1000000") and 1 <= int(asked) <= last):
        faults.append(f"page={asked!r} is no page; there is 1 to {last}")
        return 1
    return int(asked)


def part(rows: Sequence[Any], page: int) -> Sequence[Any]:
    """The entries of one page."""
    return rows[(page - 1) * LISTED : page * LISTED]


def pages(view: View, n: int, page: int) -> Component | None:
    """Which entries are shown of how many, and the way to the others; None where all are shown."""
    words, last = view.words, -(-n // LISTED)
    if last < 2:
        return None
    first, until = (page - 1) * LISTED + 1, min(page * LISTED, n)
    said = words.text(
        "{first} to {until} of {n}", first=words.number(first), until=words.number(until), n=words.number(n)
    )
    steps = [
        dcc.Link(text, href=_on(view, to), className="turn")
        if 1 <= to <= last
        else html.Span(text, className="turn")
        for text, to in ((words.text("Back"), page - 1), (words.text("Further"), page + 1))
    ]
    return html.Nav(
        [steps[0], html.Span(said), steps[1]], className="paging", **named(words.text("Further entries"))
    )


def _on(view: View, page: int) -> str:
    return view.links.address(view.path, {**view.parameters, "page": str(page) if page > 1 else ""})


def chips(view: View, name: str, usual: str, choices: Mapping[str, tuple[str, int]], title: str) -> html.Nav:
    """Choices of one parameter as links, each with how many entries it has.

    Args:
        view: the page as it is.
        name: the parameter.
        usual: what it is where the address does not say.
        choices: its values, each with its words and count.
        title: what is chosen.
    """
    now = view.parameters.get(name) or usual
    made = []
    for value, (text, n) in choices.items():
        kept = {**view.parameters, "page": "", name: "" if value == usual else value}
        css = "pick" + (" here" if value == now else "") + ("" if n else " none")
        made.append(
            dcc.Link(
                [text, html.Span(view.words.number(n), className="n")],
                href=view.links.address(view.path, kept),
                className=css,
            )
        )
    return html.Nav(made, className="picks kinds", **named(title))
