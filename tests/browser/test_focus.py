"""By keyboard: the way to the content, the order, focus that is seen, targets that can be hit, Escape."""

import pytest
from playwright.sync_api import expect

from tests.browser.judged import PASSPORT
from tests.browser.looking import hard_to_hit, passport, settled


def test_the_first_stop_leads_to_the_content(page):
    page.goto("/?area=KAZ")
    settled(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main#page")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#page') !== null")


def test_targets_of_an_open_passport_can_be_hit(page):
    page.goto(f"/?area=KAZ&{PASSPORT}")
    passport(page)
    assert hard_to_hit(page) == []


def test_escape_closes_what_is_open_and_the_focus_returns(page):
    page.goto("/?area=KAZ")
    settled(page)
    number = page.locator("#page a.to-passport").first
    number.focus()
    page.keyboard.press("Enter")
    passport(page)
    page.keyboard.press("Escape")
    expect(number).to_be_focused()
    summary = page.locator(".languages summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".languages ul")).to_be_visible()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()


def test_a_list_is_searched_and_chosen_from_by_keyboard(page):
    page.goto("/explore?indicator=value_added&areas=KAZ&currency=USD")
    settled(page)
    field = page.get_by_role("combobox", name="Countries and groups")
    field.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("uzbek")
    expect(page.get_by_role("option", name="Uzbekistan")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.wait_for_url("**areas=KAZ,UZB**")
    expect(page.locator("table.years")).to_contain_text("Uzbekistan")
    expect(field).to_be_focused()
    page.keyboard.press("Backspace")
    page.wait_for_url(lambda address: "UZB" not in address)


def test_nothing_moves_for_those_who_asked_for_rest(page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"/?area=KAZ&{PASSPORT}")
    passport(page)
    moving = page.evaluate(
        "document.getAnimations().filter(a => a.playState === 'running').map(a => a.animationName || a.transitionProperty)"
    )
    assert moving == []


def focused(page, at):
    return page.evaluate("at => document.activeElement.matches(at)", at)


def tab_to(page, at, most=40):
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page, at):
            return
    raise AssertionError(f"no way to {at} by Tab")


def test_the_focus_stays_where_something_goes_away(page):
    """The last area, the last change that could be undone, the menu of languages, the button of more rows."""
    page.goto("/explore?indicator=exports_services_per_head&areas=KAZ&currency=USD")
    settled(page)
    page.locator(".control-areas .chips button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#control-areas")).to_be_focused()
    expect(page.locator(".more-rows")).to_be_visible()
    page.locator(".more-rows").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".more-rows")).to_have_count(0)
    expect(page.locator(".tables .scroll").first).to_be_focused()
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main#page")).to_be_focused()
    page.locator(".languages summary").focus()
    page.keyboard.press("Enter")
    tab_to(page, ".languages li[lang=tr] a", 6)
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "tr")
    expect(page.locator(".languages summary")).to_be_focused()


def test_what_is_added_to_a_deck_is_said_beside_the_button_and_covers_no_focus(page):
    page.goto("/explore?indicator=value_added&areas=KAZ,UZB&currency=USD")
    settled(page)
    button = page.locator("figure button.add-slide").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#toast a")).to_be_visible()
    expect(button).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#toast a")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    assert focused(page, ".chart-tools a")
    for _ in range(20):
        page.keyboard.press("Tab")
        assert not page.evaluate(
            """async () => {
              await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
              const a = document.activeElement.getBoundingClientRect();
              const toast = document.getElementById("toast"), t = toast.getBoundingClientRect();
              return !toast.contains(document.activeElement) && a.top >= t.top && a.bottom <= t.bottom && a.left >= t.left && a.right <= t.right }"""
        )


@pytest.mark.parametrize(
    ("form", "first", "below"),
    [
        ("heatmap&areas=KAZ,AZE", "Kazakhstan", "Azerbaijan"),
        ("tiles&areas=KAZ,AZE,GEO", "Kazakhstan", "Georgia"),
        ("map&areas=KAZ,AZE,GEO", "Kazakhstan", ""),
    ],
)
def test_marks_of_every_kind_of_chart_are_reached_by_keyboard(page, form, first, below):
    page.goto(f"/explore?indicator=exports_services&currency=USD&chart={form}")
    settled(page)
    chart, heard = page.locator(".chart"), page.locator(".chart-frame .heard")
    chart.focus()
    page.keyboard.press("ArrowRight")
    expect(heard).to_contain_text(first)
    expect(page.locator(".mark-says")).to_contain_text(first)
    if below:
        page.keyboard.press("ArrowDown")
        expect(heard).to_contain_text(below)
    said = heard.text_content().split(";")[1].strip()
    page.keyboard.press("Enter")
    expect(passport(page)).to_contain_text(said)
    page.keyboard.press("Escape")
    expect(chart).to_be_focused()


def test_the_grid_is_left_by_tab_and_a_passport_gives_the_cell_back(page):
    page.goto("/explore?indicator=value_added&areas=KAZ,UZB&currency=USD&table=figures")
    settled(page)
    page.locator(".tables").scroll_into_view_if_needed()
    cell = page.locator(
        ".ag-row[row-index='1'] [col-id=figure], .ag-row[row-index='1'] .ag-cell:has(a)"
    ).first
    cell.click(position={"x": 4, "y": 4})
    page.keyboard.press("Enter")
    passport(page)
    page.keyboard.press("Escape")
    expect(cell).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".ag-row-selected").first).to_be_attached()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('.ag-root') !== null")
