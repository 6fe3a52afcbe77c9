"""How marks, labels and axes look; hedges, letters and intervals on them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from lxml import etree
from pptx.enum.chart import (
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.oxml.ns import qn
from pptx.util import Pt

from exports.slides import look
from exports.slides.said import Row, Scale

MOST_LABELS = 16
"""More labels in words than these cover one another on a line chart."""


LETTER, LINE = 0.56, 1.25
"""Width of a letter and height of a line, as parts of the size of the letters."""
GAP = 110_000
"""EMU between a mark and its label, or between an axis and its numbers."""
MOST_ROOM = 0.34
"""Part of a chart that the labels beside its lines may take."""
STEPS, MOST_STEPS = (0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 2.5, 5.0, 10.0), 8
"""Steps of an axis as parts of a decade; the least that makes no more than so many is taken."""


@dataclass(frozen=True)
class Cell:
    """One mark: its series and its place in it, and its figure."""

    series: int
    at: int
    row: Row


@dataclass(frozen=True)
class End:
    """The last mark of a line: its series and its place in it, its figure, name and colour."""

    series: int
    at: int
    row: Row
    name: str
    colour: str


def said_more(scale: Scale, row: Row) -> bool:
    """Whether a number's label must say more than the number."""
    return scale.cell(row) != scale.write(row["value"]) if row["value"] is not None else False


def crowded(scale: Scale, rows: Sequence[Row]) -> bool:
    """Whether only the last number of each line can have its label."""
    return sum(said_more(scale, r) for r in rows) > MOST_LABELS


def marked(
    series: Any,
    cells: Sequence[Cell],
    scale: Scale,
    colour: str,
    *,
    every: bool,
    crowd: bool = False,
    below: Collection[int] = (),
    beside: Collection[int] = (),
    ended: bool = False,
) -> None:
    """Hollow marks and labels in words for hedged numbers; with `every`, the other numbers written too.

    `below` are the places whose label stands under the mark, `beside` those right of it; `ended` says that
    the last has a label of its own.
    """
    drawn = [c for c in cells if c.row["value"] is not None]
    for cell in drawn:
        more = said_more(scale, cell.row)
        side = XL_LABEL_POSITION.BELOW if cell.at in below else XL_LABEL_POSITION.ABOVE
        side = XL_LABEL_POSITION.RIGHT if cell.at in beside else side
        if cell.row["open_end"] != "none":
            filled(series.points[cell.at].marker, colour, hollow=True)
        if ended and cell is drawn[-1]:
            continue
        if more and (not crowd or cell is drawn[-1]):
            label(series.points[cell.at], scale.cell(cell.row), side)
        elif every:
            native_label(series.points[cell.at], scale, side)


def ended(chart: Any, ends: Sequence[End], scale: Scale, body: tuple[int, int], *, ticks: str) -> None:
    """The name and last number of each line right of it, one under another where lines end close together.

    The plot gets its place by hand, so that the labels have room and their distances are known.

    Args:
        chart: of lines, dressed.
        ends: the last mark of each line, in the order of the series.
        scale: of its numbers.
        body: width and height of the chart, in EMU.
        ticks: the longest number on the upright axis.
    """
    wide, tall = body
    letter = int(look.LABEL) * LETTER
    said = max(len(f"{e.name} {scale.cell(e.row)}") for e in ends)
    right = min((said * letter + GAP) / wide, MOST_ROOM)
    left = (len(ticks) * letter + 2 * GAP) / wide
    top, low = 0.03, 1 - 2.4 * int(look.LABEL) / tall
    _placed(chart, left, top, 1 - left - right, low - top)
    line = int(look.LABEL) * LINE / tall
    axis = chart.value_axis
    span = float(axis.maximum_scale) - float(axis.minimum_scale)
    own = [low - (e.row["value"] - float(axis.minimum_scale)) / span * (low - top) for e in ends]
    for end, at, moved in zip(ends, own, spread(own, line, top, low - line / 2), strict=True):
        point = chart.plots[0].series[end.series].points[end.at]
        if said_more(scale, end.row):
            label(point, f"{end.name} {scale.cell(end.row)}", XL_LABEL_POSITION.RIGHT, end.colour)
        else:
            native_label(point, scale, XL_LABEL_POSITION.RIGHT, named=True, colour=end.colour)
        if abs(moved - at) > line / 20:
            _shifted(point, moved - at)


def spread(places: Sequence[float], apart: float, top: float, low: float) -> list[float]:
    """The same places, moved as little as can be so that any two are `apart`, between `top` and `low`."""
    order = sorted(range(len(places)), key=lambda n: places[n])
    groups: list[tuple[float, list[int]]] = []
    for number in order:
        middle, members = places[number], [number]
        while groups and middle - groups[-1][0] < apart * (len(members) + len(groups[-1][1])) / 2:
            before, others = groups.pop()
            every = len(members) + len(others)
            middle = (middle * len(members) + before * len(others)) / every
            members = [*others, *members]
            half = apart * (every - 1) / 2
            middle = min(max(middle, top + half), max(low - half, top + half))
        groups.append((middle, members))
    found = [0.0] * len(places)
    for middle, members in groups:
        for at, number in enumerate(members):
            found[number] = middle + (at - (len(members) - 1) / 2) * apart
    return found


