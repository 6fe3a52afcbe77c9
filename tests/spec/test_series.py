"""Growth, index, compound growth, contribution and rank: of what, against what, and when not."""

import math

import polars as pl
import pytest

from indicators.answer import compute
from indicators.query import Query
from tests.tables import claims


def made(catalogue, drawn, transform, indicator="value_added", **query):
    asked = Query(indicator, transform=transform, **query)
    frame = compute(asked, catalogue[indicator], claims(drawn), "r").frame
    return {(r["ref_area"], r["time_period"]): r for r in frame.to_dicts() if r["is_headline"]}


INTERVALS = [
    # 2022: hedge, low, high    2023: hedge, low, high        growth: low, high, value, hedge
    (("exact", 100, 100),      ("exact", 110, 110),           (10, 10, 10, "exact")),
    (("exact", 100, 100),      ("over", 110, math.inf),       (10, math.inf, 10, "over")),
    (("over", 100, math.inf),  ("exact", 110, 110),           (-100, 10, 10, "up_to")),
    (("over", 100, math.inf),  ("over", 110, math.inf),       (None, None, None, "exact")),
    (("exact", 100, 100),      ("about", 99, 121),            (-1, 21, 10, "about")),
    (("about", 90, 110),       ("about", 99, 121),            (-10, 34.4444444, None, "about")),
    (("up_to", 0, 100),        ("exact", 110, 110),           (10, math.inf, 10, "over")),
    (("exact", 100, 100),      ("under", 0, 110),             (-100, 10, 10, "up_to")),
    (("about", 90, 110),       ("over", 110, math.inf),       (0, math.inf, None, "between")),
    (("between", 80, 100),     ("exact", 120, 120),           (20, 50, None, "between")),
]  # fmt: skip
STATED = {"exact": 1, "over": 0, "up_to": 1, "under": 1, "about": None, "between": None}


@pytest.mark.parametrize(("before", "now", "expected"), INTERVALS)
def test_growth_of_hedged_figures_is_an_interval_and_never_a_false_point(catalogue, before, now, expected):
    def drawn(hedge, low, high):
        stated = {"about": (low + high) / 2, "over": low, "between": ""}.get(hedge, high)
        return f"{hedge} | {stated} | {low} | {high}"

    row = made(catalogue, f"""
        measure | ref_area | time_period | hedge | obs_value | obs_low | obs_high
        gva     | KAZ      | 2022        | {drawn(*before)}
        gva     | KAZ      | 2023        | {drawn(*now)}
    """, "growth")["KAZ", "2023"]  # fmt: skip
    low, high, value, _ = expected
    assert row["low"] == (None if low is None else pytest.approx(low))
    assert row["high"] == (None if high is None else pytest.approx(high))
    assert row["value"] == (None if value is None else pytest.approx(value))
    if value is not None:
        assert row["hedge"] == expected[3]


def test_growth_names_what_it_compares_with(catalogue):
    row = made(catalogue, """
        figure_id | measure | ref_area | time_period | publisher | obs_value
        A         | gva     | KAZ      | 2022        | Ministry  | 100
        B         | gva     | KAZ      | 2023        | Agency    | 110
    """, "growth")["KAZ", "2023"]  # fmt: skip
    assert (row["compared_figure_id"], row["compared_period"], row["unit_measure"]) == ("A", "2022", "PT")
    assert row["note"] == "two publishers are compared: Agency and, for 2022, Ministry"


NO_GROWTH = {
    "the year before is missing": """
        measure | ref_area | time_period | obs_value
        gva     | KAZ      | 2021        | 100
        gva     | KAZ      | 2023        | 110
    """,
    "the year is not stated": """
        measure | ref_area | time_period | period_basis | obs_value
        gva     | KAZ      | 2022        | stated       | 100
        gva     | KAZ      | 2023        | publication  | 110
    """,
    "another currency": """
        measure | ref_area | time_period | unit_measure | obs_value
        gva     | KAZ      | 2022        | KZT          | 100
        gva     | KAZ      | 2023        | USD          | 110
    """,
    "another sector": """
        measure | ref_area | time_period | sector              | obs_value
        gva     | KAZ      | 2022        | creative_industries | 100
        gva     | KAZ      | 2023        | culture             | 110
    """,
    "one of the two cannot be": """
        measure | ref_area | time_period | obs_status | obs_value
        gva     | KAZ      | 2022        | U          | 100
        gva     | KAZ      | 2023        | A          | 110
    """,
}


@pytest.mark.parametrize("drawn", NO_GROWTH.values(), ids=NO_GROWTH)
def test_no_growth_where_two_years_do_not_compare(catalogue, drawn):
    assert ("KAZ", "2023") not in made(catalogue, drawn, "growth")


