"""Where a target stands: at, above and below the straight path, and what is said when it cannot be said.

The path is straight from the baseline (year, value) to the level (target's year). Every number below
is worked out by hand.
"""

from datetime import date
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.concepts.codelist import Codelist
from indicators.concepts.target import AT_LEAST, AT_MOST, Outcome, Reason, Status
from indicators.progress import judge, level, needed_growth, progress
from indicators.targets import aims_of, statuses
from tests.tables import claims

NOVEMBER_2026 = date(2026, 11, 22)
NO_RATES = claims("figure_id | measure | ref_area | time_period | obs_value").clear()


def stand(aims, outcomes, *, rates=NO_RATES, day=NOVEMBER_2026, **facts):
    """The statuses of drawn aims held against drawn outcomes; more is better unless a fact says otherwise."""
    figures = claims(aims)
    known = {figure: {"direction": AT_LEAST} | dict(facts.get(figure, {})) for figure in figures["figure_id"]}
    held = claims(outcomes) if "\n" in outcomes.strip() else NO_RATES
    return statuses(aims_of(figures, Codelist("target", known)), held, rates, day)


def one(aims, outcomes, **more):
    (status,) = stand(aims, outcomes, **more)
    return status


AIM_2030 = """
    figure_id | measure      | ref_area | time_period | published_on | known_from | kind   | obs_value
    T         | share_of_gdp | KAZ      | 2030        | 2021-06-01   | 2021-06-01 | target | 20
"""
NOBODY = "figure_id | measure | ref_area | time_period | obs_value"


# The path from 10 in 2020 to 20 in 2030 asks for 15 in 2025.


@pytest.mark.parametrize(
    ("in_2025", "status", "part", "points_a_year"),
    [
        ("14.9", Status.BEHIND, 0.49, 5.1 / 5),
        ("15", Status.ON_TRACK, 0.5, 1.0),
        ("16", Status.ON_TRACK, 0.6, 0.8),
        ("9", Status.BEHIND, -0.1, 2.2),
        ("20", Status.REACHED, 1.0, None),
        ("25", Status.REACHED, 1.5, None),
    ],
)
def test_an_outcome_below_on_and_above_the_path(in_2025, status, part, points_a_year):
    found = one(
        AIM_2030,
        f"""
        figure_id | measure      | ref_area | time_period | obs_value
        B         | share_of_gdp | KAZ      | 2020        | 10
        C         | share_of_gdp | KAZ      | 2025        | {in_2025}
        """,
    )
    (reading,) = found.readings
    assert (found.status, reading.baseline.figures, reading.required) == (status, ("B",), (15.0, 15.0))
    assert reading.progress == pytest.approx((part, part))
    if points_a_year is None:
        assert reading.needed_change is None
        assert reading.needed_growth is None
    else:
        assert reading.needed_change == pytest.approx((points_a_year, points_a_year))


def test_the_growth_still_needed_is_compound_and_ends_in_the_target_year():
    found = one(
        AIM_2030.replace("20\n", "24.2\n").replace("2030", "2027"),
        """
        figure_id | measure      | ref_area | time_period | obs_value
        B         | share_of_gdp | KAZ      | 2020        | 10
        C         | share_of_gdp | KAZ      | 2025        | 20
        """,
    )
    assert found.readings[0].needed_growth == (10.0, 10.0), "20 × 1.1 × 1.1 = 24.2"


@pytest.mark.parametrize(
    ("in_2025", "status"), [("16", Status.BEHIND), ("15", Status.ON_TRACK), ("10", Status.REACHED)]
)
def test_a_target_that_is_to_fall_has_its_good_side_below(in_2025, status):
    found = one(
        AIM_2030.replace("20\n", "10\n"),
        f"""
        figure_id | measure      | ref_area | time_period | obs_value
        B         | share_of_gdp | KAZ      | 2020        | 20
        C         | share_of_gdp | KAZ      | 2025        | {in_2025}
        """,
        T={"direction": AT_MOST},
    )
    assert found.status == status


