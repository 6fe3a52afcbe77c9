"""Records under a layout → a table of cells with keys, numbers, marks, flags and places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from etl.readers import numbers
from etl.readers.cells import (
    ATTRIBUTE,
    COLUMN,
    FLAGS,
    MARK,
    OWN,
    ROW,
    SHEET,
    TEXT,
    VALUE,
    BadFile,
    Dimension,
    Table,
)
from etl.readers.keys import refuse_twice
from etl.readers.layout import MEASURE, Layout
from etl.readers.sound import refuse_with

SHORT = 1_000
"""Rows up to which codes are gathered one by one, which is quicker."""
SORTED_UP_TO = 5_000_000
"""Cells that are put into the order of the file; more stay column after column."""
APART = 300
"""Measures whose decimal signs are told one by one; more are told together."""


@dataclass(frozen=True)
class Source:
    """What surrounds the records of a table.

    Attributes:
        name: of the table.
        columns: column → its number in the file; empty where the format has none.
        delimiter: of the file, which bears on the decimal sign; "" for typed formats.
        typed: the values are numbers by type already, in Float64 columns of the same frame.
        asks: 1.234 may be a thousand and more here, for no format says what its sign is.
        decimal: "." or ",", what a person says where the figures leave it open.
    """

    name: str
    columns: Mapping[str, int]
    delimiter: str = ""
    typed: bool = False
    asks: bool = False
    decimal: str | None = None


def tabulate(
    frame: pl.DataFrame,
    layout: Layout,
    source: Source,
    *,
    title: str | None = None,
    attributes: Mapping[str, str] | None = None,
    notes: Sequence[str] = (),
) -> tuple[Table, tuple[str, ...]]:
    """The table of a frame of records, and what to remark.

    Args:
        frame: columns of texts (values may be Float64 where `source.typed`), and ROW.
        layout: which column is what.
        source: where the records come from.
        title: what the file calls the table.
        attributes: what holds for all of it.
        notes: footnotes.

    Raises:
        BadFile: two rows have one key, a column of the layout is not there, a decimal sign is unclear.
    """
    _refuse_unknown(frame, layout)
    parts, remarks, unsure = _parts(frame, layout, source)
    names = _ids(layout)
    cells = pl.concat(parts, rechunk=False) if len(parts) > 1 else parts[0]
    if len(layout.values) > 1 and cells.height <= SORTED_UP_TO:
        cells = (
            cells.sort(ROW, COLUMN, maintain_order=True)
            if source.columns
            else cells.sort(ROW, maintain_order=True)
        )
    dimensions = [_dimension(frame, layout, name, cells) for name in names]
    table = Table(source.name, title, dimensions, cells, dict(attributes or {}), tuple(notes), layout, unsure)
    if layout.values:
        refuse_with(table, lambda: refuse_twice(frame, layout.dimensions, blank=False))
    return table, remarks


def _refuse_unknown(frame: pl.DataFrame, layout: Layout) -> None:
    lacking = sorted(layout.mentions() - set(frame.columns))
    if lacking:
        raise BadFile(
            "header",
            f"no column {', '.join(lacking)}",
            f"the columns of the layout; there are {', '.join(c for c in frame.columns if c != ROW)}",
            "Correct the layout, or look whether the file has changed.",
        )


def _ids(layout: Layout) -> list[str]:
    """Identifiers of the dimensions, in order; the one made of column names comes last."""
    if layout.time:
        return [*layout.dimensions, layout.time]
    return [*layout.dimensions, MEASURE] if len(layout.values) > 1 else [*layout.dimensions]


def _parts(
    frame: pl.DataFrame, layout: Layout, source: Source
) -> tuple[list[pl.DataFrame], tuple[str, ...], str]:
    """Cells of every column of figures, what to remark, and a number whose sign nothing tells."""
    if not layout.values:
        lone = _shared(frame, layout).with_columns(pl.lit("").alias(MARK))
        return [_ordered(lone, layout)], (), ""
    if _alike(frame, layout):
        part, remarks, unsure = _melted(frame, layout, source)
        return [part], remarks, unsure
    signs, remarks, unsure = _signs(frame, layout, source)
    parts, said = [], list(remarks)
    for name in layout.values:
        part, more = _cells(frame, layout, source, name, signs[name])
        parts.append(part)
        said += [m for m in more if m not in said]
    return parts, tuple(said[:20]), unsure


def _alike(frame: pl.DataFrame, layout: Layout) -> bool:
    """Whether the columns of figures are one column laid out in width: periods, or very many measures."""
    apart = layout.own_flags or layout.own_marks or layout.texts
    schema = frame.schema  # made anew at every look
    texts = all(schema[v] == pl.String for v in layout.values)
    return bool(layout.time or len(layout.values) > APART) and texts and not apart


def _melted(frame: pl.DataFrame, layout: Layout, source: Source) -> tuple[pl.DataFrame, tuple[str, ...], str]:
    """The cells of columns that are read together, with one decimal sign for all."""
    across = layout.time or MEASURE
    made = [VALUE, TEXT, MARK, FLAGS, COLUMN]
    base = _shared(frame, layout).drop(made)
    if layout.flags:
        base = base.with_columns(joined_flags([frame[f] for f in layout.flags]).alias(FLAGS))
    values = list(layout.values)
    long = base.hstack(frame.select(values)).unpivot(
        values, index=base.columns, variable_name=across, value_name=TEXT
    )
    sign, said, unsure = layout.decimal or ".", None, ""
    if layout.decimal is None:
        seen = numbers.evidence(long[TEXT])
        sign, said = numbers.decimal_sign("of figures", seen, seen, source.delimiter, source.decimal)
        unsure = _asked(source, {"": seen})
    reading = numbers.read(long[TEXT], sign, "of figures")
    flags = [reading.cells["flags"], *([long[FLAGS]] if layout.flags else [])]
    places = np.repeat(np.array([source.columns.get(v, 0) for v in values], np.uint32), frame.height)
    names = (
        long[across].replace(values, [" ".join(v.split()) for v in values]) if layout.time else long[across]
    )
    cells = long.with_columns(
        reading.cells["value"].alias(VALUE),
        reading.cells["mark"].alias(MARK),
        joined_flags(flags).alias(FLAGS),
        names.alias(across),
        pl.Series(COLUMN, places).replace(0, None),
    )
    return _ordered(cells, layout), (*([said] if said else []), *reading.remarks), unsure


def _signs(
    frame: pl.DataFrame, layout: Layout, source: Source
) -> tuple[dict[str, str], tuple[str, ...], str]:
    """The decimal sign of every column of figures."""
    if layout.decimal or source.typed:
        return dict.fromkeys(layout.values, layout.decimal or "."), (), ""
    found = {name: numbers.evidence(frame[name]) for name in layout.values}
    whole = numbers.merged(list(found.values()))
    signs, remarks = dict[str, str](), []
    for name, own in found.items():
        signs[name], said = numbers.decimal_sign(name, own, whole, source.delimiter, source.decimal)
        remarks += [said] if said else []
    return signs, tuple(remarks), _asked(source, found)


def _asked(source: Source, found: Mapping[str, numbers.Evidence]) -> str:
    """A number of which a person must say what its sign is; "" where the format or the figures tell."""
    if not source.asks:
        return ""
    whole = numbers.merged(list(found.values()))
    return next((seen for own in found.values() if (seen := numbers.unsure(own, whole))), "")


def _cells(
    frame: pl.DataFrame, layout: Layout, source: Source, name: str, sign: str
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The cells of one column of figures."""
    texts = frame[layout.texts[name]] if name in layout.texts else frame[name].cast(pl.String)
    if frame.schema[name].is_numeric():
        read, remarks = _typed(frame[name], texts), tuple[str, ...]()
    else:
        reading = numbers.read(frame[name], sign, name)
        read, remarks = reading.cells, reading.remarks
    own = [
        read["flags"].alias("_f"),
        *(frame[c] for c in layout.own_flags.get(name, ())),
        *(frame[c] for c in layout.flags),
    ]
    mark = read["mark"]
    if name in layout.own_marks:
        mark = _explained(read, frame[layout.own_marks[name]])
    found = {VALUE: read["value"], TEXT: texts, MARK: mark, FLAGS: joined_flags(own)}
    telling = [s.alias(c) for c, s in found.items() if s.null_count() < len(s)]
    made = _shared(frame, layout).drop(s.name for s in telling).hstack(telling)
    lone = [pl.lit(source.columns.get(name), pl.UInt32).alias(COLUMN)]
    if layout.time:
        lone.append(pl.lit(" ".join(name.split())).alias(layout.time))
    elif len(layout.values) > 1:
        lone.append(pl.lit(name).alias(MEASURE))
    return _ordered(made.with_columns(lone), layout), remarks


