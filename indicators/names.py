"""Names: everything that can be searched for, with all its names and the figures behind it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import Indicator
from indicators.folding import words
from indicators.language import Language, languages, speak
from indicators.search import AREA, INDICATOR, MEASURE, NO_LANGUAGE, PUBLICATION, SECTOR, Index, Name, Thing
from indicators.store import Store

KEPT = 3
"""Releases whose index stays: the current one and those that are looked at frozen."""
Given = tuple[Thing, list[tuple[str, str, str, bool]]]
"""A thing, and its names: language, as shown, by which words besides, whether it only describes."""


def index(store: Store, catalogue: Catalogue) -> Index:
    """The index of one release, made when it is first asked for."""
    return _index(store, tuple(catalogue))


@lru_cache(maxsize=KEPT)
def _index(store: Store, indicators: tuple[Indicator, ...]) -> Index:
    counts = store.ask("coverage").select("measure", "sector", "ref_area", "figures").rows()
    behind: Counter[tuple[str, str]] = Counter()
    told: dict[str, Counter[str]] = defaultdict(Counter)
    by: dict[str, Counter[str]] = {kind: Counter() for kind in (AREA, SECTOR, MEASURE)}
    for measure, sector, area, figures in counts:
        for kind, code in ((AREA, area), (SECTOR, sector), (MEASURE, measure)):
            by[kind][code] += figures
        for i in indicators:
            if i.numerator.measure == measure and sector in i.sectors and figures:
                behind[i.id, area] += figures
                told[sector][i.id] += figures
    best = {sector: of.most_common(1)[0][0] for sector, of in told.items()}
    given = [*_of_indicators(indicators, behind), *_of_codes(by, best), *_of_publications(store)]
    names = [
        Name(place, language, shown, tuple(words(f"{shown} {besides}")), aside)
        for place, (_, own) in enumerate(given)
        for language, shown, besides, aside in own
    ]
    return Index([thing for thing, _ in given], [n for n in names if n.words], behind)


def _spoken() -> list[Language]:
    return [speak(code) for code in languages()]


def _of_indicators(indicators: tuple[Indicator, ...], behind: Counter[tuple[str, str]]) -> Iterator[Given]:
    figures: Counter[str] = Counter()
    for (indicator_id, _), n in behind.items():
        figures[indicator_id] += n
    for i in indicators:
        names = [(each.code, each.text(i.name), "", False) for each in _spoken()]
        names += [(each.code, each.text(i.question), "", True) for each in _spoken()]
        yield Thing(INDICATOR, i.id, figures[i.id]), [*names, (NO_LANGUAGE, i.id, "", False)]


def _of_codes(by: Mapping[str, Counter[str]], best: Mapping[str, str]) -> Iterator[Given]:
    """Areas, sectors and measures: their labels in all languages, their codes, their definitions.

    Args:
        by: kind → code → figures.
        best: sector → the indicator that has the most figures of it.
    """
    for kind in (AREA, SECTOR, MEASURE):
        for code, row in codelist(kind).rows.items():
            names = [(each.code, each.label(kind, code), "", False) for each in _spoken()]
            names.append((NO_LANGUAGE, code, row.get("alpha2", ""), False))
            if row.get("definition"):
                names.append((languages()[0], row["definition"], "", True))
            within = best.get(code, "") if kind == SECTOR else ""
            yield Thing(kind, code, by[kind][code], within), names


def _of_publications(store: Store) -> Iterator[Given]:
    """Publications by the words of their title, whoever publishes and whom they cite."""
    for row in store.ask("publications").to_dicts():
        title, spoken = row["title"] or row["source"], _spoken()
        who = {each.publisher(row["publisher"] or "", row["cites"]) for each in spoken}
        besides = " ".join([row["cites"] or "", row["source"], *sorted(who)])
        thing = Thing(PUBLICATION, row["source"], row["figures"], row["collection"])
        if title in spoken[0].names:
            yield thing, [(each.code, each.called(title), besides, False) for each in spoken]
        else:
            yield thing, [(row["language"] or NO_LANGUAGE, title, besides, False)]
