"""Where an aim stands, in words and in a shape; every credible reading with its figures."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import figures
from dashboard.monitor import bullet
from dashboard.route import View
from dashboard.wording import Wording
from indicators.concepts.target import AT_LEAST, AT_MOST, Outcome, Reading, Reason, Status, TargetStatus

Row = dict[str, Any]


def aim(view: View, aimed: TargetStatus, rows: Mapping[str, Row]) -> html.Div:
    """One aim: what it is, the bullet chart, its status."""
    words, stated = view.words, rows[aimed.target.figure_id]
    return html.Div(
        [
            html.P(
                [
                    html.Span(f"{words.label('kind', aimed.target.kind)}: ", className="quiet"),
                    figures.number(view, stated, words.figure(stated)),
                    html.Span(f" · {_wanted(words, aimed, stated)}", className="quiet"),
                ],
                className="aim",
            ),
            bullet.bullet(aimed, _drawn(words, aimed, rows)),
            standing(words, aimed),
        ],
        className="aimed",
    )


def _wanted(words: Wording, aimed: TargetStatus, stated: Row) -> str:
    """The year of an aim, and which side of the level is wanted, where that is known."""
    sides = {AT_LEAST: words.text("this or more is wanted"), AT_MOST: words.text("this or less is wanted")}
    side = sides.get(aimed.target.direction or "")
    return " · ".join(said for said in (words.period(stated), side) if said)


def standing(words: Wording, aimed: TargetStatus) -> html.P:
    """The status with its shape: "On track in 2 of 3 readings", and why where the status does not say."""
    said = words.label("target_status", aimed.status)
    if len(aimed.readings) > 1 and aimed.status != Status.SUPERSEDED:
        said = words.text(
            "{status} in {n} of {all} readings",
            status=said, n=words.number(aimed.agreeing), all=words.number(len(aimed.readings)),
        )  # fmt: skip
    why = [html.Span(f" · {_reason(words, aimed.reason)}", className="quiet")] if aimed.reason else []
    return html.P(
        [html.Span(said, className=shape(aimed.status, robust=aimed.robust)), *why], className="standing"
    )


def shape(status: Status, *, robust: bool = True) -> str:
    """The class that draws the shape of a status; hollow where not every reading agrees."""
    return f"status status-{status.value}" + ("" if robust else " status-split")


def _reason(words: Wording, reason: Reason) -> str:
    return words.label("target_reason", reason)


def _drawn(words: Wording, aimed: TargetStatus, rows: Mapping[str, Row]) -> str:
    """What a reader hears who does not see the bullet chart."""
    level = words.figure(rows[aimed.target.figure_id])
    if not aimed.readings:
        return words.text("To attain: {level}. No figure yet.", level=level)
    usual = aimed.readings[0]
    unit = aimed.target.unit
    outcome = words.interval(*usual.outcome.span, unit)
    if usual.required is None:
        return words.text("To attain: {level}. Newest: {outcome}.", level=level, outcome=outcome)
    path = words.interval(*usual.required, unit)
    return words.text(
        "To attain: {level}. Newest: {outcome}. The path asks for {path} by then.",
        level=level, outcome=outcome, path=path,
    )  # fmt: skip


def readings(view: View, aimed: TargetStatus, rows: Mapping[str, Row]) -> list[Component]:
    """Every credible reading, the usual one first: its status, its figure, what the path asks for."""
    if not aimed.readings:
        return []
    items = [html.Li(_reading(view, aimed, one, rows)) for one in aimed.readings]
    return [html.H4(view.words.text("Read in every credible way")), html.Ul(items, className="readings")]


def _reading(view: View, aimed: TargetStatus, one: Reading, rows: Mapping[str, Row]) -> list[Any]:
    words = view.words
    parts: list[Any] = [
        html.Span(words.label("target_status", one.status), className=shape(one.status)),
        ": ",
        *_figure(view, one.outcome, rows),
    ]
    if one.required is not None:
        asked = words.interval(*one.required, aimed.target.unit)
        parts.append(f" · {words.text('the path asks for {figure}', figure=asked)}")
    if one.baseline is not None:
        parts += [
            " · ",
            *words.woven("path from {figure}", figure=html.Span(_figure(view, one.baseline, rows))),
        ]
    if one.reason is not None:
        parts.append(f" · {_reason(words, one.reason)}")
    return parts


def _figure(view: View, outcome: Outcome, rows: Mapping[str, Row]) -> list[Any]:
    """The figures of an outcome, each with who states it, and the rate by which it was converted."""
    words, parts = view.words, list[Any]()
    for place, row in enumerate(_found(outcome, rows)):
        parts += [", " if place else "", figures.number(view, row, words.figure(row))]
        parts.append(f" ({words.publisher(row['publisher'])}, {words.period(row)})")
    if outcome.rate:
        rate = words.text("at the rate of its year")
        parts += [", ", dcc.Link(rate, href=view.with_passport(outcome.rate), className="number to-passport")]
    return parts


def _found(outcome: Outcome, rows: Mapping[str, Row]) -> Sequence[Row]:
    return [rows[figure] for figure in outcome.figures]
