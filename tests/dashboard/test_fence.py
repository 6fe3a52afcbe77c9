"""A part of a page that fails does not take the others with it; what is wrong with the address does."""

import pytest

from dashboard import site
from dashboard.country import aims, tables
from dashboard.explore import charted
from dashboard.explore import tables as explored
from dashboard.monitor import card
from indicators.query import BadQuery
from tests.dashboard.test_pages import nodes, text

SAID = "This part of the page could not be made"
BROKEN = [
    (card, "card", "/?area=KAZ"),
    (charted, "chart", "/explore?indicator=value_added&areas=KAZ,RUS,UZB&currency=USD"),
    (explored, "tables", "/explore?indicator=value_added&areas=KAZ,RUS,UZB&currency=USD"),
    (aims, "plans", "/country?area=UZB"),
    (tables, "_measure", "/country?area=UZB"),
]


def failing(whole, fault, nth=1):
    """As `whole`, but the nth call fails."""
    calls = []

    def make(*given, **named):
        calls.append(given)
        if len(calls) == nth:
            raise fault
        return whole(*given, **named)

    return make


def shown(releases, catalogue, address):
    path, _, query = address.partition("?")
    return site.page(releases, catalogue, path, f"?{query}")[0]


@pytest.mark.parametrize(("module", "name", "address"), BROKEN)
def test_a_part_that_fails_leaves_the_others(releases, catalogue, monkeypatch, caplog, module, name, address):
    whole = shown(releases, catalogue, address)
    monkeypatch.setattr(module, name, failing(getattr(module, name), KeyError("obs_value")))
    left = shown(releases, catalogue, address)
    assert text(left).count(SAID) == 1
    assert "This page could not be made" not in text(left)
    reference = caplog.records[-1].getMessage().rsplit(" ", 1)[-1]
    assert reference in text(left)
    assert "obs_value" not in text(left)
    kept = {text(n) for n in nodes(whole) if type(n).__name__ in ("H1", "H2")}
    here = {text(n) for n in nodes(left) if type(n).__name__ in ("H1", "H2")}
    assert len(kept - here) <= 1
    assert len(kept & here) >= 2


def test_what_is_wrong_with_the_address_is_said_of_the_whole_page(releases, catalogue, monkeypatch):
    monkeypatch.setattr(charted, "chart", failing(charted.chart, BadQuery(["no such thing"])))
    page = text(shown(releases, catalogue, "/explore?indicator=value_added&areas=KAZ&currency=USD"))
    assert "This address cannot be read" in page
    assert SAID not in page


def test_a_page_with_a_part_that_failed_is_not_kept(processed, catalogue, monkeypatch):
    from indicators.store import Releases

    monkeypatch.setattr(card, "card", failing(card.card, KeyError("obs_value")))
    app = site.build(Releases(processed), catalogue)
    asked = {
        "output": "..shown.tree...headed.tree..",
        "outputs": [{"id": "shown", "property": "tree"}, {"id": "headed", "property": "tree"}],
        "inputs": [{"id": "view", "property": "data", "value": ["/", "?area=KAZ"]}],
        "changedPropIds": ["view.data"],
        "state": [],
    }
    first, again = (
        app.server.test_client().post("/_dash-update-component", json=asked).get_data(as_text=True)
        for _ in range(2)
    )
    assert SAID in first
    assert SAID not in again
