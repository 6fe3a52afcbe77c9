"""One contested cell: what of, how far apart, every claim with the rules that pick it."""

from collections.abc import Sequence
from itertools import groupby
from math import isinf
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import figures
from dashboard.ledger.strip import strip
from dashboard.route import View
from dashboard.wording import Wording
from indicators.conflicts import COMPATIBLE, DEFINITION, PUBLISHER, UNIT, VALUE
from indicators.language import message
from indicators.reconcile import ALL, LATEST, NARROWEST, OFFICIAL_FIRST

Row = dict[str, Any]
DIFFER = "differ"
"""The kinds that are a contradiction: another amount of the same thing, or of what is called the same."""
CONTRADICTIONS = (VALUE, DEFINITION, PUBLISHER)
KINDS = {
    DIFFER: message("All that differ"),
    VALUE: message("Another amount"),
    DEFINITION: message("Another coverage"),
    PUBLISHER: message("One publisher, two amounts"),
    UNIT: message("Another unit"),
    COMPATIBLE: message("Compatible"),
}
RULES = {
    OFFICIAL_FIRST: message("Higher authority first"),
    LATEST: message("Published last"),
    NARROWEST: message("Narrowest interval"),
    ALL: message("No choice"),
}
TIMES_SHOWN = 100


def disputes(view: View, rows: Sequence[Row], rule: str) -> html.Ol | html.Div:
    """Contested cells, rows of conflicts.contested in its order."""
    cells = [list(own) for _, own in groupby(rows, key=lambda r: r["cell"])]
    return html.Div([_dispute(view, cell, rule) for cell in cells], className="disputes")


def _dispute(view: View, claims: Sequence[Row], rule: str) -> html.Section:
    words, first = view.words, claims[0]
    title = f"{words.label('measure', first['measure'])} – {words.label('area', first['ref_area'])}"
    about = " · ".join(s for s in (words.period(first), figures.about(words, first)) if s)
    picked = [r for r in claims if rule in r["picked_by"].split(",")]
    chosen = picked[0]["figure_id"] if rule != ALL and picked else ""
    ordered = sorted(claims, key=lambda r: (r["figure_id"] != chosen, r["figure_id"]))
    return html.Section(
        [
            html.Header(
                [
                    html.H2(title),
                    html.P(about, className="remark"),
                    html.P(
                        [
                            _apart(words, claims),
                            html.Span(words.text(KINDS[first["difference"]]), className="tag"),
                        ]
                    ),
                    _drawing(words, claims, chosen),
                ]
            ),
            html.Ul([_claim(view, row, rule, chosen) for row in ordered], className="claims"),
        ],
        className="dispute",
    )


def _drawing(words: Wording, claims: Sequence[Row], chosen: str) -> Component | None:
    said = "; ".join(f"{words.publisher(r['publisher'])}: {words.figure(r)}" for r in claims)
    drawn = strip(claims, chosen, said)
    if drawn is None:
        return html.P(words.text("In units that cannot be compared"), className="remark")
    several = len({r["unit_measure"] for r in claims}) > 1
    note = words.text("compared in US dollars at the rate of the year") if several else ""
    return html.Div([drawn, html.Span(note, className="remark") if note else None])


def _apart(words: Wording, claims: Sequence[Row]) -> Component | None:
    """How far apart, in words: 5.9 times, at least 2.4 times."""
    apart = claims[0]["apart"]
    if apart is None or apart == 1:
        return None
    if isinf(apart):
        return html.Strong(words.text("on both sides of zero"), className="apart")
    exact = all(r["cell_low"] == r["cell_high"] for r in claims)
    n = words.number(apart, 0 if apart >= TIMES_SHOWN else 1 if apart >= 2 else 2)
    said = words.text("{n} times", n=n) if exact else words.text("at least {n} times", n=n)
    return html.Strong(said, className="apart")


def _claim(view: View, row: Row, rule: str, chosen: str) -> html.Li:
    words = view.words
    rules = [words.text(RULES[r]) for r in row["picked_by"].split(",") if r in RULES and r != ALL]
    here = row["figure_id"] == chosen
    named = html.Span(words.text("headline"), className="tag tag-headline") if here else None
    said = [
        figures.publisher(words, row),
        words.day(row["published_on"]),
        words.label("authority", row["authority"]),
    ]
    again = (
        words.plural("stated {n} more time", "stated {n} more times", row["repeated"])
        if row["repeated"]
        else ""
    )
    return html.Li(
        [
            figures.number(view, row, words.figure(row)),
            named,
            html.Span(" · ".join(s for s in (*said, again) if s)),
            html.Span(words.text("Picked by: {rules}", rules=", ".join(rules)), className="picked")
            if rules
            else None,
        ],
        className="here" if here else "",
    )
