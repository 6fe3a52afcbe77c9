"""The first chart of Explore stands before Dash starts, and is the one that Dash then shows."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import settled

BOARD = "/explore?indicator=exports_services_per_head&areas=KAZ,AZE,UZB&currency=USD"
PLACES = """() => [...document.querySelectorAll('.site-head > *, h1, .control, .form, figure, figure *')]
  .map(one => [one.tagName, one.getBoundingClientRect()]).filter(([, box]) => box.width && box.height)
  .map(([name, box]) => name + [box.x, box.y, box.width, box.height].map(Math.round))"""
SHIFTS = """window.shifted = 0; new PerformanceObserver(list => list.getEntries().forEach(one => {
  window.shifted += one.value; })).observe({ type: 'layout-shift', buffered: true })"""


def before_dash(page, path):
    """The page before Dash runs, and what lets it run."""
    page.goto(path)
    settled(page)  # the answer is kept now, and comes before patience ends
    held = []
    page.route(re.compile("dash_renderer"), lambda route: held.append(route))
    page.goto(path, wait_until="commit")
    expect(page.locator(".first-page .main-svg .scatterlayer .point").first).to_be_visible()
    page.evaluate("document.fonts.ready.then(() => { window.shifted = 0 })")  # letters come as on any page
    while not held:
        page.wait_for_timeout(50)

    def go_on():
        page.route(re.compile("dash_renderer"), lambda route: route.continue_())
        for route in held:
            route.continue_()
        expect(page.locator(".first-page")).to_have_count(0)
        settled(page)

    return go_on


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", [BOARD, f"{BOARD}&lang=kk&chart=multiples", f"{BOARD}&since=2015"])
def test_the_page_before_dash_is_the_page_after_it(page, path, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    go_on = before_dash(page, path)
    assert page.locator("#page").count() == 0
    first = page.evaluate(PLACES)
    assert len(first) > 100
    page.evaluate("document.querySelectorAll('.js-plotly-plot').forEach(one => { one.early = true; })")
    go_on()
    expect(page.locator(".first-page")).to_have_count(0)
    assert page.evaluate("[...document.querySelectorAll('#page .chart')].every(one => one.early)")
    assert page.evaluate("window.shifted") <= 0.05
    assert page.evaluate(PLACES) == first


def test_a_chart_taken_over_lives(page):
    go_on = before_dash(page, BOARD)
    go_on()
    point = page.locator(".chart .scatterlayer .point").last
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#passport .passport")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".control-areas .chips button").first.click()
    expect(page.locator(".control-areas .chips button")).to_have_count(2)
    expect(page.locator("#page .chart")).to_have_count(1)
    expect(page.locator(".chart .textpoint, .chart .scatterlayer .trace")).not_to_have_count(0)
    page.locator(".control-areas .chips button").first.click()
    expect(page.locator(".control-areas .chips button")).to_have_count(1)
    expect(page.locator("#page .chart .main-svg").first).to_be_visible()


def test_an_address_that_changes_before_dash_is_the_one_that_is_shown(page):
    go_on = before_dash(page, BOARD)
    page.evaluate("site.go('/explore?indicator=exports_services_per_head&areas=TUR&currency=USD')")
    go_on()
    expect(page.locator("#page h2").first).to_contain_text("Türkiye")
    expect(page.locator("#page .chart")).to_have_count(1)
    expect(page.locator("#page .chart .main-svg").first).to_be_visible()


def test_a_page_without_a_chart_waits_for_nothing(page):
    page.goto("/explore?indicator=nothing_of_the_kind")
    expect(page.locator("#page h1, #page h2").first).to_be_visible()
    assert page.locator(".first-page").count() == 0


def test_an_answer_that_fails_once_is_asked_again(reader):
    page, answers = reader.new_page(), []

    def fail_once(route):
        answers.append(route)
        if len(answers) == 1:
            route.abort()
        else:
            route.continue_()

    page.route("**/_dash-update-component*", fail_once)
    page.goto(BOARD, wait_until="commit")
    expect(page.locator("html.unreachable")).to_have_count(1)
    page.evaluate("site.again()")
    settled(page)
    expect(page.locator("#page .chart .main-svg").first).to_be_visible()
    page.close()
