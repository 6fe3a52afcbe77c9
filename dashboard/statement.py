"""What a passport says of the figure itself: as printed, who contradicts it, what was found, its terms."""

from collections.abc import Iterable
from math import isinf
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import figures
from dashboard.route import View
from dashboard.wording import Wording
from indicators.concepts.observation import NOT_STATED
from indicators.holdings import Passport

Row = dict[str, Any]


def printed(words: Wording, figure: Row) -> Component:
    """The words of the source, and where they stand."""
    quote = html.Blockquote(
        figure["reported_value"] or words.text("no words kept"), lang=figure["language"], dir="auto"
    )
    printed_in = words.printed_in(figure["reported_unit_mult"])
    return block(
        words.text("As printed"),
        quote,
        html.P(
            [
                f"{figures.publisher(words, figure)}: ",
                figures.titled(words, figure),
            ]
        ),
        html.P(
            [*figures.noted(words, figure["reported_at"]), f"; {printed_in}" if printed_in else ""],
            className="remark",
        ),
    )


def prices(words: Wording, base: str | None) -> str:
    """Of what year the prices of a figure are; nothing for those of its own period."""
    if base == NOT_STATED:
        return words.text("constant, base not named by the source")
    return words.text("constant, base {period}", period=base) if base else ""


def facts(words: Wording, figure: Row) -> Component:
    """Value, interval, dates and the rest, as a list of terms."""
    unit = figure["unit_measure"]
    exact = figure["obs_value"] is not None and figure["obs_status"] != "N"
    stands = words.language.lower(words.label("period_basis", figure["period_basis"]))
    pairs = [
        (words.text("Value"), words.precise(figure["obs_value"], unit) if exact else words.figure(figure)),
        (words.text("Interval"), _interval(words, figure)),
        (words.text("Qualified as"), words.label("hedge", figure["hedge"])),
        (words.text("Period"), f"{words.period_of(figure)} ({stands})"),
        (words.text("Published"), words.day(figure["published_on"])),
        (words.text("Retrieved"), words.day(figure["retrieved_on"])),
        (words.text("Who states it"), words.label("authority", figure["authority"])),
        (words.text("Language"), words.language_name(figure["language"])),
        (words.text("Prices"), prices(words, figure["base_per"])),
        (words.text("Status"), _status(words, figure)),
        (words.text("Remark"), figures.noted(words, figure["obs_comment"]) if figure["obs_comment"] else ""),
        (words.text("Correction"), figure["correction"] or ""),
        (words.text("Licence"), figures.noted(words, figure["licence"]) if figure["licence"] else ""),
        (words.text("About the source"), figures.noted(words, figure["remark"]) if figure["remark"] else ""),
    ]
    terms = [part for term, says in pairs if says for part in (html.Dt(term), html.Dd(says))]
    return block(words.text("The figure"), html.Dl(terms))


def _status(words: Wording, figure: Row) -> str:
    return words.label("obs_status", figure["obs_status"]) if figure["obs_status"] != "A" else ""


def _interval(words: Wording, figure: Row) -> str:
    low, high, unit = figure["low"], figure["high"], figure["unit_measure"]
    if low is None or low == high:
        return ""
    ends = [words.text("open") if isinf(end) else words.precise(end, unit) for end in (low, high)]
    return words.text("from {low} to {high}", low=ends[0], high=ends[1])


def rivals(view: View, found: Passport) -> Component:
    """Who says otherwise of the same cell, and why the headline is the headline."""
    rows, words = found.rivals.to_dicts(), view.words
    if not rows:
        return block(words.text("Rival claims"), html.P(words.text("Nobody else in this release states it.")))
    mine: Row = found.figure
    why = words.note(str(mine.get("why") or ""))
    which = (
        words.text("This is the headline: {why}.", why=why)
        if mine.get("is_headline")
        else words.text("Another claim is the headline: {why}.", why=why)
    )
    title = words.text("Rival claims ({n})", n=words.number(len(rows)))
    ledger = view.links.conflicts(measure=mine["measure"], area=mine["ref_area"])
    way = dcc.Link(words.text("All conflicts of this measure here"), href=ledger)
    return block(title, html.P(which, className="remark"), _claims(view, rows), html.P(way))


def undated(view: View, found: Passport) -> Component | None:
    """Claims of the same thing without a period; None where there are none."""
    rows, words = found.undated.to_dicts(), view.words
    if not rows:
        return None
    why = words.text("They speak of the same thing, but nobody knows of when; they stand in no series.")
    title = words.text("Claims without a period ({n})", n=words.number(len(rows)))
    return block(title, html.P(why, className="remark"), _claims(view, rows))


def _claims(view: View, rows: Iterable[Row]) -> html.Ul:
    words = view.words
    headline = html.Span(words.text("headline"), className="tag tag-headline")
    return html.Ul(
        [
            html.Li(
                [
                    figures.number(view, row, words.figure(row)),
                    html.Span(f"{words.publisher(row['publisher'])}, {_dated(words, row)}"),
                    headline if row.get("is_headline") else None,
                    html.Q(row["reported_value"], lang=row["language"]) if row["reported_value"] else None,
                ]
            )
            for row in rows
        ],
        className="claims",
    )


def _dated(words: Wording, row: Row) -> str:
    if not row["published_on"]:
        return words.text("publication not dated")
    return words.text("published {day}", day=words.day(row["published_on"]))


def findings(words: Wording, found: Passport) -> Component | None:
    """What was found of it when it came in; None where nothing was."""
    rows = found.findings.to_dicts()
    if not rows:
        return None
    items = []
    for r in rows:
        elsewhere = r["figure_id"] != found.figure["figure_id"]
        where: list[Component | str] = (
            [f" {words.publisher(r['publisher'])}: ", figures.titled(words, r)] if elsewhere else []
        )
        kind = html.Strong(f"{words.finding(r['kind'])}.")
        items.append(html.Li([kind, " ", *figures.noted(words, r["says"]), *where]))
    return block(words.text("What was found"), html.Ul(items, className="findings"))


def block(title: str, *content: Component | None) -> html.Section:
    """One part of a passport under its title, with what there is of its content."""
    return html.Section([html.H3(title), *(c for c in content if c is not None)])
