"""Two figures joined into a range ("15-17", "от 80 до 100") or a change ("from 65 to 107").

A dash joins, and so do the words of relation_words.csv, by role:

    start_of_range     "between", "от"        before the first figure
    start_of_change    "from", "с"            before the first figure: a change, not a range
    joins              "to", "bis"            right before the second figure
    joins_after_start  "and", "до"            the same, but only behind a start
    changes            "auf", "'den"          the same, without a start, and makes it a change

Without a start nothing but the joiner stands between the figures, and no `by` word before them:
"grew by 5 to 100" is not a range. Behind a start a unit may be named twice ("from 4 billion soms
to 6.2 billion soms").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from etl.steps.words.figures import Figure, is_year
from etl.steps.words.text import DASHES, Text

REACH = 3
"""How many tokens away a word like "от" or "by" may stand before its figure ("от почти 80")."""
_STARTS = ("start_of_range", "start_of_change")
_JOINERS = frozenset({"joins", "joins_after_start", "changes"})


@dataclass(frozen=True)
class Span:
    """One figure, or two joined into a range or into a change."""

    low: Figure
    high: Figure | None = None
    is_change: bool = False

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its one figure or its two ends."""
        return (self.low,) if self.high is None else (self.low, self.high)

    @property
    def end(self) -> int:
        """The token after its last figure."""
        return self.figures[-1].end


def joined(text: Text, figures: Sequence[Figure]) -> Iterator[Span]:
    """The figures, with the two ends of a range or of a change in one span.

    Raises:
        UnreadableNumeral: a year joined to a figure, or a first end whose scale is open.
    """
    at = 0
    while at < len(figures):
        pair = figures[at : at + 2]
        joint = _joint(text, *pair) if len(pair) == 2 else None
        if joint is None:
            yield Span(figures[at])
            at += 1
        else:
            yield Span(_same_scale(text, *pair), pair[1], is_change=joint == "change")
            at += 2


def joined_by_words(text: Text, low: Figure, high: Figure) -> str | None:
    """What relation words make of two neighbouring figures: "range", "change" or None."""
    joiner = _joiner(text, high)
    if joiner is None or _per_cent_of_one_only(text, low, high):
        return None
    roles, at = joiner
    start = nearest_before(text, low.start, (*_STARTS, "by"))
    between = text.words_in(low.end, at)
    alone = bool({"joins", "changes"} & set(roles)) and not between and start != "by"
    if not (alone or (start in _STARTS and len(between) <= REACH)):
        return None
    return "change" if start == "start_of_change" or "changes" in roles else "range"


def nearest_before(text: Text, start: int, roles: Sequence[str]) -> str | None:
    """The role, out of these, of the nearest relation word within reach before a token."""
    for end in range(start, max(start - REACH, 0), -1):
        found = text.words.relations.match_before(text.tokens, end)
        for role in roles:
            if found is not None and role in found[0]:
                return role
        if text.tokens[end - 1].kind in ("digits", "date"):
            return None
    return None


def _joint(text: Text, low: Figure, high: Figure) -> str | None:
    """What two neighbouring figures are to each other: "range", "change" or None. Raises."""
    if not _dash_between(text, low, high):
        return joined_by_words(text, low, high)
    if _per_cent_of_one_only(text, low, high):
        return None
    tight = all(text.touches(at) for at in range(low.end, high.start + 1))
    plain = tight and not (low.is_scaled or high.is_scaled)
    if is_year(text, low) != is_year(text, high) and not plain:
        raise text.unreadable("a year and a figure stand on either side of a dash.")
    return "range"


def _joiner(text: Text, high: Figure) -> tuple[tuple[str, ...], int] | None:
    """The roles and the first token of a joining word right before the second figure."""
    at = high.start
    while text.is_sign(at - 1) or text.past_hyphen(at - 1) == at:
        at -= 1
    found = text.words.relations.match_before(text.tokens, at)
    return found if found and _JOINERS & set(found[0]) else None


def _dash_between(text: Text, low: Figure, high: Figure) -> bool:
    """One dash between two figures, and besides it only currency and per cent signs."""
    between = range(low.end, high.start)
    dashes = [at for at in between if text.is_mark(at, DASHES)]
    return len(dashes) == 1 and all(at in dashes or text.is_sign(at) for at in between)


def _per_cent_of_one_only(text: Text, low: Figure, high: Figure) -> bool:
    """The sign after the first figure has no fellow at the second: "5% to 100 films"."""
    fellow = text.is_per_cent(high.end) or text.is_per_cent(high.start - 1)
    return text.is_per_cent(low.end) and not fellow


def _same_scale(text: Text, low: Figure, high: Figure) -> Figure:
    """The first end with the scale word of the second, where it is printed once. Raises."""
    if low.is_scaled or not high.is_scaled or len(text.words_in(low.end, high.start)) > 1:
        return low
    if len(high.groups) > 1 or low.groups[0].value >= high.groups[0].value:
        raise text.unreadable(
            f"the scale of the first end of {text.said(low.start, high.end)!r} is open: "
            "print the scale word at both ends."
        )
    return Figure((replace(low.groups[0], steps=high.groups[0].steps),))
