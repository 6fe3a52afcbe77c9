r"""Published files as they are: read by `etl/readers`, mapped to our codes by source.yaml alone.

A source without job.py has `published` in source.yaml, a list of entries; a file, and a table of it, may
serve several entries. `python -m etl add` writes entries; this is all that one may say:

files       which files of the vintage, "nama_*.tsv"
structure   the file of the vintage that holds the structure of SDMX data, for their names and dimensions
inside      which files of an archive; left out = all that are data
format      a format of readers/recognise.py; left out = recognised from the content
tables      which tables of a file, by name: one, a pattern "Table 1*", or a list; left out = all
where       dimension → codes that are taken; cells of other codes are left aside, and counted; or
            {table: …, during: …}, as below: the labels that a label table knows
without     dimension → codes that are left aside, or {table: …}
columns     our column → what it is made of:
              from         a dimension, "@ATTRIBUTE" of the cells or of the table, "_table" (its name),
                           "_title" or "_sheet"; "label of D" for the labels of a dimension whose codes
                           are places in the file; or a list of these, joined by a space: [Year, Quarter]
              pattern, as  a regular expression, and what is written of its groups: '^(\d+)' as 'KZ-\1';
                           left out = the label itself, and of a pattern its first group
              map          labels → our codes, or `aside` for labels that are left aside
              table        a label table of the source's folder instead, "region.csv"; with `during`, a
                           dimension of time, one whose rows hold for some years (label_tables.py)
              codes        or a code list of ours that holds the labels as codes already, with `by`
                           those of another of its columns: alpha2, m49, label_en
                           (none of these three: taken as it stands)
              year_begins  for period only: the month in which 2023/24 begins
              counts       for period only: what the number of 2023-1 is: quarter, half or month
              dates        for period only: what a date such as 2024-01-01 stands for, of which it is the
                           first or the last: day, month, quarter, half or year
each        dimension → label → our columns, where one label says several things:
              {indicator: {"Theatres": {measure: institutions, unit_measure: INSTITUTION, unit_mult: 0}}},
              or `aside`; "_table" and the like serve as dimensions here too
set         our column → what holds for every cell, or where `each` is silent
expect      "@ATTRIBUTE", "_title" or "_table" → a pattern that it must fit, "*mln tenge*": where the unit was
            read from words, an edition in other words stops the build
marks       mark of a missing value → its meaning, as in amounts.py: {value: absent, obs_status: O, says: …},
            or `aside` where it states nothing; "" is the mark of an empty cell
flags       flag of a value → obs_status, conf_status, kind (forecast), says; and `absent`, the obs_status
            where the value is missing beside the flag, with `low` and `high` where that says as much.
            Flags that stand together may be explained together, "‡ n". Flags on a period, "2021 (p)",
            count as well
flags_from  the "@ATTRIBUTE" that holds the flags, where several have been read as one
decimal     point or comma: the decimal sign of numbers as text that leave it open, 1.234 and 12.500 alone
decimals    figures are rounded to so many: a workbook holds numbers to the last bit

Our columns: measure, ref_area, period, unit_measure and unit_mult (power of ten) must be said of every
cell; region, counterpart_area, sector, sex, base_per, kind and period_basis have defaults (reshape.py).
Periods may stand as their publisher prints them (printed_periods.py). A code `?` or `?KAZ` is a question
that nobody has settled: the build stops and names it. mapping_check.py looks at all this first.

Every cell that is taken becomes a figure or a fault.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import polars as pl

from etl.coded import CODE
from etl.draft import Draft
from etl.errors import Fault, Kind
from etl.readers.cells import (
    ACTION,
    COLUMN,
    FLAGS,
    MARK,
    REMOVE,
    ROW,
    SHEET,
    TEXT,
    VALUE,
    BadFile,
    Table,
    removes,
)
from etl.readers.companion import Companion, in_archive
from etl.readers.companion import of_file as of_file_named
from etl.readers.guard import SIGNS
from etl.readers.inspect import recognised
from etl.readers.parts import parts
from etl.readers.percents import SHOWN_AS, stored
from etl.readers.unpack import unpacked
from etl.source import Source, Vintage
from etl.steps import mapping
from etl.steps.amounts import NUMBER, read_amounts
from etl.steps.flagged import flagged
from etl.steps.mapping import Entry
from etl.steps.mapping_check import faults as mapping_faults
from etl.steps.periods import read_periods
from etl.steps.printed_periods import read_printed
from etl.steps.reshape import fill
from etl.steps.shown import STORED, refuse_fractions

CELL = ":cell"
"""The place of a cell in its table, while it is not known which entries take it."""
EMPTY = "(empty)"
"""An empty cell, while its meaning is looked up."""
ENOUGH = 100_000
"""Rows that go on together: few enough to fit, many enough to be worth the way."""


def entries(vintage: Vintage) -> list[Entry]:
    """The entries of a source whose files are read as they were published; none for others."""
    return list(vintage.source.facts.get("published", ()))


def received(vintage: Vintage, names: Iterable[str]) -> Iterator[Draft]:
    """The cells of all files, as they stand there; those that `where` leaves aside are counted.

    Yields:
        Drafts of some 100,000 rows with file, row, place, entry (number of the entry), value
        (machine-written text or the mark), flags, and the dimensions and attributes that the entry's
        columns name. A file that cannot be read is a draft without rows, with the fault.
    """
    if wrong := mapping_faults(vintage.source):
        yield Draft(pl.DataFrame(), vintage.where, tuple(wrong))
        return
    waiting: list[pl.DataFrame] = []
    aside = 0
    for name in names:
        try:
            for frame, left in _file(vintage, name):
                waiting.append(frame)
                aside += left
                if sum(part.height for part in waiting) >= ENOUGH:
                    yield Draft(_together(waiting), vintage.where, (), aside)
                    waiting, aside = [], 0
        except BadFile as bad:
            seen = f"{bad.place}: {bad.seen}" if bad.place else bad.seen
            fault = _unreadable(vintage, name, seen, f"expected {bad.expected}")
            yield Draft(pl.DataFrame(), vintage.where, (fault,))
    yield Draft(_together(waiting), vintage.where, (), aside)


def _together(frames: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(frames, how="diagonal") if len(frames) > 1 else frames[0] if frames else pl.DataFrame()


def _unreadable(vintage: Vintage, name: str, seen: str, expected: str) -> Fault:
    fix = (
        f"Compare it with the last edition; mend `published` in etl/sources/{vintage.source.id}/source.yaml."
    )
    return Fault(Kind.UNREADABLE, vintage.where, name, None, None, seen, expected, fix)


def _file(vintage: Vintage, name: str) -> Iterator[tuple[pl.DataFrame, int]]:
    """The cells of a file that its entries take, in parts, and how many are left aside."""
    if any(fnmatch(name, entry.get("structure", "")) for entry in entries(vintage)):
        return
    of_file = [(at, entry) for at, entry in enumerate(entries(vintage)) if fnmatch(name, entry["files"])]
    if not of_file:
        known = ", ".join(e["files"] for e in entries(vintage))
        raise BadFile("", "a file of no known kind", f"one of {known}", "Mend `files`.")
    together: dict[tuple[str | None, ...], list[tuple[int, Entry]]] = {}
    for at, entry in of_file:
        alike = (entry.get("inside", "*"), entry.get("format"), SIGNS.get(entry.get("decimal", "")))
        together.setdefault(alike, []).append((at, entry))
    with unpacked(vintage.path(name)) as files:
        packed = files != [vintage.path(name)]
        companion = _structure(vintage, [entry for _, entry in of_file]) or in_archive(files)
        for (inside, format, decimal), group in together.items():
            codes: dict[int, mapping.Codes] = {}
            for file, known in recognised(_inside(files, inside or "*") if packed else files, companion)[0]:
                made = parts(file, format or known, companion=companion, decimal=decimal)
                tables = (table for part in made for table in part.tables)
                member = file.name if packed else ""
                for frame, left in _taken(group, vintage.source, member, tables, codes):
                    yield frame.with_columns(pl.lit(name, CODE).alias("file")), left
            for at, entry in group:
                if gone := mapping.unknown_codes(codes.get(at, {}), entry):
                    said = f"no code {', '.join(gone[:12])}"
                    raise BadFile("", said, "the codes under `where`", "Mend `where`.")


def _structure(vintage: Vintage, of_file: Sequence[Entry]) -> Companion | None:
    """The structure that the entries of a file name; None where they name none."""
    wanted = next((entry["structure"] for entry in of_file if "structure" in entry), None)
    if wanted is None:
        return None
    name = next((name for name in vintage.listed if fnmatch(name, wanted)), None)
    if name is None:
        raise BadFile("", f"no file named {wanted}", "the structure of the data in the same vintage",
                      "Get it from where the data are from.")  # fmt: skip
    return of_file_named(vintage.path(name), str(vintage.receipt.get("language") or ""))


def _inside(files: Sequence[Path], pattern: str) -> list[Path]:
    """The files of an archive that are asked for."""
    wanted = [file for file in files if fnmatch(file.name, pattern)]
    if not wanted:
        there = ", ".join(file.name for file in files[:12])
        raise BadFile("", f"files {there}", f"one named {pattern}", "Mend `inside`.")
    return wanted


def _taken(
    group: list[tuple[int, Entry]],
    source: Source,
    member: str,
    tables: Iterable[Table],
    codes: dict[int, mapping.Codes],
) -> Iterator[tuple[pl.DataFrame, int]]:
    """What the entries of a group take of the tables of one file; cells that none takes are left aside.

    Each entry must find a table in each file: one of thirty may have lost its own.
    """
    names: list[str] = []
    found: set[int] = set()
    for table in tables:
        names.append(table.name)
        asking = [(at, entry) for at, entry in group if mapping.asks_for(entry, table.name)]
        served = pl.Series(CELL, [], pl.Int64)  # a cell that serves several entries is counted once
        for at, entry in asking:
            found.add(at)
            mapping.note_codes(codes.setdefault(at, {}), table)
            frame = _cells(member, table, entry, source)
            served = served.append(frame[CELL]) if len(asking) > 1 else frame[CELL]
            once = served.n_unique() if len(asking) > 1 else len(served)
            left = table.cells.height - once if at == asking[-1][0] else 0
            yield frame.drop(CELL).with_columns(pl.lit(at).alias("entry")), left
    for at, entry in group:
        if at not in found:
            asked, there = mapping.texts(entry.get("tables", "*")), ", ".join(dict.fromkeys(names[:12]))
            raise BadFile(member, f"tables {there}", f"one named {' or '.join(asked)}", "Mend `tables`.")


def _cells(member: str, table: Table, entry: Entry, source: Source) -> pl.DataFrame:
    """The cells of one table that `where` takes, with the columns that the entry uses."""
    if table.unsure and "decimal" not in entry:
        raise BadFile(f"table {table.name}", f"numbers like {table.unsure} alone",
                      "`decimal: point` or `decimal: comma` in `published`", "Say which it is.")  # fmt: skip
    if removes(table):
        raise BadFile(f"table {table.name}", "the action Delete", "observations to be added",
                      "Name the other tables under `tables`.")  # fmt: skip
    used = mapping.used(entry)
    cells = mapping.told(table, used)
    if gone := mapping.lacking(table, cells, used):
        raise BadFile(f"table {table.name}", gone, "the dimensions of the last edition", "Mend `columns`.")
    if odd := mapping.unexpected(cells, entry):
        raise BadFile(f"table {table.name}", odd, "what the last edition said", "Mend the unit and `expect`.")
    taken = mapping.taken(cells.with_columns(pl.int_range(pl.len()).alias(CELL)), entry, source)
    if ACTION in taken.columns and taken[ACTION].str.to_lowercase().is_in(REMOVE).any():
        seen, aside = "rows that are to be removed (ACTION is D)", "`without: {'@ACTION': [D]}`"
        raise BadFile(f"table {table.name}", seen, "observations to be added", f"Leave them aside: {aside}.")
    place = pl.concat_str(
        pl.lit(member or None, pl.String),
        pl.when(pl.col(SHEET).is_not_null()).then(pl.format("sheet {}", SHEET)),
        pl.when(pl.col(COLUMN).is_not_null()).then(pl.format("column {}", COLUMN)),
        separator=", ", ignore_nulls=True,
    )  # fmt: skip
    return taken.select(
        pl.col(ROW).cast(pl.Int64).alias("row"), pl.when(place != "").then(place).alias("place"),
        _printed(taken, entry.get("decimals")).alias("value"), CELL,
        *([stored().alias(STORED)] if SHOWN_AS in taken.columns else []),
        pl.col(entry.get("flags_from", FLAGS)).fill_null("").cast(CODE).alias("flags"),
        *(pl.col(name).cast(CODE).alias(f"{mapping.THEIRS}{name}") for name in used),
    )  # fmt: skip


def _printed(cells: pl.DataFrame, decimals: int | None) -> pl.Series:
    """Each number as a machine writes it, and the marks of cells that have none."""
    plain = cells.select(_as_machines_write()).to_series()
    if decimals is None and plain.all():
        return cells[TEXT]
    number = pl.col(VALUE).is_not_null()
    odd = cells.select(number & ~plain).to_series()
    values = cells.select(pl.when(number).then(TEXT).otherwise(pl.col(MARK).fill_null(""))).to_series()
    if odd.any():
        written = cells[VALUE].set(~odd, None).map_elements(_written, return_dtype=pl.String, skip_nulls=True)
        values = values.zip_with(~odd, written)
    if decimals is None:
        return values
    return cells.select(pl.when(number).then(mapping.rounded(values, decimals)).otherwise(values)).to_series()


def _as_machines_write() -> pl.Expr:
    """Whether a text is its number as a machine writes it; 1.200 may be a thousand and more."""
    plain = pl.col(TEXT).str.contains(f"^(?:{NUMBER.pattern})$")
    same = pl.col(TEXT).cast(pl.Float64, strict=False) == pl.col(VALUE)
    return (plain & same).fill_null(value=False)


def _written(value: float) -> str:
    """A number as a machine writes it, without an exponent: 1e-07 is 0.0000001."""
    return f"{value:.15f}".rstrip("0").rstrip(".") if "e" in repr(value) else repr(value).removesuffix(".0")


def normalise(printed: Draft, vintage: Vintage) -> Draft:
    """One observation a cell, in our codes."""
    used = printed.frame["entry"].unique().sort().to_list()
    if len(used) == 1:
        return _mapped(printed, entries(vintage)[used[0]], vintage)
    made = [
        _mapped(printed.to(printed.frame.filter(pl.col("entry") == at)), entries(vintage)[at], vintage)
        for at in used
    ]
    faults = [fault for part in made for fault in part.faults[len(printed.faults) :]]
    return printed.to(_together([part.frame for part in made])).noting(faults)


def _mapped(figures: Draft, entry: Entry, vintage: Vintage) -> Draft:
    for column, says in entry.get("columns", {}).items():
        figures = mapping.column(figures, column, says, vintage)
    fixed = [pl.lit(str(said), CODE).alias(column) for column, said in entry.get("set", {}).items()]
    figures = mapping.said_each(figures.to(figures.frame.with_columns(fixed)), entry)
    figures = refuse_fractions(figures)
    unread = pl.col("unit_mult").fill_null("0"), pl.col("period").fill_null("")
    figures = figures.to(figures.frame.with_columns(unread))
    period = entry.get("columns", {}).get("period", {})
    figures = read_printed(figures, "period", "flags", period.get("year_begins"), period.get("counts"),
                           period.get("dates"))  # fmt: skip
    figures = _amounts(figures, entry.get("marks", {}))
    figures = flagged(figures, entry.get("flags", {}), vintage)
    used = [c for c in figures.frame.columns if c.startswith((mapping.THEIRS, "_"))]
    figures = fill(read_periods(figures, "period"), vintage)
    return figures.to(figures.frame.drop(used))


def _amounts(figures: Draft, marks: Mapping[str, Any]) -> Draft:
    """The values. What `marks` says of an empty cell must not hold for a number without a mark."""
    empty = pl.col("value") == ""
    told = {mark: says for mark, says in marks.items() if says != mapping.ASIDE}
    named = figures.frame
    if named.select(empty.any()).item():
        named = named.with_columns(pl.when(empty).then(pl.lit(EMPTY)).otherwise("value").alias("value"))
    known = {**told, "": {"value": "required"}, **({EMPTY: told[""]} if "" in told else {})}
    made = read_amounts(figures.to(named), value="value", marks=known)
    if named is figures.frame:
        return made
    printed = pl.when(pl.col("reported_value") != EMPTY).then("reported_value")
    return made.to(made.frame.with_columns(printed.alias("reported_value")))