# Intervals: a status is given only where it holds for the whole of what was said.


@pytest.mark.parametrize(
    ("hedge", "low", "high", "status"),
    [
        ("over", 15, "inf", Status.ON_TRACK),
        ("over", 14, "inf", Status.UNDECIDED),
        ("about", 13.5, 16.5, Status.UNDECIDED),
        ("under", 0, 15, Status.UNDECIDED),
        ("under", 0, 14, Status.BEHIND),
        ("over", 20, "inf", Status.REACHED),
    ],
)
def test_a_hedged_outcome(hedge, low, high, status):
    found = one(
        AIM_2030,
        f"""
        figure_id | measure      | ref_area | time_period | hedge   | obs_value | obs_low | obs_high
        B         | share_of_gdp | KAZ      | 2020        | exact   | 10        | 10      | 10
        C         | share_of_gdp | KAZ      | 2025        | {hedge} |           | {low}   | {high}
        """,
    )
    assert found.status == status
    assert (found.reason == Reason.STRADDLES) == (status == Status.UNDECIDED)


@pytest.mark.parametrize(
    ("hedge", "value", "low", "high", "what_counts"),
    [
        ("exact", 20.0, 20.0, 20.0, (20.0, 20.0)),
        ("over", 20.0, 20.0, inf, (20.0, 20.0)),
        ("up_to", 20.0, 0.0, 20.0, (20.0, 20.0)),
        ("about", 20.0, 18.0, 22.0, (18.0, 22.0)),
        ("between", None, 18.0, 22.0, (18.0, 22.0)),
    ],
)
def test_a_one_sided_hedge_of_a_target_names_its_level_and_the_others_keep_their_width(
    hedge, value, low, high, what_counts
):
    assert level(value, low, high, hedge) == what_counts


def test_with_about_20_meant_the_path_is_as_wide_as_that_and_what_lies_in_it_is_undecided():
    aim = """
        figure_id | measure      | ref_area | time_period | published_on | known_from | kind   | hedge | obs_value | obs_low | obs_high
        T         | share_of_gdp | KAZ      | 2030        | 2021-06-01   | 2021-06-01 | target | about | 20        | 18      | 22
    """
    outcomes = """
        figure_id | measure      | ref_area | time_period | obs_value
        B         | share_of_gdp | KAZ      | 2020        | 10
        C         | share_of_gdp | KAZ      | 2025        | {}
    """
    assert one(aim, outcomes.format(15)).readings[0].required == (14.0, 16.0)
    found = [one(aim, outcomes.format(x)).status for x in (13.9, 15, 16, 19, 22)]
    assert found == ["behind", "undecided", "on_track", "on_track", "reached"]


# Rivals: the status under every credible claim.


def test_on_track_in_4_of_5_readings():
    found = one(
        AIM_2030,
        """
        figure_id | measure      | ref_area | time_period | authority          | source | obs_status | obs_value
        B         | share_of_gdp | KAZ      | 2020        | statistical_office | s0     | A          | 10
        OFFICE    | share_of_gdp | KAZ      | 2025        | statistical_office | s1     | A          | 15
        MINISTER  | share_of_gdp | KAZ      | 2025        | government         | s2     | A          | 16
        STUDY     | share_of_gdp | KAZ      | 2025        | research           | s3     | E          | 14
        PRESS     | share_of_gdp | KAZ      | 2025        | press              | s4     | A          | 17
        TRADE     | share_of_gdp | KAZ      | 2025        | industry           | s5     | P          | 18
        AGAIN     | share_of_gdp | KAZ      | 2025        | press              | s6     | A          | 17
        NONSENSE  | share_of_gdp | KAZ      | 2025        | government         | s7     | U          | 2000
        OTHER     | share_of_gdp | KAZ      | 2025        | government         | s8     | D          | 1
        """,
    )
    assert found.counts == {Status.ON_TRACK: 4, Status.BEHIND: 1}
    assert (found.status, found.agreeing, len(found.readings), found.robust) == (Status.ON_TRACK, 4, 5, False)
    assert found.readings[0].outcome.figures == ("OFFICE",), "the usual rule's reading stands first"
    assert ("AGAIN", "PRESS") in [r.outcome.figures for r in found.readings], "one number counts once"


