"""Faults found while the tests were written; each test says what is right and fails until it is so."""

from math import inf
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import yaml

from indicators.answer import answer, compute
from indicators.catalogue import FOLDER, BadDefinition, load
from indicators.concepts.codelist import codelist
from indicators.formulas import change
from indicators.query import Query, check, from_url
from indicators.reconcile import ALL, with_headlines
from tests.indicators.test_overview import card
from tests.tables import claims

# ------------------------------------------------------------------------ definitions (indicators/catalogue.py)


def defined(folder: Path, **changes: object) -> None:
    fields = yaml.safe_load((FOLDER / "gdp_share.yaml").read_text("utf-8")) | changes
    (folder / "gdp_share.yaml").write_text(yaml.safe_dump(fields), "utf-8")


@pytest.mark.parametrize("changes", [
    {"numerator": {"mesure": "gva"}},
    {"numerator": {"measure": "gva", "sectr": "_T"}},
    {"numerator": "gva"},
    {"denominator": {"measure": "gdp"}},
    {"denominator": [{"sector": "_T"}]},
], ids=str)  # fmt: skip
def test_a_term_that_is_none_is_told_with_its_file_and_no_crash(tmp_path, changes):
    """TypeError of Term(**fields): neither the file nor the other faults are named."""
    defined(tmp_path, **changes)
    with pytest.raises(BadDefinition, match=r"gdp_share\.yaml"):
        load(tmp_path)


@pytest.mark.parametrize("text", ["", "id: [gdp_share", "just words"])
def test_a_file_that_is_no_definition_is_told_with_its_name(tmp_path, text):
    """TypeError or a parser's error that names no file of ours."""
    (tmp_path / "gdp_share.yaml").write_text(text, "utf-8")
    with pytest.raises(BadDefinition, match=r"gdp_share\.yaml"):
        load(tmp_path)


@pytest.mark.parametrize("changes", [
    {"numerator": {"measure": "gva", "sector": "nonsense"}},
    {"denominator": [{"measure": "gdp", "sector": "nonsense"}]},
    {"caveats": "One sentence, which is read letter by letter."},
    {"decimals": "one"},
    {"decimals": -1},
    {"sectors": []},
], ids=str)  # fmt: skip
def test_what_no_list_holds_and_what_no_field_can_be_is_refused(tmp_path, changes):
    """The sector of a term is never checked, nor the kind of a field: the share is empty for ever after."""
    defined(tmp_path, **changes)
    with pytest.raises(BadDefinition):
        load(tmp_path)


# ------------------------------------------------------------------------ code lists


@pytest.mark.parametrize("written", ["museums", "Museums", "advertising", "ADVERTISING"])
def test_a_code_is_nearest_to_itself(written):
    """indicators/concepts/codelist.py: two rows have the label "Museums", and the last one wins over the code."""
    assert codelist("sector").nearest(written) == written.lower()


# ------------------------------------------------------------------------ formulas


def share(catalogue, drawn: str) -> dict:
    return compute(Query("gdp_share"), catalogue["gdp_share"], claims(drawn), "r").frame.row(0, named=True)


@pytest.mark.parametrize("first", ["A", "Z"])
def test_of_two_denominators_of_one_year_the_headline_divides(catalogue, first):
    """indicators/formulas.py, ratio: the headline stands first among equals and .last() takes the other."""
    drawn = f"""
        figure_id | measure | ref_area | time_period | sector              | unit_measure | authority          | source | obs_value
        SHARE     | gva     | KAZ      | 2024        | creative_industries | USD          | government         | g      | 2
        {first}-OFFICE | gdp | KAZ     | 2024        | _T                  | USD          | statistical_office | a      | 200
        M-PRESS   | gdp     | KAZ      | 2024        | _T                  | USD          | press              | b      | 100
    """
    made = share(catalogue, drawn)
    assert (made["denominator_figure_id"], made["value"]) == (f"{first}-OFFICE", 1.0)


def test_the_united_states_are_divided_by_the_headline_of_every_year(store, catalogue):
    """2022 is divided by the dollar file (25.605 trn) and 2023 by the other (27.721 trn): two vintages in one series."""
    held = with_headlines(store.ask("national", measures=["gdp"], freqs=["A"], areas=["USA"])).filter(
        "is_headline"
    )
    divided = answer(Query("exports_services", ("USA",), per="gdp", until=2023), store, catalogue).frame
    assert set(divided["denominator_figure_id"]) <= set(held["figure_id"])


