"""Scatter: one indicator across, another upright, of the same area and the same stated year.

A third may give each mark its area. Whiskers show intervals; a bound is hollow, with an arrow towards its
open end. A mark opens the passport of the upright figure; its name says both. Names that would cover one
another are left out, and a sentence says how many.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10, sqrt
from textwrap import wrap
from typing import Any

from dashboard import theme
from dashboard.marks import UP, Row, bound, ends, upper, whiskered
from dashboard.panel import Extras, Figure, Panel, Sheet, Trace, keyed, sheets, with_frames
from dashboard.plots.names import Spot, spotted
from dashboard.plots.years import annual, fullest, in_year
from dashboard.scales import Scale
from dashboard.wording import Wording
from indicators.answer import Answer

HEIGHT, NARROW_HEIGHT = 520, 440
LARGEST, USUAL = 46, 12
"""Diameter of the largest mark, and of one where nothing gives a size, in pixels."""
WIDTH, NARROW_WIDTH = 900, 262
"""Pixels of the plot for which names are placed."""
FEW_POWERS = 3
"""Over fewer powers of ten a logarithmic axis is marked between them, too."""
SPREAD = 100
"""The axis is logarithmic where the largest is over so many times the smallest, and all are above zero."""
LINE = 38
"""Letters of a line of a title on a narrow screen."""
UNSTATED = "publication"


@dataclass(frozen=True)
class Point:
    """One area in one year: its two figures, and the third if there is one."""

    area: str
    name: str
    x: Row
    y: Row
    size: Row | None


@dataclass(frozen=True)
class Plane:
    """The two axes, the same in every year.

    Attributes:
        x, y: the sheets of the two indicators.
        names: of the two indicators.
        spans: the ranges, of logarithms where that axis is logarithmic.
        logs: whether each is.
        largest: the third figure that has the largest mark; 0 where there is none.
    """

    x: Sheet
    y: Sheet
    names: tuple[str, str]
    spans: tuple[tuple[float, float], tuple[float, float]]
    logs: tuple[bool, bool]
    largest: float


def panels(words: Wording, answer: Answer, extras: Extras) -> list[Panel]:
    """The scatter of two answers; none where they meet in no area and year."""
    if extras.beside is None:
        return []
    across, upright = sheets(words, answer), sheets(words, extras.beside)
    third = sheets(words, extras.size) if extras.size else []
    if not across or not upright:
        return []
    years = _years(across[0], upright[0])
    if not years:
        return []
    year = extras.year if extras.year is not None else fullest(years)
    by_year = {y: points(across[0], upright[0], third[0] if third else None, y) for y in {*years, year}}
    named = (words.text(answer.indicator.name), words.text(extras.beside.indicator.name))
    plane = _plane(across[0], upright[0], named, [p for found in by_year.values() for p in found])
    marks = sum(len(found) for found in by_year.values())
    figure = with_frames(lambda y: _figure(plane, by_year[y]), years, year, marks)
    notes = _notes(words, plane, by_year[year], _alone(across[0], upright[0], by_year[year]), year)
    if extras.size and third:
        sized = words.text(extras.size.indicator.name)
        notes = (*notes, words.text("Area of a mark: {indicator}.", indicator=sized))
    return [
        Panel(
            upright[0].unit,
            upright[0].axis,
            figure,
            _kinds(by_year[year]),
            notes,
            year,
            None,
            tuple(sorted(years)),
        )
    ]


def _stated(sheet: Sheet, year: int) -> dict[str, Row]:
    rows = {area: in_year(one, year) for area, one in annual(sheet.found).items()}
    return {area: r for area, r in rows.items() if r and r["period_basis"] != UNSTATED}


def _years(x: Sheet, y: Sheet) -> dict[int, int]:
    """Year → areas with both figures."""
    held = [
        {(s.area, r["year"]) for s in sheet.found for r in s.headlines if r["period_basis"] != UNSTATED}
        for sheet in (x, y)
    ]
    return dict(Counter(year for _, year in held[0] & held[1]))


def points(x: Sheet, y: Sheet, third: Sheet | None, year: int) -> list[Point]:
    """The areas with both figures of a year; with the third where one is given, that too."""
    across, upright = _stated(x, year), _stated(y, year)
    size = _stated(third, year) if third else {}
    kept = [a for a in across if a in upright and (third is None or _area(size.get(a)) is not None)]
    made = [Point(a, x.words.label("area", a), across[a], upright[a], size.get(a)) for a in kept]
    return sorted(made, key=lambda p: -(_area(p.size) or 0.0))


def _area(row: Row | None) -> float | None:
    """The number that gives a mark its area; none of a range or below zero."""
    if row is None or row["value"] is None or row["value"] < 0:
        return None
    return float(row["value"])


def _alone(x: Sheet, y: Sheet, found: Sequence[Point]) -> list[str]:
    both = {p.area for p in found}
    every = dict.fromkeys(s.area for sheet in (x, y) for s in sheet.found)
    return [x.words.label("area", a) for a in every if a not in both]


def _notes(
    words: Wording, plane: Plane, found: Sequence[Point], alone: Sequence[str], year: int
) -> tuple[str, ...]:
    said = [words.text("Both figures are of {year}.", year=year)]
    if alone:
        said.append(words.text("Without both figures in that year: {areas}.", areas=", ".join(alone)))
    if any(plane.logs):
        said.append(words.text("On an axis marked “log” equal distances are equal multiples."))
    if None in _spots(plane, found, NARROW_WIDTH, NARROW_HEIGHT):
        said.append(words.text("Names without room beside their mark are left out; the mark says them."))
    return tuple(said)


def _kinds(found: Sequence[Point]) -> tuple[str, ...]:
    rows = [r for p in found for r in (p.x, p.y)]
    kinds = ["stated", *(["about"] if any(whiskered(r) for r in rows) else [])]
    kinds += ["bound" if bound(r) == UP else "ceiling" for r in rows if bound(r)]
    kinds += ["range"] if any(r["value"] is None and not bound(r) for r in rows) else []
    return keyed([*kinds, *(["sized"] if any(p.size for p in found) else [])])


def _plane(x: Sheet, y: Sheet, names: tuple[str, str], every: Sequence[Point]) -> Plane:
    across = [x.axis.of(e) for p in every for e in (*ends(p.x), upper(p.x))]
    upright = [y.axis.of(e) for p in every for e in (*ends(p.y), upper(p.y))]
    spans, logs = zip(*(_span(numbers) for numbers in (across, upright)), strict=True)
    largest = max((_area(p.size) or 0.0 for p in every), default=0.0)
    return Plane(x, y, names, spans, logs, largest)


def _span(numbers: Sequence[float]) -> tuple[tuple[float, float], bool]:
    """The range of an axis, and whether it is logarithmic."""
    low, high = min(numbers), max(numbers)
    if low > 0 and high / low > SPREAD:
        return (log10(low) - 0.15, log10(high) + 0.2), True
    low = min(low, 0.0)
    return (low * 1.08, high * 1.12 if high > 0 else 1.0), False


def _figure(plane: Plane, found: Sequence[Point]) -> Figure:
    language = plane.x.words.language
    layout = theme.layout(language, height=HEIGHT, left=64, right=20)
    layout["margin"] |= {"t": 34, "b": 58}
    layout["xaxis"] |= _axis(plane, 0) | {"showgrid": True, "gridcolor": theme.HAIRLINE}
    layout["yaxis"] |= _axis(plane, 1)
    titles = _titles(plane)
    arrows = [a for p in found for a in _arrows(plane, p)]
    layout["annotations"] = [*titles, *arrows, *_names(plane, found, WIDTH, HEIGHT)]
    narrow = {
        "height": NARROW_HEIGHT,
        "annotations": [
            *_titles(plane, LINE),
            *arrows,
            *_names(plane, found, NARROW_WIDTH, NARROW_HEIGHT),
        ],
        "margin": {**layout["margin"], "t": 52, "b": 76},
        "xaxis": {**layout["xaxis"], "nticks": 4},
    }
    return {"data": [_marks(plane, found)], "layout": layout, "narrow": {"layout": narrow}}


def _axis(plane: Plane, which: int) -> dict[str, Any]:
    sheet = (plane.x, plane.y)[which]
    usual = {"range": list(plane.spans[which]), "zeroline": not plane.logs[which], "nticks": 7}
    usual["zerolinecolor"] = theme.FAINT
    if not plane.logs[which]:
        return usual | {"tickformat": f",.{sheet.axis.decimals}~f"}
    low, high = plane.spans[which]
    ticks = _ticks(low, high)
    said = [sheet.words.number(tick) for tick in ticks]
    return usual | {"type": "log", "tickmode": "array", "tickvals": ticks, "ticktext": said}


def _ticks(low: float, high: float) -> list[float]:
    """Powers of ten between two logarithms; with 2 and 5 times each where there are few."""
    powers = range(floor(low), floor(high) + 1)
    steps = (1, 2, 5) if high - low < FEW_POWERS else (1,)
    ticks = [float(f"{step}e{power}") for power in powers for step in steps]
    return [tick for tick in ticks if low <= log10(tick) <= high]


def _titles(plane: Plane, line: int = 200) -> list[dict[str, Any]]:
    """What the axes measure: of the upright one above it, of the other below its right end."""
    said = [
        f"<b>{'<br>'.join(wrap(escape(name), line))}</b>, {escape(sheet.axis.title)}{' (log)' if log else ''}"
        for name, sheet, log in zip(plane.names, (plane.x, plane.y), plane.logs, strict=True)
    ]
    usual = {"xref": "paper", "yref": "paper", "showarrow": False, "font": {"color": theme.INK}}
    above = {"align": "left", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "yshift": 8}
    below = {"align": "right", "x": 1, "xanchor": "right", "y": 0, "yanchor": "top", "yshift": -26}
    return [usual | above | {"text": f"↑ {said[1]}"}, usual | below | {"text": f"{said[0]} →"}]


def _diameter(plane: Plane, point: Point) -> float:
    """Of a mark whose area stands for the third figure."""
    if not plane.largest:
        return USUAL
    return max(LARGEST * sqrt((_area(point.size) or 0.0) / plane.largest), 4)


def _at(row: Row) -> float:
    return ends(row)[0]


def _marks(plane: Plane, found: Sequence[Point]) -> Trace:
    hollow = [bool(bound(p.x) or bound(p.y)) for p in found]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "areas",
        "x": [plane.x.axis.of(_at(p.x)) for p in found],
        "y": [plane.y.axis.of(_at(p.y)) for p in found],
        "customdata": [p.y["figure_id"] for p in found],
        "text": [_hover(plane, p) for p in found],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "symbol": ["circle-open" if h else "circle" for h in hollow],
            "size": [round(_diameter(plane, p), 1) for p in found],
            "color": theme.ACCENT,
            "opacity": 0.72,
            "line": {"width": [2 if h else 1 for h in hollow], "color": theme.ACCENT},
        },
        "error_x": _whisker([p.x for p in found], plane.x.axis),
        "error_y": _whisker([p.y for p in found], plane.y.axis),
    }


def _whisker(rows: Sequence[Row], axis: Scale) -> dict[str, Any]:
    return {
        "type": "data",
        "symmetric": False,
        "width": 0,
        "thickness": 1.2,
        "color": theme.QUIET,
        "array": [axis.of(_known_high(r) - _at(r)) for r in rows],
        "arrayminus": [axis.of(_at(r) - r["low"]) if whiskered(r) else 0 for r in rows],
    }


def _known_high(row: Row) -> float:
    """The upper end of a whisker: none beyond the mark of a bound."""
    return _at(row) if bound(row) else upper(row)


def _arrows(plane: Plane, point: Point) -> list[dict[str, Any]]:
    """Arrows towards open ends, across and upright."""
    place = {"x": _on_axis(plane, 0, point.x), "y": _on_axis(plane, 1, point.y)}
    style = {
        "text": "", "showarrow": True, "arrowside": "start", "startarrowhead": 2, "startarrowsize": 0.9,
        "arrowwidth": 1.5, "standoff": 7, "arrowcolor": theme.ACCENT,
    }  # fmt: skip
    made = []
    if bound(point.x):
        made.append(place | style | {"ax": 28 * bound(point.x), "ay": 0})
    if bound(point.y):
        made.append(place | style | {"ax": 0, "ay": -28 * bound(point.y)})
    return made


def _on_axis(plane: Plane, which: int, row: Row) -> float:
    """A number as an annotation wants it: its logarithm on a logarithmic axis."""
    number = (plane.x, plane.y)[which].axis.of(_at(row))
    return log10(number) if plane.logs[which] else number


def _spots(plane: Plane, found: Sequence[Point], width: int, height: int) -> list[Spot | None]:
    """Where each name stands, None where it has no room; the largest mark is served first."""
    (left, right), (low, high) = plane.spans
    centres = [
        (
            (_on_axis(plane, 0, p.x) - left) / (right - left) * width,
            (_on_axis(plane, 1, p.y) - low) / (high - low) * (height - 92),
        )
        for p in found
    ]
    return spotted(centres, [_diameter(plane, p) / 2 for p in found], [p.name for p in found], width)


def _names(plane: Plane, found: Sequence[Point], width: int, height: int) -> list[dict[str, Any]]:
    made = []
    for point, spot in zip(found, _spots(plane, found, width, height), strict=True):
        if spot:
            made.append(
                {
                    "x": _on_axis(plane, 0, point.x),
                    "y": _on_axis(plane, 1, point.y),
                    "text": escape(point.name),
                    "showarrow": False,
                    "xanchor": spot.xanchor,
                    "yanchor": spot.yanchor,
                    "xshift": spot.xshift,
                    "yshift": spot.yshift,
                    "font": {"size": theme.SMALL_SIZE, "color": theme.INK},
                }
            )
    return made


def _hover(plane: Plane, point: Point) -> str:
    words = plane.x.words
    said = [
        f"{escape(name)}: <b>{escape(words.figure(row, sheet.decimals))}</b>"
        for name, row, sheet in zip(plane.names, (point.x, point.y), (plane.x, plane.y), strict=True)
    ]
    return "<br>".join([escape(point.name), *said, escape(words.period(point.y))])
