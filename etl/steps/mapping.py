"""An entry of `published` applied: the cells it takes, and our columns made of their labels.

What an entry may say is described in `steps/published.py`; whether it is in order is seen by
`steps/mapping_check.py` before anything is read.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from fnmatch import fnmatchcase
from typing import Any

import polars as pl

from etl.coded import CODE
from etl.draft import Draft
from etl.errors import Fault, Kind
from etl.readers.cells import ATTRIBUTE, MARK, SHEET, VALUE, Table
from etl.source import Source, Vintage
from etl.steps.harmonise import to_codes
from etl.steps.label_tables import choice, in_years, with_labels, years_of
from indicators.concepts.codelist import codelist

Entry = Mapping[str, Any]
Codes = dict[str, set[str]]
"""Dimension → the codes that it has in some table."""
TABLE, TITLE = "_table", "_title"
WHOLE = (TABLE, TITLE, SHEET)
"""Names of what holds for a whole table, beside its attributes."""
THEIRS = ":"
"""Begins the name of a column of the file in a draft, so that their "row" or "sex" is not ours."""
ASIDE = "aside"
"""Instead of a code: cells of that label are left aside, and counted."""
OPEN = "?"
"""Instead of a code: a person has not said it yet; "?KAZ" proposes one."""


def names(says: Mapping[str, Any]) -> list[str]:
    """The dimensions and attributes that a column is made of."""
    origin = says.get("from", [])
    found = [str(name) for name in origin] if isinstance(origin, list) else [str(origin)]
    return found + ([str(says["during"])] if "during" in says else [])


def used(entry: Entry) -> list[str]:
    """Every dimension and attribute that an entry names."""
    found = {name for says in entry.get("columns", {}).values() for name in names(says)}
    found |= {str(d) for key in ("where", "without", "each") for d in entry.get(key, {})}
    found |= {str(name) for name in entry.get("expect", {})} | years_of(entry)
    return sorted(found | ({str(entry["flags_from"])} if "flags_from" in entry else set()))


def told(table: Table, wanted: Iterable[str]) -> pl.DataFrame:
    """The cells of a table with what is said of the whole of it: name, title, attributes.

    An attribute that some cells have holds for these, the one of the table for all others.
    """
    more = [pl.lit(table.name).alias(TABLE), pl.lit(table.title or "").alias(TITLE)]
    for name in (n for n in wanted if n.startswith(ATTRIBUTE)):
        whole = table.attributes.get(name.removeprefix(ATTRIBUTE))
        if name in table.cells.columns:
            more.append(pl.col(name).fill_null(whole or ""))
        elif whole is not None:
            more.append(pl.lit(whole).alias(name))
    return with_labels(table.cells.with_columns(more), table, wanted)


def taken(cells: pl.DataFrame, entry: Entry, source: Source) -> pl.DataFrame:
    """The cells that an entry takes: of `where`, not of `without`, and no label or mark of them `aside`."""
    chosen = [choice(cells, d, codes, source) for d, codes in entry.get("where", {}).items()]
    chosen += [~choice(cells, d, codes, source) for d, codes in entry.get("without", {}).items()]
    marks = [str(mark) for mark, says in entry.get("marks", {}).items() if says == ASIDE]
    chosen += [pl.col(VALUE).is_not_null() | ~pl.col(MARK).fill_null("").is_in(marks)] if marks else []
    for says in entry.get("columns", {}).values():
        left = [str(label) for label, code in says.get("map", {}).items() if code == ASIDE]
        chosen += [~label_of(says).is_in(left)] if left else []
    for dimension, codes in entry.get("each", {}).items():
        left = [str(label) for label, said in codes.items() if said == ASIDE]
        chosen += [~pl.col(str(dimension)).is_in(left)] if left else []
    return cells.filter(*chosen) if chosen else cells


def unexpected(cells: pl.DataFrame, entry: Entry) -> str:
    """What a table says otherwise than `expect`, "@unit is 'bn tenge', not mln tenge"; "" for nothing."""
    for name, wanted in entry.get("expect", {}).items():
        odd = [text or "" for text in cells[name].unique() if not fnmatchcase(text or "", str(wanted))]
        if odd:
            return f"{name} is {odd[0]!r}, not {wanted}"
    return ""


def texts(codes: object) -> list[str]:
    """Codes as texts: YAML reads 2023 as a number, and one code alone is no list."""
    return [str(code) for code in codes] if isinstance(codes, list) else [str(codes)]


def label_of(says: Mapping[str, Any], begins: str = "") -> pl.Expr:
    """What a column is read from: the label, or what `pattern` finds in it.

    A label in which the pattern finds nothing stays whole, so that no table translates it.
    """
    label = _joined(says, begins)
    if "pattern" not in says:
        return label
    written = re.sub(r"\\(\d)", r"${\1}", str(says.get("as", r"\1")).replace("$", "$$"))
    return label.cast(pl.String).str.replace(f"(?s)^.*?(?:{says['pattern']}).*$", written)


def _joined(says: Mapping[str, Any], begins: str) -> pl.Expr:
    origin = [pl.col(begins + name).fill_null("") for name in names(says)]
    return pl.concat_str(origin, separator=" ") if len(origin) > 1 else origin[0]


def column(figures: Draft, ours: str, says: Mapping[str, Any], vintage: Vintage) -> Draft:
    """Our column from what the file says, in our codes; a label that has none is null, and a fault."""
    read = figures.to(figures.frame.with_columns(label_of(says, THEIRS).cast(CODE).alias(ours)))
    codes = _codes(says, vintage, read.frame)
    if codes:
        return _named(figures, to_codes(read, ours, ours, *codes), says)
    if "pattern" not in says:
        return read
    odd = read.frame.filter(~_joined(says, THEIRS).cast(pl.String).str.contains(str(says["pattern"])))
    fix = f"Mend the pattern of {ours} in etl/sources/{vintage.source.id}/source.yaml."
    return read.noting(
        read.fault(Kind.UNKNOWN_LABEL, r, " + ".join(names(says)), f"{r[ours]!r} does not fit the pattern",
                   f"expected {says['pattern']}", fix)
        for r in odd.select("file", "row", ours).to_dicts()
    )  # fmt: skip


def _codes(
    says: Mapping[str, Any], vintage: Vintage, figures: pl.DataFrame
) -> tuple[dict[str, str], str] | None:
    """Label → code, and the file where it stands; None where labels are taken as they are."""
    if "codes" in says:
        listed = str(says["codes"])
        rows, by = codelist(listed).rows, says.get("by")
        theirs = {str(row[by]) if by else code: code for code, row in rows.items()}
        return theirs, f"indicators/codelists/{listed}.csv"
    if "table" in says:
        name = str(says["table"]).removesuffix(".csv")
        return in_years(figures, says, vintage.source, THEIRS), f"{name}.csv"
    if "map" in says:
        return {str(k): str(v) for k, v in says["map"].items()}, "source.yaml"
    return None


def _named(before: Draft, made: Draft, says: Mapping[str, Any]) -> Draft:
    """The draft whose new faults name the columns of the file."""
    kept = len(before.faults)
    named = [replace(fault, column=" + ".join(names(says))) for fault in made.faults[kept:]]
    return replace(made, faults=(*made.faults[:kept], *named))


def said_each(figures: Draft, entry: Entry) -> Draft:
    """The columns that `each` gives for the labels of a dimension; `set` holds where it is silent."""
    for dimension, codes in entry.get("each", {}).items():
        labels = {str(label): said for label, said in codes.items() if said != ASIDE}
        theirs = pl.col(THEIRS + str(dimension)).fill_null("")
        read = figures.to(figures.frame.with_columns(theirs.alias("_each")))
        known = {label: label for label in labels}
        figures = _named(figures, to_codes(read, "_each", "_each", known, "source.yaml"), {"from": dimension})
        for ours in dict.fromkeys(c for said in labels.values() for c in said):
            codes_of = {label: str(said[ours]) for label, said in labels.items() if ours in said}
            lone = entry.get("set", {}).get(ours)
            code = pl.col("_each").replace_strict(
                codes_of, default=None if lone is None else str(lone), return_dtype=CODE
            )
            figures = figures.to(figures.frame.with_columns(code.alias(ours)))
    return figures


def rounded(numbers: pl.Series, decimals: int) -> pl.Series:
    """Machine-written numbers with at most so many decimals: a workbook holds 0.1 + 0.2 to the last bit."""
    step = Decimal(f"1e-{decimals}")

    def short(text: str) -> str:
        made = f"{Decimal(text).quantize(step, ROUND_HALF_EVEN):f}"
        return made.rstrip("0").rstrip(".") if decimals else made

    long = numbers.str.contains(rf"^-?\d+\.\d{{{decimals + 1},}}$")
    made = numbers.set(~long, None).map_elements(short, return_dtype=pl.String, skip_nulls=True)
    return numbers.zip_with(~long, made)


def lacking(table: Table, cells: pl.DataFrame, wanted: Iterable[str]) -> str:
    """What of the wanted is no dimension or attribute of the table, and what is there; "" for nothing."""
    gone = [name for name in wanted if name not in cells.columns]
    if not gone:
        return ""
    said = [f"dimension {', '.join(d for d in gone if not d.startswith(ATTRIBUTE))}"]
    said += [f"attribute {d}" for d in gone if d.startswith(ATTRIBUTE)]
    there = ", ".join(d.id for d in table.dimensions)
    return f"no {' and no '.join(s for s in said if s != 'dimension ')}; there is {there}"


def asks_for(entry: Entry, name: str) -> bool:
    """Whether an entry takes from the table of that name."""
    return any(name == asked or fnmatchcase(name, asked) for asked in texts(entry.get("tables", "*")))


def note_codes(known: Codes, table: Table) -> None:
    """Add the codes of a table's dimensions to those that are known."""
    for dimension in table.dimensions:
        known.setdefault(dimension.id, set()).update(dimension.codes)


def unknown_codes(known: Codes, entry: Entry) -> list[str]:
    """Codes under `where` that no table has: a slip, or a code that the publisher has changed."""
    return [
        f"{dimension}: {code}"
        for dimension, codes in entry.get("where", {}).items()
        if not isinstance(codes, Mapping)
        for code in texts(codes)
        if dimension in known and code not in known[dimension]
    ]


def open_places(entry: Entry) -> list[str]:
    """Where an entry still has a question mark, "columns.ref_area.map.Congo, DR"."""
    return list(_open(entry, ()))


def _open(part: object, path: tuple[str, ...]) -> Iterable[str]:
    if isinstance(part, Mapping):
        for key, value in part.items():
            yield from _open(value, (*path, str(key)))
    elif isinstance(part, list):
        for value in part:
            yield from _open(value, path)
    elif isinstance(part, str) and part.startswith(OPEN):
        yield ".".join(path)


def setup_fault(where: str, seen: str, expected: str, fix: str) -> Fault:
    """A fault of source.yaml itself."""
    return Fault(Kind.BAD_SETUP, where, "source.yaml", None, None, seen, expected, fix)
