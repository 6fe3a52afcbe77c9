"""What others call a thing → our code: by code, by label in six languages, by old and foreign spellings.

A match is certain where the text, folded, is one of the names of one code; else the nearest name is a
proposal for a person. Names that two codes share are certain for neither.
"""

import csv
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from indicators.concepts.codelist import codelist

SPELLINGS = Path(__file__).parent / "spellings.csv"
"""list, code, spelling: names that are no label of ours, each seen in a publication."""
SCALES = Path(__file__).parent / "steps" / "words" / "scale_words.csv"
UNIT_WORDS = Path(__file__).parent / "unit_words.csv"
"""role, word, value: words of a unit beside its name. scale: a power of ten; filler: says nothing;
other: makes it another unit than ours (per head, constant prices); currency: a noun that codes share."""
TERRITORIES = ("es", "pt", "fr", "de", "it", "uz", "uk", "zh", "ko", "ja")
"""Languages whose names of countries are taken from CLDR, beside the labels of area.csv."""
LANGUAGES = "bg tr kk az ru en"
"""Whose word of scale holds where two languages write it alike: the last."""
THOUSAND = 3
UNSURE = frozenset({"mil"})
"""Thousand in Portuguese, million in English tables."""
NEAR = 0.8
"""How alike two names must be for one to be proposed for the other, word by word."""
LONGER = (2 - NEAR) / NEAR + 1e-9
"""How many times longer one of two names may be that are as near as that."""
SHORT = 3
"""Letters of a text that is like too much by chance: YRS is no rank."""
_APART = re.compile(r"[\s\u00a0_/]+")
_QUOTES = str.maketrans(dict.fromkeys("’‘ʻʼ`´“”«»„", "'"))


@dataclass(frozen=True)
class Match:
    """A code of ours for a name of theirs; `certain` where nobody need look at it."""

    code: str
    certain: bool


