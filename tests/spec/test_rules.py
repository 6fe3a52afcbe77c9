"""What each rule picks, what the others would pick, and how far the claims lie apart."""

import pytest

from indicators.answer import compute
from indicators.query import Query
from indicators.reconcile import RULES, with_headlines, with_spread
from tests.tables import claims

SHARE_2023 = """
    figure_id | measure      | ref_area | time_period | authority     | published_on | known_from | hedge | obs_value | obs_low | obs_high
    SPEECH    | share_of_gdp | KAZ      | 2023        | government    | 2023-09-01   | 2023-09-01 | under | 1         | 0       | 1
    MINISTER  | share_of_gdp | KAZ      | 2023        | government    | 2024-10-22   | 2024-10-22 | about | 2.7       | 2.43    | 2.97
    STUDY     | share_of_gdp | KAZ      | 2023        | research      | 2024-05-01   | 2024-05-01 | exact | 1.9       | 1.9     | 1.9
    PRESS     | share_of_gdp | KAZ      | 2023        | press         | 2025-02-01   | 2025-02-01 | exact | 3         | 3       | 3
"""  # fmt: skip

PICKS = [
    ("official_first", ["MINISTER"], "published last"),
    ("latest", ["PRESS"], "published last"),
    ("narrowest", ["STUDY"], "the higher authority"),
    ("all", ["MINISTER", "PRESS", "SPEECH", "STUDY"], "every claim stands"),
]


@pytest.mark.parametrize(("rule", "picked", "why"), PICKS, ids=[p[0] for p in PICKS])
def test_each_rule_picks_its_own_and_says_why(rule, picked, why):
    marked = with_headlines(claims(SHARE_2023), rule)
    chosen = marked.filter("is_headline")
    assert sorted(chosen["figure_id"]) == picked
    assert set(chosen["why"]) == {why}
    assert set(marked["rivals"]) == {3}


def test_under_any_rule_the_picks_of_all_rules_stand_beside_the_claims():
    for rule in RULES:
        named = dict(with_headlines(claims(SHARE_2023), rule).select("figure_id", "picked_by").iter_rows())
        assert named == {
            "SPEECH": "all", "MINISTER": "official_first,all", "STUDY": "narrowest,all", "PRESS": "latest,all",
        }  # fmt: skip


def test_the_narrowest_is_measured_in_proportion_and_an_open_end_is_the_widest():
    marked = with_headlines(claims("""
        figure_id | measure | ref_area | time_period | hedge   | obs_value | obs_low | obs_high
        OPEN      | gva     | KAZ      | 2023        | over    | 100       | 100     | inf
        NARROW    | gva     | KAZ      | 2023        | about   | 100       | 98      | 102
        WIDE      | gva     | KAZ      | 2023        | between |           | 9       | 11
    """), "narrowest")  # fmt: skip
    assert marked["figure_id"].to_list() == ["NARROW", "WIDE", "OPEN"]
    assert marked["why"][0] == "the narrowest interval"


def test_no_rule_picks_what_cannot_be_or_what_is_not_there():
    drawn = claims("""
        figure_id  | measure         | ref_area | time_period | obs_status | published_on | known_from | obs_value
        IMPOSSIBLE | attendance_rate | ARM      | 2023        | U          | 2025-01-01   | 2025-01-01 | 2921.6
        MISSING    | attendance_rate | ARM      | 2023        | O          | 2025-01-01   | 2025-01-01 |
        PLAIN      | attendance_rate | ARM      | 2023        | A          | 2020-01-01   | 2020-01-01 | 29
    """)
    for rule in RULES:
        chosen = with_headlines(drawn, rule).filter("is_headline")
        assert chosen["figure_id"].to_list() == ["PLAIN"], rule


def test_the_spread_holds_every_claim_that_can_be(catalogue):
    frame = compute(Query("gdp_share_stated"), catalogue["gdp_share_stated"], claims(SHARE_2023), "r").frame
    assert frame.select("spread_low", "spread_high").unique().rows() == [(0.0, 3.0)]


