"""The board: what it shows, how it is arranged, and that no status stands without its readings."""

from datetime import date

import pytest

from dashboard import route, site
from dashboard.monitor.asked import FILTERS
from indicators.board import board
from tests.dashboard.test_pages import nodes, text

AREAS = ("KAZ", "TUR", "UZB", "AZE", "RUS", "FJI")


@pytest.fixture
def show(releases, catalogue):
    def shown(address):
        path, _, query = address.partition("?")
        return site.page(releases, catalogue, path, f"?{query}" if query else "")[0]

    return shown


def cards(page):
    return [n for n in nodes(page) if str(getattr(n, "id", "")).startswith("kpi-")]


def ids(page):
    return [card.id.removeprefix("kpi-") for card in cards(page)]


def of_class(page, name):
    return [n for n in nodes(page) if name in (getattr(n, "className", None) or "").split()]


@pytest.mark.parametrize("area", AREAS)
def test_every_status_stands_with_its_readings_and_each_number_in_them_with_its_passport(
    show, store, catalogue, area
):
    held = {kpi.id: kpi for kpi in board(store, catalogue, area, "as_reported", date(2026, 11, 22)).kpis}
    for card in cards(show(f"/?area={area}")):
        kpi = held[card.id.removeprefix("kpi-")]
        readings = [n for n in nodes(card) if type(n).__name__ == "Li"]
        assert len(readings) == sum(len(aim.readings) for aim in kpi.aims)
        linked = {route.read(*_split(n.href)).passport for n in of_class(card, "to-passport")}
        for aim in kpi.aims:
            assert {aim.target.figure_id, *(f for r in aim.readings for f in r.outcome.figures)} <= linked


def _split(address):
    path, _, query = address.partition("?")
    return path, query


def test_a_status_is_said_in_words_and_in_a_shape(show):
    (status,) = of_class(
        next(c for c in cards(show("/?area=TUR")) if c.id == "kpi-exports_stated"), "standing"
    )
    assert text(status).startswith("Behind in 3 of 3 readings")
    assert "status-behind" in text_classes(status)


def text_classes(part):
    return " ".join(getattr(n, "className", None) or "" for n in nodes(part))


@pytest.mark.parametrize("area", ["KAZ", "TUR", "FJI"])
def test_each_number_of_the_summary_is_as_many_cards_as_its_filter_shows(show, area):
    tallies = of_class(show(f"/?area={area}"), "tally")
    for tally, name in zip(tallies, FILTERS, strict=True):
        n = int(text(tally).split()[0])
        assert len(cards(show(f"/?area={area}&show={name}"))) == n
        assert (type(tally).__name__ == "Link") == bool(n) or name == "all"


def test_a_board_keeps_its_order_and_says_where_this_area_has_nothing(show):
    page = show("/?area=FJI&board=films_national,employment,exports_stated.it,KAZ-067")
    assert ids(page) == ["films_national", "employment", "exports_stated.it", "KAZ-067"]
    blank = of_class(page, "blank")
    assert [card.id for card in blank] == ["kpi-employment", "kpi-exports_stated.it", "kpi-KAZ-067"]
    assert "No source in this release states it: Fiji" in text(blank[0])


def test_every_step_of_arranging_is_an_address(show):
    page = show("/?area=TUR&board=employment,gdp_share,box_office&arrange=yes")
    steps = {
        kind: [n.href for n in of_class(page, kind) if getattr(n, "href", None)]
        for kind in ("earlier", "later", "remove")
    }
    assert [len(found) for found in steps.values()] == [2, 2, 3], (
        "the first cannot go earlier, the last not later"
    )
    assert ids(show(steps["earlier"][0])) == ["gdp_share", "employment", "box_office"]
    assert ids(show(steps["later"][1])) == ["employment", "box_office", "gdp_share"]
    assert ids(show(steps["remove"][0])) == ["gdp_share", "box_office"]
    added = next(n.href for n in nodes(of_class(page, "to-add")[0]) if getattr(n, "href", None))
    assert len(ids(show(added))) == 4


def test_the_arrangement_stays_when_the_area_changes(show):
    page = show("/?area=TUR&board=employment,gdp_share")
    other = next(n.href for n in of_class(page, "pick") if "area=KAZ" in n.href)
    assert ids(show(other)) == ["employment", "gdp_share"]


def test_the_first_release_says_that_there_is_nothing_to_compare_with(show):
    assert "nothing to compare with" in text(of_class(show("/"), "since"))
    assert "There is nothing to compare with" in text(show("/changes"))


def test_why_this_number_names_the_rule_and_the_rivals(show):
    card = next(c for c in cards(show("/?area=KAZ")) if c.id == "kpi-employment")
    said = text(of_class(card, "why"))
    assert "Chosen among" in said
    assert "2 rival claims" in said
    assert "Picked by:" in said


def test_what_is_overdue_says_since_when_and_how_that_is_known(show):
    (card,) = cards(show("/?area=UZB&show=overdue"))
    assert "overdue since March 2022" in text(card)
    assert "It has a figure for every 365 days (median)" in text(card)
    assert "next not known" in text(show("/?area=UZB"))


def test_an_address_that_stays_with_a_release_reads_the_same_on_any_day(show, store, monkeypatch):
    from dashboard.pages import monitor

    class Later(date):
        @classmethod
        def today(cls):
            return cls(2050, 1, 1)

    address = f"/?area=KAZ&release={store.release.id}"
    before = text(show(address))
    monkeypatch.setattr(monitor, "date", Later)
    assert text(show(address)) == before
