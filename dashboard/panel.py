"""Panel: one chart with all that must stand beside it; and the sheet from which one is drawn."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.marks import KEY, Row, ends
from dashboard.scales import Scale, scale
from dashboard.series import Series, series
from dashboard.wording import Wording
from indicators.answer import Answer
from indicators.concepts.event import Event

Figure = dict[str, Any]
Trace = dict[str, Any]

FRAMED = 500
"""Marks in all years up to which a figure carries its years; with more, a year is asked of the server."""


@dataclass(frozen=True)
class Panel:
    """One chart.

    Attributes:
        unit: code of the unit that all its figures have.
        scale: how its axis is written.
        figure: the Plotly figure; besides data and layout it may hold `narrow`, what differs on a
            narrow screen, `frames` and `wide`, pixels below which it is scrolled sideways.
        marks: kinds of marks that occur in it, keys of KEY.
        notes: sentences in the reader's language that must stand below it.
        year: the year that it shows, where it shows one.
        since: the year with which that is compared.
        years: every year that it could show, in order.
        drawn: years of the figures that it draws, in order, where it draws not all of them.
        events: the events drawn in it, in the order of their numbers.
    """

    unit: str
    scale: Scale
    figure: Figure
    marks: tuple[str, ...]
    notes: tuple[str, ...] = ()
    year: int | None = None
    since: int | None = None
    years: tuple[int, ...] = ()
    drawn: tuple[int, ...] = ()
    events: tuple[Event, ...] = field(default=())

    @property
    def frames(self) -> Mapping[int, Figure]:
        """Year → what of data and layout differs in that year, for `site.frame`; empty where not carried."""
        return {int(year): frame for year, frame in self.figure.get("frames", {}).items()}


@dataclass(frozen=True)
class Extras:
    """What a form may be given beside the answer.

    Attributes:
        beside: the second indicator, upright in a scatter.
        size: the third, the area of its marks.
        year: the year shown, where a form shows one; None = the newest that is nearly as full as the
            fullest.
        since: the year compared with; None = the first that is as full.
        rivals: whether rival claims are drawn.
        plans: rows of targets, plans, forecasts and scenarios, shape of queries/targets.sql.
        events: events of policy to be drawn as dated lines.
    """

    beside: Answer | None = None
    size: Answer | None = None
    year: int | None = None
    since: int | None = None
    rivals: bool = True
    plans: Sequence[Row] = ()
    events: Sequence[Event] = ()


ALONE = Extras()
"""Nothing beside the answer."""


@dataclass(frozen=True)
class Sheet:
    """What one panel is drawn from: the figures of one unit.

    Attributes:
        unit: code of the unit.
        axis: the scale of all of them.
        rows: the figures, headlines and rivals.
        found: the same as series.
        decimals: of the indicator.
    """

    unit: str
    axis: Scale
    rows: Sequence[Row]
    found: Sequence[Series]
    decimals: int

    @property
    def words(self) -> Wording:
        """The language it is drawn in."""
        return self.axis.words


def drawn(answer: Answer, *, rivals: bool = True) -> list[Row]:
    """The rows that can be drawn: they have a value and a year, and are not of low reliability."""
    return [
        r
        for r in answer.rows
        if r["low"] is not None and r["year"] and r["obs_status"] != "U" and (rivals or r["is_headline"])
    ]


def units(answer: Answer, *, rivals: bool = False) -> dict[str, list[Row]]:
    """The rows that can be drawn, by unit."""
    found: dict[str, list[Row]] = {}
    for row in drawn(answer, rivals=rivals):
        found.setdefault(row["unit_measure"], []).append(row)
    return found


def sheets(words: Wording, answer: Answer, *, rivals: bool = False) -> list[Sheet]:
    """The figures of an answer by unit, the unit with most figures first."""
    by_unit = units(answer, rivals=rivals)
    made = []
    for unit, own in sorted(by_unit.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        axis = scale(words, [end for r in own for end in ends(r)], unit, answer.indicator.decimals)
        found = series(words, own, answer.query.areas)
        made.append(Sheet(unit, axis, own, found, answer.indicator.decimals))
    return made


def keyed(kinds: Iterable[str]) -> tuple[str, ...]:
    """These kinds of marks, each once, in the order of the key."""
    there = set(kinds)
    return tuple(kind for kind in KEY if kind in there)


def with_frames(draw: Callable[[int], Figure], years: Iterable[int], year: int, marks: int) -> Figure:
    """The figure of one year, carrying those of the others unless there are too many marks.

    Args:
        draw: year → its figure; all have the same traces in the same order.
        years: those that the chart could show.
        year: the one that it shows.
        marks: how many there are in all years together.
    """
    figure = draw(year)
    if marks > FRAMED:
        return figure
    frames = {y: figure if y == year else draw(y) for y in sorted({*years, year})}
    kept = ("data", "layout", "narrow")
    return figure | {"frames": {str(y): {k: f[k] for k in kept if k in f} for y, f in frames.items()}}


def marks_of(sheet: Sheet) -> int:
    """The headlines of a sheet, of all years."""
    return sum(len(s.headlines) for s in sheet.found)
