"""Number formats of spreadsheets: whether they show per cent, and what they write beside a number."""

import re
import unicodedata

_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])*')
_WORDS = re.compile(r'"([^"]*)"|\[\$([^\]-]*)[^\]]*\]|\\(.)|([$£€¥₸₽₺₼₴₾֏₩₹])')
_BRACKETS, _SPACERS = re.compile(r"\[[^\]]*\]"), re.compile(r"[_*].")
"""Colours and conditions; room of the width of a sign, and a sign that fills the cell: none is written."""
_OF_TIME = re.compile(r"(?i)[ymdhs@]")
_NUMERAL = re.compile(r"[()]|[-+−]?\d[\d\s.,'’]*(?:[eE][-+]?\d+)?")
LONGEST = 40
"""Letters of a unit."""
_LITERAL = re.compile(r'"[^"]*"|\\.')


def in_percent(code: str) -> bool:
    """Whether a format shows a number times a hundred with a sign."""
    return "%" in _LITERAL.sub("", code)


def words_of(code: str) -> str:
    """What a format writes beside a number: ₸ of `# ##0 "₸"`, € of `#,##0 [$€-407]`; "" for nothing.

    Of several sections the first, that of positive numbers. A date, a text and per cent have none.
    """
    found = _SECTION.match(code)
    first = _SPACERS.sub(" ", found[0]) if found else ""
    bare = _BRACKETS.sub("", _WORDS.sub("", first)).casefold().replace("general", "")
    if in_percent(code) or _OF_TIME.search(bare):
        return ""
    return _said("".join("".join(parts) for parts in _WORDS.findall(first)))


def words_beside(shown: str) -> str:
    """The same of a number as it is shown: ₸ of "1 500,5 ₸"."""
    return "" if "%" in shown else _said(_NUMERAL.sub(" ", shown))


def _said(words: str) -> str:
    """Words or a sign of currency; "" where there is neither, or where they are no short unit."""
    line = " ".join(words.split())
    spoken = any(c.isalpha() or unicodedata.category(c) == "Sc" for c in line)
    return line if spoken and len(line) <= LONGEST else ""
