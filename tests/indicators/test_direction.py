"""Whether a figure rose, as far as its interval says."""

from math import inf

import pytest

from indicators.direction import FALLEN, RISEN, SAME, comparable, direction


@pytest.mark.parametrize(
    ("first", "last", "way"),
    [
        ((1, 1), (2, 2), RISEN),
        ((2, 2), (1, 1), FALLEN),
        ((2, 2), (2, 2), SAME),
        ((1, 2), (1, 2), None),
        ((1, 2), (2, 3), None),
        ((1, 1), (2, inf), RISEN),
        ((2, inf), (3, 3), None),
        ((-inf, 2), (3, 3), RISEN),
        ((3, 3), (0, 2), FALLEN),
    ],
)
def test_only_intervals_that_are_apart_decide(first, last, way):
    assert direction(first, last) == way


def test_a_break_after_the_first_year_makes_two_years_incomparable():
    assert comparable([{"obs_status": "B"}, {"obs_status": "A"}])
    assert not comparable([{"obs_status": "A"}, {"obs_status": "B"}, {"obs_status": "A"}])
