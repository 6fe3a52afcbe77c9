"""One server and one Chromium for all browser tests.

Every test has a page of its own, which at its end must have been free of errors and of requests to
other hosts.
"""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.install import find
from tests.browser.seats import SCREENS, Seat
from tests.browser.serving import serving

expect.set_options(timeout=30_000)  # no test is timed: a busy machine takes its time to draw
CHROMIUM = find()
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def address(processed):
    """The address of a server of its own over the test's release."""
    with serving(processed) as (_, own):
        yield own


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.skip("no Chromium here: run `make browser`")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def reader(chromium, address):
    """One reader for all tests: what the browser has fetched and compiled once, it keeps."""
    return chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=address)


def absent(said):
    """Whether Chromium says of the page itself that it is a 404, as the page does in words."""
    return "status of 404" in said.text and said.location["url"] == said.page.url


@contextmanager
def watched(reader, address):
    """A page 1440 wide, watched for errors and for requests that leave the machine.

    What the reader has fetched stays; what the test before made of it, decks and boards, is gone.
    """
    page = reader.new_page()
    own = {"origin": address, "storageTypes": "indexeddb,local_storage"}
    reader.new_cdp_session(page).send("Storage.clearDataForOrigin", own)
    page.set_default_timeout(30_000)
    wrong: list[str] = []
    page.on(
        "console",
        lambda m: wrong.append(m.text) if m.type in ("error", "warning") and not absent(m) else None,
    )
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.on(
        "request",
        lambda r: wrong.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None,
    )
    yield page
    page.close()
    assert wrong == []


@pytest.fixture
def page(reader, address):
    with watched(reader, address) as page:
        yield page


@pytest.fixture
def seat(page, request):
    """A reader before a screen in a language (tests/browser/seats.py)."""
    screen, language = request.param
    width, height = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    return Seat(page, language)
