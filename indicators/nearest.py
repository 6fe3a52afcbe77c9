"""The nearest questions that have an answer, where the one that was asked has none."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

import polars as pl

from indicators.answer import answer
from indicators.catalogue import Catalogue
from indicators.query import Query
from indicators.store import Store

LOOSENED = (
    ("since", "until"), ("currency", "prices"), ("transform", "base"), ("per",), ("sex", "partner"),
    ("members", "coverage"), ("as_of",), ("sector",), ("areas",),
)  # fmt: skip
"""What may be taken back, the least part of a question first."""
MOST = 3
_USUAL = {field.name: field.default for field in fields(Query)}


@dataclass(frozen=True)
class Nearest:
    """One question near to another.

    Attributes:
        fields: of Query, what was taken back.
        query: the question.
        figures: headlines with a value that answer it.
    """

    fields: tuple[str, ...]
    query: Query
    figures: int


def nearest(query: Query, store: Store, catalogue: Catalogue) -> tuple[Nearest, ...]:
    """At most MOST questions with an answer: each with one thing taken back, else the first with several."""
    one_by_one = (_asked(query, taken, store, catalogue) for taken in LOOSENED if _said(query, taken))
    found = [near for near in one_by_one if near.figures]
    if found:
        return tuple(found[:MOST])
    every = (_asked(query, taken, store, catalogue) for taken in _more_and_more(query))
    return tuple(near for near in [next((n for n in every if n.figures), None)] if near)


def _more_and_more(query: Query) -> Iterator[tuple[str, ...]]:
    taken: tuple[str, ...] = ()
    for group in LOOSENED:
        if _said(query, group):
            taken += group
            yield taken


def _said(query: Query, names: tuple[str, ...]) -> bool:
    return any(getattr(query, name) != _USUAL[name] for name in names)


def _asked(query: Query, taken: tuple[str, ...], store: Store, catalogue: Catalogue) -> Nearest:
    said = tuple(name for name in taken if _said(query, (name,)))
    looser = replace(query, **{name: _USUAL[name] for name in said})  # type: ignore[arg-type]
    found = answer(looser, store, catalogue).headlines
    return Nearest(
        said, looser, found.filter(pl.col("low").is_not_null() & pl.col("year").is_not_null()).height
    )