def test_a_share_of_a_hedged_whole_is_hedged(catalogue):
    """2 of "more than 200" is at most 1 per cent: low 0 and high 1 are said, beside the hedge `exact`."""
    made = share(catalogue, """
        measure | ref_area | time_period | sector              | hedge | obs_value | obs_low | obs_high
        gva     | KAZ      | 2024        | creative_industries | exact | 2         | 2       | 2
        gdp     | KAZ      | 2024        | _T                  | over  | 200       | 200     | inf
    """)  # fmt: skip
    assert (made["low"], made["high"]) == (0.0, 1.0)
    assert made["hedge"] != "exact"


@pytest.mark.parametrize(("before", "now", "growth"), [
    ((100, 200), (-50, -50), (-150, -125)),
    ((100, 200), (-50, 50),  (-150, -50)),
    ((100, inf), (-50, -50), (-150, -100)),
])  # fmt: skip
def test_growth_from_a_gain_to_a_loss_has_its_lower_end_first(before, now, growth):
    """change(100, 200, -50, -50) is (-125, -150): the ends are turned round, and -150 is outside."""
    assert change(*before, *now) == pytest.approx(growth)


def test_growth_from_more_than_two_to_more_than_three_says_nothing():
    """(-100, inf) is every growth there can be; as transform.py has it, and difference() too."""
    assert change(2e9, inf, 3e9, inf) is None


# ------------------------------------------------------------------------ queries


@pytest.mark.parametrize("query", [
    Query("value_added", ("CIS",), members="by_date", coverage=2 / 3),
    Query("value_added", ("CIS",), members="by_date", coverage=1e-6),
    Query("value_added", ("KAZ", "KAZ")),
])  # fmt: skip
def test_the_url_of_every_query_that_is_answered_reads_back(catalogue, query):
    """check() finds no fault in them, and from_url() refuses or changes what to_url() wrote."""
    assert check(query, catalogue) == []
    assert from_url(dict(parse_qsl(query.to_url())), catalogue) == query


def test_a_year_outside_the_calendar_of_the_house_is_refused_everywhere(catalogue):
    assert check(Query("value_added", since=1850), catalogue) == ["since=1850 is no year between 1900 and 2100"]


# ------------------------------------------------------------------------ headlines


def test_a_text_of_1969_is_older_than_today_and_newer_than_one_without_a_date():
    """indicators/reconcile.py: days before 1970 are negative, and an undated text counts as day 0."""
    marked = with_headlines(claims("""
        figure_id | measure | ref_area | time_period | published_on | known_from | obs_value
        DATED     | gva     | KAZ      | 1968        | 1969-05-01   | 1969-05-01 | 5
        UNDATED   | gva     | KAZ      | 1968        |              | 2026-01-01 | 6
    """))  # fmt: skip
    assert marked.filter("is_headline")["figure_id"].to_list() == ["DATED"]


@pytest.mark.parametrize(("status", "value"), [("U", "2921.6"), ("O", "")])
def test_under_all_a_lone_claim_that_cannot_be_is_no_headline_either(status, value):
    """ "every claim that can be is a headline", and picked_by of this one names the other rules only."""
    marked = with_headlines(claims(f"""
        figure_id | measure | ref_area | time_period | obs_status | obs_value
        ALONE     | gva     | KAZ      | 2023        | {status}   | {value}
    """), ALL)  # fmt: skip
    assert "all" not in marked["picked_by"].item().split(",")
    assert marked["is_headline"].to_list() == [False]


# ------------------------------------------------------------------------ like with like


def test_a_season_of_twelve_months_is_not_compared_with_nine(catalogue):
    """indicators/overview.py: "the same length of period" is the same freq, and every other span is _O."""
    shown = card(
        catalogue,
        "theatre_attendance",
        """
        figure_id | measure    | ref_area | time_period     | freq | sector   | unit_measure | obs_value
        SEASON    | attendance | KAZ      | 2021-07-01/P12M | _O   | theatres | PS           | 120
        NINE      | attendance | KAZ      | 2023-01-01/P9M  | _O   | theatres | PS           | 90
        """,
    )
    assert shown.newest["figure_id"] == "NINE"
    assert shown.before is None
