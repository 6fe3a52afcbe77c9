"""Shares and figures per head: numerator and denominator, whose, and of which year."""

import pytest

from indicators.answer import compute
from indicators.query import Query
from tests.tables import claims


def answered(catalogue, indicator, drawn, **query):
    return compute(Query(indicator, **query), catalogue[indicator], claims(drawn), "r").frame


def rows(frame, *columns):
    return frame.select(columns).rows()


def test_the_share_of_the_united_states_is_taken_of_the_sources_own_total(catalogue):
    share = answered(
        catalogue,
        "gdp_share",
        """
        measure | ref_area | time_period | sector      | source | obs_value
        gva     | USA      | 2023        | acpsa_total | bea    |  1169754 000000
        gva     | USA      | 2023        | _T          | bea    | 27720707 000000
        gdp     | USA      | 2023        | _T          | wb     | 99999999 000000
    """,
    )
    assert rows(share, "ref_area", "denominator", "unit_measure") == [("USA", 27720707e6, "PT_GDP")]
    assert round(share["value"][0], 1) == 4.2


def test_dollars_are_divided_by_dollars_and_tenge_by_tenge(catalogue):
    share = answered(
        catalogue,
        "gdp_share",
        """
        measure | ref_area | time_period | sector              | unit_measure | obs_value
        gva     | KAZ      | 2023        | creative_industries | KZT          |   1 200
        gva     | KAZ      | 2022        | creative_industries | USD          |       2
        gdp     | KAZ      | 2023        | _T                  | KZT          | 120 000
        gdp     | KAZ      | 2023        | _T                  | USD          |     260
        gdp     | KAZ      | 2022        | _T                  | USD          |     200
    """,
    )
    assert rows(share, "time_period", "value", "denominator") == [
        ("2022", 1.0, 200.0),
        ("2023", 1.0, 120000.0),
    ]


def test_more_than_two_billion_of_gdp_is_more_than_a_share_never_a_point(catalogue):
    share = answered(
        catalogue,
        "gdp_share",
        """
        measure | ref_area | time_period | sector              | hedge | obs_value | obs_low | obs_high
        gva     | KAZ      | 2024        | creative_industries | over  | 2         | 2       | inf
        gdp     | KAZ      | 2024        | _T                  | exact | 200       | 200     | 200
    """,
    )
    assert rows(share, "hedge", "low", "high") == [("over", 1.0, float("inf"))]


def test_a_value_whose_year_nobody_states_is_divided_by_the_last_gdp_known_and_says_so(catalogue):
    share = answered(
        catalogue,
        "gdp_share",
        """
        measure | ref_area | time_period | sector              | period_basis | obs_value
        gva     | KAZ      | 2025        | creative_industries | publication  | 2
        gdp     | KAZ      | 2024        | _T                  | stated       | 200
    """,
    )
    assert rows(share, "value", "denominator_year", "note") == [
        (1.0, 2024, "year not stated; divided by the figure of 2024")
    ]


def test_but_never_by_an_older_one(catalogue):
    share = answered(
        catalogue,
        "gdp_share",
        """
        measure | ref_area | time_period | sector              | period_basis | obs_value
        gva     | KAZ      | 2025        | creative_industries | publication  | 2
        gdp     | KAZ      | 2023        | _T                  | stated       | 200
    """,
    )
    assert share.is_empty()


def test_a_stated_year_is_divided_by_its_own_year_only(catalogue):
    share = answered(
        catalogue,
        "gdp_share",
        """
        measure | ref_area | time_period | sector              | obs_value
        gva     | KAZ      | 2024        | creative_industries | 2
        gdp     | KAZ      | 2023        | _T                  | 200
    """,
    )
    assert share.is_empty()


def test_a_missing_numerator_has_no_share_and_is_never_zero(catalogue):
    share = answered(
        catalogue,
        "gdp_share",
        """
        measure | ref_area | time_period | sector              | obs_status | obs_value
        gva     | KAZ      | 2023        | creative_industries | Q          |
        gdp     | KAZ      | 2023        | _T                  | A          | 200
    """,
    )
    assert share.is_empty()


