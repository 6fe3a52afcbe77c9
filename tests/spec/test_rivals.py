"""Rival claims: the reason that is given is true, nothing depends on order, and how far they lie apart.

Which claim each rule picks is in test_headlines.py and test_rules.py; here is what holds for all of them.
"""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.concepts.codelist import codelist
from indicators.reconcile import (
    ALL,
    CELL,
    LATEST,
    NARROWEST,
    OFFICIAL_FIRST,
    RULES,
    with_headlines,
    with_spread,
)
from tests.tables import claims

CHOOSING = (OFFICIAL_FIRST, LATEST, NARROWEST)


def chosen(drawn: str, rule: str) -> list[str]:
    return with_headlines(claims(drawn), rule).filter("is_headline")["figure_id"].to_list()


def why(drawn: str, rule: str) -> str:
    return with_headlines(claims(drawn), rule).filter("is_headline")["why"].unique().item()


# ------------------------------------------------------------------------ latest


def test_the_latest_is_by_the_day_it_could_be_known_not_by_authority():
    assert chosen("""
        figure_id | measure    | ref_area | time_period | authority          | published_on | known_from | obs_value
        OLD       | box_office | RUS      | 2024        | statistical_office | 2025-01-05   | 2025-01-05 | 45
        NEW       | box_office | RUS      | 2024        | press              | 2025-03      | 2025-03-31 | 46.4
    """, LATEST) == ["NEW"]  # fmt: skip


def test_a_text_without_a_date_is_never_the_latest():
    assert chosen("""
        figure_id | measure    | ref_area | time_period | authority          | published_on | known_from | obs_value
        UNDATED   | box_office | RUS      | 2024        | statistical_office |              | 2026-11-22 | 43
        DATED     | box_office | RUS      | 2024        | press              | 2024-12-20   | 2024-12-20 | 41.4
    """, LATEST) == ["DATED"]  # fmt: skip


@pytest.mark.parametrize("rule", [OFFICIAL_FIRST, LATEST])
def test_however_old_a_dated_text_goes_before_one_without_a_date(rule):
    assert chosen("""
        figure_id | measure | ref_area | time_period | published_on | known_from | obs_value
        A-UNDATED | gva     | KAZ      | 1968        |              | 2026-01-01 | 6
        B-DATED   | gva     | KAZ      | 1968        | 1969-05-01   | 1969-05-01 | 5
        C-OLDER   | gva     | KAZ      | 1968        | 1968-12-31   | 1968-12-31 | 5
    """, rule) == ["B-DATED"]  # fmt: skip


def test_of_two_on_one_day_the_higher_authority_is_the_latest():
    drawn = """
        figure_id | measure    | ref_area | time_period | authority  | published_on | known_from | obs_value
        A-PRESS   | box_office | RUS      | 2024        | press      | 2025-03-05   | 2025-03-05 | 46.4
        MINISTRY  | box_office | RUS      | 2024        | government | 2025-03-05   | 2025-03-05 | 46
    """
    assert chosen(drawn, LATEST) == ["MINISTRY"]
    assert why(drawn, LATEST) == "the higher authority"


# ------------------------------------------------------------------------ narrowest


@pytest.mark.parametrize(("narrow", "wide"), [
    ("exact | 50 | 50 | 50",       "about | 50 | 45 | 55"),
    ("about | 50 | 45 | 55",       "over | 50 | 50 | inf"),
    ("almost | 50 | 45 | 50",      "about | 50 | 45 | 55"),
    ("between |  | 40 | 60",       "under | 60 | 0 | 60"),
    ("about | 5000 | 4500 | 5500", "between |  | 8 | 10"),     # in proportion, not in persons
    ("exact | 0 | 0 | 0",          "under | 1 | 0 | 1"),
])  # fmt: skip
def test_the_narrowest_is_so_in_proportion_to_its_size_whoever_said_it(narrow, wide):
    assert chosen(f"""
        figure_id | measure | ref_area | time_period | authority          | hedge | obs_value | obs_low | obs_high
        NARROW    | gva     | KAZ      | 2023        | press              | {narrow}
        WIDE      | gva     | KAZ      | 2023        | statistical_office | {wide}
    """, NARROWEST) == ["NARROW"]  # fmt: skip


# ------------------------------------------------------------------------ whatever the rule