def _explained(read: pl.DataFrame, why: pl.Series) -> pl.Series:
    """Marks, with the reason that stands in a column of its own where there is one."""
    said = read.with_columns(why.replace("", None).alias("why"))
    return said.select(
        pl.when(pl.col("value").is_null()).then(pl.coalesce("why", "mark")).alias("mark")
    ).to_series()


def _typed(values: pl.Series, texts: pl.Series) -> pl.DataFrame:
    """Values that are numbers by type: infinity and NaN are marks, null has none of its own."""
    number = values.cast(pl.Float64)
    finite = number.is_finite().fill_null(value=False)
    made = pl.DataFrame({"value": number.set(~finite, None), "text": texts.fill_null("")})
    return made.select(
        "value", mark=pl.when(pl.col("value").is_null()).then("text"), flags=pl.lit(None, pl.String)
    )


def joined_flags(columns: Sequence[pl.Series]) -> pl.Series:
    """Flags of several columns as one text, by space; null for none."""
    telling = [c for c in columns if c.null_count() < len(c)]
    if not telling:
        return pl.Series([None], dtype=pl.String).new_from_index(0, len(columns[0]))
    if len(telling) == 1:
        return _spaced(telling[0].cast(pl.String))
    frame = pl.DataFrame({str(at): _spaced(c.cast(pl.String)) for at, c in enumerate(telling)})
    return frame.select(
        pl.concat_str(pl.all(), separator=" ", ignore_nulls=True).replace("", None)
    ).to_series()


