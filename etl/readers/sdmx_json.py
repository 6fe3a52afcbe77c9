"""SDMX-JSON data: 1.0 in its older and newer layout, and 2.x; by series or flat.

Keys are positions in the lists of the structure. No client reads data of 2.x, and sdmx1 and pysdmx read
but one layout of 1.0, so this is read by hand; one walk serves every layout.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from etl.readers.cells import ATTRIBUTE, FLAGS, ROW, BadFile, Dimension, Publication, Table, frame
from etl.readers.figures import flags_of, read_numbers, sound_names, with_groups
from etl.readers.json_text import AGAIN, Numeral, items, load, members, scalar
from etl.readers.keys import refuse_twice
from etl.readers.sdmx_json_structure import Component, Structure, structure

ANNOTATION = "@ANNOTATION"
MEASURE = "MEASURE"
"""Name of the dimension that tells measures apart where there are several."""


@dataclass
class Walk:
    """Observations of a data set as they are met.

    Attributes:
        keys: positions for each dimension of the data set, by its name.
        values: a list of texts per measure.
        attributes: a list of texts per attribute of series or observation, by "@NAME".
        groups: rows of attributes of partial keys.
        odd: what contradicts the structure without touching a key or a value, and how often.
    """

    keys: dict[str, list[int]]
    values: list[list[str | None]]
    attributes: dict[str, list[str | None]]
    groups: list[dict[str, str | None]] = field(default_factory=list)
    odd: Counter[str] = field(default_factory=Counter)


def read(path: Path, format: str) -> Publication:
    """A data message as a table per data set.

    Args:
        path: the file, unpacked.
        format: "sdmx-json-1.0" or "sdmx-json-2.0".

    Raises:
        BadFile: no data set, a position outside its list, a key twice.
    """
    document, encoding, remarks = load(path)
    root = members(document, "the document")
    data = members(root.get("data") or root, "data")
    remarks += [f"the publisher says: {e}" for e in _errors(root)]
    datasets = items(data.get("dataSets"), "dataSets")
    if not datasets:
        held = [f"{k} ({len(v)})" for k, v in data.items() if isinstance(v, list) and v]
        said = "; ".join(_errors(root)) or (
            "it describes " + ", ".join(held) if held else "nothing else in it"
        )
        raise BadFile(
            "", f"a message without data sets: {said}", "dataSets", "Ask the publisher for the data of it."
        )
    structures = items(data.get("structures"), "structures") or [
        data.get("structure") or root.get("structure")
    ]
    language = _language(root)
    tables = []
    for number, value in enumerate(datasets):
        place = f"dataSets[{number}]"
        dataset = members(value, place)
        index = _position(dataset.get("structure", "0"), len(structures), f"{place}.structure")
        described = structure(members(structures[index], "structure"), language)
        name = (described.name or path.stem) + (f" {number + 1}" if len(datasets) > 1 else "")
        tables.append(_table(dataset, described, name, _header(root), remarks))
    return Publication(path, format, encoding, tables, remarks)


def _errors(root: Mapping[str, object]) -> list[str]:
    """Errors that the service sent along."""
    errors = root.get("errors")
    listed = errors if isinstance(errors, list) else []
    return [
        f"{scalar(e.get('code')) or ''} {scalar(e.get('title')) or scalar(e.get('message')) or ''}".strip()
        for e in listed
        if isinstance(e, dict)
    ] + [e for e in listed if isinstance(e, str)]


def _language(root: Mapping[str, object]) -> str:
    """The main language of a message, "" where it names none."""
    meta = root.get("meta")
    listed = (
        (meta.get("contentLanguages") or meta.get("content-languages")) if isinstance(meta, dict) else None
    )
    return scalar(listed[0]) or "" if isinstance(listed, list) and listed else ""


def _header(root: Mapping[str, object]) -> dict[str, str]:
    """Source and date from the header of 1.0 or the meta of later layouts."""
    head = members(root.get("meta") or root.get("header") or {}, "header")
    sender = head.get("sender")
    source = (scalar(sender.get("name")) or scalar(sender.get("id"))) if isinstance(sender, dict) else None
    pairs = {"source": source, "updated": scalar(head.get("prepared")), "id": scalar(head.get("id"))}
    return {k: v for k, v in pairs.items() if v}


def _position(value: object, length: int, place: str) -> int:
    """A position in a list.

    Raises:
        BadFile: no whole number, or outside of it.
    """
    text = value if isinstance(value, str) else ""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) < length):
        raise BadFile(place, f"the position {scalar(value) or 'null'!s:.40}", f"0 to {length - 1}", AGAIN)
    return int(text)


def _table(
    dataset: Mapping[str, object],
    described: Structure,
    name: str,
    header: Mapping[str, str],
    remarks: list[str],
) -> Table:
    """A data set as a table."""
    place = name
    dimensions = described.dimensions()
    sound_names([d.id for d in dimensions] + [MEASURE] * (len(described.measures) > 1), place)
    walk = _walk(dataset, described, place)
    cells = _cells(walk, described, place, remarks)
    codes = [Dimension(d.id, d.label, d.codes(), d.role) for d in dimensions]
    if len(described.measures) > 1:
        codes.append(Dimension(MEASURE, None, dict(described.measures), "measure"))
    attributes = dict(header) | _of_dataset(dataset, described, place, walk.odd) | described.words
    action = scalar(dataset.get("action"))
    if action == "Delete":
        remarks.append(f"{place}: its action is Delete: the observations are to be removed, not added")
    remarks.extend(f"{place}: {n} {odd}" for odd, n in walk.odd.items())
    attributes |= {k: t for k in ("action", "validFrom", "validTo") if (t := scalar(dataset.get(k)))}
    if cells["_text"].count():
        refuse_twice(cells, [d.id for d in codes], place)
    else:
        remarks.append(f"{place}: no observation has a value")
    return Table(name, described.title, codes, cells, attributes, [n for n in described.annotations if n])


def _walk(dataset: Mapping[str, object], described: Structure, place: str) -> Walk:
    """Every observation of a data set, by series or flat."""
    dimensions = described.dimensions()
    walk = Walk(
        {d.id: [] for d in dimensions},
        [[] for _ in described.measures],
        {ATTRIBUTE + a.id: [] for a in described.series + described.observation},
    )
    if described.annotations:
        walk.attributes[ANNOTATION] = []
    _groups(dataset, described, walk, place)
    fixed = [(d.id, 0) for d in described.levels["dataSet"] if len(d.values) == 1]
    for key, content in members(dataset.get("series") or {}, f"{place}.series").items():
        at = f"{place}.series[{key}]"
        series = members(content, at)
        above = fixed + _key(key, described.levels["series"], at)
        said = _said(items(series.get("attributes"), at), described.series, described, walk.odd)
        for inner, observation in members(series.get("observations") or {}, at).items():
            below = _key(inner, described.levels["observation"], f"{at}[{inner}]")
            _observation(walk, described, [*above, *below], said, items(observation, at), f"{at}[{inner}]")
    for key, observation in members(dataset.get("observations") or {}, f"{place}.observations").items():
        at = f"{place}.observations[{key}]"
        _observation(walk, described, _flat(key, described, fixed, at), {}, items(observation, at), at)
    return walk


def _flat(key: str, described: Structure, fixed: list[tuple[str, int]], place: str) -> list[tuple[str, int]]:
    """Key of an observation without series: its own dimensions, or those of the series before them."""
    parts = key.count(":") + 1
    levels = described.levels
    for above in ([], levels["series"], levels["dataSet"] + levels["series"]):
        if parts == len(above) + len(levels["observation"]):
            found = _key(key, above + levels["observation"], place)
            return [f for f in fixed if f[0] not in dict(found)] + found
    raise BadFile(place, f"a key of {parts} parts", f"{len(described.dimensions())} dimensions", AGAIN)


def _key(key: str, dimensions: Sequence[Component], place: str) -> list[tuple[str, int]]:
    """Positions of a key, "0:3:1", each within its dimension."""
    parts = key.split(":") if key or dimensions else []
    if len(parts) != len(dimensions):
        raise BadFile(place, f"a key of {len(parts)} parts", f"one of {len(dimensions)}", AGAIN)
    return [(d.id, _position(p, len(d.values), place)) for d, p in zip(dimensions, parts, strict=True)]


def _observation(
    walk: Walk,
    described: Structure,
    key: Sequence[tuple[str, int]],
    said: Mapping[str, str | None],
    content: Sequence[object],
    place: str,
) -> None:
    """One observation: values of the measures, then its attributes."""
    given = dict(key)
    for name, positions in walk.keys.items():
        positions.append(given.get(name, -1))
    count = len(described.measures)
    for i, texts in enumerate(walk.values):
        value = content[i] if i < len(content) else None
        if isinstance(value, list | dict):
            raise BadFile(place, "a list or an object", "a number, a text or null", AGAIN)
        texts.append(scalar(value))
    own = dict(said) | _said(content[count:], described.observation, described, walk.odd)
    for name, column in walk.attributes.items():
        column.append(own.get(name))


def _said(
    values: Sequence[object], attributes: Sequence[Component], described: Structure, odd: "Counter[str]"
) -> dict[str, str | None]:
    """Attributes by "@NAME": a position in their list, or the text itself; then positions of annotations.

    Official samples point beside their lists. The number and its key are sound all the same, so such an
    attribute is left out and counted.
    """
    out: dict[str, str | None] = {}
    for attribute, value in zip(attributes, values, strict=False):
        if value is not None:
            try:
                out[ATTRIBUTE + attribute.id] = attribute.text(value)
            except IndexError:
                odd[f"values of {attribute.id} outside of its list, left out"] += 1
    notes = []
    for value in values[len(attributes) :]:
        at = int(value) if isinstance(value, Numeral) and value.isdigit() and len(value) < 9 else -1
        if 0 <= at < len(described.annotations):
            notes.append(described.annotations[at])
        elif value is not None:
            odd["values more than there are attributes, left out"] += 1
    return out | ({ANNOTATION: "; ".join(notes)} if notes else {})


def _groups(dataset: Mapping[str, object], described: Structure, walk: Walk, place: str) -> None:
    """Attributes of partial keys, "0::1:": empty parts stand for any value."""
    at = f"{place}.dimensionGroupAttributes"
    dimensions = described.dimensions()
    for key, values in members(dataset.get("dimensionGroupAttributes") or {}, at).items():
        parts = key.split(":")
        if len(parts) != len(dimensions):
            raise BadFile(f"{at}[{key}]", f"a key of {len(parts)} parts", f"one of {len(dimensions)}", AGAIN)
        codes = {
            d.id: d.values[_position(p, len(d.values), at)][0]
            for d, p in zip(dimensions, parts, strict=True)
            if p
        }
        walk.groups.append({**codes, **_said(items(values, at), described.group, described, walk.odd)})


def _cells(walk: Walk, described: Structure, place: str, remarks: list[str]) -> pl.DataFrame:
    """The shape of all readers; a row per observation and measure."""
    dimensions = described.dimensions()
    keys = {}
    for d in dimensions:
        at = pl.Series(np.array(walk.keys[d.id], dtype=np.int64))
        codes = pl.Series([v[0] for v in d.values], dtype=pl.String)
        keys[d.id] = (
            codes.gather(at.set(at < 0, None)) if len(codes) else at.cast(pl.String).set(at < 0, None)
        )
    attributes = {n: pl.Series(v, dtype=pl.String) for n, v in walk.attributes.items()}
    wide = pl.DataFrame(keys | attributes)
    names = sorted({n for g in walk.groups for n in g})
    groups = pl.DataFrame({n: pl.Series([g.get(n) for g in walk.groups], dtype=pl.String) for n in names})
    wide = with_groups(wide, [d.id for d in dimensions], groups, remarks)
    numbers = pl.Series(np.arange(1, wide.height + 1, dtype=np.uint32))
    several = len(described.measures) > 1
    parts = []
    for measure, texts in zip(described.measures, walk.values, strict=True):
        read = read_numbers(pl.Series(texts, dtype=pl.String))
        columns = {c: wide[c] for c in wide.columns} | read | {FLAGS: flags_of(wide), ROW: numbers}
        columns |= {MEASURE: pl.repeat(measure, wide.height, dtype=pl.String, eager=True)} if several else {}
        parts.append(frame(columns, [*(d.id for d in dimensions), *([MEASURE] if several else [])]))
    return pl.concat(parts)


def _of_dataset(
    dataset: Mapping[str, object], described: Structure, place: str, odd: "Counter[str]"
) -> dict[str, str]:
    """Attributes of the whole data set."""
    said = _said(items(dataset.get("attributes"), place), described.dataset, described, odd)
    return {name.removeprefix(ATTRIBUTE): text for name, text in said.items() if text}
