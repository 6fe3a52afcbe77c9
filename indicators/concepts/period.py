"""Reference periods: how they are written in the ledger, in SDMX, and as days.

Written            SDMX time_period     freq   first and last day
2024               2024                 A      2024-01-01 … 2024-12-31
2024-H1            2024-S1              S      2024-01-01 … 2024-06-30
2023-Q1            2023-Q1              Q      2023-01-01 … 2023-03-31
2024-11            2024-11              M      2024-11-01 … 2024-11-30
2025-01-01         2025-01-01           D      that day (a stock)
2024-07/2025-06    2024-07-01/P12M      _O     2024-07-01 … 2025-06-30 (fiscal year)
2017/2023          2017-01-01/P7Y       _O     2017-01-01 … 2023-12-31 (span of years)
season 2016/2017   2016-07-01/P12M      _O     2016-07-01 … 2017-06-30 (season)
(nothing)          _X                   _X     unknown

A season runs from July to June here, so that the whole of it falls inside, whatever its first
night: the sources print only "2016/17".
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from indicators.concepts.observation import NOT_STATED

EARLIEST, LATEST = 1900, 2100
"""A year outside these is a misprint, such as 20233, never a period."""

OTHER_SPAN = "_O"
_MONTHS_OF = {"A": 12, "S": 6, "Q": 3, "M": 1}
_PATTERNS = {
    "A": re.compile(r"([0-9]{4})"),
    "S": re.compile(r"([0-9]{4})-(?:H|S)([12])"),
    "Q": re.compile(r"([0-9]{4})-Q([1-4])"),
    "M": re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])"),
    "D": re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"),
}


class UnreadablePeriod(ValueError):
    """A text that is no reference period; the message says what is."""


@dataclass(frozen=True)
class Period:
    """One reference period.

    Attributes:
        freq: SDMX CL_FREQ, for example "A".
        time_period: SDMX notation, for example "2024-S1".
        start: first day, or None where the source states no period.
        end: last day, or None.
    """

    freq: str
    time_period: str
    start: date | None
    end: date | None


UNSTATED = Period(NOT_STATED, NOT_STATED, None, None)


def parse(text: str) -> Period:
    """Read a period as the ledger writes it (see the table above).

    Raises:
        UnreadablePeriod: not one of those forms, or a year outside 1900–2100.
    """
    text = text.strip()
    if not text:
        return UNSTATED
    if text.startswith("season "):
        return _season(text)
    if "/" in text:
        return _span(text)
    return _plain(text)


def _plain(text: str) -> Period:
    for freq, pattern in _PATTERNS.items():
        found = pattern.fullmatch(text)
        if found:
            return _of(freq, [int(part) for part in found.groups()], text)
    raise UnreadablePeriod(
        f"{text!r} is no period; write 2024, 2024-H1, 2024-Q1, 2024-11, 2024-11-30, "
        "2024-07/2025-06, 2017/2023 or season 2016/2017"
    )


def _of(freq: str, parts: list[int], text: str) -> Period:
    year = parts[0]
    if not EARLIEST <= year <= LATEST:
        raise UnreadablePeriod(f"{text!r} has the year {year}; expected {EARLIEST} to {LATEST}")
    if freq == "D":
        try:
            day = date(*parts)
        except ValueError as fault:
            raise UnreadablePeriod(f"{text!r} is no day of the calendar: {fault}") from None
        return Period("D", day.isoformat(), day, day)
    months = _MONTHS_OF[freq]
    first = 1 if freq == "A" else (parts[1] - 1) * months + 1
    written = text.replace("-H", "-S")
    return Period(freq, written, date(year, first, 1), last_day(year, first + months - 1))


def _span(text: str) -> Period:
    ends = [_plain(part) for part in text.split("/")]
    if len(ends) != 2 or ends[0].freq != ends[1].freq or ends[0].freq not in ("A", "M"):
        raise UnreadablePeriod(f"{text!r}: a span joins two years or two months by one '/'")
    start, end = ends[0].start, ends[1].end
    if start is None or end is None or start > end:
        raise UnreadablePeriod(f"{text!r}: the span ends before it starts")
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    length = f"P{months // 12}Y" if ends[0].freq == "A" else f"P{months}M"
    return Period(OTHER_SPAN, f"{start.isoformat()}/{length}", start, end)


def _season(text: str) -> Period:
    found = re.fullmatch(r"season ([0-9]{4})/([0-9]{4})", text)
    if not found or int(found[2]) != int(found[1]) + 1:
        raise UnreadablePeriod(f"{text!r}: a season spans two years in a row, as 2016/2017")
    return _span(f"{found[1]}-07/{found[2]}-06")


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def latest_day(partial: str) -> date:
    """The last day that an ISO date of reduced precision can mean: 2025-03 is 2025-03-31.

    Raises:
        UnreadablePeriod: not a year, a month or a day.
    """
    period = _plain(partial)
    if period.freq not in ("A", "M", "D") or period.end is None:
        raise UnreadablePeriod(f"{partial!r} is no date; write 2025, 2025-03 or 2025-03-18")
    return period.end