def test_a_figure_of_another_coverage_is_read_where_there_is_no_other():
    found = one(
        AIM_2030,
        """
        figure_id | measure      | ref_area | time_period | obs_status | obs_value
        OTHER     | share_of_gdp | KAZ      | 2025        | D          | 21
        """,
    )
    assert (found.status, found.readings[0].outcome.figures) == (Status.REACHED, ("OTHER",))


def test_rival_baselines_are_rival_readings_but_a_source_that_states_both_is_held_against_itself():
    found = one(
        AIM_2030,
        """
        figure_id | measure      | ref_area | time_period | authority  | source | obs_value
        WIDE-20   | share_of_gdp | KAZ      | 2020        | research   | wide   | 14
        NARROW-20 | share_of_gdp | KAZ      | 2020        | government | narrow | 2
        NARROW-25 | share_of_gdp | KAZ      | 2025        | government | narrow | 12
        PRESS-25  | share_of_gdp | KAZ      | 2025        | press      | press  | 13
        """,
    )
    drawn = {(r.outcome.figures[0], r.baseline.figures[0]): (r.required[0], r.status) for r in found.readings}
    assert drawn == {
        ("NARROW-25", "NARROW-20"): (11.0, Status.ON_TRACK),
        ("PRESS-25", "NARROW-20"): (11.0, Status.ON_TRACK),
        ("PRESS-25", "WIDE-20"): (17.0, Status.BEHIND),
    }


def test_where_the_path_is_not_needed_a_rival_baseline_makes_no_further_reading():
    found = one(
        AIM_2030,
        """
        figure_id | measure      | ref_area | time_period | source | obs_value
        B1        | share_of_gdp | KAZ      | 2020        | s1     | 14
        B2        | share_of_gdp | KAZ      | 2020        | s2     | 2
        C         | share_of_gdp | KAZ      | 2025        | s3     | 21
        """,
    )
    assert found.counts == {Status.REACHED: 1}


# The target's year is over on the last of its days.


@pytest.mark.parametrize(
    ("day", "in_2025", "status"),
    [
        ("2025-12-31", "19", Status.BEHIND),
        ("2026-01-01", "19", Status.MISSED),
        ("2026-01-01", "20", Status.REACHED),
    ],
)
def test_when_the_year_is_over_it_is_reached_or_missed(day, in_2025, status):
    found = one(
        AIM_2030.replace("2030", "2025"),
        f"""
        figure_id | measure      | ref_area | time_period | obs_value
        B         | share_of_gdp | KAZ      | 2020        | 10
        C         | share_of_gdp | KAZ      | 2025        | {in_2025}
        """,
        day=date.fromisoformat(day),
    )
    assert found.status == status


@pytest.mark.parametrize(
    ("year", "value", "status", "reason"),
    [
        (2025, 19, Status.MISSED, None),
        (2024, 17, Status.BEHIND, Reason.YEAR_BEFORE),
        (2024, 18, Status.UNDECIDED, Reason.YEAR_BEFORE),
        (2023, 11, Status.NO_DATA, Reason.NONE_NEAR_TARGET_YEAR),
        (2023, 21, Status.REACHED, None),
    ],
)
def test_a_year_that_is_over_without_a_figure_of_its_own(year, value, status, reason):
    """The path from 10 in 2020 to 20 in 2025 asks for 18 in 2024."""
    found = one(
        AIM_2030.replace("2030", "2025"),
        f"""
        figure_id | measure      | ref_area | time_period | obs_value
        B         | share_of_gdp | KAZ      | 2020        | 10
        C         | share_of_gdp | KAZ      | {year}      | {value}
        """,
    )
    assert (found.status, found.reason) == (status, reason)
    assert found.readings[0].outcome.time_period == str(year), "a reading names its own year"


