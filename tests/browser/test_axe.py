"""No page breaks a rule that axe-core knows of: WCAG 2.2 AA and its best practice."""

from importlib.resources import files

import pytest

from tests.browser.judged import PASSPORT, addresses
from tests.browser.looking import passport, settled

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""The rules that a change from light to dark can break; the others are asked once a width."""
RUN = """([type, values]) => axe.run(document, {runOnly: {type, values}, resultTypes: ['violations']})
  .then(found => found.violations.flatMap(broken => broken.nodes.map(
    node => broken.id + ': ' + node.target.join(' ') + ' · ' + node.failureSummary.split('\\n').slice(1).join(' '))))"""
LOOKS = [("light", 1440), ("dark", 1440), ("dark", 390), ("light", 390)]


def broken(page, rules=("tag", TAGS)):
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    return page.evaluate(RUN, rules)


def everywhere(page):
    """What is broken in light and in dark, on a desk and on a telephone."""
    found = []
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(200)
        rules = ("tag", TAGS) if scheme == "light" else ("rule", OF_COLOUR)
        found += [f"{scheme} {width}: {what}" for what in broken(page, rules)]
    return found


@pytest.mark.parametrize("path", addresses())
def test_a_page_breaks_no_rule(page, path):
    page.goto(path)
    settled(page)
    found = everywhere(page)
    assert not found, "\n".join(found)


def test_an_open_passport_breaks_no_rule(page):
    page.goto(f"/?area=KAZ&{PASSPORT}")
    passport(page)
    found = everywhere(page)
    assert not found, "\n".join(found)


def test_open_menus_break_no_rule(page):
    """Each of them opened in its turn: lists of choices, the list of languages, what the pages add."""
    page.goto("/explore")
    settled(page)
    found, opened = [], 0
    for menu in page.locator("summary, [role=combobox], button[aria-haspopup]").all():
        if menu.is_visible():
            menu.click()
            opened += 1
            found += broken(page)
            page.keyboard.press("Escape")
    assert opened >= 3
    assert not found, "\n".join(sorted(set(found)))
