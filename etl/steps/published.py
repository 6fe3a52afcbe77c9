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
              codes        or a code list of ours that holds the labels as codes already, with `by`
                           those of another of its columns: alpha2, m49, label_en
                           (none of these three: taken as it stands)
              year_begins  for period only: the month in which 2023/24 begins
each        dimension → label → our columns, where one label says several things:
              {indicator: {"Theatres": {measure: institutions, unit_measure: INSTITUTION, unit_mult: 0}}},
              or `aside`; "_table" and the like serve as dimensions here too
set         our column → what holds for every cell, or where `each` is silent
expect      "@ATTRIBUTE", "_title" or "_table" → a pattern that it must fit, "*mln tenge*": where the unit was
            read from words, an edition in other words stops the build
marks       mark of a missing value → its meaning, as in amounts.py: {value: absent, obs_status: O, says: …};
            "" is an empty cell
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

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from typing import Any

import polars as pl

from etl.draft import Draft
from etl.errors import Fault, Kind
from etl.readers.cells import COLUMN, FLAGS, MARK, ROW, SHEET, TEXT, VALUE, BadFile, Table
from etl.readers.inspect import recognised
from etl.readers.parts import parts
from etl.readers.unpack import unpacked
from etl.source import Vintage
from etl.steps import mapping
from etl.steps.amounts import NUMBER, read_amounts
from etl.steps.mapping import Entry
from etl.steps.mapping_check import faults as mapping_faults
from etl.steps.periods import read_periods
from etl.steps.printed_periods import read_printed
from etl.steps.reshape import fill
from indicators.concepts.codelist import codelist
from indicators.concepts.observation import OBSERVED

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
    of_file = [(at, entry) for at, entry in enumerate(entries(vintage)) if fnmatch(name, entry["files"])]
    if not of_file:
        known = ", ".join(e["files"] for e in entries(vintage))
        raise BadFile("", "a file of no known kind", f"one of {known}", "Mend `files`.")
    together: dict[tuple[str, str | None], list[tuple[int, Entry]]] = {}
    for at, entry in of_file:
        together.setdefault((entry.get("inside", "*"), entry.get("format")), []).append((at, entry))
    with unpacked(vintage.path(name)) as files:
        for (inside, format), group in together.items():
            chosen = [file for file in files if fnmatch(file.name, inside)] or files
            known_files = recognised(chosen)[0]
            tables = (
                t for file, found in known_files for p in parts(file, format or found) for t in p.tables
            )
            for frame, left in _taken(group, tables):
                yield frame.with_columns(pl.lit(name).alias("file")), left


def _taken(group: list[tuple[int, Entry]], tables: Iterable[Table]) -> Iterator[tuple[pl.DataFrame, int]]:
    """What the entries of a group take of each table; at the end, what they asked for and nothing had."""
    names: list[str] = []
    wanted: dict[int, mapping.Codes] = {}
    for table in tables:
        names.append(table.name)
        for at, entry in group:
            if mapping.asks_for(entry, table.name):
                mapping.note_codes(wanted.setdefault(at, {}), table)
                frame, left = _cells(table, entry)
                yield frame.with_columns(pl.lit(at).alias("entry")), left
    for at, entry in group:
        if at not in wanted:
            asked, there = mapping.texts(entry.get("tables", "*")), ", ".join(dict.fromkeys(names[:12]))
            raise BadFile("", f"tables {there}", f"one named {' or '.join(asked)}", "Mend `tables`.")
        if gone := mapping.unknown_codes(wanted[at], entry):
            raise BadFile("", f"no code {', '.join(gone[:12])}", "the codes under `where`", "Mend `where`.")


