"""What is a conflict, how large it is, and what only looks like one."""

from math import inf

import polars as pl
import pytest

from indicators.conflicts import conflicts, contested
from indicators.reconcile import CELL
from tests.tables import claims

NO_RATES = claims("""
    figure_id | measure       | ref_area | time_period | obs_value | unit_measure
    RATE      | exchange_rate | KAZ      | 2024        | 500       | KZT
""")


def found(drawn):
    """Cell by cell: how far apart, and in what."""
    frame = contested(claims(drawn), NO_RATES)
    return frame.unique("cell", maintain_order=True).select("ref_area", "apart", "difference").rows()


def test_exact_claims_are_as_far_apart_as_the_highest_is_of_the_lowest_and_the_furthest_come_first():
    assert found("""
        measure | ref_area | time_period | publisher | obs_value
        gva     | KAZ      | 2024        | Ministry  | 100
        gva     | KAZ      | 2024        | Press     | 150
        gva     | AZE      | 2024        | Ministry  | 100
        gva     | AZE      | 2024        | Press     | 300
        gva     | AZE      | 2024        | Study     | 200
    """) == [("AZE", 3.0, "value"), ("KAZ", 1.5, "value")]


def test_of_intervals_the_least_difference_counts_and_those_that_overlap_are_compatible():
    assert found("""
        measure | ref_area | time_period | publisher | hedge | obs_value | obs_low | obs_high
        gva     | KAZ      | 2024        | Ministry  | about | 200       | 180     | 220
        gva     | KAZ      | 2024        | Press     | exact | 90        | 90      | 90
        gva     | AZE      | 2024        | Ministry  | over  | 200       | 200     | inf
        gva     | AZE      | 2024        | Press     | exact | 230       | 230     | 230
    """) == [("KAZ", 2.0, "value"), ("AZE", 1.0, "compatible")]


def test_a_repetition_is_no_claim_of_its_own_and_one_alone_is_no_conflict():
    frame = contested(claims("""
        figure_id | measure | ref_area | time_period | publisher | published_on | obs_value
        FIRST     | gva     | KAZ      | 2024        | Ministry  | 2025-01-01   | 100
        AGAIN     | gva     | KAZ      | 2024        | Ministry  | 2025-06-01   | 100
        OTHER     | gva     | KAZ      | 2024        | Press     | 2025-03-01   | 110
        ONE       | gva     | AZE      | 2024        | Ministry  | 2025-01-01   | 100
        TWO       | gva     | AZE      | 2024        | Ministry  | 2025-06-01   | 100
    """), NO_RATES)  # fmt: skip
    assert frame["ref_area"].unique().to_list() == ["KAZ"]
    assert sorted(frame.select("publisher", "repeated", "claims").rows()) == [
        ("Ministry", 1, 2),
        ("Press", 0, 2),
    ]
    assert "latest" in frame.filter(publisher="Ministry")["picked_by"].item()


def test_one_publisher_another_coverage_and_another_unit_are_told_apart():
    assert found("""
        measure    | ref_area | time_period | publisher | obs_status | unit_measure | obs_value
        attendance | KAZ      | 2024        | Ministry  | A          | PS           | 100
        attendance | KAZ      | 2024        | Ministry  | A          | PS           | 500
        attendance | AZE      | 2024        | Ministry  | A          | PS           | 100
        attendance | AZE      | 2024        | Press     | D          | PS           | 400
        attendance | UZB      | 2024        | Ministry  | A          | PS           | 100
        attendance | UZB      | 2024        | Press     | A          | VISIT        | 300
    """) == [("KAZ", 5.0, "publisher"), ("AZE", 4.0, "definition"), ("UZB", None, "unit")]


def test_money_in_two_currencies_is_compared_in_dollars():
    assert found("""
        measure | ref_area | time_period | publisher | unit_measure | obs_value
        gva     | KAZ      | 2024        | Ministry  | KZT          | 1000
        gva     | KAZ      | 2024        | Press     | USD          | 4
    """) == [("KAZ", 2.0, "unit")]


def test_below_zero_the_distance_is_that_of_the_amounts_and_across_zero_it_has_no_end():
    assert found("""
        measure    | ref_area | time_period | publisher | unit_measure | obs_value
        gva_growth | KAZ      | 2024        | Ministry  | PT           | -2
        gva_growth | KAZ      | 2024        | Press     | PT           | -6
        gva_growth | AZE      | 2024        | Ministry  | PT           | 1
        gva_growth | AZE      | 2024        | Press     | PT           | -1
    """) == [("AZE", inf, "value"), ("KAZ", 3.0, "value")]


def test_what_cannot_be_or_has_no_value_contradicts_nobody():
    assert (
        found("""
        measure | ref_area | time_period | publisher | obs_status | obs_value
        gva     | KAZ      | 2024        | Ministry  | A          | 100
        gva     | KAZ      | 2024        | Press     | U          | 9000
        gva     | KAZ      | 2024        | Study     | Q          |
    """)
        == []
    )


@pytest.fixture(scope="module")
def ledger(store):
    return conflicts(store)


def test_the_ledger_holds_each_cell_once_in_order_of_size(ledger):
    cells = ledger.unique("cell", maintain_order=True)
    assert cells.select(CELL).n_unique() == cells.height
    sizes = cells.filter(pl.col("difference") != "compatible")["apart"].fill_null(0).to_list()
    assert sizes == sorted(sizes, reverse=True)
    assert (ledger.group_by("cell").len()["len"] > 1).all()


def test_the_two_shares_that_azerbaijan_states_for_2020_are_in_it(ledger):
    cell = ledger.filter(measure="share_of_gdp", ref_area="AZE", time_period="2020")
    assert sorted(cell["value"].to_list()) == [0.9, 5.3]
    assert cell["difference"].unique().to_list() == ["value"]
