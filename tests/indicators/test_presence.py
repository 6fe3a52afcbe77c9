"""What there is: every kind of absence is told apart, and nothing that is there is left out."""

import polars as pl
import pytest

from indicators.feeds import by, feeds, indicators_of
from indicators.presence import HELD, STATES, by_year, of_indicators, presence, years

COUNTS = ("figures", "doubtful", "planned", "suppressed", "not_applicable", "not_available")


def there(**counts):
    row = {"ref_area": "KAZ", "year": 2024, "publishers": 1} | dict.fromkeys(COUNTS, 0) | counts
    return pl.DataFrame([row])


@pytest.mark.parametrize(("counts", "state"), [
    ({"figures": 2, "publishers": 2}, "rivals"),
    ({"figures": 1, "planned": 1, "suppressed": 1}, "observed"),
    ({"doubtful": 1, "planned": 1}, "doubtful"),
    ({"planned": 1, "suppressed": 1}, "planned"),
    ({"suppressed": 1, "not_available": 1}, "suppressed"),
    ({"not_applicable": 1, "not_available": 1}, "not_applicable"),
    ({"not_available": 1}, "not_available"),
])  # fmt: skip
def test_what_is_most_worth_knowing_of_a_place_is_shown(counts, state):
    assert by_year(there(**counts), "ref_area")["state"].to_list() == [state]


def test_no_figure_of_a_whole_country_is_left_out_of_the_picture(store):
    held = store.ask("national", measures=["employment"], freqs=["A"], areas=[])
    valued = held.filter(pl.col("obs_low").is_not_null() & (pl.col("obs_status") != "U"))
    shown = presence(store, ["employment"])
    assert shown["figures"].sum() >= valued.height > 0
    places = by_year(shown, "ref_area").filter(pl.col("state").is_in(HELD))
    assert set(valued["ref_area"]) <= set(places["ref_area"])


def test_every_place_of_the_catalogue_has_a_state_and_years_count_years_with_a_figure(store, catalogue):
    all_of_it = of_indicators(store, catalogue)
    assert set(by_year(all_of_it, "indicator")["state"]) <= set(STATES)
    counted = years(all_of_it, "indicator").filter(indicator="employment", ref_area="AUT").row(0, named=True)
    assert counted["years"] == counted["last"] - counted["first"] + 1 == 9


def test_what_a_collection_feeds_adds_up_to_what_it_holds(store, catalogue):
    for row in store.ask("collections").to_dicts():
        held = feeds(store, row["collection"])
        total = held["figures"].sum() + held["missing"].sum()
        assert total == row["observations"] + row["targets"], row["collection"]
        for column in ("measure", "ref_area", "sector"):
            assert by(held, column)["figures"].sum() == held["figures"].sum()
    fed = {i.id for i, _ in indicators_of(feeds(store, "us_bea_acpsa"), catalogue)}
    assert {"value_added", "gdp_share", "employment"} <= fed
