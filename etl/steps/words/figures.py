"""Figures in a text: coefficients with their scale words, and the smaller terms behind them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.steps.words.digits import value_of
from etl.steps.words.tables import NumberWord
from etl.steps.words.text import Text

_YEAR = re.compile(r"19\d\d|20\d\d|2100")


@dataclass(frozen=True)
class Term:
    """One coefficient with its scale word: "57 milyon" is Term(Decimal(57), 6)."""

    coefficient: Decimal
    unit_mult: int


@dataclass(frozen=True)
class Group:
    """A coefficient and the scale words behind it, at tokens `start` to `end` - 1.

    Attributes:
        value: the coefficient, Decimal("14.36").
        steps: the power of each scale word, (4,) for 万, (2, 3) for "hundred thousand".
        spelt: in words, not in digits.
    """

    value: Decimal
    steps: tuple[int, ...]
    start: int
    end: int
    spelt: bool

    @property
    def unit_mult(self) -> int:
        """The power of all its scale words together."""
        return sum(self.steps)

    def raised(self, steps: Sequence[int]) -> "Group":
        """Also under those `steps` above its own: "two hundred" before "fifty thousand"."""
        return replace(self, steps=(*self.steps, *(s for s in steps if s > self.unit_mult)))


@dataclass(frozen=True)
class Figure:
    """A numeral found in a text: its groups, largest first."""

    groups: tuple[Group, ...]

    @property
    def start(self) -> int:
        """Its first token."""
        return self.groups[0].start

    @property
    def end(self) -> int:
        """The token after its last."""
        return self.groups[-1].end

    @property
    def is_scaled(self) -> bool:
        """Whether a scale word stands in it."""
        return any(group.steps for group in self.groups)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Its groups without their places."""
        return tuple(Term(group.value, group.unit_mult) for group in self.groups)


def figures_in(text: Text) -> list[Figure]:
    """Every numeral of the text, in order.

    Raises:
        UnreadableNumeral: digits with letters or stray marks, a fraction in words, a scale word
            without its number.
    """
    _refuse_glued(text)
    found: list[Figure] = []
    at = 0
    while at < len(text.tokens):
        figure = _figure_at(text, at)
        if figure is None:
            at = _past_plain_word(text, at)
        else:
            found.append(figure)
            at = figure.end
    return found


def is_year(text: Text, figure: Figure) -> bool:
    """A bare 1900-2100: no scale word, no separators, no currency or per cent sign beside it."""
    return _is_bare_year(text, figure.groups[0]) and len(figure.groups) == 1


def _is_bare_year(text: Text, group: Group) -> bool:
    if group.spelt or group.steps or not _YEAR.fullmatch(text.tokens[group.start].text):
        return False
    return not (text.is_sign(group.start - 1) or text.is_sign(group.end))


def _refuse_glued(text: Text) -> None:
    """Letters or marks that touch digits and mean nothing: 1O0, G-20, .5, 12². Raises."""
    for at in (at for at, token in enumerate(text.tokens) if token.kind == "digits"):
        if text.is_word(at + 1) and text.touches(at + 1) and not _may_follow(text, at + 1):
            raise text.unreadable(f"{text.said(at, at + 2)!r} is a number with letters.")
        before = at - 1 if text.touches(at) else -1
        if text.is_mark(before, "-") and text.touches(before):
            before -= 1
        if text.is_word(before) and not _may_precede(text, before):
            raise text.unreadable(f"{text.said(before, at + 1)!r} is a name or a misprint.")
        abbreviated = text.touches(at - 1) and text.is_word(at - 2)
        if text.is_mark(at - 1, ".,٫٬") and text.touches(at) and not abbreviated:
            raise text.unreadable(f"{text.said(at - 1, at + 1)!r} begins with a mark.")


def _may_follow(text: Text, at: int) -> bool:
    """A scale word ("5bn"), an ordinal or case ending, or a letter of a script without spaces."""
    words = text.words
    tables = (words.scales, words.times, words.relations)
    return any(table.match(text.tokens, at) for table in tables) or _is_plain_letter(text, at)


def _may_precede(text: Text, at: int) -> bool:
    """A prefix of Hebrew or Arabic ("כ-8", "و7"), or a letter of a script without spaces."""
    words = text.words
    tables = (words.times, words.relations, words.hedges)
    known = any(table.match_before(text.tokens, at + 1) for table in tables)
    return known or _is_plain_letter(text, at)


def _is_plain_letter(text: Text, at: int) -> bool:
    """The 家 of 50家: of a script without spaces, and without capitals, so not the O of 1O0."""
    letter = text.tokens[at].text
    return not text.words.spaced and letter.isalpha() and letter.upper() == letter


