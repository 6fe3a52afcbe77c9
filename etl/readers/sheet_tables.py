"""A grid → tables: every cell of figures with its key, its mark, its flags and its place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from etl.readers.cells import COLUMN, FLAGS, MARK, ROW, SHEET, TEXT, VALUE, BadFile, Dimension, Table, frame
from etl.readers.percents import SHOWN_AS
from etl.readers.sheet_grid import DATE, ERROR, NUMBER, Cell, Sheet, letters, place
from etl.readers.sheet_grid import TEXT as WORDS
from etl.readers.sheet_header import (
    Axis,
    axis,
    column_axes,
    distinct_rows,
    header_of,
    name_of,
    note_numbers,
    row_axes,
    split_corner,
    unique,
)
from etl.readers.sheet_heading import Heading, heading, key_axes, notes
from etl.readers.sheet_regions import Region, regions
from etl.readers.sheet_view import View, views
from etl.readers.sheet_words import clean, is_period, mark_of, numeral, opens_number, unproved


@dataclass(frozen=True)
class Found:
    """The tables of one sheet, and the stored numbers that are in none.

    Attributes:
        tables: from top to bottom, from left to right.
        remarks: what a reader should know.
    """

    tables: Sequence[Table]
    remarks: Sequence[str]


def tables(sheet: Sheet, decimal: str | None = None) -> Found:
    """Every table of a sheet; none for a sheet of words.

    Args:
        sheet: the cells.
        decimal: "." or ",", for numbers written as text that leave it open.

    Raises:
        BadFile: a date stands among figures or labels that are none, or the table is mostly blank.
    """
    made: list[Table] = []
    used: set[tuple[int, int]] = set()
    for view in views(sheet, decimal):
        title: list[str] = []
        for region in regions(view):
            above = heading(view, region)
            title = above.title or title
            made += _of_region(view, region, above, " / ".join(title) or None)
            used |= _places(view, region)
    if len(made) > 1:
        made = [replace(t, name=f"{sheet.name} ({i})") for i, t in enumerate(made, 1)]
    return Found(made, [*_remarks(sheet, used if made else None)])


def _places(view: View, region: Region) -> set[tuple[int, int]]:
    """Places that a table speaks for."""
    lines = {*region.heading, *region.header, *region.notes}
    columns = {*region.stubs, *region.columns, *region.texts, *dict(region.flags)}
    body = {(r, c) for r in region.body for c in view.rows[r] if c in columns}
    return body | {(r, c) for r in lines for c in view.rows.get(r, ())}


def _remarks(sheet: Sheet, used: set[tuple[int, int]] | None) -> Iterator[str]:
    yield from (f"sheet {sheet.name}: {remark}" for remark in sheet.remarks)
    if sheet.hidden:
        yield f"sheet {sheet.name} is hidden; it was read like the others"
    if used is None:
        return
    lost = sorted(at for at, cell in sheet.cells.items() if cell.kind == NUMBER and at not in used)
    counting = _count_rows(sheet, {r for r, _ in lost})
    lost = [at for at in lost if at[0] not in counting]
    if lost:
        yield f"{place(sheet.name, *lost[0])}: {len(lost)} numbers belong to no table and were left out"


def _count_rows(sheet: Sheet, rows: set[int]) -> set[int]:
    """Those of some rows whose numbers only number the columns."""
    numbers: dict[int, list[float]] = {}
    for at in sorted(at for at in sheet.cells if at[0] in rows):
        number = sheet.cells[at].number
        if number is not None:
            numbers.setdefault(at[0], []).append(number)
    return {r for r, found in numbers.items() if found[0] in (1, 2) and _one_by_one(found)}


def _one_by_one(numbers: Sequence[float]) -> bool:
    return all(b - a == 1 for a, b in pairwise(numbers))


def _of_region(view: View, region: Region, above: Heading, title: str | None) -> list[Table]:
    """One table; two where columns of periods stand beside columns of other things."""
    numbered = note_numbers(view, region)
    axes, unit = column_axes(view, region, numbered)
    if unit:
        above.attributes.setdefault("unit", unit)
    parts = _by_time(axes)
    if len(parts) == 1:
        return [_table(view, region, above, title, axes)]
    found = []
    for chosen in parts:
        narrow = replace(region, columns=[region.columns[i] for i in chosen])
        part, _ = column_axes(view, narrow, numbered)
        named = header_of(view, narrow, narrow.columns[0]) if len(chosen) == 1 else ""
        found.append(_table(view, narrow, above, " / ".join(t for t in (title, named) if t) or None, part))
    return found


def _by_time(axes: Sequence[Axis]) -> list[list[int]]:
    """Positions of columns, those of periods apart where at least two of them stand beside others."""
    every = list(range(len(axes[0].codes)))
    for one in axes:
        times = [i for i in every if is_period(one.codes[i])]
        if one.role is None and len(times) >= 2:
            return [times, [i for i in every if i not in times]]
    return [every]


def _table(view: View, region: Region, above: Heading, title: str | None, columns: list[Axis]) -> Table:
    rows, sections = _rows(view, region)
    numbered = note_numbers(view, region)
    down = row_axes(view, region, rows, numbered)
    if sections:
        down = [axis("section", None, [sections[r] for r in rows], numbered), *down]
    down, columns = split_corner(distinct_rows(down, rows), columns)
    axes = unique([*key_axes(above, len(rows)), *down, *columns])
    split = len(axes) - len(columns)
    _no_mangled_dates(view, region, rows)
    cells = _cells(view, region, rows, axes[:split], axes[split:])
    dimensions = [Dimension(a.id, a.label, _codes(a), a.role) for a in axes]
    made = frame(cells, [a.id for a in axes])
    said = dict(above.attributes)
    if any(a.role == "unit" for a in columns) and "unit" in said:
        said["unit above the table"] = said.pop("unit")  # some columns say their own
    unsure = _unsure(view.cell(r, c) for r in rows for c in region.columns) if view.unsure else ""
    return Table(view.sheet.name, title, dimensions, made, said, notes(view, region), None, unsure)


def _unsure(cells: Iterable[Cell | None]) -> str:
    """The first number written as text whose sign is not proved by itself; "" where there is none."""
    texts = (cell.text for cell in cells if cell and cell.kind == WORDS and opens_number(cell.text))
    return next((seen for text in texts if (seen := unproved([text]))), "")


def _codes(one: Axis) -> Mapping[str, str | None]:
    return {code: text if text != code else None for code, text in one.labels.items()}


def _rows(view: View, region: Region) -> tuple[list[int], dict[int, str]]:
    """Rows of a table, and the section of each where lines between them begin sections.

    A line that is merged across the figures, or stands over them, begins a section. A label without
    figures does where labels repeat below; otherwise it is a row whose figures are blank.
    """
    data = set(region.data)
    bare = [r for r in region.body if r not in data]
    across = {r for r in bare if _is_across(view, region, r)}
    labels = [tuple(view.shown(r, c) for c in region.stubs) for r in region.data]
    repeated = len(set(labels)) < len(labels)
    heads = across | ({*bare} if repeated else set())
    if not heads:
        return list(region.body), {}
    sections, current, kept = {}, "", []
    for row in region.body:
        if row in heads:
            current = clean(" ".join(view.shown(row, c) for c in view.rows[row]))
        else:
            kept.append(row)
            sections[row] = current
    return kept, sections


def _is_across(view: View, region: Region, row: int) -> bool:
    """Whether a line spreads over the columns of figures."""
    over = any((row, c) in view.sheet.cells for c in region.columns)
    return over or any((row, c) in view.origins for c in region.columns)


def _no_mangled_dates(view: View, region: Region, rows: Sequence[int]) -> None:
    """A date among figures or among labels was made by a spreadsheet program of "1-5" or "10-14".

    Raises:
        BadFile: at the first one.
    """
    if not any(cell.kind == DATE for cell in view.sheet.cells.values()):
        return
    for column in (*region.columns, *region.stubs[:1]):
        stub = column in region.stubs
        cells = {r: cell for r in rows if (cell := view.cell(r, column))}
        dates = [r for r, cell in cells.items() if cell.kind == DATE]
        if not dates or not _has_others(cells.values(), stub):
            continue
        for row in dates:
            if stub or any(view.is_number(row, c) for c in region.columns):
                at = place(view.sheet.name, row, column)
                raise BadFile(at, f"the date {cells[row].text}", "a label" if stub else "a number",
                              'A spreadsheet program has probably made a date of a text such as "1-5"; '
                              "ask for the file as the publisher made it.")  # fmt: skip


def _has_others(cells: Iterable[Cell], stub: bool) -> bool:
    """Whether a column holds mainly words (of labels) or any number (of figures)."""
    cells = list(cells)
    if not stub:
        return any(c.kind == NUMBER for c in cells)
    others = [c for c in cells if c.kind != DATE and not is_period(c.text)]
    return len(others) * 2 > len(cells)


def _cells(
    view: View, region: Region, rows: Sequence[int], down: Sequence[Axis], right: Sequence[Axis]
) -> dict[str, list[object]]:
    """The columns of `Table.cells`."""
    columns = region.columns
    extra = _attribute_names(view, region)
    lettered = {left: column for column, left in region.flags}
    over = [_joined(*(a.flags[j] for a in right if a.flags)) or "" for j in range(len(columns))]
    made: dict[str, list[object]] = {name: [] for name in (VALUE, TEXT, MARK, FLAGS, SHOWN_AS)}
    for i, row in enumerate(rows):
        beside = _joined(*(a.flags[i] for a in down if a.flags)) or ""
        for j, column in enumerate(columns):
            cell = view.cell(row, column)
            value, mark, own, percent = reading(cell, view.decimal)
            letter = view.shown(row, lettered[column]).strip() if column in lettered else ""
            made[VALUE].append(value)
            made[TEXT].append(cell.text if cell else None)
            made[MARK].append(mark)
            made[FLAGS].append(_joined(own, letter, beside, over[j]))
            made[SHOWN_AS].append("%" if percent else cell.beside or None if cell else None)
    for c, name in extra.items():
        made[name] = [text for r in rows for text in [view.shown(r, c) or None] * len(columns)]
    for one in down:
        made[one.id] = [code for code in one.codes for _ in columns]
    for one in right:
        made[one.id] = [code for _ in rows for code in one.codes]
    made[SHEET] = [view.sheet.name for _ in made[VALUE]]
    made[ROW] = [r for r in rows for _ in columns]
    made[COLUMN] = [c for _ in rows for c in columns]
    units = {said for said, value in zip(made[SHOWN_AS], made[VALUE], strict=True) if value is not None}
    if len(units) == 1 and "%" not in units:  # a cell without a number is of the same unit
        made[SHOWN_AS] = [*units] * len(made[SHOWN_AS])
    return made if any(made[SHOWN_AS]) else {k: v for k, v in made.items() if k != SHOWN_AS}


def _joined(*flags: str) -> str | None:
    """Flags by space, each once; None for none."""
    if not any(flags):
        return None
    return " ".join(dict.fromkeys(f for given in flags for f in given.split())) or None


def _attribute_names(view: View, region: Region) -> dict[int, str]:
    """Column of texts → the name of its attribute."""
    found: dict[int, str] = {}
    for column in region.texts:
        name = "@" + (name_of(header_of(view, region, column)) or f"column {letters(column)}")
        found[column] = name if name not in found.values() else f"{name} {letters(column)}"
    return found


def reading(cell: Cell | None, decimal: str | None) -> tuple[float | None, str | None, str, bool]:
    """A cell of figures: its number, why there is none, its flags, whether it is shown in per cent."""
    if cell is None:
        return None, "", "", False
    if cell.kind == NUMBER:
        return cell.number, None, "", cell.percent
    if cell.kind in (DATE, ERROR):
        return None, cell.text, "", False
    read = numeral(cell.text, decimal)
    if read:
        return read.number, None, read.flags, read.percent
    mark = mark_of(cell.text)
    return (None, mark[0], mark[1], False) if mark else (None, clean(cell.text), "", False)


def grid_table(sheet: Sheet) -> Table:
    """The cells of a sheet without figures, by row and column, each with its text."""
    keys = sorted(sheet.cells)
    texts = [sheet.cells[at] for at in keys]
    read = [reading(cell, None) for cell in texts]
    made: dict[str, list[object]] = {
        "row": [str(r) for r, _ in keys],
        "column": [letters(c) for _, c in keys],
        VALUE: [r[0] for r in read],
        TEXT: [cell.text for cell in texts],
        MARK: [r[1] for r in read],
        SHEET: [sheet.name] * len(keys),
        ROW: [r for r, _ in keys],
        COLUMN: [c for _, c in keys],
    }
    sides = [Dimension(name, None, dict.fromkeys(str(x) for x in made[name])) for name in ("row", "column")]
    return Table(sheet.name, None, sides, frame(made, ["row", "column"]), unsure=_unsure(texts))
