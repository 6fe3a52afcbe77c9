"""Where a table lies in a delimited text: its delimiter, its header, and the notes below it.

Only the beginning and the end of a file are looked at, a bounded number of records one by one.
"""

import csv
import io
import re
import sys
from collections import Counter
from dataclasses import dataclass, replace

from etl.readers.cells import BadFile
from etl.readers.text import Text

DELIMITERS = (",", ";", "\t", "|")
NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
WIDEST = 5_000
"""More columns than this are no table of statistics."""
HEAD, TAIL = 1 << 20, 1 << 16
LOOKED_AT = 200
NOTE = re.compile(
    r"^\s*(?:[*†‡§¹²³(\[\d:]|not[ae]|source|data from|last|fuente|quelle|kaynak|источник|примеч)", re.I
)


@dataclass(frozen=True)
class Shape:
    """Where the table lies in the text: header, its last line, delimiter, quoting, end and notes."""

    header: tuple[str, ...]
    header_line: int
    before: tuple[tuple[str, ...], ...]
    delimiter: str
    quote: str | None
    end: int | None = None
    notes: tuple[str, ...] = ()


def shape_of(text: Text, delimiter: str | None) -> Shape:
    """The header, the delimiter and what stands above; the delimiter is found where it is not given.

    Raises:
        BadFile: no delimiter divides the rows, or it makes more columns than a table has.
    """
    first = text.start(HEAD).split("\n", 1)[0]
    fields = max(first.count(d) for d in DELIMITERS) + 1
    if fields > WIDEST:
        raise BadFile(
            "row 1", f"{fields} columns", f"at most {WIDEST}", "Take the columns you need from the source."
        )
    chosen = delimiter or _delimiter(text)
    found = head(text, chosen)
    at = _header_at(found)
    record, line = found[at]
    record = _padded(record, [r for r, _ in found[at + 1 :] if any(c.strip() for c in r)])
    before = tuple(tuple(c for c in r if c.strip()) for r, _ in found[:at] if any(c.strip() for c in r))
    header, before = _stacked(record, found[at - 1][0] if at else [], before)
    quoted = text.data.find(b'"') >= 0
    stray = quoted and chosen == "\t" and text.data[:].count(b'"') % 2 == 1
    quote = '"' if quoted and not stray else None
    return Shape(tuple(header), line, before, chosen, quote)


def head(text: Text, delimiter: str, count: int = LOOKED_AT) -> list[tuple[list[str], int]]:
    """The first records with the line on which each ends."""
    start = text.start(HEAD)
    reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter, skipinitialspace=True)
    found: list[tuple[list[str], int]] = []
    try:
        for record in reader:
            found.append((record, reader.line_num))
            if len(found) == count:
                break
    except csv.Error as wrong:
        raise _unreadable(reader.line_num, wrong) from wrong
    whole = len(found) < count and len(text.data) > HEAD
    return found[:-1] if whole else found


def _unreadable(line: int, wrong: csv.Error) -> BadFile:
    if "field larger" not in str(wrong):
        return BadFile(f"row {line}", str(wrong), "a delimited table",
                       "Close the quotation mark, or save the file again.")  # fmt: skip
    limit = csv.field_size_limit()
    return BadFile(f"row {line}", f"a field of more than {limit:,} letters", "columns with short fields",
                   "Look for a quotation mark that is not closed, or take the columns you need.")  # fmt: skip


def _padded(header: list[str], below: list[list[str]]) -> list[str]:
    """A header without the delimiter that ends every row below it."""
    wide = [len(r) for r in below]
    ends_empty = all(not r[-1].strip() for r in below if len(r) == len(header) + 1)
    if wide and min(wide) == len(header) + 1 == max(wide) and ends_empty:
        return [*header, ""]
    return header


def _stacked(
    header: list[str], above: list[str], before: tuple[tuple[str, ...], ...]
) -> tuple[list[str], tuple[tuple[str, ...], ...]]:
    """Two rows of a header as one, where the lower repeats itself and the upper tells its parts apart."""
    named = [h.strip() for h in header if h.strip()]
    if len(set(named)) == len(named) or len(above) != len(header) or sum(bool(c.strip()) for c in above) < 2:
        return header, before
    filled, last = [], ""
    for upper, lower in zip(above, header, strict=True):
        last = upper.strip() or last
        filled.append(f"{last} / {lower.strip()}" if last and lower.strip() else lower.strip() or last)
    return filled, before[:-1]


