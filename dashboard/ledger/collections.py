"""Collections: the account of rows of each, with the way to its own page."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard import figures
from dashboard.route import View
from dashboard.wording import Wording
from indicators.store import Store

COUNTED = ("rows_in", "observations", "targets", "withheld", "noted")


def section(view: View, store: Store) -> html.Section:
    """Every collection: edition, rows that came in and what became of them."""
    words = view.words
    titles = [
        words.text("Collection"), words.text("Edition"), words.text("Rows in"), words.text("Figures"),
        words.text("Targets"), words.text("Withheld"), words.text("Findings"),
    ]  # fmt: skip
    body = [_line(view, row, titles[2:]) for row in store.ask("collections").to_dicts()]
    table = html.Table([figures.heads(titles, 5), html.Tbody(body)], className="figures account")
    return html.Section(
        [html.H2(words.text("Collections")), html.Div(table, className="scroll")], className="theme"
    )


def edition(words: Wording, vintage: str) -> str:
    """A vintage as a day where it is one."""
    return words.day(vintage) if vintage[:2].isdigit() else words.note(vintage)


def licence(words: Wording, row: figures.Row) -> str:
    """The licence as stated."""
    return words.note(row["licence"]) or words.text("licence not stated")


def _line(view: View, row: figures.Row, counted: Sequence[str]) -> html.Tr:
    words = view.words
    retrieved = words.text("retrieved {day}", day=words.day(row["retrieved_on"]))
    return html.Tr(
        [
            html.Td(
                [
                    dcc.Link(
                        figures.title(words, row),
                        href=view.links.source(row["collection"]),
                    ),
                    html.Span(
                        f"{words.publisher(row['publisher'])} · {licence(words, row)}", className="remark"
                    ),
                    figures.remark(words, row["remark"]),
                ]
            ),
            html.Td(
                [edition(words, row["vintage"]), html.Span(retrieved, className="remark")], className="when"
            ),
            *(_counted(words.number(row[c]), title) for c, title in zip(COUNTED, counted, strict=True)),
        ]
    )


def _counted(n: str, title: str) -> html.Td:
    """A count that carries its title with it, for a narrow screen where the head of the table is gone."""
    more: dict[str, Any] = {"data-label": title}
    return html.Td(n, className="amount", **more)
