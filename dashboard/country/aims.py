"""Plans, targets and forecasts of an area: what has not happened, apart from what has."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import figures
from dashboard.country.parts import Row, section
from dashboard.route import View
from dashboard.wording import KINDS


def plans(view: View, rows: Sequence[Row]) -> html.Section | None:
    """What is not yet an outcome: it enters no headline and no chart."""
    if not rows:
        return None
    words = view.words
    none_yet = words.text("None of these has happened; they enter no headline and no chart.")
    made: list[Component] = [html.P(none_yet, className="quiet")]
    for kind, title in KINDS.items():
        own = sorted(
            (r for r in rows if r["kind"] == kind),
            key=lambda r: (r["period_end"] is None, r["period_end"], r["figure_id"]),
        )
        if own:
            made += [html.H3(words.text(title)), table(view, own, words.text("For"))]
    return section("plans", words.text("Plans, targets and forecasts"), *made)


def table(view: View, rows: Sequence[Row], when: str) -> html.Div:
    """Figures of several measures, one a row."""
    words = view.words
    titles = (when, words.text("Figure"), words.text("Of"), words.text("Stated by"))
    head = figures.heads(titles)
    body = [
        html.Tr(
            [
                html.Td(words.period(r), className="when"),
                html.Td(figures.number(view, r, words.figure(r)), className="what"),
                html.Td(
                    [
                        f"{words.label('measure', r['measure'])} · {figures.about(words, r)}",
                        figures.remark(words, r["obs_comment"]),
                    ]
                ),
                html.Td(words.publisher(r["publisher"]), className="who"),
            ]
        )
        for r in rows
    ]
    return html.Div(html.Table([head, html.Tbody(body)], className="figures"), className="scroll plans")
