"""The board: every KPI with its verdict, its freshness and its rivals; nothing without a reason."""

from datetime import date

import pytest

from indicators.board import Verdict, board, contradicted, verdict
from indicators.concepts.target import Outcome, Reading, Status, TargetStatus

DAY = date(2026, 11, 22)
AREAS = ("KAZ", "UZB", "TUR", "AZE", "RUS", "CIS", "DEU", "FJI")


@pytest.fixture(scope="module", params=AREAS)
def shown(request, store, catalogue):
    return board(store, catalogue, request.param, "as_reported", DAY)


def aim(*statuses, status=None):
    readings = tuple(
        Reading(Outcome((f"F{i}",), "2024", 2024.0, (1, 1)), None, s) for i, s in enumerate(statuses)
    )
    return TargetStatus(
        None, status or (statuses[0] if statuses else Status.NO_DATA), None, readings, DAY, ()
    )


@pytest.mark.parametrize(
    ("statuses", "says"),
    [
        ((), "none"),
        (("reached",), "on_track"),
        (("on_track", "reached"), "on_track"),
        (("behind", "missed"), "behind"),
        (("on_track", "behind"), "undecided"),
        (("on_track", "undecided"), "undecided"),
        (("on_track", "no_data"), "undecided"),
        (("no_data",), "none"),
        (("no_year", "no_baseline"), "none"),
    ],
)
def test_a_verdict_holds_under_every_credible_reading(statuses, says):
    assert verdict(aim(*map(Status, statuses))) == says


def test_an_aim_that_was_replaced_has_no_verdict():
    assert verdict(aim(Status.BEHIND, status=Status.SUPERSEDED)) == Verdict.NONE


def test_no_verdict_without_its_readings_and_no_status_without_figures(shown):
    for kpi in shown.kpis:
        if kpi.verdict != Verdict.NONE:
            assert kpi.aims[0].readings
        for reading in (r for a in kpi.aims for r in a.readings):
            assert set(reading.outcome.figures) <= set(shown.figures), kpi.id


def test_every_place_has_an_id_of_its_own_and_something_to_show(shown):
    ids = [kpi.id for kpi in shown.kpis]
    assert len(ids) == len(set(ids))
    assert all(kpi.card or kpi.aims for kpi in shown.kpis)


def test_no_aim_vanishes(store, shown):
    area = {kpi.card.newest["ref_area"] for kpi in shown.kpis if kpi.card} or {"FJI"}
    (area,) = area
    stated = store.ask("targets", area=area, as_of=DAY)
    held = {a.target.figure_id for kpi in shown.kpis for a in kpi.aims}
    assert held == set(stated.filter(stated["obs_low"].is_not_null())["figure_id"])


def test_an_aim_without_figures_stands_on_the_board(store, catalogue):
    found = {k.id: k for k in board(store, catalogue, "KAZ", "as_reported", DAY).kpis}
    assert found["exports_stated.it"].card is None
    assert found["exports_stated.it"].aims[0].target.figure_id == "KAZ-051"
    assert found["KAZ-067"].verdict == Verdict.ON_TRACK
    assert found["KAZ-068"].verdict == Verdict.NONE, "a forecast is nobody's promise"


def test_a_target_of_another_sector_gets_a_card_of_its_own(store, catalogue):
    found = {k.id: k for k in board(store, catalogue, "UZB", "as_reported", DAY).kpis}
    assert found["exports_stated"].sector == "creative_industries"
    assert found["exports_stated.it"].card.newest["sector"] == "it"


def test_freshness_is_held_against_the_day_that_is_given(store, catalogue):
    before = {k.id: k for k in board(store, catalogue, "DEU", "as_reported", date(2020, 1, 1)).kpis}
    assert before["films_national"].freshness.due == "overdue", "the release itself was made long after"
    assert before["exports_services"].freshness.due == "unknown", "UNCTAD does not date what it publishes"


@pytest.mark.parametrize(
    ("rivals", "low", "high", "spread", "says"),
    [
        (0, 10, 10, (10, 10), False),
        (1, 10, 10, (10, 10), False),
        (1, 10, 10, (9, 10), True),
        (2, 10, float("inf"), (10, float("inf")), False),
        (1, 10, 12, (None, None), True),
    ],
)
def test_a_rival_disputes_where_it_lies_outside_or_cannot_be_compared(rivals, low, high, spread, says):
    row = {"rivals": rivals, "low": low, "high": high, "spread_low": spread[0], "spread_high": spread[1]}
    assert contradicted(row) is says