def ceiling(axis: Any, numbers: Sequence[float]) -> None:
    """The ends of an axis, said, so that everybody draws the same: a round step above the largest."""
    lowest = min(0.0, *numbers) if numbers else 0.0
    span = (max(numbers, default=0.0) - lowest) or 1.0
    decade = 10.0 ** floor(log10(span))
    step = decade * next(s for s in STEPS if span / (s * decade) <= MOST_STEPS)
    axis.minimum_scale = step * floor(lowest / step)
    axis.maximum_scale = step * ceil(max(numbers, default=1.0) / step + 0.02)
    axis.major_unit = step


def near_floor(axis: Any, tall: int) -> float:
    """The number below which a label under a mark would cover the names under the axis."""
    span = float(axis.maximum_scale) - float(axis.minimum_scale)
    return float(axis.minimum_scale) + span * 2 * LINE * int(look.LABEL) / tall


def _placed(chart: Any, left: float, top: float, wide: float, tall: float) -> None:
    """The inner plot at a place of its own, in parts of the chart."""
    area = chart._chartSpace.find(f".//{qn('c:plotArea')}")
    old = area.find(qn("c:layout"))
    if old is not None:
        area.remove(old)
    made = etree.Element(qn("c:layout"))
    manual = etree.SubElement(made, qn("c:manualLayout"))
    for name, said in (("layoutTarget", "inner"), ("xMode", "edge"), ("yMode", "edge"), ("x", left),
                       ("y", top), ("w", wide), ("h", tall)):  # fmt: skip
        etree.SubElement(manual, qn(f"c:{name}"), val=said if isinstance(said, str) else f"{said:.4f}")
    area.insert(0, made)


def _shifted(point: Any, down: float) -> None:
    """A label moved by a part of the height of its chart."""
    said = point.data_label._get_or_add_dLbl()
    made = etree.Element(qn("c:layout"))
    manual = etree.SubElement(made, qn("c:manualLayout"))
    for name, moved in (("x", 0.0), ("y", down)):
        etree.SubElement(manual, qn(f"c:{name}"), val=f"{moved:.4f}")
    said.find(qn("c:idx")).addnext(made)


def native_label(
    point: Any, scale: Scale, position: Any, *, named: bool = False, colour: str = look.INK
) -> None:
    """A label that shows the number of the sheet, and follows it when edited; `named`, its series too."""
    said = point.data_label._get_or_add_dLbl()
    said.find(qn("c:showVal")).set("val", "1")
    if named:
        said.find(qn("c:showSerName")).set("val", "1")
        last = said.find(qn("c:showBubbleSize"))
        between = etree.Element(qn("c:separator"))
        between.text = " "
        last.addnext(between)
    form = etree.Element(qn("c:numFmt"), formatCode=scale.code, sourceLinked="0")
    said.find(qn("c:idx")).addnext(form)
    point.data_label.position = position
    font = point.data_label.font
    font.size = look.LABEL
    if colour != look.INK:
        font.color.rgb = look.colour(colour)


def label(point: Any, text: str, position: Any, colour: str = look.INK) -> None:
    """A label in words; it stays as it is when the sheet is edited."""
    frame = point.data_label.text_frame
    frame.text = text
    lettered(frame, colour)
    point.data_label.position = position


def lettered(frame: Any, colour: str) -> None:
    """The letters of a label or an axis title."""
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = look.LABEL, False
    font.color.rgb = look.colour(colour)


def line(series: Any, colour: str, *, joined: bool) -> None:
    """A line with marks, or the marks alone."""
    series.smooth = False
    if joined:
        series.format.line.width = Pt(2.25)
        series.format.line.color.rgb = look.colour(colour)
    else:
        series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 7
    filled(series.marker, colour, hollow=False)


def filled(marker: Any, colour: str, *, hollow: bool) -> None:
    """A mark, full or hollow."""
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = look.colour(look.PAPER if hollow else colour)
    marker.format.line.color.rgb = look.colour(colour)


def labels(series: Any, scale: Scale) -> None:
    """Every number of a series, as its sheet has it."""
    labels = series.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, scale.code, False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = look.LABEL


def dressed(chart: Any, scale: Scale, numbers: Sequence[float], *, legend: bool) -> None:
    """Letters, legend and axes; `numbers` stand on the upright one, which starts at zero."""
    chart.has_title = False
    chart.font.size = look.LABEL
    chart.font.color.rgb = look.colour(look.INK)
    chart.has_legend = legend
    if legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    axis(chart.value_axis, scale, numbers, lines=True)
    across = chart.category_axis
    across.format.line.color.rgb = look.colour(look.QUIET)
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.has_major_gridlines = False
    across.major_tick_mark = XL_TICK_MARK.NONE


def axis(drawn: Any, scale: Scale, numbers: Sequence[float], *, lines: bool) -> None:
    """An axis of numbers from zero, or from below it where they are."""
    drawn.tick_labels.number_format = scale.ticks(max(map(abs, numbers), default=0.0))
    drawn.tick_labels.number_format_is_linked = False
    if min(numbers, default=0.0) >= 0:
        drawn.minimum_scale = 0
    drawn.has_major_gridlines = lines
    if lines:
        drawn.major_gridlines.format.line.color.rgb = look.colour(look.HAIRLINE)
        drawn.format.line.fill.background()
    drawn.major_tick_mark = XL_TICK_MARK.NONE


def whiskers(series: Any, cells: Sequence[Cell], count: int, way: str = "y") -> None:
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
