"""ODS → grids, by hand: no kept library gives its merged cells, and calamine drops the printed text."""

from pathlib import Path
from xml.parsers import expat

from etl.readers.cells import BadFile
from etl.readers.number_formats import words_beside
from etl.readers.sheet_archive import AGAIN, Parts, parse
from etl.readers.sheet_grid import (
    DATE,
    ERROR,
    LAST_COLUMN,
    LAST_ROW,
    MOST_CELLS,
    TRUTH,
    Cell,
    Merge,
    Sheet,
    bounded,
    of_number,
    of_text,
    place,
)  # fmt: skip

_SPREAD = 1_000
"""Copies of one filled cell that a sheet may ask for: more is a bomb, not a table."""
_CELLS = ("table:table-cell", "table:covered-table-cell")


class Content:
    """Handlers of content.xml; `sheets` holds what was read."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.name, self.cells, self.merges = "", {}, []  # type: tuple[str, dict[tuple[int, int], Cell], list[Merge]]
        self.row, self.column, self.rows_again = 0, 0, 1
        self.cell: dict[str, str] = {}
        self.texts: list[str] = []
        self.aside = self.tables = self.filled = 0
        self.row_cells: list[tuple[int, Cell]] = []
        self.inside = self.hidden = False
        self.styles: dict[str, bool] = {}
        self.style = ""

    def parser(self) -> expat.XMLParserType:
        """A parser that calls these handlers."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.characters
        return parser

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name in ("office:annotation", "draw:frame", "table:shapes", "text:note"):
            self.aside += 1
        elif self.aside:
            return
        elif name == "table:table":
            self._start_table(attributes)
        elif name == "table:table-row":
            self.row += 1
            self.column, self.row_cells = 0, []
            self.rows_again = _count(attributes, "table:number-rows-repeated")
        elif name in _CELLS:
            self.cell, self.texts, self.inside = attributes, [], True
        elif self.inside:
            self._start_text(name, attributes)
        else:
            self._start_style(name, attributes)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self.tables += 1
        if self.tables > 1:
            raise BadFile(f"sheet {self.name}", "a table inside a cell", "one grid a sheet", AGAIN)
        self.name, self.cells, self.merges, self.row = attributes.get("table:name", ""), {}, [], 0
        self.hidden = self.styles.get(attributes.get("table:style-name", ""), False)

    def _start_style(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style:style":
            self.style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self.styles[self.style] = True

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == "text:p" and self.texts:
            self.texts.append("\n")
        elif name == "text:s":
            self.texts.append(" " * min(_count(attributes, "text:c"), 100))
        elif name in ("text:tab", "text:line-break"):
            self.texts.append("\n" if name == "text:line-break" else "\t")

    def characters(self, text: str) -> None:
        """Text of a cell; line breaks between elements are not."""
        if self.inside and not self.aside:
            self.texts.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in ("office:annotation", "draw:frame", "table:shapes", "text:note"):
            self.aside -= 1
        elif self.aside:
            return
        elif name in _CELLS:
            self._end_cell(name)
        elif name == "table:table-row":
            self._end_row()
        elif name == "table:table":
            self.tables -= 1
            merges = bounded(iter(self.merges), self.cells)
            self.sheets.append(Sheet(self.name, self.cells, merges, self.hidden))

    def _end_cell(self, name: str) -> None:
        self.inside = False
        again = _count(self.cell, "table:number-columns-repeated")
        first, self.column = self.column + 1, self.column + again
        if self.column > LAST_COLUMN:
            seen = f"{self.column:,} columns"
            raise BadFile(f"sheet {self.name}, row {self.row}", seen, f"at most {LAST_COLUMN:,}", AGAIN)
        cell = None if name != _CELLS[0] else self._value(first)
        if cell is None:
            return
        self._spread(again, first)
        self.row_cells += [(c, cell) for c in range(first, first + again)]
        down = _count(self.cell, "table:number-rows-spanned")
        right = _count(self.cell, "table:number-columns-spanned")
        self.merges.append(Merge(self.row, first, self.row + down - 1, first + right - 1))

    def _end_row(self) -> None:
        first, self.row = self.row, self.row + self.rows_again - 1
        if self.row > LAST_ROW:
            raise BadFile(f"sheet {self.name}", f"{self.row:,} rows", f"at most {LAST_ROW:,}", AGAIN)
        if not self.row_cells:
            return
        self._spread(self.rows_again, self.row_cells[0][0])
        self.filled += len(self.row_cells) * self.rows_again
        if self.filled > MOST_CELLS:
            raise BadFile(f"sheet {self.name}", f"more than {MOST_CELLS:,} cells", "fewer", "Ask for CSV.")
        for row in range(first, self.row + 1):
            self.cells.update({(row, column): cell for column, cell in self.row_cells})

    def _spread(self, again: int, column: int) -> None:
        if again > _SPREAD:
            raise BadFile(place(self.name, self.row, column), f"one filled cell repeated {again:,} times",
                          f"at most {_SPREAD:,}", "Delete what stands beside the table.")  # fmt: skip

    def _value(self, column: int) -> Cell | None:
        """The cell as its type says; the printed text tells an error from a number."""
        where = place(self.name, self.row, column)
        kind = self.cell.get("office:value-type", "")
        shown = "".join(self.texts)
        formula = "table:formula" in self.cell
        if formula and not kind:
            raise BadFile(where, "a formula that was never calculated", "a value beside the formula",
                          "Open the workbook in a spreadsheet program and save it.")  # fmt: skip
        if formula and shown.startswith(("#", "Err:")):
            return Cell(shown, None, ERROR)
        if kind in ("float", "percentage", "currency"):
            number, percent = _number(self.cell.get("office:value", ""), where), kind == "percentage"
            return of_number(number, percent, self.cell.get("office:currency", "") or words_beside(shown))
        if kind == "date":
            return Cell(self.cell.get("office:date-value", shown).removesuffix("T00:00:00"), None, DATE)
        if kind == "time":
            return Cell(shown or self.cell.get("office:time-value", ""), None, DATE)
        if kind == "boolean":
            return Cell(self.cell.get("office:boolean-value", shown).upper(), None, TRUTH)
        return of_text(shown or self.cell.get("office:string-value", ""), where)


def read(path: Path) -> list[Sheet]:
    """Every sheet of an .ods.

    Raises:
        BadFile: damaged, encrypted, a bomb, a formula without a value.
    """
    parts = Parts(path)
    for name in ("styles.xml", "meta.xml", "settings.xml", "META-INF/manifest.xml"):
        if name in parts.names:
            parse(parts, name)
    content = Content()
    parse(parts, "content.xml", content.parser())
    if not content.sheets:
        raise BadFile("", "no sheet", "a spreadsheet", AGAIN)
    return content.sheets


def _count(attributes: dict[str, str], name: str) -> int:
    """A repetition, at least one; what is no number counts as far too many."""
    given = attributes.get(name, "1")
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 10 else LAST_ROW + 1


def _number(text: str, where: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise BadFile(where, f"a number written {text[:40]!r}", "digits", AGAIN) from None
