"""One number everywhere: what else is asked beside a figure never changes it."""

import pytest
from polars.testing import assert_frame_equal

from indicators.answer import answer
from indicators.overview import overview
from indicators.query import Query, check

AREAS = ("KAZ", "AZE", "KGZ", "UZB", "RUS", "TUR", "CIS")
ASKED = [
    {},
    {"currency": "USD"},
    {"currency": "local"},
    {"currency": "EUR"},
    {"currency": "local", "prices": 2015},
    {"per": "gdp"},
    {"transform": "growth"},
    {"rounding": "printed", "carry": 2},
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_figure_is_the_same_whichever_areas_are_asked_beside_it(store, catalogue, asked):
    for indicator in catalogue.indicators:
        if check(Query(indicator, **asked), catalogue):
            continue
        whole = answer(Query(indicator, **asked), store, catalogue).frame
        some = answer(Query(indicator, AREAS, **asked), store, catalogue).frame
        for area in AREAS:
            own = whole.filter(ref_area=area)
            assert_frame_equal(some.filter(ref_area=area), own)
            if area in ("KAZ", "UZB"):
                alone = answer(Query(indicator, (area,), **asked), store, catalogue).frame
                assert_frame_equal(alone, own)


@pytest.mark.parametrize("asked", [{}, {"transform": "index", "base": 2015}], ids=str)
def test_a_figure_is_the_same_whichever_years_are_asked(store, catalogue, asked):
    whole = answer(Query("exports_services", ("KAZ",), **asked), store, catalogue).frame
    some = answer(Query("exports_services", ("KAZ",), since=2018, until=2020, **asked), store, catalogue)
    years = whole.filter(whole["year"].is_between(2018, 2020))
    assert years.height == 3
    assert_frame_equal(some.frame, years)


@pytest.mark.parametrize("currency", ["as_reported", "USD", "local"])
@pytest.mark.parametrize("area", AREAS)
def test_the_overview_shows_the_numbers_of_the_answers(store, catalogue, area, currency):
    for card in overview(store, catalogue, area, currency):
        money = currency if card.indicator.is_money else "as_reported"
        rows = answer(Query(card.indicator.id, (area,), currency=money), store, catalogue).frame
        same = rows.filter(figure_id=card.newest["figure_id"])
        assert same.select("value", "low", "high", "unit_measure", "is_headline").row(0) == tuple(
            card.newest[c] for c in ("value", "low", "high", "unit_measure", "is_headline")
        )


def test_a_figure_in_roubles_of_another_country_is_brought_into_its_money(store, catalogue):
    """KAZ-028, in roubles for 2023: over the rate of Russia, times the rate of Kazakhstan."""
    (row,) = (
        answer(Query("box_office", ("KAZ",), currency="local"), store, catalogue)
        .frame.filter(figure_id="KAZ-028")
        .to_dicts()
    )
    assert (row["reported_unit"], row["rate"], row["unit_measure"], row["rate_to"]) == (
        "RUB", 85.162, "KZT", 456.165,
    )  # fmt: skip
