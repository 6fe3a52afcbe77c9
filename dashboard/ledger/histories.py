"""What was said when: a figure before and after a revision."""

from collections.abc import Sequence
from math import isinf
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import figures
from dashboard.route import View
from dashboard.wording import Wording

Row = dict[str, Any]
BEFORE = ("figure_id", "value", "low", "high", "hedge", "obs_status")


def histories(view: View, rows: Sequence[Row]) -> html.Div:
    """Revisions as a table: what of, what was said first, what later, and by how much it changed."""
    words = view.words
    titles = (words.text("Figure"), words.text("Said first"), words.text("Said later"), words.text("Change"))
    head = figures.heads(titles)
    table = html.Table(
        [head, html.Tbody([_line(view, row) for row in rows])], className="figures account history"
    )
    return html.Div(table, className="scroll")


def _line(view: View, row: Row) -> html.Tr:
    words = view.words
    name = f"{words.label('measure', row['measure'])} – {words.label('area', row['ref_area'])}"
    about = " · ".join(
        s for s in (words.period(row), figures.about(words, row), words.publisher(row["publisher"])) if s
    )
    before = row | {name: row[f"before_{name}"] for name in BEFORE}
    return html.Tr(
        [
            html.Td([html.Span(name), html.Span(about, className="remark")]),
            html.Td(_said(view, before, row["before_known_from"])),
            html.Td(_said(view, row, row["known_from"])),
            html.Td(_change(words, row), className="when"),
        ]
    )


def _said(view: View, row: Row, day: Any) -> list[Component]:
    words = view.words
    return [figures.number(view, row, words.figure(row)), html.Span(words.day(day), className="remark")]


def _change(words: Wording, row: Row) -> str:
    low, high = row["change_low"], row["change_high"]
    if low is None:
        return words.text("not known")
    ends = [
        words.text("no end") if isinf(e) else words.language.percent(words.number(e, 1)) for e in (low, high)
    ]
    return ends[0] if ends[0] == ends[1] else words.text("{low} to {high}", low=ends[0], high=ends[1])
