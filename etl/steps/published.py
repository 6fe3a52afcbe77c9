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
marks      mark of a missing value → its meaning, as in amounts.py
flags      flag of a value → obs_status, conf_status, says

Every cell that is taken becomes a figure or a fault.
"""

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from typing import Any

import polars as pl

from etl.draft import Draft
from etl.errors import Fault, Kind
from etl.readers.cells import ATTRIBUTE, COLUMN, FLAGS, MARK, ROW, SHEET, TEXT, VALUE, BadFile, Table
from etl.readers.inspect import recognised
from etl.readers.parts import parts
from etl.readers.unpack import unpacked
from etl.source import Vintage
from etl.steps.amounts import NUMBER, read_amounts
from etl.steps.harmonise import to_codes
from etl.steps.periods import read_periods
from etl.steps.reshape import fill
from indicators.concepts.codelist import codelist

TABLE = "_table"
ENOUGH = 100_000
"""Rows that go on together: few enough to fit, many enough to be worth the way."""
Entry = Mapping[str, Any]


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
    """The cells of a file that its entry takes, in parts, and how many are left aside."""
    number = next((i for i, e in enumerate(entries(vintage)) if fnmatch(name, e["files"])), None)
    if number is None:
        known = ", ".join(e["files"] for e in entries(vintage))
        raise BadFile("", "a file of no known kind", f"one of {known}", "Mend `files`.")
    entry = entries(vintage)[number]
    pattern, others, found = entry.get("tables", "*"), list[str](), False
    with unpacked(vintage.path(name)) as files:
        inside = [f for f in files if fnmatch(f.name, entry.get("inside", "*"))] or files
        for file, format in recognised(inside)[0]:
            for table in (t for part in parts(file, entry.get("format", format)) for t in part.tables):
                if not fnmatch(table.name, pattern):
                    others.append(table.name)
                    continue
                found = True
                frame, left = _cells(table, entry)
                yield frame.with_columns(pl.lit(name).alias("file"), pl.lit(number).alias("entry")), left
    if not found:
        raise BadFile("", f"tables {', '.join(others[:12])}", f"one named {pattern}", "Mend `tables`.")


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
    place = pl.concat_str(
        pl.when(pl.col(SHEET).is_not_null()).then(pl.format("sheet {}", SHEET)),
        pl.when(pl.col(COLUMN).is_not_null()).then(pl.format("column {}", COLUMN)),
        separator=", ", ignore_nulls=True,
    )  # fmt: skip
    return taken.select(
        pl.col(ROW).cast(pl.Int64).alias("row"), pl.when(place != "").then(place).alias("place"),
        _printed(taken).alias("value"),
        pl.col(FLAGS).fill_null("").alias("flags"), *sorted(used),
    ), cells.height - taken.height  # fmt: skip


def _printed(cells: pl.DataFrame) -> pl.Series:
    """Each number as a machine writes it, and the marks of cells that have none."""
    plain = pl.col(TEXT).str.contains(f"^(?:{NUMBER.pattern})$").fill_null(value=False)
    odd = cells.select(VALUE, odd=pl.col(VALUE).is_not_null() & ~plain)
    text = pl.when(pl.col(VALUE).is_null()).then(pl.col(MARK).fill_null("")).otherwise(TEXT)
    values = cells.select(text).to_series()
    if not odd["odd"].any():
        return values
    written = odd.select(
        pl.when("odd").then(VALUE).map_elements(_written, return_dtype=pl.String, skip_nulls=True)
    )
    return values.zip_with(~odd["odd"], written.to_series())


def _texts(codes: Iterable[object]) -> list[str]:
    """Codes as texts: YAML reads 2023 as a number."""
    return [str(code) for code in codes]


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
    for column, says in entry["columns"].items():
        figures = _column(figures, column, says, vintage)
    fixed = [pl.lit(str(said)).alias(column) for column, said in entry.get("set", {}).items()]
    figures = figures.to(figures.frame.with_columns(fixed))
    marks = {"": {"value": "required"}, **entry.get("marks", {})}
    figures = read_amounts(figures, value="value", marks=marks)
    figures = _flagged(figures, entry.get("flags", {}), vintage)
    used = [c for c in figures.frame.columns if c.startswith((ATTRIBUTE, "_"))]
    figures = fill(read_periods(figures, "period"), vintage)
    return figures.to(figures.frame.drop(used))


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
    faults = _unknown_flags(figures, unknown, known, vintage) if unknown else []
    meanings = {text: _meaning(text, known) for text in seen if text not in unknown}
    said = {to for meaning in meanings.values() for to in meaning}
    changed = [
        pl.coalesce(
            pl.col("flags").replace_strict(
                {text: m.get(to) for text, m in meanings.items()}, default=None, return_dtype=pl.String
            ),
            to,
        ).alias(to)
        for to in ("obs_status", "conf_status", "obs_comment") if to in said
    ]  # fmt: skip
    return figures.to(figures.frame.with_columns(changed)).noting(faults)


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


def _meaning(text: str, known: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """All that the flags of one value say; where two speak of one status the first stands."""
    said: dict[str, str] = {}
    for flag in reversed(text.split()):
        said |= {"obs_comment" if k == "says" else k: v for k, v in known[flag].items()}
    return said
