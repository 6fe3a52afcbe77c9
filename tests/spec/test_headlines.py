"""Which claim is the headline, and that none is lost."""

from indicators.reconcile import with_headlines
from tests.tables import claims


def headline(drawn):
    marked = with_headlines(claims(drawn))
    assert marked.height == len(drawn.strip().splitlines()) - 1, "every claim is kept"
    chosen = marked.filter("is_headline")
    return chosen.select("figure_id", "rivals", "why").rows()


def test_the_statistical_office_goes_before_the_minister_and_the_press():
    assert headline("""
        figure_id | measure      | ref_area | time_period | authority          | obs_value
        PRESS     | share_of_gdp | AZE      | 2020        | press              | 5.3
        OFFICE    | share_of_gdp | AZE      | 2020        | statistical_office | 0.9
        MINISTER  | share_of_gdp | AZE      | 2020        | government         | 2
    """) == [("OFFICE", 2, "the higher authority")]


def test_a_stated_period_goes_before_one_that_nobody_states():
    assert headline("""
        figure_id | measure    | ref_area | time_period | period_basis | obs_value
        NOYEAR    | employment | KAZ      | 2025        | publication  | 143000
        YEAR      | employment | KAZ      | 2025        | stated       | 143600
    """) == [("YEAR", 1, "the better known period")]


def test_among_equals_the_one_published_last_and_a_text_without_a_date_is_the_oldest():
    assert headline("""
        figure_id | measure    | ref_area | time_period | published_on | known_from | obs_value
        UNDATED   | box_office | RUS      | 2024        |              | 2026-11-22 | 43
        MARCH     | box_office | RUS      | 2024        | 2025-03-05   | 2025-03-05 | 46.4
        JANUARY   | box_office | RUS      | 2024        | 2025-01-05   | 2025-01-05 | 45
    """) == [("MARCH", 2, "published last")]


def test_a_figure_of_another_coverage_or_one_that_cannot_be_is_not_the_headline():
    assert headline("""
        figure_id | measure    | ref_area | time_period | authority  | obs_status | obs_value
        FEDERAL   | attendance | RUS      | 2023        | government | D          | 43
        ALL       | attendance | RUS      | 2023        | press      | A          | 150
        NONSENSE  | attendance | RUS      | 2023        | government | U          | 2921
    """) == [("ALL", 2, "the only one of the usual coverage and not in doubt")]


def test_a_value_goes_before_a_missing_one_and_a_missing_one_is_no_rival():
    assert headline("""
        figure_id | measure | ref_area | time_period | authority          | obs_status | obs_value
        MISSING   | gva     | KAZ      | 2023        | statistical_office | Q          |
        PRESENT   | gva     | KAZ      | 2023        | press              | A          | 5
    """)[0][:2] == ("PRESENT", 0)


def test_two_currencies_of_one_statement_are_one_cell():
    assert [
        row[0]
        for row in headline("""
        figure_id | measure | ref_area | time_period | unit_measure | obs_value
        A-TENGE   | gva     | KAZ      | 2023        | KZT          | 1200
        B-DOLLAR  | gva     | KAZ      | 2023        | USD          | 2.6
    """)
    ] == ["A-TENGE"]


def test_other_years_sectors_partners_and_regions_are_no_rivals():
    assert (
        len(
            headline("""
        figure_id | measure        | ref_area | time_period | sector | counterpart_area | obs_value
        A         | trade_turnover | OTS      | 2023        | _T     | OTS              | 22
        B         | trade_turnover | OTS      | 2023        | _T     | _T               | 42
        C         | trade_turnover | OTS      | 2024        | _T     | OTS              | 53
        D         | trade_turnover | OTS      | 2023        | it     | OTS              | 1
    """)
        )
        == 4
    )


def test_the_choice_does_not_depend_on_the_order_of_rows():
    drawn = """
        figure_id | measure | ref_area | time_period | obs_value
        B         | gva     | KAZ      | 2023        | 1
        A         | gva     | KAZ      | 2023        | 2
    """
    lines = drawn.strip().splitlines()
    turned = "\n".join([lines[0], lines[2], lines[1]])
    assert headline(drawn) == headline(turned) == [("A", 1, "first by its id among equals")]
