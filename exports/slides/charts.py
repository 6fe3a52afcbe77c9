"""Native charts: line, bar, ranked bar, dumbbell and scatter, each with its sheet of numbers inside.

A number stands in the sheet as the Table has it; the number format of axis and labels divides it.
A missing year is an empty cell and a gap. A hedged number is a hollow mark or a pale bar, and its label
says the hedge; an interval around a number is an error bar. A range without a number draws no mark.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log10
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.oxml.ns import qn
from pptx.util import Pt

from exports.slides import look
from exports.slides.drawn import Drawn, Series
from exports.slides.said import Row, Scale, inexact, period

Place = Callable[[Any, Any], Any]
"""Kind of chart and its data → the chart, put on the slide."""
MONTHS = {"S": 6, "Q": 3, "M": 1}
"""Months of a period, of lengths other than years."""
FEW = 4
"""Lines up to which the last number of each is written."""
GAP = 45
LETTER, TALL = 0.011, 0.05
"""Width of a letter and height of a name, as parts of a plot."""
SPREAD = 100
"""An axis of a scatter is logarithmic where the largest is over so many times the smallest."""


@dataclass(frozen=True)
class Cell:
    """One mark: its series and its place in it, and its figure."""

    series: int
    at: int
    row: Row


def lines(place: Place, found: Drawn) -> None:
    """A line a series, over years or over the last days of shorter periods."""
    times, joined = _times(found)
    data = CategoryChartData(number_format=found.scale.code)
    data.categories = times
    cells = []
    for number, one in enumerate(found.series):
        by_time = {_time(r, times): r for r in one.rows}
        data.add_series(one.name, [by_time[t]["value"] if t in by_time else None for t in times])
        cells += [Cell(number, times.index(t), r) for t, r in by_time.items()]
    chart = place(XL_CHART_TYPE.LINE_MARKERS, data)
    _dressed(chart, found.scale, legend=len(found.series) > 1)
    for number, series in enumerate(chart.plots[0].series):
        _line(series, look.SERIES[number % len(look.SERIES)], joined=joined)
        own = [c for c in cells if c.series == number]
        few = len(found.series) <= FEW
        _marked(series, own, found.scale, look.SERIES[number % len(look.SERIES)], last=few)
        _whiskers(series, own, len(times))


def _time(row: Row, times: Sequence[Any]) -> Any:
    return row["period_end"] if isinstance(times[0], date) else str(row["year"])


def _times(found: Drawn) -> tuple[list[Any], bool]:
    """The places of the axis, none left out between the first and the last; and whether marks are joined."""
    lengths = {r["freq"] for r in found.rows}
    if lengths == {"A"}:
        years = [r["year"] for r in found.rows]
        return [str(y) for y in range(min(years), max(years) + 1)], True
    days = sorted({r["period_end"] for r in found.rows})
    step = MONTHS.get(next(iter(lengths)), 0) if len(lengths) == 1 else 0
    return (sorted({*days, *_between(days[0], days[-1], step)}) if step else days), bool(step)


def _between(first: date, last: date, months: int) -> list[date]:
    """Ends of periods of so many months, from the first to the last."""
    found, year, month = [], first.year, first.month
    while (year, month) <= (last.year, last.month):
        after = date(year + month // 12, month % 12 + 1, 1)
        found.append(after - timedelta(days=1))
        year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1
    return found


def bars(place: Place, found: Drawn) -> None:
    """A bar a series, the largest on top; its period where periods differ."""
    rows = [s.rows[0] for s in found.series]
    data = CategoryChartData(number_format=found.scale.code)
    data.categories = [_named(found, s, len({r["time_period"] for r in rows}) > 1) for s in found.series]
    data.add_series(found.scale.title, [r["value"] for r in rows])
    chart = place(XL_CHART_TYPE.BAR_CLUSTERED, data)
    _dressed(chart, found.scale, legend=False)
    chart.category_axis.reverse_order = True
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = GAP, False
    series = plot.series[0]
    _labels(series, found.scale)
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = look.colour(look.SERIES[0])
    cells = [Cell(0, at, r) for at, r in enumerate(rows)]
    for cell in cells:
        if cell.row["value"] is not None and _to_be_said(found.scale, cell.row):
            point = series.points[cell.at]
            if cell.row["open_end"] != "none":
                point.format.fill.solid()
                point.format.fill.fore_color.rgb = look.colour(look.PALE)
            _label(point, found.scale.cell(cell.row), XL_LABEL_POSITION.OUTSIDE_END)
    _whiskers(series, cells, len(rows))


def _named(found: Drawn, one: Series, dated: bool) -> str:
    """The name of a bar, and the range of a figure that has no number to be drawn."""
    row = one.rows[0]
    said = [one.name]
    said += [period(found.language, row)] if dated else []
    said += [found.scale.cell(row)] if row["value"] is None else []
    return ", ".join(said)


def pairs(place: Place, found: Drawn) -> None:
    """Two marks an area, joined: the earlier year hollow, the later one full."""
    data = CategoryChartData(number_format=found.scale.code)
    data.categories = [s.name for s in found.series]
    cells = []
    for which in (0, 1):
        rows = [s.rows[which] for s in found.series]
        data.add_series(period(found.language, rows[0]), [r["value"] for r in rows])
        cells += [Cell(which, at, r) for at, r in enumerate(rows)]
    chart = place(XL_CHART_TYPE.LINE_MARKERS, data)
    _dressed(chart, found.scale, legend=True)
    for which, series in enumerate(chart.plots[0].series):
        series.format.line.fill.background()
        series.smooth = False
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 11
        _filled(series.marker, look.SERIES[0], hollow=which == 0)
        own = [c for c in cells if c.series == which]
        _marked(series, own, found.scale, look.SERIES[0], last=False)
        _whiskers(series, own, len(found.series))
    _joined(chart)


def _joined(chart: Any) -> None:
    """High-low lines between the two marks of an area."""
    plot = chart._chartSpace.find(f".//{qn('c:lineChart')}")
    join = etree.SubElement(plot, qn("c:hiLowLines"))
    shape = etree.SubElement(join, qn("c:spPr"))
    line = etree.SubElement(shape, qn("a:ln"), w="25400")
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=look.PALE)
    plot.remove(join)
    before = plot.find(qn("c:marker"))
    (before if before is not None else plot.find(qn("c:axId"))).addprevious(join)


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
    _dressed(chart, scales[1], legend=False)
    _axis(chart.category_axis, scales[0], lines=False)
    for axis, title in zip((chart.category_axis, chart.value_axis), titles, strict=True):
        axis.axis_title.text_frame.text = title
        _lettered(axis.axis_title.text_frame, look.QUIET)
    drawn = chart.plots[0].series[0]
    drawn.format.line.fill.background()
    drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 9
    _filled(drawn.marker, look.SERIES[0], hollow=False)
    _logarithmic(chart, kept)
    roomy = names_with_room(kept)
    for at, (x, y) in enumerate(kept):
        marks = [s.cell(r) for s, r in zip(scales, (x, y), strict=True) if _to_be_said(s, r)]
        if inexact(x) or inexact(y):
            _filled(drawn.points[at].marker, look.SERIES[0], hollow=True)
        if marks or at in roomy:
            _label(drawn.points[at], ", ".join([x["ref_area_label"], *marks]), XL_LABEL_POSITION.RIGHT)
    for way, which in (("x", 0), ("y", 1)):
        _whiskers(drawn, [Cell(0, at, p[which]) for at, p in enumerate(kept)], len(kept), way)


def _logs(kept: Sequence[tuple[Row, Row]]) -> list[bool]:
    """Of each axis, whether it is logarithmic."""
    spans = [[p[which]["value"] for p in kept] for which in (0, 1)]
    return [min(span) > 0 and max(span) > SPREAD * min(span) for span in spans if span]


def _logarithmic(chart: Any, kept: Sequence[tuple[Row, Row]]) -> None:
    for axis, log in zip((chart.category_axis, chart.value_axis), _logs(kept), strict=False):
        if log:
            axis._element.find(qn("c:scaling")).insert(0, etree.Element(qn("c:logBase"), val="10"))


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
        numbers = [log10(p[which]["value"]) if log else p[which]["value"] for p in kept]
        low = min(numbers) if log else min(0.0, *numbers)
        reach = max(numbers) - low or 1.0
        columns.append([(n - low) / reach for n in numbers])
    return list(zip(*columns, strict=True)) if columns else []


def _to_be_said(scale: Scale, row: Row) -> bool:
    """Whether a number's label must say more than the number."""
    return scale.cell(row) != scale.write(row["value"]) if row["value"] is not None else False


