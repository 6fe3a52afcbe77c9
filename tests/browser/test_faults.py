"""What a reader sees when something fails: a part of a page, an answer, the server. Never a blank page."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import settled

EXPLORE = "/explore?indicator=exports_services_per_head&areas=KAZ,AZE,UZB&currency=USD"
BREAK = """name => { const whole = site[name]; site.broken = true; site[name] = props => {
  if (site.broken) { throw new Error("broken on purpose"); }
  return React.createElement(whole, props); }; }"""
MEND = "() => { site.broken = false; }"


@pytest.fixture
def stranger(reader):
    """A page that may complain: what fails is said on the console too."""
    page = reader.new_page()
    page.set_default_timeout(30_000)
    yield page
    page.close()


def change(page):
    page.evaluate("site.go(location.pathname + location.search.replace('UZB', 'TUR'))")


@pytest.mark.parametrize("part", ["Years", "Chart", "Slider", "Choice"])
def test_a_part_that_cannot_be_drawn_leaves_the_others(stranger, part):
    page = stranger
    page.goto(f"{EXPLORE}&chart=ranked")
    settled(page)
    page.evaluate(BREAK, part)
    change(page)
    said = page.locator("#page .chart-fails")
    expect(said.first).to_contain_text("This part of the page could not be drawn.")
    expect(page.locator("#page h2").first).to_contain_text("Türkiye")
    expect(page.locator("#page footer")).to_be_visible()
    expect(page.locator("#page .chart .main-svg").first).to_be_attached(attached=part != "Chart")
    n = said.count()
    page.evaluate(MEND)
    said.first.get_by_role("button", name="Try again").press("Enter")
    expect(said).to_have_count(n - 1)


def test_what_comes_next_in_the_place_of_a_broken_part_is_drawn(stranger):
    page = stranger
    page.goto(EXPLORE)
    settled(page)
    page.evaluate(BREAK, "Years")
    change(page)
    expect(page.locator("#page .chart-fails")).to_have_count(1)
    page.evaluate(MEND)
    page.evaluate("site.go(location.pathname + location.search.replace('TUR', 'RUS'))")
    expect(page.locator("#page h2").first).to_contain_text("Russia")
    expect(page.locator("#page .chart-fails")).to_have_count(0)


@pytest.mark.parametrize("answer", [500, 503, "abort"])
def test_an_answer_that_fails_is_told_and_asked_again(stranger, answer):
    page = stranger
    page.goto(EXPLORE)
    settled(page)
    before = page.locator("#page h2").first.inner_text()
    how = (lambda r: r.abort()) if answer == "abort" else (lambda r: r.fulfill(status=answer, body="oops"))
    page.route("**/_dash-update-component*", how)
    change(page)
    bar = page.locator("#head .unreachable-bar")
    expect(bar).to_be_visible()
    expect(bar).to_contain_text("What you see stays as it was")
    expect(page.locator(".first-away")).to_be_hidden()
    assert page.locator("#page h2").first.inner_text() == before
    page.unroute("**/_dash-update-component*")
    bar.get_by_role("button", name="Try again").press("Enter")
    expect(page.locator("#page h2").first).to_contain_text("Türkiye")
    expect(bar).to_be_hidden()


@pytest.mark.parametrize("path", ["/?area=KAZ", EXPLORE])
def test_a_first_page_whose_answer_fails_says_so_too(stranger, path):
    page = stranger
    page.route("**/_dash-update-component*", lambda r: r.fulfill(status=500, body="oops"))
    page.goto(path)
    bar = page.locator(".first-away")
    expect(bar).to_contain_text("The server does not answer")
    expect(bar).to_be_visible()
    page.unroute("**/_dash-update-component*")
    bar.get_by_role("button", name="Try again").press("Enter")
    settled(page)
    expect(bar).to_be_hidden()
