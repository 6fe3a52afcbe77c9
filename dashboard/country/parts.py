"""What the sections of the page share: a section, a measure's title, the order of its rows."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import links
from dashboard.route import View
from dashboard.wording import Wording
from indicators.concepts.codelist import codelist

Row = dict[str, Any]


def section(anchor: str, title: str, *content: Component | None) -> html.Section:
    """A section that the list of ways leads to."""
    return html.Section(
        [html.H2(title), *(c for c in content if c)], id=anchor, title=title, className="theme"
    )


def title(words: Wording, measure: str) -> html.H3:
    """A measure with its definition."""
    return html.H3(
        [
            words.label("measure", measure),
            html.Span(f" {words.text(codelist('measure')[measure]['definition'])}", className="definition"),
        ]
    )


def show_all(view: View, measure: str, number: int, **filters: str) -> dcc.Link:
    """The way to all claims of a measure, by pages."""
    return dcc.Link(
        view.words.text("Show all {n}", n=view.words.number(number)),
        href=view.links.address(links.COUNTRY, {**view.parameters, "measure": measure, **filters}),
        className="action",
    )


def newest_first(rows: Sequence[Row]) -> list[Row]:
    """The newest period first, undated last; then by sector; a headline before its rivals."""
    sectors = list(codelist("sector"))

    def rank(row: Row) -> tuple[Any, ...]:
        end = row["period_end"]
        return (
            end is None,
            -end.toordinal() if end else 0,
            sectors.index(row["sector"]),
            row["sex"] != "_T",
            row["counterpart_area"],
            row["time_period"],
            row.get("is_headline") is False,
        )

    return sorted(rows, key=rank)
