"""Money in another money: by the rate of its own year or not at all, and the rate stays in the row."""

from math import inf

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.convert import (
    CONVERSION,
    NO_DEFLATOR,
    NO_RATE,
    NOT_ANNUAL,
    UNSTATED_YEAR,
    Money,
    convert,
    currencies,
)
from tests.tables import claims

RATES = """
    figure_id | ref_area | time_period | unit_measure | publisher  | obs_value | obs_comment
    KZT-2023  | KAZ      | 2023        | KZT          | World Bank | 456       |
    KZT-2024  | KAZ      | 2024        | KZT          | World Bank | 469       |
    RUB-2023  | RUS      | 2023        | RUB          | World Bank | 85        |
    RUB-2024  | RUS      | 2024        | RUB          | HMRC       | 92.5      | cross rate
    EUR-2024  | DEU      | 2024        | EUR          | World Bank | 0.925     |
    EUR-CYP   | CYP      | 2022        | EUR          | PWT        | 0.95      | euro equivalent
    EUR-2022  | DEU      | 2022        | EUR          | World Bank | 0.94      |
    USD-2024  | USA      | 2024        | USD          | World Bank | 1         |
    TRY-2004  | TUR      | 2004        | TRY          | World Bank | 1.4       |
"""
DEFLATORS = """
    figure_id | ref_area | time_period | unit_measure | base_per | obs_value
    P-2022    | KAZ      | 2022        | IX           | 2015     | 200
    P-2023    | KAZ      | 2023        | IX           | 2015     | 225
    P-2024    | KAZ      | 2024        | IX           | 2015     | 250
"""


def figures(drawn: str) -> pl.DataFrame:
    return claims(drawn).with_columns(
        pl.col("obs_value").cast(pl.Float64).alias("value"),
        pl.col("obs_low").alias("low"),
        pl.col("obs_high").alias("high"),
        pl.lit(None, pl.String).alias("note"),
    )


def converted(drawn: str, currency: str, prices: int | None = None) -> pl.DataFrame:
    made = convert(figures(drawn), claims(RATES), claims(DEFLATORS), Money(currency, prices))
    assert made["figure_id"].to_list() == figures(drawn)["figure_id"].to_list(), (
        "no row lost, doubled or moved"
    )
    return made


