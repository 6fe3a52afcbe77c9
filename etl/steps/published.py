"""Published files as they are: read by `etl/readers`, mapped to our codes by source.yaml alone.

A source without job.py has `published` in source.yaml, a list of entries:

files      which files of the vintage, "nama_*.tsv"
inside     which files of an archive; left out = all that are data
format     a format of readers/recognise.py; left out = recognised from the content
tables     which tables of a file, by name, "Table 1*"; left out = all
where      dimension → codes that are taken; cells of other codes are left aside, and counted
without    dimension → codes that are left aside
columns    our column → {from: a dimension, "@ATTRIBUTE" or "_table"; and one of
           codes: a code list of ours that holds the codes themselves, with `by` those of
           another of its columns (alpha2, m49, label_en),
           table: a label table of the source's folder, map: the labels here,
           nothing of these: taken as it is}; `period` is what stands for the time
set        our column → what holds for every cell
marks      mark of a missing value → its meaning, as in amounts.py; "" is an empty cell
flags      flag of a value → obs_status, conf_status, says

Every cell that is taken becomes a figure or a fault.
"""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import polars as pl

from etl.draft import Draft
from etl.errors import Fault, Kind
from etl.readers.cells import ATTRIBUTE, COLUMN, FLAGS, MARK, ROW, SHEET, TEXT, VALUE, BadFile, Table
from etl.readers.inspect import read, recognised
from etl.readers.unpack import unpacked
from etl.source import Vintage
from etl.steps.amounts import NUMBER, read_amounts
from etl.steps.harmonise import to_codes
from etl.steps.periods import read_periods
from etl.steps.reshape import fill
from indicators.concepts.codelist import codelist

TABLE = "_table"
EMPTY = "(empty)"
"""An empty cell, while its meaning is looked up."""
Entry = Mapping[str, Any]


def entries(vintage: Vintage) -> list[Entry]:
    """The entries of a source whose files are read as they were published; none for others."""
    return list(vintage.source.facts.get("published", ()))


def received(vintage: Vintage, names: Iterable[str]) -> Draft:
    """The cells of all files, as they stand there; those that `where` leaves aside are counted.

    Returns:
        A draft with file, row, place, entry (number of the entry), value (machine-written text or the
        mark), flags, and the dimensions and attributes that the entry's columns name.
    """
    frames, faults, aside = [], [], 0
    for name in names:
        entry = next((i for i, e in enumerate(entries(vintage)) if fnmatch(name, e["files"])), None)
        if entry is None:
            known = ", ".join(e["files"] for e in entries(vintage))
            faults.append(_unreadable(vintage, name, "a file of no known kind", f"expected one of {known}"))
            continue
        try:
            read_in, left = _file(vintage.path(name), name, entries(vintage)[entry], entry)
        except BadFile as bad:
            seen = f"{bad.place}: {bad.seen}" if bad.place else bad.seen
            faults.append(_unreadable(vintage, name, seen, f"expected {bad.expected}"))
            continue
        frames.append(read_in)
        aside += left
    frame = pl.concat(frames, how="diagonal") if frames else pl.DataFrame()
    return Draft(frame, vintage.where, tuple(faults), aside)


def _unreadable(vintage: Vintage, name: str, seen: str, expected: str) -> Fault:
    fix = (
        f"Compare it with the last edition; mend `published` in etl/sources/{vintage.source.id}/source.yaml."
    )
    return Fault(Kind.UNREADABLE, vintage.where, name, None, None, seen, expected, fix)


def _file(path: Path, name: str, entry: Entry, number: int) -> tuple[pl.DataFrame, int]:
    with unpacked(path) as files:
        inside = [f for f in files if fnmatch(f.name, entry.get("inside", "*"))] or files
        known, _ = recognised(inside)
        tables = [t for f, found in known for t in read(f, entry.get("format", found)).tables]
    wanted = [t for t in tables if fnmatch(t.name, entry.get("tables", "*"))]
    if not wanted:
        there = ", ".join(t.name for t in tables[:12])
        raise BadFile("", f"tables {there}", f"one named {entry['tables']}", "Mend `tables`.")
    parts = [_cells(table, entry) for table in wanted]
    frame = pl.concat([part for part, _ in parts], how="diagonal")
    named = frame.with_columns(pl.lit(name).alias("file"), pl.lit(number).alias("entry"))
    return named, sum(left for _, left in parts)


def _cells(table: Table, entry: Entry) -> tuple[pl.DataFrame, int]:
    """The cells of one table that `where` takes, with the columns that the entry uses."""
    cells = table.cells.with_columns(pl.lit(table.name).alias(TABLE))
    named = {**entry.get("where", {}), **entry.get("without", {})}
    used = {str(c["from"]) for c in entry["columns"].values()} | set(named)
    lacking = sorted(used - set(cells.columns))
    if lacking:
        there = ", ".join(d.id for d in table.dimensions)
        raise BadFile(f"table {table.name}", f"no dimension {', '.join(lacking)}; there is {there}",
                      "the dimensions of the last edition", "Mend `columns`.")  # fmt: skip
    chosen = [pl.col(d).is_in(_texts(codes)) for d, codes in entry.get("where", {}).items()]
    chosen += [~pl.col(d).is_in(_texts(codes)) for d, codes in entry.get("without", {}).items()]
    taken = cells.filter(*chosen) if chosen else cells
    plain = pl.col(TEXT).str.contains(f"^(?:{NUMBER.pattern})$")
    number = pl.when(plain).then(TEXT).otherwise(pl.col(VALUE).map_elements(_written, return_dtype=pl.String))
    place = pl.concat_str(
        pl.when(pl.col(SHEET).is_not_null()).then(pl.format("sheet {}", SHEET)),
        pl.when(pl.col(COLUMN).is_not_null()).then(pl.format("column {}", COLUMN)),
        separator=", ", ignore_nulls=True,
    )  # fmt: skip
    return taken.select(
        pl.col(ROW).cast(pl.Int64).alias("row"), pl.when(place != "").then(place).alias("place"),
        pl.when(pl.col(VALUE).is_null()).then(pl.col(MARK).fill_null("")).otherwise(number).alias("value"),
        pl.col(FLAGS).fill_null("").alias("flags"), *sorted(used),
    ), cells.height - taken.height  # fmt: skip


