"""Bars: the newest headline of each area, the largest on top."""

from collections.abc import Iterator, Sequence
from math import isinf
from typing import Any

from dashboard import theme
from dashboard.marks import Row, bound, ends, hover
from dashboard.scales import Scale
from dashboard.series import Series, span


def bars(found: Sequence[Series], axis: Scale, decimals: int) -> dict[str, Any]:
    """The newest headline of each area, the largest on top; the year stands beside the number."""
    newest = [(s, s.headlines[-1]) for s in found if s.headlines]
    newest.sort(key=lambda pair: ends(pair[1])[-1])
    figures = [row for _, row in newest]
    low, high = span(found, axis)
    words = axis.words
    names = [f"{s.name}  " for s, _ in newest]
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "width": 0.62,
        "base": [0 if r["value"] is not None or isinf(r["low"]) else axis.of(r["low"]) for r in figures],
        "x": [_length(r, axis) for r in figures],
        "customdata": [r["figure_id"] for r in figures],
        "text": [
            f" {axis.cell(r)} <span style='color:{theme.QUIET}'>· {words.period(r)}</span>" for r in figures
        ],
        "hovertext": [hover(words, r, s.name, decimals) for s, r in newest],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": theme.INK},
        "marker": {
            "color": [s.colour for s, _ in newest],
            "opacity": [0.55 if bound(r) else 0.9 for r in figures],
            "pattern": {
                "shape": ["/" if r["period_basis"] == "publication" else "" for r in figures],
                "size": 7,
                "solidity": 0.25,
            },
        },
    }
    left = min(190, 20 + round(max((len(n) for n in names), default=0) * 6.8))
    layout = theme.layout(words.language, height=52 + 44 * max(len(newest), 1), left=left, right=12)
    layout["xaxis"] |= {"range": [low, high * 1.45], "showticklabels": False, "showgrid": False}
    layout["yaxis"] |= {"showgrid": False, "tickfont": {"color": theme.INK}}
    return {"data": [trace], "layout": layout}


def _length(row: Row, axis: Scale) -> float:
    if row["value"] is not None:
        return axis.of(row["value"])
    known = ends(row)
    return axis.of(known[-1] - known[0]) if len(known) == 2 else axis.of(known[0])


def bar_kinds(rows: Sequence[Row]) -> Iterator[str]:
    """The kinds of marks of a bar chart: of the newest headline of each area."""
    newest = {
        r["ref_area"]: r for r in sorted(rows, key=lambda r: r["period_end"]) if r["is_headline"]
    }.values()
    if any(r["period_basis"] == "publication" for r in newest):
        yield "hatched"
    if any(bound(r) for r in newest):
        yield "pale"
    if len({r["year"] for r in newest}) > 1:
        yield "years"
