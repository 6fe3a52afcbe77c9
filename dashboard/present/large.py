"""A figure of a page, in the sizes of a stage 1920 x 1080: read from the back row.

Every length of a figure is in pixels of a page, where type has 13 or 14; on the stage all of them are
doubled together, so that labels keep their places and no form of chart needs a second drawing.
"""

import re
from collections.abc import Mapping
from typing import Any

GROWTH = 2
SMALLEST = 26
"""Pixels of the smallest letter of a chart; the house asks for 24 at 1080p."""
_LENGTHS = {
    "size", "thickness", "xshift", "yshift", "ax", "ay", "standoff", "arrowwidth", "borderpad",
    "borderwidth", "minsize", "ticklen", "gridwidth", "xgap", "ygap", "l", "r", "t", "b", "pad",
}  # fmt: skip
_STROKES = {"line", "marker", "error_x", "error_y", "xaxis", "yaxis"}
"""Under these `width` is a stroke; a bar's own `width` is in units of its axis."""
_UNUSED = {"hovertext", "hovertemplate", "hoverinfo", "hoverlabel", "hovermode", "height", "sliders"}
"""Nobody points at a slide, and its height is that of the stage."""
_INLINE = re.compile(r"font-size:\s*(\d+)px")


def large(figure: Mapping[str, Any]) -> dict[str, Any]:
    """The same figure with doubled lengths, and type of at least SMALLEST.

    Args:
        figure: `data` and `layout` as a page draws them.

    Returns:
        A new figure without height and without what only a pointer shows; `layout.font.size` is set.
    """
    layout = _grown(figure["layout"], "layout")
    layout["font"] = {"size": SMALLEST, **layout.get("font", {})}
    return {"data": [_grown(trace, "trace") for trace in figure["data"]], "layout": layout}


def _grown(node: Any, name: str) -> Any:
    if isinstance(node, Mapping):
        return {
            k: _length(k, v, name, node) if _is_length(k, name) else _grown(v, k)
            for k, v in node.items()
            if k not in _UNUSED
        }
    if isinstance(node, list | tuple):
        return [_grown(child, name) for child in node]
    if isinstance(node, str) and "font-size" in node:
        return _INLINE.sub(lambda m: f"font-size:{max(SMALLEST, GROWTH * int(m[1]))}px", node)
    return node


def _is_length(key: str, name: str) -> bool:
    return key in _LENGTHS or (key == "width" and name in _STROKES) or (key == "sizeref")


def _length(key: str, value: Any, name: str, node: Mapping[str, Any]) -> Any:
    """A length twice as long; the area of a bubble four times, by the unit in which it is told."""
    by_area = node.get("sizemode") == "area"
    if key == "sizeref":
        return value / (GROWTH * GROWTH if by_area else GROWTH)
    if key == "size" and "sizeref" in node:
        return value
    if isinstance(value, list | tuple):
        return [v if v is None else v * GROWTH for v in value]
    if not isinstance(value, int | float) or isinstance(value, bool):
        return value
    return max(SMALLEST, value * GROWTH) if "font" in name and key == "size" else value * GROWTH
