"""Pages look as they did when a person last looked at them (tests/browser/screens.py)."""

import json

import pytest

from tests.browser import screens


@pytest.fixture(scope="module")
def bench(chromium):
    """A page of nobody's, on which pictures are made small; the site's own rules of content do not bind it."""
    page = chromium.new_context().new_page()
    yield page
    page.close()


@pytest.mark.parametrize("name", screens.SCREENS)
def test_a_page_looks_as_it_did(page, bench, chromium, name):
    taken_with = json.loads(screens.TAKEN_WITH.read_text("utf-8"))["chromium"]
    if screens.major(chromium.version) != taken_with:
        pytest.skip(f"the pictures were taken with Chromium {taken_with}, here is {chromium.version}")
    png = screens.take(page, name)
    share = screens.differs(screens.small(bench, png), screens.kept(bench, name))
    assert share <= screens.MOVED, (
        f"{name}: {share:.1%} of the page differ. If that is meant, look at it and run "
        "`python -m tests.browser.screens --write`"
    )


def test_another_picture_is_seen_as_another(bench):
    """The comparison can fail: no two of the kept pictures pass for the same."""
    kept = {name: screens.kept(bench, name) for name in screens.SCREENS}
    for name, before in kept.items():
        assert screens.differs(before, before) == 0
        for other, now in kept.items():
            assert other == name or screens.differs(now, before) > screens.MOVED, (name, other)
