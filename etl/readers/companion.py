"""The structure of SDMX data where it lies in a file beside them: its names joined to the tables."""

import mmap
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from etl.readers import sdmx_definition_json, sdmx_definition_ml
from etl.readers.cells import ATTRIBUTE, BadFile, Dimension, Publication, Table
from etl.readers.recognise import recognise
from etl.readers.sdmx_definition import Definition, definitions_in, only
from etl.readers.unpack import unpacked

FORMATS = ("sdmx-ml-2", "sdmx-ml-3", "sdmx-json", "sdmx-csv")
"""How the names of formats of SDMX data begin."""
BEGIN = 1 << 14
ROOT = re.compile(rb"<(?:\w+:)?Structure\b")
MOST_WORDS = 2000
"""Names of codes of attributes that are kept with a table."""
SHOWN = 8
OWN_ATTRIBUTES = ("ACTION", "ANNOTATION")
"""Attributes that messages have and no structure lists."""


@dataclass(frozen=True)
class Companion:
    """Structures for the data of a file.

    Attributes:
        definitions: those there are.
        asked: whether a person named them; then data that they are not of are a fault.
        files: files of the archive that they come from.
    """

    definitions: Sequence[Definition] = ()
    asked: bool = False
    files: frozenset[Path] = frozenset()


NONE = Companion()
JOINED = BadFile("", "the structure of the data beside it", "data", "Its names are joined to them.")
WRITTEN = ("csv", "tsv", "xlsx", "xlsm", "xls", "ods")
"""Formats in which a number may stand as a text, with a sign that only people can explain."""
DESCRIBED = ("sdmx-ml-2.1-specific", "sdmx-ml-3", "sdmx-csv")
"""Formats that do not say themselves which components are dimensions."""


def told(companion: Companion, format: str, decimal: str | None = None) -> dict[str, Any]:
    """What a reader of a format is told: the decimal sign, the structure; nothing where its data say it."""
    if decimal and format in WRITTEN:
        return {"decimal": decimal}
    if not companion.definitions or not format.startswith(DESCRIBED):
        return {}
    return {"definitions": companion.definitions}


def of_file(path: Path, language: str = "en") -> Companion:
    """The structures of a file that a person named; of an archive, those of all its files.

    Raises:
        BadFile: no file, no structure message, or one without a data structure.
    """
    if not path.is_file():
        raise BadFile(path.name, "no such file", "an SDMX structure message", "Check its name.")
    held: list[Definition] = []
    with unpacked(path) as files:
        for file in files:
            if is_structure(file):
                held += _definitions(file, language)
    if not held:
        fix = "Ask the publisher for the structure with references=all or children."
        raise BadFile(path.name, "no data structure in it", "an SDMX structure message with one", fix)
    return Companion(held, asked=True)


def in_archive(files: Sequence[Path], language: str = "en") -> Companion:
    """The structures that lie in an archive together with data of SDMX; none of any other archive.

    A structure message that is broken has none: what it is said to be is left to its own reader.
    """
    marked = [file for file in files if is_structure(file)]
    if not marked or not any(_is_data(file) for file in files if file not in marked):
        return Companion()
    held = dict[Path, list[Definition]]()
    for file in marked:
        with suppress(BadFile):
            held[file] = _definitions(file, language)
    return Companion([d for each in held.values() for d in each], files=frozenset(f for f in held if held[f]))


def is_structure(path: Path) -> bool:
    """Whether a file is a structure message, told from its root or, of JSON, from the names in it."""
    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as raw:
        begin = raw[:BEGIN].lstrip(b"\xef\xbb\xbf \t\r\n")
        if begin.startswith(b"{"):
            return raw.find(b'"dataStructures"') >= 0 and raw.find(b'"dataSets"') < 0
        return begin.startswith(b"<") and ROOT.search(begin) is not None and _is(path, "sdmx-ml-structure")


def _is(path: Path, format: str) -> bool:
    try:
        return recognise(path).startswith(format)
    except BadFile:
        return False


def _is_data(path: Path) -> bool:
    return any(_is(path, format) for format in FORMATS)


def _definitions(path: Path, language: str) -> list[Definition]:
    with path.open("rb") as file:
        begin = file.read(BEGIN).lstrip(b"\xef\xbb\xbf \t\r\n")
    reader = sdmx_definition_json if begin.startswith(b"{") else sdmx_definition_ml
    return definitions_in(reader.found_in(path), language)