def _spaced(flags: pl.Series) -> pl.Series:
    """Flags divided by one space, null for none; translated once for each that occurs."""
    known = flags.unique().drop_nulls()
    plain = known.str.replace_all(r"[\s,;]+", " ").str.strip_chars().replace("", None)
    changed = [(old, new) for old, new in zip(known, plain, strict=True) if old != new]
    return flags.replace([old for old, _ in changed], [new for _, new in changed]) if changed else flags


def _shared(frame: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """What every cell of a row has: key, attributes, place; the rest of OWN as nulls."""
    flags = [f for f in layout.flags if f not in layout.dimensions]
    return frame.select(
        *(_key(frame, d) for d in layout.dimensions),
        *(pl.lit(None, kind).alias(name) for name, kind in OWN.items() if name != ROW),
        pl.col(ROW),
        *(
            pl.col(c).cast(pl.String).replace("", None).alias(ATTRIBUTE + c)
            for c in (*layout.attributes, *flags)
        ),
    )


def _key(frame: pl.DataFrame, name: str) -> pl.Expr:
    """A dimension as texts without nulls; untouched where it is so already, to hold it once."""
    plain = frame.schema[name] == pl.String and not frame.select(pl.col(name).null_count()).item()
    return pl.col(name) if plain else pl.col(name).cast(pl.String).fill_null("")


def _ordered(cells: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """Columns in the order that every table has."""
    rest = [c for c in cells.columns if c.startswith(ATTRIBUTE)]
    return cells.select(*_ids(layout), VALUE, TEXT, MARK, FLAGS, SHEET, ROW, COLUMN, *rest)


def _dimension(frame: pl.DataFrame, layout: Layout, name: str, cells: pl.DataFrame) -> Dimension:
    role = layout.roles.get(name)
    if name == layout.time or (name == MEASURE and MEASURE not in frame.columns):
        return Dimension(
            name, None, {" ".join(v.split()) if layout.time else v: None for v in layout.values}, role
        )
    return Dimension(name, None, codes_of(frame, name, layout.labels.get(name)), role)


def codes_of(frame: pl.DataFrame, name: str, label: str | None = None) -> dict[str, str | None]:
    """Codes in the order of the file with their labels; the first label of a code counts."""
    if label is None and frame.height <= SHORT and frame.schema[name] == pl.String:
        return dict.fromkeys(text or "" for text in frame[name].to_list())
    if label is None:
        codes = pl.col(name).cast(pl.String).fill_null("").unique(maintain_order=True)
        return dict.fromkeys(frame.select(codes).to_series().to_list())
    pairs = frame.select(
        pl.col(name).cast(pl.String).fill_null("").alias("c"), pl.col(label).cast(pl.String).alias("l")
    )
    first = pairs.group_by("c", maintain_order=True).first()
    return {code: said or None for code, said in first.rows()}
