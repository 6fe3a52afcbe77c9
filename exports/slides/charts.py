"""Native charts: line, bar, ranked bar and dumbbell, each with its sheet of numbers inside.

A number stands in the sheet as the Table has it; the number format of axis and labels divides it.
A missing year is an empty cell and a gap. A hedged number is a hollow mark or a pale bar, and its label
says the hedge; an interval around a number is an error bar. A range without a number draws no mark.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from lxml import etree
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.oxml.ns import qn

from exports.slides import dress, look
from exports.slides.drawn import Drawn, Series, stated
from exports.slides.dress import Cell
from exports.slides.inside import Numbers
from exports.slides.said import Row, period

Place = Callable[[Any, Any], Any]
"""Kind of chart and its data → the chart, put on the slide."""
MONTHS = {"S": 6, "Q": 3, "M": 1}
"""Months of a period, of lengths other than years."""
GAP = 45
BREAK = "B"


def lines(place: Place, found: Drawn, size: tuple[int, int]) -> None:
    """A line a series, over years or over the last days of shorter periods, its name where it ends."""
    times, joined = _times(found)
    data: Any = Numbers(found.scale.code)
    data.categories = times
    cells = []
    for number, one in enumerate(found.series):
        by_time = {_time(r, times): r for r in one.rows}
        data.add_series(one.name, [by_time[t]["value"] if t in by_time else None for t in times])
        cells += [Cell(number, times.index(t), r) for t, r in by_time.items()]
    chart = place(XL_CHART_TYPE.LINE_MARKERS, data)
    numbers = _numbers(found.rows)
    dress.dressed(chart, found.scale, numbers, legend=False)
    dress.ceiling(chart.value_axis, numbers)
    crowd, ends = dress.crowded(found.scale, found.rows), []
    for number, series in enumerate(chart.plots[0].series):
        colour = look.SERIES[number % len(look.SERIES)]
        dress.line(series, colour, joined=joined)
        own = [c for c in cells if c.series == number]
        dress.marked(series, own, found.scale, colour, every=False, crowd=crowd, ended=True)
        dress.whiskers(series, own, len(times))
        _parted(series, own)
        if drawn := [c for c in own if c.row["value"] is not None]:
            name = found.series[number].name
            ends.append(dress.End(number, drawn[-1].at, drawn[-1].row, name, colour))
    if ends:
        top = found.scale.write(float(chart.value_axis.maximum_scale))
        dress.ended(chart, ends, found.scale, size, ticks=top)


def _numbers(rows: Sequence[Row]) -> list[float]:
    return [r["value"] for r in rows if r["value"] is not None]


def _parted(series: Any, cells: Sequence[Cell]) -> None:
    """No line up to a break in the series, nor to and from a year that is not stated; as on the page."""
    for before, cell in zip([None, *cells], cells, strict=False):
        loose = not stated(cell.row) or (before is not None and not stated(before.row))
        if cell.row["value"] is not None and (loose or cell.row["obs_status"] == BREAK):
            series.points[cell.at].format.line.fill.background()


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


def bars(place: Place, found: Drawn, size: tuple[int, int]) -> None:
    """A bar a series, the largest on top; its period where periods differ."""
    rows = [s.rows[0] for s in found.series]
    data: Any = Numbers(found.scale.code)
    data.categories = [_named(found, s, len({r["time_period"] for r in rows}) > 1) for s in found.series]
    data.add_series(found.scale.title, [r["value"] for r in rows])
    chart = place(XL_CHART_TYPE.BAR_CLUSTERED, data)
    dress.dressed(chart, found.scale, _numbers(rows), legend=False)
    chart.category_axis.reverse_order = True
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = GAP, False
    series = plot.series[0]
    dress.labels(series, found.scale)
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = look.colour(look.SERIES[0])
    cells = [Cell(0, at, r) for at, r in enumerate(rows)]
    for cell in cells:
        if cell.row["value"] is not None and dress.said_more(found.scale, cell.row):
            point = series.points[cell.at]
            if cell.row["open_end"] != "none":
                point.format.fill.solid()
                point.format.fill.fore_color.rgb = look.colour(look.PALE)
            dress.label(point, found.scale.cell(cell.row), XL_LABEL_POSITION.OUTSIDE_END)
    dress.whiskers(series, cells, len(rows))


def _named(found: Drawn, one: Series, dated: bool) -> str:
    """The name of a bar, and the range of a figure that has no number to be drawn."""
    row = one.rows[0]
    said = [one.name]
    said += [period(found.language, row)] if dated else []
    said += [found.scale.cell(row)] if row["value"] is None else []
    return ", ".join(said)


def pairs(place: Place, found: Drawn, size: tuple[int, int]) -> None:
    """Two marks an area, joined: the earlier year pale, the later one dark."""
    data: Any = Numbers(found.scale.code)
    data.categories = [s.name for s in found.series]
    cells = []
    for which in (0, 1):
        rows = [s.rows[which] for s in found.series]
        data.add_series(period(found.language, rows[0]), [r["value"] for r in rows])
        cells += [Cell(which, at, r) for at, r in enumerate(rows)]
    chart = place(XL_CHART_TYPE.LINE_MARKERS, data)
    numbers = _numbers([c.row for c in cells])
    dress.dressed(chart, found.scale, numbers, legend=True)
    dress.ceiling(chart.value_axis, numbers)
    floor = dress.near_floor(chart.value_axis, size[1])
    for which, series in enumerate(chart.plots[0].series):
        series.format.line.fill.background()
        series.smooth = False
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 11
        dress.filled(series.marker, look.PAIR[which], hollow=False)
        own, lower = [c for c in cells if c.series == which], _lower(found, which)
        beside = {c.at for c in own if c.at in lower and c.row["value"] < floor}
        dress.marked(series, own, found.scale, look.PAIR[which], every=True, below=lower, beside=beside)
        dress.whiskers(series, own, len(found.series))
    _joined(chart)


def _lower(found: Drawn, which: int) -> set[int]:
    """Places whose mark of this year is the lower one."""
    both = enumerate((s.rows[which]["value"], s.rows[1 - which]["value"]) for s in found.series)
    return {at for at, (own, other) in both if own is not None and other is not None and own < other}


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
