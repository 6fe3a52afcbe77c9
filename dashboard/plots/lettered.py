"""Names and numbers on a map that is taken away, for nobody can point at a slide.

The largest come first, each where it covers no other; what finds no room stands in the table beside.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import radians
from typing import Any

from dashboard import theme
from dashboard.marks import Row
from dashboard.panel import Panel, Trace
from dashboard.plots.places import places
from dashboard.plots.world import FOOT, projected
from dashboard.wording import Wording

MOST, SIZE = 12, 13
"""So many areas are lettered; pixels of their letters."""
WIDE, TALL, OFF = 0.62, 1.3, 7
"""Width of a letter and height of a line, as parts of the size; pixels between a place and its text."""
SIDES = ("middle center", "middle right", "middle left", "top right", "bottom right", "top left",
         "bottom left")  # fmt: skip
"""Where a text may stand, the best first."""

Box = tuple[float, float, float, float]


def lettered(words: Wording, panel: Panel, rows: Iterable[Row], size: tuple[int, int]) -> Trace | None:
    """The texts of a map; None where there is none.

    Args:
        words: of the names.
        panel: a map of one year.
        rows: figures, those of the map among them.
        size: of its drawing, in pixels.
    """
    shown = sorted(_shown(panel, rows).items(), key=lambda item: -abs(item[1]["value"] or 0.0))
    where = _pixels(panel.figure["layout"]["geo"], size)
    taken: list[Box] = []
    found: list[tuple[str, str, str]] = []
    for area, row in shown[:MOST]:
        x, y = where[area]
        number = panel.scale.cell(row)
        for lines, side in ((ls, s) for ls in ([words.label("area", area), number], [number]) for s in SIDES):
            box = _box(x, y, lines, side)
            if box[0] >= 0 and box[2] <= size[0] and not any(_over(box, other) for other in taken):
                taken.append(box)
                found.append((area, "<br>".join(map(escape, lines)), side))
                break
    if not found:
        return None
    return {
        "type": "scattergeo", "mode": "text", "hoverinfo": "skip",
        "lon": [places()[a].longitude for a, _, _ in found],
        "lat": [places()[a].latitude for a, _, _ in found],
        "text": [text for _, text, _ in found],
        "textposition": [side for _, _, side in found],
        "textfont": {"size": SIZE, "color": theme.INK},
    }  # fmt: skip


def _shown(panel: Panel, rows: Iterable[Row]) -> Mapping[str, Row]:
    """Area → its figure on the map."""
    drawn = [trace for trace in panel.figure["data"] if "customdata" in trace]
    ids = {one for trace in drawn for one in trace["customdata"] if one}
    land = {a for trace in drawn for a in trace.get("locations", ())}
    found: dict[str, Row] = {}
    for row in rows:
        area = row["ref_area"]
        fits = row["figure_id"] in ids or (
            not row["figure_id"] and row["year"] == panel.year and area in land
        )
        if area in places() and row["unit_measure"] == panel.unit and fits:
            found.setdefault(area, row)
    return found


def _pixels(geo: Mapping[str, Any], size: tuple[int, int]) -> Mapping[str, tuple[float, float]]:
    """Area → its place in a drawing, as nearly as texts need it."""
    (west, east), (south, north) = geo["lonaxis"]["range"], geo["lataxis"]["range"]
    middle, nearest = (west + east) / 2, min(max(0.0, south), north)
    across = radians(east - west) * projected(nearest)[0]
    low, high = projected(south)[1], projected(north)[1]
    scale = min(size[0] / across, (size[1] - FOOT) / (high - low))
    found = {}
    for area, place in places().items():
        wide, up = projected(place.latitude)
        found[area] = (
            size[0] / 2 + radians(place.longitude - middle) * wide * scale,
            (size[1] - FOOT) / 2 - (up - (low + high) / 2) * scale,
        )
    return found


def _box(x: float, y: float, lines: Sequence[str], side: str) -> Box:
    wide, tall = max(map(len, lines)) * SIZE * WIDE, len(lines) * SIZE * TALL
    up, across = side.split(" ")
    left = {"center": x - wide / 2, "right": x + OFF, "left": x - OFF - wide}[across]
    top = {"middle": y - tall / 2, "top": y - tall, "bottom": y}[up]
    return left, top, left + wide, top + tall


def _over(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
