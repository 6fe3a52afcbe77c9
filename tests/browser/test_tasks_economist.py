"""Ten tasks of economists (docs/tasks.md)."""

from io import BytesIO

import openpyxl
from playwright.sync_api import expect

from indicators.answer import answer
from indicators.query import Query
from tests.browser.judged import PASSPORT
from tests.browser.looking import settled
from tests.browser.seats import seats

ASKED = "indicator=value_added&areas=KAZ,UZB&currency=USD"


@seats(10)
def test_e1_an_address_of_before_and_one_that_is_frozen(seat):
    seat.open(f"/compare?{ASKED}")
    shown = seat.page.locator("table.years").inner_text()
    seat.press(seat.page.locator("a.freeze"))
    seat.page.wait_for_url("**release=**")
    seat.page.reload()
    settled(seat.page)
    assert seat.page.locator("table.years").inner_text() == shown


@seats(11)
def test_e2_no_country_is_cut(seat, store, catalogue):
    asked = catalogue["museum_attendance"]
    seat.open("/explore?indicator=museum_attendance")
    query = Query("museum_attendance", sector=asked.sectors[0])
    held = set(answer(query, store, catalogue).headlines["ref_area"].to_list())
    assert len(held) > 5
    shown = seat.page.locator("table.years tbody th").all_inner_texts()
    for area in held:
        name = seat.words.label("area", area)
        assert any(name in said for said in shown), name


@seats(12)
def test_e3_a_misspelt_parameter_is_no_answer(seat):
    seat.open(f"/explore?{ASKED}&asof=2020-01-01")
    expect(seat.page.locator(".misread")).to_contain_text("as_of")
    expect(seat.page.locator("table")).to_have_count(0)


@seats(13)
def test_e4_unit_and_price_base_stand_with_the_figure(seat, store):
    rows = (r for area in ("KAZ", "USA", "UZB", "BRA") for r in holdings_of(store, area))
    figure = next(r for r in rows if r["base_per"])
    seat.open(f"/figure/{figure['figure_id']}")
    terms = seat.page.locator(".figure-page dl")
    expect(terms).to_contain_text(seat.says("Prices"))


def holdings_of(store, area):
    from indicators.holdings import holdings

    return holdings(store, area).observed.to_dicts()


@seats(14)
def test_e5_what_is_missing_is_not_zero(seat, store):
    rows = (r for area in ("KAZ", "AZE", "UZB", "GBR", "DEU", "FRA", "TUR") for r in holdings_of(store, area))
    figure = next(r for r in rows if r["low"] is None)
    seat.open(f"/figure/{figure['figure_id']}")
    said = seat.page.locator(".figure-page .headline").inner_text()
    assert not any(letter.isdigit() for letter in said)
    assert said.strip()


@seats(15)
def test_e6_an_old_year_says_its_year(seat):
    seat.open("/explore?indicator=museum_attendance&areas=KAZ,AZE,RUS,BLR,MDA&chart=bar")
    drawn = " ".join(seat.page.locator(".chart svg text").all_text_contents())
    assert "2020" in drawn
    assert "2023" in drawn


@seats(16)
def test_e7_a_group_lists_its_members(seat):
    seat.open("/?area=CIS")
    assert seat.page.locator(".members li").count() >= 8
    expect(seat.page.locator("#page")).to_contain_text(seat.words.label("area", "ARM"))


@seats(17)
def test_e8_rows_are_copied_with_full_numbers(seat):
    seat.open(f"/explore?{ASKED}&table=figures")
    seat.page.locator(".tables").scroll_into_view_if_needed()
    grid = seat.page.locator(".ag-root")
    expect(grid).to_be_visible()
    grid.locator(".ag-row[row-index='0'] [role=gridcell][col-id=area]").first.click()
    seat.page.keyboard.press("Space")
    expect(seat.page.locator(".ag-row-selected").first).to_be_attached()
    seat.page.evaluate(
        "() => document.addEventListener('copy', e => { window.taken = e.clipboardData.getData('text/plain') })"
    )
    seat.page.keyboard.press("Control+c")
    head, row = seat.page.evaluate("window.taken").splitlines()
    assert len(head.split("\t")) == len(row.split("\t")) > 8


@seats(18)
def test_e9_letters_survive_in_a_file(seat):
    seat.open(f"/explore?{ASKED}")
    with seat.page.expect_download() as saving:
        seat.press(seat.page.locator("a[download][href*='format=xlsx']"))
    assert saving.value.suggested_filename.endswith(".xlsx")
    book = openpyxl.load_workbook(BytesIO(saving.value.path().read_bytes()), read_only=True)
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    for area in ("KAZ", "UZB"):
        assert seat.words.label("area", area) in cells
    assert any(isinstance(cell, float) and cell > 1_000 for cell in cells)


@seats(18)
def test_a_citation_and_programs_come_with_the_figures(seat):
    seat.open(f"/explore?{ASKED}")
    cite = seat.page.locator("#page details.cite")
    seat.press(cite.locator("summary"))
    expect(cite.locator(".cited")).to_have_count(8)
    release = seat.page.locator("footer code").inner_text()
    expect(cite.locator(".cited pre").first).to_contain_text(release)
    seat.press(cite.locator(".cited button").first)
    expect(cite.locator("[role=status]")).to_contain_text(seat.words.text("Copied"))


@seats(19)
def test_e10_a_derived_number_shows_its_parts(seat):
    seat.open(f"/?area=KAZ&{PASSPORT}")
    made = seat.passport().locator(".formula")
    steps = made.locator("li").all_inner_texts()
    assert steps[1].startswith("÷")
    assert steps[-1].startswith("=")
    headline = seat.page.locator("#passport h2.headline").inner_text()
    assert steps[-1].removeprefix("=").split() == headline.split()
    seat.press(made.locator("a.to-passport").first)
    expect(seat.passport().locator(".kicker")).to_contain_text(seat.words.label("measure", "gdp")[:12])
