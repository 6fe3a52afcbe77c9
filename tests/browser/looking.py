"""What browser tests look for on every page."""

from playwright.sync_api import expect


def title(page, words):
    expect(page.locator("#page h1, #page .headline").first).to_contain_text(words)


def passport(page):
    drawer = page.locator("#passport .passport")
    expect(drawer).to_be_visible()
    return drawer
