"""Search: indicators, areas, sectors, measures and publications by their names in all languages at once.

A word of the query finds a word that begins with it; one of five letters or more also finds a word
that is one edit away (a letter too many, too few, another, or two that changed places). All words
must stand in one name. What follows a name of an area may be an indicator: "employment kazakhstan".

Order: what was typed exactly before what was mended, names before questions, the reader's language
before the others, what has figures before what has none. The work grows with the words that fit, not
with all names.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from indicators.folding import words
from indicators.language import ENGLISH

INDICATOR, AREA, SECTOR, MEASURE, PUBLICATION = "indicator", "area", "sector", "measure", "publication"
KINDS = (INDICATOR, AREA, SECTOR, MEASURE, PUBLICATION)
"""In the order in which equals stand."""
SERIES = "series"
"""An indicator and an area named together."""
MENDED_FROM = 5
"""Letters from which one edit is forgiven; shorter words have too many neighbours."""
MOST_WORDS, MOST_LETTERS = 8, 40
"""What is read of a query; a longer one is cut and nothing is found by its rest."""
_LETTERS = "abcdefghijklmnoprstuvz0123456789"
"""Letters that folding leaves."""
_WHOLE, _BEGUN, _MENDED = 0, 1, 100
"""How well a word fits; summed over the words of a query, any mended one outweighs all begun ones."""
_END = "\x7f"
"""Greater than every letter of a folded word."""
NO_LANGUAGE = ""
"""Of codes and of names that belong to no language."""


@dataclass(frozen=True)
class Name:
    """One name of one thing.

    Attributes:
        thing: place of the thing in the index.
        language: code of language.csv, or of the publication; "" for a code.
        shown: as it is shown.
        words: its words, folded, and those by which it is also found.
        aside: whether it only describes the thing: its question, its definition.
    """

    thing: int
    language: str
    shown: str
    words: tuple[str, ...]
    aside: bool = False


@dataclass(frozen=True)
class Thing:
    """What can be found.

    Attributes:
        kind: one of KINDS.
        code: id of the indicator, code of the list, or source of the publication.
        figures: how many observed figures stand behind it.
        within: the collection of a publication, the indicator that tells most of a sector; else "".
    """

    kind: str
    code: str
    figures: int
    within: str = ""


@dataclass(frozen=True)
class Found:
    """One answer.

    Attributes:
        kind: one of KINDS, or SERIES.
        code: of the thing; of a series its indicator.
        figures: behind it.
        within: as of the thing; of a series its area.
        shown: the name in the language asked for, else the one that was found.
        language: of that name.
        by: the name by which it was found, where that is another one; else "".
        by_language: of that other name; "" for a code.
    """

    kind: str
    code: str
    figures: int
    within: str
    shown: str
    language: str
    by: str = ""
    by_language: str = ""


class Index:
    """All names, ready to be searched; immutable, safe from several threads."""

    def __init__(
        self, things: Sequence[Thing], names: Iterable[Name], behind: Mapping[tuple[str, str], int]
    ) -> None:
        """Index `names` of `things`; the first name of a thing in a language is the one shown.

        Args:
            things: what can be found.
            names: by what.
            behind: indicator and area → how many figures there are.
        """
        self.things, self.names, self.behind = tuple(things), tuple(names), behind
        at: dict[str, list[int]] = defaultdict(list)
        self._shown: dict[tuple[int, str], Name] = {}
        for number, name in enumerate(self.names):
            for word in set(name.words):
                at[word].append(number)
            self._shown.setdefault((name.thing, name.language), name)
        self._words = sorted(at)
        self._at = [at[word] for word in self._words]

    def find(self, text: str, language: str = ENGLISH, most: int = 20) -> list[Found]:
        """What fits a query, the best first.

        Args:
            text: as typed, also unfinished.
            language: of the reader, code of language.csv.
            most: how many at most.

        Returns:
            Nothing where the query holds no letter and no digit.
        """
        asked = [word[:MOST_LETTERS] for word in words(text)][:MOST_WORDS]
        if not asked:
            return []
        found = self._things(asked, language)
        best = nsmallest(most, found.items(), key=lambda f: f[1])
        told = [self._told(self.names[rank[-1]], language) for _, rank in best]
        if len(asked) > 1 and len(told) < most:
            told = [*self._series(asked, language, most - len(told)), *told]
        return told

    def count(self, text: str, language: str = ENGLISH) -> int:
        """How many things fit a query."""
        asked = [word[:MOST_LETTERS] for word in words(text)][:MOST_WORDS]
        return len(self._things(asked, language)) if asked else 0

    def _things(self, asked: Sequence[str], language: str) -> dict[int, tuple[int, ...]]:
        """Things that fit → their best rank, the smaller the better; its last number is the name."""
        fits: dict[int, int] = {}
        for place, word in enumerate(asked):
            here = self._fits(word)
            fits = here if place == 0 else {n: fits[n] + q for n, q in here.items() if n in fits}
            if not fits:
                return {}
        ranked: dict[int, tuple[int, ...]] = {}
        for number, quality in fits.items():
            name = self.names[number]
            rank = self._rank(name, quality, asked, language, number)
            if name.thing not in ranked or rank < ranked[name.thing]:
                ranked[name.thing] = rank
        return ranked

    def _rank(
        self, name: Name, quality: int, asked: Sequence[str], language: str, number: int
    ) -> tuple[int, ...]:
        thing = self.things[name.thing]
        return (
            int(name.aside),
            int(quality >= _MENDED),
            int(not name.words[0].startswith(asked[0])),
            int(thing.figures == 0),
            int(name.language not in (language, NO_LANGUAGE)),
            KINDS.index(thing.kind),
            quality,
            len(name.words),
            -thing.figures,
            number,
        )

    def _fits(self, word: str) -> dict[int, int]:
        """Names with a word that fits → how well: whole, begun, mended."""
        found: dict[int, int] = {}
        for low, high, quality in self._ranges(word):
            for place in range(low, high):
                own = _WHOLE if quality == _BEGUN and self._words[place] == word else quality
                for number in self._at[place]:
                    if own < found.get(number, _MENDED + 1):
                        found[number] = own
        return found

    def _ranges(self, word: str) -> Iterator[tuple[int, int, int]]:
        """Places of the words that begin with `word`, or with one that is an edit away from it."""
        yield *self._range(word), _BEGUN
        if len(word) >= MENDED_FROM:
            for other in _one_edit(word):
                low, high = self._range(other)
                if low < high:
                    yield low, high, _MENDED

    def _range(self, beginning: str) -> tuple[int, int]:
        low = bisect_left(self._words, beginning)
        if low == len(self._words) or not self._words[low].startswith(beginning):
            return low, low
        return low, bisect_left(self._words, beginning + _END, low)

    def _told(self, name: Name, language: str) -> Found:
        thing = self.things[name.thing]
        own = self._shown.get((name.thing, language)) or self._shown.get((name.thing, ENGLISH)) or name
        said = name.aside or name.language == NO_LANGUAGE or name.shown == own.shown
        by = ("", "") if said else (name.shown, name.language)
        return Found(thing.kind, thing.code, thing.figures, thing.within, own.shown, own.language, *by)

    def _series(self, asked: Sequence[str], language: str, most: int) -> list[Found]:
        """An indicator and an area named together, in either order, where there are figures of both."""
        made: list[Found] = []
        for cut in range(1, len(asked)):
            for one, other in ((asked[:cut], asked[cut:]), (asked[cut:], asked[:cut])):
                for area in self._best(one, language, AREA, 1):
                    pairs = [(i, area) for i in self._best(other, language, INDICATOR, 3)]
                    made += [self._pair(i, a, language) for i, a in pairs if (i.code, a.code) in self.behind]
        return list(dict.fromkeys(made))[:most]

    def _pair(self, indicator: Found, area: Found, language: str) -> Found:
        figures = self.behind[indicator.code, area.code]
        return Found(
            SERIES, indicator.code, figures, area.code, f"{indicator.shown} – {area.shown}", language
        )

    def _best(self, asked: Sequence[str], language: str, kind: str, most: int) -> list[Found]:
        """Things of one kind with figures that their own names find."""
        ranked = {
            thing: rank
            for thing, rank in self._things(asked, language).items()
            if self.things[thing].kind == kind and self.things[thing].figures and not rank[0]
        }
        best = nsmallest(most, ranked.items(), key=lambda f: f[1])
        return [self._told(self.names[rank[-1]], language) for _, rank in best]


def _one_edit(word: str) -> set[str]:
    """Every word one edit away: a letter less, one more, another one, two that changed places."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    less = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    other = {a + c + b[1:] for a, b in cuts if b for c in _LETTERS}
    more = {a + c + b for a, b in cuts for c in _LETTERS}
    return (less | swapped | other | more) - {word}