@pytest.mark.parametrize("rule", CHOOSING)
def test_a_press_figure_goes_before_a_gap_of_the_office_and_the_reason_is_true(rule):
    drawn = """
        figure_id | measure | ref_area | time_period | authority          | published_on | known_from | obs_status | obs_value
        GAP       | gva     | KAZ      | 2023        | statistical_office | 2026-01-01   | 2026-01-01 | Q          |
        PRESS     | gva     | KAZ      | 2023        | press              |              | 2026-11-22 | A          | 5
    """
    assert chosen(drawn, rule) == ["PRESS"]
    assert why(drawn, rule) == "the only one with a value"


def test_under_all_neither_what_cannot_be_nor_a_gap_is_a_headline():
    assert chosen("""
        figure_id  | measure    | ref_area | time_period | obs_status | obs_value
        IMPOSSIBLE | attendance | ARM      | 2018        | U          | 2921.6
        GAP        | attendance | ARM      | 2018        | O          |
        FEDERAL    | attendance | ARM      | 2018        | D          | 43
        PLAIN      | attendance | ARM      | 2018        | A          | 150
    """, ALL) == ["PLAIN", "FEDERAL"]  # fmt: skip


@pytest.mark.parametrize(("status", "value"), [("U", "2921.6"), ("O", "")])
def test_under_all_a_lone_claim_that_cannot_be_is_no_headline_either(status, value):
    marked = with_headlines(claims(f"""
        figure_id | measure | ref_area | time_period | obs_status | obs_value
        ALONE     | gva     | KAZ      | 2023        | {status}   | {value}
    """), ALL)  # fmt: skip
    assert marked.select("is_headline", "picked_by").row(0) == (False, "official_first,latest,narrowest")


@pytest.mark.parametrize("rule", CHOOSING)
def test_a_lone_gap_is_the_headline_so_that_the_page_can_say_why_there_is_none(rule):
    lone = """
        figure_id | measure | ref_area | time_period | obs_status | obs_value
        GAP       | gva     | KAZ      | 2023        | Q          |
    """
    assert (chosen(lone, rule), why(lone, rule)) == (["GAP"], "the only claim")


@pytest.mark.parametrize("rule", RULES)
def test_no_claims_have_no_headline_but_all_columns(rule):
    none = with_headlines(
        claims("measure | ref_area | time_period | obs_value\ngva | KAZ | 2023 | 5").clear(), rule
    )
    assert none.height == 0
    assert {"is_headline", "rivals", "why", "picked_by"} <= set(none.columns)


@pytest.mark.parametrize(("differs", "one", "other", "words"), [
    ("authority",    "government", "press",       "the higher authority"),
    ("period_basis", "stated",     "inferred",    "the better known period"),
    ("period_basis", "inferred",   "publication", "the better known period"),
    ("published_on", "2025-01-01", "",            "published last"),
    ("hedge",        "exact",      "about",       "stated exactly"),
    ("obs_status",   "A",          "D",           "the only one of the usual coverage and not in doubt"),
    ("obs_status",   "D",          "U",           "the only one of the usual coverage and not in doubt"),
    ("obs_comment",  "x",          "y",           "first by its id among equals"),
])  # fmt: skip
def test_the_reason_is_the_first_thing_in_which_the_two_differ(differs, one, other, words):
    drawn = f"""
        figure_id | measure | ref_area | time_period | obs_value | {differs}
        B-ONE     | gva     | KAZ      | 2023        | 5         | {one}
        C-OTHER   | gva     | KAZ      | 2023        | 5         | {other}
    """
    assert (chosen(drawn, OFFICIAL_FIRST), why(drawn, OFFICIAL_FIRST)) == (["B-ONE"], words)


# ------------------------------------------------------------------------ how far apart


def spread(drawn: str) -> dict[str, tuple[float | None, float | None]]:
    frame = claims(drawn).with_columns(pl.col("obs_low").alias("low"), pl.col("obs_high").alias("high"))
    return {
        row["figure_id"]: (row["spread_low"], row["spread_high"]) for row in with_spread(frame).to_dicts()
    }


def test_the_spread_of_a_cell_holds_every_claim_that_can_be():
    assert spread("""
        figure_id  | measure    | ref_area | time_period | obs_status | hedge | obs_value | obs_low | obs_high
        IMPOSSIBLE | attendance | ARM      | 2018        | U          | exact | 2921.6    | 2921.6  | 2921.6
        ABOUT      | attendance | ARM      | 2018        | A          | about | 50        | 45      | 55
        HIGH       | attendance | ARM      | 2018        | D          | exact | 150       | 150     | 150
        OTHER-YEAR | attendance | ARM      | 2019        | A          | over  | 7         | 7       | inf
    """) == {"IMPOSSIBLE": (45, 150), "ABOUT": (45, 150), "HIGH": (45, 150), "OTHER-YEAR": (7, float("inf"))}


