"""JSON-stat 1.x and 2.0: cubes whose values stand in one row-major list, or an object of those there are.

Read by hand: pyjstat needs a pandas that is older than ours, and neither it nor the validator sees that
values are too few, too many, or that the positions of categories do not fit.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from etl.readers.bad_file import MOST, each_of, together
from etl.readers.cells import FLAGS, MARK, ROW, BadFile, Dimension, Publication, Table, frame
from etl.readers.figures import cells_of, read_numbers, sound_names
from etl.readers.json_text import AGAIN, items, load, members, scalar, texts, whole

ROLES = {"time": "time", "geo": "area", "metric": "measure"}
MOST_FILLED = 1_000_000
LEAST_SHARE = 20
"""A sparse cube is written out up to so many cells, or where one in twenty is there; of others what is."""
UNIT_WORDS = ("label", "base", "type", "symbol")


def read(path: Path, format: str) -> Publication:
    """A data set, a bundle of them, or a collection with data sets in it.

    Args:
        path: the file, unpacked.
        format: "json-stat-1" or "json-stat-2".

    Raises:
        BadFile: no values, a size that its categories or values contradict.
    """
    document, encoding, remarks = load(path)
    root = members(document, "the document")
    tables = each_of(_datasets(root, path.stem, remarks), lambda one: _table(*one, remarks))
    if not tables:
        raise BadFile("", _without(root), "a data set with values", "Ask the publisher for the data of it.")
    return Publication(path, format, encoding, tables, remarks)


def _datasets(
    root: Mapping[str, object], stem: str, remarks: list[str]
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Name and content of each data set of a document."""
    if _is_dataset(root):
        yield _name(root, stem), root
        return
    if root.get("class") == "collection":
        links = members(root.get("link") or {}, "link")
        listed = [members(v, "link.item") for v in items(links.get("item"), "link.item")]
        away = sum(not _is_dataset(i) for i in listed)
        if away and away < len(listed):
            remarks.append(f"{away} of {len(listed)} members of the collection are only links")
        yield from ((_name(item, f"{i + 1}"), item) for i, item in enumerate(listed) if _is_dataset(item))
        return
    for name, value in root.items():
        if isinstance(value, dict) and _is_dataset(value):
            yield name, value


def _is_dataset(value: Mapping[str, object]) -> bool:
    """Whether an object is a data set: dimensions with a list of their ids."""
    dimension = value.get("dimension")
    return (
        isinstance(dimension, dict)
        and ("id" in value or "id" in dimension)
        and value.get("class", "dataset") == "dataset"
    )


def _name(dataset: Mapping[str, object], otherwise: str) -> str:
    """What identifies a data set: the id of its table, else its file."""
    extension = dataset.get("extension")
    px = extension.get("px") if isinstance(extension, dict) else None
    ident = (px.get("tableid") or px.get("matrix")) if isinstance(px, dict) else None
    return scalar(ident) or otherwise


def _without(root: Mapping[str, object]) -> str:
    """What a document without data is."""
    kind = scalar(root.get("class")) or "no class"
    if kind == "collection":
        links = root.get("link")
        listed = links.get("item") if isinstance(links, dict) else None
        return f"a collection of {len(listed) if isinstance(listed, list) else 0} links without values"
    return f"a document of JSON-stat without values ({kind}: {scalar(root.get('label')) or 'unnamed'})"


def _table(name: str, dataset: Mapping[str, object], remarks: list[str]) -> Table:
    """A data set as a table."""
    described = members(dataset.get("dimension"), f"{name}.dimension")
    ids = texts(dataset.get("id") or described.get("id"), f"{name}.id")
    sizes = [
        whole(s, f"{name}.size") for s in items(dataset.get("size") or described.get("size"), f"{name}.size")
    ]
    if len(ids) != len(sizes) or not ids:
        raise BadFile(
            f"{name}.size", f"{len(sizes)} sizes for {len(ids)} dimensions", "a size for each", AGAIN
        )
    sound_names(ids, f"{name}.id")
    roles = members(dataset.get("role") or described.get("role") or {}, f"{name}.role")
    sized = zip(ids, sizes, strict=True)
    dimensions = each_of(sized, lambda one: _dimension(described.get(one[0]), *one, roles))
    cells = _cells(name, dataset, dimensions, remarks)
    columns = _units({d.id: members(described.get(d.id), d.id) for d in dimensions}, cells)
    attributes, notes = _attributes(dataset), _notes(dataset, "")
    for d in dimensions:
        content = members(described.get(d.id), d.id)
        attributes |= _hierarchy(d.id, content)
        notes += _notes(content, f"({d.id}) ") + _category_notes(d.id, content)
    return Table(
        name, scalar(dataset.get("label")), dimensions, cells.with_columns(columns), attributes, notes
    )


