"""The shell in a browser: colours that are remembered, undo, the server away, charts by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from dashboard import theme
from tests.browser.looking import passport, settled, title

CHART = "/explore?indicator=value_added&areas=KAZ,RUS,UZB&currency=USD"


@pytest.fixture
def alone(chromium, address):
    """A reader with cookies of their own, whose browser prefers light."""
    context = chromium.new_context(
        base_url=address, viewport={"width": 1440, "height": 900}, color_scheme="light"
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def rgb(colour):
    return "rgb({}, {}, {})".format(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))


def test_dark_is_chosen_remembered_and_written_by_the_server(alone):
    alone.goto(CHART)
    mark = alone.locator(".chart .scatterlayer .point").first
    expect(mark).to_be_visible()
    lit = mark.evaluate("e => getComputedStyle(e).fill")
    assert lit in {rgb(c) for c in theme.SERIES}
    alone.locator(".themes summary").click()
    alone.get_by_role("button", name="Dark").click()
    dark = mark.evaluate("e => getComputedStyle(e).fill")
    assert dark in {rgb(theme.DARK[c]) for c in theme.SERIES if rgb(c) == lit}
    assert alone.evaluate("getComputedStyle(document.body).backgroundColor") == rgb(theme.DARK[theme.PAPER])
    again = alone.goto("/?area=KAZ")
    assert '<html lang="en" data-theme="dark">' in again.text()
    title(alone, "Kazakhstan")
    spark = alone.locator("img.spark").first
    assert "prefers-color-scheme" not in spark.get_attribute("src")
    alone.locator(".themes summary").click()
    expect(alone.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    alone.get_by_role("button", name="As the system").click()
    assert alone.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert "prefers-color-scheme" in spark.get_attribute("src")
    assert "data-theme" not in alone.goto("/").text()


def test_a_map_in_the_dark_takes_every_colour_of_its_scale_from_the_dark_table(page):
    page.emulate_media(color_scheme="dark")
    page.goto("/explore?indicator=exports_services&currency=USD&chart=map&areas=KAZ,AZE,TUR,UZB,GEO")
    country = page.locator(".chart .choroplethlayer path").first
    expect(country).to_be_attached()
    paths = page.locator(".chart .choroplethlayer path")
    filled = set(paths.evaluate_all("them => them.map(one => getComputedStyle(one).fill)"))
    assert len(filled) > 1
    assert filled <= {rgb(theme.DARK[c]) for c in (*theme.SEQUENTIAL, theme.MISSING)}


def test_a_change_of_a_control_is_undone_by_button_and_by_keys(page):
    page.goto("/explore")
    undo = page.get_by_role("button", name="Undo")
    expect(page.locator(".chart .main-svg").first).to_be_visible()
    expect(undo).to_be_hidden()
    page.get_by_role("link", name="Bar, newest").click()
    expect(page.locator(".chart .barlayer .point").first).to_be_visible()
    undo.click()
    expect(page.locator(".chart .scatterlayer .point").first).to_be_visible()
    assert "chart=" not in page.url
    expect(undo).to_be_hidden()
    page.get_by_role("link", name="Bar, newest").click()
    expect(page).to_have_url(re.compile("chart=bar"))
    page.keyboard.press("Control+z")
    expect(page.locator(".chart .scatterlayer .point").first).to_be_visible()


def test_without_the_server_the_page_stays_and_is_tried_again(alone):
    alone.goto("/?area=KAZ")
    title(alone, "Kazakhstan")
    alone.route("**/_dash-update-component*", lambda route: route.abort())
    alone.get_by_role("link", name="Sources").click()
    expect(alone.get_by_text("The server cannot be reached.")).to_be_visible()
    title(alone, "Kazakhstan")
    alone.unroute("**/_dash-update-component*")
    alone.get_by_role("button", name="Try again").click()
    title(alone, "Where every figure comes from")
    expect(alone.get_by_text("The server cannot be reached.")).to_be_hidden()


def test_a_slow_page_is_marked_as_busy_and_the_old_one_stays(alone):
    alone.goto("/?area=KAZ")
    title(alone, "Kazakhstan")
    held = []
    alone.route("**/_dash-update-component*", lambda route: held.append(route))
    alone.get_by_role("link", name="Sources").click()
    expect(alone.locator("#page")).to_have_attribute("aria-busy", "true")
    expect(alone.get_by_role("progressbar")).to_be_visible()
    title(alone, "Kazakhstan")
    held[0].continue_()
    title(alone, "Where every figure comes from")
    expect(alone.get_by_role("progressbar")).to_be_hidden()
    assert alone.locator("#page").get_attribute("aria-busy") is None


def test_the_points_of_a_chart_are_reached_and_opened_by_keyboard(page):
    page.goto(CHART)
    chart = page.get_by_role("application")
    expect(page.locator(".chart .scatterlayer .point").first).to_be_visible()
    chart.focus()
    page.keyboard.press("ArrowRight")
    heard = page.locator(".heard[aria-live]").first
    expect(heard).to_contain_text("Kazakhstan")
    first = heard.text_content()
    page.keyboard.press("ArrowDown")  # the rival of the same year
    page.keyboard.press("ArrowDown")
    expect(heard).not_to_have_text(first)
    expect(page.locator(".chart .hoverlayer .hovertext")).to_be_visible()
    said = heard.text_content()
    assert "<" not in said
    page.keyboard.press("Enter")
    passport(page)
    assert "passport=" in page.url
    page.keyboard.press("Escape")
    expect(page.locator("#passport")).to_be_hidden()
    expect(chart).to_be_focused()


SHIFTS = """window.shifted = 0; new PerformanceObserver(list => list.getEntries().forEach(one => {
  if (!one.hadRecentInput) { window.shifted += one.value; } })).observe({ type: "layout-shift", buffered: true });"""


def test_a_page_of_charts_shifts_nothing(alone):
    alone.add_init_script(SHIFTS)
    alone.goto("/explore")
    expect(alone.locator(".chart .main-svg").first).to_be_visible()
    alone.wait_for_timeout(300)
    assert alone.evaluate("window.shifted") <= 0.05


@pytest.mark.parametrize("opened", ["/explore", "/explore?lang=kk", "/?area=KAZ&lang=ru"])
def test_letters_that_come_late_move_nothing(alone, opened):
    late = []
    alone.add_init_script(SHIFTS)
    alone.route("**/*.woff2*", lambda route: late.append(route))
    alone.goto(opened, wait_until="commit")
    expect(alone.locator("#page h1").first).to_be_visible()
    expect(alone.locator(".chart .main-svg, .spark").first).to_be_visible()
    for letters in late:
        letters.continue_()
    alone.evaluate("document.fonts.ready")
    alone.wait_for_timeout(300)
    assert late
    assert alone.evaluate("window.shifted") <= 0.02


@pytest.mark.parametrize(
    "path", ["/?area=CIS&lang=bg", f"{CHART}&chart=heatmap&lang=kk", f"{CHART}&chart=tiles&lang=ru"]
)
def test_no_page_is_wider_than_its_screen(page, path):
    """A tablet and a narrow laptop stand between the telephone and the desk that other tests look at."""
    page.goto(path)
    settled(page)
    for width in (360, 390, 721, 768, 1024, 1341):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(150)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
