"""A printed text cut into tokens, folded so that they can be looked up in the word tables."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_SPACES = " \u00a0\u2002-\u200a\u202f"
_MARKS = ".,٫٬'"
_APOSTROPHES = dict.fromkeys("’‘ʼʻ`´ʹ＇", "'")
_FULL_WIDTH = {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
_LETTERS = {"ı": "i", "ё": "е"}
_SAME = str.maketrans({**_FULL_WIDTH, **_LETTERS, **_APOSTROPHES})
_DATE = (
    r"(?<![\d.,])(?:0?[1-9]|[12]\d|3[01])(?P<between>[./-])(?:0?[1-9]|1[0-2])(?P=between)"
    r"(?:19|20)\d\d(?!\d)|(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)"
)
_GROUPED_BY_SPACES = rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)(?:[.,٫]\d+)?"
_DIGITS = rf"{_GROUPED_BY_SPACES}|\d(?:[\d{_MARKS}]*\d)?"
_LETTER = r"[^\W\d_]"


@dataclass(frozen=True)
class Token:
    """One piece of a printed text.

    Attributes:
        text: folded, for example "милиарда"; digits are 0-9, spaces and marks inside are kept.
        kind: "digits" ("5 810,6"), "word", "date" ("01.02.2023") or "mark" (one sign: "%").
        touches: nothing stands between it and the token before.
    """

    text: str
    kind: str
    touches: bool


def fold(text: str) -> str:
    """The text as it is compared: one case, 0-9, one apostrophe, no vowel points or soft hyphens.

    "BİN" and "bin" are one word, and so are "о‘n" and "o'n", "٥" and "5", "％" and "%".
    """
    plain = "".join(
        str(unicodedata.decimal(sign)) if unicodedata.category(sign) == "Nd" else sign
        for sign in unicodedata.normalize("NFC", text).casefold().translate(_SAME)
        if unicodedata.category(sign) not in ("Mn", "Cf")
    )
    return unicodedata.normalize("NFC", plain).translate(_SAME)


def cut(text: str, spaced: bool) -> tuple[Token, ...]:
    """The tokens of a text, folded; where words are not spaced, every letter is a token."""
    folded, tokens, last = fold(text), [], -1
    for found in _pattern(spaced).finditer(folded):
        kind = found.lastgroup or "mark"
        tokens.append(Token(found[kind], kind, touches=found.start() == last))
        last = found.end()
    return tuple(tokens)


@cache
def _pattern(spaced: bool) -> re.Pattern[str]:
    word = rf"{_LETTER}+(?:'{_LETTER}+)*" if spaced else _LETTER
    return re.compile(rf"(?P<date>{_DATE})|(?P<digits>{_DIGITS})|(?P<word>{word})|(?P<mark>\S)")
