"""The large table in a browser: it waits, comes, sorts with the missing last, opens passports, copies."""

import re

import pytest
from playwright.sync_api import expect

from dashboard.grid import cell, column, grid
from dashboard.wording import wording
from tests.browser.looking import passport, title

FIGURES = [
    ("Kazakhstan", 56, "over 56", "KAZ-056"),
    ("Azerbaijan", None, "–", ""),
    ("Türkiye", 7, "7", "TUR-017"),
]


@pytest.fixture
def table(page):
    """A table far below the board, drawn by the component itself."""
    words = wording("ru")
    columns = [
        column("area", "Area", keep=True),
        column("value", "Figure", number=True),
        column("who", "Stated by"),
    ]
    rows = [
        {"area": area, "value": cell(value, text, figure, marks="p" if value == 7 else ""), "who": "a\tb"}
        for area, value, text, figure in FIGURES
    ]
    props = grid(words, columns, rows, "A table to try").to_plotly_json()["props"]
    page.goto("/?area=KAZ")
    title(page, "Kazakhstan")
    asked = []
    page.on("request", lambda r: asked.append(r.url) if r.url.endswith("/grid.js") else None)
    page.evaluate(
        """props => {
          const gap = document.createElement('div'), at = document.createElement('div');
          gap.style.height = '3000px'; at.id = 'tried';
          document.querySelector('main').append(gap, at);
          ReactDOM.createRoot(at).render(React.createElement(site.Grid, props));
        }""",
        props,
    )
    expect(page.locator("#tried .grid-waits")).to_contain_text("Таблица появится")
    page.wait_for_timeout(200)
    assert asked == []
    page.locator("#tried").scroll_into_view_if_needed()
    expect(page.locator("#tried [role=grid], #tried [role=treegrid]")).to_have_attribute(
        "aria-label", "A table to try"
    )
    assert len(asked) == 1
    return page.locator("#tried")


def shown(table):
    cells = table.locator(".ag-pinned-left-cols-container [col-id=area]")
    expect(cells).to_have_count(3)
    return cells.all_text_contents()


def test_it_comes_when_near_sorts_by_value_and_keeps_the_missing_last(table):
    heading = table.locator(".ag-header-cell[col-id=value]")
    heading.click()
    assert shown(table) == ["Türkiye", "Kazakhstan", "Azerbaijan"]
    heading.click()
    assert shown(table) == ["Kazakhstan", "Türkiye", "Azerbaijan"]


def test_a_cell_opens_its_passport_by_keyboard_and_takes_the_focus_back(page, table):
    table.locator(".ag-row[row-index='0'] [col-id=area]").first.click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(passport(page)).to_contain_text("As printed")
    assert "passport=KAZ-056" in page.url
    page.keyboard.press("Escape")
    expect(page.locator("#passport")).to_be_hidden()
    expect(table.locator(".ag-cell", has_text="over 56")).to_be_focused()


def test_chosen_rows_are_counted_and_copied_with_hedges_and_marks(page, table):
    table.locator(".ag-row[row-index='0'] [col-id=area]").first.click()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(table.locator("[role=status]")).to_have_text("Выбрано строк: 2")
    page.evaluate(
        "() => document.addEventListener('copy', e => { window.taken = e.clipboardData.getData('text/plain') })"
    )
    page.keyboard.press("Control+c")
    wanted = "Area\tFigure\tStated by\nKazakhstan\tover 56\ta b\nTürkiye\t7 p\ta b"
    assert page.evaluate("window.taken") == wanted
    table.get_by_role("button", name=re.compile("Скопировать")).click()
    expect(table.locator("[role=status]")).to_have_text("Скопировано строк: 2")


def test_it_finds_and_keeps_in_view(table):
    table.get_by_label("Найти в таблице").fill("türk")
    expect(table.locator(".ag-pinned-left-cols-container [col-id=area]")).to_have_text(["Türkiye"])
    table.get_by_label("Закрепить").select_option("value")
    expect(table.locator(".ag-pinned-left-header [col-id=value]")).to_be_visible()
