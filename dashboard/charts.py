"""Charts of an answer, as plain Plotly figures: one panel a unit, so that no axis mixes units.

Marks     a disc: a stated year; a diamond: the year is not stated; a square: estimated or provisional;
          open, with an arrow: a bound ("over 2 bn"), its other end is not known; a whisker: about;
          a bar between two ends: a range; a faint small mark: a rival of the headline.
Lines     join headlines of years that follow one another, of one area, unit and length of period;
          nothing runs through a gap, a break in the series or a year that is not stated.
Not drawn values of low reliability (U) and missing ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from dashboard import theme
from dashboard.bars import bar_kinds, bars
from dashboard.marks import KEY, UP, Row, bound, ends, hover, kinds, symbol
from dashboard.scales import Scale, scale
from dashboard.series import Series, series, span
from dashboard.wording import Wording
from indicators.answer import Answer

Trace = dict[str, Any]

LABEL_GAP = 17
"""Pixels between the labels at the ends of lines."""
FEW_YEARS = 7
"""So many each have a tick; of more, the browser chooses as many as its width allows."""


@dataclass(frozen=True)
class Panel:
    """One chart.

    Attributes:
        unit: code of the unit that all its figures have.
        scale: how its axis is written.
        figure: the Plotly figure.
        marks: kinds of marks that occur in it, keys of KEY.
        notes: sentences in the reader's language that must stand below it.
        frames: year → the parts of the figure that differ in that year, for `site.frame`.
        year: the year that `figure` shows, where there are frames.
    """

    unit: str
    scale: Scale
    figure: dict[str, Any]
    marks: tuple[str, ...]
    notes: tuple[str, ...] = ()
    frames: Mapping[int, dict[str, Any]] = field(default_factory=dict)
    year: int | None = None


def drawn(answer: Answer) -> list[Row]:
    """The rows that can be drawn: they have a value and a year, and are not of low reliability."""
    return [
        r for r in answer.frame.to_dicts() if r["low"] is not None and r["year"] and r["obs_status"] != "U"
    ]


def panels(words: Wording, answer: Answer, chart: str) -> list[Panel]:
    """The charts of an answer, the unit with most figures first.

    Args:
        words: the language it is drawn in.
        answer: of one sector.
        chart: "line" or "bar".
    """
    rows = drawn(answer)
    units = sorted(
        {r["unit_measure"] for r in rows}, key=lambda u: (-sum(r["unit_measure"] == u for r in rows), u)
    )
    draw = {"line": lines, "bar": bars}[chart]
    made = []
    for unit in units:
        own = [r for r in rows if r["unit_measure"] == unit]
        axis = scale(words, [end for r in own for end in ends(r)], unit, answer.indicator.decimals)
        there = {kind for r in own for kind in kinds(r)} if chart == "line" else set(bar_kinds(own))
        figure = draw(series(words, own, answer.query.areas), axis, answer.indicator.decimals)
        made.append(Panel(unit, axis, figure, tuple(k for k in KEY if k in there)))
    return made


def lines(found: Sequence[Series], axis: Scale, decimals: int) -> dict[str, Any]:
    """A line chart by year; see the head of this module for the marks."""
    traces: list[Trace] = []
    arrows: list[dict[str, Any]] = []
    for one in found:
        traces += [*_ranges(one, axis, decimals), _line(one, axis)]
        if one.rivals:
            traces.append(_points(one, one.rivals, axis, decimals, faint=True))
        traces.append(_points(one, one.headlines, axis, decimals, faint=False))
        arrows += [a for r in (*one.rivals, *one.headlines) for a in _arrow(r, one, axis)]
    low, high = span(found, axis)
    labels = _labels(found, axis, low, high)
    layout = theme.layout(axis.words.language, right=_room(labels), left=_axis_room(axis, high))
    layout["annotations"] = [*arrows, *labels]
    layout["yaxis"] |= {"range": [low, high], "tickformat": f",.{axis.decimals}~f"}
    layout["xaxis"] |= _years(found)
    return {"data": traces, "layout": layout}


def _line(one: Series, axis: Scale) -> Trace:
    """The line, with a null wherever it must not run on."""
    xs: list[int | None] = []
    ys: list[float | None] = []
    before: Row | None = None
    for row in one.headlines:
        if row["value"] is None or row["period_basis"] == "publication":
            continue
        if before and (row["year"] - before["year"] != 1 or row["obs_status"] == "B"):
            xs.append(None)
            ys.append(None)
        xs.append(row["year"])
        ys.append(axis.of(row["value"]))
        before = row
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "connectgaps": False,
        "hoverinfo": "skip",
        "line": {"color": one.colour, "width": 2.2},
    }


def _points(one: Series, rows: Sequence[Row], axis: Scale, decimals: int, *, faint: bool) -> Trace:
    """The marks of a series; each carries the id of its figure, for its passport."""
    shown = [r for r in rows if r["value"] is not None]
    whisker = [(r["value"], r["low"], r["high"]) if not bound(r) else (0, 0, 0) for r in shown]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "rival" if faint else "headline",
        "x": [r["year"] for r in shown],
        "y": [axis.of(r["value"]) for r in shown],
        "customdata": [r["figure_id"] for r in shown],
        "text": [hover(axis.words, r, one.name, decimals) for r in shown],
        "hovertemplate": "%{text}<extra></extra>",
        "opacity": 0.45 if faint else 1,
        "cliponaxis": False,
        "marker": {
            "symbol": [symbol(r) for r in shown],
            "color": one.colour,
            "opacity": 1,
            "size": [_size(r, faint) for r in shown],
            "line": {"width": [2 if bound(r) else 0 for r in shown], "color": one.colour},
        },
        "error_y": {
            "type": "data",
            "visible": True,
            "symmetric": False,
            "width": 0,
            "thickness": 1.2,
            "color": one.colour,
            "array": [axis.of(high - value) for value, _, high in whisker],
            "arrayminus": [axis.of(value - low) for value, low, _ in whisker],
        },
    }


def _size(row: Row, faint: bool) -> int:
    return (7 if faint else 8) + (2 if row["period_basis"] == "publication" else 0)


def _ranges(one: Series, axis: Scale, decimals: int) -> Iterator[Trace]:
    """A bar between the two ends of every range that has no value."""
    for row in (*one.rivals, *one.headlines):
        if row["value"] is not None:
            continue
        reach = [axis.of(end) for end in ends(row)]
        yield {
            "type": "scatter",
            "mode": "lines+markers",
            "name": "range",
            "x": [row["year"]] * len(reach),
            "y": reach,
            "customdata": [row["figure_id"]] * len(reach),
            "text": [hover(axis.words, row, one.name, decimals)] * len(reach),
            "hovertemplate": "%{text}<extra></extra>",
            "opacity": 0.6 if row["is_headline"] else 0.3,
            "line": {"color": one.colour, "width": 6},
            "marker": {
                "symbol": "line-ew",
                "size": 8,
                "color": one.colour,
                "line": {"width": 2, "color": one.colour},
            },
        }


def _arrow(row: Row, one: Series, axis: Scale) -> Iterator[dict[str, Any]]:
    """An arrow from a bound towards its open end."""
    if not bound(row):
        return
    up = bound(row) == UP
    at = row["value"] if row["value"] is not None else ends(row)[0]
    yield {
        "x": row["year"],
        "y": axis.of(at),
        "ax": 0,
        "ay": -30 if up else 30,
        "text": "",
        "showarrow": True,
        "arrowside": "start",
        "startarrowhead": 2,
        "startarrowsize": 0.9,
        "arrowwidth": 1.6,
        "standoff": 6,
        "arrowcolor": one.colour,
        "opacity": 1 if row["is_headline"] else 0.4,
    }


def _years(found: Sequence[Series]) -> dict[str, Any]:
    years = [r["year"] for s in found for r in (*s.headlines, *s.rivals)]
    first, last = min(years), max(years)
    ticks = {"dtick": 1} if last - first < FEW_YEARS else {"nticks": 8}
    return {"range": [first - 0.6, last + 0.6], **ticks}


def _labels(found: Sequence[Series], axis: Scale, low: float, high: float) -> list[dict[str, Any]]:
    """The name of each series at the height where it ends, moved apart until none covers another."""
    pixels = theme.CHART_HEIGHT - theme.TOP - theme.BOTTOM
    last = max(r["year"] for s in found for r in s.headlines) if any(s.headlines for s in found) else 0
    tips = []
    for one in found:
        if one.headlines:
            row = one.headlines[-1]
            at = axis.of(ends(row)[-1])
            text = escape(one.name) + (f" {row['year']}" if row["year"] != last else "")
            tips.append(((at - low) / (high - low) * pixels, at, text, one.colour))
    tips.sort(key=lambda tip: tip[0])
    made, floor = [], 0.0
    for height, at, text, colour in tips:
        place = max(height, floor)
        floor = place + LABEL_GAP
        made.append(
            {
                "x": 1,
                "xref": "paper",
                "xanchor": "left",
                "xshift": 8,
                "y": at,
                "yanchor": "middle",
                "yshift": round(place - height, 1),
                "text": text,
                "showarrow": False,
                "align": "left",
                "font": {"color": colour, "size": theme.SMALL_SIZE},
            }
        )
    return made


def _room(labels: Sequence[dict[str, Any]]) -> int:
    longest = max((len(label["text"]) for label in labels), default=0)
    return min(190, 26 + round(longest * 6.4))


def _axis_room(axis: Scale, high: float) -> int:
    return 18 + 7 * len(axis.words.number(high, 0 if high >= 10 else axis.decimals))