def _texts(codes: Iterable[object]) -> list[str]:
    """Codes as texts: YAML reads 2023 as a number."""
    return [str(code) for code in codes]


def _written(value: float) -> str:
    """A number as a machine writes it, without an exponent: 1e-07 is 0.0000001."""
    return f"{value:.15f}".rstrip("0").rstrip(".") if "e" in repr(value) else repr(value).removesuffix(".0")


def normalise(printed: Draft, vintage: Vintage) -> Draft:
    """One observation a cell, in our codes."""
    parts = [
        _mapped(printed.to(printed.frame.filter(pl.col("entry") == i)), entry, vintage)
        for i, entry in enumerate(entries(vintage))
    ]
    frames = [part.frame for part in parts if part.frame.height]
    faults = [fault for part in parts for fault in part.faults[len(printed.faults) :]]
    return printed.to(pl.concat(frames, how="diagonal") if frames else pl.DataFrame()).noting(faults)


def _mapped(figures: Draft, entry: Entry, vintage: Vintage) -> Draft:
    if figures.frame.is_empty():
        return figures
    for column, says in entry["columns"].items():
        figures = _column(figures, column, says, vintage)
    fixed = [pl.lit(str(said)).alias(column) for column, said in entry.get("set", {}).items()]
    figures = figures.to(figures.frame.with_columns(fixed))
    figures = _amounts(figures, entry)
    figures = _flagged(figures, entry.get("flags", {}), vintage)
    used = [c for c in figures.frame.columns if c.startswith((ATTRIBUTE, "_"))]
    figures = fill(read_periods(figures, "period"), vintage)
    return figures.to(figures.frame.drop(used))


def _amounts(figures: Draft, entry: Entry) -> Draft:
    """The values. What `marks` says of an empty cell must not hold for a number without a mark."""
    empty = pl.col("value") == ""
    named = figures.frame.with_columns(pl.when(empty).then(pl.lit(EMPTY)).otherwise("value").alias("value"))
    said = {mark or EMPTY: meaning for mark, meaning in entry.get("marks", {}).items()}
    marks = {EMPTY: {"value": "required"}, **said, "": {"value": "required"}}
    read = read_amounts(figures.to(named), value="value", marks=marks)
    stood = pl.when(pl.col("reported_value") != EMPTY).then("reported_value").alias("reported_value")
    return read.to(read.frame.with_columns(stood))


def _column(figures: Draft, column: str, says: Mapping[str, Any], vintage: Vintage) -> Draft:
    origin = str(says["from"])
    if "codes" in says:
        rows, by = codelist(says["codes"]).rows, says.get("by")
        theirs = {str(row[by]) if by else code: code for code, row in rows.items()}
        return to_codes(figures, origin, column, theirs, f"indicators/codelists/{says['codes']}.csv")
    if "table" in says:
        name = str(says["table"]).removesuffix(".csv")
        return to_codes(figures, origin, column, vintage.source.table(name), f"{name}.csv")
    if "map" in says:
        labels = {str(k): str(v) for k, v in says["map"].items()}
        return to_codes(figures, origin, column, labels, "source.yaml")
    return figures.to(figures.frame.with_columns(pl.col(origin).alias(column)))


def _flagged(figures: Draft, flags: Mapping[str, Any], vintage: Vintage) -> Draft:
    """What the flags of each value say of its status; an unknown flag is a fault."""
    known = {flag: dict(says) for flag, says in flags.items()}
    seen = figures.frame["flags"].unique().sort().to_list()
    unknown = [text for text in seen if any(flag not in known for flag in text.split())]
    bad = figures.frame.filter(pl.col("flags").is_in(unknown)).select("file", "row", "flags").to_dicts()
    fix = f"Explain the flag in etl/sources/{vintage.source.id}/source.yaml."
    expected = f"expected {', '.join(known) or 'none'}"
    faults = [
        figures.fault(Kind.UNKNOWN_LABEL, r, "flags", f"the flag {r['flags']!r}", expected, fix) for r in bad
    ]
    meanings = {text: _meaning(text, known) for text in seen if text not in unknown}
    changed = [
        pl.coalesce(pl.col("flags").replace_strict({t: m.get(to) for t, m in meanings.items()}, default=None,
                                                   return_dtype=pl.String), to).alias(to)
        for to in ("obs_status", "conf_status", "obs_comment")
    ]  # fmt: skip
    return figures.to(figures.frame.with_columns(changed)).noting(faults)


def _meaning(text: str, known: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """All that the flags of one value say; where two speak of one status the first stands."""
    said: dict[str, str] = {}
    for flag in reversed(text.split()):
        said |= {"obs_comment" if k == "says" else k: v for k, v in known[flag].items()}
    return said
