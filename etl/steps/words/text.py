"""One printed text with the tables of its language, and the error that says why it is refused."""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass

from etl.steps.words.tables import Lexicon, languages, lexicon
from etl.steps.words.tokens import Token, cut

DASHES = frozenset("-‐‑‒–—―−~〜∼")
HYPHENS = frozenset("-‐‑'")
"""What may hold a case ending to a number: 50-дан, 2023'te."""
_INVISIBLE_INSIDE = re.compile(r"\d[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+\d")


class UnreadableNumeral(ValueError):
    """The text does not say one number by the rules of `numeral`.

    Attributes:
        text: as printed.
        language: ISO 639-1 code the text was read in.
        expected: what would have been readable, or what is in the way.
    """

    def __init__(self, text: str, language: str, expected: str) -> None:
        self.text, self.language, self.expected = text, language, expected
        super().__init__(f"Cannot read one number in {text!r} ({language}): {expected}")


@dataclass(frozen=True)
class Text:
    """A printed text with its tokens and the tables of its language."""

    printed: str
    tokens: tuple[Token, ...]
    words: Lexicon

    def unreadable(self, expected: str) -> UnreadableNumeral:
        """The error to raise, saying what was expected of this text."""
        return UnreadableNumeral(self.printed, self.words.language, expected)

    def is_word(self, at: int) -> bool:
        """Token `at` is a word."""
        return 0 <= at < len(self.tokens) and self.tokens[at].kind == "word"

    def is_mark(self, at: int, marks: Container[str]) -> bool:
        """Token `at` is one of these marks."""
        if not 0 <= at < len(self.tokens) or self.tokens[at].kind != "mark":
            return False
        return self.tokens[at].text in marks

    def is_per_cent(self, at: int) -> bool:
        """Token `at` is a per cent sign, or per mille."""
        return self.is_mark(at, "%٪‰")

    def is_sign(self, at: int) -> bool:
        """Token `at` is a currency or per cent sign."""
        if not 0 <= at < len(self.tokens) or self.tokens[at].kind != "mark":
            return False
        return self.is_per_cent(at) or unicodedata.category(self.tokens[at].text) == "Sc"

    def touches(self, at: int) -> bool:
        """Token `at` touches the one before it."""
        return 0 < at < len(self.tokens) and self.tokens[at].touches

    def past_hyphen(self, at: int) -> int:
        """The token behind a hyphen or apostrophe that glues a word to what is before `at`."""
        glued = self.is_mark(at, HYPHENS) and self.touches(at) and self.touches(at + 1)
        return at + 1 if glued else at

    def words_in(self, start: int, end: int) -> list[int]:
        """The places of the words among tokens `start` to `end` - 1."""
        return [at for at in range(start, end) if self.is_word(at)]

    def words_between(self, start: int, end: int) -> int | None:
        """How many words stand there, or None where a comma or another mark parts the clause."""
        marks = (at for at in range(start, end) if self.tokens[at].kind == "mark")
        if any(not (self.is_sign(at) or self.is_mark(at, HYPHENS)) for at in marks):
            return None
        return len(self.words_in(start, end))

    def said(self, start: int, end: int) -> str:
        """These tokens as a reader would write them, for a message."""
        return "".join(("" if t.touches else " ") + t.text for t in self.tokens[start:end]).strip()


def tokenise(printed: str, language: str) -> Text:
    """The tokens of a text in a language we have tables for. Raises UnreadableNumeral."""
    if language not in languages():
        known = ", ".join(sorted(languages()))
        raise UnreadableNumeral(
            printed, language, f"words/separators.csv has no row for this language, only {known}."
        )
    if _INVISIBLE_INSIDE.search(printed):
        raise UnreadableNumeral(printed, language, "an invisible character stands between digits.")
    words = lexicon(language)
    return Text(printed, cut(printed, words.spaced), words)
