"""The word tables of this folder, as one `Lexicon` a language; the package says what is in them."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from etl.steps.words.tokens import Token, cut

FOLDER = Path(__file__).parent
EVERY_LANGUAGE = "mul"

Phrase = tuple[str, ...]
Row = dict[str, str]
T = TypeVar("T")


@dataclass(frozen=True)
class Table(Generic[T]):
    """Facts by phrase; the longest phrase wins."""

    facts: Mapping[Phrase, T]
    longest: int

    def matches(self, tokens: Sequence[Token], here: int) -> Iterator[tuple[T, int]]:
        """Facts of the phrases that begin at token `here` and the token after, longest first."""
        for end in range(min(here + self.longest, len(tokens)), here, -1):
            fact = self.facts.get(tuple(token.text for token in tokens[here:end]))
            if fact is not None:
                yield fact, end

    def match(self, tokens: Sequence[Token], here: int) -> tuple[T, int] | None:
        """The longest phrase that begins at token `here`, or None."""
        return next(self.matches(tokens, here), None)

    def match_before(self, tokens: Sequence[Token], end: int) -> tuple[T, int] | None:
        """The longest phrase whose last token is `end` - 1, with its first token, or None."""
        for here in range(max(end - self.longest, 0), end):
            fact = self.facts.get(tuple(token.text for token in tokens[here:end]))
            if fact is not None:
                return fact, here
        return None


@dataclass(frozen=True)
class ScaleWord:
    """The power of a scale word, 6 for "million"; a glued one counts only touching the digits."""

    unit_mult: int
    glued: bool


@dataclass(frozen=True)
class NumberWord:
    """What a number word is worth, 2 for "two"; the package says what `use` means.

    `value` is 0 where the use is fraction or ignore.
    """

    value: Decimal
    unit_mult: int
    use: str


@dataclass(frozen=True)
class HedgeWord:
    """A hedge and where its word must stand: before or after the figure, or (empty) anywhere."""

    hedge: str
    place: str


@dataclass(frozen=True)
class Lexicon:
    """Everything the tables say about one language.

    Attributes:
        decimal, thousands: the marks of the language; "space" is a space of any width.
        spaced: False where words stand without spaces.
        foreign: the scale words of the other languages, to refuse them.
        relations, times: the roles of a phrase. falls: its places.
    """

    language: str
    decimal: str
    thousands: str
    spaced: bool
    scales: Table[ScaleWord]
    foreign: Table[ScaleWord]
    numbers: Table[tuple[NumberWord, ...]]
    relations: Table[tuple[str, ...]]
    times: Table[tuple[str, ...]]
    falls: Table[tuple[str, ...]]
    hedges: Table[tuple[HedgeWord, ...]]


@cache
def languages() -> frozenset[str]:
    """The languages that can be read: those with a row in separators.csv."""
    return frozenset(row["language"] for row in _rows("separators.csv"))


@cache
def lexicon(language: str) -> Lexicon:
    """The tables of one language. Raises KeyError when separators.csv has no row for it."""
    separators = {row["language"]: row for row in _rows("separators.csv")}[language]
    spaced = separators["spaced"] == "yes"

    def own(name: str) -> list[tuple[Phrase, Row]]:
        return list(_phrases(name, spaced, lambda code: code in (language, EVERY_LANGUAGE)))

    scales = {phrase: _scale_word(row) for phrase, row in own("scale_words.csv")}
    others = _phrases("scale_words.csv", spaced, lambda code: code != language)
    foreign = {phrase: _scale_word(row) for phrase, row in others if phrase not in scales}
    return Lexicon(
        language=language,
        decimal=separators["decimal"],
        thousands=separators["thousands"],
        spaced=spaced,
        scales=_table(scales),
        foreign=_table({phrase: word for phrase, word in foreign.items() if not word.glued}),
        numbers=_grouped((phrase, _number_word(row)) for phrase, row in own("number_words.csv")),
        relations=_grouped((phrase, row["role"]) for phrase, row in own("relation_words.csv")),
        times=_grouped((phrase, row["role"]) for phrase, row in own("time_words.csv")),
        falls=_grouped((phrase, row["place"]) for phrase, row in own("sign_words.csv")),
        hedges=_grouped((phrase, _hedge_word(row)) for phrase, row in own("hedge_words.csv")),
    )


def _phrases(name: str, spaced: bool, wanted: Callable[[str], bool]) -> Iterator[tuple[Phrase, Row]]:
    """The rows of the wanted languages, each with its words as tokens."""
    for row in _rows(name):
        if wanted(row["language"]):
            yield tuple(t.text for t in cut(row["word"], spaced) if t.text != "."), row


def _scale_word(row: Row) -> ScaleWord:
    return ScaleWord(int(row["unit_mult"]), glued=row["place"] == "glued")


def _number_word(row: Row) -> NumberWord:
    return NumberWord(Decimal(row["value"] or 0), int(row["unit_mult"] or 0), row["use"])


def _hedge_word(row: Row) -> HedgeWord:
    return HedgeWord(row["hedge"], row["place"])


@cache
def _rows(name: str) -> tuple[Row, ...]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _table(facts: Mapping[Phrase, T]) -> Table[T]:
    return Table(facts, max(map(len, facts), default=0))


def _grouped(pairs: Iterator[tuple[Phrase, T]]) -> Table[tuple[T, ...]]:
    facts: dict[Phrase, tuple[T, ...]] = {}
    for phrase, fact in pairs:
        facts[phrase] = (*facts.get(phrase, ()), fact)
    return _table(facts)
