r"""Published files as they are: read by `etl/readers`, mapped to our codes by source.yaml alone.

A source without job.py has `published` in source.yaml, a list of entries; a file, and a table of it, may
serve several entries. `python -m etl add` writes entries; this is all that one may say:

files       which files of the vintage, "nama_*.tsv"
inside      which files of an archive; left out = all that are data
format      a format of readers/recognise.py; left out = recognised from the content
tables      which tables of a file, by name: one, a pattern "Table 1*", or a list; left out = all
where       dimension → codes that are taken; cells of other codes are left aside, and counted
without     dimension → codes that are left aside
columns     our column → what it is made of:
              from         a dimension, "@ATTRIBUTE" of the cells or of the table, "_table" (its name),
                           "_title" or "_sheet"; or a list of these, joined by a space: [Year, Quarter]
              pattern, as  a regular expression, and what is written of its groups: '^(\d+)' as 'KZ-\1';
                           left out = the label itself, and of a pattern its first group
              map          labels → our codes, or `aside` for labels that are left aside
              table        a label table of the source's folder instead, "region.csv"
              codes        or a code list of ours that holds the labels as codes already
                           (none of these three: taken as it stands)
              year_begins  for period only: the month in which 2023/24 begins
each        dimension → label → our columns, where one label says several things:
              {indicator: {"Theatres": {measure: institutions, unit_measure: INSTITUTION, unit_mult: 0}}},
              or `aside`; "_table" and the like serve as dimensions here too
set         our column → what holds for every cell, or where `each` is silent
expect      "@ATTRIBUTE", "_title" or "_table" → a pattern that it must fit, "*mln tenge*": where the unit was
            read from words, an edition in other words stops the build
marks       mark of a missing value → its meaning, as in amounts.py: {value: absent, obs_status: O, says: …}
flags       flag of a value → obs_status, conf_status, kind (forecast), says; and `absent`, the obs_status
            where the value is missing beside the flag. Flags on a period, "2021 (p)", count as well
flags_from  the "@ATTRIBUTE" that holds the flags, where several have been read as one
decimals    figures are rounded to so many: a workbook holds numbers to the last bit

Our columns: measure, ref_area, period, unit_measure and unit_mult (power of ten) must be said of every
cell; region, counterpart_area, sector, sex, base_per, kind and period_basis have defaults (reshape.py).
Periods may stand as their publisher prints them (printed_periods.py). A code `?` or `?KAZ` is a question
that nobody has settled: the build stops and names it. mapping_check.py looks at all this first.

Every cell that is taken becomes a figure or a fault.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import polars as pl

from etl.draft import Draft
from etl.errors import Fault, Kind
from etl.readers.cells import COLUMN, FLAGS, MARK, ROW, SHEET, TEXT, VALUE, BadFile, Table
from etl.readers.inspect import read, recognised
from etl.readers.unpack import unpacked
from etl.source import Vintage
from etl.steps import mapping
from etl.steps.amounts import NUMBER, read_amounts
from etl.steps.mapping import Entry
from etl.steps.mapping_check import faults as mapping_faults
from etl.steps.periods import read_periods
from etl.steps.printed_periods import read_printed
from etl.steps.reshape import fill
from etl.steps.scale import to_base
from indicators.concepts.codelist import codelist
from indicators.concepts.observation import OBSERVED

EMPTY = "(empty)"
HALF = Decimal("0.5")


def entries(vintage: Vintage) -> list[Entry]:
    """The entries of a source whose files are read as they were published; none for others."""
    return list(vintage.source.facts.get("published", ()))


def received(vintage: Vintage, names: Iterable[str]) -> Draft:
    """The cells of all files, as they stand there; those that `where` leaves aside are counted.

    Returns:
        A draft with file, row, place, entry (number of the entry), value (machine-written text or the
        mark), flags, and the dimensions and attributes that the entry's columns name.
    """
    if wrong := mapping_faults(vintage.source):
        return Draft(pl.DataFrame(), vintage.where, tuple(wrong))
    frames, faults, aside = [], [], 0
    opened = _Opened()
    for name in names:
        of_file = [(i, e) for i, e in enumerate(entries(vintage)) if fnmatch(name, e["files"])]
        if not of_file:
            known = ", ".join(e["files"] for e in entries(vintage))
            faults.append(_unreadable(vintage, name, "a file of no known kind", f"expected one of {known}"))
        for number, entry in of_file:
            try:
                read_in, left = _file(opened, vintage.folder / name, name, entry, number)
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


class _Opened:
    """The tables of the file read last: several entries may take from one file."""

    def __init__(self) -> None:
        self.key: tuple[object, ...] = ()
        self.tables: list[Table] = []

    def of(self, path: Path, entry: Entry) -> list[Table]:
        key = (path, entry.get("inside"), entry.get("format"))
        if self.key != key:
            with unpacked(path) as files:
                inside = [f for f in files if fnmatch(f.name, entry.get("inside", "*"))] or files
                known, _ = recognised(inside)
                self.tables = [t for f, found in known for t in read(f, entry.get("format", found)).tables]
            self.key = key
        return self.tables


def _file(opened: _Opened, path: Path, name: str, entry: Entry, number: int) -> tuple[pl.DataFrame, int]:
    tables = opened.of(path, entry)
    asked = mapping.texts(entry.get("tables", "*"))
    wanted = [t for t in tables if any(t.name == a or fnmatch(t.name, a) for a in asked)]
    if not wanted:
        there = ", ".join(t.name for t in tables[:12])
        raise BadFile("", f"tables {there}", f"one named {' or '.join(asked)}", "Mend `tables`.")
    if gone := mapping.unknown_codes(wanted, entry):
        raise BadFile("", f"no code {', '.join(gone[:12])}", "the codes under `where`", "Mend `where`.")
    parts = [_cells(table, entry) for table in wanted]
    frame = pl.concat([part for part, _ in parts], how="diagonal")
    named = frame.with_columns(pl.lit(name).alias("file"), pl.lit(number).alias("entry"))
    return named, sum(left for _, left in parts)


def _cells(table: Table, entry: Entry) -> tuple[pl.DataFrame, int]:
    """The cells of one table that `where` takes, with the columns that the entry uses."""
    used = mapping.used(entry)
    cells = mapping.told(table, used)
    if gone := mapping.lacking(table, cells, used):
        raise BadFile(f"table {table.name}", gone, "the dimensions of the last edition", "Mend `columns`.")
    if odd := mapping.unexpected(cells, entry):
        raise BadFile(f"table {table.name}", odd, "what the last edition said", "Mend the unit and `expect`.")
    taken = mapping.taken(cells, entry)
    plain = pl.col(TEXT).str.contains(f"^(?:{NUMBER.pattern})$")
    number = pl.when(plain).then(TEXT).otherwise(pl.col(VALUE).map_elements(_written, return_dtype=pl.String))
    if "decimals" in entry:
        number = mapping.rounded(number, entry["decimals"])
    place = pl.concat_str(
        pl.when(pl.col(SHEET).is_not_null()).then(pl.format("sheet {}", SHEET)),
        pl.when(pl.col(COLUMN).is_not_null()).then(pl.format("column {}", COLUMN)),
        separator=", ", ignore_nulls=True,
    )  # fmt: skip
    return taken.select(
        pl.col(ROW).cast(pl.Int64).alias("row"), pl.when(place != "").then(place).alias("place"),
        pl.when(pl.col(VALUE).is_null()).then(pl.col(MARK).fill_null("")).otherwise(number).alias("value"),
        pl.col(entry.get("flags_from", FLAGS)).fill_null("").alias("flags"),
        *(pl.col(name).alias(f"{mapping.THEIRS}{name}") for name in used),
    ), cells.height - taken.height  # fmt: skip


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
    for column, says in entry.get("columns", {}).items():
        figures = mapping.column(figures, column, says, vintage)
    fixed = [pl.lit(str(said)).alias(column) for column, said in entry.get("set", {}).items()]
    figures = mapping.said_each(figures.to(figures.frame.with_columns(fixed)), entry)
    unread = pl.col("unit_mult").fill_null("0"), pl.col("period").fill_null("")
    figures = figures.to(figures.frame.with_columns(unread))
    begins = entry.get("columns", {}).get("period", {}).get("year_begins")
    figures = read_printed(figures, "period", "flags", begins)
    figures = _amounts(figures, entry.get("marks", {}))
    figures = _flagged(figures, entry.get("flags", {}), vintage)
    used = [c for c in figures.frame.columns if c.startswith((mapping.THEIRS, "_"))]
    figures = fill(read_periods(figures, "period"), vintage)
    return figures.to(figures.frame.drop(used))


def _amounts(figures: Draft, marks: Mapping[str, Any]) -> Draft:
    """The amounts; an empty cell has a mark of its own, for "" is what stands beside every number."""
    empty = marks.get("", {"value": "required"})
    told = {**marks, "": {"value": "required"}, EMPTY: empty}
    value = pl.when(pl.col("value") == "").then(pl.lit(EMPTY)).otherwise("value").alias("value")
    named = figures.to(figures.frame.with_columns(value)) if empty.get("value") == "absent" else figures
    read = read_amounts(named, value="value", marks=told)
    printed = pl.col("reported_value").replace(EMPTY, None)
    return read.to(read.frame.with_columns(printed))


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
    frame = (
        figures.frame
        if "kind" in figures.frame.columns
        else figures.frame.with_columns(kind=pl.lit(OBSERVED))
    )
    said = {to: _said(meanings, to) for to in ("obs_status", "conf_status", "obs_comment", "kind", "absent")}
    absent = {text: m for text, m in meanings.items() if m.get("obs_status") in _absences()}
    why = pl.coalesce(said["absent"], _said(absent, "obs_status"), "obs_status")
    status = pl.when(pl.col("obs_value").is_null()).then(why)
    changed = [pl.coalesce(said[to], to).alias(to) for to in ("conf_status", "obs_comment", "kind")]
    stands = status.otherwise(pl.coalesce(said["obs_status"], "obs_status")).alias("obs_status")
    return figures.to(_nil(frame.with_columns(*changed, stands))).noting(faults)


def _nil(frame: pl.DataFrame) -> pl.DataFrame:
    """A missing value that its flag calls nil lies between none and half of the unit it is printed in."""
    nil = (pl.col("obs_status") == "N") & pl.col("obs_value").is_null() & pl.col("obs_low").is_null()
    halves = {m: float(to_base(HALF, m)) for m in frame["reported_unit_mult"].unique().to_list()}
    half = pl.col("reported_unit_mult").replace_strict(halves, default=None, return_dtype=pl.Float64)
    low, high = pl.when(nil).then(0.0).otherwise("obs_low"), pl.when(nil).then(half).otherwise("obs_high")
    return frame.with_columns(low.alias("obs_low"), high.alias("obs_high"))


def _absences() -> list[str]:
    """Statuses that say why there is no value."""
    return [code for code, row in codelist("obs_status").rows.items() if row["absent"] or code == "N"]


def _said(meanings: Mapping[str, Mapping[str, str]], to: str) -> pl.Expr:
    """What the flags of each value say of one column; null where they say nothing of it."""
    told = {text: meaning[to] for text, meaning in meanings.items() if to in meaning}
    return pl.col("flags").replace_strict(told, default=None, return_dtype=pl.String)


def _meaning(text: str, known: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """All that the flags of one value say; where two speak of one status the first stands."""
    said: dict[str, str] = {}
    for flag in reversed(text.split()):
        said |= {"obs_comment" if k == "says" else k: v for k, v in known[flag].items()}
    return said
