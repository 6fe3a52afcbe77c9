"""Whether a figure rose or fell between two times, as far as their intervals say."""

from typing import Any

Span = tuple[float, float]
"""Lower and upper end; an end may be open (±inf)."""
RISEN, FALLEN, SAME = 1, -1, 0


def direction(first: Span, last: Span) -> int | None:
    """RISEN, FALLEN or SAME; None where the two intervals meet, so that either may be the larger.

    Intervals that only touch decide nothing, for an interval does not say whether its end belongs to it:
    "at least 2" after 2 may be 2 again. Two points that are equal are the same.
    """
    if first[0] == first[1] == last[0] == last[1]:
        return SAME
    if last[0] > first[1]:
        return RISEN
    return FALLEN if last[1] < first[0] else None


def comparable(between: list[dict[str, Any]]) -> bool:
    """Whether no break of the series lies after the first of these rows, in order of time."""
    return all(row["obs_status"] != "B" for row in between[1:])
