"""The way through a long list: where one is, how many there are, the pages before and after."""

from collections.abc import Callable

from dash import dcc, html

from dashboard.aria import named
from dashboard.wording import Wording


def pages(words: Wording, rows: int, page: int, size: int, address: Callable[[int], str]) -> html.Nav:
    """Where a page stands among all rows.

    Args:
        words: of the reader.
        rows: how many there are in all.
        page: from 1.
        size: rows of a page.
        address: of a page by its number.
    """
    last = max(-(-rows // size), 1)
    first, until = (page - 1) * size + 1, min(page * size, rows)
    said = words.text(
        "{first} to {until} of {all}",
        first=words.number(first),
        until=words.number(until),
        all=words.number(rows),
    )
    ways = [
        (words.text("First"), 1, page > 2),
        (words.text("Previous"), page - 1, page > 1),
        (words.text("Next"), page + 1, page < last),
        (words.text("Last"), last, page < last - 1),
    ]
    steps = [dcc.Link(title, href=address(to), className="button") for title, to, there in ways if there]
    return html.Nav([html.Span(said), *steps], className="pages", **named(words.text("Pages of this list")))