def _delimiter(text: Text) -> str:
    """The sign that divides the first records most evenly into the most fields."""
    scores = {d: _evenness([r for r, _ in head(text, d)]) for d in DELIMITERS}
    best = max(scores, key=lambda d: scores[d])
    if scores[best] <= 0:
        raise BadFile(
            "row 1",
            "no comma, semicolon, tab or bar that divides the rows evenly",
            "a delimited table",
            "Open the file to see what it is; save a table as CSV in UTF-8.",
        )
    return best


def _evenness(records: list[list[str]]) -> float:
    """Share of records with the commonest width above one, and a little for more fields."""
    widths = Counter(len(r) for r in records if r and any(r))
    wide = {w: n for w, n in widths.items() if w > 1}
    if not wide:
        return 0.0
    width = max(wide, key=lambda w: (wide[w], w))
    return wide[width] / sum(widths.values()) + min(width, 50) / 500


def _header_at(found: list[tuple[list[str], int]]) -> int:
    """The first record as full as headers are: half as full as the fullest, and as wide as most."""
    filled = [sum(bool(c.strip()) for c in r) for r, _ in found]
    if not filled or max(filled) == 0:
        raise BadFile("row 1", "no records", "a header and rows", "Fetch the file again.")
    wide = Counter(len(r) for r, _ in found if len(r) > 1)
    usual = wide.most_common(1)[0][0] if wide else 1
    enough = max(min(2, max(filled)), max(filled) / 2)
    at = next((i for i, n in enumerate(filled) if n >= enough and len(found[i][0]) == usual), None)
    if at is None:
        return next((i for i, n in enumerate(filled) if n >= enough), 0)
    above = found[at - 1][0] if at else []
    bare = len(above) == usual - 1 > 1 and filled[at - 1] == len(above) and not found[at][0][-1].strip()
    return at - 1 if bare else at


def with_footer(text: Text, shape: Shape) -> Shape:
    """The shape with the lines below the table cut off as notes."""
    start = max(0, len(text.data) - TAIL)
    if start:
        start = text.data.find(b"\n", start) + 1
    tail = text.data[start:].decode("utf-8", "ignore")
    lines = tail.splitlines(keepends=True)
    records = _tail_records(lines, shape)
    width, cut, notes = len(shape.header), len(lines), list[str]()
    floor = shape.header_line if not start else 0
    below = _second_table(records, width)
    for record, first in reversed(records):
        if first < floor or not (first >= below or _is_note(record, width)):
            break
        cut = first
        notes = [said, *notes] if (said := " ".join(c.strip() for c in record if c.strip())) else notes
    if not notes:
        return shape
    end = start + len("".join(lines[:cut]).encode())
    if start == 0 and text.data[:3] == b"\xef\xbb\xbf" and not tail.startswith("\ufeff"):
        end += 3
    return replace(shape, end=end, notes=tuple(notes))


def _second_table(records: list[tuple[list[str], int]], width: int) -> int:
    """The line of the blank record below which all are of one or two fields, as a list of footnotes is."""
    blank = [at for at, (record, _) in enumerate(records) if not any(c.strip() for c in record)]
    for at in blank if width > 2 else ():
        below = [record for record, _ in records[at:] if any(c.strip() for c in record)]
        if below and all(len(record) <= 2 for record in below):
            return records[at][1]
    return sys.maxsize


def _tail_records(lines: list[str], shape: Shape) -> list[tuple[list[str], int]]:
    """The last records, each with the index of its first line."""
    reader = csv.reader(
        lines,
        delimiter=shape.delimiter,
        skipinitialspace=True,
        quoting=csv.QUOTE_MINIMAL if shape.quote else csv.QUOTE_NONE,
    )
    found, first = [], 0
    try:
        for record in reader:
            found.append((record, first))
            first = reader.line_num
    except csv.Error:
        return []
    return found


def _is_note(record: list[str], width: int) -> bool:
    """A blank record, or words in its first field where the table has several."""
    filled = [c.strip() for c in record if c.strip()]
    if not filled:
        return True
    if width < 2 or len(filled) > 2 or not record[0].strip():
        return False
    words = re.search(r"[^\W\d_]", filled[0]) is not None and " " in filled[0]
    known = NOTE.match(filled[0]) is not None
    if len(filled) == 2:
        return len(record) < width and words and (known or filled[0].endswith(":"))
    return (words and (len(record) < width or known)) or (known and len(record) == 1 and words)
