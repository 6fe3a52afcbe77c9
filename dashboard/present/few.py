"""Rows of a chart that stand on one stage: a page grows with its rows, a slide does not."""

from typing import Any

from dashboard.wording import Wording

MOST = 20
"""Rows whose names and numbers can be read from the back row."""

Figure = dict[str, Any]


def few(figure: Figure, most: int = MOST) -> tuple[int, int]:
    """Show only the first rows of a chart of rows, from the top; its data stay whole.

    Args:
        figure: bars, points or cells in rows that are named one by one; changed in place.
        most: rows that have room.

    Returns:
        How many rows are shown, and how many there are; both 0 where the chart has no named rows.
    """
    axis = figure["layout"].get("yaxis", {})
    rows = axis.get("tickvals") or [] if axis.get("tickmode") == "array" else []
    if len(rows) <= most:
        return len(rows), len(rows)
    downwards = axis.pop("autorange", None) == "reversed"
    kept = sorted(rows, reverse=not downwards)[:most]
    axis["range"] = [kept[-1] + 0.5, kept[0] - 0.5] if downwards else [kept[-1] - 0.6, kept[0] + 0.6]
    return most, len(rows)


def part(words: Wording, shown: int, there: int) -> str:
    """How much of what there is is shown."""
    return words.text("{shown} of {all} countries and groups", shown=shown, all=there)
