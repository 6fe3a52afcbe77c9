"""Label tables of published sources: what is taken by them, and rows that hold for some years only.

`{table: NAME, during: DIMENSION}` stands for NAME.csv of the source's folder (or of another source,
"../other/NAME"): theirs, ours, and where there is `during` also valid_from and valid_to, written as the
labels of that dimension are, an empty one being open. So a country can have one currency up to a year
and another from the next, and a label outside its years is unknown.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from etl.readers.cells import Table
from etl.source import Source

LABEL_OF = "label of "
"""Before the name of a dimension: the label of its code, where the code is only a place in the file."""
YEARS = ("valid_from", "valid_to")


def years_of(entry: Mapping[str, Any]) -> set[str]:
    """The dimensions of time by which `where` and `without` look into tables."""
    chosen = [*entry.get("where", {}).values(), *entry.get("without", {}).values()]
    return {str(says["during"]) for says in chosen if isinstance(says, Mapping) and "during" in says}


def with_labels(cells: pl.DataFrame, table: Table, wanted: Iterable[str]) -> pl.DataFrame:
    """The cells with a column "label of D" for each that is wanted; a code without a label is its own."""
    labels = {LABEL_OF + d.id: d for d in table.dimensions}
    return cells.with_columns(
        pl.col(labels[name].id).replace({c: said or c for c, said in labels[name].codes.items()}).alias(name)
        for name in wanted
        if name in labels
    )


def choice(cells: pl.DataFrame, dimension: str, says: object, source: Source) -> pl.Expr:
    """Whether a cell's label is one of `says`: codes, or what a label table knows."""
    if not isinstance(says, Mapping):
        codes = says if isinstance(says, list) else [says]
        return pl.col(dimension).is_in([str(code) for code in codes])  # YAML reads 2023 as a number
    names = [dimension, *([str(says["during"])] if "during" in says else [])]
    return pl.concat_str(names, separator=" ").is_in(list(in_years(cells, says, source)))


def in_years(
    cells: pl.DataFrame, says: Mapping[str, Any], source: Source, begins: str = ""
) -> dict[str, str]:
    """Label → our code; with `during` the label is followed by a space and each time that `cells` have.

    Args:
        cells: with the dimension `during`, its name after `begins`.
        says: names the table.
        source: in whose folder it stands.
        begins: what stands before the names of dimensions in `cells`.
    """
    name = str(says["table"]).removesuffix(".csv")
    if "during" not in says:
        return source.table(name)
    years = cells[begins + str(says["during"])].unique().drop_nulls().to_list()
    return {
        f"{theirs} {year}": ours
        for theirs, ours, first, last in _rows(source, name)
        for year in years
        if first <= year and (not last or year <= last)
    }


def _rows(source: Source, name: str) -> Iterator[list[str]]:
    with (source.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from list(csv.reader(file))[1:]


def faults(entry: Mapping[str, Any], source: Source | None) -> Iterator[tuple[str, str]]:
    """What is wrong with the tables that an entry names: the key, and what is expected there."""
    for key in ("where", "without", "columns"):
        for name, says in entry.get(key, {}).items():
            if not isinstance(says, Mapping) or (key == "columns" and "during" not in says):
                continue
            if "table" not in says:
                yield f"{key}.{name} names no table", "expected codes, or {table: a label table}"
            elif source is not None:
                yield from _unfit(f"{key}.{name}", says, source)


def _unfit(place: str, says: Mapping[str, Any], source: Source) -> Iterator[tuple[str, str]]:
    name = str(says["table"]).removesuffix(".csv")
    try:
        with (source.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
    except (OSError, ValueError) as wrong:
        yield f"{place}.table {name}.csv cannot be read", f"expected a label table: {wrong}"
        return
    if "during" in says and tuple(header[2:4]) != YEARS:
        yield f"{name}.csv has the columns {', '.join(header)}", "expected theirs, ours, valid_from, valid_to"
    if any(len(row) != len(header) for row in rows):
        yield f"{name}.csv has rows of another length", f"expected {len(header)} columns in each"
