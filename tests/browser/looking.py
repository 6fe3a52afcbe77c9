"""What browser tests look for on every page."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

A4 = {"width": 718, "height": 1047}
"""A4 at 96 dots an inch within margins of a centimetre."""
SHOWN = "element => element.checkVisibility()"
SMALL = (Path(__file__).parent / "targets.js").read_text("utf-8")


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


def hard_to_hit(page):
    """Targets that are small and stand too close, on a desk and on a telephone."""
    found = []
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(200)
        found += [f"{width}: {what}" for what in page.evaluate(SMALL)]
    return found
