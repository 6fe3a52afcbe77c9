"""What opens over a page breaks no rule of axe; each page by itself: test_each_page.py."""

from tests.browser.axe import broken, everywhere
from tests.browser.judged import PASSPORT
from tests.browser.looking import passport, settled


def test_an_open_passport_breaks_no_rule(page):
    page.goto(f"/?area=KAZ&{PASSPORT}")
    passport(page)
    found = everywhere(page)
    assert not found, "\n".join(found)


def test_open_menus_break_no_rule(page):
    """Each of them opened in its turn: lists of choices, the list of languages, what the pages add."""
    page.goto("/explore")
    settled(page)
    found, opened = [], 0
    for menu in page.locator("summary, [role=combobox], button[aria-haspopup]").all():
        if menu.is_visible():
            menu.click()
            opened += 1
            found += broken(page)
            page.keyboard.press("Escape")
    assert opened >= 3
    assert not found, "\n".join(sorted(set(found)))