def test_a_break_in_the_series_is_said_and_nothing_is_compared_across_it(catalogue):
    drawn = """
        measure | ref_area | time_period | obs_status | obs_value
        gva     | KAZ      | 2021        | A          | 100
        gva     | KAZ      | 2022        | B          | 150
        gva     | KAZ      | 2023        | A          | 165
    """
    growth = made(catalogue, drawn, "growth")
    assert growth["KAZ", "2022"]["low"] is None
    assert growth["KAZ", "2022"]["note"] == "the series breaks in between: the two years are not comparable"
    assert growth["KAZ", "2023"]["value"] == pytest.approx(10)
    index = made(catalogue, drawn, "index", base=2021)
    assert [index["KAZ", y]["value"] for y in ("2021", "2022", "2023")] == [100, None, None]


def test_a_fiscal_year_is_compared_with_a_fiscal_year_and_never_with_a_calendar_year(catalogue):
    from datetime import date

    drawn = claims("""
        measure    | ref_area | time_period     | sector   | unit_measure | freq | obs_value
        attendance | TUR      | 2021-07-01/P12M | theatres | PS           | _O   | 100
        attendance | TUR      | 2022-07-01/P12M | theatres | PS           | _O   | 120
        attendance | TUR      | 2022            | theatres | PS           | A    | 300
        attendance | TUR      | 2023            | theatres | PS           | A    | 330
    """)
    season = pl.col("freq") == "_O"
    drawn = drawn.with_columns(
        pl.when(season).then(pl.date("year", 7, 1)).otherwise("period_start").alias("period_start"),
        pl.when(season).then(pl.date(pl.col("year") + 1, 6, 30)).otherwise("period_end").alias("period_end"),
    ).with_columns(pl.col("period_end").dt.year().alias("year"))
    assert drawn["period_end"].max() == date(2023, 12, 31)
    frame = compute(
        Query("theatre_attendance", transform="growth"), catalogue["theatre_attendance"], drawn, "r"
    ).frame
    assert frame.select("time_period", "compared_period", "value").rows() == [
        ("2022-07-01/P12M", "2021-07-01/P12M", pytest.approx(20)),
        ("2023", "2022", pytest.approx(10)),
    ]


def test_index_and_compound_growth_from_a_base_year(catalogue):
    drawn = """
        measure | ref_area | time_period | obs_value
        gva     | KAZ      | 2020        | 100
        gva     | KAZ      | 2021        | 50
        gva     | KAZ      | 2022        | 121
        gva     | UZB      | 2021        | 10
        gva     | UZB      | 2022        | 20
    """
    index = made(catalogue, drawn, "index", base=2020)
    assert {k: r["value"] for k, r in index.items()} == {
        ("KAZ", "2020"): 100, ("KAZ", "2021"): 50, ("KAZ", "2022"): 121,
    }  # fmt: skip
    own = made(catalogue, drawn, "index")
    assert (own["UZB", "2022"]["value"], own["UZB", "2022"]["compared_period"]) == (200, "2021")
    yearly = made(catalogue, drawn, "annual_growth", base=2020)
    assert yearly["KAZ", "2022"]["value"] == pytest.approx(10)
    assert ("KAZ", "2020") not in {k for k, r in yearly.items() if r["value"] is not None}


def test_contribution_is_the_change_over_the_sources_own_total_of_the_year_before(catalogue):
    row = made(catalogue, """
        measure | ref_area | time_period | sector      | source | obs_value
        gva     | USA      | 2022        | acpsa_total | bea    | 100
        gva     | USA      | 2023        | acpsa_total | bea    | 110
        gva     | USA      | 2022        | _T          | bea    | 2000
        gva     | USA      | 2022        | _T          | other  | 9999
    """, "contribution")["USA", "2023"]  # fmt: skip
    assert (row["value"], row["unit_measure"]) == (0.5, "PP")


def test_the_contributions_of_parts_add_up_to_the_growth_of_their_total(catalogue):
    drawn = """
        measure | ref_area | time_period | sector                | source | obs_value
        gva     | BRA      | 2022        | ibge_cultural_domains | ibge   | 40
        gva     | BRA      | 2023        | ibge_cultural_domains | ibge   | 50
        gva     | BRA      | 2022        | creative_industries   | ibge   | 60
        gva     | BRA      | 2023        | creative_industries   | ibge   | 54
        gva     | BRA      | 2022        | _T                    | ibge   | 100
    """
    asked = Query("value_added", transform="contribution")
    frame = compute(asked, catalogue["value_added"], claims(drawn), "r").frame
    assert dict(frame.select("sector", "value").iter_rows()) == {
        "ibge_cultural_domains": 10.0, "creative_industries": -6.0,
    }  # fmt: skip


def test_ranks_are_among_countries_and_intervals_have_a_best_and_a_worst_place(catalogue):
    places = made(catalogue, """
        measure | ref_area | time_period | hedge | obs_value | obs_low | obs_high
        gva     | RUS      | 2023        | exact | 90        | 90      | 90
        gva     | KAZ      | 2023        | over  | 50        | 50      | inf
        gva     | UZB      | 2023        | exact | 60        | 60      | 60
        gva     | KGZ      | 2023        | exact | 10        | 10      | 10
        gva     | ARM      | 2023        | exact | 10        | 10      | 10
        gva     | CIS      | 2023        | exact | 999       | 999     | 999
    """, "rank")  # fmt: skip
    assert {area: (r["low"], r["high"], r["value"]) for (area, _), r in places.items()} == {
        "RUS": (1, 2, None), "KAZ": (1, 3, None), "UZB": (2, 3, None), "KGZ": (4, 4, 4), "ARM": (4, 4, 4),
    }  # fmt: skip


