"""Growth, difference and ratio: tables that can be checked by hand, and brute force for the rest."""

from itertools import product
from math import inf

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.answer import answer, compute
from indicators.formulas import DENOMINATOR, change, difference, ratio
from indicators.query import Query
from indicators.reconcile import with_headlines
from tests.tables import claims

QUICK = settings(max_examples=200, deadline=None)

# ------------------------------------------------------------------------ change and difference


@pytest.mark.parametrize(("before", "now", "growth"), [
    ((100, 100), (110, 110), (10, 10)),
    ((100, 100), (90, 90),   (-10, -10)),
    ((100, 100), (100, 100), (0, 0)),
    ((100, 100), (0, 0),     (-100, -100)),            # all of it lost
    ((100, 100), (110, inf), (10, inf)),               # to more than 110
    ((100, 100), (0, 90),    (-100, -10)),             # to less than 90
    ((100, inf), (110, 110), (-100, 10)),              # from more than 100
    ((90, 110),  (99, 121),  (-10, 34.444444444)),     # from about 100 to about 110
    ((3, 3),     (9, 9),     (200, 200)),              # "tripled" is 200 per cent more
    ((0, 10),    (5, 5),     (-50, inf)),              # from up to ten: half of it is lost at most
    ((100, 200), (-50, -50), (-150, -125)),            # from a gain to a loss
    ((100, 200), (-50, 50),  (-150, -50)),
    ((0, 0),     (5, 5),     None),                    # from nothing there is no growth
    ((-5, 5),    (5, 5),     None),                    # nor from what may have been a loss
    ((2e9, inf), (3e9, inf), None),                    # two open statements say nothing of each other
])  # fmt: skip
def test_growths_that_can_be_checked_by_hand(before, now, growth):
    assert change(*before, *now) == growth


@pytest.mark.parametrize(("before", "now", "points"), [
    ((4.2, 4.2), (4.5, 4.5), (0.3, 0.3)),
    ((4.5, 4.5), (4.2, 4.2), (-0.3, -0.3)),
    ((2, 7),     (3, 4),     (-4, 2)),                 # a range is compared with all of the other
    ((0, 1),     (2.7, 2.7), (1.7, 2.7)),              # from less than one per cent
    ((2, inf),   (3, 3),     (-inf, 1)),
    ((2, 2),     (3, inf),   (1, inf)),
    ((2, inf),   (3, inf),   None),                    # two open statements say nothing of each other
    ((0, 0),     (5, 5),     (5, 5)),                  # from nothing there is a difference
])  # fmt: skip
def test_differences_that_can_be_checked_by_hand(before, now, points):
    assert difference(*before, *now) == points


amounts = st.integers(0, 4000).map(lambda n: n / 4)
intervals = st.tuples(amounts, amounts | st.just(inf)).map(lambda ends: (min(ends), max(ends)))
FAR = 1e9


def points(ends: tuple[float, float]) -> list[float]:
    low, high = ends[0], min(ends[1], FAR)
    return [low, (low + high) / 2, high]


@QUICK
@given(intervals.filter(lambda ends: ends[0] > 0), intervals)
def test_growth_holds_the_growth_between_any_two_points_and_ends_at_one_of_them(before, now):
    said = change(*before, *now)
    grown = [100 * (y / x - 1) for x, y in product(points(before), points(now))]
    if said is None:
        assert min(grown) == pytest.approx(-100, abs=1e-3), "every growth is possible: all may be lost"
        assert now[1] == inf, "and there is no end above"
        return
    least, most = said
    assert least - 1e-6 <= min(grown)
    assert max(grown) <= most + 1e-6
    assert least == pytest.approx(min(grown), abs=1e-3)
    assert most == inf if now[1] == inf else most == pytest.approx(max(grown), rel=1e-9, abs=1e-6)


@QUICK
@given(intervals, intervals)
def test_a_difference_holds_the_difference_of_any_two_points_and_ends_at_one_of_them(before, now):
    said = difference(*before, *now)
    if before[1] == now[1] == inf:
        assert said is None
        return
    apart = [y - x for x, y in product(points(before), points(now))]
    for end, value in zip(said, (min(apart), max(apart)), strict=True):
        assert end == pytest.approx(value) or abs(end) == inf


@QUICK
@given(amounts.filter(bool), amounts)
def test_growth_forth_and_back_is_no_growth(before, now):
    forth = change(before, before, now, now)
    assert before * (1 + forth[0] / 100) == pytest.approx(now, abs=1e-6)


# ------------------------------------------------------------------------ ratio


def figures(drawn: str) -> pl.DataFrame:
    """Claims with value, low, high and note, as formulas take them."""
    frame = claims(drawn)
    return frame.with_columns(
        pl.col("obs_value").cast(pl.Float64).alias("value"),
        pl.col("obs_low").alias("low"),
        pl.col("obs_high").alias("high"),
        pl.lit(None, pl.String).alias("note"),
    )


