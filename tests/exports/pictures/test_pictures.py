"""Pictures by a warm Chromium: words inside, the same bytes twice, a hard stop, and nothing from outside."""

import os
import re
import shutil
import struct
import subprocess
import time
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from exports.pictures.browser import ENVIRONMENT, Browser, NoBrowser, Refused, Stopped
from exports.pictures.caption import captioned
from exports.pictures.painter import BadDrawing, Drawing, Painter, _wrapped, framed
from exports.pictures.printed import pdf
from exports.table import table
from indicators.answer import answer
from indicators.query import Query
from tests.conftest import needs_browser

SVG = "{http://www.w3.org/2000/svg}"
WORLD = Path(__file__).parents[3] / "dashboard" / "assets" / "topojson" / "world_110m.json"
LETTERS = "Ә Ғ Қ Ң Ө Ұ Ү Һ І ə ğ ı İ"
LINE = {
    "data": [{"type": "scatter", "mode": "lines+markers", "x": [2020, 2021, 2022], "y": [1.5, None, 1234.5],
              "text": ["", "", LETTERS], "name": LETTERS}],
    "layout": {"height": 300, "showlegend": True, "legend": {"x": 0}, "separators": ", "},
}  # fmt: skip
MAP = {
    "data": [{"type": "choropleth", "locations": ["KAZ", "UZB"], "z": [1, 2], "showscale": False}],
    "layout": {"geo": {"resolution": 110, "showcoastlines": False, "showland": True}, "height": 300},
}


@pytest.fixture(scope="module")
def painter():
    made = Painter({"world_110m": WORLD.read_text("utf-8")}, longest=30.0)  # the machine may be busy
    yield made
    made.close()


def drawing(figure=None, **said):
    return Drawing(**{"figure": figure or LINE, "title": LETTERS, "source": "Дереккөз: UNCTAD",
                      "licence": "CC BY 4.0", "width": 600, **said})  # fmt: skip


@needs_browser
def test_a_picture_carries_its_words_its_letters_and_nothing_from_outside(painter):
    made = drawing(subtitle="a < b & c")
    svg = painter.svg(made)
    tree = etree.fromstring(svg)
    texts = [t.text for t in tree.findall(f"{SVG}text")]
    assert texts == [LETTERS, "a < b & c", "Дереккөз: UNCTAD", "CC BY 4.0"]
    assert tree.findtext(f"{SVG}title") == f"{LETTERS}, a < b & c"
    assert b"@font-face" in svg
    assert LETTERS in "".join(tree.find(f"{SVG}svg").itertext())
    assert not re.findall(rb"""(?:href|src)=["'](?!#|data:)|url\((?!["']?(?:#|data:))""", svg)
    assert painter.svg(made) == svg
    heights = [float(t.get("y")) for t in tree.findall(f"{SVG}text")]
    chart = tree.find(f"{SVG}svg")
    top = float(chart.get("y"))
    assert heights[1] < top < top + float(chart.get("height")) < heights[2] < float(tree.get("height"))


@needs_browser
def test_a_png_has_twice_the_pixels_of_the_svg(painter):
    made = drawing()
    svg, png = etree.fromstring(painter.svg(made)), painter.png(made)
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == (1200, round(float(svg.get("height")) * 2))


@needs_browser
def test_a_map_is_drawn_from_the_geometry_that_was_handed_over(painter):
    tree = etree.fromstring(painter.svg(drawing(MAP)))
    paths = [
        p
        for p in tree.iter(f"{SVG}path")
        if "choroplethlayer" in str(etree.tostring(p.getparent().getparent()))
    ]
    assert len([p for p in paths if len(p.get("d", "")) > 100]) >= 2


@needs_browser
def test_a_chart_of_a_table_says_source_release_and_licence(painter, store, catalogue):
    asked = Query("exports_services", areas=("KAZ",), lang="kk")
    made = captioned(table(answer(asked, store, catalogue), store, catalogue), LINE, date(2026, 11, 22))
    said = painter.svg(made).decode()
    assert "Дереккөз: ЮНКТАД" in said
    assert store.release.id in said
    assert "Лицензия" in said
    assert "[en]" not in said


