"""What no table may hold, whatever its format: texts without end, and what spreadsheets make of numbers.

A mark of absence says why there is no number. Infinity, a formula, a row of hash signs or a date amid figures
says nothing; read as a mark, it would hide a number that somebody published.
"""

import re
from collections.abc import Callable, Iterator

import polars as pl

from etl.readers.bad_file import BadFile, together
from etl.readers.cells import COLUMN, MARK, ROW, SHEET, VALUE, Dimension, Table
from etl.readers.numbers import is_period

LONGEST = 100_000
"""Bytes that a code, a label or a text may have."""
MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)"
MANGLED = rf"(?i)^(?:\d{{1,2}}-{MONTH}|{MONTH}-\d{{2}})$"
MONEY = r"(?:US\$|[$€£¥₽₸₺₼₴₾])"
SCALED = r"(?:k|mn|mln|bn|tn|million|billion|trillion|thousand|тыс|млн|млрд|трлн|mio|mrd|mlrd|milyon|milyar)"
WITH_UNIT = rf"(?i)^[+-]?(?:{MONEY} ?\d[\d., ]*{SCALED}?|\d[\d., ]*(?:{MONEY}|{SCALED}))\.?$"
"""A number that bears its unit: $1.5, 3 mln. Beside bare numbers it makes two units of one column."""
FORMULA = r'^=[^"\s=]'
DAMAGE = (
    (r"(?i)^[+-]?(?:inf(?:inity)?|∞|1\.#inf)$", "infinity", "No count is without end: ask the publisher."),
    (r"^[+-]?\d+\.?\d*(?:[eE][+-]?\d+)?$", "a number that nothing can hold", "Ask the publisher."),
    (FORMULA, "a formula", "Save the table with values, not formulas."),
    (
        r"^#{3,}$",
        "a number that a column was too narrow to show",
        "Widen the column and save the file again.",
    ),
    (MANGLED, "a date that a spreadsheet program made of a number", "Ask for the file as it was published."),
    (WITH_UNIT, "a figure with a unit of its own", "Ask for bare numbers, with their unit in a header."),
)
"""What stands among figures and is damage: how it looks, what it is, what to do."""
TOLD = 1000
"""Faults of one kind that are gathered; only the first are told."""
RANGE = r"^\s*(?:\d+\s*[-–—]\s*\d+|\d+\s*\+|[<>≤≥]\s*\d+)\s*$"
SERIAL = r"^[3-6]\d{4}$"
"""Days since 1900, of the years 1982 to 2091, as a spreadsheet program stores a date."""
ANY_DAMAGE = r"^\s*(?:" + "|".join(f"(?:{pattern.replace('^', '', 1)})" for pattern, _, _ in DAMAGE) + ")"
SUSPECT = re.compile("|".join((FORMULA, SERIAL, MANGLED.removeprefix("(?i)"))), re.I)


def refuse_unsound(table: Table) -> None:
    """Stop at what cannot be meant, before anything is made of it.

    Raises:
        BadFile: the first faults by sheet, row and column, and how many there are.
    """
    _refuse_long(table)
    faults = [*_figures(table), *(fault for d in table.dimensions for fault in _codes(table, d))]
    if faults:
        raise together(faults)


def refuse_with(table: Table, check: Callable[[], None]) -> None:
    """Run a check of a table's keys; where it fails, what else the table may not hold is told with it.

    Raises:
        BadFile: what the check found, and what `refuse_unsound` finds.
    """
    try:
        check()
    except BadFile as bad:
        try:
            refuse_unsound(table)
        except BadFile as other:
            raise together([bad, other]) from bad
        raise


def _refuse_long(table: Table) -> None:
    sizes = table.cells.select(pl.col(pl.String).str.len_bytes().max())
    for name in (c for c in sizes.columns if (sizes[c][0] or 0) > LONGEST):
        size = table.cells[name].str.len_bytes()
        at = size.arg_max() or 0
        raise BadFile(_place(table, at), f"a text of {size[at]:,} bytes in {name.lstrip('_@')}",
                      f"at most {LONGEST:,}", "Take the text out, or ask for the file again.")  # fmt: skip
    for d in table.dimensions:
        longest = max((len(text or "") for pair in d.codes.items() for text in pair), default=0)
        if longest > LONGEST:
            raise BadFile(f"dimension {d.id[:80]}", f"a code or label of {longest:,} letters",
                          f"at most {LONGEST:,}", "Ask for the file again.")  # fmt: skip


def _figures(table: Table) -> Iterator[BadFile]:
    """Cells among figures whose mark is damage."""
    marks = table.cells.filter(pl.col(VALUE).is_null())[MARK].unique().drop_nulls()
    for mark in marks.filter(marks.str.contains(ANY_DAMAGE)):
        what, fix = next((w, f) for pattern, w, f in DAMAGE if re.search(pattern, mark.strip()))
        for at in table.cells.select(pl.arg_where(pl.col(MARK) == mark)).to_series().head(TOLD):
            yield BadFile(_place(table, at), f"{what} ({mark[:60]!r})", "a number or a mark of absence", fix)


def _codes(table: Table, dimension: Dimension) -> Iterator[BadFile]:
    """Codes of a dimension that were something else before a spreadsheet program had them."""
    time = dimension.role == "time"
    suspects = [c for c in dimension.codes if SUSPECT.search(c)]
    for code in suspects:
        if re.search(FORMULA, code):
            yield _of_code(table, dimension, code, "a formula", "Save the table with values, not formulas.")
        elif time and re.search(SERIAL, code):
            what = "a number of days in place of a date, as a spreadsheet program stores it"
            yield _of_code(table, dimension, code, what, "Save the column as dates.")
    mangled = [c for c in suspects if re.search(MANGLED, c)]
    if not mangled:
        return
    others = [c for c in dimension.codes if c and not re.search(MANGLED, c) and not is_period(c)]
    if any(re.search(RANGE, c) for c in others) or 2 * len(others) >= len(dimension.codes):
        for code in mangled:
            what = "a date that a spreadsheet program made of a label"
            yield _of_code(table, dimension, code, what, "Ask for the file as it was published.")


def _of_code(table: Table, dimension: Dimension, code: str, what: str, fix: str) -> BadFile:
    at = table.cells[dimension.id].index_of(code)
    row = table.cells[ROW][at] if at is not None else None
    place = f"row {row}" if row is not None else f"dimension {dimension.id[:60]}"
    if at is not None and table.cells[SHEET][at] is not None:
        place = f"sheet {table.cells[SHEET][at]}, {place}"
    return BadFile(place, f"{what} ({code[:60]!r}) in {dimension.id[:60]}", "a label", fix)


def _place(table: Table, at: int) -> str:
    """Where a cell stands, in words."""
    sheet, row, column = (table.cells[name][at] for name in (SHEET, ROW, COLUMN))
    said = [
        f"{name} {it}" for name, it in (("sheet", sheet), ("row", row), ("column", column)) if it is not None
    ]
    return ", ".join(said) or f"{table.name}, cell {at + 1}"
