"""World map: each country coloured by its class; points for those too small for the geometry.

The geometry is bundled (assets/topojson, its licence beside it) and fetched when a map is drawn. Its
version and what it does not mean stand below every map. Groups of countries are listed, not drawn.
"""

from collections.abc import Sequence
from html import escape
from math import asin, cos, radians, sin, sqrt
from typing import Any

from dashboard import theme
from dashboard.marks import hover
from dashboard.panel import Extras, Figure, Panel, Sheet, Trace
from dashboard.plots.classes import Classes, unsure
from dashboard.plots.mapped import Found, mapped
from dashboard.plots.places import Place, places, unplaced
from dashboard.plots.years import years_of
from dashboard.wording import Wording
from indicators.language import message

GEOMETRY = "United Nations Geospatial, plotly.js 4.1.1, 1:110 000 000"
DISCLAIMER = message(
    "Geometry: {geometry}. The borders, names and colours shown express no opinion on the status of any "
    "country or territory, nor on its frontiers."
)
WIDTH, PHONE = 1060, 360
"""Pixels for which the height of a map is worked out."""
LOWEST, HIGHEST, FOOT = 190, 560, 44
"""Pixels of a map, and of the room below it for its colours."""
WORLD = 2.05
"""Width of the whole world by its height, in this projection and without Antarctica."""
MARGIN = 9
"""Degrees around the areas of a map that shows a part of the world."""
PART = 165
"""Degrees of longitude up to which a map shows only the part of the world where its areas lie."""

WIDE = {
    "RUS": [(28.0, 42.0), (172.0, 75.0)],
    "USA": [(-160.0, 20.0), (-70.0, 66.0)],
    "CAN": [(-135.0, 45.0), (-60.0, 76.0)],
}
"""Countries of which a point within says too little: two corners."""


def panels(sheets_: Sequence[Sheet], extras: Extras) -> list[Panel]:
    """The maps, by unit."""
    return [_panel(sheet, extras) for sheet in sheets_ if years_of(sheet)]


def _panel(sheet: Sheet, extras: Extras) -> Panel:
    focus = focused([s.area for s in sheet.found])

    def draw(found: Found, levels: Classes) -> Figure:
        return _figure(sheet, found, levels, focus)

    return mapped(sheet, extras, draw, unplaced, disclaimer(sheet.words))


def disclaimer(words: Wording) -> str:
    """What must stand below every map."""
    return words.text(DISCLAIMER, geometry=GEOMETRY)


def focused(areas: Sequence[str]) -> tuple[list[float], list[float]] | None:
    """Longitudes and latitudes of the part of the world in which these lie; None for the whole."""
    corners = [corner for a in areas if a in places() for corner in _corners(a)]
    if not corners:
        return None
    east, north = [longitude for longitude, _ in corners], [latitude for _, latitude in corners]
    if max(east) - min(east) > PART:
        return None
    return (
        [min(east) - 1.6 * MARGIN, max(east) + 1.6 * MARGIN],
        [max(min(north) - MARGIN, -60), min(max(north) + MARGIN, 84)],
    )


def _corners(area: str) -> Sequence[tuple[float, float]]:
    place = places()[area]
    return WIDE.get(area, [(place.longitude, place.latitude)])


def _figure(
    sheet: Sheet, found: Found, levels: Classes, focus: tuple[list[float], list[float]] | None
) -> Figure:
    known = {a: r for a, r in found.items() if a in places()}
    land = {a: r for a, r in known.items() if places()[a].outline}
    points = {a: r for a, r in known.items() if not places()[a].outline}
    doubt = {a: r for a, r in known.items() if unsure(r)}
    layout = theme.layout(sheet.words.language, height=_tall(focus, WIDTH), left=0, right=0)
    for axis in ("xaxis", "yaxis"):
        del layout[axis]
    layout["margin"] = {"l": 0, "r": 0, "t": 0, "b": 44}
    layout["geo"] = _geo(focus)
    data = [_missing(sheet, land), _land(sheet, land, levels), _points(sheet, points, levels), _rings(doubt)]
    narrow = {"height": _tall(focus, PHONE)}
    return {"data": data, "layout": layout, "narrow": {"layout": narrow}}


