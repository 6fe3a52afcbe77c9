"""Ten tasks of presenters (docs/tasks.md)."""

import json
import re

from playwright.sync_api import expect

from tests.browser.seats import seats

SMALLEST_DRAWN = """() => Math.min(...[...document.querySelectorAll('.slide.on *')]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && e.getClientRects().length)
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
"""The smallest type of the slide that is shown, in pixels of a stage of 1080 lines."""
ASKED = "/explore?indicator=value_added&areas=KAZ,RUS,UZB&currency=USD"


@seats(20)
def test_p1_a_comparison_is_printed_with_its_chart(seat):
    seat.open(ASKED)
    seat.page.emulate_media(media="print")
    chart = seat.page.locator(".chart .main-svg").first
    expect(chart).to_be_visible()
    assert chart.locator("path").count() > 5
    assert len(seat.page.pdf()) > 20_000


@seats(21)
def test_p2_every_row_is_on_paper(seat):
    seat.open("/country?area=UZB")
    rows = seat.page.locator("table tr").count()
    seat.page.emulate_media(media="print")
    hidden = "rows => rows.filter(row => !row.checkVisibility()).length"
    assert seat.page.locator("table tbody tr").evaluate_all(hidden) == 0
    assert rows > 20
    printed = seat.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b", printed)) >= 2


def deck(seat):
    """The slides of the reader's deck."""
    seat.open("/present")
    expect(seat.page.locator(".decks.drawn")).to_be_attached()
    return seat.page.locator(".deck-slides > li")


def taken(seat, which=0):
    """One part of the page that is open, in the deck."""
    seat.press(seat.page.locator("button.add-slide").nth(which))
    expect(seat.page.locator("#toast a").last).to_be_visible()


def emptied(seat):
    """No slide is left of those that other tasks took."""
    deck(seat)
    seat.page.evaluate(
        "indexedDB.databases().then(all => all.forEach(d => indexedDB.deleteDatabase(d.name)))"
    )
    seat.page.reload()


@seats(22)
def test_p3_a_chart_becomes_a_slide(seat):
    emptied(seat)
    seat.open(ASKED)
    taken(seat)
    slides = deck(seat)
    expect(slides).to_have_count(1)
    expect(slides.first).to_contain_text(seat.words.text("Value added"))


@seats(23)
def test_p4_a_treemap_stays_a_treemap(seat):
    emptied(seat)
    seat.open("/explore?indicator=value_added&areas=USA&chart=treemap")
    expect(seat.page.locator(".chart .treemaplayer path").first).to_be_attached()
    boxes = seat.page.locator(".chart .treemaplayer .slice").count()
    taken(seat)
    expect(deck(seat)).to_have_count(1)
    seat.press(seat.page.get_by_role("button", name=seat.says("Present the deck")))
    expect(seat.page.locator(".slide.on .treemaplayer .slice")).to_have_count(boxes)


@seats(24)
def test_p5_a_deck_is_saved_at_once(seat):
    emptied(seat)
    seat.open(ASKED)
    taken(seat)
    deck(seat)
    with seat.page.expect_download() as waiting:
        seat.press(seat.page.get_by_role("button", name=seat.says("Save to a file")))
    saved = json.loads(waiting.value.path().read_text("utf-8"))
    assert waiting.value.suggested_filename.endswith(".deck.json")
    assert [slide["kind"] for slide in saved["slides"]] == ["chart"]
    assert seat.words.text("Value added") in json.dumps(saved, ensure_ascii=False)


@seats(25)
def test_p6_every_letter_comes_from_the_bundled_font(seat):
    seat.open("/?area=KAZ")
    letters = seat.words.language.alphabet
    assert seat.page.evaluate(
        """letters => document.fonts.load('16px "Source Sans 3"', letters).then(found => found.length > 0)""",
        letters,
    )
    assert seat.page.evaluate("""letters => document.fonts.check('16px "Source Sans 3"', letters)""", letters)


@seats(26)
def test_p7_a_map_needs_nobody_else(seat):
    seat.open("/explore?indicator=exports_services&currency=USD&chart=map&areas=KAZ,AZE,TUR,UZB,GEO")
    expect(seat.page.locator(".choroplethlayer path").first).to_be_attached()


@seats(27)
def test_p8_a_chart_is_made_of_vectors(seat):
    seat.open(ASKED)
    assert seat.page.locator(".chart .main-svg .scatterlayer path").count() > 5
    assert seat.page.locator(".chart canvas, .chart img").count() == 0


@seats(28)
def test_p9_the_back_row_can_read_it(seat):
    emptied(seat)
    seat.open(ASKED)
    taken(seat)
    deck(seat)
    seat.press(seat.page.get_by_role("button", name=seat.says("Present the deck")))
    expect(seat.page.locator(".slide.on .main-svg").first).to_be_attached()
    width = seat.page.locator(".show-stage").evaluate("e => e.offsetWidth")
    assert width in (1920, 1440)
    assert seat.page.evaluate(SMALLEST_DRAWN) >= 24
    seat.page.keyboard.press("Escape")
    expect(seat.page.locator(".slide.on")).to_have_count(0)


@seats(29)
def test_p10_a_country_without_figures_is_said(seat):
    seat.open("/explore?indicator=museum_attendance&areas=FJI")
    expect(seat.page.locator(".empty h2, .empty h1").first).not_to_be_empty()
    expect(seat.page.locator(".chart")).to_have_count(0)
    assert seat.page.locator("#page a").count() > 0
