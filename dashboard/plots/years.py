"""Years of a chart that shows one year: which there are, which is shown first, what stands in each."""

from collections import Counter
from collections.abc import Mapping, Sequence

from dashboard.marks import Row
from dashboard.panel import Sheet
from dashboard.series import Series

ENOUGH = 2
"""A year is full where it has more than one figure in so many of the fullest year."""


def annual(found: Sequence[Series]) -> dict[str, Series]:
    """One series an area: that of calendar years where there is one, else the first."""
    chosen: dict[str, Series] = {}
    for one in found:
        held = chosen.get(one.area)
        if held is None or (_of_years(one) and not _of_years(held)):
            chosen[one.area] = one
    return chosen


def _of_years(one: Series) -> bool:
    return any(r["freq"] == "A" for r in one.headlines)


def in_year(one: Series, year: int) -> Row | None:
    """The headline of a series in a year: the last of several."""
    return next((r for r in reversed(one.headlines) if r["year"] == year), None)


def years_of(sheet: Sheet) -> tuple[int, ...]:
    """Every year with a headline, in order."""
    return tuple(sorted({r["year"] for s in sheet.found for r in s.headlines}))


def shown(found: Sequence[Series], asked: int | None) -> int:
    """The year asked for, where there is one; else the newest that is nearly as full as the fullest."""
    counts = Counter(r["year"] for s in found for r in s.headlines)
    if asked is not None:
        return asked
    return fullest(counts)


def fullest(counts: Mapping[int, int]) -> int:
    """The newest year with at least half as many figures as the fullest."""
    most = max(counts.values())
    return max(year for year, n in counts.items() if n * ENOUGH >= most)
