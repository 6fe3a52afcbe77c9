"""Ten tasks of ministry staff (docs/tasks.md)."""

import re

from playwright.sync_api import expect

from dashboard.wording import wording
from indicators.concepts.codelist import codelist
from indicators.language import languages
from tests.browser.judged import PASSPORT
from tests.browser.seats import seats


@seats(0)
def test_m1_which_of_two_numbers_is_ours(seat):
    seat.open("/?area=KAZ")
    seat.press(seat.page.locator(".rival-count").first)
    said = seat.passport()
    expect(said.locator(".claims li")).not_to_have_count(0)
    expect(said).to_contain_text(seat.says("headline"))
    seat.page.keyboard.press("Escape")
    why = seat.page.locator("article.kpi details.why").first
    seat.press(why.locator("summary"))
    expect(why.locator("p").first).to_be_visible()
    seat.press(seat.page.locator(".rival-count").first)
    said = seat.passport()
    assert len(said.locator(".claims + *, .remark").all()) > 0


@seats(1)
def test_m2_a_number_beside_its_target(seat):
    seat.open("/?area=UZB")
    aimed = seat.page.locator("article.kpi:has(.bullet)").first
    expect(aimed.locator(".bullet")).to_be_visible()
    spoken = [seat.words.label("target_status", code) for code in codelist("target_status")]
    verdict = aimed.locator("[class*=status-]").first.inner_text()
    assert any(words.casefold() in verdict.casefold() for words in spoken), verdict
    seat.press(aimed.locator(".aim a.to-passport").first)
    seat.passport()


@seats(2)
def test_m3_targets_stand_in_a_table(seat):
    seat.open("/country?area=UZB")
    seat.page.goto(f"{seat.page.url}#plans")
    plans = seat.page.locator("#plans")
    expect(plans.locator("table").first).to_contain_text("2030")
    seat.press(plans.locator("a.to-passport").first)
    expect(seat.passport().locator(".tag-plan")).to_be_visible()


@seats(3)
def test_m4_the_same_number_on_card_passport_and_page(seat):
    seat.open("/?area=KAZ")
    number = seat.page.locator("#page a.number.big").first
    shown = digits(number.inner_text())
    seat.press(number)
    said = seat.passport().locator("h2.headline").inner_text()
    assert digits(said) == shown
    way = seat.page.locator("#passport a[href^='/figure/']").first
    seat.press(way)
    expect(seat.page.locator("#page .figure-page .headline")).to_have_text(said, use_inner_text=True)


def digits(text):
    return re.sub(r"[^\d.,]", "", text)


@seats(4)
def test_m5_what_is_overdue_is_seen(seat):
    seat.open("/?area=KAZ")
    everything = seat.page.locator("article.kpi").count()
    seat.press(seat.page.locator("a[href*='show=overdue']"))
    expect(seat.page).to_have_url(re.compile("show=overdue"))
    expect(seat.page.locator("article.kpi:not(:has(.late))")).to_have_count(0)
    assert 0 < seat.page.locator("article.kpi:has(.late)").count() < everything


@seats(5)
def test_m6_who_changed_this_and_why(seat):
    seat.open("/sources")
    correction = seat.page.locator("details[open] .findings li").first
    expect(correction.locator("q")).to_be_visible()
    seat.press(correction.locator("a.to-passport"))
    expect(seat.passport().locator(".findings")).to_be_visible()


@seats(6)
def test_m7_the_language_changes_with_the_content(seat):
    seat.open(f"/?area=KAZ&{PASSPORT}")
    seat.passport()
    seat.page.keyboard.press("Escape")
    other = languages()[(languages().index(seat.language) + 1) % len(languages())]
    seat.press(seat.page.locator(".languages summary"))
    seat.press(seat.page.locator(f".languages li[lang={other}] a"))
    expect(seat.page.locator("html")).to_have_attribute("lang", other)
    expect(seat.page.locator("#page h1")).to_contain_text(wording(other).label("area", "KAZ"))
    assert "area=KAZ" in seat.page.url


@seats(7)
def test_m8_numbers_are_written_as_the_reader_writes_them(seat):
    seat.open("/explore?indicator=exports_services_per_head&areas=KAZ,TUR&currency=USD")
    decimal = seat.words.language.locale.number_symbols["latn"]["decimal"]
    cells = seat.page.locator("table.years td .number").all_inner_texts()
    assert cells
    assert all(
        re.fullmatch(rf"[^\d]*[\d\s\u00a0\u202f.]*\d{re.escape(decimal)}\d+\D*", cell) for cell in cells
    ), cells


@seats(8)
def test_m9_what_is_not_published_cannot_be_guessed(seat):
    for address in ("/figure/KAZ-9999", "/?area=KAZ&release=0123456789ab"):
        seat.open(address)
        expect(seat.page.locator(".misread h1")).to_have_text(seat.says("This address cannot be read"))
        expect(seat.page.locator("#page a.to-passport")).to_have_count(0)


@seats(9)
def test_m10_a_map_names_its_boundaries(seat):
    seat.open("/explore?indicator=exports_services&currency=USD&chart=map&areas=KAZ,AZE,TUR,UZB,GEO")
    expect(seat.page.locator("figure.drawn .note").first).to_contain_text("4.1.1")
    seat.press(seat.page.locator("a.form[href*='chart=tiles']"))
    expect(seat.page.locator(".chart .heatmaplayer image, .chart .heatmaplayer path").first).to_be_attached()
    expect(seat.page.locator(".chart .geolayer path")).to_have_count(0)
