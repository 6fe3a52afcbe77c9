"""What browser tests look for on every page."""

from playwright.sync_api import expect


def title(page, words):
    expect(
        page.locator("#page h1, #page .figure-page .headline").filter(has_text=words).first
    ).to_be_visible()


def passport(page):
    drawer = page.locator("#passport .passport")
    expect(drawer).to_be_visible()
    return drawer


def settled(page):
    """The page is there, with its charts drawn."""
    expect(page.locator("#page h1, #page .headline").first).to_be_visible()
    for chart in page.locator(".chart").all():
        expect(chart.locator(".main-svg").first).to_be_attached()