def divided(numerators: str, denominators: str, *, same_source: bool = False, times: float = 100.0):
    found = ratio(figures(numerators), [(figures(denominators), same_source)], times=times)
    return found.select("figure_id", "value", "low", "high", "denominator_figure_id").rows()


GDP = """
    figure_id | ref_area | time_period | unit_measure | obs_value
    KZT-2022  | KAZ      | 2022        | KZT          | 100000
    KZT-2023  | KAZ      | 2023        | KZT          | 120000
    USD-2023  | KAZ      | 2023        | USD          | 260
    UZS-2023  | UZB      | 2023        | UZS          | 999
"""


def test_a_figure_is_divided_by_its_own_area_year_and_currency():
    assert divided("""
        figure_id | ref_area | time_period | unit_measure | obs_value
        TENGE     | KAZ      | 2023        | KZT          | 1200
        DOLLARS   | KAZ      | 2023        | USD          | 2.6
        BEFORE    | KAZ      | 2022        | KZT          | 1200
        ROUBLES   | KAZ      | 2023        | RUB          | 500
        LATER     | KAZ      | 2024        | KZT          | 1200
    """, GDP) == [
        ("TENGE", 1.0, 1.0, 1.0, "KZT-2023"),
        ("DOLLARS", 1.0, 1.0, 1.0, "USD-2023"),
        ("BEFORE", 1.2, 1.2, 1.2, "KZT-2022"),
    ]  # fmt: skip


def test_anything_may_be_divided_by_persons():
    people = """
        figure_id | ref_area | time_period | unit_measure | obs_value
        PEOPLE    | KAZ      | 2023        | PS           | 20
    """
    visits = """
        figure_id | ref_area | time_period | unit_measure | obs_value
        VISITS    | KAZ      | 2023        | VISIT        | 50
        DOLLARS   | KAZ      | 2023        | USD          | 10
    """
    assert divided(visits, people, times=1.0) == [
        ("VISITS", 2.5, 2.5, 2.5, "PEOPLE"),
        ("DOLLARS", 0.5, 0.5, 0.5, "PEOPLE"),
    ]


def test_a_year_that_nobody_states_takes_the_newest_of_its_own_and_the_one_before():
    speech = """
        figure_id | ref_area | time_period | unit_measure | period_basis | obs_value
        NOW       | KAZ      | 2023        | KZT          | publication  | 1200
        NEXT      | KAZ      | 2024        | KZT          | publication  | 1200
        TOO-LATE  | KAZ      | 2025        | KZT          | publication  | 1200
        WORKED    | KAZ      | 2024        | KZT          | inferred     | 1200
    """
    assert divided(speech, GDP) == [
        ("NOW", 1.0, 1.0, 1.0, "KZT-2023"),
        ("NEXT", 1.0, 1.0, 1.0, "KZT-2023"),
    ]
    found = ratio(figures(speech), [(figures(GDP), False)], times=100.0)
    assert found["note"].to_list() == [None, "year not stated; divided by the figure of 2023"]
    assert found["denominator_year"].to_list() == [2023, 2023]


def test_both_intervals_are_in_the_ratio_and_two_hedges_leave_no_point():
    numerators = """
        figure_id | ref_area | time_period | hedge   | obs_value | obs_low | obs_high
        EXACT     | KAZ      | 2023        | exact   | 10        | 10      | 10
        RANGE     | KAZ      | 2023        | between |           | 10      | 20
        OPEN      | KAZ      | 2023        | over    | 10        | 10      | inf
        NIL       | KAZ      | 2023        | exact   |           | 0       | 0.5
    """
    about, over = (f"""
        figure_id | ref_area | time_period | hedge   | obs_value | obs_low | obs_high
        WHOLE     | KAZ      | 2023        | {whole}
    """ for whole in ("about | 200 | 100 | 250", "over | 200 | 200 | inf"))  # fmt: skip
    assert divided(numerators, about) == [
        ("EXACT", 5.0, 4.0, 10.0, "WHOLE"),
        ("RANGE", None, 4.0, 20.0, "WHOLE"),
        ("OPEN", None, 4.0, inf, "WHOLE"),
        ("NIL", None, 0.0, 0.5, "WHOLE"),
    ]
    assert divided(numerators, over)[0] == ("EXACT", 5.0, 0.0, 5.0, "WHOLE")
    hedges = [
        ratio(figures(numerators), [(figures(whole), False)], times=100.0)["hedge"].to_list()
        for whole in (about, over)
    ]
    assert hedges == [["about", "between", "between", "between"], ["up_to", "between", "between", "between"]]


@pytest.mark.parametrize("order", [("OFFICE", "PRESS"), ("PRESS", "OFFICE")])
def test_of_two_denominators_of_one_year_the_better_divides(order):
    """ratio() takes the better first; whoever asks for a share hands the headline first."""
    value = {"OFFICE": 200, "PRESS": 100}
    below = "\n".join(f"{name} | KAZ | 2024 | USD | {value[name]}" for name in order)
    one = "figure_id | ref_area | time_period | unit_measure | obs_value\nF | KAZ | 2024 | USD | 2"
    head = "figure_id | ref_area | time_period | unit_measure | obs_value"
    assert divided(one, f"{head}\n{below}")[0][-1] == order[0]


