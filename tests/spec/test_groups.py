"""Groups made of their members by date, their coverage, and what was reported for the group itself."""

import polars as pl
import pytest

from indicators.answer import answer, compute
from indicators.query import Query
from tests.tables import claims

TRADE = """
    figure_id | measure          | ref_area | time_period | counterpart_area | sector            | obs_value
    AZE22     | exports_services | AZE      | 2022        | _T               | creative_services | 10
    KAZ22     | exports_services | KAZ      | 2022        | _T               | creative_services | 20
    KGZ22     | exports_services | KGZ      | 2022        | _T               | creative_services | 5
    TUR22     | exports_services | TUR      | 2022        | _T               | creative_services | 100
    UZB22     | exports_services | UZB      | 2022        | _T               | creative_services | 15
    AZE23     | exports_services | AZE      | 2023        | _T               | creative_services | 12
    KAZ23     | exports_services | KAZ      | 2023        | _T               | creative_services | 30
    TUR23     | exports_services | TUR      | 2023        | _T               | creative_services | 120
    UZB23     | exports_services | UZB      | 2023        | _T               | creative_services | 18
    OTS23     | exports_services | OTS      | 2023        | OTS              | creative_services | 999
    RUSOTS    | exports_services | RUS      | 2023        | OTS              | creative_services | 555
    NETWORK   | exports_services | KAZ_KGZ_UZB | 2023     | _T               | creative_services | 444
"""
GDP = """
    figure_id | measure | ref_area | time_period | sector | obs_value
    G1        | gdp     | AZE      | 2022        | _T     | 80
    G2        | gdp     | KAZ      | 2022        | _T     | 220
    G3        | gdp     | KGZ      | 2022        | _T     | 10
    G4        | gdp     | TUR      | 2022        | _T     | 900
    G5        | gdp     | UZB      | 2022        | _T     | 90
    G6        | gdp     | AZE      | 2023        | _T     | 72
    G7        | gdp     | KAZ      | 2023        | _T     | 260
    G8        | gdp     | KGZ      | 2023        | _T     | 14
    G9        | gdp     | TUR      | 2023        | _T     | 1100
    G10       | gdp     | UZB      | 2023        | _T     | 100
"""


def group(catalogue, drawn=TRADE, indicator="exports_services", **query):
    together = pl.concat([claims(drawn), claims(GDP)], how="diagonal_relaxed")
    given = compute(Query(indicator, areas=("OTS",), **query), catalogue[indicator], together, "r")
    return {(r["time_period"], r["origin"]): r for r in given.frame.to_dicts()}, given


def test_a_sum_of_members_says_who_is_in_it_and_how_much_of_the_group_that_is(catalogue):
    rows, _ = group(catalogue, members="by_date")
    assert rows["2022", "computed"]["value"] == 150
    assert rows["2022", "computed"]["coverage"] == 1
    sums = rows["2023", "computed"]
    assert (sums["value"], sums["members"], sums["missing"]) == (180, "AZE,KAZ,TUR,UZB", "KGZ")
    assert sums["coverage"] == pytest.approx((72 + 260 + 1100 + 100) / (72 + 260 + 14 + 1100 + 100))
    assert sums["parts"] == "AZE23,KAZ23,TUR23,UZB23"


def test_a_sum_of_other_members_than_the_year_before_is_a_break_and_has_no_growth(catalogue):
    rows, _ = group(catalogue, members="by_date")
    assert rows["2023", "computed"]["obs_status"] == "B"
    grown, _ = group(catalogue, members="by_date", transform="growth")
    assert grown["2023", "computed"]["low"] is None


def test_a_fixed_composition_has_the_same_members_in_every_year_and_a_growth(catalogue):
    rows, _ = group(catalogue, members="fixed")
    assert [rows[y, "computed"]["value"] for y in ("2022", "2023")] == [145, 180]
    grown, _ = group(catalogue, members="fixed", transform="growth")
    assert grown["2023", "computed"]["value"] == pytest.approx(100 * 35 / 145)


def test_what_was_reported_for_the_group_is_never_part_of_the_sum_nor_its_headline(catalogue):
    rows, given = group(catalogue, members="by_date")
    reported = rows["2023", None]
    assert (reported["value"], reported["is_headline"]) == (999, False)
    assert "the sum of its members was asked" in reported["why"]
    plain, _ = group(catalogue)
    assert [(k, r["value"], r["is_headline"]) for k, r in plain.items()] == [(("2023", None), 999, True)]
    assert given.headlines.height == 2


def test_neither_trade_with_one_partner_nor_a_total_of_several_countries_is_a_part(catalogue):
    rows, _ = group(catalogue, members="by_date")
    parts = rows["2023", "computed"]["parts"].split(",")
    assert not {"RUSOTS", "NETWORK", "OTS23"} & set(parts)


def test_below_the_coverage_asked_there_is_no_sum_but_a_reason(catalogue):
    rows, _ = group(catalogue, members="by_date", coverage=0.999)
    assert rows["2023", "computed"]["value"] is None
    assert rows["2023", "computed"]["low"] is None
    assert rows["2023", "computed"]["note"]


def test_a_member_of_more_than_gives_a_group_of_more_than(catalogue):
    rows, _ = group(catalogue, """
        measure          | ref_area | time_period | counterpart_area | sector            | hedge | obs_value | obs_low | obs_high
        exports_services | AZE      | 2023        | _T               | creative_services | exact | 10        | 10      | 10
        exports_services | KAZ      | 2023        | _T               | creative_services | over  | 20        | 20      | inf
        exports_services | TUR      | 2023        | _T               | creative_services | exact | 30        | 30      | 30
        exports_services | UZB      | 2023        | _T               | creative_services | exact | 40        | 40      | 40
    """, members="by_date")  # fmt: skip
    row = rows["2023", "computed"]
    assert (row["value"], row["low"], row["high"], row["hedge"]) == (100, 100, float("inf"), "over")


def test_a_share_of_a_group_is_the_sum_over_the_sum_never_an_average(catalogue):
    drawn = """
        measure | ref_area | time_period | sector              | unit_measure | obs_value
        gva     | AZE      | 2023        | creative_industries | USD          | 7.2
        gva     | TUR      | 2023        | creative_industries | USD          | 11
        gva     | KAZ      | 2023        | creative_industries | USD          | 2.6
        gva     | UZB      | 2023        | creative_industries | USD          | 1
    """
    rows, _ = group(catalogue, drawn, "gdp_share", members="by_date")
    row = rows["2023", "computed"]
    assert row["value"] == pytest.approx(100 * (7.2 + 11 + 2.6 + 1) / (72 + 1100 + 260 + 100))
    assert row["unit_measure"] == "PT_GDP"


def test_shares_that_were_only_stated_do_not_add_up_and_the_refusal_says_why(catalogue):
    drawn = """
        measure      | ref_area | time_period | sector              | unit_measure | obs_value
        share_of_gdp | AZE      | 2023        | creative_industries | PT_GDP       | 7
        share_of_gdp | TUR      | 2023        | creative_industries | PT_GDP       | 11
    """
    rows, given = group(catalogue, drawn, "gdp_share_stated", members="by_date")
    assert rows == {}
    assert "may not be added" in given.notes[-1]
    assert "share_of_gdp" in given.notes[-1]


def test_members_are_those_of_the_day(store, catalogue):
    given = answer(
        Query("exports_services", areas=("OTS",), members="by_date", since=2018, until=2019), store, catalogue
    )
    named = dict(given.headlines.select("time_period", "members").iter_rows())
    assert "UZB" not in named["2018"], "Uzbekistan joined in 2019"
    assert "UZB" in named["2019"]
