"""The search box in a real browser: by keyboard alone, from any page."""

import re

from playwright.sync_api import expect


def test_a_country_is_found_and_opened_without_a_mouse(page):
    page.goto("/explore")
    expect(page.locator("#page footer")).to_be_visible()
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Search indicators")
    expect(box).to_be_focused()
    page.keyboard.type("azerbai")
    options = page.locator("#search-list [role=option]")
    expect(options.first).to_contain_text("Azerbaijan")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "search-list-0")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/\?area=AZE$"))
    expect(page.locator("#page h1")).to_have_text("Azerbaijan")


def test_escape_closes_the_list_and_then_empties_the_box_and_enter_lists_everything(page):
    page.goto("/sources?lang=tr")
    expect(page.locator("#page footer")).to_be_visible()
    box = page.locator("#head [role=combobox]")
    box.focus()
    page.keyboard.type("MÜZE")
    expect(page.locator("#search-list")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#search-list")).to_be_hidden()
    expect(box).to_have_value("MÜZE")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/search.*q=M"))
    expect(page.locator("#page h1")).to_have_text("MÜZE")
    expect(page.locator(".found li").first).to_contain_text("Müze")
    box.focus()
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
