"""Searching: one keystroke over 20,000 names in six languages, beside reading every name for it."""

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

from bench.answers import PROCESSED
from bench.measure import Figure, alternately
from indicators.catalogue import load
from indicators.folding import words
from indicators.names import index
from indicators.search import Index, Name, Thing
from indicators.store import Releases

NAMES = 20_000
WITHIN = 0.06
"""Seconds within which a reader who types must be answered."""
REPEATS = 10
TYPED = (
    "e",
    "mus",
    "kazakhstan",
    "kazahstn",
    "занятсоть",
    "employment kazakhstan",
    "creative industries gva",
)
"""From one letter to three words, two of them misspelt."""


def figures() -> Iterator[Figure]:
    """What is typed, each over the names of the release, repeated under other numbers up to NAMES."""
    begun = perf_counter()
    own = index(Releases(PROCESSED).current(), load())
    made = perf_counter() - begun
    grown = _grown(own)
    note = f"{len(grown.names):,} names; the index of the release, {len(own.names):,} names: {made:.2f} s"
    for typed in TYPED:
        found, read = alternately(
            lambda t=typed: grown.find(t, "en", 8),  # type: ignore[misc]
            lambda t=typed: [n for n in grown.names if all(w in n.words for w in words(t))],  # type: ignore[misc]
            repeats=REPEATS,
        )
        yield Figure(f"Search {typed!r}", found, "reading every name", read, within=WITHIN, note=note)
        note = ""


def _grown(own: Index) -> Index:
    """The index with as many copies of its names as make NAMES, each copy with words of its own."""
    things: list[Thing] = list(own.things)
    names: list[Name] = list(own.names)
    copy = 0
    while len(names) < NAMES:
        copy += 1
        for name in own.names:
            marked = tuple(f"{word}{copy}" for word in name.words)
            names.append(replace(name, thing=name.thing + copy * len(own.things), words=marked))
        things += own.things
    return Index(things, names, own.behind)
