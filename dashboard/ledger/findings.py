"""Findings: corrections, impossible values, repetitions; each with the figure it concerns."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.route import View

Row = dict[str, Any]
CORRECTION = "correction"
UNKNOWN = "und"
"""The language of a text of which nobody says it (BCP 47)."""


def section(view: View, rows: Sequence[Row], corrected: Mapping[str, Row]) -> html.Section:
    """Every finding, kind by kind.

    Args:
        view: the page.
        rows: shape of queries/findings.sql.
        corrected: figure id → the figure as it stands now, for corrections that changed it.
    """
    words = view.words
    made: list[Component] = []
    for kind in dict.fromkeys(r["kind"] for r in rows):
        own = [r for r in rows if r["kind"] == kind]
        title = html.Summary(f"{words.finding(kind)} ({words.number(len(own))})")
        lines = html.Ul([_finding(view, r, corrected.get(r["figure_id"])) for r in own], className="findings")
        made.append(html.Details([title, lines], open=kind == CORRECTION))
    head = html.H2(words.text("Findings and corrections ({n})", n=words.number(len(rows))), id="findings")
    if not made:
        says = words.text("Nothing in it had to be corrected or called into question.")
        made = [html.P(says, className="quiet")]
    return html.Section([head, *made], className="theme")


def _finding(view: View, row: Row, now: Row | None) -> html.Li:
    words = view.words
    figure = row["refers_to"] if row["fate"] == "withheld" else row["figure_id"]
    quote = html.Q(row["reported_value"], lang=row["language"] or UNKNOWN) if row["reported_value"] else None
    link = dcc.Link(
        figure,
        href=view.with_passport(figure),
        className="number to-passport",
        title=words.text("Open its passport"),
    )
    measure = words.language.lower(words.label("measure", row["measure"]))
    about = f"{words.label('area', row['ref_area'])}, {measure}, {words.publisher(row['publisher'])}: "
    became = html.Strong([" → ", words.figure(now)]) if now and row["kind"] == CORRECTION else None
    return html.Li([link, " ", about, quote, became, f" {words.note(row['says'])}"])
