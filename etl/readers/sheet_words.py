"""What the text of a cell says: a number, a mark of absence, a period, a unit, a footnote.

The words themselves stand in `sheet_words.csv`; a language is added there.
"""

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

_WORDS = Path(__file__).with_name("sheet_words.csv")
_SPACES = "\u00a0\u2007\u2009\u202f "
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(_SUPERSCRIPTS, "0123456789")
_FLAG = (
    rf"[*†‡§¶]+|⁽?[{_SUPERSCRIPTS}]+[)⁾]?|\(\d{{1,2}}\)|\d{{1,2}}\)"
    r"|\([a-zа-я*]{1,3}\)|\[[a-z0-9]{1,3}\]"
)
_NUMBER = re.compile(
    rf"(?P<sign>[-−–+]?)(?P<digits>\d{{1,3}}(?:[{_SPACES}'’]\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*|[.,]\d+)"
    rf"\s?(?P<percent>%?)(?P<flags>(?:\s?(?:{_FLAG}|[bcdefinprsuz]{{1,3}}(?![a-z])))*)\Z"
)
_MARK = re.compile(
    r"(?P<mark>:|\.{1,4}|…|[-−–—]{1,3}|[xXхХ]{1,3}|\([A-Z]{1,3}\)|\[[a-z]{1,4}\]|\*{1,3}|/|[cz])"
    rf"(?P<flags>(?:\s?(?:{_FLAG}|[bcdefinprsuz]{{1,3}}(?![a-z])))*)\Z"
)
_LABEL_FLAG = re.compile(rf"(?<=\S)\s*({_FLAG})\s*\Z")
_PERIOD_FLAG = re.compile(
    rf"((?:1[5-9]|20|21)\d\d)\s?([*†‡pre]|⁽?[{_SUPERSCRIPTS}]+[)⁾]?"
    r"|\d{1,2}\)|\([a-z1-9]{1,4}\)|\([ртпо]\))\Z"
)
_GLUED = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[)\]]))(\d{1,2}(?:,\d{1,2})*)\Z")
_STRONG = re.compile(
    r"(?:(?:1[5-9]|20|21)\d\d[a-z]?|[qkт][1-4]|[1-4]q|h[12]|(?:1[5-9]|20|21)\d\d[qmм]\d{1,2})\Z"
)
_WEAK = re.compile(r"(?:[iıv]{1,4}|[ivх]{1,4}|\d{1,2}|m\d\d|м\d\d)\Z")
_NOTE = re.compile(
    rf"\s*(?:[*†‡§¶]+|[{_SUPERSCRIPTS}]+|\(?\d{{1,2}}[).]|\([a-z]\)|\d{{1,2}}\s|[-–—:.…]+\s|\(p\))\s*\S"
)
_BRACKETED = re.compile(r"\s*[\[(](?P<unit>[^\[\]()]{1,80})[\])]\s*\Z")


_LONGEST_MARK = 30
_OPENS = frozenset("0123456789-−–+.,")


def opens_number(text: str) -> bool:
    """A quick look that spares the slow one: whether a short text begins like a number."""
    return text.lstrip()[:1] in _OPENS and len(text) < 40


class Numeral(NamedTuple):
    """A number read from a text: its value, the marks glued to it, and whether a "%" stood there."""

    number: float
    flags: str
    percent: bool


def clean(text: str) -> str:
    """One line without blanks at its ends."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """For comparing: one line, lower case, the Turkish dotted i as an i."""
    return clean(text).casefold().replace("\u0307", "")


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind, in every language, folded."""
    with _WORDS.open(encoding="utf-8", newline="") as file:
        return frozenset(fold(row["word"]) for row in csv.DictReader(file) if row["kind"] == kind)


def mark_of(text: str) -> tuple[str, str] | None:
    """The mark of absence that a text is, and the flags behind it (": c" → ":", "c"); None for none."""
    line = clean(text)
    if len(line) > _LONGEST_MARK:
        return None
    if fold(line) in words("missing"):
        return line, ""
    found = _MARK.match(line)
    return (found["mark"], flags_of(found["flags"])) if found else None


