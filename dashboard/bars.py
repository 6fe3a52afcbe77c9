"""Bars of one figure an area, the largest on top: the newest of each, or all of one year.

A bar ends at the stated number. A bound is pale and ends in an arrowhead, a range stands between its
two ends, "about" has a whisker, a year that is not stated is hatched. The period stands behind each
number where periods differ.
"""

from collections.abc import Iterator, Sequence
from html import escape
from math import isinf
from typing import Any

from dashboard import theme
from dashboard.marks import ESTIMATED, UP, Row, bound, ends, hover, upper, whiskered
from dashboard.panel import Figure, Panel, Sheet, Trace, keyed, marks_of, with_frames
from dashboard.plots.years import in_year, shown, years_of
from dashboard.scales import Scale
from dashboard.series import Series
from dashboard.wording import UNSTATED_YEAR, shortened
from indicators.language import NBSP

Bar = tuple[Series, Row]

TALL, LOW = 44, 26
"""Height of a bar with the room around it, of few bars and of many."""
FEW = 14
LETTER = 7.2
"""Width of a letter of a label, in pixels, at most on average."""
WIDEST, SHORT = 190, 15
"""Pixels of the longest label, and the letters of one on a narrow screen."""
ROOM = 1.45
"""The axis is so much longer than the longest bar, for the number behind it."""


def ordered(found: Sequence[Bar]) -> list[Bar]:
    """The largest last, for it stands on top."""
    return sorted(found, key=lambda bar: (ends(bar[1])[-1], bar[0].name))


def reach(found: Sequence[Bar], axis: Scale) -> tuple[float, float]:
    """The range of the axis: from zero, or below it where figures are."""
    numbers = [axis.of(end) for _, row in found for end in (*ends(row), upper(row))]
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    return low * ROOM, high * ROOM or 1.0


def bars(
    sheet: Sheet, found: Sequence[Bar], span: tuple[float, float], silent: Sequence[str] = (), places: int = 0
) -> Figure:
    """Horizontal bars.

    Args:
        sheet: what they are drawn from.
        found: one figure an area.
        span: the range of the axis, the same for every year of a chart.
        silent: names of areas without a figure; they stand below, and say so.
        places: bars for which there is room, at least as many as there are.
    """
    kept = ordered(found)
    count = max(places, len(kept) + len(silent), 1)
    top = list(range(count - len(kept), count))
    below = [count - len(kept) - 1 - i for i in range(len(silent))]
    names = [*(s.name for s, _ in kept), *silent]
    rows = [row for _, row in kept]
    traces = [_bars(sheet, kept, top), _whiskers(sheet.axis, rows, top), _tips(sheet.axis, rows, top)]
    traces += [_numbers(sheet, kept, top), _absences(sheet, below)]
    height = 40 + (TALL if count <= FEW else LOW) * count
    layout = theme.layout(sheet.words.language, height=height, left=left_of(names), right=12)
    layout["margin"] |= {"t": 8, "b": 16}
    layout["xaxis"] |= {"range": list(span), "showticklabels": False, "showgrid": False}
    layout["yaxis"] |= {"showgrid": False, "tickfont": {"color": theme.INK}, "range": [-0.6, count - 0.4]}
    short = [shortened(name, SHORT) for name in names]
    layout["yaxis"] |= axis_of_names([*top, *below], names)
    narrow = {
        "yaxis": {**layout["yaxis"], **axis_of_names([*top, *below], short)},
        "margin": {**layout["margin"], "l": left_of(short)},
        "xaxis": {**layout["xaxis"], "range": [span[0] * 1.1, span[1] * 1.25]},
    }
    return {"data": traces, "layout": layout, "narrow": {"layout": narrow}}


def axis_of_names(places: Sequence[int], names: Sequence[str]) -> dict[str, Any]:
    """An axis with a name at each place."""
    return {"tickmode": "array", "tickvals": list(places), "ticktext": [f"{escape(n)}  " for n in names]}


def left_of(names: Sequence[str]) -> int:
    """Room for names at the left, in pixels."""
    return min(WIDEST, 20 + round(max((len(n) for n in names), default=0) * LETTER))


def _bars(sheet: Sheet, kept: Sequence[Bar], top: Sequence[int]) -> Trace:
    rows, axis = [row for _, row in kept], sheet.axis
    alike = len({s.area for s in sheet.found}) > len(theme.SERIES)
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(top),
        "width": 0.62,
        "base": [0 if r["value"] is not None or isinf(r["low"]) else axis.of(r["low"]) for r in rows],
        "x": [_length(r, axis) for r in rows],
        "customdata": [r["figure_id"] for r in rows],
        "hovertext": [hover(sheet.words, r, s.name, sheet.decimals) for s, r in kept],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": [theme.ACCENT if alike else s.colour for s, _ in kept],
            "opacity": [0.55 if bound(r) or r["value"] is None else 0.9 for r in rows],
            "pattern": {
                "shape": ["/" if r["period_basis"] == "publication" else "" for r in rows],
                "size": 7,
                "solidity": 0.25,
            },
        },
    }


