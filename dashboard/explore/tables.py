"""The tables under a chart: areas by years, or every figure of the answer, one a row."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import isinf
from typing import Any, NamedTuple

from dash import html
from dash.development.base_component import Component

from dashboard import figures, links
from dashboard.aria import link
from dashboard.explore import asking, claims
from dashboard.explore.answering import Found, lists
from dashboard.explore.parts import Years
from dashboard.present.add import add_button
from dashboard.route import View
from dashboard.scales import Scale, scale
from dashboard.series import Key, named
from dashboard.wording import NOTHING, Wording
from indicators.concepts.indicator import PER_HEAD
from indicators.language import message
from indicators.rounding import EXACT
from indicators.store import Store

VIEWS = {"years": message("Areas by years"), "figures": message("All figures")}
SHOWN = 40
"""Areas that are brought before the reader asks for all of them."""
AREAS, UNIT = f"{links.EXPLORE}/areas", "unit"
"""Where all of them are asked for (serve.py), and the parameter that says of which table."""
NIL = "N"
_WHO, _WHEN, _HOW = "\x01", "\x02", "\x03"
"""Stand in the words of a cell where explore.js puts its publisher, its period and its number."""


class Line(NamedTuple):
    """What a table takes of a headline: a dict of all columns for each would cost more than the answer."""

    obs_status: str
    period_basis: str
    time_period: str
    period_start: date | None
    period_end: date
    year: int
    ref_area: str
    sector: str
    counterpart_area: str
    freq: str
    figure_id: str | None
    value: float | None
    low: float | None
    high: float | None
    hedge: str
    unit_measure: str
    publisher: str | None
    rivals: int | None
    origin: str | None
    coverage: float | None

    @property
    def key(self) -> Key:
        """That of the series it belongs to."""
        return self.ref_area, self.sector, self.counterpart_area, self.freq


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
    listed = headlines(found)
    made = [part for s in scales(words, listed, found) for part in years(view, s, found, listed)]
    return html.Section([head, *made], className="tables")


def headlines(found: Found) -> list[Line]:
    """What the table shows: the headlines that have a year."""
    rows = lists(found.listed.frame, "is_headline", *Line._fields)
    lines = (Line._make(row) for first, *row in rows if first)
    return [line for line in lines if line.year is not None]


def scales(words: Wording, listed: Sequence[Line], found: Found) -> list[tuple[str, Scale]]:
    """Each unit of the table, most figures first, with the scale that fits its own numbers.

    Never that of a chart, which may be of another indicator or of a part of the figures.
    """
    reach: dict[str, list[float]] = {line.unit_measure: [] for line in listed}
    for line in listed:
        if line.value is not None and line.low is not None:
            reach[line.unit_measure].append(line.value)
        elif line.low is not None and line.high is not None:
            reach[line.unit_measure] += [end for end in (line.low, line.high) if not isinf(end)]
    ordered = sorted(reach.items(), key=lambda unit: (-len(unit[1]), unit[0]))
    return [(unit, scale(words, numbers, unit, found.indicator.decimals)) for unit, numbers in ordered]


def years(view: View, of: tuple[str, Scale], found: Found, listed: Sequence[Line]) -> list[Component | None]:
    """Areas by years, the newest year first; every cell a passport, every gap a reason."""
    own = [line for line in listed if line.unit_measure == of[0]]
    said = {(line.obs_status, line.period_basis, line.rivals) for line in own}
    marks = [{"obs_status": s, "period_basis": b, "rivals": n} for s, b, n in said]
    add = add_button(view, "table", unit=of[0], name=view.words.text("Table"))
    return [_table(view, of, found, own, SHOWN), figures.notes(view.words, marks), add]


def whole(view: View, found: Found, unit: str) -> Years | None:
    """The table of one unit with all its areas; None where there is no such unit."""
    listed = headlines(found)
    of = next((one for one in scales(view.words, listed, found) if one[0] == unit), None)
    own = [line for line in listed if line.unit_measure == unit]
    return _table(view, of, found, own, len(own)) if of else None


def _table(view: View, of: tuple[str, Scale], found: Found, own: Sequence[Line], most: int) -> Years:
    """The first `most` areas of a table, and where to ask for all of them."""
    shown = sorted({line.year for line in own}, reverse=True)
    every: dict[Key, list[Line]] = {}
    for line in own:
        every.setdefault(line.key, []).append(line)
    cells, body = Cells(of[1]), []
    for key, name, _ in named(view.words, every, found.listed.query.areas, most):
        ordered = sorted(every[key], key=lambda line: (line.period_end, line.figure_id or ""))
        by_year = {line.year: cells.of(line) for line in ordered}
        body.append([name, *map(by_year.get, shown)])
    passport = view.with_passport("")
    return Years(
        [unit_of(view.words, of[1], found), *(str(y) for y in shown)],
        body,
        list(cells.publishers),
        passport + ("&" if "?" in passport else "?") + "passport=",
        _all_areas(view, found, of[0]) if len(body) < len(every) else "",
        _said(view, of[1], len(every)),
    )


def _all_areas(view: View, found: Found, unit: str) -> str:
    """Where assets/explore.js asks for every area, of the release that is on the screen."""
    frozen = replace(asking.completed(view), release=found.answer.release)
    return frozen.links.address(AREAS, {**frozen.parameters, UNIT: unit})


def unit_of(words: Wording, scale: Scale, found: Found) -> str:
    """The unit over figures of an answer: US$ million, US$ per head."""
    if found.indicator.formula == PER_HEAD:
        return f"{scale.title} {words.text('per head')}"
    return scale.title


class Cells:
    """The cells of one table; what many of them say is put into words once.

    Args:
        scale: in which the numbers are written.

    Attributes:
        publishers: those of the cells made, each with its index.
    """

    def __init__(self, scale: Scale) -> None:
        self.publishers: dict[str, int] = {}
        self._places: dict[str, int] = {}
        self._scale = scale
        self._said: dict[tuple[Any, ...], tuple[str, str]] = {}

    def of(self, line: Line) -> list[Any]:
        """Figure id, number, publisher, marks, rivals and, where it is no plain year, the period."""
        place = self._place(line.publisher or "")
        marks, period = self._beside(line)
        if line.origin:
            period = of_members(self._scale.words, line.coverage)
        cell = [line.figure_id or "", self._number(line), place, marks, line.rivals or 0]
        return [*cell, period] if period != str(line.year) else cell

    def _place(self, publisher: str) -> int:
        """Of the publisher, as it is called in the language, among those of the table."""
        if publisher not in self._places:
            called = self._scale.words.publisher(publisher)
            self._places[publisher] = self.publishers.setdefault(called, len(self.publishers))
        return self._places[publisher]

    def _number(self, line: Line) -> str:
        """The number as it is written; a plain one, as most are, without a row of its own."""
        exact = line.hedge == EXACT and line.low == line.high and line.obs_status != NIL
        if exact and line.value is not None and line.low is not None:
            return self._scale.write(line.value)
        return self._scale.cell(line._asdict())

    def _beside(self, line: Line) -> tuple[str, str]:
        """The marks and the period."""
        key = (line.time_period, line.freq, line.period_end, line.period_start, *line[:2])
        if key not in self._said:
            words, row = self._scale.words, line._asdict()
            letters = "".join(letter for letter, _ in words.mark(row))
            self._said[key] = letters, words.period(row)
        return self._said[key]


def of_members(words: Wording, coverage: float | None) -> str:
    """What is said of a sum of members: how much of the group has data."""
    if coverage is None:
        return words.text("made of its members")
    part = words.language.percent(words.number(round(100 * coverage, 1)))
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
        "unreached": words.text("The server cannot be reached."),
        "more": words.plural("Show {n} more area", "Show {n} more areas", more) if more else "",
    }
