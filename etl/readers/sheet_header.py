"""The labels of a table: one axis for each row of its header, each column of its stub, each key above it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.readers.sheet_grid import letters
from etl.readers.sheet_regions import Region
from etl.readers.sheet_view import View
from etl.readers.sheet_words import clean, is_period, is_unit, label, note_number

_FRAGMENTS = 4
"""Rows of a header without merged cells from which on they are lines of one label each."""
_LONGEST_ID = 60


@dataclass(frozen=True)
class Axis:
    """One dimension in the making.

    Attributes:
        id: name, still to be made unique.
        label: what the sheet calls it, or None.
        codes: the code of each column (or row) of the table, in its order.
        labels: code → the label as printed.
        flags: footnote marks of each column (or row), "" for none.
        role: "time", "unit" or None.
    """

    id: str
    label: str | None
    codes: Sequence[str]
    labels: dict[str, str]
    flags: Sequence[str] = ()
    role: str | None = None


def note_numbers(view: View, region: Region) -> frozenset[str]:
    """Numbers that begin a footnote of the table."""
    lines = (" ".join(view.shown(r, c) for c in view.rows[r]) for r in region.notes)
    return frozenset(n for line in lines if (n := note_number(line)))


def axis(name: str, title: str | None, texts: Sequence[str], notes: frozenset[str]) -> Axis:
    """An axis from printed labels, their footnote marks taken off."""
    read = {text: label(text, notes) for text in set(texts)}
    codes = [read[text][0] for text in texts]
    labels: dict[str, str] = {}
    for text in texts:
        labels.setdefault(read[text][0], clean(text))
    flags = [read[text][1] for text in texts]
    return Axis(name, title, codes, labels, flags, role(list(labels)))


def role(codes: Sequence[str]) -> str | None:
    """What the codes are: "time" where every one is a period, "unit" where every one names a unit."""
    if codes and all(is_period(code) for code in codes):
        return "time"
    return "unit" if codes and all(code and is_unit(code) for code in codes) else None


def column_axes(view: View, region: Region, notes: frozenset[str]) -> tuple[list[Axis], str | None]:
    """Axes over the columns of figures, and the unit that stands over all of them, if one does.

    A merged header holds for its columns; a blank under a header repeats it.
    """
    levels = _levels(view, region)
    unit = next((clean(x[0]) for x in levels if len({*x}) == 1 and is_unit(x[0]) and len(x) > 1), None)
    if unit and len(levels) > 1:
        levels = [x for x in levels if clean(x[0]) != unit or len({*x}) > 1]
    if not levels:
        levels = [[letters(c) for c in region.columns]]
    axes = [axis("column", None, level, notes) for level in levels]
    axes = [replace(a, id=a.role) if a.role else a for a in axes]
    return _distinct(axes, [letters(c) for c in region.columns], "sheet_column"), unit


def _levels(view: View, region: Region) -> list[list[str]]:
    rows, columns = region.header, region.columns
    raw = [[_header_text(view, region, r, c) for c in columns] for r in rows]
    merged = [any((r, c) in view.origins for c in columns) for r in rows]
    whole = len(rows) >= _FRAGMENTS and not any(merged) and not any(_some_period(x) for x in raw)
    if whole:
        raw = [[" ".join(clean(t) for t in parts if t.strip()) for parts in zip(*raw, strict=True)]]
    else:
        raw = [
            _spread(x, raw[-1]) if not m and x is not raw[-1] else x for x, m in zip(raw, merged, strict=True)
        ]
    filled = _filled([x for x in raw if any(t.strip() for t in x)], columns)
    return [x for i, x in enumerate(filled) if x not in filled[:i]]


def _header_text(view: View, region: Region, row: int, column: int) -> str:
    """The text over a column; one that is merged from outside the header is a title, not a header."""
    merge = view.origins.get((row, column))
    if merge and (merge.top < region.header[0] or merge.left < region.columns[0]):
        return ""
    return view.shown(row, column)


def _some_period(texts: Sequence[str]) -> bool:
    return any(is_period(t) for t in texts if t)


def _spread(texts: Sequence[str], lowest: Sequence[str]) -> list[str]:
    """Blanks to the right of a group's title get the title, where the row below has labels."""
    done: list[str] = []
    for position, text in enumerate(texts):
        follows = position > 0 and lowest[position] and lowest[position - 1]
        done.append(text if text or not follows else done[-1])
    return done