def test_a_level_that_was_passed_long_before_the_target_was_set_is_not_reached_by_it():
    found = one(
        AIM_2030.replace("2030", "2025"),
        """
        figure_id | measure      | ref_area | time_period | obs_value
        C         | share_of_gdp | KAZ      | 2010        | 21
        """,
    )
    assert (found.status, found.reason) == (Status.NO_DATA, Reason.NONE_NEAR_TARGET_YEAR)


def test_a_figure_of_after_the_target_year_does_not_say_that_it_was_reached_in_time():
    found = one(
        AIM_2030.replace("2030", "2022"),
        """
        figure_id | measure      | ref_area | time_period | obs_value
        C         | share_of_gdp | KAZ      | 2023        | 30
        """,
    )
    assert (found.status, found.reason) == (Status.UNDECIDED, Reason.LATER_ONLY)


def test_the_outcome_of_the_target_year_goes_before_a_newer_one():
    found = one(
        AIM_2030.replace("2030", "2024"),
        """
        figure_id | measure      | ref_area | time_period | obs_value
        IN-TIME   | share_of_gdp | KAZ      | 2024        | 19
        LATER     | share_of_gdp | KAZ      | 2025        | 21
        """,
    )
    assert (found.status, found.readings[0].outcome.figures) == (Status.MISSED, ("IN-TIME",))


# What is lacking is said.


def test_without_any_outcome_there_is_no_data_and_no_reading():
    found = one(AIM_2030, NOBODY)
    assert (found.status, found.reason, found.readings) == (Status.NO_DATA, Reason.NO_OUTCOME, ())
    assert (found.counts, found.agreeing, found.robust) == ({}, 0, False)


def test_without_a_baseline_only_what_is_needed_is_said():
    found = one(
        AIM_2030,
        """
        figure_id | measure      | ref_area | time_period | obs_value
        C         | share_of_gdp | KAZ      | 2025        | 15
        """,
    )
    (reading,) = found.readings
    assert (found.status, reading.progress, reading.required) == (Status.NO_BASELINE, None, None)
    assert reading.needed_change == (1.0, 1.0)


def test_without_a_year_there_is_no_path_but_it_can_be_reached():
    aim = AIM_2030.replace("2030", "_X  ")
    outcome = """
        figure_id | measure      | ref_area | time_period | obs_value
        C         | share_of_gdp | KAZ      | 2025        | {}
    """
    below, at_it = one(aim, outcome.format(15)), one(aim, outcome.format(20))
    assert (below.status, at_it.status) == (Status.NO_YEAR, Status.REACHED)
    assert below.readings[0].needed_growth is None


def test_nothing_newer_than_the_baseline_says_nothing_of_progress():
    found = one(
        AIM_2030.replace("2021-06-01", "2026-02-16"),
        """
        figure_id | measure      | ref_area | time_period | obs_value
        B         | share_of_gdp | KAZ      | 2024        | 14
        """,
    )
    assert (found.status, found.reason) == (Status.NO_DATA, Reason.NOTHING_SINCE_BASELINE)
    assert found.readings[0].progress is None
    assert found.readings[0].needed_change == (1.0, 1.0)