def rows(frame: pl.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    rounded = frame.with_columns(pl.col(pl.Float64).round(6))
    return rounded.select(columns).rows()


NOTHING_DONE = dict.fromkeys(column for column in CONVERSION if column != "reported_unit")


# ------------------------------------------------------------------------ dollars and local currency

LEDGER = """
    figure_id | ref_area | time_period | unit_measure | obs_value
    TENGE     | KAZ      | 2024        | KZT          | 4690
    TENGE-23  | KAZ      | 2023        | KZT          | 4560
    DOLLARS   | KAZ      | 2024        | USD          | 10
    ROUBLES   | KAZ      | 2024        | RUB          | 925
"""


def test_as_reported_is_as_reported():
    made = converted(LEDGER, "as_reported")
    assert rows(made, "value", "unit_measure") == [(4690, "KZT"), (4560, "KZT"), (10, "USD"), (925, "RUB")]
    assert made.select(list(NOTHING_DONE)).unique().to_dicts() == [NOTHING_DONE]
    assert made["note"].null_count() == 4


def test_in_dollars_each_year_has_its_own_rate_and_keeps_it():
    made = converted(LEDGER, "USD")
    assert rows(
        made, "value", "unit_measure", "rate", "rate_figure_id", "rate_publisher", "reported_unit"
    ) == [
        (10, "USD", 469, "KZT-2024", "World Bank", "KZT"),
        (10, "USD", 456, "KZT-2023", "World Bank", "KZT"),
        (10, "USD", None, None, None, "USD"),
        (10, "USD", 92.5, "RUB-2024", "HMRC", "RUB"),
    ]


def test_in_local_currency_a_foreign_one_goes_through_the_dollar_and_both_rates_are_kept():
    made = converted(LEDGER, "local")
    assert rows(made, "value", "unit_measure", "rate_figure_id", "rate_to_figure_id") == [
        (4690, "KZT", None, None),
        (4560, "KZT", None, None),
        (4690, "KZT", "KZT-2024", None),
        (4690, "KZT", "RUB-2024", "KZT-2024"),
    ]


def test_in_any_other_currency():
    assert rows(converted(LEDGER, "EUR"), "value", "unit_measure", "rate_figure_id", "rate_to_figure_id") == [
        (9.25, "EUR", "KZT-2024", "EUR-2024"),
        (None, "KZT", None, None),                      # no euro of 2023 in these rates
        (9.25, "EUR", "EUR-2024", None),
        (9.25, "EUR", "RUB-2024", "EUR-2024"),
    ]  # fmt: skip


def test_a_rate_without_a_remark_goes_before_one_with():
    dollars = """
        figure_id | ref_area | time_period | unit_measure | obs_value
        GEORGIA   | GEO      | 2022        | USD          | 100
        CYPRUS    | CYP      | 2022        | USD          | 100
    """
    assert rows(converted(dollars, "EUR"), "value", "rate_figure_id") == [(94, "EUR-2022"), (95, "EUR-CYP")]


def test_a_currency_that_was_redenominated_is_brought_to_its_successor_by_the_ratio_of_the_law():
    lira = """
        figure_id | ref_area | time_period | unit_measure | obs_value
        OLD       | TUR      | 2004        | TRL          | 14 000 000
        NEW       | TUR      | 2004        | TRY          | 14
    """
    columns = ("value", "unit_measure", "redenomination", "rate", "reported_unit")
    assert rows(converted(lira, "local"), *columns) == [
        (14, "TRY", 1e6, None, "TRL"),
        (14, "TRY", None, None, "TRY"),
    ]
    assert rows(converted(lira, "USD"), *columns) == [
        (10, "USD", 1e6, 1.4, "TRL"),
        (10, "USD", None, 1.4, "TRY"),
    ]


# ------------------------------------------------------------------------ never a guess


@pytest.mark.parametrize("currency", ["USD", "EUR"])
def test_a_year_without_a_rate_has_no_figure_and_a_reason(currency):
    made = converted(
        """
        figure_id | ref_area | time_period | unit_measure | hedge | obs_value | obs_low | obs_high
        BEFORE    | KAZ      | 2021        | KZT          | exact | 5         | 5       | 5
        AFTER     | KAZ      | 2025        | KZT          | over  | 5         | 5       | inf
        UNKNOWN   | KAZ      | 2024        | MNT          | exact | 5         | 5       | 5
        """,
        currency,
    )
    assert rows(made, "value", "low", "high", "note", "unit_measure", "rate") == [
        (None, None, None, NO_RATE, "KZT", None),
        (None, None, None, NO_RATE, "KZT", None),
        (None, None, None, NO_RATE, "MNT", None),
    ]


def test_an_area_without_a_currency_of_its_own_has_no_local_figure():
    group = """
        figure_id | ref_area | time_period | unit_measure | obs_value
        OTS       | OTS      | 2024        | USD          | 53
    """
    assert rows(converted(group, "local"), "value", "note", "unit_measure") == [(None, NO_RATE, "USD")]


def test_half_a_year_and_a_fiscal_year_have_no_rate_of_a_calendar_year():
    made = converted(
        """
        figure_id | ref_area | time_period     | freq | unit_measure | obs_value
        HALF      | KAZ      | 2024-S1         | S    | KZT          | 469
        FISCAL    | KAZ      | 2023-07-01/P12M | _O   | KZT          | 469
        DOLLARS   | KAZ      | 2024-S1         | S    | USD          | 3
        """,
        "USD",
    )
    assert rows(made, "value", "note") == [(None, NOT_ANNUAL), (None, NOT_ANNUAL), (3, None)]


def test_what_is_missing_stays_missing_and_needs_no_excuse():
    missing = """
        figure_id | ref_area | time_period | unit_measure | obs_status | obs_value
        SUPPRESSED | KAZ     | 2024        | KZT          | Q          |
        LATER     | KAZ      | 2025        | KZT          | O          |
    """
    made = converted(missing, "USD")
    assert rows(made, "value", "low", "high", "note") == [(None, None, None, None)] * 2


def test_a_year_that_nobody_states_is_converted_and_says_so():
    speech = """
        figure_id | ref_area | time_period | period_basis | unit_measure | obs_value
        SPEECH    | KAZ      | 2024        | publication  | KZT          | 4690
        DOLLARS   | KAZ      | 2024        | publication  | USD          | 10
    """
    assert rows(converted(speech, "USD"), "value", "note") == [(10, UNSTATED_YEAR), (10, None)]


def test_an_interval_is_converted_with_its_open_end():
    made = converted(
        """
        figure_id | ref_area | time_period | hedge   | unit_measure | obs_value | obs_low | obs_high
        OVER      | KAZ      | 2024        | over    | USD          | 2         | 2       | inf
        RANGE     | KAZ      | 2024        | between | USD          |           | 2       | 7
        UNDER     | KAZ      | 2024        | under   | USD          | 1         | 0       | 1
        NIL       | KAZ      | 2024        | exact   | USD          |           | 0       | 0.5
        """,
        "local",
    )
    assert rows(made, "value", "low", "high", "hedge") == [
        (938, 938, inf, "over"),
        (None, 938, 3283, "between"),
        (469, 0, 469, "under"),
        (None, 0, 234.5, "exact"),
    ]


def test_a_currency_that_is_none_is_refused_with_what_there_is():
    with pytest.raises(ValueError, match=r"'dollars' is no currency; there is as_reported, local, USD"):
        converted(LEDGER, "dollars")


def test_every_currency_of_the_code_list_can_be_chosen_and_nothing_else():
    assert {"USD", "KZT", "EUR", "local", "as_reported"} <= set(currencies())
    assert not {"PS", "PT", "FILM", "IX"} & set(currencies())


# ------------------------------------------------------------------------ prices of one year


def test_constant_prices_deflate_at_home_and_convert_at_the_rate_of_the_base_year():
    made = converted(
        """
        figure_id | ref_area | time_period | unit_measure | obs_value
        A         | KAZ      | 2023        | KZT          | 4221
        B         | KAZ      | 2024        | KZT          | 4690
        """,
        "USD",
        2024,
    )
    assert rows(made, "value", "unit_measure", "base_per", "deflator_figure_id", "rate_figure_id") == [
        (10, "USD", "2024", "P-2023", "KZT-2024"),      # 4221 × 250/225 = 4690, at 469
        (10, "USD", "2024", "P-2024", "KZT-2024"),
    ]  # fmt: skip


def test_a_year_or_an_area_without_a_deflator_has_no_figure_at_constant_prices():
    made = converted(
        """
        figure_id | ref_area | time_period | unit_measure | obs_value
        BEFORE    | KAZ      | 2021        | KZT          | 5
        RUSSIA    | RUS      | 2024        | RUB          | 5
        """,
        "local",
        2024,
    )
    assert rows(made, "value", "low", "high", "note") == [(None, None, None, NO_DEFLATOR)] * 2


# ------------------------------------------------------------------------ for any figures

CELLS = st.tuples(
    st.sampled_from(["KAZ", "RUS", "DEU", "OTS"]),
    st.integers(2021, 2025),
    st.sampled_from(["KZT", "RUB", "EUR", "USD"]),
)
UNITS = {
    (row["unit_measure"], row["year"]): float(row["obs_value"])
    for row in claims(RATES).to_dicts()
    if row["ref_area"] != "CYP"
}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(CELLS, st.integers(0, 10**6)), min_size=1, max_size=10),
    st.sampled_from(["USD", "KZT", "RUB", "EUR"]),
)
def test_a_figure_is_converted_exactly_where_both_currencies_have_a_rate_of_its_year(cells, to):
    head = "figure_id | ref_area | time_period | unit_measure | obs_value"
    drawn = "\n".join([head, *(f"F{i} | {a} | {y} | {u} | {v}" for i, ((a, y, u), v) in enumerate(cells))])
    made = converted(drawn, to)
    for row, ((_, year, unit), value) in zip(made.to_dicts(), cells, strict=True):
        rate = {"USD": 1.0}.get(unit, UNITS.get((unit, year)))
        other = {"USD": 1.0}.get(to, UNITS.get((to, year)))
        if unit == to:
            assert (row["value"], row["note"]) == (value, None)
        elif rate is None or other is None:
            assert (row["value"], row["unit_measure"], row["note"]) == (None, unit, NO_RATE)
        else:
            assert row["value"] == pytest.approx(value / rate * other)
            assert row["low"] == row["high"] == row["value"]
