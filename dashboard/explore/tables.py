"""The tables under a chart: areas by years, or every figure of the answer, one a row."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboard import figures, links
from dashboard.aria import link
from dashboard.explore import asking, claims
from dashboard.explore.answering import Found
from dashboard.explore.parts import Years
from dashboard.marks import ends
from dashboard.present.add import add_button
from dashboard.route import View
from dashboard.scales import Scale, scale
from dashboard.series import KEY, Key, named
from dashboard.wording import NOTHING, Wording
from indicators.language import message
from indicators.rounding import EXACT
from indicators.store import Store

VIEWS = {"years": message("Areas by years"), "figures": message("All figures")}
SHOWN = 40
"""Areas that are brought before the reader asks for all of them."""
AREAS, UNIT = f"{links.EXPLORE}/areas", "unit"
"""Where all of them are asked for (serve.py), and the parameter that says of which table."""
_WRITTEN = ("value", "low", "high", "hedge", "obs_status")
_DATED = ("freq", "time_period", "period_start", "period_end", "period_basis")
_STATED = ("obs_status", "period_basis")
COLUMNS = (
    "figure_id", "year", "unit_measure", "publisher", "rivals", "origin", "coverage", *KEY, *_WRITTEN,
    *(c for c in _DATED if c not in KEY),
)  # fmt: skip
"""What a table takes of an answer: its numbers are many, and a dict of all columns for each costs more
than the answer itself."""
NIL = "N"
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
    listed = headlines(found)
    made = [part for s in scales(words, listed, found) for part in years(view, s, found, listed)]
    return html.Section([head, *made], className="tables")


def headlines(found: Found) -> pl.DataFrame:
    """What the table shows: the headlines that have a year, with the columns COLUMNS."""
    return found.listed.frame.filter(pl.col("is_headline") & pl.col("year").is_not_null()).select(COLUMNS)


def scales(words: Wording, listed: pl.DataFrame, found: Found) -> list[tuple[str, Scale]]:
    """Each unit of the table, most figures first, with the scale that fits its own numbers.

    Never that of a chart, which may be of another indicator or of a part of the figures.
    """
    reach: dict[str, list[float]] = {}
    for unit, *numbers in listed.select("unit_measure", "value", "low", "high").iter_rows():
        reach.setdefault(unit, []).extend(_ends(*numbers))
    ordered = sorted(reach.items(), key=lambda unit: (-len(unit[1]), unit[0]))
    return [(unit, scale(words, numbers, unit, found.indicator.decimals)) for unit, numbers in ordered]


def _ends(value: float | None, low: float | None, high: float | None) -> list[float]:
    if low is None:
        return []
    return ends({"value": value, "low": low, "high": high})


def years(view: View, of: tuple[str, Scale], found: Found, listed: pl.DataFrame) -> list[Component | None]:
    """Areas by years, the newest year first; every cell a passport, every gap a reason."""
    words = view.words
    own = listed.filter(pl.col("unit_measure") == of[0])
    table = _table(view, of, found, own, SHOWN)
    marks = own.select(*_STATED, "rivals").unique().to_dicts()
    add = add_button(view, "table", unit=of[0], name=words.text("Table"))
    return [table, figures.notes(words, marks), add]


def whole(view: View, found: Found, unit: str) -> Years | None:
    """The table of one unit with all its areas; None where there is no such unit."""
    listed = headlines(found)
    of = next((one for one in scales(view.words, listed, found) if one[0] == unit), None)
    own = listed.filter(pl.col("unit_measure") == unit)
    return _table(view, of, found, own, own.height) if of else None


def _table(view: View, of: tuple[str, Scale], found: Found, own: pl.DataFrame, most: int) -> Years:
    """The first `most` areas of a table, and where to ask for all of them."""
    own = own.sort("period_end", "figure_id", maintain_order=True)
    shown = own["year"].unique().sort(descending=True).to_list()
    keys = list(zip(*(own[k].to_list() for k in KEY), strict=True))
    lines = named(view.words, set(keys), found.listed.query.areas)
    sent: dict[Key, dict[int, list[Any]]] = {key: {} for key, _, _ in lines[:most]}
    if len(sent) < len(lines):
        own = own.filter(pl.Series([key in sent for key in keys]))
        keys = [key for key in keys if key in sent]
    cells = Cells(of[1])
    for key, year, cell in zip(keys, own["year"].to_list(), cells.of(own), strict=True):
        sent[key][year] = cell
    passport = view.with_passport("")
    return Years(
        [of[1].title, *(str(y) for y in shown)],
        [[name, *map(sent[key].get, shown)] for key, name, _ in lines[:most]],
        list(cells.publishers),
        passport + ("&" if "?" in passport else "?") + "passport=",
        _all_areas(view, found, of[0]) if len(sent) < len(lines) else "",
        _said(view, of[1], len(lines)),
    )


def _all_areas(view: View, found: Found, unit: str) -> str:
    """Where assets/explore.js asks for every area, of the release that is on the screen."""
    frozen = replace(asking.completed(view), release=found.answer.release)
    return frozen.links.address(AREAS, {**frozen.parameters, UNIT: unit})


class Cells:
    """The cells of one table, made column by column; what many of them say is put into words once.

    Args:
        scale: in which the numbers are written.

    Attributes:
        publishers: those of the cells made, each with its index.
    """

    def __init__(self, scale: Scale) -> None:
        self.publishers: dict[str, int] = {}
        self._scale = scale
        self._periods: dict[Key, str] = {}
        self._letters: dict[Key, str] = {}

    def of(self, listed: pl.DataFrame) -> Iterator[list[Any]]:
        """A cell a row: figure id, number, publisher, marks, rivals and, if it is no plain year, the period.

        Args:
            listed: columns COLUMNS.
        """
        numbers = self._numbers(listed)
        said = (listed[c].to_list() for c in ("figure_id", "publisher", "rivals", "year"))
        marks = zip(*(listed[c].to_list() for c in _STATED), strict=True)
        when = zip(*(listed[c].to_list() for c in _DATED), strict=True)
        sums = zip(listed["origin"].to_list(), listed["coverage"].to_list(), strict=True)
        for number, figure_id, who, rivals, year, mark, dated, (origin, coverage) in zip(
            numbers, *said, marks, when, sums, strict=True
        ):
            place = self.publishers.setdefault(who or "", len(self.publishers))
            period = self._period(dated) if not origin else of_members(self._scale.words, coverage)
            cell = [figure_id or "", number, place, self._marks(mark), rivals or 0]
            yield [*cell, period] if period != str(year) else cell

    def _numbers(self, listed: pl.DataFrame) -> Iterator[str]:
        """The numbers as they are written; plain ones, which are most, without a row of their own."""
        columns = [listed[c].to_list() for c in _WRITTEN]
        for row in zip(*columns, strict=True):
            value, low, high, hedge, status = row
            if hedge == EXACT and value is not None and low is not None and low == high and status != NIL:
                yield self._scale.write(value)
            else:
                yield self._scale.cell(dict(zip(_WRITTEN, row, strict=True)))

    def _period(self, dated: Key) -> str:
        if dated not in self._periods:
            self._periods[dated] = self._scale.words.period(dict(zip(_DATED, dated, strict=True)))
        return self._periods[dated]

    def _marks(self, mark: Key) -> str:
        if mark not in self._letters:
            row = dict(zip(_STATED, mark, strict=True))
            self._letters[mark] = "".join(letter for letter, _ in self._scale.words.mark(row))
        return self._letters[mark]


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
