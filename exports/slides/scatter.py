"""A native scatter: a mark an area, two figures each."""

from collections.abc import Callable, Sequence
from math import ceil, floor, log10
from typing import Any

from lxml import etree
from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.oxml.ns import qn

from exports.slides import dress, look
from exports.slides.said import Row, Scale, inexact

Place = Callable[[Any, Any], Any]
"""Kind of chart and its data → the chart, put on the slide."""
LETTER, TALL = 0.011, 0.06
"""Width of a letter and height of a name, as parts of a plot."""
SPREAD = 100
"""An axis is logarithmic where the largest is over so many times the smallest."""


def points(
    place: Place, scales: tuple[Scale, Scale], titles: tuple[str, str], found: Sequence[tuple[Row, Row]]
) -> None:
    """A mark an area: across and upright; named, and hollow where one of the two is hedged."""
    data = XyChartData(number_format="General")
    kept = [(x, y) for x, y in found if x["value"] is not None and y["value"] is not None]
    series = data.add_series(titles[1], number_format=scales[1].code)
    for x, y in kept:
        series.add_data_point(x["value"], y["value"])
    chart = place(XL_CHART_TYPE.XY_SCATTER, data)
    across, upright = ([p[which]["value"] for p in kept] for which in (0, 1))
    dress.dressed(chart, scales[1], upright, legend=False)
    dress.axis(chart.category_axis, scales[0], across, lines=False)
    for axis, title in zip((chart.category_axis, chart.value_axis), titles, strict=True):
        axis.axis_title.text_frame.text = title
        dress.lettered(axis.axis_title.text_frame, look.QUIET)
    drawn = chart.plots[0].series[0]
    drawn.format.line.fill.background()
    drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 9
    dress.filled(drawn.marker, look.SERIES[0], hollow=False)
    _logarithmic(chart, scales, kept)
    roomy = names_with_room(kept)
    for at, (x, y) in enumerate(kept):
        hedged = inexact(x) or inexact(y)
        if hedged:
            dress.filled(drawn.points[at].marker, look.SERIES[0], hollow=True)
        if hedged or at in roomy:
            marks = [s.cell(r) for s, r in zip(scales, (x, y), strict=True) if dress.said_more(s, r)]
            said = ", ".join([x["ref_area_label"], *marks])
            dress.label(drawn.points[at], said, XL_LABEL_POSITION.RIGHT)
    for way, which in (("x", 0), ("y", 1)):
        dress.whiskers(drawn, [dress.Cell(0, at, p[which]) for at, p in enumerate(kept)], len(kept), way)


def _logs(kept: Sequence[tuple[Row, Row]]) -> list[bool]:
    """Of each axis, whether it is logarithmic."""
    spans = [[p[which]["value"] for p in kept] for which in (0, 1)]
    return [min(span) > 0 and max(span) > SPREAD * min(span) for span in spans if span]


def _logarithmic(chart: Any, scales: Sequence[Scale], kept: Sequence[tuple[Row, Row]]) -> None:
    """Axes of whole decades, whose lowest tick keeps the digits it needs."""
    for which, (axis, log) in enumerate(
        zip((chart.category_axis, chart.value_axis), _logs(kept), strict=False)
    ):
        if log:
            low, high = _decades([p[which]["value"] for p in kept])
            axis._element.find(qn("c:scaling")).insert(0, etree.Element(qn("c:logBase"), val="10"))
            axis.minimum_scale, axis.maximum_scale = 10.0**low, 10.0**high
            axis.tick_labels.number_format = scales[which].down_to(low)


def _decades(numbers: Sequence[float]) -> tuple[int, int]:
    return floor(log10(min(numbers))), ceil(log10(max(numbers)))


def names_with_room(kept: Sequence[tuple[Row, Row]]) -> set[int]:
    """Places of the marks whose names cover no other name, the largest figures first."""
    spots = _spots(kept)
    free: list[tuple[float, float, float]] = []
    chosen = set()
    for at in sorted(range(len(kept)), key=lambda i: (-sum(spots[i]), i)):
        left, low = spots[at]
        right = left + LETTER * len(kept[at][0]["ref_area_label"])
        if all(right < a or left > b or abs(low - h) > TALL for a, b, h in free):
            free.append((left, right, low))
            chosen.add(at)
    return chosen


def _spots(kept: Sequence[tuple[Row, Row]]) -> list[tuple[float, float]]:
    """Where the marks stand, each axis from 0 to 1."""
    columns = []
    for which, log in enumerate(_logs(kept)):
        numbers = [p[which]["value"] for p in kept]
        low, high = _decades(numbers) if log else (min(0.0, *numbers), max(numbers))
        reach = (high - low) or 1.0
        columns.append([((log10(n) if log else n) - low) / reach for n in numbers])
    return list(zip(*columns, strict=True)) if columns else []
