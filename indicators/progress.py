"""The rule that gives a target its status: on intervals, for one outcome and one baseline.

The path is straight from the baseline (year, value) to the level (target's year): at the time t of
the outcome it asks for  b + (T - b) × (t - tb) / (tT - tb).  Intervals have both ends in them, so
that an outcome on the path is on track and one at the level has reached it.

reached       the whole outcome is at the level or beyond, at or before the target's year (once that
              is over: in it, in the year before, or at any time since the baseline)
missed        the year is over, and the whole outcome of that year is short of the level
on_track      the whole outcome is on the path or on its good side
behind        the whole outcome is on its bad side; once the year is over without an outcome of its own,
              that of the year before, which is no proof that the target was missed
undecided     the interval lies on both sides; or nobody says which side is good; or the year is over
              and the figures that there are do not decide
no_year, no_baseline, no_data    what is lacking; nothing is said of progress

A year counts whole: a fiscal or calendar year stands at the year in which it ends; shorter periods
stand at their last month.
"""

from datetime import date
from math import inf

from indicators.concepts.target import AT_MOST, Outcome, Reason, Span, Status

ONE_SIDED = ("over", "at_least", "up_to", "under")
NEAR = 1e-12
"""Relative difference below which two ends are one: the noise of binary fractions, nothing more."""

Verdict = tuple[Status, Reason | None]


def level(value: float | None, low: float, high: float, hedge: str) -> Span:
    """What must be attained.

    A one-sided hedge names the level itself: "over 500,000" is attained from 500,000 on, "up to
    15 %" names 15 whether it is a goal or a ceiling. The width of about, almost and between stays:
    nobody can say where within it the level is meant to be.
    """
    return (value, value) if hedge in ONE_SIDED and value is not None else (low, high)


def at(end: date, months: int) -> float:
    """Where a period stands in time: 2024.0 for 2024 and for the fiscal year that ends in it.

    Examples:
        >>> at(date(2025, 6, 30), 12), at(date(2025, 6, 30), 6), at(date(2025, 12, 31), 1)
        (2025.0, 2024.5, 2025.0)
    """
    return float(end.year) if months >= 12 else end.year - 1 + end.month / 12


def judge(
    outcome: Outcome,
    baseline: Outcome | None,
    aim: Span,
    direction: str | None,
    *,
    due: float | None,
    over: bool,
) -> Verdict:
    """The status of one reading.

    Args:
        outcome: with a time.
        baseline: or None.
        aim: what must be attained, of `level`.
        direction: at_least, at_most or None.
        due: the target's time, or None.
        over: whether that time is over.
    """
    decided = without_path(outcome, aim, direction, due=due, over=over)
    if decided == (Status.REACHED, None) and over and _stale(outcome, baseline, due):
        return Status.NO_DATA, Reason.NONE_NEAR_TARGET_YEAR
    if decided:
        return decided
    if baseline is None:
        return Status.NO_BASELINE, None
    if baseline.at is None:
        return Status.NO_BASELINE, Reason.BASELINE_WITHOUT_YEAR
    line = required(outcome, baseline, aim, due)
    if line is None:
        return _no_path(outcome, baseline, due)
    side = _side(outcome.span, line, direction)
    if over:
        return (Status.BEHIND if side < 0 else Status.UNDECIDED), Reason.YEAR_BEFORE
    if side:
        return (Status.ON_TRACK if side > 0 else Status.BEHIND), None
    return Status.UNDECIDED, Reason.STRADDLES


def without_path(
    outcome: Outcome, aim: Span, direction: str | None, *, due: float | None, over: bool
) -> Verdict | None:
    """The status where outcome and level alone decide it, else None: then a path is needed."""
    if direction is None:
        return Status.UNDECIDED, Reason.NO_DIRECTION
    side = _side(outcome.span, aim, direction)
    time = outcome.at if outcome.at is not None else -inf
    if due is not None and time > due:
        return Status.UNDECIDED, Reason.LATER_ONLY
    if side > 0:
        return Status.REACHED, None
    if due is None:
        return Status.NO_YEAR, None
    if not over:
        return None
    if time == due:
        return (Status.MISSED, None) if side < 0 else (Status.UNDECIDED, Reason.STRADDLES)
    return None if time >= due - 1 else (Status.NO_DATA, Reason.NONE_NEAR_TARGET_YEAR)


