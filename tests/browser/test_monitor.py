"""The board in a browser: arranged by keyboard and by dragging, kept under a name, opened again."""

from playwright.sync_api import expect

BOARD = "/?area=KAZ&board=employment,value_added,box_office&arrange=yes"


def cards(page):
    return page.locator(".board .kpi")


def ordered(page, *names):
    for place, name in enumerate(names):
        expect(cards(page).nth(place)).to_have_id(f"kpi-{name}")
    expect(cards(page)).to_have_count(len(names))


def test_a_board_is_arranged_by_keyboard_kept_under_a_name_and_opened_again(page):
    page.goto(BOARD)
    ordered(page, "employment", "value_added", "box_office")
    page.locator("#kpi-employment a.step.later").focus()
    page.keyboard.press("Enter")
    ordered(page, "value_added", "employment", "box_office")
    expect(page.locator("#kpi-employment a.step.later")).to_be_focused()
    expect(page.locator("#said")).to_contain_text("Employment, place 2 of 3")
    page.keyboard.press("Enter")
    ordered(page, "value_added", "box_office", "employment")

    page.get_by_role("link", name="Done").press("Enter")
    expect(page.locator("a.step")).to_have_count(0)
    page.locator(".boards > summary").press("Enter")
    page.get_by_label("Name of this board").fill("Morning")
    page.keyboard.press("Enter")
    expect(page.locator(".told")).to_contain_text("The board is kept in this browser.")

    page.goto("/?area=TUR&lang=ru")
    page.locator(".boards > summary").click()
    page.get_by_role("link", name="Morning", exact=True).press("Enter")
    ordered(page, "value_added", "box_office", "employment")
    expect(page.locator("#page h1")).to_have_text("Казахстан")
    assert "lang=ru" in page.url
    page.go_back()
    expect(page.locator("#page h1")).to_have_text("Турция")

    page.locator(".boards").evaluate("list => { list.open = true; }")
    page.get_by_role("button", name="Удалить: Morning").click()
    expect(page.get_by_role("link", name="Morning", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Отменить", exact=True).click()
    expect(page.get_by_role("link", name="Morning", exact=True)).to_have_count(1)


def test_a_card_is_dragged_to_its_place_and_the_back_button_takes_it_back(page):
    page.goto(BOARD)
    ordered(page, "employment", "value_added", "box_office")
    grip, goal = page.locator("#kpi-box_office .grip"), page.locator("#kpi-employment h3")
    grip.scroll_into_view_if_needed()
    grip.hover()
    page.mouse.down()
    box = goal.bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 5, steps=4)
    page.mouse.up()
    ordered(page, "box_office", "employment", "value_added")
    page.go_back()
    ordered(page, "employment", "value_added", "box_office")


def test_every_sheet_of_a_country_carries_its_release(page):
    page.goto("/country?area=UZB")
    expect(page.locator("#page footer")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    said = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--sheet')")
    release = page.locator("#page footer code").inner_text()
    assert release in said
    assert "Uzbekistan" in said
    page.emulate_media(media="print")
    expect(page.locator(".site-head")).to_be_hidden()
    expect(page.locator(".controls").first).to_be_hidden()
    expect(page.locator("table.kpis")).to_be_visible()
    page.emulate_media(media="screen")
