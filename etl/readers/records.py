"""Delimited text → records: which sign divides fields, where the table begins and ends, what stands around.

A row is named by the physical line on which its record begins, so a quoted line break moves the rows
below it as it does in an editor. Only the beginning and the end of a file are looked at one by one;
the body is parsed whole, and what the parser does not say (rows that are too short) is counted after.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from polars.exceptions import PolarsError

from etl.readers.cells import OWN, ROW, BadFile, together
from etl.readers.layout import MEASURE
from etl.readers.numbers import is_period
from etl.readers.table_shape import Shape, shape_of, with_footer
from etl.readers.text import PART, Text

SHORT = 200
"""Rows up to which fields are looked at one by one."""
MANY = 100_000
"""Rows above which memory is worth a look at the columns."""
BY_HAND = 1 << 26
"""Bytes above which a file that the fast parser refuses is not read again record by record."""


@dataclass(frozen=True)
class Records:
    """A delimited table as text.

    Attributes:
        frame: String columns named as in the header (made distinct), and ROW.
        columns: name → column of the file, from 1.
        before: records above the header.
        notes: lines below the table.
        delimiter: between fields.
        remarks: what was inferred or left out.
    """

    frame: pl.DataFrame
    columns: dict[str, int]
    before: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    delimiter: str
    remarks: tuple[str, ...] = ()


def parse(text: Text, delimiter: str | None = None) -> Records:
    """The records of a delimited text.

    Raises:
        BadFile: no table, too many columns, a row of another length, a quote that never closes.
    """
    shape = shape_of(text, delimiter)
    shape = with_footer(text, shape)
    frame, remarks = _body(text, shape)
    _refuse_periods(shape)
    names = distinct(shape.header)
    frame = frame.rename({f"_{at}": name for at, name in enumerate(names)})
    columns = {name: at for at, name in enumerate(names, 1)}
    frame, columns = _without_empty_ends(frame, columns, shape.header)
    _refuse_header(frame, columns, shape.header)
    if not frame.height:
        raise BadFile(
            f"row {shape.header_line}",
            "a header and nothing below it",
            "rows of figures",
            "Fetch the file again; it may have been cut off.",
        )
    return Records(frame, columns, shape.before, shape.notes, shape.delimiter, (*text.remarks, *remarks))


def _refuse_periods(shape: Shape) -> None:
    """A period over two columns: which of the two figures is meant, nobody knows."""
    named = Counter(name.strip() for name in shape.header)
    twice = [name for name, times in named.items() if times > 1 and is_period(name)]
    if twice:
        at = [i for i, name in enumerate(shape.header, 1) if name.strip() == twice[0]]
        raise BadFile(f"row {shape.header_line}, columns {at[0]} and {at[1]}", f"the period {twice[0]} twice",
                      "each period once", "Ask the publisher which column is meant.")  # fmt: skip


def _refuse_header(frame: pl.DataFrame, columns: dict[str, int], header: Sequence[str]) -> None:
    """The header again amid the rows: two files were put together, and may not fit."""
    own = [(name, header[at - 1]) for name, at in columns.items()]
    if not own or not (frame[own[0][0]] == own[0][1]).any():
        return
    again = frame.filter(pl.all_horizontal(pl.col(name) == text for name, text in own))
    if again.height:
        raise BadFile(f"row {again[ROW][0]}", "the header again", "one header above all rows",
                      "Several files were put together: read each by itself.")  # fmt: skip


def distinct(names: Sequence[str]) -> list[str]:
    """Header names as column names: spaces around dropped, empty and repeated ones numbered."""
    made: list[str] = []
    taken: set[str] = set()
    for at, name in enumerate(names, 1):
        bare = " ".join(name.split()) or f"column {at}"
        while bare in taken or bare in OWN or bare == MEASURE:
            bare = f"{bare} ({at})"
        made.append(bare)
        taken.add(bare)
    return made


def _body(text: Text, shape: Shape) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The rows below the header as texts, with their lines."""
    width = len(shape.header)
    end = shape.end if shape.end is not None else len(text.data)
    schema = {f"_{at}": pl.String for at in range(width)}
    source = text.path if text.lies and shape.end is None else io.BytesIO(text.data[:end])
    try:
        frame = pl.read_csv(
            source,
            has_header=False,
            skip_lines=shape.header_line,
            schema=schema,
            separator=shape.delimiter,
            quote_char=shape.quote,
            empty_string_is_null=False,
            missing_columns="insert",
            glob=False,
            row_index_name=ROW,
            row_index_offset=shape.header_line + 1,
        )
    except (PolarsError, ValueError) as wrong:
        return _by_hand(text, shape, end, str(wrong).split("\n", 1)[0])
    lacking = [c for c in frame.columns if frame[c].null_count()]
    frame = frame.with_columns(pl.col(c).fill_null("") for c in lacking) if lacking else frame
    frame = _with_constants(frame)
    tally = _tally(text, offset(text, shape.header_line), end, shape)
    return _evened(_numbered(frame, tally), text, shape, end, tally), ()