def _filled(levels: list[list[str]], columns: Sequence[int]) -> list[list[str]]:
    """Levels without blanks: from above, else from below, else the letters of the column."""
    for position, column in enumerate(columns):
        stack = [level[position].strip() for level in levels]
        given = [t for t in stack if t]
        last = given[0] if given else f"column {letters(column)}"
        for level, text in zip(levels, stack, strict=True):
            last = text or last
            level[position] = last
    return levels


def row_axes(view: View, region: Region, rows: Sequence[int], notes: frozenset[str]) -> list[Axis]:
    """Axes over the rows: one for each column of labels; a blank in a group column repeats the group."""
    axes = []
    for position, column in enumerate(region.stubs):
        head = header_of(view, region, column)
        texts = [view.shown(r, column) for r in rows]
        if position < len(region.stubs) - 1:
            texts = _downwards(texts, [view.shown(r, region.stubs[-1]) for r in rows])
        axes.append(axis(name_of(head, notes) or "row", head or None, texts, notes))
    return axes


def _downwards(texts: Sequence[str], beside: Sequence[str]) -> list[str]:
    """Blanks below a group's label get the label, where the next column has one."""
    done: list[str] = []
    for text, other in zip(texts, beside, strict=True):
        done.append(text if text.strip() or not other.strip() or not done else done[-1])
    return done


def header_of(view: View, region: Region, column: int) -> str:
    """What the header says over one column, its lines joined; "" for nothing."""
    lines = (view.shown(r, column).strip() for r in region.header)
    return clean(" ".join(dict.fromkeys(line for line in lines if line)))


def name_of(head: str, notes: frozenset[str] = frozenset()) -> str | None:
    """A header as id of a dimension; None where it would make a bad one."""
    plain = label(head, notes)[0]
    return plain if plain and len(plain) <= _LONGEST_ID and plain[0] not in "_@" else None


def distinct_rows(axes: list[Axis], rows: Sequence[int]) -> list[Axis]:
    """Row axes; one more with the number of the row where labels repeat."""
    return _distinct(axes, [str(r) for r in rows], "sheet_row")


def _distinct(axes: list[Axis], names: Sequence[str], more: str) -> list[Axis]:
    keys = set(zip(*(a.codes for a in axes), strict=True)) if axes else set()
    if axes and len(keys) == len(names):
        return axes
    return [*axes, Axis(more, None, list(names), {n: n for n in names}, [""] * len(names))]


def split_corner(rows: list[Axis], columns: list[Axis]) -> tuple[list[Axis], list[Axis]]:
    """A corner such as "GEO/TIME" names the labels below it and the labels to its right."""
    if len(rows) != 1 or len(columns) != 1 or not rows[0].label:
        return rows, columns
    below, found, right = (part.strip() for part in rows[0].label.replace("\\", "/").partition("/"))
    if not (found and below and right) or "/" in right or " " in below or " " in right:
        return rows, columns
    return [replace(rows[0], id=below, label=below)], [replace(columns[0], id=right, label=right)]


def unique(axes: Sequence[Axis]) -> list[Axis]:
    """The axes with an id of its own each: "row", "row2"."""
    taken: set[str] = set()
    done = []
    for one in axes:
        name, number = one.id, 2
        while name in taken:
            name, number = f"{one.id}{number}", number + 1
        taken.add(name)
        done.append(replace(one, id=name))
    return done
