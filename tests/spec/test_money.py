"""Currency and prices: at whose rate, of which year, in which version of a currency."""

import math

import pytest

from indicators.answer import compute
from indicators.query import Query
from tests.tables import claims

RATES = """
    figure_id | measure       | ref_area | time_period | sector | unit_measure | obs_value
    R1        | exchange_rate | KAZ      | 2020        | _T     | KZT          | 400
    R2        | exchange_rate | KAZ      | 2023        | _T     | KZT          | 450
    R3        | exchange_rate | TUR      | 2023        | _T     | TRY          | 25
    R4        | exchange_rate | BLR      | 2015        | _T     | BYN          | 1.6
    R5        | exchange_rate | DEU      | 2023        | _T     | EUR          | 0.9
    R6        | exchange_rate | AZE      | 2004        | _T     | AZN          | 1.0
    R7        | exchange_rate | TUR      | 2004        | _T     | TRY          | 1.5
    R8        | exchange_rate | USA      | 2023        | _T     | USD          | 1
    R9        | exchange_rate | UZB      | 2023        | _T     | UZS          | 12000
"""
DEFLATORS = """
    figure_id | measure      | ref_area | time_period | sector | unit_measure | base_per | obs_value
    D1        | gdp_deflator | KAZ      | 2020        | _T     | IX           | 2015     | 150
    D2        | gdp_deflator | KAZ      | 2023        | _T     | IX           | 2015     | 225
"""


def figures(catalogue, drawn, *, deflators="", **query):
    frames = [claims(t) for t in (drawn, RATES, deflators) if t]
    import polars as pl

    together = pl.concat(frames, how="diagonal_relaxed")
    frame = compute(Query("value_added", **query), catalogue["value_added"], together, "r").frame
    return {row["figure_id"]: row for row in frame.to_dicts()}


SAME_AMOUNTS = [
    # reported,             year,   as,   is,               at rates of
    ("KAZ", "KZT", 900,    "2023", "USD", 2.0,              "450 KZT for a dollar"),
    ("KAZ", "USD", 2,      "2023", "KZT", 900.0,            "450 KZT for a dollar"),
    ("KAZ", "USD", 2,      "2023", "local", 900.0,          "450 KZT for a dollar"),
    ("KAZ", "KZT", 900,    "2023", "TRY", 50.0,             "450 KZT and 25 TRY for a dollar"),
    ("TUR", "TRY", 50,     "2023", "KZT", 900.0,            "25 TRY and 450 KZT for a dollar"),
    ("KAZ", "EUR", 1.8,    "2023", "USD", 2.0,              "0.9 EUR for a dollar"),
    ("KAZ", "EUR", 1.8,    "2023", "local", 900.0,          "0.9 EUR and 450 KZT for a dollar"),
    ("KAZ", "KZT", 900,    "2020", "USD", 2.25,             "400 KZT, the rate of 2020, not of 2023"),
    ("BLR", "BYR", 16000,  "2015", "BYN", 1.6,              "no rate: 10,000 BYR are 1 BYN"),
    ("BLR", "BYN", 1.6,    "2015", "BYR", 16000.0,          "no rate: 10,000 BYR are 1 BYN"),
    ("BLR", "BYR", 16000,  "2015", "USD", 1.0,              "10,000 BYR are 1 BYN, 1.6 BYN for a dollar"),
    ("BLR", "BYR", 16000,  "2015", "local", 1.6,            "no rate: 10,000 BYR are 1 BYN"),
    ("AZE", "AZM", 5000,   "2004", "AZN", 1.0,              "no rate: 5,000 AZM are 1 AZN"),
    ("AZE", "AZM", 5000,   "2004", "USD", 1.0,              "5,000 AZM are 1 AZN, 1 AZN for a dollar"),
    ("TUR", "TRL", 1.5e6,  "2004", "USD", 1.0,              "1,000,000 TRL are 1 TRY, 1.5 TRY for a dollar"),
    ("BLR", "BYB", 16e6,   "2015", "USD", 1.0,              "1,000 BYB are 1 BYR, 10,000 BYR are 1 BYN"),
]  # fmt: skip


@pytest.mark.parametrize(("area", "unit", "amount", "year", "to", "expected", "why"), SAME_AMOUNTS)
def test_an_amount_in_another_money(catalogue, area, unit, amount, year, to, expected, why):
    row = figures(catalogue, f"""
        figure_id | measure | ref_area | time_period | unit_measure | obs_value
        V         | gva     | {area}   | {year}      | {unit}       | {amount}
    """, currency=to)["V"]  # fmt: skip
    assert row["value"] == pytest.approx(expected), why
    assert row["low"] == row["high"] == row["value"]
    assert row["reported_unit"] == unit