def _whiskers(axis: Scale, rows: Sequence[Row], top: Sequence[int]) -> Trace:
    """The interval of each figure that has both ends and a value between them."""
    kept = [(r, y) for r, y in zip(rows, top, strict=True) if whiskered(r)]
    return {
        "type": "scatter",
        "mode": "markers",
        "hoverinfo": "skip",
        "x": [axis.of(r["value"]) for r, _ in kept],
        "y": [y for _, y in kept],
        "marker": {"size": 1, "color": theme.INK},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "width": 4,
            "thickness": 1.4,
            "color": theme.INK,
            "array": [axis.of(r["high"] - r["value"]) for r, _ in kept],
            "arrayminus": [axis.of(r["value"] - r["low"]) for r, _ in kept],
        },
    }


def _tips(axis: Scale, rows: Sequence[Row], top: Sequence[int]) -> Trace:
    """An arrowhead where a bar has no known end."""
    kept = [(r, y) for r, y in zip(rows, top, strict=True) if bound(r)]
    return {
        "type": "scatter",
        "mode": "markers",
        "hoverinfo": "skip",
        "cliponaxis": False,
        "x": [axis.of(ends(r)[-1]) for r, _ in kept],
        "y": [y for _, y in kept],
        "marker": {
            "symbol": ["triangle-right" if bound(r) == UP else "triangle-left" for r, _ in kept],
            "size": 13,
            "color": theme.INK,
        },
    }


def _numbers(sheet: Sheet, kept: Sequence[Bar], top: Sequence[int]) -> Trace:
    """The number behind each bar, with its period where the periods differ."""
    periods = {sheet.words.period(row) for _, row in kept}
    return {
        "type": "scatter",
        "mode": "text",
        "name": "numbers",
        "x": [max(sheet.axis.of(upper(row)), 0.0) for _, row in kept],
        "y": list(top),
        "text": [_number(sheet, row, dated=len(periods) > 1) for _, row in kept],
        "textposition": "middle right",
        "textfont": {"color": theme.INK},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _number(sheet: Sheet, row: Row, *, dated: bool) -> str:
    marks = "".join(letter for letter, _ in sheet.words.mark(row) if letter != UNSTATED_YEAR[0])
    said = escape(sheet.axis.cell(row)) + (f"<sup>{marks}</sup>" if marks else "")
    when = f" <span style='color:{theme.QUIET}'>· {escape(sheet.words.period(row))}</span>" if dated else ""
    return f"{NBSP * (4 if bound(row) == UP else 2)}{said}{when}"


def _absences(sheet: Sheet, below: Sequence[int]) -> Trace:
    said = sheet.words.text("no figure")
    return {
        "type": "scatter",
        "mode": "text",
        "name": "absent",
        "x": [0] * len(below),
        "y": list(below),
        "text": [f"{NBSP * 2}<i>{escape(said)}</i>"] * len(below),
        "textposition": "middle right",
        "textfont": {"color": theme.QUIET},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _length(row: Row, axis: Scale) -> float:
    if row["value"] is not None:
        return axis.of(row["value"])
    known = ends(row)
    return axis.of(known[-1] - known[0]) if len(known) == 2 else axis.of(known[0])


def bar_kinds(rows: Sequence[Row]) -> Iterator[str]:
    """The kinds of marks of bars, one figure an area."""
    for row in rows:
        if row["period_basis"] == "publication":
            yield "hatched"
        if bound(row):
            yield "pale"
        elif row["value"] is None:
            yield "range"
        elif row["low"] != row["high"]:
            yield "about"
        if row["obs_status"] in (*ESTIMATED, "B"):
            yield "lettered"
    if len({r["year"] for r in rows}) > 1:
        yield "years"


def newest(sheets_: Sequence[Sheet]) -> list[Panel]:
    """The newest headline of each area, by unit."""
    made = []
    for sheet in sheets_:
        found = [(s, s.headlines[-1]) for s in sheet.found if s.headlines]
        if found:
            rows = [row for _, row in found]
            kinds, newest = keyed(bar_kinds(rows)), tuple(sorted({row["year"] for row in rows}))
            figure = bars(sheet, found, reach(found, sheet.axis))
            made.append(Panel(sheet.unit, sheet.axis, figure, kinds, drawn=newest))
    return made


def ranked(sheets_: Sequence[Sheet], asked: int | None, areas: Sequence[str]) -> list[Panel]:
    """The headlines of one year, by unit; areas asked for by name that have none then say so."""
    return [_ranked(sheet, asked, areas) for sheet in sheets_ if any(s.headlines for s in sheet.found)]


def _ranked(sheet: Sheet, asked: int | None, areas: Sequence[str]) -> Panel:
    years, year = years_of(sheet), shown(sheet.found, asked)
    by_year = {y: [(s, r) for s in sheet.found if (r := in_year(s, y))] for y in {*years, year}}
    span = reach([bar for found in by_year.values() for bar in found], sheet.axis)
    named = [s for s in sheet.found if s.area in areas]
    places = max(len(found) + len(_silent(named, found)) for found in by_year.values())

    def draw(shown_year: int) -> Figure:
        found = by_year[shown_year]
        return bars(sheet, found, span, [s.name for s in _silent(named, found)], places)

    kinds = {k for found in by_year.values() for k in bar_kinds([row for _, row in found])}
    figure = with_frames(draw, years, year, marks_of(sheet))
    return Panel(sheet.unit, sheet.axis, figure, keyed(kinds), year=year, years=years)


def _silent(named: Sequence[Series], found: Sequence[Bar]) -> list[Series]:
    there = {s.name for s, _ in found}
    return [s for s in named if s.name not in there]
