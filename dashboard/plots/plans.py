"""Plans, targets, forecasts and scenarios beside a line: hollow, each of its own shape, joined to nothing."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard import theme
from dashboard.marks import Row, ends
from dashboard.panel import Sheet, Trace
from dashboard.scales import Scale, scale
from dashboard.series import Series
from dashboard.wording import Wording

KINDS: Mapping[str, str] = {
    "planned": "plan",
    "target": "target",
    "forecast": "forecast",
    "scenario": "scenario",
}
"""Code of kind.csv → mark of the key."""
SHAPES = {
    "planned": "pentagon-open",
    "target": "star-open",
    "forecast": "triangle-up-open",
    "scenario": "hexagon-open",
}
SPARE = 1.08


def _figure(row: Row) -> Row:
    """A row of targets with the columns of an answer."""
    value = row["obs_value"]
    stated = None if value is None else float(value)
    return {**row, "value": stated, "low": row["obs_low"], "high": row["obs_high"]}


def of_unit(rows: Sequence[Row], unit: str) -> list[Row]:
    """Those that can stand on an axis of `unit` and years, with value, low and high as in an answer."""
    found = [_figure(r) for r in rows if r["unit_measure"] == unit and r["period_end"]]
    return [r for r in found if r["low"] is not None and ends(r) and r["kind"] in KINDS]


def left_out(words: Wording, given: Sequence[Row], aims: Sequence[Row]) -> tuple[str, ...]:
    """How many of those given have no place on this axis, in words."""
    n = len(given) - len(aims)
    if not n:
        return ()
    said = words.plural(
        "{n} plan or target has another unit or no year and is not drawn here.",
        "{n} plans or targets have another unit or no year and are not drawn here.",
        n,
    )
    return (said,)


def axis(sheet: Sheet, aims: Sequence[Row]) -> Scale:
    """The scale of the figures and their aims together."""
    numbers = [end for r in (*sheet.rows, *aims) for end in ends(r)]
    return scale(sheet.words, numbers, sheet.unit, sheet.decimals)


def stretched(span: tuple[float, float], aims: Sequence[Row], axis: Scale) -> tuple[float, float]:
    """The range of an axis with room for the aims."""
    low, high = span
    return low, max([high, *(axis.of(end) * SPARE for r in aims for end in ends(r))])


def traces(aims: Sequence[Row], found: Sequence[Series], axis: Scale, decimals: int) -> list[Trace]:
    """The marks, each a link to its passport; of an area that has no line, in grey."""
    if not aims:
        return []
    colours = {s.area: s.colour for s in reversed(found)}
    names = axis.words
    ink = [colours.get(r["ref_area"], theme.QUIET) for r in aims]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "plans",
            "x": [r["period_end"].year for r in aims],
            "y": [axis.of(ends(r)[0]) for r in aims],
            "customdata": [r["figure_id"] for r in aims],
            "text": [_hover(names, r, decimals) for r in aims],
            "hovertemplate": "%{text}<extra></extra>",
            "cliponaxis": False,
            "marker": {
                "symbol": [SHAPES[r["kind"]] for r in aims],
                "size": 13,
                "color": ink,
                "line": {"width": 2, "color": ink},
            },
            "error_y": _reach(aims, axis),
        }
    ]


def _reach(aims: Sequence[Row], axis: Scale) -> dict[str, Any]:
    """A whisker from the lower to the upper end, of those that are ranges."""
    spans = [ends(r) for r in aims]
    return {
        "type": "data",
        "symmetric": False,
        "width": 4,
        "thickness": 1.2,
        "array": [axis.of(span[-1] - span[0]) for span in spans],
        "arrayminus": [0 for _ in spans],
    }


def _hover(words: Wording, row: Row, decimals: int) -> str:
    kind = words.label("kind", row["kind"])
    area = words.label("area", row["ref_area"])
    return (
        f"{escape(area)} · {escape(kind)}<br><b>{escape(words.figure(row, decimals))}</b><br>"
        f"{escape(words.period(row))}<br>{escape(words.publisher(row['publisher'] or ''))}"
    )