def test_where_nobody_says_whether_more_or_less_is_wanted_there_is_no_verdict():
    found = one(
        AIM_2030,
        """
        figure_id | measure      | ref_area | time_period | obs_value
        C         | share_of_gdp | KAZ      | 2025        | 21
        """,
        T={"direction": ""},
    )
    assert (found.status, found.reason) == (Status.UNDECIDED, Reason.NO_DIRECTION)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("jobs_created         | KAZ | _T    | creative_industries | 2025 | A | PS     | 21 | 2025-01-01", Reason.NO_OUTCOME),
        ("share_of_gdp         | UZB | _T    | creative_industries | 2025 | A | PT_GDP | 21 | 2025-01-01", Reason.NO_OUTCOME),
        ("share_of_gdp         | KAZ | KZ-75 | creative_industries | 2025 | A | PT_GDP | 21 | 2025-01-01", Reason.NO_OUTCOME),
        ("share_of_gdp         | KAZ | _T    | it                  | 2025 | A | PT_GDP | 21 | 2025-01-01", Reason.NO_OUTCOME),
        ("share_of_gdp         | KAZ | _T    | creative_industries | 2025 | O | PT_GDP |    | 2025-01-01", Reason.NO_OUTCOME),
        ("share_of_gdp         | KAZ | _T    | creative_industries | 2025 | U | PT_GDP | 21 | 2025-01-01", Reason.ONLY_IMPOSSIBLE),
        ("share_of_gdp         | KAZ | _T    | creative_industries | 2025 | A | PT     | 21 | 2025-01-01", Reason.OTHER_UNIT),
        ("share_of_gdp         | KAZ | _T    | creative_industries | _X   | A | PT_GDP | 21 | 2025-01-01", Reason.ONLY_UNDATED),
        ("share_of_gdp         | KAZ | _T    | creative_industries | 2025 | A | PT_GDP | 21 | 2026-12-01", Reason.NO_OUTCOME),
    ],
)  # fmt: skip
def test_what_is_not_comparable_is_no_outcome_and_it_is_said_why(row, reason):
    aim = """
        figure_id | measure      | ref_area | time_period | unit_measure | kind   | obs_value
        T         | share_of_gdp | KAZ      | 2030        | PT_GDP       | target | 20
    """
    head = "measure | ref_area | region | sector | time_period | obs_status | unit_measure | obs_value | known_from"
    found = one(aim, f"{head}\n{row}")
    assert (found.status, found.reason) == (Status.NO_DATA, reason)


# Money is compared in the target's currency, at the rate of its own year.


def test_an_outcome_in_tenge_is_held_against_a_target_in_dollars():
    rates = claims("""
        figure_id | measure       | ref_area | sector | time_period | unit_measure | obs_value
        R-2020    | exchange_rate | KAZ      | _T     | 2020        | KZT          | 400
        R-2025    | exchange_rate | KAZ      | _T     | 2025        | KZT          | 500
    """)
    aim = """
        figure_id | measure | ref_area | time_period | unit_measure | published_on | known_from | kind   | obs_value
        T         | exports | KAZ      | 2030        | USD          | 2021-06-01   | 2021-06-01 | target | 20
    """
    outcomes = """
        figure_id | measure | ref_area | time_period | unit_measure | source | obs_value
        TENGE-20  | exports | KAZ      | 2020        | KZT          | s1     | 4000
        TENGE-25  | exports | KAZ      | 2025        | KZT          | s2     | 7500
        DOLLAR-25 | exports | KAZ      | 2025        | USD          | s3     | 14
        TWICE-25  | exports | KAZ      | 2025        | KZT          | s3     | 7000
        NO-RATE   | exports | KAZ      | 2026        | KZT          | s4     | 9000
    """
    found = one(aim, outcomes, rates=rates)
    drawn = {r.outcome.figures: (r.outcome.span, r.outcome.rate, r.status) for r in found.readings}
    assert drawn == {
        ("TENGE-25",): ((15.0, 15.0), "R-2025", Status.ON_TRACK),
        ("DOLLAR-25",): ((14.0, 14.0), None, Status.BEHIND),
    }
    assert found.readings[0].baseline.span == (10.0, 10.0), "4,000 tenge at 400"


# History.


def test_a_superseded_target_keeps_where_it_stood_on_the_day_it_was_replaced():
    aims = """
        figure_id | measure      | ref_area | time_period | published_on | known_from | kind   | obs_value
        OLD       | share_of_gdp | KAZ      | 2030        | 2021-06-01   | 2021-06-01 | target | 20
        NEW       | share_of_gdp | KAZ      | 2035        | 2024-03-01   | 2024-03-01 | target | 40
    """
    outcomes = """
        figure_id | measure      | ref_area | time_period | published_on | known_from | obs_value
        Y20       | share_of_gdp | KAZ      | 2020        | 2021-02-01   | 2021-02-01 | 10
        Y22       | share_of_gdp | KAZ      | 2022        | 2023-02-01   | 2023-02-01 | 13
        Y25       | share_of_gdp | KAZ      | 2025        | 2026-02-01   | 2026-02-01 | 14
    """
    old, new = stand(aims, outcomes, OLD={"superseded_by": "NEW"})
    assert (old.status, old.day) == (Status.SUPERSEDED, date(2024, 3, 1))
    assert [r.status for r in old.readings] == [Status.ON_TRACK], "13 in 2022, and the path asked for 12"
    assert new.status == Status.BEHIND, "from 13 in 2022 to 40 in 2035: 19.2 in 2025"
    assert old.history == new.history == ("OLD", "NEW")


