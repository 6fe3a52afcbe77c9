"""A query made for one indicator, asked of another: left out and said, never refused, never guessed."""

import pytest
from hypothesis import given, settings

from indicators.catalogue import load
from indicators.fitting import fitted
from indicators.query import Query, check
from tests.indicators.test_query import queries

CATALOGUE = load()


@settings(max_examples=80, deadline=None)
@given(queries())
def test_what_can_be_asked_is_left_as_it_is(query):
    assert fitted(query, CATALOGUE) == (query, ())


@settings(max_examples=80, deadline=None)
@given(queries(), queries())
def test_any_query_fits_any_indicator_once_what_does_not_go_with_it_is_left_out(one, other):
    moved = Query(**{**vars(one), "indicator": other.indicator})
    query, left = fitted(moved, CATALOGUE)
    assert check(query, CATALOGUE) == []
    kept = {name: value for name, value in vars(moved).items() if getattr(query, name) == value}
    assert set(kept) | {one.field for one in left} == set(vars(moved))
    assert all(getattr(moved, one.field) == one.value for one in left)


@pytest.mark.parametrize(
    ("query", "left"),
    [
        (Query("employment", currency="USD", prices=2015), {"currency", "prices"}),
        (Query("employment", sector="museums"), {"sector"}),
        (Query("gdp_share", per="head"), {"per"}),
        (Query("gdp_share", per="gdp"), {"per"}),
        (Query("value_added", per="gdp", prices=2015), {"prices"}),
        (Query("value_added", base=2015), {"base"}),
        (Query("value_added", coverage=0.5), {"coverage"}),
        (Query("value_added", rule="all", carry=2), {"rule"}),
    ],
)
def test_what_is_left_out(query, left):
    assert {one.field for one in fitted(query, CATALOGUE)[1]} == left


@pytest.mark.parametrize(
    "query",
    [
        Query("employmen"),
        Query("employment", sector="cultur"),
        Query("employment", currency="XXX"),
        Query("employment", per="hour"),
        Query("value_added", since=2020, until=2010),
    ],
)
def test_what_there_is_not_stays_and_is_refused(query):
    assert fitted(query, CATALOGUE) == (query, ())
    assert check(query, CATALOGUE)
