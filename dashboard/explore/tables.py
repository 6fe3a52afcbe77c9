"""The tables under a chart: areas by years, or every figure of the answer, one a row."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import figures
from dashboard.aria import link
from dashboard.explore import asking, claims
from dashboard.explore.answering import Found
from dashboard.explore.parts import Years
from dashboard.marks import ends
from dashboard.present.add import add_button
from dashboard.route import View
from dashboard.scales import Scale, scale
from dashboard.series import series
from dashboard.wording import NOTHING, Wording
from indicators.concepts.indicator import PER_HEAD
from indicators.language import message
from indicators.store import Store

Row = dict[str, Any]
VIEWS = {"years": message("Areas by years"), "figures": message("All figures")}
SHOWN = 40
"""Areas in view before the reader asks for all of them."""
_WHO, _WHEN, _HOW = "\x01", "\x02", "\x03"
"""Stand in the words of a cell where explore.js puts its publisher, its period and its number."""


def tables(view: View, store: Store, found: Found) -> Component:
    """The table of the answer, in the view that the address names, and the way to the other one."""
    words = view.words
    ways = [
        html.Li(
            link(
                words.text(title),
                asking.changed(view, table=None if name == asking.TABLES[0] else name),
                "way stay" + (" here" if name == found.asked.table else ""),
                current="true" if name == found.asked.table else "false",
            )
        )
        for name, title in VIEWS.items()
    ]
    head = html.Div(
        [html.H2(words.text("The same figures as a table")), html.Ul(ways, className="table-ways")],
        className="table-head",
    )
    if found.asked.table == "figures":
        return html.Section([head, *claims.all_figures(view, store, found)], className="tables")
    return html.Section(
        [head, *(part for s in scales(view.words, found) for part in years(view, s, found))],
        className="tables",
    )


def scales(words: Wording, found: Found) -> list[tuple[str, Scale]]:
    """Each unit of the answer, most figures first, with the scale that fits its own numbers.

    Never that of a chart, which may be of another indicator or of a part of the figures.
    """
    reach: dict[str, list[float]] = {}
    for row in found.listed.rows:
        if row["year"] and row["is_headline"]:
            reach.setdefault(row["unit_measure"], []).extend(ends(row) if row["low"] is not None else [])
    ordered = sorted(reach.items(), key=lambda unit: (-len(unit[1]), unit[0]))
    return [(unit, scale(words, numbers, unit, found.indicator.decimals)) for unit, numbers in ordered]


def years(view: View, of: tuple[str, Scale], found: Found) -> list[Component | None]:
    """Areas by years, the newest year first; every cell a passport, every gap a reason."""
    words, answer = view.words, found.listed
    rows = [r for r in answer.rows if r["unit_measure"] == of[0] and r["year"] and r["is_headline"]]
    shown = sorted({r["year"] for r in rows}, reverse=True)
    publishers: dict[str, int] = {}
    body = []
    for one in series(words, rows, answer.query.areas):
        by_year = {r["year"]: _cell(r, of[1], publishers) for r in one.headlines}
        body.append([one.name, *(by_year.get(year) for year in shown)])
    head = [unit_of(words, of[1], found), *(str(y) for y in shown)]
    passport = view.with_passport("")
    table = Years(
        head,
        body,
        list(publishers),
        passport + ("&" if "?" in passport else "?") + "passport=",
        SHOWN,
        _said(view, of[1], len(body)),
    )
    add = add_button(view, "table", unit=of[0], name=words.text("Table"))
    return [table, figures.notes(words, rows), add]


def unit_of(words: Wording, scale: Scale, found: Found) -> str:
    """The unit over figures of an answer: US$ million, US$ per head."""
    if found.indicator.formula == PER_HEAD:
        return f"{scale.title} {words.text('per head')}"
    return scale.title


def _cell(row: Row, scale: Scale, publishers: dict[str, int]) -> list[Any]:
    """Figure id, number, publisher, marks, rivals and, where it is no plain year, the period."""
    words = scale.words
    who = publishers.setdefault(scale.words.publisher(row["publisher"] or ""), len(publishers))
    letters = "".join(letter for letter, _ in words.mark(row))
    period = words.period(row)
    if row["origin"]:
        period = figures_of_members(scale, row)
    cell = [row["figure_id"] or "", scale.cell(row), who, letters, row["rivals"] or 0]
    return [*cell, period] if period != str(row["year"]) else cell


def figures_of_members(scale: Scale, row: Row) -> str:
    """What is said of a sum of members: how much of the group has data."""
    words = scale.words
    if row["coverage"] is None:
        return words.text("made of its members")
    part = words.language.percent(words.number(round(100 * row["coverage"], 1)))
    return words.text("made of its members; {part} of the group have data", part=part)


def _said(view: View, scale: Scale, rows: int) -> dict[str, str]:
    """The words of the table; marks and gaps explain themselves."""
    words = view.words
    opens = words.text(
        "{figure}, {period}; {publisher}. Open its passport", figure=_HOW, period=_WHEN, publisher=_WHO
    )
    more = max(rows - SHOWN, 0)
    return {
        "title": words.text("Table, scrolls sideways"),
        "gap": words.text("no figure reported"),
        "absent": NOTHING,
        "opens": opens,
        "rivals": words.text("so many rival claims for the same cell"),
        "more": words.plural("Show {n} more area", "Show {n} more areas", more) if more else "",
    }