@pytest.mark.parametrize("first", ["A", "Z"])
def test_the_headline_divides_whatever_its_id(catalogue, first):
    drawn = f"""
        figure_id | measure | ref_area | time_period | sector              | unit_measure | authority          | source | obs_value
        SHARE     | gva     | KAZ      | 2024        | creative_industries | USD          | government         | g      | 2
        {first}-OFFICE | gdp | KAZ     | 2024        | _T                  | USD          | statistical_office | a      | 200
        M-PRESS   | gdp     | KAZ      | 2024        | _T                  | USD          | press              | b      | 100
    """
    made = compute(Query("gdp_share"), catalogue["gdp_share"], claims(drawn), "r").frame
    assert made.select("denominator_figure_id", "value").rows() == [(f"{first}-OFFICE", 1.0)]


def test_the_united_states_are_divided_by_the_headline_of_every_year(store, catalogue):
    """Two files have their GDP in dollars: a series that took now one and now the other would show a change of file."""
    held = store.ask("national", measures=["gdp"], freqs=["A"], areas=["USA"])
    headlines = set(with_headlines(held).filter("is_headline")["figure_id"])
    made = answer(Query("exports_services", ("USA",), per="gdp", until=2023), store, catalogue).frame
    assert made.height == 14
    assert set(made["denominator_figure_id"]) <= headlines


@pytest.mark.parametrize("low", ["0", "-5"])
def test_what_may_be_nothing_divides_nothing(low):
    one = """
        figure_id | ref_area | time_period | obs_value
        F         | KAZ      | 2023        | 10
    """
    assert divided(one, f"""
        figure_id | ref_area | time_period | hedge | obs_value | obs_low | obs_high
        D         | KAZ      | 2023        | up_to | 5         | {low}   | 5
    """) == []  # fmt: skip


def test_half_a_year_is_not_divided_by_a_year():
    half = """
        figure_id | ref_area | time_period | freq | unit_measure | obs_value
        HALF      | KAZ      | 2023-S1     | S    | KZT          | 600
    """
    assert divided(half, GDP) == []


def test_a_share_of_the_same_source_is_of_the_same_source():
    one = """
        figure_id | source | ref_area | time_period | obs_value
        BEA       | bea    | USA      | 2023        | 4
        OTHER     | press  | USA      | 2023        | 4
    """
    totals = """
        figure_id | source | ref_area | time_period | obs_value
        TOTAL     | bea    | USA      | 2023        | 100
        WB        | wb     | USA      | 2023        | 200
    """
    assert divided(one, totals, same_source=True) == [("BEA", 4.0, 4.0, 4.0, "TOTAL")]


CELLS = st.tuples(
    st.sampled_from(["KAZ", "UZB"]), st.integers(2020, 2024), st.sampled_from(["USD", "KZT", "PS"])
)
NUMERATORS = st.lists(
    st.tuples(CELLS, st.integers(0, 900), st.sampled_from(["stated", "publication"])), min_size=1, max_size=8
)
DENOMINATORS = st.dictionaries(CELLS, st.integers(0, 50), min_size=1, max_size=8)


@settings(max_examples=80, deadline=None)
@given(NUMERATORS, DENOMINATORS)
def test_each_figure_finds_the_denominator_that_a_person_would_find(numerators, denominators):
    head = "figure_id | ref_area | time_period | unit_measure | period_basis | obs_value"
    above = [f"N{i} | {a} | {y} | {u} | {b} | {v}" for i, ((a, y, u), v, b) in enumerate(numerators)]
    below = [
        f"D{i} | {a} | {y} | {u} | stated | {v}" for i, ((a, y, u), v) in enumerate(denominators.items())
    ]
    made = ratio(figures("\n".join([head, *above])), [(figures("\n".join([head, *below])), False)], times=1.0)

    expected = {}
    for i, ((area, year, unit), value, basis) in enumerate(numerators):
        years = (year, year - 1) if basis == "publication" else (year,)
        tried = [(y, u) for y in years for u in dict.fromkeys((unit, "PS"))]
        fitting = [(y, u) for y, u in tried if denominators.get((area, y, u), 0) > 0]
        newest = [(y, u) for y, u in fitting if y == fitting[0][0]]
        if newest:
            expected[f"N{i}"] = {round(value / denominators[area, y, u], 9) for y, u in newest}
    got = dict(made.select("figure_id", "value").rows())
    assert set(got) == set(expected)
    assert made.height == len(got), "no figure is divided twice"
    assert all(round(value, 9) in expected[name] for name, value in got.items())
    assert made.columns[-len(DENOMINATOR) :] == list(DENOMINATOR)
