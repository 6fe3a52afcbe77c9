"""PC-Axis: keywords with texts, then a matrix of numbers without keys.

    STUB="region";  HEADING="year";  VALUES("region")="A","B";  DATA= 1 ".." 3 4;

No library that is kept reads KEYS, marks and several languages together, so this is read by hand. The
matrix is cut into values by polars, a line at a time: place and text of each value are kept that way.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from etl.readers.bad_file import MOST, each_of, together
from etl.readers.cells import COLUMN, FLAGS, ROW, BadFile, Dimension, Publication, Table, frame
from etl.readers.figures import cells_of, read_numbers, sound_names
from etl.readers.keys import refuse_twice
from etl.readers.px_text import decode, periods
from etl.readers.sound import refuse_with

STATEMENT = re.compile(
    r'\s*+([A-Za-z][\w-]*+)\s*+(?:\[([^\]\n]*+)\])?\s*+(?:\(((?:"[^"]*+"|[^")])*+)\))?\s*+='
)
VALUE_PART = re.compile(r'((?:"[^"]*+"|[^";]++)*+);')
PIECE = re.compile(r'"([^"]*)"|(,)|([^\s",]+)')
PRINTED = r'"[^"]*"|[^\s,;"]+'
AGAIN = "Ask the publisher for the file again."
STRUCTURE = frozenset({"STUB", "HEADING", "VALUES", "CODES", "KEYS", "CONTVARIABLE"})
COMMON = {"UNITS": "unit", "SOURCE": "source", "LAST-UPDATED": "updated", "DECIMALS": "decimals"}
NOTES = frozenset({"NOTE", "NOTEX", "VALUENOTE", "VALUENOTEX", "CELLNOTE", "CELLNOTEX"})
PER_VALUE = (
    "UNITS",
    "PRECISION",
    "LAST-UPDATED",
    "STOCKFA",
    "CFPRICES",
    "BASEPERIOD",
    "REFPERIOD",
    "SEASADJ",
    "DAYADJ",
)
MOST_MARKING = 50_000_000
"""Notes times cells: beyond, notes on cells stay with the table."""

MOST_KEYWORDS = 200_000
"""Keywords that a file may have: a large one has a note on each of some thousand cells."""
MOST_VALUES = 300_000
"""Values that a dimension may have."""

Key = tuple[str, str, tuple[str, ...]]
"""Keyword, language ("" for the main one), what it speaks of."""


@dataclass
class Keywords:
    """What stands before the data.

    Attributes:
        texts: by key, its pieces as written; strings are joined over lines.
        remarks: oddities that were got over.
        order: dimensions, stub before heading: the order of the matrix, row by row.
    """

    texts: dict[Key, list[str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)

    def get(self, word: str, *about: str) -> list[str]:
        """Pieces of a keyword in the main language, [] if it is not there."""
        return self.texts.get((word, "", about), [])


def read(path: Path, format: str) -> Publication:
    """A PC-Axis file as one table.

    Args:
        path: the file, unpacked.
        format: "px".

    Raises:
        BadFile: no keywords, no data, or another number of values than the dimensions ask for.
    """
    text, encoding, remarks = decode(path.read_bytes())
    words, start = _keywords(text)
    words.remarks[:0] = remarks
    words.order = words.get("STUB") + words.get("HEADING")
    if not words.order:
        raise BadFile("", "neither STUB nor HEADING", "the names of the dimensions", AGAIN)
    sound_names(words.order, "STUB and HEADING")
    dimensions = each_of(words.order, lambda name: _dimension(words, name))
    data = _tokens(text, start)
    cells = _cells(words, dimensions, data)
    name = " ".join(words.get("MATRIX")) or path.stem
    table = Table(name, _title(words), dimensions, cells, _attributes(words), _notes(words))
    refuse_with(table, lambda: refuse_twice(cells, words.order, name))
    return Publication(path, format, encoding, [table], words.remarks)


def _keywords(text: str) -> tuple[Keywords, int]:
    """Keywords up to DATA, and where the data begin."""
    words, at = Keywords(), 0
    raw: list[tuple[str, str, tuple[str, ...], str, int]] = []
    while True:
        head = STATEMENT.match(text, at)
        if head is None:
            raise BadFile(
                _line(text, at),
                text[at : at + 40].strip() or "the end of the file",
                "KEYWORD=…; and at last DATA=",
                AGAIN,
            )
        word, language, about = head[1].upper(), (head[2] or "").strip(), tuple(_pieces(head[3] or ""))
        if word == "DATA":
            break
        value = VALUE_PART.match(text, head.end())
        if value is None:
            raise BadFile(_line(text, at), f"{word} without an end", "; after its value", AGAIN)
        raw.append((word, language, about, value[1], at))
        if len(raw) > MOST_KEYWORDS:
            raise BadFile(_line(text, at), f"more than {MOST_KEYWORDS:,} keywords", "fewer", AGAIN)
        at = value.end()
    main = next((_pieces(v)[0] for w, _, _, v, _ in raw if w == "LANGUAGE" and _pieces(v)), "")
    for word, language, about, value_text, at in raw:
        key = (word, "" if language.lower() == main.lower() else language, about)
        if key in words.texts and word in STRUCTURE:
            raise BadFile(_line(text, at), f"{word} twice", "each keyword once", AGAIN)
        words.texts.setdefault(key, []).extend([value_text] if word == "TIMEVAL" else _pieces(value_text))
    return words, head.end()


def _pieces(value: str) -> list[str]:
    """Texts and words of a value: strings side by side are one, commas part."""
    out: list[str] = []
    joins = False
    for string, comma, word in PIECE.findall(value):
        if comma:
            joins = False
        elif joins and not word:
            out[-1] += string
        else:
            out.append(word or string)
            joins = not word
    return out


def _line(text: str, at: int) -> str:
    """Place of a character, in words."""
    begins = at + len(text[at:]) - len(text[at:].lstrip())
    return f"row {text.count(chr(10), 0, begins) + 1}"


def _dimension(words: Keywords, name: str) -> Dimension:
    """A dimension with its codes; where the file has none the texts are the codes."""
    step, listed = periods("".join(words.get("TIMEVAL", name)))
    texts = words.get("VALUES", name) or words.get("CODES", name) or listed
    if not texts:
        raise BadFile(f'VALUES("{name}")', "nothing", "the values of the dimension", AGAIN)
    if len(texts) > MOST_VALUES:
        raise BadFile(f'VALUES("{name}")', f"{len(texts):,} values", f"at most {MOST_VALUES:,}",
                      "Take the values you need from the source.")  # fmt: skip
    if listed and len(listed) != len(texts):
        words.remarks.append(
            f"{name}: TIMEVAL lists {len(listed)} periods and VALUES {len(texts)}; VALUES is taken"
        )
    codes = _codes(words, name, texts)
    if len(set(codes)) < len(codes):
        twice = Counter(codes).most_common(1)[0][0]
        raise BadFile(f'VALUES("{name}")', f"{twice!r} twice", "each value once", AGAIN)
    if step:
        words.texts.setdefault(("TLIST", "", (name,)), [step])
    return Dimension(name, name, dict(zip(codes, texts, strict=True)), _role(words, name, timed=bool(step)))


def _codes(words: Keywords, name: str, texts: Sequence[str]) -> Sequence[str]:
    """CODES where they are sound, else the texts."""
    codes = words.get("CODES", name)
    if not codes:
        return texts
    if len(codes) != len(texts) or len(set(codes)) < len(codes):
        words.remarks.append(
            f"{name}: CODES do not name its {len(texts)} values one by one; its texts are the codes"
        )
        return texts
    return codes


def _role(words: Keywords, name: str, *, timed: bool) -> str | None:
    """What a dimension is, where the file says so."""
    kind = "".join(words.get("VARIABLE-TYPE", name))[:1].upper()
    if timed or kind == "T":
        return "time"
    if name in words.get("CONTVARIABLE") or kind == "C":
        return "measure"
    return "area" if words.get("MAP", name) or kind == "G" else None


def _tokens(text: str, start: int) -> pl.DataFrame:
    """Values of the matrix in order: `token` as printed, row and column of the file."""
    first = text.count("\n", 0, start) + 1
    lines = pl.DataFrame({"line": pl.Series(text[start:].split("\n"), dtype=pl.String)}).with_row_index(
        ROW, first
    )
    odd = lines.filter(pl.col("line").str.count_matches('"', literal=True) % 2 == 1)
    if odd.height:
        told = [BadFile(f"row {row}", 'an odd number of "', "texts that end where they begin", AGAIN)
                for row in odd[ROW].head(MOST)]  # fmt: skip
        raise together(told, odd.height - len(told))
    cut = lines.select(ROW, token=pl.col("line").str.extract_all(PRINTED)).filter(
        pl.col("token").list.len() > 0
    )
    return (
        cut.with_columns(pl.int_ranges(1, pl.col("token").list.len() + 1, dtype=pl.UInt32).alias(COLUMN))
        .explode("token", COLUMN)
        .select("token", ROW, COLUMN)
    )


def _cells(words: Keywords, dimensions: Sequence[Dimension], data: pl.DataFrame) -> pl.DataFrame:
    """The matrix with its keys, notes on cells and attributes of values."""
    keyed = [d for d in dimensions if ("KEYS", "", (d.id,)) in words.texts]
    free = [d for d in dimensions if d not in keyed]
    width = cells_of(len(d.codes) for d in free)
    step = width + len(keyed)
    if keyed and data.height % step:
        raise BadFile(
            "DATA", f"{data.height} texts and numbers", f"rows of {len(keyed)} keys and {width} values", AGAIN
        )
    sizes = " × ".join(str(len(d.codes)) for d in free)
    if not keyed and data.height != width:
        raise BadFile(
            "DATA",
            f"{data.height} values",
            f"{width} ({sizes})",
            "The file is cut off or its head is of another table: get it again.",
        )
    within = pl.Series(np.arange(data.height) % step)
    columns = {d.id: _keys_printed(words, d, data.filter(within == i), width) for i, d in enumerate(keyed)}
    data = data.filter(within >= len(keyed))
    columns |= _keys_counted(free, data.height)
    cells = frame(columns | _values(data), [d.id for d in dimensions])
    return _marked(words, dimensions, _per_value(words, dimensions, cells))


def _keys_printed(words: Keywords, dimension: Dimension, tokens: pl.DataFrame, width: int) -> pl.Series:
    """Codes of the keys that stand in the rows themselves."""
    names = {c: c for c in dimension.codes}
    if words.get("KEYS", dimension.id) != ["CODES"]:
        names = {label or c: c for c, label in dimension.codes.items()}
    texts = tokens["token"].str.strip_chars('"')
    known = texts.is_in(list(names))
    if not known.all():
        odd = tokens.filter(~known)
        told = [BadFile(f"row {row}", f"the key {token[:40]}", f"a value of {dimension.id}", AGAIN)
                for token, row in odd.select("token", ROW).head(MOST).iter_rows()]  # fmt: skip
        raise together(told, odd.height - len(told))
    return texts.replace_strict(names, return_dtype=pl.String).repeat_by(width).explode()


def _keys_counted(dimensions: Sequence[Dimension], cells: int) -> dict[str, pl.Series]:
    """Codes by position: the last dimension turns fastest."""
    inner, out = 1, {}
    place = np.arange(cells)
    for dimension in reversed(dimensions):
        size = len(dimension.codes)
        out[dimension.id] = pl.Series(list(dimension.codes), dtype=pl.String).gather(place // inner % size)
        inner *= size
    return out


def _values(data: pl.DataFrame) -> dict[str, pl.Series]:
    """Numbers and marks: a text in quotes may be any mark, one without must be a number or a known mark."""
    plain = data["token"].str.strip_chars('"')
    read = read_numbers(plain)
    quoted = data["token"].str.starts_with('"')
    sound = quoted | read["_mark"].is_null() | plain.str.contains(r"^(?:-|\.{1,6}|:|NaN)$")
    if not sound.all():
        odd = data.filter(~sound).select("token", ROW, COLUMN)
        told = [BadFile(f"row {row}, column {column}", token[:40], 'a number, or a mark such as ".."', AGAIN)
                for token, row, column in odd.head(MOST).iter_rows()]  # fmt: skip
        raise together(told, odd.height - len(told))
    return {**read, ROW: data[ROW], COLUMN: data[COLUMN]}


def _per_value(words: Keywords, dimensions: Sequence[Dimension], cells: pl.DataFrame) -> pl.DataFrame:
    """Units, decimals and dates that hold for one value of a dimension, as columns of attributes."""
    contents = words.get("CONTVARIABLE")
    there = {word for word, language, _ in words.texts if not language}
    for word in (w for w in PER_VALUE if w in there):
        for dimension in dimensions:
            named = dict(_of_values(words, word, dimension, bare=dimension.id in contents))
            if named:
                said = pl.col(dimension.id).replace_strict(named, default=None, return_dtype=pl.String)
                cells = cells.with_columns(said.alias(f"@{word}"))
    return cells


def _of_values(words: Keywords, word: str, dimension: Dimension, *, bare: bool) -> Iterator[tuple[str, str]]:
    """Code and text of WORD("value") for contents, of WORD("dimension","value") for any dimension."""
    for code, label in dimension.codes.items():
        for name in dict.fromkeys((label or code, code)):
            said = words.get(word, dimension.id, name) or (words.get(word, name) if bare else [])
            if said:
                yield code, " ".join(said)
                break


def _marked(words: Keywords, dimensions: Sequence[Dimension], cells: pl.DataFrame) -> pl.DataFrame:
    """Notes on cells: DATANOTECELL is a flag beside the number, CELLNOTE a text about it."""
    for target, kinds in ((FLAGS, ("DATANOTECELL",)), ("@CELLNOTE", ("CELLNOTE", "CELLNOTEX"))):
        found = [(k, v) for k, v in words.texts.items() if k[0] in kinds and not k[1]]
        if not found:
            continue
        if len(found) * cells.height > MOST_MARKING:
            words.remarks.append(f"{len(found)} notes on cells stay in the notes of the table")
            continue
        joined = pl.repeat(None, cells.height, dtype=pl.String, eager=True)
        between = " " if target == FLAGS else "\n"
        for key, text in found:
            here = cells.select(_where(dimensions, key[2])).to_series()
            note = pl.Series([_broken(" ".join(text))])
            joined = (joined + between + note).fill_null(note[0]).zip_with(here, joined)
        if joined.count():
            cells = cells.with_columns(joined.alias(target))
    return cells


def _where(dimensions: Sequence[Dimension], names: Sequence[str]) -> pl.Expr:
    """Cells at the values named, "*" for any, by text or code, in the order of the dimensions."""
    tests = [pl.lit(len(names) == len(dimensions))]
    for dimension, name in zip(dimensions, names, strict=False):
        if name != "*":
            codes = [c for c, label in dimension.codes.items() if name in (label, c)]
            tests.append(pl.col(dimension.id).is_in(codes))
    return pl.all_horizontal(tests)


def _title(words: Keywords) -> str | None:
    """Title in the main language."""
    return _broken(" ".join(words.get("TITLE") or words.get("DESCRIPTION"))) or None


def _attributes(words: Keywords) -> dict[str, str]:
    """Every other keyword by its own name; four that all formats have by a common one."""
    out: dict[str, str] = {}
    for (word, language, about), pieces in words.texts.items():
        if word in NOTES or (not language and word in STRUCTURE | {"TITLE", "TIMEVAL", "DATANOTECELL"}):
            continue
        tail = "(" + ", ".join(about) + ")" if about else ""
        name = f"{word}[{language}]{tail}" if language else COMMON.get(word, word) + tail
        out[name] = _broken("; ".join(pieces))
    return out


def _notes(words: Keywords) -> list[str]:
    """Footnotes, each with what it speaks of; those of other languages with their language."""
    out = []
    for (word, language, about), pieces in words.texts.items():
        if word in NOTES:
            place = (f"[{language}] " if language else "") + (f"({', '.join(about)}) " if about else "")
            out.append(place + _broken(" ".join(pieces)))
    return out


def _broken(text: str) -> str:
    """A text with its line breaks, which PC-Axis writes as #."""
    return text.replace("#", "\n").strip()
