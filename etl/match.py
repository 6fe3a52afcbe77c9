"""What others call a thing → our code: by code, by label in six languages, by old and foreign spellings.

A match is certain where the text, folded, is one of the names of one code; else the nearest name is a
proposal for a person. Names that two codes share are certain for neither.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from indicators.concepts.codelist import codelist

SPELLINGS = Path(__file__).parent / "spellings.csv"
"""list, code, spelling: names that are no label of ours, each seen in a publication."""
SCALES = Path(__file__).parent / "steps" / "words" / "scale_words.csv"
NEAR = 0.8
"""How alike two names must be for one to be proposed for the other."""
_APART = re.compile(r"[\s\u00a0_/]+")
_QUOTES = str.maketrans(dict.fromkeys("’‘ʻʼ`´“”«»„", "'"))
_SHORTHANDS = {"ths": 3, "tsd": 3, "mio": 6, "mrd": 9, "mld": 9, "bn": 9}
"""Words of scale in the codes of Eurostat and others: MIO_EUR, THS_PER."""


@dataclass(frozen=True)
class Match:
    """A code of ours for a name of theirs; `certain` where nobody need look at it."""

    code: str
    certain: bool


def fold(text: str) -> str:
    """A name without what spelling leaves open: case, spaces, underscores, kinds of apostrophes."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    return _APART.sub(" ", plain).strip(" .:*")


@cache
def names(listed: str) -> dict[str, str]:
    """Every folded name of a code list → its code; names of several codes are left out."""
    found: dict[str, set[str]] = {}
    for code, row in codelist(listed).rows.items():
        labels = (text for column, text in row.items() if column.startswith(("label_", "alpha", "m49")))
        others = (row.get(column) or "" for column in ("source_label", "symbol", "singular_en"))
        for name in (code, *labels, *others):
            found.setdefault(fold(name), set()).add(code)
    with SPELLINGS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["list"] == listed:
                found.setdefault(fold(row["spelling"]), set()).add(row["code"])
    return {name: codes.pop() for name, codes in found.items() if name and len(codes) == 1}


def match(listed: str, code: str, label: str | None = None) -> Match | None:
    """Our code of the list `listed` for a code of theirs, with its label where they give one.

    The label decides where it is known: codes of two sources may be alike by chance, names are not.
    """
    known = names(listed)
    for name in (label, code):
        if name and fold(name) in known:
            return Match(known[fold(name)], certain=True)
    if code.isdecimal() and code.zfill(3) in known:
        return Match(known[code.zfill(3)], certain=True)
    near = get_close_matches(fold(label or code), known, n=1, cutoff=NEAR)
    return Match(known[near[0]], certain=False) if near else None


@cache
def _scales() -> dict[str, int]:
    with SCALES.open(encoding="utf-8", newline="") as file:
        words = {fold(row["word"]): int(row["unit_mult"]) for row in csv.DictReader(file)}
    return {**{w: n for w, n in words.items() if n >= 3}, **_SHORTHANDS}


def unit(text: str) -> tuple[str, int, bool] | None:
    """A unit in words → our code, the power of ten, and whether that is certain.

    Examples:
        >>> unit("Thousand persons"), unit("MIO_EUR"), unit("млрд тенге")
        (('PS', 3, True), ('EUR', 6, True), ('KZT', 9, True))
    """
    words, power = re.sub(r"[.,()]", " ", fold(text)).split(), 0
    kept = []
    for word in words:
        scale = _scales().get(word) or _scales().get(word.rstrip("s"))
        power += scale or 0
        if not scale and word not in ("of", "in", "at", "current", "prices"):
            kept.append(word)
    rest = " ".join(kept)
    found = match("unit", rest) or match("unit", rest.rstrip("s"))
    if found is None:
        return None
    return found.code, power, found.certain
