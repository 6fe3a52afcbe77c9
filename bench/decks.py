"""A deck of native slides beside python-pptx alone, which writes the same slides from what stands in them.

What python-pptx writes is read back from our deck: the same boxes of text, the same charts with the same
numbers, letters, marks and labels, the same square and the same notes. Nothing is planned and nothing asked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import segno
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from exports.slides.deck import pptx
from exports.slides.page import MASK
from exports.slides.spec import Deck, Slide
from exports.table import table
from indicators.answer import answer
from indicators.catalogue import Catalogue
from indicators.query import Query
from indicators.store import Store

SLIDES = 20
AT_MOST = 1.5
TITLE_ONLY = 5
"""The layout of python-pptx's own deck that has a title and nothing else."""
ASKED = (
    ("line", Query("exports_services", areas=("KAZ", "UZB", "AZE", "KGZ", "TUR"))),
    ("ranked", Query("exports_services")),
    ("bar", Query("employment", areas=("KAZ", "UZB", "AZE", "KGZ", "TUR"))),
    ("dumbbell", Query("exports_services", areas=("KAZ", "UZB", "AZE", "KGZ", "TUR"))),
)
"""The forms in turn."""
INK, HAIRLINE = RGBColor(0x1D, 0x27, 0x33), RGBColor(0xDD, 0xE1, 0xE6)


@dataclass(frozen=True)
class Chart:
    """What stands in one chart: its kind, place, categories and series of numbers, points marked apart."""

    kind: Any
    box: tuple[Any, ...]
    categories: list[Any]
    series: list[tuple[str, list[float | None], list[int], dict[int, str | None]]]
    legend: bool
    form: str


@dataclass(frozen=True)
class Page:
    """What stands on one slide."""

    title: str
    texts: list[tuple[tuple[Any, ...], str]]
    charts: list[Chart]
    square: tuple[str, tuple[Any, ...]] | None
    notes: str


def deck(store: Store, catalogue: Catalogue) -> Deck:
    """Twenty slides of real answers."""
    made = [(form, table(answer(query, store, catalogue), store, catalogue)) for form, query in ASKED]
    slides = [
        Slide(
            "chart", table=shown, form=form, notes="What is said.", address=f"/explore?{shown.query.to_url()}"
        )
        for form, shown in (made[n % len(made)] for n in range(SLIDES))
    ]
    return Deck("Twenty", tuple(slides), "en", date(2026, 11, 22), base="https://indicators.example")


def pair(asked: Deck) -> tuple[Callable[[], object], Callable[[], object]]:
    """Our writing of a deck, and python-pptx's."""
    pages = list(_read(pptx(asked)))
    return lambda: pptx(asked), lambda: _written(pages)


def _read(content: bytes) -> Iterator[Page]:
    for slide in Presentation(BytesIO(content)).slides:
        shapes = list(slide.shapes)
        title = slide.shapes.title
        pictures = [s for s in shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
        links = [(s.click_action.hyperlink.address, _box(s)) for s in pictures]
        yield Page(
            title.text_frame.text,
            [
                (_box(s), s.text_frame.text)
                for s in shapes
                if s.has_text_frame and s.shape_id != title.shape_id
            ],
            [_chart(s) for s in shapes if s.has_chart],
            links[0] if links else None,
            slide.notes_slide.notes_text_frame.text,
        )


def _box(shape: Any) -> tuple[Any, ...]:
    return shape.left, shape.top, shape.width, shape.height


def _chart(shape: Any) -> Chart:
    chart = shape.chart
    plot = chart.plots[0]
    series = []
    for one in plot.series:
        points = [int(p.find(qn("c:idx")).get("val")) for p in one._element.findall(qn("c:dPt"))]
        found = one._element.findall(f"{qn('c:dLbls')}/{qn('c:dLbl')}")
        labels = {
            int(p.find(qn("c:idx")).get("val")): "".join(t.text or "" for t in p.iter(qn("a:t"))) or None
            for p in found
        }
        series.append((one.name, list(one.values), points, labels))
    form = chart.value_axis.tick_labels.number_format
    return Chart(chart.chart_type, _box(shape), list(plot.categories), series, chart.has_legend, form)


def _written(pages: list[Page]) -> bytes:
    made = Presentation()
    made.slide_width, made.slide_height = Emu(12_192_000), Emu(6_858_000)
    for page in pages:
        slide = made.slides.add_slide(made.slide_layouts[TITLE_ONLY])
        slide.shapes.title.text_frame.text = page.title
        _lettered(slide.shapes.title.text_frame, Pt(28))
        for box, text in page.texts:
            frame = slide.shapes.add_textbox(*box).text_frame
            frame.word_wrap, frame.text = True, text
            _lettered(frame, Pt(12))
        if page.square:
            address, box = page.square
            image = BytesIO()
            segno.make_qr(address, error="m", mask=MASK).save(image, kind="png", scale=5, border=2)
            slide.shapes.add_picture(image, *box).click_action.hyperlink.address = address
        for chart in page.charts:
            _charted(slide, chart)
        slide.notes_slide.notes_text_frame.text = page.notes
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def _lettered(frame: Any, size: Any) -> None:
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.color.rgb = size, False, INK


def _charted(slide: Any, said: Chart) -> None:
    data = CategoryChartData(number_format=said.form)
    data.categories = said.categories
    for name, values, _, _ in said.series:
        data.add_series(name, values)
    chart = slide.shapes.add_chart(said.kind, *said.box, data).chart
    chart.has_title, chart.has_legend = False, said.legend
    if said.legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.font.size, chart.font.color.rgb = Pt(12), INK
    axis = chart.value_axis
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = said.form, False
    axis.minimum_scale = 0
    axis.major_gridlines.format.line.color.rgb = HAIRLINE
    chart.category_axis.format.line.color.rgb = INK
    for series, (_, _, points, labels) in zip(chart.plots[0].series, said.series, strict=True):
        _marked(series, points, labels, lines=hasattr(series, "marker"))


def _marked(series: Any, points: list[int], labels: dict[int, str | None], *, lines: bool) -> None:
    """A series in its colour; the points that have one of their own, and the labels in words."""
    if lines:
        series.smooth, series.format.line.width, series.format.line.color.rgb = False, Pt(2.25), INK
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 7
        _filled(series.marker.format)
    else:
        _filled(series.format)
    for at in points:
        _filled(series.points[at].marker.format if lines else series.points[at].format)
    for at, text in labels.items():
        label = series.points[at].data_label
        if text:
            label.text_frame.text = text
            _lettered(label.text_frame, Pt(12))
        else:
            label.font.size = Pt(12)


def _filled(form: Any) -> None:
    form.fill.solid()
    form.fill.fore_color.rgb = INK
    form.line.color.rgb = INK
