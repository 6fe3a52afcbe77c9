"""The claims of one cell on one line: a dot where a number was stated, a bar where an interval."""

from collections.abc import Sequence
from math import isinf
from typing import Any

from dash import html

from dashboard.sparks import image

WIDTH, HEIGHT, EDGE = 320, 44, 16
ROW = 22
Row = dict[str, Any]


def strip(rows: Sequence[Row], chosen: str, says: str) -> html.Img | None:
    """The claims on a common scale, the one chosen above the others; None where they cannot be compared.

    Args:
        rows: claims with cell_low, cell_high, hedge and figure_id.
        chosen: figure id of the headline; "" where every claim stands.
        says: the alternative text.
    """
    if any(row["cell_low"] is None for row in rows):
        return None
    ends = [e for r in rows for e in (r["cell_low"], r["cell_high"]) if not isinf(e)]
    if not ends:
        return None
    span = min(ends), max(ends)
    line = f'<path class="l" d="M{EDGE} {ROW}H{WIDTH - EDGE}" style="stroke-opacity:.35"/>'
    drawn = [
        _mark(row, span, row["figure_id"] == chosen)
        for row in sorted(rows, key=lambda r: r["figure_id"] == chosen)
    ]
    return html.Img(
        src=image(line + "".join(drawn), WIDTH, HEIGHT),
        alt=says,
        className="apart-strip",
        width=WIDTH,
        height=HEIGHT,
    )


def _mark(row: Row, span: tuple[float, float], chosen: bool) -> str:
    low, high = _at(row["cell_low"], span), _at(row["cell_high"], span)
    kind = "n " if chosen else ""
    if low == high and not isinf(row["cell_low"]):
        return f'<circle class="{kind}d" cx="{low:.1f}" cy="{ROW}" r="{6 if chosen else 5}"/>'
    bar = (
        f'<path class="l {kind}o" d="M{low:.1f} {ROW}H{high:.1f}" style="stroke-width:8;stroke-opacity:.45"/>'
    )
    arrows = [
        f'<path class="l {kind}o" d="M{x - d * 6:.1f} {ROW - 6}L{x:.1f} {ROW}L{x - d * 6:.1f} {ROW + 6}"/>'
        for end, x, d in ((row["cell_low"], low, -1), (row["cell_high"], high, 1))
        if isinf(end)
    ]
    at = _at(row["cell_low"] if row["hedge"] in ("over", "at_least") else row["cell_high"], span)
    stated = f'<circle class="{kind}o" cx="{at if arrows else (low + high) / 2:.1f}" cy="{ROW}" r="5"/>'
    return bar + "".join(arrows) + stated


def _at(value: float, span: tuple[float, float]) -> float:
    if isinf(value):
        return WIDTH - 4.0 if value > 0 else 4.0
    low, high = span
    return EDGE + (WIDTH - 2 * EDGE) * ((value - low) / (high - low) if high > low else 0.5)
