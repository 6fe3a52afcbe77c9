"""On A4: no controls, no way that paper cannot go, nothing wider than the sheet."""

import re

import pytest

from tests.browser.judged import addresses
from tests.browser.looking import settled

A4 = {"width": 718, "height": 1047}
"""A4 at 96 dots an inch within margins of a centimetre."""
SHOWN = "element => element.checkVisibility()"


@pytest.mark.parametrize("path", addresses())
def test_a_page_prints_without_what_only_a_screen_needs(page, path):
    page.goto(path)
    settled(page)
    page.emulate_media(media="print")
    page.set_viewport_size(A4)
    for selector in (".controls", "#head nav", ".languages", ".skip", "button", ".freeze"):
        said = f"them => them.filter({SHOWN}).map(e => e.outerHTML.slice(0, 80))"
        shown = page.locator(selector).evaluate_all(said)
        assert shown == [], selector
    assert page.evaluate("document.documentElement.scrollWidth") <= A4["width"]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgba(0, 0, 0, 0)",
        "rgb(255, 255, 255)",
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
