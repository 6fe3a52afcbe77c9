"""The changes between two releases, as a page shows them: the two, how many of which kind, one a row."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import controls, figures, links, panels
from dashboard.aria import named
from dashboard.monitor.compared import EVERY, ROWS, Compared
from dashboard.monitor.paging import pages
from dashboard.monitor.strip import released
from dashboard.route import View
from dashboard.wording import Wording
from indicators.changes import CORRECTED, HEADLINE, KINDS, NEW, REVISED, WITHDRAWN, counts
from indicators.concepts.release import Published
from indicators.language import message
from indicators.store import Store

Row = dict[str, Any]
SAID = {
    EVERY: message("all changes"),
    HEADLINE: message("other headlines"),
    REVISED: message("revised"),
    CORRECTED: message("corrected by us"),
    NEW: message("new figures"),
    WITHDRAWN: message("withdrawn"),
}
ONE = {
    HEADLINE: message("Other headline"),
    REVISED: message("Revised"),
    CORRECTED: message("Corrected"),
    NEW: message("New"),
    WITHDRAWN: message("Withdrawn"),
}


def head(store: Store, view: View, asked: Compared) -> html.Header:
    """The two releases and the area, to be chosen among those that are kept."""
    words = view.words
    kept = store.beside.kept() if store.beside else []
    options = [{"label": _dated(words, one), "value": one.id} for one in reversed(kept)]
    areas = [
        {"label": words.text("All countries and groups"), "value": ""},
        *controls.area_options(words, store),
    ]
    said = controls.one_of(words, "area", words.text("Country or group"), areas, asked.area, search=True)
    chosen = [
        controls.one_of(words, "from", words.text("From"), options, asked.before),
        controls.one_of(words, "to", words.text("To"), options, asked.after),
    ]
    return html.Header(
        [
            html.P(words.text("Monitor"), className="kicker"),
            html.H1(words.text("What changed")),
            html.Div([*(chosen if len(kept) > 1 else []), said], className="controls"),
        ],
        className="page-head",
    )


def _dated(words: Wording, one: Published) -> str:
    return f"{released(words, one)} · {one.id}" if one.at else released(words, one)


def tally(view: View, asked: Compared, made: pl.DataFrame) -> html.Nav:
    """How many changes there are of each kind, each the way to see only those."""
    words, found = view.words, counts(made, asked.area)
    items = []
    for kind in (EVERY, *KINDS):
        n = found[kind] if kind != EVERY else sum(found.values())
        inside = [html.Strong(words.number(n)), html.Span(words.text(SAID[kind]))]
        href = _address(view, replace(asked, kind=kind, page=1))
        here = " here" if kind == asked.kind else ""
        items.append(html.Li(dcc.Link(inside, href=href, className=f"tally{here}")))
    return html.Nav(html.Ul(items, className="strip"), **named(words.text("Kinds of changes")))


def listed(view: View, asked: Compared, made: pl.DataFrame) -> list[Component]:
    """The changes asked for, a page of them at a time."""
    words = view.words
    own = made.filter(pl.col("ref_area") == asked.area) if asked.area else made
    own = own.filter(pl.col("change") == asked.kind) if asked.kind != EVERY else own
    if own.is_empty():
        if asked.area:
            says = words.text("Both releases say the same of {area}.", area=words.label("area", asked.area))
        else:
            says = words.text("Both releases hold the same figures.")
        return [panels.nothing(words.text("Nothing changed"), says)]
    first = (asked.page - 1) * ROWS
    rows = own.slice(first, ROWS).to_dicts()
    heads = (
        words.text("Change"),
        words.text("Of"),
        words.text("Before"),
        words.text("Now"),
        words.text("Stated by"),
    )
    thead = figures.heads(heads)
    body = html.Tbody([_line(view, asked, row) for row in rows])
    table = html.Div(html.Table([thead, body], className="figures changed"), className="scroll")
    steps = pages(words, own.height, asked.page, ROWS, lambda page: _address(view, replace(asked, page=page)))
    return [table, steps]


def _line(view: View, asked: Compared, row: Row) -> html.Tr:
    words = view.words
    now, before = _side(row, ""), _side(row, "before_")
    shown = now or before or {}
    about = [words.label("measure", row["measure"]), figures.about(words, row), words.period(shown)]
    old = replace(view, release=asked.before or "")
    new = replace(view, release=asked.after)
    why = html.Span(words.note(row["why"]), className="remark") if row["why"] else None
    return html.Tr(
        [
            html.Td([html.Span(words.text(ONE[row["change"]]), className=f"tag tag-{row['change']}"), why]),
            html.Td(
                [
                    html.Strong(words.label("area", row["ref_area"])),
                    html.Span(" · ".join(filter(None, about)), className="remark"),
                ]
            ),
            html.Td(_figure(old, before), className="what"),
            html.Td(_figure(new, now), className="what"),
            html.Td(
                " → ".join(dict.fromkeys(words.publisher(s["publisher"]) for s in (before, now) if s)),
                className="who",
            ),
        ]
    )


def _side(row: Row, prefix: str) -> Row | None:
    """One side of a change as a figure; None where there is none."""
    if row[f"{prefix}figure_id"] is None:
        return None
    own = {name: row[prefix + name] for name in _OWN}
    return {**{name: row[name] for name in _SHARED}, **own, "note": None, "rivals": 0}


_SHARED = ("measure", "ref_area", "region", "counterpart_area", "sector", "sex", "freq", "time_period")
_OWN = ("figure_id", "value", "low", "high", "hedge", "unit_measure", "obs_status", "kind", "period_basis",
        "period_start", "period_end", "publisher")  # fmt: skip


def _figure(view: View, side: Row | None) -> Any:
    """The figure as a link to its passport in the release in which it stands."""
    words = view.words
    if side is None:
        return html.Span("–", className="absent")
    link = dcc.Link(
        words.figure(side),
        href=view.links.permanent(side["figure_id"]),
        className="number",
        title=words.text("Its permanent page"),
    )
    return [link, *(html.Sup(letter, title=says) for letter, says in words.mark(side))]


def _address(view: View, asked: Compared) -> str:
    given: Mapping[str, str] = {
        **view.parameters,
        "kind": "" if asked.kind == EVERY else asked.kind,
        "page": "" if asked.page == 1 else str(asked.page),
    }
    return view.links.address(links.CHANGES, given)