def fold(text: str) -> str:
    """A name without what spelling leaves open: case, spaces, underscores, apostrophes, "&" and "Saint"."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold().replace("\u0307", "")
    line = _APART.sub(" ", plain.replace("&", " and ")).strip(" .:*")
    return re.sub(r"^(?:the |saint |st\.? |ste\.? )", lambda m: "" if m[0] == "the " else "st ", line)


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
    for name, code in _territories() if listed == "area" else ():
        found.setdefault(fold(name), {code})  # a name that is ours already stays ours
    return {name: codes.pop() for name, codes in found.items() if name and len(codes) == 1}


def _territories() -> Iterator[tuple[str, str]]:
    """Names of countries in further languages → our code."""
    from babel import Locale  # loads much, and only proposals need it

    ours = {row["alpha2"]: code for code, row in codelist("area").rows.items() if row["alpha2"]}
    for language in TERRITORIES:
        for alpha2, name in Locale(language).territories.items():
            if alpha2 in ours:
                yield name, ours[alpha2]


@lru_cache(maxsize=65_536)
def match(listed: str, code: str, label: str | None = None) -> Match | None:
    """Our code of the list `listed` for a code of theirs, with its label where they give one.

    The label decides where it is known: codes of two sources may be alike by chance, names are not. A code
    whose label is unlike every name of ours is only a proposal.
    """
    if found := named(listed, code, label):
        return found
    text = fold(label or code)
    near = get_close_matches(text, _perhaps(listed, text), n=3, cutoff=NEAR) if len(text) > SHORT else ()
    alike = next((name for name in near if _alike(name, text)), None)
    return Match(names(listed)[alike], certain=False) if alike else None


def named(listed: str, code: str, label: str | None = None) -> Match | None:
    """As `match`, without the nearest name: quick, for dimensions of thousands of codes."""
    known = names(listed)
    if label and fold(label) in known:
        return Match(known[fold(label)], certain=True)
    plain = fold(code) if fold(code) in known else _padded(listed, code, known)
    if plain in known:
        ours = known[plain]
        return Match(ours, certain=not label or fold(label) == fold(code) or _resembles(listed, ours, label))
    both = _twice(known, label or code)
    return Match(both, certain=True) if both else None


def _perhaps(listed: str, text: str) -> list[str]:
    """The names that may be as near as NEAR: of those left out, too many letters are not in the other."""
    mask, apart = _letters(text), 1 - NEAR  # what part of the letters of both may stand in one only
    return [
        name
        for size, same in _masks(listed).items()
        if 1 / LONGER <= (size or 1) / len(text) <= LONGER
        for name, letters in same
        if (mask ^ letters).bit_count() <= apart * (len(text) + size) + 1e-9
    ]


@cache
def _masks(listed: str) -> dict[int, list[tuple[str, int]]]:
    """Names by their length, each with its letters."""
    found: dict[int, list[tuple[str, int]]] = {}
    for name in names(listed):
        found.setdefault(len(name), []).append((name, _letters(name)))
    return found


def _letters(text: str) -> int:
    """The letters of a text, a bit for each; two letters that share one only let more through."""
    mask = 0
    for letter in text:
        mask |= 1 << ord(letter) % 61
    return mask


def _padded(listed: str, code: str, known: Mapping[str, str]) -> str:
    """The M49 number of a country without its zeros, as Comtrade writes it; 1 and 2 are no continents."""
    number = code.zfill(3) if code.isdecimal() else ""
    return number if number in known and codelist(listed).rows[known[number]]["kind"] == "country" else ""


def _twice(known: Mapping[str, str], text: str) -> str | None:
    """The code of a label that says one thing in several languages: "Erkek Male", "Türkiye / Turkey"."""
    line = " ".join(text.split())
    for at in re.finditer(r"\s*[/|–-]\s*|\s+", line):
        left, right = known.get(fold(line[: at.start()])), known.get(fold(line[at.end() :]))
        if left and left == right:
            return left
    parts = [known.get(fold(part)) for part in re.split(r"\s*[/|]\s*|\s+[–-]\s+", line)]
    said = [code for code in parts if code]
    return said[0] if len(said) > 1 and len({*said}) == 1 and len(said) > len(parts) / 2 else None


def _resembles(listed: str, ours: str, label: str) -> bool:
    """Whether a label shares a word with a name of the code."""
    said = set(re.findall(r"\w{3,}", fold(label)))
    return any(
        said & set(re.findall(r"\w{3,}", name)) for name, code in names(listed).items() if code == ours
    )


def _alike(name: str, text: str) -> bool:
    """Whether every word of the shorter has a word like it in the longer: South Asia is not South Africa."""
    few, many = sorted((name.split(), fold(text).split()), key=len)
    return all(get_close_matches(word, many, n=1, cutoff=NEAR) for word in few)


@cache
def _words() -> dict[str, dict[str, str]]:
    """Words of units by role; the words of scale of prose among them."""
    found: dict[str, dict[str, str]] = {"scale": {}, "filler": {}, "other": {}, "currency": {}}
    with SCALES.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if int(r["unit_mult"]) >= THOUSAND and r["place"] != "glued"]
    ours_last = sorted(rows, key=lambda r: LANGUAGES.find(r["language"]))  # a German Billion is no billion
    found["scale"] = {fold(row["word"]): row["unit_mult"] for row in ours_last}
    with UNIT_WORDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["role"]][fold(row["word"]) or row["word"]] = row["value"]
    return found


class Unit(NamedTuple):
    """A unit: our code, the power of ten, and whether nobody need look at it; code "" for a bare power."""

    code: str
    power: int
    certain: bool


def unit(text: str, areas: Collection[str] = ()) -> Unit | None:
    """A unit in words → our code, the power of ten, and whether that is certain.

    Args:
        text: the words, "млрд тенге".
        areas: of the table; "манат" alone is the currency of one of them, or a question.

    Examples:
        >>> unit("Thousand persons"), unit("MIO_EUR"), unit("млрд тенге")
        (Unit(code='PS', power=3, certain=True), Unit(code='EUR', power=6, certain=True),
         Unit(code='KZT', power=9, certain=True))
    """
    kept, power, scales = [], 0, list[str]()
    if (whole := named("unit", text)) and whole.certain:
        return Unit(whole.code, 0, certain=True)
    words = _unit_words(text)
    for at, word in enumerate(words, 1):
        if (word in _words()["other"] and at < len(words)) or (
            word.isdecimal() and word not in _words()["scale"]
        ):
            return None
        scale = _words()["scale"].get(word) or _words()["scale"].get(word.rstrip("s"))
        power += int(scale or 0) if scale not in scales else 0  # THS: thousand persons, not a million
        scales += [scale] if scale else []
        if not scale and word not in _words()["filler"]:
            kept.append(word)
    found = _named(" ".join(kept), areas)
    if found is None:
        return Unit("", power, certain=False) if words and not kept else None
    sure = found.certain and not UNSURE & set(words) and len({*scales}) == len(scales)
    return Unit(found.code, power, sure)


def _unit_words(text: str) -> list[str]:
    """The words of a unit; a sign of currency glued to a scale is two: £m, R$ bn."""
    line = re.sub(r"([$£€₺])\s*(m|k|bn|b|tn)\b", r"\1 \2·", fold(text))
    parted = re.sub(r"([$£€₺])(?=\w)|(?<=%)", r"\1 ", re.sub(r"[.,()\[\]-]|'(?=0)", " ", line))
    glued = {"m·": "million", "k·": "thousand", "bn·": "billion", "b·": "billion", "tn·": "trillion"}
    return [glued.get(word, word) for word in parted.split()]


def _named(rest: str, areas: Collection[str]) -> Match | None:
    """The unit that is left when its power of ten and its fillers are taken away."""
    shared = _words()["currency"].get(rest) or _words()["currency"].get(rest.rstrip("s"))
    if shared:
        codes = shared.split()
        known = [codelist("area")[a]["alpha2"] for a in areas if a in codelist("area")]
        own = [c for c in codes if c[:2] in known]  # ISO 4217 begins with the country
        return Match((own or codes)[0], certain=len(codes) == 1 or len(own) == 1)
    if not rest:
        return None
    return named("unit", rest) or named("unit", rest.rstrip("s")) or match("unit", rest)


def units_in(text: str, areas: Collection[str] = ()) -> list[tuple[Unit, str]]:
    """The units that a title or a heading names, with their words, the last first.

    A part between commas or brackets is a unit, or its last words are where they hold a power of ten
    or a currency: "Output of services, млн тенге". Nothing uncertain is found in running words.
    """
    found: dict[Unit, str] = {}
    for part in reversed(re.split(r"[,;:()\[\]–—|\n]| - ", text)):
        words = part.replace("_", " ").split()
        for many in range(min(len(words), 6), 0, -1):
            said = " ".join(words[-many:])
            read = unit(said, areas)
            if read is None or not (read.certain or read.power):
                continue
            if many == len(words) or read.power or read.code in codelist("unit").of_kind("currency"):
                found.setdefault(read, said)
                break
    return list(found.items())