def test_a_missing_denominator_is_no_division_by_zero(catalogue):
    share = answered(
        catalogue,
        "gdp_share",
        """
        measure | ref_area | time_period | sector              | obs_status | obs_value
        gva     | KAZ      | 2023        | creative_industries | A          | 2
        gdp     | KAZ      | 2023        | _T                  | O          |
    """,
    )
    assert share.is_empty()


def test_a_range_stays_a_range(catalogue):
    per_head = answered(
        catalogue,
        "exports_services_per_head",
        """
        measure          | ref_area | time_period | sector            | unit_measure | hedge   | obs_value | obs_low | obs_high
        exports_services | KAZ      | 2024        | creative_services | USD          | between |           | 10      | 20
        population       | KAZ      | 2024        | _T                | PS           | exact   | 5         | 5       | 5
    """,
    )
    assert rows(per_head, "value", "low", "high", "unit_measure") == [(None, 2.0, 4.0, "USD")]


@pytest.mark.parametrize(("currency", "value"), [("as_reported", 4690.0), ("USD", 10.0), ("local", 4690.0)])
def test_the_rate_of_the_year_stays_in_the_answer(catalogue, currency, value):
    answer = answered(
        catalogue,
        "value_added",
        """
        measure       | ref_area | time_period | sector              | unit_measure | obs_value | publisher
        gva           | KAZ      | 2024        | creative_industries | KZT          | 4690      | Ministry
        exchange_rate | KAZ      | 2024        | _T                  | KZT          | 469       | World Bank
    """,
        currency=currency,
    )
    assert rows(answer, "value") == [(value,)]
    rate = (469.0, "World Bank") if currency == "USD" else (None, None)
    assert rows(answer, "rate", "rate_publisher") == [rate]


def test_a_year_without_a_rate_is_not_converted_at_the_rate_of_another(catalogue):
    answer = answered(
        catalogue,
        "value_added",
        """
        measure       | ref_area | time_period | sector              | unit_measure | obs_value
        gva           | KAZ      | 2025        | creative_industries | KZT          | 4690
        exchange_rate | KAZ      | 2024        | _T                  | KZT          | 469
    """,
        currency="USD",
    )
    assert rows(answer, "value", "low", "high", "unit_measure", "note") == [
        (None, None, None, "KZT", "no exchange rate for this year: not converted")
    ]


def test_an_open_end_stays_open_through_conversion(catalogue):
    answer = answered(
        catalogue,
        "value_added",
        """
        measure       | ref_area | time_period | sector              | unit_measure | hedge | obs_value | obs_low | obs_high
        gva           | KAZ      | 2024        | creative_industries | USD          | over  | 2         | 2       | inf
        exchange_rate | KAZ      | 2024        | _T                  | KZT          | exact | 469       | 469     | 469
    """,
        currency="local",
    )
    assert rows(answer, "value", "low", "high", "hedge") == [(938.0, 938.0, float("inf"), "over")]


def test_any_figure_per_head_per_thousand_employed_and_per_gdp(catalogue):
    drawn = """
        measure    | ref_area | time_period | sector              | unit_measure | source | obs_value
        gva        | KAZ      | 2023        | creative_industries | USD          | a      | 3000
        population | KAZ      | 2023        | _T                  | PS           | b      | 20
        employment | KAZ      | 2023        | _T                  | PS           | b      | 8
        gdp        | KAZ      | 2023        | _T                  | USD          | b      | 60000
    """
    made = {
        per: answered(catalogue, "value_added", drawn, per=per)
        for per in ("head", "thousand_employed", "gdp")
    }
    assert {per: (f["value"].item(), f["unit_measure"].item()) for per, f in made.items()} == {
        "head": (150.0, "USD"),
        "thousand_employed": (375_000.0, "USD"),
        "gdp": (5.0, "PT_GDP"),
    }
