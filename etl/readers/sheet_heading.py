"""The lines above and below a table: its title, its unit, what it is about, its footnotes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from etl.readers.sheet_grid import TEXT
from etl.readers.sheet_header import Axis, axis, name_of
from etl.readers.sheet_regions import Region
from etl.readers.sheet_view import View
from etl.readers.sheet_words import clean, fold, is_unit, key_line, unit_line, words

_LONGEST_KEY = 40
_LONGEST_UNIT = 30
_NUMBERED = re.compile(
    r"(?i)^(?:tab(?:le|elle|lo|la|ela)?|cuadro|cədvəl|таблица|табл|кесте|таблицасы?|jadval|жадвал)\W{0,3}"
    r"(?:\d[\d.]*|[A-Z]?\d*)[a-zа-я]?\W?$"
)
"""What a line begins with that is a title, and not a word with what it means: "Table 1a: 2023"."""


@dataclass
class Heading:
    """What the lines above a table say.

    Attributes:
        title: lines that are neither key nor unit, from the top.
        keys: "SEX" → "Total": what tells this table from the others of its sheet.
        attributes: unit, last update and the like.
    """

    title: list[str] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)


def heading(view: View, region: Region) -> Heading:
    """The lines above a table, read."""
    found = Heading()
    nearest = _nearest(region.heading)
    for row in region.heading:
        _read_line(view, row, row in nearest, found)
    return found


def _nearest(rows: Sequence[int]) -> set[int]:
    """The last run of neighbouring rows."""
    run: list[int] = []
    for row in rows:
        run = [*run, row] if run and row == run[-1] + 1 else [row]
    return set(run)


def _read_line(view: View, row: int, near: bool, found: Heading) -> None:
    texts = [clean(view.shown(row, c)) for c in view.rows[row]]
    if unit := next((u for t in texts if (u := unit_line(t))), None):
        found.attributes.setdefault("unit", unit)
        texts = [t for t in texts if not unit_line(t)]
    if len(texts) == 2 and _is_key(view, row, texts[0]):
        stamp = fold(texts[0].rstrip(":")) in words("stamp")
        (found.keys if near and not stamp else found.attributes)[texts[0].rstrip(": ")] = texts[1]
    elif len(texts) == 1 and (pair := key_line(texts[0])) and not _NUMBERED.match(pair[0]):
        found.attributes.setdefault(*pair)
    elif len(texts) == 1 and found.title and "unit" not in found.attributes and _names_unit(texts[0]):
        found.attributes["unit"] = texts[0]
    elif texts:
        found.title.append(" ".join(texts))


def _names_unit(text: str) -> bool:
    """Whether a line is nothing but a unit: "единиц", "million manat"."""
    return len(text) <= _LONGEST_UNIT and is_unit(text) and not any(c.isdigit() for c in text)


def _is_key(view: View, row: int, text: str) -> bool:
    first = view.cell(row, view.rows[row][0])
    return first is not None and first.kind == TEXT and len(text) <= _LONGEST_KEY and bool(name_of(text))


def key_axes(found: Heading, rows: int) -> list[Axis]:
    """One axis with a single code for each key above the table."""
    axes = [axis(name_of(k) or "key", k, [v] * rows, frozenset()) for k, v in found.keys.items()]
    return [replace(a, role="unit") if fold(a.id) in words("unit_is") else a for a in axes]


def notes(view: View, region: Region) -> tuple[str, ...]:
    """The lines below a table, as they stand."""
    return tuple(" ".join(clean(view.shown(r, c)) for c in view.rows[r]) for r in region.notes)
