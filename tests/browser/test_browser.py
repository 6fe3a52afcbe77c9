"""The site in a real browser: it works, it keeps to this machine, and three clicks are enough."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import passport, settled, title


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "Kazakhstan"),
        ("/?area=CIS", "Commonwealth of Independent States"),
        ("/explore", "Exports of creative services per head"),
        ("/explore?indicator=museum_attendance&areas=KAZ,AZE,RUS,TUR,UZB&chart=bar", "Museum attendance"),
        ("/country?area=USA&measure=gva", "United States"),
        ("/country?area=ARM", "Armenia"),
        ("/sources", "Where every figure comes from"),
        ("/figure/KAZ-056?indicator=gdp_share", "of GDP"),
        ("/explore?indicator=exports_service&areas=KAS", "This address cannot be read"),
    ],
)
def test_a_page_opens_and_fits_a_telephone(page, path, words):
    page.goto(path)
    title(page, words)
    if path.startswith("/explore") and "cannot" not in words:
        expect(page.locator(".chart .main-svg").first).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(250)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert words in page.title()


def test_the_language_changes_in_place_and_stays(page):
    page.goto("/explore?indicator=value_added&areas=KAZ,UZB&currency=USD&passport=KAZ-056")
    passport(page)
    page.keyboard.press("Escape")
    page.locator(".languages summary").click()
    page.get_by_role("link", name="Қазақша").click()
    title(page, "Қосылған құн")
    expect(page.locator("html")).to_have_attribute("lang", "kk")
    expect(page.locator(".languages ul")).to_be_hidden()
    assert "indicator=value_added" in page.url
    assert "lang=kk" in page.url
    page.locator("table.years .number").first.click()
    expect(passport(page)).to_contain_text("Басылғандай")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Дереккөздер", exact=True).click()
    title(page, "Әр дерек қайдан алынған")
    assert "lang=kk" in page.url
    page.locator(".languages summary").click()
    page.get_by_role("link", name="English").click()
    title(page, "Where every figure comes from")
    assert "lang" not in page.url


def test_the_language_changes_under_an_open_passport(page):
    page.set_viewport_size({"width": 1600, "height": 900})
    page.goto("/?area=KAZ&indicator=gdp_share&passport=KAZ-056&lang=ru")
    expect(passport(page)).to_contain_text("Как напечатано")
    page.locator(".languages").evaluate("menu => { menu.open = true }")
    page.locator("a.language", has_text="Türkçe").evaluate("link => link.click()")
    expect(passport(page)).to_contain_text("Basıldığı gibi")
    assert "passport=KAZ-056" in page.url


def test_letters_of_all_languages_come_from_the_bundled_font(page):
    page.goto("/?lang=kk")
    title(page, "Қазақстан")
    for letters in ("әғқңөұүһі", "əğıöüşçİ", "ёъыэѝ"):
        assert page.evaluate(
            """letters => document.fonts.load('16px "Source Sans 3"', letters).then(found => found.length > 0)""",
            letters,
        )


def test_one_page_view_is_one_request_for_data(page):
    asked = []
    page.on(
        "request",
        lambda r: (
            asked.append(r.url) if r.url.endswith("_dash-update-component") or r.method == "POST" else None
        ),
    )
    page.goto("/country?area=KAZ")
    title(page, "Kazakhstan")
    page.wait_for_timeout(300)
    assert len(asked) == 1


def test_a_passport_that_is_opened_is_one_request_more_and_one_that_closes_none(page):
    page.goto("/?area=KAZ")
    settled(page)
    asked = []
    page.on("request", lambda r: asked.append(r.url) if "_dash-update-component" in r.url else None)
    page.locator("#page a.to-passport").first.click()
    page.locator("#passport .passport").wait_for()
    page.keyboard.press("Escape")
    page.locator("#passport .passport").wait_for(state="detached")
    page.wait_for_timeout(200)
    assert len(asked) <= 2
    assert asked


def test_a_number_opens_its_passport_and_the_page_stays(page):
    page.goto("/explore")
    expect(page.locator(".chart .main-svg").first).to_be_visible()
    number = page.locator("table.years .number").first
    number.scroll_into_view_if_needed()
    before = page.evaluate("window.scrollY")
    number.click()
    drawer = passport(page)
    expect(drawer.locator("h2.headline")).to_be_focused()
    expect(drawer).to_contain_text("How this number was made")
    assert page.evaluate("window.scrollY") == before
    assert "passport=" in page.url
    page.keyboard.press("Escape")
    expect(page.locator("#passport")).to_be_hidden()
    expect(number).to_be_focused()
    page.go_back()
    passport(page)


def test_a_mark_of_a_chart_opens_its_passport_and_no_menu_of_the_vendor(page):
    page.goto("/explore?indicator=value_added&areas=KAZ,RUS,UZB&currency=USD")
    point = page.locator(".chart .scatterlayer .point").last
    expect(point).to_be_visible()
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(passport(page)).to_contain_text("As printed")
    assert page.locator(".modebar-btn").count() == 0


def test_rates_denominators_and_rivals_lead_to_passports_of_their_own(page):
    page.goto("/?area=KAZ&indicator=gdp_share&passport=KAZ-056")
    passport(page).get_by_text("291,480,274,649").click()
    expect(passport(page)).to_contain_text("Gross domestic product")
    page.go_back()
    expect(passport(page)).to_contain_text("Share of the economy")


def test_controls_write_the_address_and_the_address_is_the_page(page):
    page.goto("/explore")
    expect(page.locator(".chart .main-svg").first).to_be_visible()
    page.get_by_role("link", name="Bar, newest").click()
    expect(page).to_have_url(re.compile("chart=bar"))
    page.reload()
    expect(page.locator(".chart .barlayer .point").first).to_be_visible()
    page.get_by_role("combobox", name="Indicator", exact=True).click()
    page.get_by_role("option", name=re.compile("^Museum attendance")).click()
    title(page, "Museum attendance")
    expect(page).to_have_url(re.compile("indicator=museum_attendance"))


def card(page, name):
    return page.locator("article.card").filter(has=page.get_by_role("heading", name=name, exact=True))


def test_what_is_our_share_of_gdp_by_whom_and_what_else_is_claimed(page):
    page.goto("/")
    card(page, "Share of GDP, as stated").locator(".number.big").click()
    said = passport(page)
    expect(said).to_contain_text("Who states it")
    expect(said).to_contain_text("Rival claims")
    expect(said).to_contain_text("Its series")


def test_how_do_we_compare_with_neighbours_on_exports(page):
    page.goto("/")
    card(page, "Exports of creative services").get_by_role("link", name="Compare").click()
    title(page, "Exports of creative services")
    expect(page.locator("table.years")).to_contain_text("Kyrgyzstan")


def test_which_figure_may_i_quote(page):
    page.goto("/")
    card(page, "Value added").locator(".number.big").click()
    expect(passport(page).locator(".citation")).to_contain_text("KAZ-056")
    expect(passport(page).locator("blockquote")).to_contain_text("надхвърли 2 милиарда долара")


def test_is_the_rise_in_visits_real(page):
    page.goto("/")
    card(page, "Cinema attendance").locator(".number.big").click()
    expect(passport(page)).to_contain_text("A change of publisher can be a change of coverage")


def test_who_contradicts_the_headline(page):
    page.goto("/")
    page.get_by_role("link", name="2 rival claims").first.click()
    expect(passport(page)).to_contain_text("Rival claims (2)")


def test_what_is_still_missing_for_us(page):
    page.goto("/")
    page.get_by_role("link", name="What is still missing").click()
    expect(page.locator("#missing")).to_be_in_viewport()


def test_which_targets_are_set_for_2030(page):
    page.goto("/")
    page.get_by_role("link", name="Uzbekistan").first.click()
    title(page, "Uzbekistan")
    page.get_by_role("link", name="Targets", exact=True).click()
    expect(page.locator("#plans")).to_be_in_viewport()
    expect(page.locator("#plans")).to_contain_text("2030")


def test_which_regions_lead_in_visits(page):
    page.goto("/")
    page.get_by_role("link", name="Regions").click()
    expect(page.locator("#regions tbody tr").first).to_contain_text("Almaty")


def test_what_is_the_turnover_of_the_cis(page):
    page.goto("/")
    page.get_by_role("link", name="Commonwealth of Independent States").first.click()
    title(page, "Commonwealth")
    expect(card(page, "Trade turnover, all goods")).to_contain_text("110")


def test_is_a_source_among_ours(page):
    page.goto("/sources")
    page.get_by_placeholder("Publisher or words of the title").fill("unctad")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("Publications \\(\\d+ of"))).to_be_visible()


def test_what_must_be_known_stands_apart_from_the_definition(page):
    page.goto("/method/gdp_share")
    title(page, "Share of the economy")
    apart = "dl => dl.nextElementSibling.getBoundingClientRect().top - dl.getBoundingClientRect().bottom"
    assert page.locator("dl.dossier").first.evaluate(apart) >= 24
