"""What a reader makes of a file: `python -m etl inspect FILE`. It writes nothing.

The reading itself is done by this module run as a process of its own (guard.py); it prints JSON, and
the command prints that, or a page of text made of it.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from importlib import import_module
from math import fsum
from pathlib import Path
from typing import Any

import polars as pl

from etl.readers.cells import (
    ATTRIBUTE,
    COLUMN,
    FLAGS,
    MARK,
    ROW,
    SHEET,
    TEXT,
    VALUE,
    BadFile,
    Publication,
    Table,
)
from etl.readers.recognise import NAMES, READERS, recognise
from etl.readers.unpack import unpacked

SHOWN = 12
"""Codes of a dimension that the page of text names."""
FEW = 40
"""Codes up to which an attribute of cells is listed."""
WIDTH = 160
"""Letters of an attribute or a note that the page of text shows."""
UNITS = ("unit", "units", "UNIT", "UNIT_MEASURE", "UNITS")


def read(path: Path, format: str | None = None) -> Publication:
    """The publication in an unpacked file.

    Raises:
        BadFile: it is of no known format, or not what its format asks for.
    """
    name = format or recognise(path)
    made: Publication = import_module(f"etl.readers.{READERS[name]}").read(path, name)
    return made


def inspected(path: Path, cells: int = 0, format: str | None = None) -> dict[str, Any]:
    """All that is shown of a file, as plain data.

    Returns:
        file, bytes, sha256, and `files`: for each file inside (one, where nothing is packed) its name,
        format, encoding, remarks and tables. A table has name, title, cells, numeric, missing (mark →
        cells), sum, min, max, dimensions (id, label, role, size, codes), units, flags (flag → cells),
        attributes (of the table), attributed (of cells → codes), notes, decimals and the first cells with
        key, value, text, mark, flags, attributes and place.
        `skipped` are files of an archive that are no data, with the reason.

    Raises:
        BadFile: as `read`, and what cannot be unpacked.
    """
    with path.open("rb") as file:
        digest = sha256()
        while piece := file.read(1 << 20):
            digest.update(piece)
    with unpacked(path) as files:
        known, skipped = recognised(files)
        parts = [_part(file, read(file, format or name), cells) for file, name in known]
    size = path.stat().st_size
    return {
        "file": path.name, "bytes": size, "sha256": digest.hexdigest(), "files": parts, "skipped": skipped,
    }  # fmt: skip


def recognised(files: Sequence[Path]) -> tuple[list[tuple[Path, str]], dict[str, str]]:
    """The files that a reader knows, with their formats, and the others by name, with the reason.

    An archive may hold descriptions beside its data; only where nothing is known is that a fault.

    Raises:
        BadFile: no reader knows any of them.
    """
    known, others = [], {}
    for file in files:
        try:
            known.append((file, recognise(file)))
        except BadFile as unknown:
            others[file.name] = unknown
    if not known:
        raise next(iter(others.values()))
    return known, {name: str(why) for name, why in others.items()}


def _part(path: Path, made: Publication, cells: int) -> dict[str, Any]:
    return {
        "name": path.name, "format": made.format, "format_name": NAMES.get(made.format, made.format),
        "encoding": made.encoding, "remarks": list(made.remarks),
        "tables": [_table(table, cells) for table in made.tables],
    }  # fmt: skip


def _table(table: Table, cells: int) -> dict[str, Any]:
    frame = table.cells
    values = frame[VALUE].drop_nulls()
    return {
        "name": table.name, "title": table.title, "cells": frame.height, "numeric": values.len(),
        "missing": _counted(frame.filter(pl.col(VALUE).is_null())[MARK].fill_null("")),
        "sum": fsum(values) if values.len() else None, "min": values.min(), "max": values.max(),
        "dimensions": [
            {"id": d.id, "label": d.label, "role": d.role, "size": len(d.codes), "codes": dict(d.codes)}
            for d in table.dimensions
        ],
        "units": _units(table), "flags": _counted(frame[FLAGS].drop_nulls()),
        "attributes": dict(table.attributes), "attributed": _attributed(frame), "notes": list(table.notes),
        "decimals": _decimals(frame),
        "first": list(_first(table, cells)),
    }  # fmt: skip


def _attributed(frame: pl.DataFrame) -> dict[str, list[str]]:
    """The codes of each attribute of cells that has few."""
    found = {
        c: frame[c].drop_nulls().unique().sort().to_list() for c in frame.columns if c.startswith(ATTRIBUTE)
    }
    return {c.removeprefix(ATTRIBUTE): codes for c, codes in found.items() if len(codes) <= FEW}


def _decimals(frame: pl.DataFrame) -> int:
    """The most digits behind the point that a number has, as it is kept."""
    digits = frame[VALUE].drop_nulls().unique().cast(pl.String).str.extract(r"\.(\d+)", 1).str.len_chars()
    most = digits.max()
    return most if isinstance(most, int) else 0


def _counted(marks: pl.Series) -> dict[str, int]:
    """Text → how often, the commonest first."""
    return dict(sorted(marks.value_counts().iter_rows(), key=lambda pair: (-pair[1], pair[0])))


def _units(table: Table) -> list[str]:
    """Every unit that the file names: of the table, of a dimension, of its cells."""
    said = [text for name, text in table.attributes.items() if name in UNITS]
    for dimension in table.dimensions:
        if dimension.role == "unit" or dimension.id.upper() in UNITS:
            said += [label or code for code, label in dimension.codes.items()]
    for column in table.cells.columns:
        if column.removeprefix(ATTRIBUTE) in UNITS and column.startswith(ATTRIBUTE):
            said += table.cells[column].drop_nulls().unique().sort().to_list()
    return list(dict.fromkeys(said))


def _first(table: Table, cells: int) -> Iterator[dict[str, Any]]:
    ids = [d.id for d in table.dimensions]
    attributes = [c for c in table.cells.columns if c.startswith(ATTRIBUTE)]
    for row in table.cells.head(cells).to_dicts():
        yield {
            "key": {i: row[i] for i in ids}, "value": row[VALUE], "text": row[TEXT], "mark": row[MARK],
            "flags": row[FLAGS],
            "attributes": {a.removeprefix(ATTRIBUTE): row[a] for a in attributes if row[a] is not None},
            "place": {"sheet": row[SHEET], "row": row[ROW], "column": row[COLUMN]},
        }  # fmt: skip


def page(found: Mapping[str, Any]) -> str:
    """What was found, for people."""
    lines = [f"{found['file']}: {found['bytes']:,} bytes, sha256 {found['sha256']}"]
    for part in found["files"]:
        encoding = f", {part['encoding']}" if part["encoding"] else ""
        lines.append(f"{part['name']}: {part['format_name']} ({part['format']}{encoding})")
        lines += [f"  remark: {remark}" for remark in part["remarks"]]
        for table in part["tables"]:
            lines += ["", *_lines(table)]
    lines += [f"\nnot read: {name}: {why}" for name, why in found["skipped"].items()]
    return "\n".join(lines)


def _lines(table: Mapping[str, Any]) -> Iterator[str]:
    title = f": {table['title']}" if table["title"] and table["title"] != table["name"] else ""
    yield f"  {table['name']}{title}"
    missing = sum(table["missing"].values())
    marks = ", ".join(f"{mark or 'empty'!r} {n:,}" for mark, n in table["missing"].items())
    yield f"    cells    {table['cells']:,}; numeric {table['numeric']:,}; missing {missing:,}" + (
        f" ({marks})" if marks else ""
    )
    if table["numeric"]:
        yield f"    values   sum {table['sum']:.10g}, min {table['min']:.10g}, max {table['max']:.10g}"
    if table["units"]:
        yield f"    units    {', '.join(table['units'][:SHOWN])}"
    if table["flags"]:
        yield "    flags    " + ", ".join(f"{flag} {n:,}" for flag, n in table["flags"].items())
    for dimension in table["dimensions"]:
        yield f"    {dimension['id']}{_named(dimension)}: {dimension['size']:,} codes; {_codes(dimension)}"
    told = {name: said for name, said in table["attributes"].items() if "[" not in name and "\n" not in said}
    for name, said in list(told.items())[:SHOWN]:
        yield f"    {name} = {said[:WIDTH]}"
    if len(table["attributes"]) > min(len(told), SHOWN):
        yield f"    {len(table['attributes']) - min(len(told), SHOWN)} more attributes: --json shows all"
    for note in table["notes"][:SHOWN]:
        yield f"    note     {' '.join(note.split())[:WIDTH]}"
    for cell in table["first"]:
        yield f"    {_cell(cell)}"


def _named(dimension: Mapping[str, Any]) -> str:
    said = [s for s in (dimension["label"], dimension["role"]) if s and s != dimension["id"]]
    return f" ({', '.join(said)})" if said else ""


def _codes(dimension: Mapping[str, Any]) -> str:
    shown = [f"{c} {label!r}" if label and label != c else c for c, label in dimension["codes"].items()]
    return ", ".join(shown[:SHOWN]) + (f" and {len(shown) - SHOWN:,} more" if len(shown) > SHOWN else "")


def _cell(cell: Mapping[str, Any]) -> str:
    key = ", ".join(f"{i}={code}" for i, code in cell["key"].items())
    value = f"{cell['value']:.12g}" if cell["value"] is not None else f"missing {cell['mark']!r}"
    flags = f" flags {cell['flags']}" if cell["flags"] else ""
    place = ", ".join(f"{name} {at}" for name, at in cell["place"].items() if at is not None)
    return f"{key} → {value}{flags} ({place or 'no place'})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was found of one file as JSON; {"bad": …} and 11 where it cannot be read."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--cells", type=int, default=0)
    words = parser.parse_args(arguments)
    try:
        found: dict[str, Any] = inspected(words.file, words.cells)
    except BadFile as bad:
        found = {"bad": {"place": bad.place, "seen": bad.seen, "expected": bad.expected, "fix": bad.fix}}
    except FileNotFoundError:
        found = {"bad": {"place": "", "seen": "no such file", "expected": "a file", "fix": "Check its name."}}
    sys.stdout.write(json.dumps(found, ensure_ascii=True, allow_nan=False))
    return 11 if "bad" in found else 0


if __name__ == "__main__":
    sys.exit(main())
