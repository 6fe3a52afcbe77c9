"""Dimensions that say again what the others say: numbers of series, codes beside names of the same things."""

import polars as pl

from etl.readers.cells import Table

MOST = 300_000
"""Cells of a table in which echoes are looked for; of a longer one every dimension is asked about."""
CODE = r"^[\w.\-]*\d[\w.\-]*$"
"""What an echo looks like: v41690973, 1.2.1, 2016A000235. Words may be the dimension itself."""


def echoes(table: Table) -> list[str]:
    """The dimensions of codes of which each goes with one code of another, or with one series or row.

    A time is no echo, and what goes with a time is none: a table may change its measure from year to year.
    """
    cells, left = table.cells, [d for d in table.dimensions if len(d.codes) > 1]
    if cells.height > MOST:
        return []
    found: list[str] = []
    for dimension in reversed(left):
        name = dimension.id
        others = [d for d in left if d.id not in (name, *found)]
        timeless = [d.id for d in others if d.role != "time"]
        if dimension.role in ("time", "measure") or not _coded(cells[name]):
            continue
        rests = [*([other] for other in timeless), timeless, [d.id for d in others]]
        if timeless and any(_pairs(cells, name, rest) for rest in rests):
            found.append(name)
    return found


def twins(table: Table) -> dict[str, str]:
    """Dimensions whose codes go one to one with those of one before: names of areas in two languages.

    That they say the same is for those to tell who know the names (etl/propose.py).
    """
    cells = table.cells
    left = [d.id for d in table.dimensions if len(d.codes) > 1 and d.role not in ("time", "measure")]
    if cells.height > MOST:
        return {}
    pairs = ((later, of) for at, later in enumerate(left) for of in left[:at])
    return {later: of for later, of in pairs if _pairs(cells, later, [of])}


def _coded(codes: pl.Series) -> bool:
    return bool(codes.unique().str.contains(CODE).all())


def _pairs(cells: pl.DataFrame, name: str, rest: list[str]) -> bool:
    """Whether each code goes with one combination of the rest, and each combination with one code."""
    both = cells.select(name, *rest).n_unique()
    return bool(cells[name].n_unique() == both == cells.select(rest).n_unique())


__all__ = ["echoes", "twins"]
