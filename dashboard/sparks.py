"""Small drawings as SVG images: sparklines and the marks of a chart's key. No script, no request."""

from collections.abc import Sequence
from itertools import pairwise
from math import isinf
from typing import Any
from urllib.parse import quote

from dash import html

from dashboard.theme import ACCENT, DARK, FAINT, QUIET

WIDTH, HEIGHT, EDGE = 112, 40, 5
FEWEST = 3
_DARK = f"color:{DARK[QUIET]};--f:{DARK[FAINT]};--n:{DARK[ACCENT]}"
_STYLE = (
    f"<style>svg{{color:{QUIET};--f:{FAINT};--n:{ACCENT}}}@media(prefers-color-scheme:dark){{svg{{{_DARK}}}}}"
    ".l{fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}"
    ".d{fill:currentColor}.o{fill:none;stroke:currentColor;stroke-width:1.3}.n{fill:var(--n);stroke:var(--n)}"
    ".n.o{fill:none;stroke-width:1.8}</style>"
)
"""Colours follow the system, or the reader's choice: assets/shell.js then writes another question."""


def sparkline(path: Sequence[dict[str, Any]], says: str) -> html.Img:
    """The headlines of a series: a line through years that follow one another, dots elsewhere.

    Args:
        path: rows of Answer.frame in order of time, each with a value or an interval.
        says: the alternative text.
    """
    points = [(row["year"], _height(row), row) for row in path]
    years, heights = [p[0] for p in points], [p[1] for p in points]
    unit = path[-1]["unit_measure"]
    placed = [
        (
            _place(x, min(years), max(years), WIDTH),
            HEIGHT - _place(y, min(0.0, *heights), max(heights), HEIGHT),
            row,
        )
        for x, y, row in points
        if row["unit_measure"] == unit
    ]
    return html.Img(
        src=image(_lines(placed) + _dots(placed), WIDTH, HEIGHT),
        alt=says,
        className="spark",
        width=WIDTH,
        height=HEIGHT,
    )


def joined(path: Sequence[dict[str, Any]]) -> bool:
    """Whether the path is worth a drawing: three figures or more, and a line somewhere along it."""
    return len(path) >= FEWEST and any(_follows(a, b) for a, b in pairwise(path))


