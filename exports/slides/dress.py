"""How marks, labels and axes look; hedges, letters and intervals on them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Cell:
    """One mark: its series and its place in it, and its figure."""

    series: int
    at: int
    row: Row


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
    last: bool,
    crowd: bool = False,
    below: Collection[int] = (),
) -> None:
    """Hollow marks and labels in words for hedged numbers; with `last`, the last number written too.

    `below` are the places whose label stands under the mark.
    """
    drawn = [c for c in cells if c.row["value"] is not None]
    for cell in drawn:
        more = said_more(scale, cell.row)
        side = XL_LABEL_POSITION.BELOW if cell.at in below else XL_LABEL_POSITION.ABOVE
        if cell.row["open_end"] != "none":
            filled(series.points[cell.at].marker, colour, hollow=True)
        if more and (not crowd or cell is drawn[-1]):
            label(series.points[cell.at], scale.cell(cell.row), side)
        elif last and cell is drawn[-1]:
            native_label(series.points[cell.at], scale, side)


def native_label(point: Any, scale: Scale, position: Any) -> None:
    """A label that shows the number of the sheet, and follows it when it is edited."""
    said = point.data_label._get_or_add_dLbl()
    said.find(qn("c:showVal")).set("val", "1")
    form = etree.Element(qn("c:numFmt"), formatCode=scale.code, sourceLinked="0")
    said.find(qn("c:idx")).addnext(form)
    point.data_label.position = position
    point.data_label.font.size = look.LABEL


def label(point: Any, text: str, position: Any) -> None:
    """A label in words; it stays as it is when the sheet is edited."""
    frame = point.data_label.text_frame
    frame.text = text
    lettered(frame, look.INK)
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
