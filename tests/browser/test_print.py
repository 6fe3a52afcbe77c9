"""On A4: charts drawn for the sheet, what is folded up, white paper; each page: test_each_page.py."""

import re

import pytest

from tests.browser.looking import A4, settled

DRAWN = """() => [...document.querySelectorAll('#page .chart')].map(chart => ({
  wide: chart.querySelector('.main-svg').getBoundingClientRect().width, frame: chart.style.zoom,
  right: Math.max(...[...chart.querySelectorAll('text')].map(e => e.getBoundingClientRect().right))
    - chart.getBoundingClientRect().left,
  ink: [...chart.querySelectorAll('.xtick text, .ytick text')].map(e => getComputedStyle(e).fill)[0] || '' }))"""


@pytest.mark.parametrize("form", ["", "&chart=ranked", "&chart=heatmap", "&chart=multiples", "&chart=map"])
def test_a_chart_is_drawn_for_the_sheet_and_in_the_colours_of_paper(page, form):
    """What was 1160 wide on the screen was cut at the edge of the sheet, with its newest years."""
    page.emulate_media(color_scheme="dark")
    page.goto(f"/explore?indicator=exports_services_per_head&areas=KAZ,AZE,UZB&currency=USD{form}")
    settled(page)
    before = page.evaluate(DRAWN)
    assert before
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    printed = page.evaluate(DRAWN)
    for chart in printed:
        assert chart["wide"] <= A4["width"]
        assert chart["right"] <= A4["width"]
        assert chart["ink"] or "map" in form
        assert sum(map(int, re.findall(r"\d+", chart["ink"])[:3])) < 400, chart["ink"]
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.wait_for_timeout(300)
    assert page.evaluate(DRAWN) == before


def test_the_browser_says_that_it_prints(page):
    page.goto("/explore?indicator=exports_services_per_head&areas=KAZ,AZE,UZB&currency=USD")
    settled(page)
    page.evaluate(
        "window.said = []; for (const e of ['beforeprint', 'afterprint']) {"
        "addEventListener(e, () => said.push(e)); }"
    )
    page.pdf(prefer_css_page_size=True)
    assert page.evaluate("said") == ["beforeprint", "afterprint"]


def test_what_is_folded_up_on_the_screen_is_on_paper(page):
    page.goto("/country?area=UZB")
    settled(page)
    page.emulate_media(media="print")
    folded = page.locator("#page details:not([open]) td, #page details:not([open]) li")
    assert folded.count() > 5
    assert (
        folded.evaluate_all(
            "all => all.filter(e => !e.checkVisibility({contentVisibilityAuto: true})).length"
        )
        == 0
    )


def test_paper_is_white_in_the_dark_too_and_a4(page):
    page.emulate_media(color_scheme="dark")
    page.goto("/country?area=UZB")
    settled(page)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    printed = page.pdf(prefer_css_page_size=True)
    width, height = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed).groups())
    assert (round(width), round(height)) == (595, 842)