def _marked(series: Any, cells: Sequence[Cell], scale: Scale, colour: str, *, last: bool) -> None:
    """Hollow marks and labels in words for hedged numbers; with `last`, the last number written too."""
    drawn = [c for c in cells if c.row["value"] is not None]
    for cell in drawn:
        if _to_be_said(scale, cell.row):
            point = series.points[cell.at]
            if cell.row["open_end"] != "none":
                _filled(point.marker, colour, hollow=True)
            _label(point, scale.cell(cell.row), XL_LABEL_POSITION.ABOVE)
        elif last and cell is drawn[-1]:
            _native(series.points[cell.at], scale, XL_LABEL_POSITION.ABOVE)


def _native(point: Any, scale: Scale, position: Any) -> None:
    """A label that shows the number of the sheet, and follows it when it is edited."""
    label = point.data_label._get_or_add_dLbl()
    label.find(qn("c:showVal")).set("val", "1")
    form = etree.Element(qn("c:numFmt"), formatCode=scale.code, sourceLinked="0")
    label.find(qn("c:idx")).addnext(form)
    point.data_label.position = position
    point.data_label.font.size = look.LABEL


def _label(point: Any, text: str, position: Any) -> None:
    frame = point.data_label.text_frame
    frame.text = text
    _lettered(frame, look.INK)
    point.data_label.position = position