def joined(made: Publication, companion: Companion) -> Publication:
    """Data with the names of their structure; what the data name themselves stays.

    Raises:
        BadFile: a structure that a person named is not of these data.
    """
    if not companion.definitions:
        return made
    if not made.format.startswith(FORMATS):
        if not companion.asked:
            return made
        raise BadFile(
            "", f"a file of {made.format}", "SDMX data, where a structure is named", "Leave it out."
        )
    tables, remarks = [], list(made.remarks)
    for table in made.tables:
        fitting = [d for d in companion.definitions if _is_of(table, d, made.format)]
        definition = only(fitting, table.name)
        if definition is None:
            wrong = _not_of(table, companion.definitions, fitting)
            if companion.asked:
                raise wrong
            remarks.append(f"{wrong.place}: names of the structure beside it are not joined: {wrong.seen}")
            tables.append(table)
            continue
        tables.append(_labelled(table, definition))
        remarks += [_said(table, definition), *_unknown(table, definition)]
    return replace(made, tables=tables, remarks=remarks)


def _said(table: Table, definition: Definition) -> str:
    said = f"{table.name}: names of the structure {definition.name}"
    if definition.is_named(table.name):
        return said
    return f"{said}; its dimensions are those of the data, though the data do not refer to it"


def _keys(table: Table, definition: Definition) -> set[str]:
    """Dimensions of a table, without one that only tells its measures apart."""
    return {d.id for d in table.dimensions if d.role != "measure" or d.id in definition.dimensions}


def _is_of(table: Table, definition: Definition, format: str) -> bool:
    """Whether data have the dimensions of a structure.

    Where a format does not tell dimensions from attributes, an attribute that the structure does not know
    may be a dimension of another structure.
    """
    if set(definition.dimensions) != _keys(table, definition):
        return False
    known = {*definition.attributes, *definition.measures, *OWN_ATTRIBUTES}
    return not format.startswith(DESCRIBED) or known >= set(_attributes(table))


def _attributes(table: Table) -> list[str]:
    return [c.removeprefix(ATTRIBUTE) for c in table.cells.columns if c.startswith(ATTRIBUTE)]


def _not_of(table: Table, definitions: Sequence[Definition], fitting: Sequence[Definition]) -> BadFile:
    known = "; ".join(f"{d.name}: {', '.join(d.dimensions)}" for d in (fitting or definitions)[:SHOWN])
    if fitting:
        seen = f"the structures {', '.join(d.name for d in fitting[:SHOWN])} fit alike"
        return BadFile(table.name, seen, "one structure of these data", "Name a file with that one alone.")
    beside = _attributes(table)
    seen = f"the dimensions {', '.join(d.id for d in table.dimensions)}"
    seen += f" and the attributes {', '.join(beside)}" if beside else ""
    return BadFile(table.name, seen, f"those of the structure ({known})", "Name the structure of these data.")


def _labelled(table: Table, definition: Definition) -> Table:
    dimensions = [_described(d, definition) for d in table.dimensions]
    return replace(
        table, dimensions=dimensions, attributes=_words(table, definition) | dict(table.attributes)
    )


def _described(dimension: Dimension, definition: Definition) -> Dimension:
    part = definition.dimensions.get(dimension.id)
    if part is None:
        names = {c: said or _measure(definition, c) for c, said in dimension.codes.items()}
        return replace(dimension, codes=names)
    listed = part.codes or {}
    role = dimension.role or ("time" if dimension.id == definition.time else None)
    codes = {code: said or listed.get(code) for code, said in dimension.codes.items()}
    return replace(dimension, label=dimension.label or part.label, codes=codes, role=role)


def _measure(definition: Definition, code: str) -> str | None:
    part = definition.measures.get(code)
    return part.label if part else None


def _words(table: Table, definition: Definition) -> dict[str, str]:
    """What codes of attributes mean: "UNIT=KM2" → "Square kilometres"; of codes that are in the table."""
    out: dict[str, str] = {}
    for ident, part in definition.attributes.items():
        column = ATTRIBUTE + ident
        held = table.cells[column].drop_nulls().unique().sort() if column in table.cells.columns else ()
        lone = table.attributes.get(ident)
        for code in (*held, *([lone] if lone else [])):
            name = (part.codes or {}).get(code)
            if name and name != code and len(out) < MOST_WORDS:
                out[f"{ident}={code}"] = name
    return out


def _unknown(table: Table, definition: Definition) -> list[str]:
    """Codes of the data that their code list lacks: they stay without a name."""
    out = []
    for dimension in table.dimensions:
        listed: Mapping[str, str | None] | None = getattr(
            definition.dimensions.get(dimension.id), "codes", None
        )
        lacking = [c for c in dimension.codes if c not in listed] if listed is not None else []
        if lacking:
            more = f" and {len(lacking) - SHOWN} more" if len(lacking) > SHOWN else ""
            out.append(
                f"{table.name}: {dimension.id}: not in its code list: {', '.join(lacking[:SHOWN])}{more}"
            )
    return out
