"""What a page asks of the network: this host only, few requests, and one for its data."""

import pytest

from tests.browser.judged import addresses
from tests.browser.looking import settled

DATA = "_dash-update-component"
MOST = 6
"""Requests for data from the first byte until a reader can work with the page."""


def told(page, address):
    """The requests that a page makes, from its address until it stands still."""
    asked = []
    page.on("request", lambda r: asked.append((r.method, r.url, r.resource_type)))
    page.goto(address)
    settled(page)
    page.wait_for_timeout(300)
    return asked


def for_data(asked):
    return [(method, url) for method, url, kind in asked if kind in ("fetch", "xhr")]


@pytest.mark.parametrize("path", addresses())
def test_a_page_asks_only_here_and_once_for_its_data(page, address, path):
    asked = told(page, path)
    away = [url for _, url, _ in asked if not url.startswith((address, "data:", "blob:"))]
    assert away == []
    assert len(for_data(asked)) <= MOST
    assert len([url for _, url, _ in asked if DATA in url]) == 1, asked


def test_a_passport_that_is_opened_is_one_request_more_and_one_that_closes_none(page):
    page.goto("/?area=KAZ")
    settled(page)
    asked = []
    page.on("request", lambda r: asked.append(r.url) if DATA in r.url else None)
    page.locator("#page a.to-passport").first.click()
    page.locator("#passport .passport").wait_for()
    page.keyboard.press("Escape")
    page.locator("#passport .passport").wait_for(state="detached")
    page.wait_for_timeout(200)
    assert len(asked) <= 2
    assert asked
