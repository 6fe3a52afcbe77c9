"""Decks read back by python-pptx and openpyxl, number by number, beside the Table they were made from."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import pairwise

import openpyxl
import polars as pl
import pytest
import segno
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from exports.slides import tables
from exports.slides.deck import planned, pptx
from exports.slides.dress import spread
from exports.slides.inside import Numbers
from exports.slides.page import BORDER, MASK, SCALE, _square_of
from exports.slides.said import full
from exports.slides.spec import BadDeck, Deck, Picture, Slide
from exports.table import LOCALE, Table, table
from indicators.answer import answer
from indicators.language import speak
from indicators.query import Query

DAY = date(2026, 11, 22)
BASE = "https://indicators.example"
LANGUAGES = ("en", "ru", "az", "kk", "tr", "bg")
AREAS = ("KAZ", "UZB", "AZE", "KGZ", "TUR")
DOT = b"".join(
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc",
     b"\xf8\xff\xff?\0\5\xfe\2\xfe\xa75\x81\x84\0\0\0\0IEND\xaeB`\x82")
)  # fmt: skip


@pytest.fixture(scope="module")
def ask(store, catalogue):
    """Makes a Table."""
    held = {}

    def made(indicator, **asked):
        key = (indicator, *sorted(asked.items()))
        if key not in held:
            held[key] = table(answer(Query(indicator, **asked), store, catalogue), store, catalogue)
        return held[key]

    return made


def deck(*slides, **how):
    return Deck("A deck", slides, how.pop("language", "en"), DAY, base=BASE, **how)


def opened(made, template=None):
    return list(Presentation(BytesIO(pptx(made, template))).slides)


def chart_of(slide):
    return next(s.chart for s in slide.shapes if s.has_chart)


def numbers_of(chart):
    """Series → category → number."""
    plot = chart.plots[0]
    return {s.name: dict(zip(list(plot.categories), s.values, strict=True)) for s in plot.series}


def sheet_of(chart):
    book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    head, *rows = book.active.iter_rows(values_only=True)
    return {name: {row[0]: row[at] for row in rows} for at, name in enumerate(head) if at}


def headlines(found: Table, **kept):
    """What can be drawn, in the unit that most have: asked of the Table, not of the code under test."""
    frame = found.frame.filter("is_headline", pl.col("year").is_not_null(), pl.col("obs_status") != "U")
    frame = frame.filter(pl.any_horizontal(pl.col("value", "low", "high").is_not_null()))
    units = frame["unit_measure"].value_counts().sort("count", "unit_measure", descending=[True, False])
    frame = frame.filter(pl.col("unit_measure") == units["unit_measure"][0])
    return frame.filter(*(pl.col(k) == v for k, v in kept.items()))


def texts_of(slide):
    return [s.text_frame.text for s in slide.shapes if s.has_text_frame]


def drop_none(numbers):
    return {k: v for k, v in numbers.items() if v is not None}


def test_a_line_holds_every_number_and_a_gap_where_there_is_none(ask):
    found = ask("exports_services", areas=AREAS)
    chart = chart_of(opened(deck(Slide("chart", table=found)))[0])
    frame, shown = headlines(found), numbers_of(chart)
    years = [str(y) for y in range(frame["year"].min(), frame["year"].max() + 1)]
    assert list(chart.plots[0].categories) == years
    expected = {
        area: {str(r["year"]): r["value"] for r in rows.iter_rows(named=True)}
        for (area,), rows in frame.group_by("ref_area_label")
    }
    assert {name: drop_none(row) for name, row in shown.items()} == expected
    assert sum(v is None for row in shown.values() for v in row.values()) == (
        len(years) * len(expected) - frame.height
    )
    assert sheet_of(chart) == {
        name: {str(k): row[k] for k in row} for name, row in shown.items()
    }  # the workbook inside says the same
    assert not re.search(r"dispBlanksAs val=\"zero\"", etree.tostring(chart._chartSpace).decode())


def test_ranked_bars_are_the_largest_of_one_year(ask):
    found = ask("exports_services", currency="USD")
    slide = opened(deck(Slide("chart", table=found, form="ranked", year=2022)))[0]
    frame = headlines(found, year=2022).sort("value", descending=True).head(20)
    (numbers,) = numbers_of(chart_of(slide)).values()
    assert numbers == dict(zip(frame["ref_area_label"], frame["value"], strict=True))
    assert any(re.search(r"20 of \d+ shown, the largest", t) for t in texts_of(slide))


def test_bars_are_the_newest_figure_of_each(ask):
    found = ask("exports_services", areas=AREAS)
    (numbers,) = numbers_of(chart_of(opened(deck(Slide("chart", table=found, form="bar")))[0])).values()
    newest = headlines(found).sort("period_end").group_by("ref_area_label").last()
    assert {k.split(",")[0]: v for k, v in numbers.items()} == dict(
        zip(newest["ref_area_label"], newest["value"], strict=True)
    )


def test_a_dumbbell_holds_both_years_of_each_area(ask):
    found = ask("exports_services", areas=AREAS)
    chart = chart_of(opened(deck(Slide("chart", table=found, form="dumbbell", since=2015, year=2022)))[0])
    shown = numbers_of(chart)
    assert list(shown) == ["2015", "2022"]
    for year, row in shown.items():
        frame = headlines(found, year=int(year))
        both = set(headlines(found, year=2015)["ref_area"]) & set(headlines(found, year=2022)["ref_area"])
        frame = frame.filter(pl.col("ref_area").is_in(sorted(both)))
        assert row == dict(zip(frame["ref_area_label"], frame["value"], strict=True))
    assert chart._chartSpace.find(f".//{qn('c:hiLowLines')}") is not None


def test_a_scatter_holds_both_figures_of_each_area(ask):
    x, y = ask("exports_services", areas=AREAS), ask("imports_services", areas=AREAS)
    slide = opened(deck(Slide("chart", table=x, beside=y, form="scatter", year=2022)))[0]
    (series,) = chart_of(slide).plots[0].series
    across = [float(v.text) for v in series._element.findall(f"{qn('c:xVal')}//{qn('c:v')}")]
    one, other = (dict(headlines(t, year=2022).select("ref_area", "value").iter_rows()) for t in (x, y))
    expected = {(one[a], other[a]) for a in one if a in other and None not in (one[a], other[a])}
    assert expected
    assert set(zip(across, series.values, strict=True)) == expected


def test_a_scatter_says_of_which_areas_it_shows_one_of_several_claims(ask):
    x, y = ask("exports_services", areas=AREAS), ask("imports_services", areas=AREAS)
    again = x.frame.filter(ref_area="KAZ").with_columns(pl.col("figure_id") + "-again")
    twice = replace(x, frame=pl.concat([x.frame, again]))
    for one, other, named in ((x, y, []), (twice, y, ["Kazakhstan"]), (x, twice, ["Kazakhstan"])):
        page = Slide("chart", table=one, beside=other, form="scatter", year=2022)
        said = [left for left in planned(speak("en", LOCALE), page).left if left.startswith("Of several")]
        assert said == [f"Of several figures of an area one is shown: {name}." for name in named]


@pytest.mark.parametrize("form", ["line", "bar", "ranked", "dumbbell", "scatter"])
def test_number_formats_are_those_of_the_deck_and_bars_start_at_zero(ask, form):
    found = ask("exports_services", areas=AREAS)
    slide = opened(deck(Slide("chart", table=found, beside=ask("imports_services", areas=AREAS), form=form)))[
        0
    ]
    space = chart_of(slide)._chartSpace
    formats = space.findall(f".//{qn('c:valAx')}/{qn('c:numFmt')}")
    assert formats
    assert all(f.get("sourceLinked") == "0" and f.get("formatCode").startswith("#,##0") for f in formats)
    if form != "scatter":
        assert space.find(f".//{qn('c:valAx')}//{qn('c:min')}").get("val") in ("0", "0.0")


def hedged(found, **cells):
    """The same Table with some cells of its first headline of 2020 and later made otherwise."""
    at = found.frame.with_row_index().filter("is_headline", pl.col("year") == 2020)["index"][0]
    columns = [
        pl.when(pl.int_range(pl.len()) == at)
        .then(pl.lit(v, found.frame.schema[k]))
        .otherwise(pl.col(k))
        .alias(k)
        for k, v in cells.items()
    ]
    return replace(found, frame=found.frame.with_columns(columns)), found.frame.row(at, named=True)


def labels_of(chart):
    return [t.text for t in chart._chartSpace.iter(qn("a:t"))]


def test_an_open_end_is_hollow_and_said_everywhere(ask):
    found, row = hedged(ask("exports_services", areas=("KAZ",)), hedge="over", high=None, open_end="high")
    slide = opened(deck(Slide("chart", table=found)))[0]
    chart = chart_of(slide)
    assert numbers_of(chart)["Kazakhstan"]["2020"] == row["value"]
    assert [t for t in labels_of(chart) if t.startswith("over ")]
    points = [
        p
        for p in chart._chartSpace.iter(qn("c:dPt"))
        if p.find(f"{qn('c:marker')}//{qn('a:srgbClr')}") is not None
    ]
    assert [p.find(f"{qn('c:marker')}//{qn('a:srgbClr')}").get("val") for p in points] == ["FFFFFF"]
    assert any("hollow mark" in t for t in texts_of(slide))
    notes = slide.notes_slide.notes_text_frame.text
    assert f"over {speak('en', LOCALE).number(row['value'])}" in notes
    assert row["figure_id"] in notes


def test_an_interval_is_a_whisker_and_keeps_its_ends(ask):
    given = ask("exports_services", areas=("KAZ",))
    value = headlines(given, year=2020)["value"][0]
    found, _ = hedged(given, hedge="about", low=value - 5.0, high=value + 7.0)
    bars = chart_of(opened(deck(Slide("chart", table=found)))[0])._chartSpace.find(f".//{qn('c:errBars')}")
    ends = {n: float(bars.find(f"{qn(f'c:{n}')}//{qn('c:v')}").text) for n in ("plus", "minus")}
    assert value + ends["plus"] == pytest.approx(value + 7.0, rel=1e-15)
    assert value - ends["minus"] == pytest.approx(value - 5.0, rel=1e-15)
    following = [etree.QName(e).localname for e in bars.itersiblings()]
    assert following[0] == "cat"  # where the schema has them; PowerPoint repairs a file that errs


def test_a_range_without_a_number_has_no_mark_and_is_written_out(ask):
    given = ask("exports_services", areas=("KAZ",))
    found, _ = hedged(given, value=None, hedge="between", low=15e6, high=17e6)
    slide = opened(deck(Slide("chart", table=found)))[0]
    assert numbers_of(chart_of(slide))["Kazakhstan"]["2020"] is None
    assert any("2020: 15,000,000 to 17,000,000" in t for t in texts_of(slide))


def test_a_break_parts_the_line(ask):
    found, _ = hedged(ask("exports_services", areas=("KAZ",)), obs_status="B")
    series = chart_of(opened(deck(Slide("chart", table=found)))[0]).plots[0].series[0]
    at = 2020 - headlines(found)["year"].min()
    point = next(p for p in series._element.iter(qn("c:dPt")) if p.find(qn("c:idx")).get("val") == str(at))
    assert point.find(f"{qn('c:spPr')}/{qn('a:ln')}/{qn('a:noFill')}") is not None


def test_every_slide_says_title_source_release_day_and_address(ask):
    found = ask("exports_services", areas=AREAS)
    made = deck(
        *(Slide("chart", table=found, form=f, address=f"/x?form={f}") for f in ("line", "bar", "map"))
    )
    for slide, asked in zip(opened(made), made.slides, strict=True):
        said = "\n".join(texts_of(slide))
        assert slide.shapes.title.text_frame.text == found.title
        assert "Source: UNCTAD" in said
        assert f"Release {found.release}, taken on" in said
        assert BASE + asked.address in said
        squares = [s for s in slide.shapes if s.shape_type is not None and s.name.startswith("Picture")]
        assert [s.click_action.hyperlink.address for s in squares] == [BASE + asked.address]
        notes = slide.notes_slide.notes_text_frame.text
        assert found.publications["title"][0] in notes
        assert found.query.to_url() in notes
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape in squares:
                assert shape._element.find(f".//{qn('p:cNvPr')}").get("descr")


def test_a_form_without_a_chart_is_never_swapped_silently(ask):
    found = ask("exports_services", currency="USD")
    picture = Picture(DOT, b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>")
    alone, beside = (
        opened(deck(Slide("chart", table=found, form="map", picture=p)))[0] for p in (None, picture)
    )
    assert "a table of its figures stands for it" in alone.notes_slide.notes_text_frame.text
    assert "a picture and a table" in beside.notes_slide.notes_text_frame.text
    held = {
        str(r.target_part.partname).rsplit(".", 1)[1] for r in beside.part.rels.values() if not r.is_external
    }
    assert {"png", "svg"} <= held
    cells = next(s.table for s in alone.shapes if s.has_table)
    head, *rows = [[c.text for c in row.cells] for row in cells.rows]
    language = speak("en", LOCALE)
    for name, *written in rows:
        for year, cell in zip(head[1:], written, strict=True):
            row = headlines(found, ref_area_label=name, year=int(year))
            if not row.height:
                assert cell == "–"
                continue
            part = language.number(round(Decimal(repr(row["value"][0])) / 1_000_000, 1), 1)
            assert cell.split()[0] == part, (name, year)


def test_a_figure_is_written_to_its_last_digit(ask):
    found = ask("employment", areas=("KAZ",))
    row = found.frame.filter(pl.col("hedge") == "over").row(0, named=True)
    said = "\n".join(texts_of(opened(deck(Slide("kpi", table=found, figure_id=row["figure_id"])))[0]))
    assert f"over {speak('en', LOCALE).number(row['value'])}" in said


@pytest.mark.parametrize(
    ("code", "of_all", "of_gdp"),
    [
        ("en", "3.5%", "3.5% of GDP"), ("ru", "3,5\xa0%", "3,5\xa0% ВВП"), ("az", "3,5%", "ÜDM-ə nisbətən 3,5%"),
        ("kk", "3,5%", "ЖІӨ-ге шаққанда 3,5%"), ("tr", "%3,5", "GSYH'ye oranla %3,5"),
        ("bg", "3,5%", "3,5% от БВП"),
    ],
)  # fmt: skip
def test_a_share_has_its_sign_where_the_language_puts_it(code, of_all, of_gdp):
    row = {"open_end": "none", "value": 3.5, "low": 3.5, "high": 3.5, "hedge": "exact"}
    said = [full(speak(code, LOCALE), {**row, "unit_measure": unit}) for unit in ("PT", "PT_GDP")]
    assert said == [of_all, of_gdp]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_is_whole_in_both_shapes(ask, code):
    found = ask("employment", lang=code)
    for ratio in ("16:9", "4:3"):
        made = deck(
            Slide("chart", table=found), Slide("chart", table=found, form="map"), Slide("table", table=found),
            Slide("text", title="Ә Ғ Қ Ң Ө Ұ Ү Һ І ə ğ ı İ", annotation="ə ğ ı İ"),
            language=code, ratio=ratio,
        )  # fmt: skip
        for slide in opened(made):
            said = [*texts_of(slide), slide.notes_slide.notes_text_frame.text]
            assert not [t for t in said if "[en]" in t]
        assert slide.shapes.title.text_frame.text == "Ә Ғ Қ Ң Ө Ұ Ү Һ І ə ğ ı İ"


def test_the_longest_words_leave_room_and_do_not_overlap(ask):
    long = "An unusually long sentence about figures. " * 45
    found = ask("employment")
    made = deck(
        Slide("chart", table=found, title="T" * 300, subtitle=long, annotation=long, address="/x"),
        Slide("table", table=found, title="Word " * 60, subtitle=long, annotation=long),
        ratio="4:3",
    )
    for slide in opened(made):
        boxes = sorted((s.top, s.top + s.height) for s in slide.shapes if not s.name.startswith("Picture"))
        assert all(b[0] >= a[1] - 20_000 for a, b in pairwise(boxes)), boxes
        body = next(s for s in slide.shapes if s.has_chart or s.has_table)
        assert body.height > 914_400 * 1.2
        assert long.strip() in slide.notes_slide.notes_text_frame.text


def test_the_same_deck_is_the_same_bytes(ask):
    found = ask("exports_services", areas=AREAS)
    made = deck(Slide("chart", table=found, address="/x"), Slide("chart", table=found, form="map"))
    first = pptx(made)
    assert first == pptx(made)
    times = {i.date_time for i in zipfile.ZipFile(BytesIO(first)).infolist()}
    assert times == {(2000, 1, 1, 0, 0, 0)}


def test_all_that_is_wrong_with_a_deck_is_said_at_once(ask):
    found = ask("exports_services", areas=AREAS)
    with pytest.raises(BadDeck) as said:
        pptx(deck(
            Slide("film"), Slide("chart"), Slide("chart", table=found, form="scatter"),
            Slide("kpi", table=found, figure_id="none"), Slide("text", address="//elsewhere"), ratio="1:1",
        ))  # fmt: skip
    assert len(said.value.faults) == 6


def test_nothing_to_draw_is_said(ask):
    found = ask("exports_services", since=2100)
    slide = opened(deck(Slide("chart", table=found)))[0]
    assert not [s for s in slide.shapes if s.has_chart]
    assert any("There is no figure that can be drawn." in t for t in texts_of(slide))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_libreoffice_opens_it_page_by_page(ask, tmp_path):
    found = ask("exports_services", areas=AREAS, lang="kk")
    forms = ("line", "ranked", "dumbbell", "scatter")
    y = ask("imports_services", areas=AREAS, lang="kk")
    made = deck(*(Slide("chart", table=found, beside=y, form=f, address="/x") for f in forms), language="kk")
    (tmp_path / "a.pptx").write_bytes(pptx(made))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "a.pptx")], check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "a.pdf").read_bytes())) == len(forms)


def test_the_sheet_in_a_chart_takes_no_name_for_a_formula_and_holds_days_as_days():
    data = Numbers("#,##0.0,,")
    data.categories = [date(2024, 1, 31), date(2024, 2, 29)]
    data.add_series("=HYPERLINK(1)", [1.25, None])
    sheet = openpyxl.load_workbook(BytesIO(data.xlsx_blob))["Sheet1"]
    assert (sheet["B1"].value, sheet["B1"].data_type) == ("=HYPERLINK(1)", "s")
    assert [c.value for c in sheet["A"][1:]] == [datetime(2024, 1, 31), datetime(2024, 2, 29)]
    assert [c.value for c in sheet["B"][1:]] == [1.25, None]
    assert sheet["B2"].number_format == "#,##0.0,,"


def test_the_square_holds_the_modules_of_its_address():
    address = f"{BASE}/explore?indicator=gva"
    image = Image.open(BytesIO(_square_of(address))).convert("L")
    rows = segno.make_qr(address, error="m", mask=MASK).matrix
    assert image.size == ((len(rows) + 2 * BORDER) * SCALE,) * 2
    for y, row in enumerate(rows, BORDER):
        for x, module in enumerate(row, BORDER):
            assert image.getpixel((x * SCALE + 2, y * SCALE + 2)) == (0 if module else 255)
    assert image.getpixel((0, 0)) == 255


def test_parts_are_numbered_apart_and_texts_hold_what_xml_can(ask):
    shown = ask("exports_services", areas=AREAS)
    made = pptx(deck(*[Slide("chart", table=shown, form="bar", annotation="a\ufffe<b>&\nc")] * 3))
    names = zipfile.ZipFile(BytesIO(made)).namelist()
    assert len(names) == len(set(names))
    assert sum(n.endswith(".xlsx") for n in names) == 3
    slide = opened(deck(Slide("text", title="t\uffff", annotation="a\ufffe<b>&\nc")))[0]
    texts = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
    assert "a<b>&\nc" in texts


def test_lines_that_end_close_together_have_their_names_one_under_another(ask):
    assert spread([0.5, 0.51, 0.1], 0.1, 0.0, 1.0) == pytest.approx([0.455, 0.555, 0.1])
    low = spread([0.99, 0.98, 0.97], 0.1, 0.0, 1.0)
    assert low == pytest.approx([1.0, 0.9, 0.8])
    slide = opened(deck(Slide("chart", table=ask("exports_services", areas=AREAS), form="line")))[0]
    chart = chart_of(slide)
    assert not chart.has_legend
    wanted = [s for s in chart.plots[0].series if list(filter(None, s.values))]
    named = [s._element.findall(f".//{qn('c:showSerName')}[@val='1']") for s in wanted]
    assert [len(n) for n in named] == [1] * len(wanted)
    moved = [float(y.get("val")) for y in chart._chartSpace.iter(qn("c:y"))][1:]
    assert any(moved), "four of them end at a few per cent of the fifth"


def test_a_pair_says_both_of_its_numbers(ask):
    slide = opened(deck(Slide("chart", table=ask("exports_services", areas=AREAS), form="dumbbell")))[0]
    plot = chart_of(slide).plots[0]
    for series in plot.series:
        labelled = {int(i.find(qn("c:idx")).get("val")) for i in series._element.iter(qn("c:dLbl"))}
        assert labelled == {at for at, v in enumerate(series.values) if v is not None}


@pytest.mark.parametrize("form", ["treemap", "map"])
def test_a_table_beside_a_picture_stands_in_its_box_the_largest_first(ask, form):
    shown = ask("value_added", areas=("USA",)) if form == "treemap" else ask("exports_services")
    picture = Picture(DOT, b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    slide = opened(
        deck(Slide("chart", table=shown, form=form, picture=picture, remarks=("Said below.",)), language="ru")
    )[0]
    frame = next(s for s in slide.shapes if s.has_table)
    key = next(s for s in slide.shapes if s.has_text_frame and "Said below." in s.text_frame.text)
    assert frame.top + sum(row.height for row in frame.table.rows) <= key.top
    column = [frame.table.cell(n, 1).text for n in range(1, len(frame.table.rows))]
    numbers = [float(re.sub(r"[^0-9,]", "", c).replace(",", ".")) for c in column if c not in ("–", "")]
    assert numbers == sorted(numbers, reverse=True)


def test_words_after_a_number_take_lines_of_their_own_and_no_name_is_broken_within_a_word():
    cells = (("млн $", "2024", "2023"), *((name, "102 403,5\N{NO-BREAK SPACE}e", "319,0 және одан астам")
                                          for name in ("Қырғызстан", "Америка Құрама Штаттары", "Әзірбайжан")))  # fmt: skip
    box = (0, 0, int(Inches(3.2)), int(Inches(2.4)))
    deck = Presentation()
    page = deck.slides.add_slide(deck.slide_layouts[6])
    tables.put(page, tables.Grid(cells, (), ()), box, "a table")
    table = page.shapes[0].table
    size = table.cell(1, 0).text_frame.paragraphs[0].runs[0].font.size
    room = table.columns[0].width - 2 * tables.SIDE
    assert len("Қырғызстан") * size * tables.LETTER <= room
    assert sum(row.height for row in table.rows) <= box[3]
    assert all(row.height >= 2 * size for row in list(table.rows)[1:])


def test_a_letter_of_status_does_not_part_from_its_number():
    assert tables._MARK.sub("_", "102 403,5 e") == "102 403,5_e"
    assert tables._MARK.sub("_", "319.0 and more") == "319.0 and more"
