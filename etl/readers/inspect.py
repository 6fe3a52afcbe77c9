"""What a reader makes of a file: `python -m etl inspect FILE`. It writes nothing.

The reading itself is done by this module run as a process of its own (guard.py); it prints JSON, and
the command prints that, or a page of text made of it.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from math import fsum
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any

import polars as pl

from etl.inputs import digest
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
    removes,
)
from etl.readers.companion import JOINED, NONE, Companion, in_archive, joined, of_file, told
from etl.readers.echoes import echoes, twins
from etl.readers.guard import allowed, confine
from etl.readers.percents import percents
from etl.readers.recognise import NAMES, READERS, recognise
from etl.readers.sheet_words import fold, words
from etl.readers.sound import refuse_unsound
from etl.readers.unpack import unpacked

SAID = 600
"""Letters of each part of a fault that are told."""
MOST_MARKS = 500
"""Marks and flags that are counted one by one."""
FEW = 40
"""Codes up to which an attribute of cells is listed."""
UNITS = ("unit", "units", "UNIT", "UNIT_MEASURE", "UNITS")


def read(
    path: Path, format: str | None = None, companion: Companion = NONE, decimal: str | None = None
) -> Publication:
    """The publication in an unpacked file.

    Args:
        path: the file.
        format: a format of recognise.READERS; None to recognise it.
        companion: structures beside it, whose names are joined to data of SDMX.
        decimal: "." or ",", for numbers as text that leave it open.

    Raises:
        BadFile: it is of no known format, or not what its format asks for.
    """
    name = format or recognise(path)
    made: Publication = import_module(f"etl.readers.{READERS[name]}").read(
        path, name, **told(companion, name, decimal)
    )
    made = joined(made, companion)
    for table in made.tables:
        refuse_unsound(table)
    return made


def inspected(
    path: Path,
    cells: int = 0,
    format: str | None = None,
    structure: Path | None = None,
    language: str = "en",
    most: int = 0,
    decimal: str | None = None,
) -> dict[str, Any]:
    """All that is shown of a file, as plain data.

    Args:
        path: the file.
        cells: how many of the first cells of each table are shown.
        format: a format of recognise.READERS; None to recognise it.
        structure: a file with the structure of SDMX data; None to look in the archive.
        language: of names that a structure has in several; where it lacks it, English.
        most: files of an archive that are read; of those after them only the format is found. 0 = all.
        decimal: "." or ",", for numbers as text that leave it open.

    Returns:
        file, bytes, sha256, and `files`: for each file inside (one, where nothing is packed) its name,
        format, encoding, remarks and tables. A table has name, title, cells, numeric, missing (mark →
        cells), sum, min, max, dimensions (id, label, role, size, codes), units, flags (flag → cells),
        attributes (of the table), attributed (of cells → codes), notes, decimals, unsure (a number whose
        sign nothing tells, or "") and the first cells with key, value, text, mark, flags, attributes
        and place.
        `skipped` are files of an archive that are no data, with the reason; `unread` are those beyond
        `most`, with name, format, format_name and bytes.

    Raises:
        BadFile: as `read`, and what cannot be unpacked.
    """
    digest, size = _digest(path)
    with unpacked(path) as files:
        parts, unread, others = list[dict[str, Any]](), list[dict[str, Any]](), dict[str, BadFile]()
        companion = of_file(structure, language) if structure else in_archive(files, language)
        for file in files:
            if file in companion.files:
                others[file.name] = JOINED
                continue
            try:
                name = format or recognise(file)
            except BadFile as unknown:
                others[file.name] = unknown
                continue
            if most and len(parts) >= most:
                unread.append(_unread(file, name))
                continue
            parts.append(_part(file, _of_archive(file, name, companion, decimal, len(files) > 1), cells))
        if not parts:
            raise next(iter(others.values()))
    return {
        "file": path.name, "bytes": size, "sha256": digest, "files": parts, "unread": unread,
        "skipped": {name: str(why) for name, why in others.items()},
    }  # fmt: skip


def _unread(path: Path, format: str) -> dict[str, Any]:
    named = {"format": format, "format_name": NAMES.get(format, format)}
    return {"name": path.name, **named, "bytes": path.stat().st_size}


def _of_archive(
    path: Path, format: str, companion: Companion, decimal: str | None, several: bool
) -> Publication:
    """As `read`; a fault in one file of several says in which."""
    try:
        return read(path, format, companion, decimal)
    except BadFile as bad:
        if not several:
            raise
        place = f"{path.name}, {bad.place}" if bad.place else path.name
        raise BadFile(place, bad.seen, bad.expected, bad.fix) from bad


def _digest(path: Path) -> tuple[str, int]:
    """SHA-256 and size of an ordinary file; a pipe or a device would never end.

    Raises:
        BadFile: it is no file, or larger than the memory that may be used.
    """
    about = path.stat()
    if any("\ud800" <= letter <= "\udfff" for letter in str(path)):
        raise BadFile("", "a name that is not written in UTF-8", "a name that every program can read",
                      "Rename the file or its folder.")  # fmt: skip
    if not S_ISREG(about.st_mode):
        kind = "a folder" if S_ISDIR(about.st_mode) else "a pipe, a device or a socket"
        raise BadFile("", kind, "an ordinary file", "Name one file; copy what comes from elsewhere first.")
    most = allowed()
    if most is not None and about.st_size > most << 20:
        raise BadFile("", f"a file of {about.st_size:,} bytes", f"at most {most} MB",
                      "Take a part of it, or allow more (--megabytes, --seconds).")  # fmt: skip
    return digest(path), about.st_size


def recognised(
    files: Sequence[Path], companion: Companion = NONE
) -> tuple[list[tuple[Path, str]], dict[str, str]]:
    """The files that a reader knows, with their formats, and the others by name, with the reason.

    Structures that are joined to the data beside them are neither.
    An archive may hold descriptions beside its data; only where nothing is known is that a fault.

    Raises:
        BadFile: no reader knows any of them.
    """
    known, others = [], {}
    for file in files:
        if file in companion.files:
            continue
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
        "units": _units(table), "units_of": _units_of(table), "echoes": echoes(table), "twins": twins(table),
        "percents": percents(table), "removes": removes(table), "flags": _counted(frame[FLAGS].drop_nulls()),
        "attributes": dict(table.attributes), "attributed": _attributed(frame), "bare": _bare(frame),
        "notes": list(table.notes),
        "decimals": _decimals(frame), "unsure": table.unsure,
        "first": list(_first(table, cells)),
    }  # fmt: skip


def _attributed(frame: pl.DataFrame) -> dict[str, list[str]]:
    """The codes of each attribute of cells that has few."""
    found = {
        c: frame[c].drop_nulls().unique().sort().to_list() for c in frame.columns if c.startswith(ATTRIBUTE)
    }
    return {c.removeprefix(ATTRIBUTE): codes for c, codes in found.items() if len(codes) <= FEW}


def _bare(frame: pl.DataFrame) -> list[str]:
    """The attributes that only some of the cells have."""
    named = (c for c in frame.columns if c.startswith(ATTRIBUTE))
    return [c.removeprefix(ATTRIBUTE) for c in named if 0 < frame[c].null_count() < frame.height]


def _decimals(frame: pl.DataFrame) -> int:
    """The most digits behind the point that a number has, as it is kept."""
    digits = frame[VALUE].drop_nulls().unique().cast(pl.String).str.extract(r"\.(\d+)", 1).str.len_chars()
    most = digits.max()
    return most if isinstance(most, int) else 0


def _counted(marks: pl.Series) -> dict[str, int]:
    """Text → how often, the commonest first."""
    counts = sorted(marks.value_counts().iter_rows(), key=lambda pair: (-pair[1], pair[0]))
    rest = sum(count for _, count in counts[MOST_MARKS:])
    return dict(counts[:MOST_MARKS]) | ({f"{len(counts) - MOST_MARKS:,} other texts": rest} if rest else {})


def _units(table: Table) -> list[str]:
    """Every unit that the file names: of the table, of a dimension, of its cells."""
    said = [
        text for name, text in table.attributes.items() if name in UNITS or fold(name) in words("unit_is")
    ]
    for dimension in table.dimensions:
        if dimension.role == "unit" or dimension.id.upper() in UNITS:
            said += [label or code for code, label in dimension.codes.items()]
    for column in table.cells.columns:
        if column.removeprefix(ATTRIBUTE) in UNITS and column.startswith(ATTRIBUTE):
            said += table.cells[column].drop_nulls().unique().sort().to_list()
    return list(dict.fromkeys(said))


def _units_of(table: Table) -> dict[str, dict[str, str | None]]:
    """Dimension → code → the unit that its cells have: of the first dimension whose codes tell it."""
    column = next((c for c in table.cells.columns if c in ("@unit", "@UNITS")), None)
    if column is None:
        return {}
    for dimension in sorted(table.dimensions, key=lambda d: d.role != "measure"):
        pairs = table.cells.select(dimension.id, column).unique()
        if pairs.height == len(dimension.codes) > 1:
            told = dict(pairs.iter_rows())
            return {dimension.id: {code: told.get(code) for code in dimension.codes}}
    return {}


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


def _bad(bad: BadFile) -> dict[str, Any]:
    """A fault as plain data, each text short enough to be read."""
    said = {"place": bad.place, "seen": bad.seen, "expected": bad.expected, "fix": bad.fix}
    return {"bad": {part: text if len(text) <= SAID else text[:SAID] + " …" for part, text in said.items()}}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was found of one file as JSON; {"bad": …} and 11 where it cannot be read."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--cells", type=int, default=0)
    parser.add_argument("--files", type=int, default=0)
    parser.add_argument("--structure", type=Path)
    parser.add_argument("--language", default="en")
    parser.add_argument("--decimal")
    words = parser.parse_args(arguments)
    confine()
    try:
        found: dict[str, Any] = inspected(
            words.file, words.cells, structure=words.structure, language=words.language, most=words.files,
            decimal=words.decimal,
        )  # fmt: skip
    except BadFile as bad:
        found = _bad(bad)
    except OSError as fault:
        seen = "no such file" if isinstance(fault, FileNotFoundError) else fault.strerror or str(fault)
        found = _bad(
            BadFile(
                "", seen[:1].lower() + seen[1:], "a file that can be opened", "Check its name and its rights."
            )
        )
    except RecursionError:
        found = _bad(
            BadFile(
                "", "parts nested without end", "at most some hundred levels", "Ask where the file is from."
            )
        )
    sys.stdout.write(json.dumps(found, ensure_ascii=True, allow_nan=False))
    return 11 if "bad" in found else 0


if __name__ == "__main__":
    sys.exit(main())
