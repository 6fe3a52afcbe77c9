"""The overview: which figure is the newest, what it may be compared with, and when nothing is said."""

from math import inf
from types import SimpleNamespace

import polars as pl
import pytest

from indicators.catalogue import Catalogue
from indicators.overview import overview
from tests.tables import claims


class Told:
    """A store that knows the claims of a drawn table and nothing else."""

    release = SimpleNamespace(id="drawn")

    def __init__(self, drawn: str) -> None:
        self.claims = claims(drawn)

    def ask(self, question: str, **_: object) -> pl.DataFrame:
        assert question == "national"
        return self.claims


def cards(catalogue, drawn: str, currency: str = "as_reported") -> dict:
    return {card.indicator.id: card for card in overview(Told(drawn), catalogue, "KAZ", currency)}


def card(catalogue, indicator: str, drawn: str):
    """The card of one indicator, as if the catalogue had no other."""
    return cards(Catalogue({indicator: catalogue[indicator]}), drawn)[indicator]


FILMS = """
    figure_id | measure                 | ref_area | time_period | sector | unit_measure | {columns} | obs_value
    A         | films_produced_national | KAZ      | 2015        | film   | FILM         | {a} | 16
    B         | films_produced_national | KAZ      | 2016        | film   | FILM         | {b} | 28
    C         | films_produced_national | KAZ      | 2017        | film   | FILM         | {c} | 70
"""


def films(columns: str, a: str, b: str, c: str) -> str:
    return FILMS.format(columns=columns, a=a, b=b, c=c)


# ------------------------------------------------------------------------ newest and before


def test_the_newest_headline_is_shown_with_its_growth_over_the_one_before(catalogue):
    shown = card(catalogue, "films_national", films("obs_status", "A", "A", "A"))
    assert (shown.newest["figure_id"], shown.before["figure_id"]) == ("C", "B")
    assert (shown.change, shown.in_points) == ((150, 150), False)
    assert shown.path["figure_id"].to_list() == ["A", "B", "C"]


@pytest.mark.parametrize(("columns", "a", "b", "c", "before"), [
    ("obs_status",       "A", "A", "E", "B"),                     # an estimate may be compared
    ("obs_status",       "A", "B", "A", "B"),                     # the first year after a break is a base
    ("obs_status",       "A", "D", "A", "A"),                     # another coverage is passed over
    ("obs_status",       "A", "A", "B", None),                    # a break: nothing is said
    ("obs_status",       "A", "A", "D", None),                    # another coverage: nothing is said
    ("period_basis",     "stated", "inferred", "stated", "B"),
    ("period_basis",     "stated", "publication", "stated", "A"),
    ("period_basis",     "stated", "stated", "publication", None),
    ("authority",        "government", "press", "government", "A"),
    ("authority",        "press", "press", "government", None),   # a rivalry is no growth
    ("counterpart_area", "_Z", "OTS", "_Z", "A"),
    ("freq",             "A", "D", "A", "A"),
])  # fmt: skip
def test_a_figure_is_compared_with_the_newest_that_it_may_be_compared_with(
    catalogue, columns, a, b, c, before
):
    shown = card(catalogue, "films_national", films(columns, a, b, c))
    assert shown.newest["figure_id"] == "C"
    assert (shown.before and shown.before["figure_id"]) == before
    assert (shown.change is None) == (before is None)


def test_visits_are_not_compared_with_tickets(catalogue):
    shown = card(
        catalogue,
        "cinema_attendance",
        """
        measure    | ref_area | time_period | sector | unit_measure | obs_value
        attendance | KAZ      | 2022        | film   | TICKET       | 9
        attendance | KAZ      | 2023        | film   | VISIT        | 10
        """,
    )
    assert (shown.newest["unit_measure"], shown.before) == ("VISIT", None)


def test_a_season_of_twelve_months_is_not_compared_with_nine(catalogue):
    shown = card(
        catalogue,
        "theatre_attendance",
        """
        figure_id | measure    | ref_area | time_period     | freq | sector   | unit_measure | obs_value
        OLDER     | attendance | KAZ      | 2020-01-01/P9M  | _O   | theatres | PS           | 60
        SEASON    | attendance | KAZ      | 2021-07-01/P12M | _O   | theatres | PS           | 120
        NINE      | attendance | KAZ      | 2023-01-01/P9M  | _O   | theatres | PS           | 90
        """,
    )
    assert (shown.newest["figure_id"], shown.before["figure_id"], shown.change) == ("NINE", "OLDER", (50, 50))


def test_two_rivals_of_one_year_are_not_a_growth(catalogue):
    shown = card(
        catalogue,
        "films_national",
        """
        figure_id | measure                 | ref_area | time_period | sector | obs_value
        ONE       | films_produced_national | KAZ      | 2017        | film   | 73
        OTHER     | films_produced_national | KAZ      | 2017        | film   | 53
        """,
    )
    assert (shown.newest["figure_id"], shown.before, shown.path.height) == ("ONE", None, 1)


def test_neither_a_gap_nor_what_cannot_be_is_the_newest_but_nil_is(catalogue):
    drawn = """
        figure_id  | measure                 | ref_area | time_period | sector | obs_status | obs_value | obs_low | obs_high
        KNOWN      | films_produced_national | KAZ      | 2014        | film   | A          | 3         | 3       | 3
        NIL        | films_produced_national | KAZ      | 2015        | film   | N          |           | 0       | 0.5
        IMPOSSIBLE | films_produced_national | KAZ      | 2016        | film   | U          | 2921      | 2921    | 2921
        GAP        | films_produced_national | KAZ      | 2017        | film   | O          |           |         |
    """
    shown = card(catalogue, "films_national", drawn)
    assert (shown.newest["figure_id"], shown.before["figure_id"]) == ("NIL", "KNOWN")
    assert shown.change == pytest.approx((-100, -83.333333333))


