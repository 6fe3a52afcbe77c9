"""A query and its URL: one to one, and a slip is answered with what was probably meant."""

from dataclasses import fields
from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.answer import answer
from indicators.catalogue import load
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import AS_REPORTED as PLAIN
from indicators.concepts.period import EARLIEST, LATEST
from indicators.convert import AS_REPORTED, currencies
from indicators.formulas import PER, PER_GDP
from indicators.query import FIELDS, MEMBERS, OLDEST_CARRIED, ROUNDINGS, BadQuery, Query, check, from_url
from indicators.reconcile import ALL, RULES
from indicators.transform import BASED, LEVEL, TRANSFORMS

CATALOGUE = load()


def rows(text: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in row.split("|")) for row in text.strip().splitlines()]


def read(url: str) -> Query:
    return from_url(dict(parse_qsl(url, keep_blank_values=True)), CATALOGUE)


def refused(url: str) -> list[str]:
    with pytest.raises(BadQuery) as said:
        read(url)
    assert str(said.value) == "; ".join(said.value.faults)
    return said.value.faults


# ------------------------------------------------------------------------ there and back

YEARS = st.integers(EARLIEST, LATEST)


@st.composite
def queries(draw) -> Query:
    """Any query that the house answers."""
    indicator = draw(st.sampled_from(list(CATALOGUE)))
    money, plain = indicator.is_money, indicator.formula == PLAIN
    since, until = sorted(draw(st.tuples(YEARS, YEARS)))
    prices = draw(st.none() | YEARS) if money else None
    transform = draw(st.sampled_from(TRANSFORMS))
    members = draw(st.none() | st.sampled_from(MEMBERS))
    carry = draw(st.integers(0, OLDEST_CARRIED))
    chooses = transform != LEVEL or members or carry
    return Query(
        indicator.id,
        areas=tuple(draw(st.lists(st.sampled_from(list(codelist("area"))), unique=True, max_size=4))),
        sector=draw(st.none() | st.sampled_from(indicator.sectors)),
        sex=draw(st.sampled_from(list(codelist("sex")))),
        partner=draw(st.none() | st.sampled_from([*codelist("area"), "_T", "_X"])),
        since=draw(st.none() | st.just(since)),
        until=draw(st.none() | st.just(until)),
        currency=draw(st.sampled_from(currencies()) if money else st.just(AS_REPORTED)),
        prices=prices,
        per=draw(st.sampled_from([None, *(p for p in PER if p != PER_GDP or (money and prices is None))]))
        if plain
        else None,
        transform=transform,
        base=draw(st.none() | YEARS) if transform in BASED else None,
        members=members,
        coverage=draw(st.none() | st.floats(0, 1)) if members else None,
        rounding=draw(st.none() | st.sampled_from(ROUNDINGS)),
        carry=carry,
        rule=draw(st.sampled_from([rule for rule in RULES if rule != ALL or not chooses])),
        as_of=draw(st.none() | st.dates()),
        lang=draw(st.sampled_from(list(codelist("language")))),
    )


THERE_AND_BACK = settings(max_examples=80, deadline=None)


@settings(max_examples=60, deadline=None)
@given(queries())
def test_any_query_made_of_what_there_is_is_answered(query):
    assert check(query, CATALOGUE) == []


@THERE_AND_BACK
@given(queries())
def test_the_url_of_a_query_reads_back_as_that_query(query):
    assert read(query.to_url()) == query


@settings(max_examples=40, deadline=None)
@given(queries(), queries())
def test_two_queries_have_two_urls(one, other):
    assert (one.to_url() == other.to_url()) == (one == other)


@pytest.mark.parametrize(("query", "url"), [
    (Query("gdp_share"), "indicator=gdp_share"),
    (Query("value_added", ("KAZ", "UZB"), currency="USD"), "indicator=value_added&areas=KAZ,UZB&currency=USD"),
    (Query("employment", ("BGR",), sector="culture", sex="F", since=2011, until=2019),
     "indicator=employment&areas=BGR&sector=culture&sex=F&since=2011&until=2019"),
    (Query("gdp_share", rule="narrowest", as_of=date(2025, 12, 31)), "indicator=gdp_share&rule=narrowest&as_of=2025-12-31"),
])  # fmt: skip
def test_a_url_says_what_is_not_usual_in_an_order_of_its_own(query, url):
    assert query.to_url() == url
    assert read(url) == query


def test_every_field_of_a_query_has_its_place_in_a_url():
    assert tuple(field.name for field in fields(Query)) == FIELDS
    changed = Query(
        "value_added", ("KAZ",), sector="culture", sex="F", partner="_T", since=2001, until=2002, currency="EUR",
        prices=2015, per="head", transform="index", base=2001, members="fixed", coverage=0.5, rounding="printed",
        carry=1, rule="latest", as_of=date(2025, 1, 1), lang="ru",
    )  # fmt: skip
    assert [name for name, _ in parse_qsl(changed.to_url())] == list(FIELDS)
    assert read(changed.to_url()) == changed


def test_the_order_of_parameters_and_empty_ones_make_no_difference():
    assert read("areas=KAZ&indicator=gdp_share&sector=&since=&rule=") == read("indicator=gdp_share&areas=KAZ")
    assert read("indicator=gdp_share&areas=,KAZ,,UZB,") == Query("gdp_share", ("KAZ", "UZB"))