def _dimension(value: object, name: str, size: int, roles: Mapping[str, object]) -> Dimension:
    """A dimension with its categories in their order.

    Raises:
        BadFile: another number of categories than its size says, or positions that are no order.
    """
    content = members(value, f"dimension {name}")
    category = members(content.get("category"), f"dimension {name}.category")
    labels = category.get("label")
    named = labels if isinstance(labels, dict) else {}
    index = category.get("index", list(named))
    codes = (
        _ordered(index, name) if isinstance(index, dict) else texts(index, f"dimension {name}.category.index")
    )
    if len(codes) != size or len(set(codes)) != size:
        raise BadFile(
            f"dimension {name}", f"{len(set(codes))} categories", f"the {size} that its size says", AGAIN
        )
    role = next((ours for theirs, ours in ROLES.items() if name in items(roles.get(theirs), "role")), None)
    return Dimension(name, scalar(content.get("label")), {c: scalar(named.get(c)) for c in codes}, role)


def _ordered(index: Mapping[str, object], name: str) -> list[str]:
    """Codes by position."""
    at = {code: whole(position, f"dimension {name}.category.index") for code, position in index.items()}
    codes = sorted(at, key=lambda c: at[c])
    if [at[c] for c in codes] != list(range(len(codes))):
        raise BadFile(
            f"dimension {name}.category.index",
            "positions with gaps or twice",
            f"0 to {len(codes) - 1}",
            AGAIN,
        )
    return codes


def _cells(
    name: str, dataset: Mapping[str, object], dimensions: Sequence[Dimension], remarks: list[str]
) -> pl.DataFrame:
    """Cells of a cube; what a sparse one lacks is there with the mark "", unless that would be too many."""
    size = cells_of(len(d.codes) for d in dimensions)
    values = dataset.get("value")
    if isinstance(values, dict):
        at, listed = _sparse(values, size, f"{name}.value")
        if size <= max(MOST_FILLED, LEAST_SHARE * len(listed)):
            at, listed = _filled(at, listed, size)
        else:
            remarks.append(f"{name}: {len(listed)} of {size} cells are there; the others are left out")
    else:
        listed = list(items(values, f"{name}.value"))
        if len(listed) != size and not listed:
            remarks.append(f"{name}: no values, only what describes them")
        elif len(listed) != size:
            raise BadFile(f"{name}.value", f"{len(listed)} values", f"{size} ({_product(dimensions)})", AGAIN)
        at = np.arange(len(listed))
    return _framed(name, at, listed, _status(dataset.get("status"), at, size, f"{name}.status"), dimensions)


def _sparse(values: Mapping[str, object], size: int, place: str) -> tuple[np.ndarray, list[object]]:
    """Positions and values of an object by position."""
    at = np.array([whole(k, place) for k in values], dtype=np.int64)
    if len(at) and at.max() >= size:
        raise BadFile(place, f"a value at {at.max()}", f"positions from 0 to {size - 1}", AGAIN)
    if len(np.unique(at)) < len(at):
        raise BadFile(place, "a position twice", "each position once", AGAIN)
    return at, list(values.values())


def _filled(at: np.ndarray, listed: Sequence[object], size: int) -> tuple[np.ndarray, list[object]]:
    """A sparse cube with a null for each cell that is not there."""
    every: list[object] = [None] * size
    for position, value in zip(at.tolist(), listed, strict=True):
        every[position] = value
    return np.arange(size), every


def _status(status: object, at: np.ndarray, size: int, place: str) -> pl.Series:
    """Status of each cell: one for all, one for each, or an object of some."""
    if isinstance(status, dict):
        where, said = _sparse(status, size, place)
        by_position = dict(zip(where.tolist(), (scalar(s) for s in said), strict=True))
        return pl.Series([by_position.get(p) for p in at.tolist()], dtype=pl.String)
    if isinstance(status, list) and len(status) not in (0, 1):
        if len(status) != size:
            raise BadFile(place, f"{len(status)} statuses", f"{size}, one for each cell", AGAIN)
        every = [scalar(s) for s in status]
        return pl.Series([every[p] for p in at.tolist()], dtype=pl.String)
    one = scalar(status[0] if isinstance(status, list) and status else status)
    return pl.repeat(one, len(at), dtype=pl.String, eager=True)


