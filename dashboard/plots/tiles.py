"""Tile map: one square a country on a grid of our own, so that no border is drawn and none is small."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard import theme
from dashboard.marks import hover
from dashboard.panel import Extras, Figure, Panel, Sheet, Trace
from dashboard.plots.classes import Classes, unsure
from dashboard.plots.mapped import Found, mapped
from dashboard.plots.places import places
from dashboard.plots.years import years_of

TILE = 33
"""Pixels of a tile, at least: three letters of 13 pixels fit."""
LARGE = 56
"""Pixels of a tile in which its number is written too."""
BAR = 44
PHONE = 350
"""Pixels of a narrow screen."""
AROUND = 1
"""Tiles shown around those that have figures."""

Tile = tuple[int, int]
Box = tuple[int, int, int, int]
"""First and last column, first and last row."""


def panels(sheets_: Sequence[Sheet], extras: Extras) -> list[Panel]:
    """The tile maps, by unit."""
    return [_panel(sheet, extras) for sheet in sheets_ if years_of(sheet)]


def grid() -> dict[str, Tile]:
    """Country → its tile."""
    return {code: place.tile for code, place in places().items() if place.tile}


def _panel(sheet: Sheet, extras: Extras) -> Panel:
    box = _box([s.area for s in sheet.found])

    def draw(found: Found, levels: Classes) -> Figure:
        return _figure(sheet, found, levels, box)

    note = sheet.words.text("Each square is a country; the grid shows neighbourhood, not size or borders.")
    return mapped(sheet, extras, draw, lambda areas: [a for a in areas if a not in grid()], note)


def _box(areas: Sequence[str]) -> Box:
    """The part of the grid around these areas."""
    tiles = [grid()[a] for a in areas if a in grid()] or list(grid().values())
    columns, rows = [c for c, _ in tiles], [r for _, r in tiles]
    every = list(grid().values())
    return (
        max(min(columns) - AROUND, 0),
        min(max(columns) + AROUND, max(c for c, _ in every)),
        max(min(rows) - AROUND, 0),
        min(max(rows) + AROUND, max(r for _, r in every)),
    )


def _figure(sheet: Sheet, found: Found, levels: Classes, box: Box) -> Figure:
    left, right, top, bottom = box
    inside = {a: (c, r) for a, (c, r) in grid().items() if left <= c <= right and top <= r <= bottom}
    columns, rows = right - left + 1, bottom - top + 1
    size = max(TILE, min(68, 1020 // columns))
    layout = theme.layout(sheet.words.language, height=size * rows + BAR + 8, left=0, right=0)
    layout["margin"] = {"l": 0, "r": 0, "t": 4, "b": BAR}
    layout["xaxis"] |= {"visible": False, "range": [left - 0.5, right + 0.5], "constrain": "domain"}
    layout["xaxis"] |= {"constraintoward": "left"}
    layout["yaxis"] |= {"visible": False, "range": [bottom + 0.5, top - 0.5], "scaleanchor": "x"}
    layout["yaxis"] |= {"constrain": "domain", "constraintoward": "top"}
    foot = 6 / (size * rows)
    blank, rings = _blank(sheet, inside, found), _rings(inside, found)
    plain = [blank, _values(sheet, inside, found, levels, foot, numbered=False), rings]
    wide = TILE * columns
    if size < LARGE:
        return {"data": plain, "layout": layout, "wide": wide}
    data = [blank, _values(sheet, inside, found, levels, foot, numbered=True), rings]
    narrow = {"data": plain, "layout": {"height": max(TILE, PHONE // columns) * rows + BAR + 8}}
    return {"data": data, "layout": layout, "narrow": narrow, "wide": wide}


def _matrix(inside: Mapping[str, Tile], cells: Mapping[str, Any], empty: Any = None) -> list[list[Any]]:
    """Rows of columns, each with what `cells` says of the country there."""
    at = {tile: area for area, tile in inside.items()}
    columns, rows = _ranges(inside)
    return [[cells.get(at.get((c, r), ""), empty) for c in columns] for r in rows]


def _ranges(inside: Mapping[str, Tile]) -> tuple[range, range]:
    columns, rows = [c for c, _ in inside.values()], [r for _, r in inside.values()]
    return range(min(columns), max(columns) + 1), range(min(rows), max(rows) + 1)


def _values(
    sheet: Sheet,
    inside: Mapping[str, Tile],
    found: Found,
    levels: Classes,
    foot: float,
    *,
    numbered: bool,
) -> Trace:
    there = {a: found[a] for a in inside if a in found}
    said = {a: hover(sheet.words, r, sheet.words.label("area", a), sheet.decimals) for a, r in there.items()}
    text = {a: f"<b>{a}</b><br>{escape(sheet.axis.cell(r))}" if numbered else a for a, r in there.items()}
    return _heat(inside, {a: levels.of(r) for a, r in there.items()}, text, said) | {
        "customdata": _matrix(inside, {a: r["figure_id"] for a, r in there.items()}),
        "textfont": {"size": theme.SMALL_SIZE},
        "colorbar": levels.bar(y=-foot, yanchor="top", ypad=0),
        **levels.span,
    }


def _blank(sheet: Sheet, inside: Mapping[str, Tile], found: Found) -> Trace:
    silent = [a for a in inside if a not in found]
    none = escape(sheet.words.text("no figure"))
    said = {a: f"{escape(sheet.words.label('area', a))}<br>{none}" for a in silent}
    return _heat(inside, dict.fromkeys(silent, 0), {a: a for a in silent}, said) | {
        "textfont": {"size": theme.SMALL_SIZE, "color": theme.QUIET},
        "showscale": False,
        "colorscale": [[0, theme.MISSING], [1, theme.MISSING]],
    }


def _heat(
    inside: Mapping[str, Tile], z: Mapping[str, int], text: Mapping[str, str], said: Mapping[str, str]
) -> Trace:
    columns, rows = _ranges(inside)
    return {
        "type": "heatmap",
        "x": list(columns),
        "y": list(rows),
        "z": _matrix(inside, z),
        "text": _matrix(inside, text, ""),
        "texttemplate": "%{text}",
        "hovertext": _matrix(inside, said, ""),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "hoverongaps": False,
        "xgap": 2,
        "ygap": 2,
    }


def _rings(inside: Mapping[str, Tile], found: Found) -> Trace:
    doubt = [inside[a] for a, r in found.items() if a in inside and unsure(r)]
    return {
        "type": "scatter",
        "mode": "markers",
        "hoverinfo": "skip",
        "x": [c + 0.33 for c, _ in doubt],
        "y": [r - 0.33 for _, r in doubt],
        "marker": {"symbol": "circle-open", "size": 6, "color": theme.INK, "line": {"width": 1.5}},
    }