def test_two_currencies_of_one_statement_have_no_spread():
    assert set(spread("""
        figure_id | measure | ref_area | time_period | unit_measure | obs_value
        TENGE     | gva     | KAZ      | 2023        | KZT          | 1200
        DOLLARS   | gva     | KAZ      | 2023        | USD          | 2.6
    """).values()) == {(None, None)}  # fmt: skip


# ------------------------------------------------------------------------ for any claims

CLAIM = st.tuples(
    st.sampled_from(["2022", "2023"]),
    st.sampled_from(list(codelist("authority"))),
    st.sampled_from(["stated", "inferred", "publication"]),
    st.sampled_from(["", "2024-05-01", "2025-05-01"]),
    st.sampled_from(["A", "D", "U", "Q"]),
    st.sampled_from(
        ["exact | 5 | 5 | 5", "about | 5 | 4.5 | 5.5", "over | 5 | 5 | inf", "between |  | 2 | 7"]
    ),
)
HEAD = "figure_id | measure | ref_area | time_period | authority | period_basis | published_on | obs_status | hedge | obs_value | obs_low | obs_high"


def drawn(several: list[tuple[str, ...]]) -> str:
    rows = [c if c[4] != "Q" else (*c[:5], "exact |  |  | ") for c in several]
    return "\n".join([HEAD, *(f"F{i} | gva | KAZ | " + " | ".join(row) for i, row in enumerate(rows))])


@settings(max_examples=60, deadline=None)
@given(st.lists(CLAIM, min_size=1, max_size=7), st.sampled_from(CHOOSING), st.randoms())
def test_one_claim_a_cell_is_the_headline_and_neither_order_nor_the_other_rules_matter(several, rule, chance):
    frame = claims(drawn(several))
    marked = with_headlines(frame, rule)
    assert marked.select(frame.columns).sort("figure_id").equals(frame.sort("figure_id")), (
        "every claim is kept"
    )
    per_cell = marked.group_by(CELL).agg(pl.col("is_headline").sum())
    assert per_cell["is_headline"].to_list() == [1] * per_cell.height

    order = list(range(frame.height))
    chance.shuffle(order)
    assert with_headlines(frame[order], rule).equals(marked)

    for other in CHOOSING:
        picked = {row["figure_id"] for row in marked.to_dicts() if other in row["picked_by"].split(",")}
        assert picked == set(with_headlines(frame, other).filter("is_headline")["figure_id"])


@settings(max_examples=60, deadline=None)
@given(st.lists(CLAIM, min_size=1, max_size=7), st.sampled_from(CHOOSING))
def test_a_headline_is_never_worse_known_than_a_rival_and_rivals_are_those_with_a_value(several, rule):
    worse = {"A": 0, "D": 1, "U": 2, "Q": 3}
    for (_,), cell in with_headlines(claims(drawn(several)), rule).group_by("time_period"):
        best = min(worse[status] for status in cell["obs_status"])
        assert worse[cell.filter("is_headline")["obs_status"].item()] == best
        stated = {amount for row in cell.to_dicts() if (amount := ends(row))}
        for row in cell.to_dicts():
            assert row["rivals"] == len(stated - {ends(row)})


def ends(row):
    """What a repetition repeats; nothing where there is no value."""
    same = (row["publisher"], row["unit_measure"], row["obs_low"], row["obs_high"])
    return same if row["obs_low"] is not None else None


def test_a_publisher_who_states_the_same_amount_again_is_no_rival_of_himself():
    marked = with_headlines(claims("""
        figure_id | measure    | ref_area | time_period | publisher | published_on | obs_value
        JANUARY   | box_office | RUS      | 2024        | Ministry  | 2025-01-05   | 40
        MARCH     | box_office | RUS      | 2024        | Ministry  | 2025-03-05   | 40
        PRESS     | box_office | RUS      | 2024        | Gazette   | 2025-02-05   | 40
        REVISED   | box_office | RUS      | 2024        | Ministry  | 2024-12-05   | 41
    """))  # fmt: skip
    assert dict(marked.select("figure_id", "rivals").rows()) == {
        "JANUARY": 2, "MARCH": 2, "PRESS": 2, "REVISED": 2,
    }  # fmt: skip
