"""How fresh a figure is, and when the next one may be expected.

Nobody declares when the next figure comes, so it is read off what its publisher did before:

published   the publisher has stated this measure on three days or more: the next is expected one
            median gap of those days after the newest (days less than MONTH apart count as one)
periods     else, where the publisher states a series (three periods of one length or more, for one
            area and sector), it is expected one median gap of its periods after the newest of them was
            published
unknown     else, and where the newest publication is not dated; nothing is guessed

A date that is a month or a year only stands at its last day, so that nothing is called late too early.
The method can be disputed: a publisher may change its rhythm or end a series, and a press article is
not a release. So the basis is always said beside the day.

Late is held against two days. Where the release itself was made after the expected day, the figure is
overdue; where the release is older than that day and only today is past it, it is awaited, for a newer
release may hold it.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median_high

MONTH = 28
"""Days; statements closer than this are one: the same figure told twice is no rhythm."""
FEWEST = 3
"""Days, or periods, from which a rhythm can be read: two gaps."""


class Due(StrEnum):
    """Whether the next figure should be there."""

    NOT_YET = "not_yet"
    """The day on which it is expected is still to come."""
    AWAITED = "awaited"
    """The day has passed, but this release is older than it: a newer one may hold the figure."""
    OVERDUE = "overdue"
    """The release was made after that day, and the figure was not there."""
    UNKNOWN = "unknown"
    """Its publisher shows no rhythm, or does not date what it publishes."""


class Basis(StrEnum):
    """From what the rhythm was read."""

    PUBLISHED = "published"
    PERIODS = "periods"


@dataclass(frozen=True)
class Freshness:
    """What is known of the age of a figure.

    Attributes:
        published: when its source was published, ISO 8601 of any precision, or None.
        retrieved: when we had it, ISO 8601.
        next: the day on which the next figure is expected, or None.
        gap: days of the rhythm, or None.
        basis: from what it was read, or None.
        due: whether it should be there.
    """

    published: str | None
    retrieved: str | None
    next: date | None
    gap: int | None
    basis: Basis | None
    due: Due

    @property
    def late(self) -> bool:
        """Whether the expected day has passed, be it overdue or awaited."""
        return self.due in (Due.OVERDUE, Due.AWAITED)


def freshness(
    published: str | None,
    retrieved: str | None,
    dates: Iterable[str | None],
    ends: Iterable[date],
    *,
    known: date,
    today: date,
) -> Freshness:
    """The freshness of one figure; pure.

    Args:
        published: when it was published, ISO 8601 of any precision.
        retrieved: when we had it.
        dates: on which its publisher stated its measure, of any precision.
        ends: last days of the periods of its publisher's series for the same cell, of one length.
        known: the newest day of which the release knows anything.
        today: the day for which it is asked.
    """
    gap, basis = _rhythm(dates, ends)
    newest = last_day(published)
    if gap is None or newest is None:
        return Freshness(published, retrieved, None, None, None, Due.UNKNOWN)
    expected = newest + timedelta(days=gap)
    return Freshness(published, retrieved, expected, gap, basis, _due(expected, known, today))


def _due(expected: date, known: date, today: date) -> Due:
    if known > expected:
        return Due.OVERDUE
    return Due.AWAITED if today > expected else Due.NOT_YET


def _rhythm(dates: Iterable[str | None], ends: Iterable[date]) -> tuple[int | None, Basis | None]:
    told = _apart([day for day in (last_day(written) for written in dates) if day])
    if len(told) >= FEWEST:
        return _gap(told), Basis.PUBLISHED
    periods = sorted(set(ends))
    return (_gap(periods), Basis.PERIODS) if len(periods) >= FEWEST else (None, None)


def _apart(days: Sequence[date]) -> list[date]:
    """The days in order, of those close together the first."""
    kept: list[date] = []
    for day in sorted(set(days)):
        if not kept or (day - kept[-1]).days >= MONTH:
            kept.append(day)
    return kept


def _gap(days: Sequence[date]) -> int:
    return median_high((later - earlier).days for earlier, later in pairwise(days))


def last_day(written: str | None) -> date | None:
    """The last day that a date of any precision can mean.

    Examples:
        >>> last_day("2025"), last_day("2025-02"), last_day("2025-02-03")
        (datetime.date(2025, 12, 31), datetime.date(2025, 2, 28), datetime.date(2025, 2, 3))
    """
    if not written:
        return None
    parts = [int(part) for part in written.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    return date(year, month, monthrange(year, month)[1])
