"""Native tables: areas by years, the newest first; as many as can be read, and how many there are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches

from exports.slides import look
from exports.slides.drawn import Drawn, lines
from exports.slides.said import NOTHING, Row, period

MOST_ROWS, MOST_YEARS = 10, 6
SIDE, DIGIT = 60_000, 0.66
"""Room beside a text, in EMU, and the width of a digit as a part of its height."""
EDGE, LINE, LETTER = 20_000, 1.22, 0.68
"""Room over and under a text in EMU; height of a line and width of a letter as parts of its size, of the
widest letters that a reader may have in place of the template's: Kazakh ones in DejaVu Sans."""
_MARK = re.compile(r" (?=\w$)")
"""Between a number and the letter of its status, which do not part."""
SMALLEST = 8
"""Points of the smallest letters."""
BESIDE_ROWS, BESIDE_YEARS = 12, 2
"""Beside a picture there is room for fewer columns."""


@dataclass(frozen=True)
class Grid:
    """A table as it is written.

    Attributes:
        cells: rows of texts, the heading first.
        rows: the figures in it.
        left: what did not fit, in words.
    """

    cells: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]
    left: tuple[str, ...]


def grid(found: Drawn, most_rows: int = MOST_ROWS, most_years: int = MOST_YEARS) -> Grid:
    """The figures of one unit as a table; the unit heads its first column."""
    found = lines(found, most_rows)
    years = sorted({r["year"] for r in found.rows}, reverse=True)
    shown = years[:most_years]
    cells = [(found.scale.title, *(str(y) for y in shown))]
    taken: list[Row] = []
    for one in found.series:
        rows = [one.in_year(y) for y in shown]
        taken += [r for r in rows if r]
        cells.append((one.name, *(_written(found, r) if r else NOTHING for r in rows)))
    language, left = found.language, list(found.left)
    if len(years) > len(shown):
        left.append(language.text("the newest {shown} of {all} years", shown=len(shown), all=len(years)))
    return Grid(tuple(cells), tuple(taken), tuple(left))


def _written(found: Drawn, row: Row) -> str:
    """A figure, and its period where that is no year."""
    cell = _MARK.sub("\N{NO-BREAK SPACE}", found.scale.cell(row))
    return cell if row["freq"] == "A" else f"{cell}, {period(found.language, row)}"


def put(slide: Any, made: Grid, box: Sequence[int], name: str) -> None:
    """Write a grid into a box of left, top, width and height, in EMU."""
    left, top, width, height = box
    rows, columns = len(made.cells), len(made.cells[0])
    first = int(width * (0.34 if columns > 2 else 0.55))
    size = _size(made, (width - first) // (columns - 1), many=rows > 8)
    first, size, tall = _fitting(made, width, height, first, size)
    frame = slide.shapes.add_table(rows, columns, Emu(left), Emu(top), Emu(width), Emu(sum(tall)))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", name)
    table = frame.table
    for at in range(columns):
        table.columns[at].width = Emu(first if at == 0 else (width - first) // (columns - 1))
    for at, line in enumerate(made.cells):
        table.rows[at].height = Emu(tall[at])
        for place, text in enumerate(line):
            cell = table.cell(at, place)
            _cell(cell, text, heading=at == 0, number=place > 0, size=size)


def _size(made: Grid, wide: int, *, many: bool) -> Any:
    """A size in which no number is broken over two lines."""
    longest = max((len(w) for line in made.cells for text in line[1:] for w in text.split(" ")), default=1)
    usual = look.LABEL if many else look.SUBTITLE
    return Emu(min(int(usual), int((wide - 2 * SIDE) / (longest * DIGIT))) // 12_700 * 12_700)


def _fitting(made: Grid, width: int, height: int, first: int, size: Any) -> tuple[int, Any, list[int]]:
    """Width of the first column, size and heights of rows with which the whole stands in its box.

    A long name takes room that numbers do not need, then smaller letters, then several lines; words after a
    number ("319.0 and more") take lines too.
    """
    numbers = len(made.cells[0]) - 1
    longest = max((len(w) for line in made.cells for text in line[1:] for w in text.split(" ")), default=1)
    names = [line[0] for line in made.cells]
    tall: list[int] = []
    for one in range(int(size) // 12_700, SMALLEST - 1, -1):
        points = one * 12_700
        needed = numbers * int(longest * DIGIT * points + 2 * SIDE)
        wide = max(first, min(width - needed, int(max(map(len, names)) * points * LETTER + 2 * SIDE)))
        letters = max(1, int((wide - 2 * SIDE) / (points * LETTER)))
        digits = max(1, int(((width - wide) // numbers - 2 * SIDE) / (points * DIGIT)))
        lines = [
            max(_lines(line[0], letters), *(_lines(text, digits) for text in line[1:])) for line in made.cells
        ]
        tall = [int(n * points * LINE + 2 * EDGE) for n in lines]
        whole = max(len(word) for name in names for word in name.split(" ")) <= letters
        if sum(tall) <= height and (whole or one == SMALLEST):
            spare = (min(height, int(Inches(0.5)) * len(tall)) - sum(tall)) // len(tall)
            return wide, Emu(points), [t + max(spare, 0) for t in tall]
    return wide, Emu(points), [height // len(tall)] * len(tall)


def _lines(text: str, letters: int) -> int:
    """Lines that a text takes in a column of so many letters."""
    return len(wrap(text, letters, break_on_hyphens=False)) or 1


def _cell(cell: Any, text: str, *, heading: bool, number: bool, size: Any) -> None:
    cell.text = text
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_top = cell.margin_bottom = Emu(EDGE)
    cell.margin_left = cell.margin_right = Emu(SIDE)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if number else PP_ALIGN.LEFT
    font = paragraph.runs[0].font if paragraph.runs else paragraph.font
    font.size = size
    font.bold = heading