def flags_of(text: str) -> str:
    """Footnote marks without their brackets, by space: " 1)*" → "1 *"."""
    found = re.findall(rf"{_FLAG}|[a-z]{{1,3}}", text)
    return " ".join(f.strip("()[]⁽⁾").translate(_PLAIN) or f for f in found)


def decimal_sign(texts: Iterable[str]) -> str | None:
    """The decimal sign that the text numbers of a table prove, None where "1,234" stays open.

    A sign is proved as decimal by digits behind it that are not three, by a zero alone before it, or
    by blanks between thousands; and a sign that comes with whole numbers below a thousand without it is
    one between thousands, so the other is decimal.
    """
    found = [m["digits"] for t in texts if (m := _NUMBER.match(clean(t)))]
    for sign, other in ((",", "."), (".", ",")):
        if any(_proves(digits, sign, other) for digits in found):
            return sign
    whole = any(re.fullmatch(r"\d{1,3}", d) for d in found)
    grouped = {s for s in ",." if any(s in d for d in found)}
    if whole and len(grouped) == 1:
        return {",": ".", ".": ","}[grouped.pop()]
    return None


def unproved(texts: Iterable[str]) -> str:
    """A number as text whose sign no text of the table proves, 1,234 beside 271; "" where there is none."""
    found = [m["digits"] for t in texts if (m := _NUMBER.match(clean(t)))]
    if any(_proves(digits, sign, other) for digits in found for sign, other in ((",", "."), (".", ","))):
        return ""
    return next((digits for digits in found if "," in digits or "." in digits), "")


def _proves(digits: str, sign: str, other: str) -> bool:
    before, found, after = digits.rpartition(sign)
    if not found:
        return digits.count(other) > 1
    if other and other in after:
        return False
    return sign not in before and (len(after) != 3 or before in ("", "0") or not before.isdigit())


def numeral(text: str, decimal: str | None) -> Numeral | None:
    """A text as a number; None where it is none, or where it cannot be told what its sign means.

    Args:
        text: of the cell.
        decimal: what `decimal_sign` found for the table.
    """
    line = clean(text)
    found = _NUMBER.match(line) if line[:1] in _OPENS else None
    if not found:
        return None
    digits = re.sub(rf"[{_SPACES}'’]", "", found["digits"])
    signs = [c for c in digits if c in ",."]
    if len(signs) == 1 and decimal is None and not _proves(digits, signs[0], ""):
        return None
    point = decimal if decimal in signs else None
    if point is None and len(signs) == 1 and _proves(digits, signs[0], ""):
        point = signs[0]
    if digits.count(point or "?") > 1 or not _grouped(digits, point):
        return None
    plain = "".join("." if c == point else c for c in digits if c.isdigit() or c == point)
    number = float(plain) * (-1 if found["sign"] in tuple("-−–") else 1)
    return Numeral(number, flags_of(found["flags"]), bool(found["percent"]))


def _grouped(digits: str, point: str | None) -> bool:
    """Signs between thousands must stand before three digits each."""
    groups = re.split("[,.]", digits.partition(point)[0] if point else digits)
    return len(groups) == 1 or (1 <= len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:]))


def is_year(number: float | None) -> bool:
    """A stored number that may be a year."""
    return number is not None and number.is_integer() and 1900 <= number <= 2100


def _may_be_period(text: str) -> bool:
    """A quick look that spares the slow one: a digit, or few words."""
    return any(c.isdigit() for c in text) or text.count(" ") < 4


def is_period(text: str) -> bool:
    """Whether a text is a year, half, quarter, month, day or a span of them, in a language of the list."""
    if not _may_be_period(text):
        return False
    tokens = re.findall(r"\w+", fold(_PERIOD_FLAG.sub(r"\1", clean(text))))
    if not tokens or len(tokens) > 9:
        return False
    strong = any(_STRONG.match(t) or t in words("month") for t in tokens)
    quarter = any(t in words("quarter") for t in tokens) and any(_WEAK.match(t) for t in tokens)
    return (strong or quarter) and all(_is_time_word(t) for t in tokens)