def test_a_stated_growth_stands_beside_the_one_made_of_levels_and_the_note_says_so(catalogue):
    frame = compute(Query("culture_expenditure", transform="growth"), catalogue["culture_expenditure"], claims("""
        figure_id | measure                    | ref_area | time_period | sector  | unit_measure | obs_value
        BEFORE    | culture_expenditure        | TUR      | 2023        | culture | TRY          | 276.338253
        NOW       | culture_expenditure        | TUR      | 2024        | culture | TRY          | 408.339
        STATED    | culture_expenditure_growth | TUR      | 2024        | culture | PT           | 83.3
    """), "r").frame  # fmt: skip
    rows = {r["figure_id"]: r for r in frame.to_dicts()}
    assert rows["NOW"]["value"] == pytest.approx(47.768, abs=0.001)
    assert (rows["NOW"]["is_headline"], rows["NOW"]["rivals"]) == (True, 1)
    assert "83.3 (STATED) per cent" in rows["NOW"]["note"]
    assert (rows["STATED"]["is_headline"], rows["STATED"]["value"]) == (False, 83.3)


def test_growth_without_a_base_stays_growth_and_makes_no_level(catalogue):
    drawn = claims("""
        figure_id | measure         | ref_area | time_period | sector | unit_measure | hedge  | obs_value | obs_low | obs_high
        TWICE     | turnover_growth | KGZ      | 2023        | it     | TIMES        | almost | 2         | 1.8     | 2
    """)
    growth = compute(Query("turnover", transform="growth"), catalogue["turnover"], drawn, "r").frame
    assert growth.select("value", "low", "high", "unit_measure", "origin").rows() == [
        (100, 80, 100, "PT", "stated")
    ]
    assert compute(Query("turnover"), catalogue["turnover"], drawn, "r").frame.is_empty()


def test_nothing_is_carried_forward_unless_asked_and_then_it_says_its_own_year(catalogue):
    drawn = claims("""
        measure | ref_area | time_period | obs_value
        gva     | KAZ      | 2020        | 100
        gva     | KAZ      | 2023        | 130
    """)
    plain = compute(Query("value_added"), catalogue["value_added"], drawn, "r").frame
    assert plain["year"].to_list() == [2020, 2023]
    frame = compute(Query("value_added", carry=2, until=2024), catalogue["value_added"], drawn, "r").frame
    assert frame.sort("year").select("year", "time_period", "value", "carried_from").rows() == [
        (2020, "2020", 100, None), (2021, "2020", 100, 2020), (2022, "2020", 100, 2020),
        (2023, "2023", 130, None), (2024, "2023", 130, 2023),
    ]  # fmt: skip
    assert frame.filter(year=2022)["note"].to_list() == ["carried forward from 2020"]


PRINTED = [
    # printed,          value,          power,   half a unit of the last digit
    ("3,8 млрд",        3_800_000_000,  9,       50_000_000),
    ("4.20 bn",         4_200_000_000,  9,       5_000_000),
    ("149,600 people",  149_600,        0,       0.5),
    ("140 тысяч",       140_000,        3,       500),
    ("0,69 faiz",       0.69,           0,       0.005),
    ("2.0%",            2,              0,       0.05),
    ("2%",              2,              0,       0.5),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "value", "power", "half"), PRINTED)
def test_where_asked_a_figure_is_as_exact_as_its_last_printed_digit(catalogue, printed, value, power, half):
    drawn = claims(f"""
        measure | ref_area | time_period | obs_value
        gva     | KAZ      | 2023        | {value}
    """).with_columns(
        pl.lit(printed).alias("reported_value"), pl.lit(power, pl.Int8).alias("reported_unit_mult")
    )
    frame = compute(Query("value_added", rounding="printed"), catalogue["value_added"], drawn, "r").frame
    assert frame.select("low", "high").row(0) == (pytest.approx(value - half), pytest.approx(value + half))
    plain = compute(Query("value_added"), catalogue["value_added"], drawn, "r").frame
    assert plain.select("low", "high").row(0) == (value, value)


def test_where_asked_a_missing_figure_stays_missing_and_is_not_zero(catalogue):
    drawn = claims("""
        measure | ref_area | time_period | obs_value | obs_status
        gva     | KAZ      | 2022        | 100       | A
        gva     | KAZ      | 2023        |           | M
    """).with_columns(pl.lit(6, pl.Int8).alias("reported_unit_mult"))
    frame = compute(Query("value_added", rounding="printed"), catalogue["value_added"], drawn, "r").frame
    missing = frame.filter(time_period="2023")
    assert missing.select("value", "low", "high").row(0) == (None, None, None)
