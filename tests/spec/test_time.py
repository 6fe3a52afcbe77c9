"""What was known on a day, what was revised since, and why an answer is empty."""

from datetime import date

import pytest

from indicators.answer import answer
from indicators.query import BadQuery, Query


def asked(store, catalogue, indicator="gdp_share_stated", **query):
    return answer(Query(indicator, areas=("AZE",), **query), store, catalogue)


def test_on_a_day_only_what_was_published_by_then_is_known(store, catalogue):
    then = asked(store, catalogue, as_of=date(2023, 1, 1)).headlines
    now = asked(store, catalogue).headlines
    of_2020 = [
        f.filter(sector="creative_industries", time_period="2020")["value"].to_list() for f in (then, now)
    ]
    assert of_2020 == [[5.3], [0.9]], "the copyright agency alone in 2023, the ministry since 2026"


def test_before_the_first_publication_the_answer_is_empty_and_says_since_when_it_is_known(store, catalogue):
    empty = asked(store, catalogue, as_of=date(2020, 1, 1))
    assert empty.frame.is_empty()
    assert empty.reason == "nothing was known of it on 2020-01-01: the first figure dates from 2022-02-23"


def test_the_day_of_publication_counts_and_the_day_before_does_not(store, catalogue):
    assert not asked(store, catalogue, as_of=date(2022, 2, 23)).frame.is_empty()
    assert asked(store, catalogue, as_of=date(2022, 2, 22)).frame.is_empty()


def test_as_of_today_is_the_same_as_now(store, catalogue):
    for indicator in ("gdp_share_stated", "exports_services_per_head", "value_added", "cinema_attendance"):
        now, today = (
            answer(Query(indicator, as_of=day), store, catalogue) for day in (None, date(2026, 11, 22))
        )
        assert now.frame.equals(today.frame), indicator


@pytest.mark.parametrize(("query", "reason"), [
    ({"indicator": "screens"}, "no source of this release reports it for these areas"),
    ({"since": 1990, "until": 1995}, "there are figures, but none for the years 1990 to 1995"),
])  # fmt: skip
def test_an_empty_answer_says_why(store, catalogue, query, reason):
    assert asked(store, catalogue, **query).reason == reason


def test_what_there_is_not_is_an_error_and_never_ignored(store, catalogue):
    with pytest.raises(BadQuery) as raised:
        answer(Query("gva_shar", areas=("KZA",), currency="AZM2", rule="oldest", sex="X"), store, catalogue)
    said = str(raised.value)
    for words in (
        "'gva_shar'",
        "'KZA' is no area; the nearest known is 'KAZ'",
        "AZM",
        "'oldest'",
        "'X' is no sex",
    ):
        assert words in said