def test_the_spread_of_money_is_taken_after_conversion_and_only_in_one_unit(catalogue):
    drawn = """
        figure_id | measure       | ref_area | time_period | sector              | unit_measure | obs_value
        A         | gva           | KAZ      | 2023        | creative_industries | KZT          | 900
        B         | gva           | KAZ      | 2023        | creative_industries | USD          | 3
        R         | exchange_rate | KAZ      | 2023        | _T                  | KZT          | 450
    """
    spreads = {
        currency: compute(
            Query("value_added", currency=currency), catalogue["value_added"], claims(drawn), "r"
        ).frame.select("spread_low", "spread_high").unique().rows()
        for currency in ("as_reported", "USD")
    }  # fmt: skip
    assert spreads == {"as_reported": [(None, None)], "USD": [(2.0, 3.0)]}


def test_another_definition_is_another_measure_or_sector_and_no_rival(catalogue):
    frame = compute(Query("gdp_share_stated"), catalogue["gdp_share_stated"], claims("""
        figure_id | measure      | ref_area | time_period | sector               | obs_value
        CREATIVE  | share_of_gdp | AZE      | 2020        | creative_industries  | 5.3
        COPYRIGHT | share_of_gdp | AZE      | 2020        | copyright_industries | 2.9
    """), "r").frame  # fmt: skip
    assert frame.select("figure_id", "is_headline", "rivals").sort("figure_id").rows() == [
        ("COPYRIGHT", True, 0), ("CREATIVE", True, 0),
    ]  # fmt: skip


def test_what_needs_one_headline_cannot_be_asked_of_all(catalogue):
    from indicators.query import check

    for asked in ({"transform": "growth"}, {"members": "fixed", "areas": ("CIS",)}, {"carry": 2}):
        faults = check(Query("value_added", rule="all", **asked), catalogue)
        assert [f for f in faults if "choose another rule" in f]


@pytest.mark.parametrize(("first", "second", "narrower"), [
    ("about | 110 | 100 | 120", "about | 12 | 10 | 14",    "A"),   # 18 per cent of its middle, not 33
    ("about | 12 | 10 | 14",    "about | 110 | 100 | 120", "B"),
    ("about | 11 | 10 | 12",    "about | 110 | 105 | 115", "B"),   # 9 per cent, not 18
    ("about | 8 | 4 | 12",      "about | 11 | 10 | 13",    "B"),
    ("about | -11 | -12 | -10", "about | 12 | 10 | 14",    "A"),   # the size of the middle counts, not its sign
    ("exact | 3 | 3 | 3",       "about | 1000 | 999 | 1001", "A"),
    ("over | 9 | 9 | inf",      "between |  | 1 | 100",    "B"),   # an open end is wider than any other
])  # fmt: skip
def test_the_narrowest_is_narrow_in_proportion_to_its_middle(first, second, narrower):
    marked = with_headlines(claims(f"""
        figure_id | measure | ref_area | time_period | hedge | obs_value | obs_low | obs_high
        A         | balance | KAZ      | 2023        | {first}
        B         | balance | KAZ      | 2023        | {second}
    """), "narrowest")  # fmt: skip
    assert marked.filter("is_headline")["figure_id"].item() == narrower


def test_a_lone_claim_is_picked_by_every_rule():
    marked = with_headlines(claims("""
        figure_id | measure | ref_area | time_period | obs_value
        ALONE     | gva     | KAZ      | 2023        | 5
    """))  # fmt: skip
    assert marked["picked_by"].item() == "official_first,latest,narrowest,all"


def test_a_value_not_yet_validated_can_be_a_headline_and_counts_in_the_spread():
    frame = with_spread(with_headlines(claims("""
        figure_id | measure | ref_area | time_period | obs_status | obs_value
        NEW       | gva     | KAZ      | 2023        | V          | 5
        WRONG     | gva     | KAZ      | 2023        | U          | 900
        OLD       | gva     | KAZ      | 2023        | A          | 4
    """), "all").with_columns(low="obs_low", high="obs_high"))  # fmt: skip
    assert sorted(frame.filter("is_headline")["figure_id"]) == ["NEW", "OLD"]
    assert set(frame.select("spread_low", "spread_high").rows()) == {(4.0, 5.0)}
