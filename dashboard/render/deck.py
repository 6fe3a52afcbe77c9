"""The deck that a browser sends: what each slide asks for and what the reader wrote, and nothing else.

The figures in the file are not read: every slide is answered anew from its address, which names its
release, so that no file can put a number under our name.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.wording import Wording
from indicators.language import languages

FORMAT, VERSION = "cei-deck", 1
LARGEST, MOST_SLIDES = 30_000_000, 100
"""Bytes of a deck, as the browser has it; slides made in one go."""
MOST_SAID = 20
"""Faults named; a file that is wrong throughout need not be listed whole."""
RATIOS, KINDS = ("16:9", "4:3"), ("chart", "table", "kpi", "text")
TEXTS = {"address": 4_000, "unit": 40, "title": 300, "annotation": 2_000, "notes": 20_000}
"""Text of a slide → its most letters."""


class BadRequest(ValueError):
    """All that is wrong with what was sent, a sentence each in the reader's language."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = list(faults)


@dataclass(frozen=True)
class Wanted:
    """One slide: its kind, the address and unit of its answer, and what the reader wrote."""

    kind: str
    address: str
    unit: str
    title: str
    annotation: str
    notes: str


@dataclass(frozen=True)
class Deck:
    """What is taken away.

    Attributes:
        name: the reader's.
        language: code of the language of its slides.
        ratio: one of RATIOS.
        dark: whether it is shown on a dark ground.
        slides: in their order, at least one.
    """

    name: str
    language: str
    ratio: str
    dark: bool
    slides: tuple[Wanted, ...]


def read(raw: bytes, words: Wording) -> Deck:
    """The deck in a .deck.json.

    Args:
        raw: the file.
        words: of the faults.

    Raises:
        BadRequest: every fault at once.
    """
    said = _parsed(raw, words)
    slides = said["slides"]
    faults = []
    if not slides:
        faults.append(words.text("The deck has no slide."))
    if len(slides) > MOST_SLIDES:
        faults.append(
            words.text("{n} slides: at most {most} leave at once.", n=len(slides), most=MOST_SLIDES)
        )
    wrong = [f"deck.{name}" for name, good in _head(said).items() if not good]
    wrong += [place for at, slide in enumerate(slides[:MOST_SLIDES]) for place in _wrong(slide, at)]
    faults += [words.text("At {place} stands what no deck holds.", place=place) for place in wrong]
    if faults:
        raise BadRequest(faults[:MOST_SAID])
    return Deck(
        said["name"], said["language"], said["ratio"], said.get("dark") is True, tuple(map(_slide, slides))
    )


def _parsed(raw: bytes, words: Wording) -> dict[str, Any]:
    if len(raw) > LARGEST:
        raise BadRequest([words.text("It is larger than any deck.")])
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadRequest([words.text("It is no deck, or it was cut off.")]) from None
    if not isinstance(said, dict) or said.get("format") != FORMAT or not isinstance(said.get("slides"), list):
        raise BadRequest([words.text("It is a file of another kind; a deck ends in .deck.json.")])
    version = said.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version > VERSION:
        raise BadRequest([words.text("It was saved by a newer version of this site.")])
    return said


def _head(said: Mapping[str, Any]) -> dict[str, bool]:
    """Part of the deck → whether it is what it must be."""
    name = said.get("name")
    return {
        "name": isinstance(name, str) and 0 < len(name) <= 200 and _writable(name),
        "language": said.get("language") in languages(),
        "ratio": said.get("ratio") in RATIOS,
    }


def _wrong(slide: object, at: int) -> list[str]:
    place = f"slides[{at}]"
    if not isinstance(slide, dict):
        return [place]
    wrong = [] if slide.get("kind") in KINDS else [f"{place}.kind"]
    for name, most in TEXTS.items():
        text = slide.get(name, "")
        if not isinstance(text, str) or len(text) > most or not _writable(text):
            wrong.append(f"{place}.{name}")
    address = slide.get("address", "")
    ours = isinstance(address, str) and address.startswith("/") and not address.startswith(("//", "/\\"))
    if slide.get("kind") != "text" and not ours:
        wrong.append(f"{place}.address")
    return list(dict.fromkeys(wrong))


def _writable(text: str) -> bool:
    """Whether every letter can stand in XML and in UTF-8, which PowerPoint's files are made of."""
    return all(
        letter in "\t\n\r" or (letter >= " " and not "\ud800" <= letter <= "\udfff" and letter < "\ufffe")
        or letter > "\uffff"
        for letter in text
    )  # fmt: skip


def _slide(said: Mapping[str, Any]) -> Wanted:
    texts = {name: said.get(name, "") for name in TEXTS}
    if said["kind"] == "text":
        texts["address"] = ""
    return Wanted(kind=said["kind"], **texts)