def test_the_rates_used_stay_in_the_row_with_their_source_and_the_currency_version(catalogue):
    row = figures(catalogue, """
        figure_id | measure | ref_area | time_period | unit_measure | obs_value
        V         | gva     | BLR      | 2015        | BYR          | 16000
        W         | gva     | KAZ      | 2023        | KZT          | 900
    """, currency="TRY")  # fmt: skip
    cross = row["W"]
    assert [cross[c] for c in ("rate", "rate_figure_id", "rate_to", "rate_to_figure_id")] == [
        450,
        "R2",
        25,
        "R3",
    ]
    assert cross["redenomination"] is None
    assert row["V"]["value"] is None, "no lira rate of 2015 here"
    assert row["V"]["unit_measure"] == "BYR"
    redenominated = figures(catalogue, """
        figure_id | measure | ref_area | time_period | unit_measure | obs_value
        V         | gva     | BLR      | 2015        | BYR          | 16000
    """, currency="USD")["V"]  # fmt: skip
    assert (redenominated["redenomination"], redenominated["rate"]) == (10000, 1.6)


@pytest.mark.parametrize(("period", "basis", "note"), [
    ("2021", "stated", "no exchange rate for this year: not converted"),
    ("2023", "publication", "year not stated; the rate is that of the year of publication"),
])  # fmt: skip
def test_a_year_without_a_rate_and_a_year_that_nobody_states_are_said(catalogue, period, basis, note):
    row = figures(catalogue, f"""
        figure_id | measure | ref_area | time_period | period_basis | unit_measure | obs_value
        V         | gva     | KAZ      | {period}    | {basis}      | KZT          | 900
    """, currency="USD")["V"]  # fmt: skip
    assert row["note"] == note
    assert (row["value"] is None) == (period == "2021")


def test_more_than_900_tenge_are_more_than_two_dollars(catalogue):
    row = figures(catalogue, """
        figure_id | measure | ref_area | time_period | unit_measure | hedge | obs_value | obs_low | obs_high
        V         | gva     | KAZ      | 2023        | KZT          | over  | 900       | 900     | inf
    """, currency="USD")["V"]  # fmt: skip
    assert (row["value"], row["low"], row["high"], row["hedge"]) == (2.0, 2.0, math.inf, "over")


def test_constant_prices_deflate_at_home_and_convert_at_the_rate_of_the_base_year(catalogue):
    drawn = """
        figure_id | measure | ref_area | time_period | unit_measure | obs_value
        V         | gva     | KAZ      | 2023        | KZT          | 900
        B         | gva     | KAZ      | 2020        | KZT          | 400
    """
    at_home = figures(catalogue, drawn, deflators=DEFLATORS, prices=2020)
    assert (at_home["V"]["value"], at_home["V"]["base_per"]) == (900 * 150 / 225, "2020")
    assert (at_home["B"]["value"], at_home["V"]["deflator_figure_id"]) == (400, "D2")
    in_dollars = figures(catalogue, drawn, deflators=DEFLATORS, prices=2020, currency="USD")
    assert in_dollars["V"]["value"] == pytest.approx(900 * 150 / 225 / 400), "the rate of 2020, not of 2023"
    assert in_dollars["V"]["rate_figure_id"] == "R1"


def test_dollars_at_constant_prices_pass_through_the_local_currency(catalogue):
    row = figures(catalogue, """
        figure_id | measure | ref_area | time_period | unit_measure | obs_value
        V         | gva     | KAZ      | 2023        | USD          | 2
    """, deflators=DEFLATORS, prices=2020, currency="USD")["V"]  # fmt: skip
    assert row["value"] == pytest.approx(2 * 450 * 150 / 225 / 400)
    assert row["note"] == "brought into KZT at 450.0 (R2) before deflating"


def test_a_year_without_a_deflator_has_no_constant_price(catalogue):
    row = figures(catalogue, """
        figure_id | measure | ref_area | time_period | unit_measure | obs_value
        V         | gva     | UZB      | 2023        | UZS          | 900
    """, deflators=DEFLATORS, prices=2020)["V"]  # fmt: skip
    assert (row["value"], row["low"]) == (None, None)
    assert row["note"] == "no deflator for this year: not at constant prices"


def test_a_share_of_gdp_in_a_currency_without_gdp_passes_through_dollars_but_not_over_two_vintages(catalogue):
    import polars as pl

    drawn = """
        figure_id | measure | ref_area | time_period | sector              | unit_measure | obs_value | obs_comment
        V         | gva     | KAZ      | 2023        | creative_industries | KZT          | 900       |
        W         | gva     | TUR      | 2023        | creative_industries | TRY          | 50        |
        G         | gdp     | KAZ      | 2023        | _T                  | USD          | 200       |
        H         | gdp     | TUR      | 2023        | _T                  | USD          | 200       | [usd_lcu_vintage_mismatch]
    """
    together = pl.concat([claims(drawn), claims(RATES)], how="diagonal_relaxed")
    answered = compute(Query("gdp_share"), catalogue["gdp_share"], together, "r")
    assert answered.frame.select("figure_id", "value", "denominator").rows() == [("V", 1.0, 200.0)]
    assert answered.notes[-1] == "without a denominator of their year, and so not shown: TUR 2023"
