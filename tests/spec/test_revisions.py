"""What is a revision, and what is a rival, a repetition or another unit."""

from indicators.revisions import revised, revisions, sized
from tests.tables import claims


def found(drawn):
    return revised(claims(drawn)).select("before_figure_id", "figure_id", "change_low", "change_high").rows()


def test_a_later_statement_of_another_amount_by_the_same_publisher_is_a_revision():
    assert found("""
        figure_id | measure    | ref_area | time_period | publisher | published_on | known_from | obs_value
        FIRST     | box_office | RUS      | 2024        | Ministry  | 2025-01-05   | 2025-01-05 | 40
        SECOND    | box_office | RUS      | 2024        | Ministry  | 2025-03-05   | 2025-03-05 | 46
        THIRD     | box_office | RUS      | 2024        | Ministry  | 2025-06-05   | 2025-06-05 | 23
    """) == [("FIRST", "SECOND", 15.0, 15.0), ("SECOND", "THIRD", -50.0, -50.0)]


def test_a_hedged_statement_made_exact_is_a_revision_with_an_open_change():
    assert found("""
        figure_id | measure    | ref_area | time_period | published_on | known_from | hedge | obs_value | obs_low | obs_high
        OVER      | box_office | RUS      | 2024        | 2025-01-05   | 2025-01-05 | over  | 40        | 40      | inf
        EXACT     | box_office | RUS      | 2024        | 2025-03-05   | 2025-03-05 | exact | 46        | 46      | 46
    """) == [("OVER", "EXACT", -100.0, 15.0)]


def test_rivals_repetitions_other_units_and_texts_without_a_date_are_none():
    assert (
        found("""
        figure_id | measure    | ref_area | time_period | publisher | published_on | known_from | unit_measure | obs_value
        A         | box_office | RUS      | 2024        | Ministry  | 2025-01-05   | 2025-01-05 | RUB          | 40
        SAMETEXT  | box_office | RUS      | 2024        | Ministry  | 2025-01-05   | 2025-01-05 | RUB          | 40
        RIVAL     | box_office | RUS      | 2024        | Press     | 2025-03-05   | 2025-03-05 | RUB          | 45
        AGAIN     | box_office | RUS      | 2024        | Ministry  | 2025-04-05   | 2025-04-05 | RUB          | 40
        DOLLARS   | box_office | RUS      | 2024        | Ministry  | 2025-05-05   | 2025-05-05 | USD          | 1
        UNDATED   | box_office | RUS      | 2024        | Ministry  |              | 2026-11-22 | RUB          | 99
        OTHERYEAR | box_office | RUS      | 2023        | Ministry  | 2025-06-05   | 2025-06-05 | RUB          | 30
    """)
        == []
    )


def test_the_ledger_is_asked_with_one_question(store):
    rows = revisions(store, ["employment", "share_of_gdp", "attendance"], ["KAZ", "AZE", "RUS"])
    assert (rows["known_from"] > rows["before_known_from"]).all()


def test_the_largest_change_comes_first_and_of_an_interval_the_least_that_it_can_be():
    drawn = """
        figure_id | measure    | ref_area | time_period | published_on | known_from | hedge | obs_value | obs_low | obs_high
        A-FIRST   | box_office | RUS      | 2024        | 2025-01-05   | 2025-01-05 | exact | 100       | 100     | 100
        A-THEN    | box_office | RUS      | 2024        | 2025-03-05   | 2025-03-05 | exact | 90        | 90      | 90
        B-FIRST   | box_office | KAZ      | 2024        | 2025-01-05   | 2025-01-05 | exact | 100       | 100     | 100
        B-THEN    | box_office | KAZ      | 2024        | 2025-03-05   | 2025-03-05 | over  | 150       | 150     | inf
        C-FIRST   | box_office | AZE      | 2024        | 2025-01-05   | 2025-01-05 | exact | 100       | 100     | 100
        C-THEN    | box_office | AZE      | 2024        | 2025-03-05   | 2025-03-05 | about | 105       | 94.5    | 115.5
    """
    assert sized(revised(claims(drawn))).select("figure_id", "size").rows() == [
        ("B-THEN", 50.0), ("A-THEN", 10.0), ("C-THEN", 0.0),
    ]  # fmt: skip
