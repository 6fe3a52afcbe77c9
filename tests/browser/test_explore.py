"""Explore in a browser: controls, forms of chart, the year, tables and links, by mouse and by keyboard."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.looking import passport, title

ANSWERS = "**/_dash-update-component*"
BOARD = "/explore?indicator=exports_services_per_head&areas=KAZ,AZE,UZB&currency=USD"


def chart(page):
    expect(page.locator(".chart .main-svg").first).to_be_visible()


def test_a_wish_out_of_view_becomes_a_chip_and_the_part_stays_open(page):
    page.goto(BOARD)
    chart(page)
    page.locator(".more > summary").click()
    page.locator("#control-transform").select_option(label="Index, base year 100")
    expect(page.locator(".chip")).to_contain_text("Index, base year 100")
    expect(page.locator(".control-base")).to_be_visible()
    page.locator(".chip").click()
    expect(page.locator(".chip")).to_have_count(0)
    assert "transform" not in page.url
    assert "areas=KAZ,AZE,UZB" in page.url


def test_areas_are_taken_back_from_an_address_that_asks_nothing(page):
    page.goto("/explore")
    chart(page)
    chips = page.locator(".control-areas .chips button")
    for left in range(4, -1, -1):
        chips.first.click()
        expect(chips).to_have_count(left)
    expect(page).to_have_url(re.compile("indicator=exports_services_per_head"))
    assert "areas" not in page.url
    expect(page.locator("table.years tbody tr")).to_have_count(40)
    page.locator(".more-rows").click()
    expect(page.locator(".more-rows")).to_have_count(0)
    assert page.locator("table.years tbody tr").count() > 60


def late(route):
    """An answer that is long on its way, and comes between the presses of a reader who does not wait."""
    answer = route.fetch()
    time.sleep(0.15)
    route.fulfill(response=answer)


@pytest.mark.parametrize("pause", [0, 70, 200])
def test_five_quick_presses_all_count_and_are_taken_back_one_by_one(page, pause):
    six = "KAZ,AZE,UZB,GEO,TUR,RUS"
    address = f"/explore?indicator=exports_services_per_head&areas={six}&currency=USD"
    page.goto(address)
    chart(page)
    page.route(ANSWERS, late)
    chips = page.locator(".control-areas .chips button")
    for _ in range(5):
        box = chips.first.bounding_box()
        page.mouse.move(box["x"] + 9, box["y"] + 9)
        page.mouse.down()
        page.wait_for_timeout(30)
        page.mouse.up()
        page.wait_for_timeout(pause)
    expect(page).to_have_url(re.compile("areas=RUS&"))
    expect(page.locator("table.years tbody tr")).to_have_count(1)
    expect(page.locator("table.years tbody th")).to_have_text("Russia")
    expect(chips).to_have_count(1)
    for _ in range(5):
        page.get_by_role("button", name="Undo").click()
    assert page.url.endswith(address)
    expect(chips).to_have_count(6)
    expect(page.locator("table.years tbody tr")).to_have_count(6)


def test_a_form_picked_before_the_page_has_come_keeps_what_was_chosen_just_before(page):
    page.goto(BOARD)
    chart(page)
    page.route(ANSWERS, late)
    page.locator(".control-areas .chips button").first.click()
    page.get_by_role("link", name="Bar, newest").click()
    expect(page).to_have_url(re.compile("areas=AZE,UZB&.*chart=bar"))
    expect(page.locator(".form.here")).to_have_text("Bar, newest")
    expect(page.locator(".control-areas .chips button")).to_have_count(2)


def test_what_is_pressed_stays_the_same_element_while_the_page_changes(page):
    """The cause of lost presses: a page whose controls and chart were mounted anew for each answer."""
    page.goto(BOARD)
    chart(page)
    held = [page.locator(at).first.element_handle() for at in ("#control-areas", ".chart", ".form")]
    page.locator(".control-areas .chips button").first.click()
    expect(page.locator("table.years tbody tr")).to_have_count(2)
    assert all(element.evaluate("e => e.isConnected") for element in held)


def test_the_year_is_chosen_by_keyboard_and_stands_in_the_address(page):
    page.goto(f"{BOARD}&chart=ranked")
    chart(page)
    page.locator(".years-slider input").focus()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("year=2023"))
    expect(page.locator(".shown-year")).to_have_text("2023")
    expect(page.locator(".years-slider input")).to_be_focused()
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile("year=2010"))


def test_a_key_that_is_down_while_the_page_arrives_is_not_lost(page):
    page.goto(f"{BOARD}&chart=ranked")
    chart(page)
    slider = page.locator(".years-slider input")
    slider.focus()
    with page.expect_response(ANSWERS):
        page.keyboard.press("ArrowLeft")
        page.keyboard.down("Home")
    page.wait_for_timeout(200)
    page.keyboard.up("Home")
    expect(page).to_have_url(re.compile("year=2010"))
    expect(page.locator(".shown-year")).to_have_text("2010")
    expect(slider).to_be_focused()


def test_a_form_is_picked_and_one_that_cannot_be_drawn_says_why(page):
    page.goto(BOARD)
    chart(page)
    page.get_by_role("link", name="Bar, newest").click()
    expect(page.locator(".form.here")).to_have_text("Bar, newest")
    expect(page.locator(".chart .barlayer .point").first).to_be_visible()
    page.locator(".form.off").first.focus()
    expect(page.locator(".form.off .why").first).to_be_visible()


def test_all_figures_open_passports_too(page):
    page.goto("/explore?indicator=gdp_share&areas=KAZ,RUS&table=figures")
    page.locator(".grid").scroll_into_view_if_needed()
    page.locator(".grid").get_by_text("of GDP", exact=False).first.click()
    passport(page)


def test_the_nearest_question_is_one_press_away(page):
    page.goto("/explore?indicator=employment&areas=AZE&since=1995&until=1996")
    expect(page.locator(".panel.empty")).to_be_visible()
    page.locator(".panel.empty a").first.click()
    chart(page)
    title(page, "Employment")
