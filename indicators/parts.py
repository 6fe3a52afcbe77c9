"""The parts of a sector: the answer to the same question for each sector that it is made of.

A definition lists the sectors that a reader may choose; what they are made of stands in sector.csv. Only
sectors whose parts add up (`parts` = additive) are taken apart, as far down as the release has figures.
"""

from dataclasses import replace

from indicators.answer import Answer, answer
from indicators.catalogue import Catalogue
from indicators.concepts.indicator import Indicator
from indicators.query import Query
from indicators.sectors import adds_up, parts_of
from indicators.store import Store


def answer_of_parts(query: Query, store: Store, catalogue: Catalogue) -> Answer | None:
    """The answer to `query` for all parts of its sector, without that sector itself.

    Args:
        query: with a sector; the usual one of its indicator where it names none.
        store: the release.
        catalogue: the definitions.

    Returns:
        None where the sector has no parts that add up and have figures.

    Raises:
        BadQuery: as `answer`.
    """
    indicator = catalogue[query.indicator]
    leaves = made_of(query, indicator, store)
    if not leaves:
        return None
    widened = replace(indicator, sectors=leaves)
    definitions = {**catalogue.indicators, indicator.id: widened}
    return answer(replace(query, sector=None), store, replace(catalogue, indicators=definitions))


def made_of(query: Query, indicator: Indicator, store: Store) -> tuple[str, ...]:
    """The parts that the sector of a query is taken apart into; none where that cannot be."""
    whole = query.sector or indicator.sectors[0]
    held = {
        r["sector"]
        for r in store.ask("coverage").to_dicts()
        if r["measure"] == indicator.numerator.measure
        and r["figures"]
        and (not query.areas or r["ref_area"] in query.areas)
    }
    leaves = smallest(whole, held)
    return () if leaves == (whole,) else leaves


def smallest(sector: str, held: set[str]) -> tuple[str, ...]:
    """The smallest parts of a sector that together make it, each with figures; itself where there are none.

    A sector is taken apart only where every one of its parts has figures or is made of such parts.
    """
    parts = parts_of(sector) if adds_up(sector) else ()
    below = [smallest(part, held) for part in parts]
    whole = all(leaf in held for leaves in below for leaf in leaves)
    return tuple(leaf for leaves in below for leaf in leaves) if parts and whole else (sector,)