def _framed(
    name: str, at: np.ndarray, listed: Sequence[object], status: pl.Series, dimensions: Sequence[Dimension]
) -> pl.DataFrame:
    """Cells with their keys from their positions: the last dimension turns fastest."""
    odd = [i for i, v in enumerate(listed) if isinstance(v, dict | list | bool)]
    if odd:
        told = [BadFile(f"{name}.value {at[i] + 1}", _kind(listed[i]), "a number, a text or null", AGAIN)
                for i in odd[:MOST]]  # fmt: skip
        raise together(told, len(odd) - len(told))
    read = read_numbers(pl.Series([scalar(v) for v in listed], dtype=pl.String))
    flags = status.set(status.str.strip_chars() == "", None)
    mark = read[MARK].zip_with(read[MARK] != "", flags.fill_null("")).set(read[MARK].is_null(), None)
    columns: dict[str, pl.Series] = {}
    inner = 1
    for d in reversed(dimensions):
        columns[d.id] = pl.Series(list(d.codes), dtype=pl.String).gather(at // inner % max(len(d.codes), 1))
        inner *= len(d.codes)
    numbers = (
        pl.Series(at + 1).cast(pl.UInt32) if len(at) and at.max() < 2**32 - 1 else pl.Series([None] * len(at))
    )
    return frame(columns | read | {MARK: mark, FLAGS: flags, ROW: numbers}, [d.id for d in dimensions])


def _kind(value: object) -> str:
    return "a truth value" if isinstance(value, bool) else "a list or an object"


def _product(dimensions: Sequence[Dimension]) -> str:
    """Sizes in words."""
    return " × ".join(str(len(d.codes)) for d in dimensions)


def _units(described: Mapping[str, Mapping[str, object]], cells: pl.DataFrame) -> list[pl.Series]:
    """Unit, decimals and multiplier of each cell, where a category has them."""
    found: dict[str, pl.Series] = {}
    for name, content in described.items():
        category = members(content.get("category"), name)
        unit = category.get("unit")
        for kind, said in (_said(unit) if isinstance(unit, dict) else {}).items():
            column = cells[name].replace_strict(said, default=None, return_dtype=pl.String).alias(f"@{kind}")
            found[kind] = (
                column if kind not in found else found[kind].zip_with(found[kind].is_not_null(), column)
            )
    return list(found.values())


def _said(units: Mapping[str, object]) -> dict[str, dict[str, str]]:
    """What units say, by kind and code."""
    out: dict[str, dict[str, str]] = {}
    for code, unit in units.items():
        content = unit if isinstance(unit, dict) else {"label": unit}
        label = next((scalar(content.get(w)) for w in UNIT_WORDS if scalar(content.get(w))), None)
        for kind, text in (("unit", label), ("decimals", scalar(content.get("decimals"))),
                           ("multiplier", scalar(content.get("multiplier")))):  # fmt: skip
            if text:
                out.setdefault(kind, {})[code] = text
    return out


def _attributes(dataset: Mapping[str, object]) -> dict[str, str]:
    """What holds for the data set, and what its extension says in single words."""
    out = {k: t for k in ("source", "updated", "href", "version") if (t := scalar(dataset.get(k)))}
    stack: list[tuple[str, object]] = [("extension", dataset.get("extension"))]
    while stack:
        name, value = stack.pop()
        if isinstance(value, dict):
            stack.extend((f"{name}.{k}", v) for k, v in reversed(value.items()))
        elif scalar(value):
            out[name] = scalar(value) or ""
    return out


def _notes(content: Mapping[str, object], about: str) -> list[str]:
    """Notes of a data set or a dimension."""
    note = content.get("note")
    said = [note] if isinstance(note, str) else note if isinstance(note, list) else []
    return [about + t for v in said if (t := scalar(v))]


def _category_notes(name: str, content: Mapping[str, object]) -> list[str]:
    """Notes of categories."""
    notes = members(content.get("category"), name).get("note")
    if not isinstance(notes, dict):
        return []
    return [f"({name}, {code}) {t}" for code, said in notes.items() for t in _notes({"note": said}, "")]


def _hierarchy(name: str, content: Mapping[str, object]) -> dict[str, str]:
    """Which categories lie under which."""
    child = members(content.get("category"), name).get("child")
    if not isinstance(child, dict):
        return {}
    lines = [f"{code}: {', '.join(texts(under, f'{name}.category.child'))}" for code, under in child.items()]
    return {f"child({name})": "; ".join(lines)}
