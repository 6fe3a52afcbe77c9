"""Which artefacts a request for structures finds, and which of their relations come with them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from exports.sdmx.artefacts import (
    AGENCIES,
    CODELIST,
    CONCEPT_SCHEME,
    CONSTRAINT,
    DATA_STRUCTURE,
    DATAFLOW,
    SDMX,
    Artefact,
    Constraint,
    Structures,
)
from exports.sdmx.components import VERSION
from exports.sdmx.request import Wanted, not_found
from exports.sdmx.terms import KINDS, same_version

CHILDREN = {
    CONSTRAINT: (DATAFLOW,), DATAFLOW: (DATA_STRUCTURE,), DATA_STRUCTURE: (CODELIST, CONCEPT_SCHEME),
}  # fmt: skip
"""Kind → the kinds that it refers to; one data structure makes kinds enough."""
PARENTS = {
    DATAFLOW: (CONSTRAINT,), DATA_STRUCTURE: (DATAFLOW,), CODELIST: (DATA_STRUCTURE,),
    CONCEPT_SCHEME: (DATA_STRUCTURE,),
}  # fmt: skip
Constrained = Callable[[str], Constraint]


def structures(wanted: Wanted, made: Sequence[Artefact], constrained: Constrained) -> Structures:
    """What a request for structures gets.

    Args:
        wanted: the request.
        made: every artefact of the service.
        constrained: what there is of a dataflow; asked for only where constraints are wanted. Readers
            refuse one that names nothing, so a dataflow without data has none.

    Raises:
        Refused: nothing is found.
    """
    if wanted.foreign:
        made = [a for a in made if a.agency == SDMX]
    found = [_with_items(a, wanted.items) for a in made if a.kind in wanted.kinds and _named(a, wanted)]
    flows = [a.id for a in made if a.kind == DATAFLOW]
    asked = [f for f in flows if CONSTRAINT in wanted.kinds and _of_flow(f, wanted)]
    there = {flow: c for flow in asked if (c := constrained(flow)).observations}
    if wanted.items:
        found = [a for a in found if a.items]
    if not found and not there:
        raise not_found("no artefact of ours is what the path names; /dataflow and /codelist list them")
    more = relations({a.kind for a in found} | ({CONSTRAINT} if asked else set()), wanted.references)
    mine = {a.id for a in found if a.kind == DATAFLOW} | set(asked)
    others = [a for a in made if a.kind in more and a not in found and _belongs(a, mine, wanted.kinds)]
    beside = (constrained(f) for f in flows if CONSTRAINT in more and f in mine and f not in asked)
    return Structures(
        (
            *_detailed(found, wanted.detail, referenced=False),
            *_detailed(others, wanted.detail, referenced=True),
        ),
        (*there.values(), *(c for c in beside if c.observations)),
    )


def _belongs(artefact: Artefact, flows: set[str], kinds: Sequence[str]) -> bool:
    """A dataflow comes with its own constraint only; every one comes with the structure that they share."""
    return artefact.kind != DATAFLOW or not {CONSTRAINT, DATAFLOW} & set(kinds) or artefact.id in flows


def _named(artefact: Artefact, wanted: Wanted) -> bool:
    return _of(artefact.version, wanted) and (not wanted.ids or artefact.id in wanted.ids)


def _of(version: str, wanted: Wanted) -> bool:
    return not wanted.versions or any(same_version(version, one) for one in wanted.versions)


def _of_flow(flow: str, wanted: Wanted) -> bool:
    return _of(VERSION, wanted) and (not wanted.ids or f"CR_{flow}" in wanted.ids)


def _with_items(artefact: Artefact, items: Sequence[str]) -> Artefact:
    if not items or not artefact.items:
        return artefact
    return replace(artefact, items=tuple(i for i in artefact.items if i.id in items))


def relations(kinds: Iterable[str], references: Sequence[str]) -> set[str]:
    """The kinds that come with artefacts of `kinds`."""
    start = set(kinds)
    below, above = _closed(start, CHILDREN), _closed(start, PARENTS)
    parents = {p for kind in start for p in PARENTS.get(kind, ())}
    siblings = parents | {c for p in parents for c in CHILDREN.get(p, ())}
    children = {c for kind in start for c in CHILDREN.get(kind, ())}
    by_word = {
        "none": set[str](), "children": children, "descendants": below, "parents": parents,
        "ancestors": above, "parentsandsiblings": siblings, "all": siblings | below,
    }  # fmt: skip
    related: set[str] = set()
    for word in references:
        related |= (
            by_word[word] if word in by_word else {KINDS[word]} & (below | above) if word in KINDS else set()
        )
    return related - {AGENCIES}


def _closed(start: set[str], edges: Mapping[str, tuple[str, ...]]) -> set[str]:
    reached: set[str] = set()
    open_ = set(start)
    while open_:
        step = {to for kind in open_ for to in edges.get(kind, ())} - reached
        reached |= step
        open_ = step
    return reached


def _detailed(found: Iterable[Artefact], detail: str, *, referenced: bool) -> list[Artefact]:
    stub = detail in ("allstubs", "allcompletestubs") or (
        referenced and detail.startswith("reference") and "stubs" in detail
    )
    described = "complete" in detail
    return [a.named_only(described=described) if stub else a for a in found]
