"""Lines by year, as plain Plotly figures: one panel a unit, so that no axis mixes units.

Marks     a disc: a stated year; a diamond: the year is not stated; a square: estimated or provisional;
          open, with an arrow: a bound ("over 2 bn"), its other end is not known; a whisker: about;
          a bar between two ends: a range; a faint small mark: a rival of the headline; hollow shapes
          of their own: plans, targets, forecasts, scenarios; a numbered upright line: an event.
Lines     join headlines of years that follow one another, of one area, unit and length of period;
          nothing runs through a gap, a break in the series or a year that is not stated.
Not drawn values of low reliability (U) and missing ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from dashboard import theme
from dashboard.marks import UP, Row, bound, ends, hover, symbol
from dashboard.marks import kinds as kinds_of
from dashboard.panel import ALONE, Extras, Figure, Panel, Sheet, Trace, keyed, sheets
from dashboard.plots import dated, plans
from dashboard.scales import Scale
from dashboard.series import Series, span
from dashboard.wording import Wording, shortened
from indicators.answer import Answer
from indicators.concepts.event import Event

LABEL_GAP = 17
"""Pixels between the labels at the ends of lines."""
FEW_YEARS = 7
"""So many each have a tick; of more, the browser chooses as many as its width allows."""
SHORT = 14
"""Letters of a name on a narrow screen."""
NARROW_HEADS = 0.09
"""There the numbers of events cover one another within this part of the axis."""


def panels(words: Wording, answer: Answer, extras: Extras = ALONE) -> list[Panel]:
    """Line charts of an answer, the unit with most figures first.

    Args:
        words: the language it is drawn in.
        answer: of one sector.
        extras: rivals, plans and events to be drawn, or not.
    """
    sheets_ = sheets(words, answer, rivals=extras.rivals)
    return [_panel(sheet, extras) for sheet in sheets_]


def _panel(sheet: Sheet, extras: Extras) -> Panel:
    aims = plans.of_unit(extras.plans, sheet.unit)
    shown = sheet if not aims else replace(sheet, axis=plans.axis(sheet, aims))
    kinds = [kind for r in sheet.rows for kind in kinds_of(r)] + [plans.KINDS[r["kind"]] for r in aims]
    events = dated.within(extras.events, _span_of_years(shown.found, aims))
    figure = lines(shown.found, shown.axis, shown.decimals, aims, events)
    left = plans.left_out(sheet.words, extras.plans, aims)
    return Panel(
        sheet.unit, shown.axis, figure, keyed([*kinds, *(["event"] if events else [])]), left, events=events
    )


def lines(
    found: Sequence[Series],
    axis: Scale,
    decimals: int,
    aims: Sequence[Row] = (),
    events: Sequence[Event] = (),
) -> Figure:
    """A line chart by year; see the head of this module for the marks."""
    traces: list[Trace] = []
    arrows: list[dict[str, Any]] = []
    for one in found:
        marks, open_ends = strokes(one, axis, decimals)
        traces += marks
        arrows += open_ends
    low, high = plans.stretched(span(found, axis), aims, axis)
    traces += plans.traces(aims, found, axis, decimals)
    labels, reach = _labels(found, axis, low, high), _span_of_years(found, aims)
    layout = theme.layout(axis.words.language, right=_room(labels), left=_axis_room(axis, high))
    layout["annotations"] = [*arrows, *labels, *dated.numbers(events, reach)]
    layout["shapes"] = dated.rules(events)
    layout["yaxis"] |= {"range": [low, high], "tickformat": f",.{axis.decimals}~f"}
    layout["xaxis"] |= _years(reach)
    layout["margin"]["t"] += 8 if events else 0
    heads = dated.numbers(events, reach, near=NARROW_HEADS)
    narrow = _narrow(layout, labels, [*arrows, *heads])
    return {"data": traces, "layout": layout, "narrow": {"layout": narrow}}


def strokes(one: Series, axis: Scale, decimals: int) -> tuple[list[Trace], list[dict[str, Any]]]:
    """The marks and the line of one series, and the arrows of its open ends."""
    traces = [*_ranges(one, axis, decimals), _line(one, axis)]
    if one.rivals:
        traces.append(_points(one, one.rivals, axis, decimals, faint=True))
    traces.append(_points(one, one.headlines, axis, decimals, faint=False))
    return traces, [a for r in (*one.rivals, *one.headlines) for a in _arrow(r, one, axis)]


def _narrow(layout: Figure, labels: Sequence[Row], others: Sequence[Row]) -> Figure:
    """On a narrow screen names are cut, so that the lines keep most of the width."""
    short = [label | {"text": shortened(label["text"], SHORT)} for label in labels]
    return {
        "margin": {**layout["margin"], "r": _room(short)},
        "annotations": [*others, *short],
        "xaxis": layout["xaxis"] if "dtick" in layout["xaxis"] else {**layout["xaxis"], "nticks": 4},
    }


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


def _span_of_years(found: Sequence[Series], aims: Sequence[Row]) -> tuple[int, int]:
    years = [r["year"] for s in found for r in (*s.headlines, *s.rivals)]
    years += [r["period_end"].year for r in aims]
    return min(years), max(years)


def _years(span_of_years: tuple[int, int]) -> dict[str, Any]:
    first, last = span_of_years
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