@needs_browser
def test_what_never_ends_is_stopped_hard_and_the_next_is_drawn():
    browser = Browser(longest=4.0)  # a busy machine takes its time for "1 + 1"
    try:
        assert browser.evaluate("1 + 1") == 2
        first, started = browser._process.pid, time.monotonic()
        with pytest.raises(Stopped):
            browser.evaluate("for (;;) {}")
        assert time.monotonic() - started < 20
        assert not Path(f"/proc/{first}").exists()
        assert browser.evaluate("2 + 2") == 4
        killed = browser._process
        os.killpg(killed.pid, 9)
        os.waitid(os.P_PID, killed.pid, os.WEXITED | os.WNOWAIT)
        killed.poll = lambda: None  # as on a busy machine, which has not yet heard of its end
        assert browser.evaluate("3 + 3") == 6
        with pytest.raises(Refused, match="no such thing"):
            browser.evaluate("throw new Error('no such thing')")
        with pytest.raises(Refused):
            browser.evaluate("fetch('https://example.org').then(() => 1)")
    finally:
        browser.close()


def test_all_questions_of_one_sheet_have_one_end(monkeypatch):
    browser, ends = Browser(longest=4.0), []

    def ask(deadline, method, **what):
        ends.append(deadline)
        time.sleep(0.01)
        tree = {"frameTree": {"frame": {"id": "1"}}}
        return {"Page.getFrameTree": tree, "Page.printToPDF": {"data": ""}}.get(method, {"result": {}})

    monkeypatch.setattr(browser, "_warm", lambda: None)
    monkeypatch.setattr(browser, "_ask", ask)
    browser.printed("<p>words</p>")
    assert len(ends) == 4
    assert len(set(ends)) == 1


def test_without_a_browser_it_says_what_to_do(monkeypatch):
    monkeypatch.setenv(ENVIRONMENT, "/nowhere/chromium")
    with pytest.raises(NoBrowser, match=ENVIRONMENT):
        Painter(plotly="").svg(drawing())


def test_the_key_is_drawn_and_goes_on_in_the_next_line():
    key = [('<path fill="{c}" stroke="{f}"/>', "a lower bound: the figure is this or more"), ("", "x" * 60)]
    tree = etree.fromstring(framed('<svg height="1"></svg>', drawing(key=key, notes="Left out: Italy.")))
    assert not re.search("[{}]", tree.find(f"{SVG}g/{SVG}path").get("fill"))
    across, down = zip(*((t.get("x"), float(t.get("y"))) for t in tree.findall(f"{SVG}text")), strict=True)
    assert across[1:] == ("46", "24", "24", "24", "24")
    assert list(down) == sorted(set(down))


def test_no_sentence_of_ours_runs_out_of_the_picture():
    # Measured in the face of the pictures: the widest of ours, Kazakh and bold, has 0.545 of its height.
    for line in _wrapped("Қ" * 20 + " мәдениет" * 20, 24, 960):
        assert len(line) * 24 * 0.545 <= 960 - 2 * 24


def test_a_size_beyond_any_screen_is_refused():
    with pytest.raises(BadDrawing, match="90000"):
        Painter(plotly="").svg(drawing(width=90_000))
    with pytest.raises(BadDrawing, match="scale 9"):
        Painter(plotly="").png(drawing(), scale=9)


@needs_browser
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not here")
def test_a_pdf_has_a_page_for_each_chart_and_its_letters_as_text(painter, tmp_path):
    drawings = [drawing(), drawing(MAP, title="Second", source="Source: B")]
    body = pdf(painter, "A deck", drawings)
    (tmp_path / "a.pdf").write_bytes(body)
    text = subprocess.run(["pdftotext", str(tmp_path / "a.pdf"), "-"], capture_output=True, check=True).stdout
    first, second, rest = text.decode().split("\f")
    assert LETTERS.replace(" ", "") in first.replace(" ", "")  # it reads wide gaps, or none
    assert "Дереккөз: UNCTAD" in first
    assert "Second" in second
    assert "Source: B" in second
    assert rest == ""
    assert b"/Type3" in body  # the letters travel with it, as outlines
    assert b"DejaVu" not in body  # none is of the machine
    assert b"/Subtype /Image" not in body  # vectors, no photograph
    with pytest.raises(ValueError, match="0 pages"):
        pdf(painter, "A deck", [])
