"""What browser tests look for on every page."""

from urllib.parse import urlsplit

from playwright.sync_api import expect


def title(page, words):
    expect(
        page.locator("#page h1, #page .figure-page .headline").filter(has_text=words).first
    ).to_be_visible()


def passport(page):
    """The passport stands open, over a page that is there too: the two arrive in either order."""
    settled(page)
    drawer = page.locator("#passport .passport")
    expect(drawer).to_be_visible()
    return drawer


def settled(page):
    """The page is there, with its charts drawn and the decks of this browser looked up."""
    expect(page.locator("#page h1, #page .headline").first).to_be_visible()
    if urlsplit(page.url).path == "/present":
        expect(page.locator(".deck-tools button").first).to_be_attached()
    for chart in page.locator(".chart").all():
        expect(chart.locator(".main-svg").first).to_be_attached()