def _stale(outcome: Outcome, baseline: Outcome | None, due: float | None) -> bool:
    """Whether an outcome is of long before the target's year and not known to be newer than the target."""
    if due is None or outcome.at is None or outcome.at >= due - 1:
        return False
    return baseline is None or baseline.at is None or outcome.at <= baseline.at


def _no_path(outcome: Outcome, baseline: Outcome, due: float | None) -> Verdict:
    if baseline.at is not None and due is not None and baseline.at >= due:
        return Status.NO_BASELINE, Reason.BASELINE_TOO_LATE
    return Status.NO_DATA, Reason.NOTHING_SINCE_BASELINE


def required(outcome: Outcome, baseline: Outcome | None, aim: Span, due: float | None) -> Span | None:
    """What the straight path asks for at the time of the outcome; None where there is no path."""
    if baseline is None or baseline.at is None or outcome.at is None or due is None:
        return None
    if not baseline.at < outcome.at <= due:
        return None
    part = (outcome.at - baseline.at) / (due - baseline.at)
    low, high = (
        b + (t - b) * part if b not in (inf, -inf) else b for b, t in zip(baseline.span, aim, strict=True)
    )
    return (low, high) if part < 1 else aim


def _side(span: Span, line: Span, direction: str | None) -> int:
    """1 where the whole span is on the line or on its good side, -1 wholly on its bad side, else 0."""
    if direction == AT_MOST:
        span, line = (-span[1], -span[0]), (-line[1], -line[0])
    if _not_below(span[0], line[1]):
        return 1
    return 0 if _not_below(span[1], line[0]) else -1


def _not_below(end: float, line: float) -> bool:
    return end >= line or abs(end - line) <= NEAR * max(abs(end), abs(line))


def progress(outcome: Span, baseline: Span, aim: Span, direction: str | None) -> Span | None:
    """Part of the way from baseline to level that is behind us, 0 to 1 and beyond either.

    None where there is no way to measure: the baseline is not wholly short of the level, or open.

    Examples:
        >>> progress((15.0, 15.0), (10.0, 10.0), (20.0, 20.0), "at_least")
        (0.5, 0.5)
        >>> progress((8.0, inf), (10.0, 10.0), (5.0, 5.0), "at_most")
        (-inf, 0.4)
    """
    if direction is None or inf in map(abs, baseline) or _side(baseline, aim, direction) >= 0:
        return None
    corners = [(x - b) / (t - b) for x in outcome for b in baseline for t in aim]
    return min(corners), max(corners)


def needed_growth(outcome: Span, aim: Span, years: float | None) -> Span | None:
    """Per cent a year, compound, that lead from the outcome to the level in `years`.

    None where no years are left, or where a value may be below zero. From nothing no growth leads
    to something: the end is open.

    Examples:
        >>> needed_growth((100.0, inf), (121.0, 121.0), 2)
        (-100.0, 10.0)
    """
    if not years or years < 0 or outcome[0] < 0 or aim[0] < 0 or outcome[1] == 0:
        return None
    least = aim[0] / outcome[1]
    most = aim[1] / outcome[0] if outcome[0] else inf
    low, high = (100 * (ratio ** (1 / years) - 1) for ratio in (least, most))
    return round(low, 9), round(high, 9)


def needed_change(outcome: Span, aim: Span, years: float | None) -> Span | None:
    """Units a year that lead from the outcome to the level in `years`; None where none are left.

    Examples:
        >>> needed_change((4.0, 4.0), (6.0, 6.0), 4)
        (0.5, 0.5)
    """
    if not years or years < 0:
        return None
    return (aim[0] - outcome[1]) / years, (aim[1] - outcome[0]) / years