def test_an_area_named_twice_is_named_once_and_a_part_keeps_its_digits():
    assert Query("value_added", ("KAZ", "UZB", "KAZ")).areas == ("KAZ", "UZB")
    for part in (2 / 3, 1e-6, 0.5):
        query = Query("value_added", ("CIS",), members="by_date", coverage=part)
        assert read(query.to_url()) == query


def test_a_query_is_a_frozen_value(catalogue):
    query = Query("gdp_share", ("KAZ",))
    assert len({query, Query("gdp_share", ("KAZ",))}) == 1
    with pytest.raises(AttributeError):
        query.areas = ()


# ------------------------------------------------------------------------ slips


@pytest.mark.parametrize(("slip", "said"), rows("""
    areas=KZA             | 'KZA' is no area; the nearest known is 'KAZ'
    areas=Kazahstan       | 'Kazahstan' is no area; the nearest known is 'KAZ'
    areas=Казакстан       | 'Казакстан' is no area; the nearest known is 'KAZ'
    areas=KAZ,TRU         | 'TRU' is no area; the nearest known is 'TUR'
    areas=kaz             | 'kaz' is no area; the nearest known is 'KAZ'
    areas=QQQ             | 'QQQ' is no area
    sector=cultur         | 'cultur' is no sector of this indicator; the nearest known is 'culture'
    sector=film           | 'film' is no sector of this indicator
    sex=X                 | 'X' is no sex
    partner=KZA           | 'KZA' is no partner; the nearest known is 'KAZ'
    rule=oficial_first    | 'oficial_first' is no rule; the nearest known is 'official_first'
    transform=grwoth      | 'grwoth' is no transform; the nearest known is 'growth'
    since=1815            | since=1815 is no year between 1900 and 2100
    prices=2101           | prices=2101 is no year between 1900 and 2100
    base=815              | base='815' is no year; write for example 2015
    since=20155           | since='20155' is no year
    until=last            | until='last' is no year
    since=2020&until=2010 | since=2020 is after until=2010
    as_of=31.12.2025      | as_of='31.12.2025' is no day; write for example 2025-12-31
    as_of=2025-02-30      | as_of='2025-02-30' is no day
    as_of=20251231        | as_of='20251231' is no day
    carry=many            | carry='many' is no number of years
    carry=11              | carry=11 is not 0 to 10 years
    coverage=most         | coverage='most' is no number
    lang=xx               | 'xx' is no lang
    area=KAZ              | 'area' is no parameter; the nearest known is 'areas'
    currncy=USD           | 'currncy' is no parameter; the nearest known is 'currency'
    utm_source=mail       | 'utm_source' is no parameter
"""))  # fmt: skip
def test_a_slip_is_refused_with_what_was_probably_meant(slip, said):
    assert any(fault.startswith(said) for fault in refused(f"indicator=gdp_share&{slip}"))


@pytest.mark.parametrize(("slip", "said"), rows("""
    indicator=gdp_shar    | 'gdp_shar' is no indicator; the nearest known is 'gdp_share'
    indicator=            | '' is no indicator
    areas=KAZ             | '' is no indicator
    indicator=qqq         | 'qqq' is no indicator
    indicator=employment&currency=USD           | employment is no money
    indicator=employment&prices=2015            | employment is no money
    indicator=value_added&currency=USDD         | 'USDD' is no currency; the nearest known is 'USD'
    indicator=gdp_share&per=head                | gdp_share is a ratio already
    indicator=employment&per=gdp                | employment is no money
    indicator=value_added&base=2015             | base=2015 belongs to index or annual_growth
    indicator=value_added&coverage=0.5          | coverage belongs to members=
    indicator=value_added&rule=all&transform=growth | rule=all makes no choice of a headline
"""))  # fmt: skip
def test_what_does_not_go_together_is_refused_in_words(slip, said):
    assert any(fault.startswith(said) for fault in refused(slip))


def test_everything_that_is_wrong_is_said_at_once():
    faults = refused("indicator=gdp_shar&areas=KZA,UZB,KGX&area=KAZ&since=x&as_of=y&rule=best&sex=Q&carry=99")
    said = "; ".join(faults)
    for word in (
        "'gdp_shar'",
        "'KZA'",
        "'KGX'",
        "'area'",
        "since='x'",
        "as_of='y'",
        "'best'",
        "'Q'",
        "carry=99",
    ):
        assert word in said
    assert "UZB" not in said


def test_an_answer_refuses_what_a_url_refuses(store, catalogue):
    with pytest.raises(BadQuery, match="the nearest known is 'KAZ'"):
        answer(Query("gdp_share", ("KZA",)), store, catalogue)


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*FIELDS, "area", "x", ""]),
        st.text(max_size=8) | st.sampled_from(["KAZ", "gdp_share", "2020", "0", "-1", "²", "٢٠٢٠", "1e9", "nan", "', 1; --", "_T"]),
        max_size=6,
    )
)  # fmt: skip
def test_any_parameters_are_a_query_that_holds_or_are_refused_never_a_crash(parameters):
    try:
        query = from_url(parameters, CATALOGUE)
    except BadQuery:
        return
    assert check(query, CATALOGUE) == []
    assert read(query.to_url()) == query


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_goes_with_a_plain_question(rule):
    assert check(Query("gdp_share", ("KAZ",), rule=rule), CATALOGUE) == []
    assert (check(Query("gdp_share", transform="growth", rule=rule), CATALOGUE) == []) == (rule != ALL)