def _past_plain_word(text: Text, at: int) -> int:
    """The token after one that is no number. Raises for a scale word nobody counts."""
    for words, end in text.words.numbers.matches(text.tokens, at):
        if any(word.use == "ignore" for word in words):
            return end
    scale = text.words.scales.match(text.tokens, at)
    if scale is not None and not scale[0].glued:
        raise text.unreadable(f"the scale word {text.said(at, scale[1])!r} has no number directly before it.")
    return at + 1


def _figure_at(text: Text, at: int) -> Figure | None:
    """The numeral that begins at a token, with all its terms, or None."""
    first = _group_at(text, at, follows_word=False)
    groups = [first] if first else []
    while groups:
        following = _next_group(text, groups[-1])
        longer = _with_smaller(text, groups, following) if following else None
        if longer is None:
            return Figure(tuple(groups))
        groups = longer
    return None


def _next_group(text: Text, group: Group) -> Group | None:
    """The group right behind another; a hyphen or an "and" may stand between two in words."""
    here = group.end
    if group.spelt:
        here = text.past_hyphen(here)
        relation = text.words.relations.match(text.tokens, here)
        if relation is not None and "plus" in relation[0]:
            here = relation[1]
    following = _group_at(text, here, follows_word=group.spelt)
    return following if following and (here == group.end or following.spelt) else None


def _with_smaller(text: Text, groups: list[Group], new: Group) -> list[Group] | None:
    """The groups with one more, if it is smaller than what the last one leaves open.

    (57, 6) takes (148, 3); (1, 3) takes 973; twenty in words takes five. A bare year is taken by
    none: "1 billion 2028" is not 1,000,002,028.
    """
    raised = [group.raised(new.steps) for group in groups]
    if raised != groups and not (new.spelt and all(group.spelt for group in groups)):
        return None
    last = raised[-1]
    if last.value != last.value.to_integral_value() or _is_bare_year(text, new):
        return None
    zeros = _zeros(last.value) if last.spelt and new.spelt else 0
    fits = last.unit_mult + zeros >= new.unit_mult + max(new.value.adjusted(), 0) + 1
    return [*raised, new] if fits else None


def _zeros(value: Decimal) -> int:
    """Zeros at the end of a number word: 2 for a hundred, 1 for twenty, 0 for five."""
    digits = str(value)
    return len(digits) - len(digits.rstrip("0")) if value else 0


def _group_at(text: Text, at: int, *, follows_word: bool) -> Group | None:
    """One coefficient, in digits or in words, with its scale words, or None. Raises."""
    if at < len(text.tokens) and text.tokens[at].kind == "digits":
        steps, end = _scale_words(text, at + 1, ())
        return Group(value_of(text, text.tokens[at].text), steps, at, end, spelt=False)
    for words, end in text.words.numbers.matches(text.tokens, at):
        for word in words:
            group = _spelt_group(text, word, at, end, follows_word)
            if group is not None:
                return group
        if any(word.use == "ignore" for word in words):
            return None
    return None


def _spelt_group(text: Text, word: NumberWord, at: int, end: int, follows_word: bool) -> Group | None:
    """A number word where its `use` lets it count. Raises for a fraction."""
    if word.use == "fraction":
        raise text.unreadable(f"{text.said(at, end)!r} is a fraction in words; a person must say of what.")
    own = (word.unit_mult,) if word.unit_mult else ()
    steps, behind = _scale_words(text, end, own)
    counts = {
        "": True,
        "ignore": False,
        "before_scale": steps != own,
        "attached": steps != own or follows_word,
    }
    return Group(word.value, steps, at, behind, spelt=True) if counts[word.use] else None


def _scale_words(text: Text, at: int, own: tuple[int, ...]) -> tuple[tuple[int, ...], int]:
    """The scale words from a token on, rising ("hundred thousand"), and the token after them."""
    steps = own
    while True:
        here = text.past_hyphen(at)
        found = text.words.scales.match(text.tokens, here)
        if found is None or (steps and found[0].unit_mult <= steps[-1]):
            break
        if found[0].glued and (here != at or not text.touches(here)):
            break
        steps, at = (*steps, found[0].unit_mult), found[1]
        if text.is_mark(at, ".") and text.touches(at):
            at += 1
    if not steps:
        _refuse_doubtful_scale(text, at)
    return steps, at


def _refuse_doubtful_scale(text: Text, at: int) -> None:
    """Refuse "5 m" and, in an English text, "5 млн": 5 would be wrong by a power of ten."""
    table = text.words.scales if text.words.scales.match(text.tokens, at) else text.words.foreign
    found = table.match(text.tokens, at)
    if found is not None:
        raise text.unreadable(
            f"{text.said(at, found[1])!r} behind the number may be a scale word; spell it out, or "
            f"add it to words/scale_words.csv for {text.words.language}."
        )
