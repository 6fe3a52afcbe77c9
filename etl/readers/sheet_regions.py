"""Which rows of a view belong to which table: its heading, its header, its body and its notes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from etl.readers.cells import BadFile
from etl.readers.sheet_grid import DATE, NUMBER
from etl.readers.sheet_view import COUNT, DATA, HEAD, View, kinds
from etl.readers.sheet_words import is_code_header, is_flag_header, is_note, is_time_header, is_unit, mark_of

MOST_PLACES = 2_500_000
"""Places of one table, blank ones counted."""
_MOST_HEADER = 15
_NUMBERED = re.compile(r"\s*(\d+(?:\.\d+)*)\.?\s+[^\W\d]")
_GAP = 2
"""Blank rows that may stand between a header and the body."""


@dataclass(frozen=True)
class Region:
    """The rows and columns of one table.

    Attributes:
        heading: rows of titles, keys and units above.
        header: rows of column headers, without one that only numbers the columns.
        body: rows from the first to the last with figures, those in between included.
        data: the rows of `body` that have figures.
        notes: rows of footnotes below.
        stubs: columns of row labels.
        columns: columns of figures.
        texts: columns of texts beside the figures: notes, units, labels in another language.
        flags: column of flags → the column of figures to its left.
    """

    heading: Sequence[int]
    header: Sequence[int]
    body: Sequence[int]
    data: Sequence[int]
    notes: Sequence[int]
    stubs: Sequence[int]
    columns: Sequence[int]
    texts: Sequence[int] = ()
    flags: tuple[tuple[int, int], ...] = ()


def regions(view: View) -> list[Region]:
    """Every table of a view, from top to bottom."""
    kind = kinds(view)
    found = [r for rows in _blocks(view, kind) if (r := _region(view, kind, rows))]
    return _with_lines(view, found)


def _blocks(view: View, kind: dict[int, str]) -> list[list[int]]:
    """Rows of figures, cut where a new header or key stands between two of them."""
    blocks: list[list[int]] = []
    gap: list[int] = []
    for row, what in kind.items():
        if what != DATA:
            gap.append(row)
            continue
        if blocks and not any(_divides(view, kind, blocks[-1], r) for r in gap):
            blocks[-1].append(row)
        else:
            blocks.append([row])
        gap = []
    return blocks


def _divides(view: View, kind: dict[int, str], block: Sequence[int], row: int) -> bool:
    """Whether a row without figures ends the table above it."""
    if kind[row] in (HEAD, COUNT):
        return True
    filled = view.rows[row]
    if len(filled) < 2:
        return False
    return any(view.is_number(r, c) for c in filled[1:] for r in block[-50:])


def _region(view: View, kind: dict[int, str], rows: Sequence[int]) -> Region | None:
    """Columns and header of a block; None where it is a line of words with one number in it."""
    header = _header_rows(view, kind, rows)
    if not header:
        header, rows = _promoted(view, rows)
    used = sorted({c for r in (*rows, *header) for c in view.rows.get(r, ())})
    if len(rows) * len(used) > MOST_PLACES:
        seen = f"{len(rows):,} rows by {len(used):,} columns, mostly blank"
        raise BadFile(f"sheet {view.sheet.name}", seen, f"at most {MOST_PLACES:,} places", "Ask for CSV.")
    heads = {c: " ".join(t for r in header if (t := view.shown(r, c))) for c in used}
    stubs = _stubs(view, rows, used, heads)
    rest = [c for c in used if not stubs or c > stubs[-1]]
    flags = _flag_columns(view, rows, header, rest)
    texts = [c for c in rest if c not in dict(flags) and _only_words(view, rows, c, heads.get(c, ""))]
    columns = [c for c in rest if c not in texts and c not in dict(flags)]
    data = list(rows) if any(view.is_datum(r, c) for r in rows for c in columns) else []
    count = sum(view.is_datum(r, c) for r in data[:2] for c in columns)
    if not data or (not header and count < 2):
        return None
    top = header[-1] + 1 if header else data[0]
    body = [r for r in view.rows if top <= r <= data[-1] and kind[r] != COUNT]
    return Region((), header, body, data, (), stubs, columns, texts, flags)


def _header_rows(view: View, kind: dict[int, str], rows: Sequence[int]) -> list[int]:
    """Rows above the body with texts over the figures, from the top."""
    found: list[int] = []
    first, row = rows[0], rows[0] - 1
    edge = min(view.rows[r][0] for r in rows)
    columns = {c for r in rows[:200] for c in view.rows[r] if view.is_datum(r, c) and c > edge}
    left, blanks = min(columns, default=edge), 0
    while row > 0 and kind.get(row) != DATA and len(found) < _MOST_HEADER:
        if row not in view.rows and not _covered(view, row, columns):
            blanks += 1
            if found or blanks > _GAP:
                break
        elif _is_header(view, row, left, columns, found[-1] if found else 0):
            found.append(row)
        elif found or first - row > _GAP + 3:
            break
        row -= 1
    kept = [r for r in reversed(found) if kind.get(r) != COUNT]
    return kept or found


def _covered(view: View, row: int, columns: Iterable[int]) -> bool:
    return any((row, c) in view.origins for c in columns)


def _is_header(view: View, row: int, left: int, columns: set[int], below: int) -> bool:
    """Whether a row has header cells of its own; titles spread from the labels and keys are none."""
    filled = view.rows.get(row, [])
    over = [c for c in columns if view.shown(row, c) and _from(view, row, c) >= min(left, *columns)]
    if not over or (len(filled) == 1 and is_note(view.shown(row, filled[0])) and len(columns) > 1):
        return False
    alone = len(filled) == 1 and len(over) == 1 and len(columns) > 1
    key = len(filled) == 2 and filled[0] < left and len(over) == 1 and filled[1] == left and len(columns) > 1
    headed = (below, filled[0]) in view.sheet.cells if filled else False
    unit = below and len(over) * 2 < len(columns) and all(is_unit(view.shown(row, c)) for c in filled)
    return not (alone or unit or (key and (headed if below else len(columns) > 2)))


def _from(view: View, row: int, column: int) -> int:
    """The column where the cell begins that is seen here."""
    merge = view.origins.get((row, column))
    return merge.left if merge else column


def _promoted(view: View, rows: Sequence[int]) -> tuple[list[int], Sequence[int]]:
    """The first row of a body without header, where it is one: texts, or 1 2 3 …, over stored numbers."""
    if len(rows) < 2:
        return [], rows
    edge = min(view.rows[r][0] for r in rows)
    first, second = ([cell for c in view.rows[r] if c > edge and (cell := view.cell(r, c))] for r in rows[:2])
    texts = all(c.number is None and mark_of(c.text) is None for c in first)
    stored = sum(c.kind in (NUMBER, DATE) for c in second) * 2 > len(second) > 0
    sizes = len(first) >= 3 and [c.number for c in first] == [float(i + 1) for i in range(len(first))]
    return ([rows[0]], rows[1:]) if sizes or (texts and stored and first) else ([], rows)


def _stubs(view: View, rows: Sequence[int], used: Sequence[int], heads: dict[int, str]) -> list[int]:
    """The leading columns of labels: the first one, unless it has no label or holds fractions."""
    filled = [c for c in used if any((r, c) in view.sheet.cells for r in rows)]
    if not filled or filled[0] > used[0] or _fractions(view, rows, filled[0]):
        return [c for c in used[:1] if c not in filled]
    stubs = filled[:1]
    for position, column in enumerate(filled[1:-1], 1):
        later = any(view.is_datum(r, c) for c in filled[position + 1 :] for r in rows[:200])
        if not later or not _is_stub(view, rows, column, heads.get(column, "")):
            break
        stubs.append(column)
    return stubs


def _fractions(view: View, rows: Sequence[int], column: int) -> bool:
    cells = [cell for r in rows if (cell := view.cell(r, column))]
    return bool(cells) and all(c.number is not None and not c.number.is_integer() for c in cells)


def _is_stub(view: View, rows: Sequence[int], column: int, head: str) -> bool:
    cells = [(r, column) for r in rows if (r, column) in view.sheet.cells]
    words = sum(not view.is_datum(*at) for at in cells)
    if words * 2 > len(cells) or is_code_header(head):
        return True
    times = all(view.is_time(*at) for at in cells)
    several = len({view.shown(*at) for at in cells}) > 1
    return times and len(cells) > 1 and bool(head) and (several or is_time_header(head))


def _only_words(view: View, rows: Sequence[int], column: int, head: str) -> bool:
    """Whether a column right of the labels holds texts and no figure."""
    cells = [(r, column) for r in rows if (r, column) in view.sheet.cells]
    if any(view.is_number(*at) for at in cells):
        return False
    words = sum(not view.is_datum(*at) and not view.is_time(*at) for at in cells)
    return words * 2 > len(cells) or (bool(cells) and is_flag_header(head))


def _flag_columns(
    view: View, rows: Sequence[int], header: Sequence[int], columns: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    """Columns of letters without a header of their own, right of a column of figures."""
    found = []
    for left, column in pairwise(columns):
        if column != left + 1 or any((r, column) in view.sheet.cells for r in header):
            continue
        texts = [cell.text.strip() for r in rows if (cell := view.cell(r, column))]
        letters = bool(texts) and all(len(t) <= 4 and t.isalpha() and t.islower() for t in texts)
        if letters:
            found.append((column, left))
    return tuple(found)


def _with_lines(view: View, found: Sequence[Region]) -> list[Region]:
    """Regions with the lines between them: notes of the one above, heading of the one below."""
    done: list[Region] = []
    previous_end = 0
    for region in found:
        top = min([*region.header, region.body[0]])
        between = [r for r in view.rows if previous_end < r < top]
        above = next((n for r in (done[-1].heading if done else ()) if (n := _number(view, r))), "")
        notes, heading = _parted(view, between, done != [], above)
        if done:
            done[-1] = replace(done[-1], notes=notes)
        done.append(replace(region, heading=heading))
        previous_end = region.body[-1]
    if done:
        done[-1] = replace(done[-1], notes=[r for r in view.rows if r > previous_end])
    return done


def _number(view: View, row: int) -> str:
    """The number that a title begins with, as those of all tables of a sheet do: "2. Library readers"."""
    found = _NUMBERED.match(_line(view, row))
    return found[1] if found else ""


def _parted(view: View, rows: Sequence[int], below_table: bool, above: str) -> tuple[list[int], list[int]]:
    """Lines between two tables: what belongs to the upper, numbered `above`, and what to the lower."""
    if not below_table:
        return [], list(rows)
    groups: list[list[int]] = []
    for row in rows:
        if groups and row == groups[-1][-1] + 1:
            groups[-1].append(row)
        else:
            groups.append([row])
    last = groups[-1] if groups else []
    titled = [r for r in last if above and _number(view, r) not in ("", above)]
    noted = [is_note(_line(view, r)) and r not in titled for r in last]
    cut = next((i for i in reversed(range(len(last))) if noted[i]), -1) + 1
    return [r for g in groups[:-1] for r in g] + last[:cut], last[cut:]


def _line(view: View, row: int) -> str:
    return " ".join(view.shown(row, c) for c in view.rows[row])