def _cells(table: Table, entry: Entry) -> tuple[pl.DataFrame, int]:
    """The cells of one table that `where` takes, with the columns that the entry uses."""
    used = mapping.used(entry)
    cells = mapping.told(table, used)
    if gone := mapping.lacking(table, cells, used):
        raise BadFile(f"table {table.name}", gone, "the dimensions of the last edition", "Mend `columns`.")
    if odd := mapping.unexpected(cells, entry):
        raise BadFile(f"table {table.name}", odd, "what the last edition said", "Mend the unit and `expect`.")
    taken = mapping.taken(cells, entry)
    place = pl.concat_str(
        pl.when(pl.col(SHEET).is_not_null()).then(pl.format("sheet {}", SHEET)),
        pl.when(pl.col(COLUMN).is_not_null()).then(pl.format("column {}", COLUMN)),
        separator=", ", ignore_nulls=True,
    )  # fmt: skip
    return taken.select(
        pl.col(ROW).cast(pl.Int64).alias("row"), pl.when(place != "").then(place).alias("place"),
        _printed(taken, entry.get("decimals")).alias("value"),
        pl.col(entry.get("flags_from", FLAGS)).fill_null("").alias("flags"),
        *(pl.col(name).alias(f"{mapping.THEIRS}{name}") for name in used),
    ), cells.height - taken.height  # fmt: skip


def _printed(cells: pl.DataFrame, decimals: int | None) -> pl.Series:
    """Each number as a machine writes it, and the marks of cells that have none."""
    number = pl.col(VALUE).is_not_null()
    plain = pl.col(TEXT).str.contains(f"^(?:{NUMBER.pattern})$").fill_null(value=False)
    odd = cells.select(number & ~plain).to_series()
    values = cells.select(pl.when(number).then(TEXT).otherwise(pl.col(MARK).fill_null(""))).to_series()
    if odd.any():
        written = cells[VALUE].set(~odd, None).map_elements(_written, return_dtype=pl.String, skip_nulls=True)
        values = values.zip_with(~odd, written)
    if decimals is None:
        return values
    return cells.select(pl.when(number).then(mapping.rounded(values, decimals)).otherwise(values)).to_series()


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
    """The values. What `marks` says of an empty cell must not hold for a number without a mark."""
    empty = pl.col("value") == ""
    named = figures.frame.with_columns(pl.when(empty).then(pl.lit(EMPTY)).otherwise("value").alias("value"))
    known = {**marks, "": {"value": "required"}, EMPTY: marks.get("", {"value": "required"})}
    made = read_amounts(figures.to(named), value="value", marks=known)
    printed = pl.when(pl.col("reported_value") != EMPTY).then("reported_value")
    return made.to(made.frame.with_columns(printed.alias("reported_value")))


def _flagged(figures: Draft, flags: Mapping[str, Any], vintage: Vintage) -> Draft:
    """What the flags of each value say of its status; an unknown flag is a fault."""
    frame = figures.frame
    if "kind" not in frame.columns:
        frame = frame.with_columns(kind=pl.lit(OBSERVED))
    known = {flag: dict(says) for flag, says in flags.items()}
    seen = frame["flags"].unique().sort().to_list()
    if seen == [""]:
        return figures.to(frame)
    unknown = [text for text in seen if any(flag not in known for flag in text.split())]
    faults = _unknown_flags(figures, unknown, known, vintage) if unknown else []
    meanings = {text: _meaning(text, known) for text in seen if text not in unknown}
    changed = [
        pl.coalesce(_said(meanings, to), to).alias(to)
        for to in ("conf_status", "obs_comment", "kind")
        if any(to in meaning for meaning in meanings.values())
    ]
    absent = {text: m for text, m in meanings.items() if m.get("obs_status") in _absences()}
    why = pl.coalesce(_said(meanings, "absent"), _said(absent, "obs_status"), "obs_status")
    stands = pl.coalesce(_said(meanings, "obs_status"), "obs_status")
    status = pl.when(pl.col("obs_value").is_null()).then(why).otherwise(stands).alias("obs_status")
    return figures.to(frame.with_columns(*changed, status)).noting(faults)


def _unknown_flags(
    figures: Draft, unknown: list[str], known: Mapping[str, Any], vintage: Vintage
) -> list[Fault]:
    bad = figures.frame.filter(pl.col("flags").is_in(unknown)).select("file", "row", "flags").to_dicts()
    fix = f"Explain the flag in etl/sources/{vintage.source.id}/source.yaml."
    expected = f"expected {', '.join(known) or 'none'}"
    return [
        figures.fault(Kind.UNKNOWN_LABEL, row, "flags", f"the flag {row['flags']!r}", expected, fix)
        for row in bad
    ]


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