# ------------------------------------------------------------------------ shares and hedges


def test_a_share_changes_in_points_not_in_per_cent(catalogue):
    shown = card(
        catalogue,
        "gdp_share_stated",
        """
        measure      | ref_area | time_period | sector              | unit_measure | obs_value
        share_of_gdp | KAZ      | 2022        | creative_industries | PT_GDP       | 2.4
        share_of_gdp | KAZ      | 2023        | creative_industries | PT_GDP       | 2.7
        """,
    )
    assert (shown.change, shown.in_points) == ((0.3, 0.3), True)


@pytest.mark.parametrize(("before", "now", "change"), [
    ("exact | 2 | 2 | 2",   "over | 3 | 3 | inf",   (50, inf)),       # to more than three
    ("about | 2 | 1.8 | 2.2", "exact | 3 | 3 | 3",  (36.363636364, 66.666666667)),
    ("under | 2 | 0 | 2",   "exact | 3 | 3 | 3",    (50, inf)),       # from less than two
    ("over | 2 | 2 | inf",  "over | 3 | 3 | inf",   None),            # two open statements say nothing of each other
    ("exact | 0 | 0 | 0",   "exact | 3 | 3 | 3",    None),            # from nothing
])  # fmt: skip
def test_a_hedge_is_in_the_change(catalogue, before, now, change):
    shown = card(
        catalogue,
        "value_added",
        f"""
        measure | ref_area | time_period | sector              | hedge | obs_value | obs_low | obs_high
        gva     | KAZ      | 2022        | creative_industries | {before}
        gva     | KAZ      | 2023        | creative_industries | {now}
        """,
    )
    assert shown.change == change
    assert (shown.before is None) == (change is None)


# ------------------------------------------------------------------------ which cards there are


def test_there_is_a_card_where_there_is_a_figure_in_the_order_of_the_catalogue(catalogue):
    drawn = """
        measure                 | ref_area | time_period | sector              | unit_measure | obs_value
        films_produced_national | KAZ      | 2017        | film                | FILM         | 73
        gva                     | KAZ      | 2023        | creative_industries | KZT          | 1200
        gdp                     | KAZ      | 2023        | _T                  | KZT          | 120000
        exchange_rate           | KAZ      | 2023        | _T                  | KZT          | 456
    """
    assert list(cards(catalogue, drawn)) == ["value_added", "gdp_share", "films_national"]
    order = [indicator.id for indicator in catalogue]
    assert sorted(cards(catalogue, drawn), key=order.index) == list(cards(catalogue, drawn))


def test_of_the_sectors_of_a_definition_the_first_with_a_figure_is_shown(catalogue):
    first, second = catalogue["value_added"].sectors[:2]
    drawn = f"""
        figure_id | measure | ref_area | time_period | sector   | obs_value
        OLD       | gva     | KAZ      | 2010        | {first}  | 5
        NEW       | gva     | KAZ      | 2023        | {second} | 6
    """
    shown = card(catalogue, "value_added", drawn)
    assert (shown.sector, shown.newest["figure_id"]) == (first, "OLD")


def test_in_dollars_a_year_without_a_rate_is_not_shown_and_what_is_no_money_is_untouched(catalogue):
    drawn = """
        figure_id | measure                 | ref_area | time_period | sector              | unit_measure | obs_value
        OLD       | gva                     | KAZ      | 2022        | creative_industries | KZT          | 460
        NEW       | gva                     | KAZ      | 2023        | creative_industries | KZT          | 912
        NO-RATE   | gva                     | KAZ      | 2024        | creative_industries | KZT          | 999
        RATE-22   | exchange_rate           | KAZ      | 2022        | _T                  | KZT          | 460
        RATE-23   | exchange_rate           | KAZ      | 2023        | _T                  | KZT          | 456
        FILMS     | films_produced_national | KAZ      | 2017        | film                | FILM         | 73
    """
    shown = cards(catalogue, drawn, "USD")
    money = shown["value_added"]
    assert (money.newest["figure_id"], money.newest["value"], money.newest["rate"]) == ("NEW", 2.0, 456.0)
    assert money.change == (100, 100), "growth in dollars, not in tenge"
    assert shown["films_national"].newest["value"] == 73


def test_an_area_without_figures_has_no_cards(store, catalogue):
    assert overview(store, catalogue, "BVT", "as_reported") == []


def test_kazakhstan_as_it_is_in_the_release(store, catalogue):
    """Checked by hand against the ledger and the files of UNESCO and UNCTAD."""
    shown = {card.indicator.id: card for card in overview(store, catalogue, "KAZ", "as_reported")}
    newest = {
        name: (c.newest["figure_id"], c.newest["value"], c.newest["hedge"]) for name, c in shown.items()
    }
    assert newest["value_added"] == ("KAZ-056", 2e9, "over")
    assert shown["value_added"].change is None, "the year of the speech's figure is not stated"
    assert shown["films_national"].change == (160.714285714, 160.714285714), "28 films in 2016, 73 in 2017"
    assert shown["exports_services"].change[0] == pytest.approx(100 * (718.207 / 583.673 - 1))
    assert newest["cinema_attendance"] == ("KAZ-004", 23.3e6, "exact")
