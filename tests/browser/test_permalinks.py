"""A hundred addresses drawn at random reopen the same answer, ten of them in a browser, frozen ones too."""

import json
import random

import pytest

from dashboard import links, site, still
from indicators.concepts.codelist import codelist
from indicators.language import languages
from tests.browser.looking import settled
from tests.dashboard.test_pages import text

SEED, DRAWN, IN_BROWSER = 20261122, 100, 10
CURRENCIES = ("", "as_reported", "USD", "local")


def draw(store, catalogue, dice):
    """An address that a reader can have come to: any page, any state of it."""
    areas = sorted({r["ref_area"] for r in store.ask("coverage").to_dicts()})
    indicator = dice.choice([i.id for i in catalogue])
    figures = sorted({r["figure_id"] for r in store.ask("findings").to_dicts() if r["fate"] != "withheld"})
    path = dice.choice([*site.PAGES, links.FIGURE])
    asked = {
        links.MONITOR: {"area": dice.choice(areas), "currency": dice.choice(CURRENCIES)},
        links.EXPLORE: {
            "indicator": indicator,
            "areas": ",".join(dice.sample(areas, dice.randint(1, 6))),
            "currency": dice.choice(CURRENCIES) if catalogue[indicator].is_money else "",
            "since": dice.choice(["", "2010", "2018"]),
            "rule": "",
        },
        links.COUNTRY: {"area": dice.choice(areas), "measure": dice.choice(["", *codelist("measure")])},
        links.SOURCES: {"find": dice.choice(["", "unctad", "kazinform"])},
    }.get(path, {})
    if path == links.FIGURE:
        path += dice.choice(figures)
    asked["lang"] = dice.choice(["", *languages()[1:]])
    asked["release"] = dice.choice(["", store.release.id])
    return links.Links().address(path, asked)


@pytest.fixture(scope="module")
def drawn(store, catalogue):
    dice = random.Random(SEED)
    return [draw(store, catalogue, dice) for _ in range(DRAWN)]


def opened(releases, catalogue, address):
    path, _, query = address.partition("?")
    content, head = site.page(releases, catalogue, path, f"?{query}" if query else "")
    written = json.dumps(still.fold([*content, *head]), default=lambda part: part.to_plotly_json())
    return written, text(content)


def test_a_hundred_addresses_reopen_the_same_answer(releases, catalogue, drawn):
    assert len({a.partition("?")[0].split("/")[1] for a in drawn}) >= len(site.PAGES)
    for address in drawn:
        first, said = opened(releases, catalogue, address)
        again, _ = opened(releases, catalogue, address)
        assert releases.current().release.id in said, address
        assert first == again, address


def test_addresses_of_the_release_and_of_the_day_say_the_same(releases, catalogue, drawn):
    """Frozen to the newest release, a page says what the rolling one says, but for the way back."""
    own = releases.current().release.id
    for address in drawn[:20]:
        rolling = address.replace(f"&release={own}", "").replace(f"?release={own}", "")
        frozen = f"{rolling}{'&' if '?' in rolling else '?'}release={own}"
        a, b = (opened(releases, catalogue, each)[1] for each in (rolling, frozen))
        assert a.rpartition(own)[0] == b.rpartition(own)[0]


@pytest.mark.parametrize("nth", range(IN_BROWSER))
def test_in_a_browser_an_address_reopens_what_it_showed(page, drawn, nth):
    address = drawn[nth]
    page.goto(address)
    settled(page)
    shown = said(page)
    page.goto("/sources?find=nothing-of-the-kind")
    settled(page)
    page.goto(address)
    settled(page)
    assert said(page) == shown


SAID = """() => { const own = document.querySelector('#page .deck-ready');
  if (own) { own.hidden = true; }
  const text = document.getElementById('page').innerText;
  if (own) { own.hidden = false; }
  return text; }"""


def said(page):
    """The words of a page, but for what the browser says of itself: whether it keeps the decks already."""
    return page.evaluate(SAID)