def _with_constants(frame: pl.DataFrame) -> pl.DataFrame:
    """Columns that say the same in every row, held once: a tenth of the memory of an SDMX-CSV."""
    if frame.height < MANY:
        return frame
    sample = frame.gather_every(frame.height // 1000)
    alike = [c for c in frame.columns if sample[c].n_unique() == 1]
    constant = {c: frame[c][0] for c in alike if bool((frame[c] == frame[c][0]).all())}
    return frame.with_columns(pl.lit(value).alias(c) for c, value in constant.items())


def _by_hand(text: Text, shape: Shape, end: int, reason: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The body record by record: for quotes after a space, and to name the row that is wrong."""
    width, columns, rows, ragged = len(shape.header), list[list[str]](), list[int](), list[BadFile]()
    for record, line in _records(text, shape, end):
        if not record:
            continue
        if len(record) < width or any(c.strip() for c in record[width:]):
            ragged.append(_ragged(line, len(record), width))
        columns.append(record[:width])
        rows.append(line)
    if ragged:
        raise together(ragged)
    if len(text.data) > BY_HAND:
        raise BadFile(
            "",
            f"rows that cannot be parsed ({reason})",
            "one kind of quotation",
            "Save the file again with a spreadsheet or an editor.",
        )
    frame = pl.DataFrame(columns, schema={f"_{at}": pl.String for at in range(width)}, orient="row")
    return frame.with_columns(pl.Series(ROW, rows, pl.UInt32)), ("quoted and unquoted fields are mixed",)


def _records(text: Text, shape: Shape, end: int) -> Iterator[tuple[list[str], int]]:
    """Records below the header with the line on which each begins."""
    lines = io.TextIOWrapper(io.BytesIO(text.data[:end]), "utf-8-sig", newline="")
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if shape.quote else csv.QUOTE_NONE
    reader = csv.reader(lines, delimiter=shape.delimiter, strict=True, skipinitialspace=True, quoting=quoting)
    begin = 1
    try:
        for record in reader:
            if begin > shape.header_line:
                yield record, begin
            begin = reader.line_num + 1
    except csv.Error as wrong:
        raise BadFile(
            f"row {begin}",
            f"a quotation mark that is not closed rightly ({wrong})",
            "quotation marks in pairs, doubled inside a field",
            "Close the quotation mark, or fetch the file again if it was cut off.",
        ) from wrong


def _ragged(line: int, seen: int, width: int) -> BadFile:
    return BadFile(
        f"row {line}",
        f"{seen} fields",
        f"{width} as in the header",
        "Correct the row, or fetch the file again if it was cut off.",
    )


@dataclass(frozen=True)
class _Tally:
    """How many signs stand in the body: line feeds, quotation marks, those in pairs, delimiters."""

    lines: int
    quotes: int
    paired: int
    delimiters: int


def _numbered(frame: pl.DataFrame, tally: _Tally) -> pl.DataFrame:
    """The frame with the physical line on which each record begins; line breaks in quotes move it."""
    if not tally.quotes or tally.lines == frame.height:
        return frame
    own = [c for c in frame.columns if c != ROW]
    inside = pl.sum_horizontal(pl.col(c).str.count_matches("\n", literal=True) for c in own)
    return frame.with_columns((pl.col(ROW) + inside.cum_sum().shift(1).fill_null(0)).cast(pl.UInt32))


def _evened(frame: pl.DataFrame, text: Text, shape: Shape, end: int, tally: _Tally) -> pl.DataFrame:
    """Blank lines taken out, and rows with too few fields refused; both seen from the count of delimiters."""
    width, own = len(shape.header), [c for c in frame.columns if c != ROW]
    blank = frame.filter(pl.col(own[0]) == "")
    blank = blank.filter(pl.all_horizontal(pl.col(c) == "" for c in own)) if blank.height else blank
    kept = frame.filter(~pl.col(ROW).is_in(blank[ROW].implode())) if blank.height else frame
    if width == 1:
        return kept
    signs = tally.delimiters
    if shape.quote and tally.quotes != tally.paired:
        signs -= _signs_inside(frame.select(own), shape.delimiter)
    lacking = (width - 1) * frame.height - signs
    if lacking and (lacking % (width - 1) or lacking // (width - 1) > blank.height):
        ragged = [
            _ragged(line, len(record), width)
            for record, line in _records(text, shape, end)
            if record and len(record) != width
        ]
        if ragged:
            raise together(ragged)
    return kept


def _signs_inside(frame: pl.DataFrame, sign: str) -> int:
    """How often a delimiter stands in a field; a few fields are looked at one by one, which is quicker."""
    if frame.height <= SHORT:
        return sum((text or "").count(sign) for column in frame.get_columns() for text in column.to_list())
    counts = pl.sum_horizontal(pl.col(c).str.count_matches(sign, literal=True).sum() for c in frame.columns)
    return int(frame.select(counts).item() or 0)


def offset(text: Text, lines: int) -> int:
    """Where the line after the first `lines` begins, in bytes."""
    at = 0
    for _ in range(lines):
        at = text.data.find(b"\n", at) + 1
        if not at:
            return len(text.data)
    return at


def _tally(text: Text, start: int, end: int, shape: Shape) -> _Tally:
    """The signs of the body, in one pass over its bytes."""
    lines = quotes = paired = delimiters = 0
    for at in range(start, end, PART):
        part = text.data[at : min(at + PART, end)]
        raw = np.frombuffer(part, np.uint8)
        delimiters += int(np.count_nonzero(raw == ord(shape.delimiter)))
        if shape.quote:
            lines += int(np.count_nonzero(raw == ord("\n")))
            quotes += int(np.count_nonzero(raw == ord('"')))
            paired += 2 * part.count(b'""')
    text.release()
    ends_open = end > start and text.data[end - 1 : end] != b"\n"
    return _Tally(lines + ends_open, quotes, paired, delimiters)


def _without_empty_ends(
    frame: pl.DataFrame, columns: dict[str, int], header: Sequence[str]
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Without columns that have neither a name nor a value, as a delimiter at the end of rows makes them."""
    unnamed = [name for name, at in columns.items() if not header[at - 1].strip()]
    empty = [name for name in unnamed if not (frame[name].str.strip_chars() != "").any()]
    if not empty:
        return frame, columns
    return frame.drop(empty), {name: at for name, at in columns.items() if name not in empty}