def test_before_its_successor_was_set_a_target_is_not_superseded():
    aims = """
        figure_id | measure      | ref_area | time_period | published_on | known_from | kind   | obs_value
        OLD       | share_of_gdp | KAZ      | 2030        | 2021-06-01   | 2021-06-01 | target | 20
    """
    (old,) = stand(aims, NOBODY, day=date(2023, 1, 1), OLD={"superseded_by": "NEW"})
    assert old.status == Status.NO_DATA


# Properties, for any numbers.

NUMBERS = st.floats(0.1, 1000)
SPANS = st.tuples(NUMBERS, NUMBERS).map(lambda ends: (min(ends), max(ends)))
DIRECTIONS = st.sampled_from([AT_LEAST, AT_MOST])
RANK = {Status.BEHIND: 0, Status.MISSED: 0, Status.UNDECIDED: 1, Status.ON_TRACK: 2, Status.REACHED: 3}


def verdict(now, then, aim, direction, year=2025, *, over=False):
    return judge(Outcome(("C",), str(year), float(year), now), Outcome(("B",), "2020", 2020.0, then), aim, direction, due=2030.0, over=over)[0]  # fmt: skip


@given(
    SPANS,
    SPANS,
    SPANS,
    st.floats(0, 500),
    DIRECTIONS,
    st.sampled_from([(2025, False), (2029, True), (2030, True)]),
)
def test_a_better_outcome_never_has_a_worse_status(now, then, aim, more, direction, when):
    year, over = when
    sign = 1 if direction == AT_LEAST else -1
    better = (now[0] + sign * more, now[1] + sign * more)
    worse, best = (verdict(x, then, aim, direction, year, over=over) for x in (now, better))
    assert RANK[best] >= RANK[worse]


@given(SPANS, SPANS, SPANS, DIRECTIONS)
def test_on_track_and_behind_hold_for_every_point_of_the_intervals_and_undecided_for_neither(
    now, then, aim, direction
):
    sign = 1 if direction == AT_LEAST else -1
    reached = [sign * (x - t) for x in now for t in aim]
    above = [sign * (x - (b + (t - b) / 2)) for x in now for b in then for t in aim]
    noise = 1e-6
    status = verdict(now, then, aim, direction)
    if min(map(abs, [*reached, *above])) < noise:
        return
    expected = (
        Status.REACHED if min(reached) > 0
        else Status.ON_TRACK if min(above) > 0
        else Status.BEHIND if max(above) < 0
        else Status.UNDECIDED
    )  # fmt: skip
    assert status == expected


@given(SPANS, SPANS, SPANS, st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), DIRECTIONS)
def test_progress_holds_every_point(now, then, aim, i, j, k, direction):
    found = progress(now, then, aim, direction)
    if found is None:
        return
    x, b, t = (
        low + (high - low) * part for (low, high), part in zip((now, then, aim), (i, j, k), strict=True)
    )
    assert found[0] - 1e-6 <= (x - b) / (t - b) <= found[1] + 1e-6 * max(1, abs(found[1]))


@given(SPANS, SPANS, st.integers(1, 30))
def test_whoever_grows_as_needed_arrives(now, aim, years):
    least, most = needed_growth(now, aim, years)
    assert now[0] * (1 + most / 100) ** years == pytest.approx(aim[1], rel=1e-6)
    assert now[1] * (1 + least / 100) ** years == pytest.approx(aim[0], rel=1e-6)
