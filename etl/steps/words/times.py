"""Numbers that are not the figure: years, spans of years, lengths of time, ranks.

A bare 1900-2100 is a year where a word of time_words.csv says so (year_before: "by 2030";
year_after: "2023'te") or a second year is joined to it ("2022/2023", "from 2019 to 2023"). A
number right before a `unit` ("10 years", "2030 года") or an `ordinal` ending ("20th", "5-й") is a
length of time or a rank, whatever its size. A 1409 or 2083 with no such word is a figure.
Dates in digits never become figures (`tokens.py`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from etl.steps.words.figures import Figure, is_year
from etl.steps.words.joints import Span, joined_by_words, nearest_before
from etl.steps.words.text import DASHES, Text

_YEARS_JOINED = DASHES | {"/"}
_SHORT_YEAR = re.compile(r"\d\d")


def without_years(text: Text, figures: Sequence[Figure]) -> list[Figure]:
    """The figures without the years that a word, or a second year, gives away.

    Raises:
        UnreadableNumeral: a number that may be a year or the end of a range.
    """
    years = set(_spans_of_years(text, figures))
    kept_ends = set(_ends_of_ranges(text, figures))
    return [
        figure
        for figure in figures
        if figure not in years
        and (figure in kept_ends or not is_year(text, figure) or not _is_said_year(text, figure))
    ]


def is_time(text: Text, span: Span) -> bool:
    """A length of time or a rank: "5-10 years", "20th"."""
    return _has_behind(text, span.figures[-1], "unit", "ordinal")


def _is_said_year(text: Text, figure: Figure) -> bool:
    """A word beside the number says that it is a year."""
    at = figure.start
    if text.past_hyphen(at - 1) == at:
        at -= 1
    found = text.words.times.match_before(text.tokens, at)
    before = found is not None and "year_before" in found[0]
    return before or _has_behind(text, figure, "year_after")


def _has_behind(text: Text, figure: Figure, *roles: str) -> bool:
    at = text.past_hyphen(figure.end)
    matches = text.words.times.matches(text.tokens, at)
    return any(role in fact for fact, _ in matches for role in roles)


def _spans_of_years(text: Text, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Both numbers of 2022/23, 2022/2023, 2019-2023 and "from 2019 to 2023"."""
    for first, second in pairwise(figures):
        if is_year(text, first) and _is_last_year(text, first, second):
            yield from (first, second)


def _is_last_year(text: Text, first: Figure, second: Figure) -> bool:
    """Whether the second number ends the span of years that the first begins."""
    adjoins = second.start == first.end + 1
    if is_year(text, second):
        sign = adjoins and text.is_mark(first.end, _YEARS_JOINED)
        return sign or joined_by_words(text, first, second) is not None
    short = _SHORT_YEAR.fullmatch(text.tokens[second.start].text) is not None
    return short and adjoins and text.is_mark(first.end, "/")


def _ends_of_ranges(text: Text, figures: Sequence[Figure]) -> Iterator[Figure]:
    """The 2000 of "от 1500 до 2000 человек": it looks like a year and is an end. Raises."""
    for low, high in pairwise(figures):
        year, other = (low, high) if is_year(text, low) else (high, low)
        if is_year(text, low) == is_year(text, high) or _has_behind(text, year, "unit"):
            continue
        started = nearest_before(text, low.start, ("start_of_range", "start_of_change"))
        if joined_by_words(text, low, high) is None or (year == low and not started):
            continue
        if other.is_scaled or len(text.words_in(low.end, high.start)) > 1:
            raise text.unreadable(f"{text.said(year.start, year.end)!r} may be a year or an end of a range.")
        yield year
