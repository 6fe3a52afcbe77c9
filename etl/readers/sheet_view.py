"""A sheet, or the part of it between two empty columns, seen row by row: which cells are data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from etl.readers.cells import BadFile
from etl.readers.sheet_grid import DATE, ERROR, NUMBER, TEXT, Cell, Merge, Sheet
from etl.readers.sheet_words import decimal_sign, is_period, is_year, mark_of, numeral, opens_number, unproved

_MOST_MERGED = 500_000
_CERTAIN = 3  # years one by one, which no row of figures has by chance
_LONGEST_STEP = 10
"""Years between two neighbouring columns of a header, at most."""


@dataclass(frozen=True)
class View:
    """Some columns of a sheet.

    Attributes:
        sheet: the whole sheet.
        rows: number of each row with a filled cell here → its filled columns, both ascending.
        origins: (row, column) of each cell hidden under a merged range → its upper left.
        decimal: decimal sign of numbers written as text, None where it cannot be told.
        unsure: one of them whose sign is only likely to stand between thousands; "" where it is proved.
    """

    sheet: Sheet
    rows: dict[int, list[int]]
    origins: dict[tuple[int, int], Merge] = field(default_factory=dict)
    decimal: str | None = None
    unsure: str = ""

    def cell(self, row: int, column: int) -> Cell | None:
        """The filled cell that stands there, None for a blank one."""
        return self.sheet.cells.get((row, column))

    def shown(self, row: int, column: int) -> str:
        """The text seen there; under a merged range that of its upper left, "" for none."""
        merge = self.origins.get((row, column))
        cell = self.cell(merge.top, merge.left) if merge else self.cell(row, column)
        return cell.text if cell else ""

    def is_datum(self, row: int, column: int) -> bool:
        """A number, a text that is one, a mark of absence or an error; years count as numbers."""
        cell = self.cell(row, column)
        return cell is not None and is_datum(cell, self.decimal)

    def is_number(self, row: int, column: int) -> bool:
        """A stored number or a text that is one."""
        cell = self.cell(row, column)
        return cell is not None and value_of(cell, self.decimal) is not None

    def is_time(self, row: int, column: int) -> bool:
        """A year or another period, as number, date or text."""
        cell = self.cell(row, column)
        return cell is not None and is_time(cell)


@lru_cache(maxsize=100_000)
def _text_value(text: str, decimal: str | None) -> float | None:
    read = numeral(text, decimal)
    return read.number if read else None


_LONGEST = 60


@lru_cache(maxsize=100_000)
def _text_time(text: str) -> bool:
    return is_period(text)


def value_of(cell: Cell, decimal: str | None) -> float | None:
    """The number of a cell, stored or written; None for none."""
    if cell.kind == NUMBER:
        return cell.number
    written = cell.kind == TEXT and len(cell.text) <= _LONGEST
    return _text_value(cell.text, decimal) if written else None


def is_datum(cell: Cell, decimal: str | None) -> bool:
    """Whether a cell may stand in the body of a table."""
    if cell.kind in (NUMBER, ERROR):
        return True
    if cell.kind == DATE or len(cell.text) > _LONGEST:
        return False
    return _text_value(cell.text, decimal) is not None or mark_of(cell.text) is not None


def is_time(cell: Cell) -> bool:
    """Whether a cell is a period; a stored number is where it may be a year."""
    if cell.kind == NUMBER:
        return is_year(cell.number)
    return cell.kind == DATE or (len(cell.text) <= _LONGEST and _text_time(cell.text))


def views(sheet: Sheet, decimal: str | None = None) -> list[View]:
    """The sheet cut where an empty column divides two tables, each with labels of its own.

    An empty column before figures that share the labels on the left does not divide.

    Args:
        sheet: the cells.
        decimal: "." or ",", for numbers written as text that leave it open.

    Raises:
        BadFile: merged ranges cover more than any table has.
    """
    if sum((m.bottom - m.top + 1) * (m.right - m.left + 1) for m in sheet.merges) > _MOST_MERGED:
        seen = f"merged ranges over more than {_MOST_MERGED:,} cells"
        raise BadFile(f"sheet {sheet.name}", seen, "merged headers", "Unmerge what stands beside the table.")
    origins = {
        (r, c): merge
        for merge in sheet.merges
        for r in range(merge.top, merge.bottom + 1)
        for c in range(merge.left, merge.right + 1)
        if (r, c) != (merge.top, merge.left)
    }
    whole = _view(sheet, origins, sheet.cells, decimal)
    groups = _groups({c for _, c in sheet.cells})
    if len(groups) < 2:
        return [whole]
    starts = [groups[0][0]]
    starts += [g[0] for g in groups[1:] if _begins(whole, g)]
    ends = [*starts[1:], 1 << 30]
    parts = [[(r, c) for r, c in sheet.cells if a <= c < b] for a, b in zip(starts, ends, strict=True)]
    return [_view(sheet, origins, part, decimal) for part in parts] if len(parts) > 1 else [whole]


def _view(
    sheet: Sheet,
    origins: dict[tuple[int, int], Merge],
    places: Iterable[tuple[int, int]],
    said: str | None,
) -> View:
    rows: dict[int, list[int]] = {}
    for r, c in sorted(places):
        rows.setdefault(r, []).append(c)
    cells = (sheet.cells[at] for at in places)
    texts = (cell.text for cell in cells if cell.kind == TEXT and opens_number(cell.text))
    written = [t for t in texts if not _text_time(t)]
    seen = unproved(written)
    return View(sheet, rows, origins, said if seen and said else decimal_sign(written), seen)


def _groups(columns: Iterable[int]) -> list[list[int]]:
    """Runs of neighbouring columns."""
    runs: list[list[int]] = []
    for column in sorted(columns):
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs


def _begins(view: View, group: Sequence[int]) -> bool:
    """Whether a run of columns opens with labels before its figures."""
    first, inside = group[0], set(group[1:])
    rows = [
        r for r, columns in view.rows.items() if any(c in inside and view.is_number(r, c) for c in columns)
    ]
    labels = [r for r in rows if (r, first) in view.sheet.cells]
    if len(labels) < 2 or len(labels) * 2 < len(rows):
        return False
    words = sum(not view.is_datum(r, first) for r in labels)
    times = sum(view.is_time(r, first) for r in labels)
    return words * 10 >= len(labels) * 6 or times * 10 >= len(labels) * 9


BLANK, WORDS, HEAD, COUNT, DATA = "blank", "words", "head", "count", "data"


def kinds(view: View) -> dict[int, str]:
    """What each filled row is: WORDS, HEAD (periods), COUNT (1 2 3 … under a header) or DATA.

    The leftmost column is never data, unless nothing stands to the right of it anywhere.
    """
    many = [columns[0] for columns in view.rows.values() if len(columns) > 1]
    left = min(many, default=0)
    found: dict[int, str] = {}
    for row in view.rows:
        found[row] = _kind(view, row, left)
        above = found.get(row - 1)
        if found[row] == HEAD and above in (HEAD, DATA, WORDS) and _continues(view, row):
            found[row] = DATA
        if found[row] == COUNT and above == DATA:
            found[row] = DATA
    return found


def _continues(view: View, row: int) -> bool:
    """Whether figures that look like years are a row of the body: it is filled like the row above it."""
    filled = view.rows[row]
    if filled != view.rows[row - 1]:
        return False
    years = [cell.number or 0 for c in filled[1:] if (cell := view.cell(row, c))]
    return len(years) < _CERTAIN or any(b - a != 1 for a, b in pairwise(years))


def _kind(view: View, row: int, left: int) -> str:
    beyond = [c for c in view.rows[row] if c > left]
    data = [c for c in beyond if view.is_datum(row, c)]
    if not data or _is_legend(view, row, left, data):
        return WORDS
    if _counts(view, row, left, beyond):
        return COUNT
    if all(view.is_time(row, c) for c in data) and not view.is_time(row, left):
        return HEAD if _is_head(view, row, data) else DATA
    return DATA


def _is_legend(view: View, row: int, left: int, data: Sequence[int]) -> bool:
    """A line such as ": | not available"."""
    first = view.cell(row, left)
    marked = first is not None and mark_of(first.text) is not None
    return marked and not any(view.is_number(row, c) for c in data)


def _counts(view: View, row: int, left: int, beyond: Sequence[int]) -> bool:
    """Whether a row only numbers the columns: "А 1 2 3" or "1 2 3 4"."""
    first = view.cell(row, left)
    if len(beyond) < 3 or (first is not None and len(first.text.strip()) > 1):
        return False
    start = 1 if first is None or value_of(first, view.decimal) is None else 2
    cells = (view.cell(row, c) for c in beyond)
    return all(cell and value_of(cell, view.decimal) == start + i for i, cell in enumerate(cells))


def _is_head(view: View, row: int, data: Sequence[int]) -> bool:
    """Whether years in a row stand over columns of figures."""
    cells = [cell for c in data if (cell := view.cell(row, c))]
    years = [cell.number for cell in cells if cell.number is not None]
    if len(cells) == 1:
        return _over_figures(view, row, data[0])
    steps = {b - a for a, b in pairwise(years)}
    ascending = all(0 <= s <= _LONGEST_STEP for s in steps) or all(-_LONGEST_STEP <= s <= 0 for s in steps)
    once = len(set(years))
    repeated = 1 < once < len(years) and years == years[:once] * (len(years) // once)
    return (ascending and (len(set(years)) > 1 or len(years) < len(cells))) or repeated


def _over_figures(view: View, row: int, column: int) -> bool:
    """Whether a single year opens its column, over something."""
    above = any(view.cell(r, column) for r in range(max(1, row - 3), row))
    return not above and any(view.cell(r, column) for r in range(row + 1, row + 4))