def _tall(focus: tuple[list[float], list[float]] | None, width: int) -> int:
    """The height in which the part of the world shown fills its width."""
    aspect = WORLD
    if focus:
        (west, east), (south, north) = focus
        nearest = min(max(south, 0.0), north) if south < 0 < north else min(south, north, key=abs)
        aspect = radians(east - west) * projected(nearest)[0] / (projected(north)[1] - projected(south)[1])
    return round(min(max(width / aspect, LOWEST), HIGHEST)) + FOOT


def projected(latitude: float) -> tuple[float, float]:
    """Width of a radian of longitude at a latitude, and its height above the equator: Equal Earth.

    Šavrič, Patterson and Jenny, The Equal Earth map projection, 2018, equations 4 and 5.
    """
    a, b, c, d = 1.340264, -0.081106, 0.000893, 0.003796
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    width = 2 * sqrt(3) * cos(t) / (3 * (9 * d * t**8 + 7 * c * t**6 + 3 * b * t**2 + a))
    return width, d * t**9 + c * t**7 + b * t**3 + a * t


def _geo(focus: tuple[list[float], list[float]] | None) -> dict[str, Any]:
    geo: dict[str, Any] = {
        "resolution": 110,
        "fitbounds": False,
        "projection": {"type": "equal earth"},
        "showframe": False,
        "showcoastlines": False,
        "showland": True,
        "landcolor": theme.MISSING,
        "showcountries": False,
        "showlakes": False,
        "bgcolor": "rgba(0,0,0,0)",
        "lonaxis": {"range": [-180, 180]},
        "lataxis": {"range": [-57, 84]},
    }
    if focus:
        east, north = focus
        geo["lonaxis"], geo["lataxis"] = {"range": east}, {"range": north}
        geo["projection"] = {"type": "equal earth", "rotation": {"lon": sum(east) / 2}}
    return geo


def _missing(sheet: Sheet, land: Found) -> Trace:
    """The countries without a figure: grey, and they say so when pointed at."""
    silent = [a for a, p in places().items() if p.outline and a not in land]
    said = escape(sheet.words.text("no figure"))
    names = [f"{escape(sheet.words.label('area', a))}<br>{said}" for a in silent]
    return _areas(silent, names) | {
        "z": [0] * len(silent),
        "colorscale": [[0, theme.MISSING], [1, theme.MISSING]],
        "showscale": False,
    }


def _land(sheet: Sheet, land: Found, levels: Classes) -> Trace:
    texts = [hover(sheet.words, r, sheet.words.label("area", a), sheet.decimals) for a, r in land.items()]
    return _areas(list(land), texts) | {
        "z": [levels.of(r) for r in land.values()],
        "customdata": [r["figure_id"] for r in land.values()],
        "colorbar": levels.bar(y=0, yanchor="top", ypad=6),
        **levels.span,
    }


def _areas(codes: Sequence[str], texts: Sequence[str]) -> Trace:
    return {
        "type": "choropleth",
        "locationmode": "ISO-3",
        "locations": list(codes),
        "text": list(texts),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"line": {"color": theme.PAPER, "width": 0.6}},
    }


def _points(sheet: Sheet, points: Found, levels: Classes) -> Trace:
    """Countries for which the geometry has no outline."""
    return _at(points) | {
        "customdata": [r["figure_id"] for r in points.values()],
        "text": [
            hover(sheet.words, r, sheet.words.label("area", a), sheet.decimals) for a, r in points.items()
        ],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": "circle",
            "size": 11,
            "color": [levels.colours[levels.of(r)] for r in points.values()],
            "line": {"color": theme.QUIET, "width": 1},
        },
    }


def _rings(doubt: Found) -> Trace:
    return _at(doubt) | {
        "hoverinfo": "skip",
        "marker": {"symbol": "circle-open", "size": 7, "color": theme.INK, "line": {"width": 1.5}},
    }


def _at(found: Found) -> Trace:
    there: list[Place] = [places()[a] for a in found]
    return {
        "type": "scattergeo",
        "mode": "markers",
        "lon": [p.longitude for p in there],
        "lat": [p.latitude for p in there],
    }