def _lettered(frame: Any, colour: str) -> None:
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = look.LABEL, False
    font.color.rgb = look.colour(colour)


def _line(series: Any, colour: str, *, joined: bool) -> None:
    series.smooth = False
    if joined:
        series.format.line.width = Pt(2.25)
        series.format.line.color.rgb = look.colour(colour)
    else:
        series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 7
    _filled(series.marker, colour, hollow=False)


def _filled(marker: Any, colour: str, *, hollow: bool) -> None:
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = look.colour(look.PAPER if hollow else colour)
    marker.format.line.color.rgb = look.colour(colour)


def _labels(series: Any, scale: Scale) -> None:
    labels = series.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, scale.code, False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = look.LABEL


def _dressed(chart: Any, scale: Scale, *, legend: bool) -> None:
    chart.has_title = False
    chart.font.size = look.LABEL
    chart.font.color.rgb = look.colour(look.INK)
    chart.has_legend = legend
    if legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axis(chart.value_axis, scale, lines=True)
    axis = chart.category_axis
    axis.format.line.color.rgb = look.colour(look.QUIET)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.has_major_gridlines = False


def _axis(axis: Any, scale: Scale, *, lines: bool) -> None:
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = scale.code, False
    axis.has_major_gridlines = lines
    if lines:
        axis.major_gridlines.format.line.color.rgb = look.colour(look.HAIRLINE)
        axis.format.line.fill.background()
    axis.major_tick_mark = XL_TICK_MARK.NONE


def _whiskers(series: Any, cells: Sequence[Cell], count: int, way: str = "y") -> None:
    """Error bars for the numbers that lie in an interval with both ends known."""
    kept = [c for c in cells if c.row["value"] is not None and c.row["low"] != c.row["high"]
            and c.row["open_end"] == "none"]  # fmt: skip
    if not kept:
        return
    bars = etree.Element(qn("c:errBars"))
    if way == "x" or series._element.find(qn("c:xVal")) is not None:
        etree.SubElement(bars, qn("c:errDir"), val=way)
    for name, said in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
        etree.SubElement(bars, qn(f"c:{name}"), val=said)
    for name, end in (("plus", "high"), ("minus", "low")):
        literal = etree.SubElement(etree.SubElement(bars, qn(f"c:{name}")), qn("c:numLit"))
        etree.SubElement(literal, qn("c:formatCode")).text = "General"
        etree.SubElement(literal, qn("c:ptCount"), val=str(count))
        for cell in sorted(kept, key=lambda c: c.at):
            point = etree.SubElement(literal, qn("c:pt"), idx=str(cell.at))
            etree.SubElement(point, qn("c:v")).text = repr(abs(cell.row[end] - cell.row["value"]))
    before = series._element.find(qn("c:xVal"))
    (before if before is not None else series._element.find(qn("c:cat"))).addprevious(bars)
