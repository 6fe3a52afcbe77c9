"""A sheet of an .xlsx, element by element: what a library that reads its values does not tell.

Which cells are errors or shown in per cent, which formulas were never calculated, and how far the sheet goes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite
from xml.parsers import expat

from etl.readers.cells import BadFile
from etl.readers.sheet_archive import AGAIN
from etl.readers.sheet_grid import LAST_COLUMN, LAST_ROW, Merge, place
from etl.readers.sheet_long import odd_number

MOST_ELEMENTS = 3_000_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_OUTSIDE = re.compile(r"\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|FILTERXML)\s*\(|\|\s*'?[^!]*!", re.I)


NOTHING: Mapping[str, str] = {}


@dataclass
class Scan:
    """What the XML of one sheet says beside its values; filled by the handlers below.

    Attributes:
        errors: (row, column) → error as written.
        percent: cells whose style shows per cent.
        beside: (row, column) → what the format of its style writes beside the number.
        merges: merged ranges.
        formulas: number of formula cells.
        hidden: number of hidden rows and columns with a place of their own.
        last: lowest row and rightmost column with a value.
        filled: number of cells with a value.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: set[tuple[int, int]] = field(default_factory=set)
    beside: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    formulas: int = 0
    hidden: int = 0
    last: tuple[int, int] = (0, 0)
    filled: int = 0


class Scanner:
    """Handlers of one sheet's elements; raises BadFile at the first cell that cannot be read truthfully."""

    def __init__(self, sheet: str, percents: set[str], beside: Mapping[str, str] = NOTHING) -> None:
        self.sheet, self.percents, self.beside, self.found = sheet, percents, beside, Scan()
        self.row, self.column, self.elements, self.filled = 0, 0, 0, 0
        self.style, self.type = "", ""
        self.formula = self.value = self.collect = self.within = False
        self.words: list[str] = []
        self.at = (0, 0)

    def parser(self) -> expat.XMLParserType:
        """A parser that calls these handlers."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.characters
        return parser

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise BadFile(f"sheet {self.sheet}", f"more than {MOST_ELEMENTS:,} elements", "fewer",
                          "Split it, or ask for CSV.")  # fmt: skip
        handler = _STARTS.get(name if ":" not in name else name.rpartition(":")[2])
        if handler:
            handler(self, attributes)

    def start_row(self, attributes: dict[str, str]) -> None:
        """A row: its number is optional and then the next."""
        self.row = _whole(attributes.get("r"), self.row + 1)
        self.column = 0
        self.found.hidden += attributes.get("hidden") in ("1", "true")
        self._inside(self.row, 1)

    def start_cell(self, attributes: dict[str, str]) -> None:
        """A cell: its reference is optional and then the next."""
        given = attributes.get("r")
        if given is None:
            self.column += 1
        else:
            self.row, self.column = self._position(given)
        self._inside(self.row, self.column)
        if (self.row, self.column) <= self.at:
            raise BadFile(place(self.sheet, self.row, self.column), "a cell twice or before the one above it",
                          "cells in their order", AGAIN)  # fmt: skip
        self.at = (self.row, self.column)
        self.style, self.type = attributes.get("s", ""), attributes.get("t", "n")
        self.formula = self.value = False

    def start_value(self, _: dict[str, str]) -> None:
        """A value; its text is kept for errors only. A blank one counts for a formula that gives a text."""
        self.within, self.value = True, self.type in ("str", "inlineStr")
        self.collect, self.words = self.type in ("e", "n"), []

    def start_formula(self, _: dict[str, str]) -> None:
        """A formula; its text is looked at for calls to the outside."""
        self.formula = True
        self.collect, self.words = True, []

    def start_merge(self, attributes: dict[str, str]) -> None:
        """A merged range."""
        first, _, last = attributes.get("ref", "").partition(":")
        self.found.merges.append(Merge(*self._position(first), *self._position(last or first)))

    def start_column(self, attributes: dict[str, str]) -> None:
        """A run of columns, of which some are hidden."""
        if attributes.get("hidden") in ("1", "true") and attributes.get("max") != str(LAST_COLUMN):
            self.found.hidden += 1

    def characters(self, text: str) -> None:
        """Text of a value, a formula or an error."""
        self.value = self.value or self.within
        if self.collect:
            self.words.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        local = name if ":" not in name else name.rpartition(":")[2]
        if local == "f":
            self._end_formula()
        elif local == "v":
            self.collect = self.within = False
        elif local == "c":
            self._end_cell()

    def _end_formula(self) -> None:
        self.collect, formula = False, "".join(self.words)
        if _OUTSIDE.search(formula):
            seen = f"a formula that calls outside: {formula[:60]}"
            raise BadFile(place(self.sheet, self.row, self.column), seen,
                          "values", "Do not open this file in a spreadsheet program.")  # fmt: skip

    def _end_cell(self) -> None:
        at = (self.row, self.column)
        if self.formula and not self.value:
            raise BadFile(place(self.sheet, *at), "a formula that was never calculated", "its value",
                          "Open the workbook in a spreadsheet program and save it.")  # fmt: skip
        self.found.formulas += self.formula
        if not (self.value or self.type == "inlineStr"):
            return
        self.filled += 1
        if self.type == "n" and self.words and not _is_finite("".join(self.words)):
            raise odd_number(place(self.sheet, *at), "".join(self.words))
        if self.type == "e":
            self.found.errors[at] = "".join(self.words)
        if self.style in self.percents:
            self.found.percent.add(at)
        elif self.style in self.beside:
            self.found.beside[at] = self.beside[self.style]
        down, right = self.found.last
        if self.row > down or self.column > right:
            self.found.last = (max(down, self.row), max(right, self.column))

    def _position(self, reference: str) -> tuple[int, int]:
        parts = _REFERENCE.match(reference.replace("$", ""))
        if not parts:
            raise BadFile(
                f"sheet {self.sheet}", f"a cell reference {reference[:40]!r}", "one such as B12", AGAIN
            )
        return int(parts[2]), _column(parts[1])

    def _inside(self, row: int, column: int) -> None:
        if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
            seen = f"a cell in row {row}, column {column}"
            raise BadFile(f"sheet {self.sheet}", seen, f"at most {LAST_ROW} × {LAST_COLUMN}", AGAIN)


_STARTS = {
    "row": Scanner.start_row, "c": Scanner.start_cell, "v": Scanner.start_value, "is": Scanner.start_value,
    "f": Scanner.start_formula, "mergeCell": Scanner.start_merge, "col": Scanner.start_column,
}  # fmt: skip


def _is_finite(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return not text.strip()


@lru_cache(maxsize=LAST_COLUMN)
def _column(name: str) -> int:
    """The number of a column: "AB" → 28."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def _whole(given: str | None, otherwise: int) -> int:
    """A row number as written, 0 (outside every sheet) for what is none."""
    if given is None:
        return otherwise
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