def _is_time_word(token: str) -> bool:
    known = any(token in words(kind) for kind in ("month", "quarter", "year", "joint"))
    return known or bool(_STRONG.match(token) or _WEAK.match(token))


def label(text: str, notes: frozenset[str]) -> tuple[str, str]:
    """A label without the footnote marks at its end, and those marks.

    Args:
        text: "Total 1)", "2016 (p)", "Australia1".
        notes: numbers that begin a footnote of the table; only such a digit glued to a word is a mark.
    """
    line = clean(text)
    if line[-1:].isalpha() and not line[:1].isdigit():
        return line, ""
    flags: list[str] = []
    period = _PERIOD_FLAG.match(line)
    if period:
        return period[1], period[2].strip("()⁽⁾").translate(_PLAIN)
    while (found := _LABEL_FLAG.search(line)) and _closes_nothing(line, found):
        line = line[: found.start()].rstrip()
        flags.insert(0, flags_of(found[1]))
    glued = _GLUED.search(line)
    if glued and all(n in notes for n in glued[1].split(",")):
        line = line[: glued.start()].rstrip()
        flags.insert(0, glued[1].replace(",", " "))
    return line, " ".join(flags)


def _closes_nothing(line: str, found: re.Match[str]) -> bool:
    """Whether a mark such as "1)" does not end a bracket of the label: "(from 2020)"."""
    before = line[: found.start(1)]
    return before.count("(") == before.count(")") and not (found[1][0].isdigit() and before[-1].isdigit())


def note_number(text: str) -> str | None:
    """The number with which a footnote begins: "1) …", "(2) …", "3 …", "¹…"; None for none."""
    found = re.match(rf"\s*\(?(\d{{1,2}}|[{_SUPERSCRIPTS}]+)(?:[).\s]|(?<=[{_SUPERSCRIPTS}]))\s*\S", text)
    return found[1].translate(_PLAIN) if found else None


def is_note(text: str) -> bool:
    """Whether a line below a table is a footnote, a source or a legend."""
    first = re.match(r"\W*(\w+)", fold(text))
    return bool(_NOTE.match(text)) or bool(first and first[1] in words("note"))


def key_line(text: str) -> tuple[str, str] | None:
    """Key and value of a line such as "Unit: £bn"; None where it is not one."""
    key, found, value = clean(text).partition(":")
    fits = found and value.strip() and 0 < len(key) <= 40 and not is_note(text) and not value.startswith("//")
    return (key.strip(), value.strip()) if fits else None


def is_unit(text: str) -> bool:
    """Whether a short text names a unit."""
    line = fold(text).strip("[]()")
    tokens = re.findall(r"[\w£$€%]+", line)
    return len(line) <= 60 and len(tokens) <= 8 and ("%" in line or any(t in words("unit") for t in tokens))


def unit_line(text: str) -> str | None:
    """The unit that a line above a table says: "[Millions of dollars]", "Unit: £m"; None for another line."""
    bracketed = _BRACKETED.match(text)
    if bracketed and (is_unit(bracketed["unit"])):
        return clean(bracketed["unit"])
    pair = key_line(text)
    if pair and fold(pair[0]) in words("unit_is"):
        return pair[1]
    return None


def is_code_header(text: str) -> bool:
    """Whether a header says that its column holds codes or line numbers, not data."""
    tokens = re.findall(r"[\w№/]+", fold(text))
    return len(tokens) <= 4 and any(t in words("code") for t in tokens)


def is_time_header(text: str) -> bool:
    """Whether a header says that its column holds periods: "Year", "Год", "TIME_PERIOD"."""
    return any(t in words("year") or t in words("time") for t in re.findall(r"[^\W_]+", fold(text)))


def is_flag_header(text: str) -> bool:
    """Whether a header says that its column holds flags or notes of the figures."""
    return fold(text) in words("flag")