def _follows(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether a line may run from one figure to the next: stated years in a row, without a break."""
    stated = "publication" not in (a["period_basis"], b["period_basis"])
    alike = a["unit_measure"] == b["unit_measure"] and a["freq"] == b["freq"]
    return stated and alike and bool(b["year"] - a["year"] == 1) and b["obs_status"] != "B"


def _height(row: dict[str, Any]) -> float:
    """Where a figure stands; a range without a value stands at its upper end that is known."""
    if row["value"] is not None:
        return float(row["value"])
    return float(row["low"] if isinf(row["high"]) else row["high"])


def _place(at: float, low: float, high: float, size: int) -> float:
    return EDGE + (size - 2 * EDGE) * ((at - low) / (high - low) if high > low else 1.0)


def _lines(placed: Sequence[tuple[float, float, dict[str, Any]]]) -> str:
    parts = []
    for (x1, y1, a), (x2, y2, b) in pairwise(placed):
        if _follows(a, b):
            parts.append(f'<path class="l" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>')
    return "".join(parts)


def _dots(placed: Sequence[tuple[float, float, dict[str, Any]]]) -> str:
    dots = []
    for index, (x, y, row) in enumerate(placed):
        newest = index == len(placed) - 1
        hollow = row["period_basis"] == "publication" or row["low"] != row["high"]
        kind = ("n " if newest else "") + ("o" if hollow else "d")
        dots.append(f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{3 if newest else 1.8}"/>')
    return "".join(dots)


_HOLLOW = ' fill="none" stroke="{c}" stroke-width="1.6"/>'
MARKS = {
    "stated": '<circle cx="9" cy="9" r="4.5" fill="{c}"/>',
    "unstated": '<path d="M9 3.5L14.5 9L9 14.5L3.5 9Z" fill="{c}"/>',
    "estimated": '<rect x="4.5" y="4.5" width="9" height="9" fill="{c}"/>',
    "bound": '<circle cx="9" cy="12" r="4" fill="none" stroke="{c}" stroke-width="1.8"/>'
    '<path d="M9 7V2M6.6 4.2L9 1.6L11.4 4.2" fill="none" stroke="{c}" stroke-width="1.5"/>',
    "ceiling": '<circle cx="9" cy="6" r="4" fill="none" stroke="{c}" stroke-width="1.8"/>'
    '<path d="M9 11V16M6.6 13.8L9 16.4L11.4 13.8" fill="none" stroke="{c}" stroke-width="1.5"/>',
    "about": '<path d="M9 1.5V16.5" stroke="{c}" stroke-width="1.3"/>'
    '<circle cx="9" cy="9" r="4" fill="{c}"/>',
    "range": '<rect x="6.5" y="2" width="5" height="14" rx="1" fill="{c}" opacity=".55"/>',
    "rival": '<circle cx="9" cy="9" r="4" fill="{f}"/>',
    "break": '<path d="M9 1V17" stroke="{c}" stroke-width="1.5" stroke-dasharray="3 2"/>'
    '<circle cx="9" cy="9" r="4" fill="{c}"/>',
    "hatched": '<path d="M3 13L8 4M7 14L12.500 4M11.500 14L16 5.500" stroke="{c}" stroke-width="1.6"/>',
    "pale": '<rect x="2" y="4.500" width="14" height="9" fill="{c}" opacity=".5"/>',
    "years": "",
    "lettered": "",
    "plan": '<path d="M9 2.500L15.500 7.200L13 15H5L2.500 7.200Z"' + _HOLLOW,
    "target": '<path d="M9 1.500L11 6.700L16.500 7L12.200 10.500L13.700 16L9 12.900L4.300 16L5.800 10.500'
    'L1.500 7L7 6.700Z"' + _HOLLOW,
    "forecast": '<path d="M9 3L15.500 14.500H2.500Z"' + _HOLLOW,
    "scenario": '<path d="M9 2L15 5.500V12.500L9 16L3 12.500V5.500Z"' + _HOLLOW,
    "event": '<path d="M9 1V17" stroke="{c}" stroke-width="1.5" stroke-dasharray="1.500 2.500"/>',
    "earlier": '<circle cx="9" cy="9" r="4.500" fill="none" stroke="{c}" stroke-width="2"/>',
    "later": '<path d="M4 3.500L14.500 9L4 14.500Z" fill="{c}"/>',
    "undecided": '<path d="M1 9H12" stroke="{f}" stroke-width="3"/>'
    '<circle cx="12.500" cy="9" r="4" fill="{f}"/>',
    "sized": '<circle cx="6" cy="10" r="5" fill="{c}"/>'
    '<circle cx="14.500" cy="12.500" r="2.500" fill="{c}"/>',
    "hedged": '<circle cx="9" cy="9" r="3.500" fill="none" stroke="{c}" stroke-width="1.7"/>',
    "absent": '<rect x="2.500" y="3" width="13" height="12" fill="{f}" opacity=".45"/>',
    "blank": '<rect x="2.500" y="3" width="13" height="12" fill="{f}" opacity=".45"/>'
    '<path d="M6.500 9H11.500" stroke="{c}" stroke-width="1.4"/>',
}
"""Each kind of mark as drawn in charts.py → the same mark for the key."""


def glyph(kind: str) -> html.Img | None:
    """The mark `kind` for the key below a chart; None where words alone say it."""
    if not MARKS[kind]:
        return None
    return html.Img(
        src=image(MARKS[kind].format(c="currentColor", f="var(--f)"), 18, 18), alt="", className="glyph"
    )


def image(body: str, width: int, height: int) -> str:
    """A drawing as an address that an image takes; its classes have the colours of the reader's theme."""
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return "data:image/svg+xml," + quote(svg + _STYLE + body + "</svg>", safe="/:=' (),")
