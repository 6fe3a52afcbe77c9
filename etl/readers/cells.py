"""What a reader makes of a published file: tables of cells, each with its key, its mark and its place.

One shape for every format, so that what follows (inspect, mapping to our codes) knows no format. The
words are those of the SDMX information model: a table has dimensions, a cell has a value at a key, and
attributes say more of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from etl.readers.bad_file import BadFile as BadFile  # every reader takes it from here
from etl.readers.bad_file import together as together

if TYPE_CHECKING:
    from etl.readers.layout import Layout

VALUE, TEXT, MARK, FLAGS = "_value", "_text", "_mark", "_flags"
SHEET, ROW, COLUMN = "_sheet", "_row", "_column"
OWN: dict[str, type[pl.DataType]] = {
    VALUE: pl.Float64, TEXT: pl.String, MARK: pl.String, FLAGS: pl.String,
    SHEET: pl.String, ROW: pl.UInt32, COLUMN: pl.UInt32,
}  # fmt: skip
"""Columns that every table has beside its dimensions.

_value   the number; null where none can be read
_text    the value exactly as it stands in the file; null where the file has no such cell
_mark    why there is no number: the file's own mark (":", "..", "(D)", "NaN"), "" for an empty cell;
         null where there is a number
_flags   flags and statuses of the observation as the file writes them, by space; null for none
_sheet   sheet, or None
_row     row of the file or sheet, or number of the element in its file, from 1; null where none
_column  column, from 1; null where the format has no columns
"""
ACTION, REMOVE = "@ACTION", ("delete", "d")
"""Attribute of rows of SDMX-CSV, and what it says of those that are to be removed."""
ATTRIBUTE = "@"
"""Begins the name of a column that holds an attribute of the cell, "@UNIT_MEASURE"."""


@dataclass(frozen=True)
class Dimension:
    """One dimension of a table.

    Attributes:
        id: name of its column in `cells`; as the file identifies it.
        label: what the file calls it for people, or None.
        codes: every code in the order of the file → its label, None where the file has none.
        role: "time", "area", "unit" or "measure" where the file says so; None where it does not.
    """

    id: str
    label: str | None
    codes: Mapping[str, str | None]
    role: str | None = None


@dataclass(frozen=True)
class Table:
    """Cells under one set of dimensions.

    Attributes:
        name: sheet, data set or file by which it is told from the others.
        title: what the file calls it, or None.
        dimensions: in the order of the file.
        cells: a String column for each dimension, the columns OWN, and columns of attributes.
        attributes: what holds for the whole table: unit, source, last update, decimals.
        notes: footnotes, in the order of the file.
        layout: what each column of a delimited file was taken for; None for other formats.
        unsure: a number whose sign may be decimal or stand between thousands, where nothing tells; or "".
    """

    name: str
    title: str | None
    dimensions: Sequence[Dimension]
    cells: pl.DataFrame
    attributes: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()
    layout: "Layout | None" = None
    unsure: str = ""

    def __post_init__(self) -> None:
        """A reader that leaves out a column, or gives it another type, is wrong."""
        schema = self.cells.schema
        wanted = {d.id: pl.String for d in self.dimensions} | OWN
        wrong = [c for c, dtype in wanted.items() if schema.get(c) != dtype]
        if wrong:
            raise TypeError(f"{self.name}: columns {', '.join(wrong)} are not there or of another type")


@dataclass(frozen=True)
class Publication:
    """What one file holds.

    Attributes:
        path: the file.
        format: a key of recognise.FORMATS, "px" or "sdmx-csv-2.0".
        encoding: of its text, or None for a binary format.
        tables: at least one.
        remarks: what a reader should know of how it was read: an ignored part, a repaired oddity.
    """

    path: Path
    format: str
    encoding: str | None
    tables: Sequence[Table]
    remarks: Sequence[str] = ()


def removes(table: Table) -> bool:
    """Whether the message says that the observations of a table are to be removed, not added."""
    return any(table.attributes.get(name, "").casefold() in REMOVE for name in ("action", "ACTION"))


def frame(columns: Mapping[str, Sequence[object] | pl.Series], dimensions: Sequence[str]) -> pl.DataFrame:
    """Cells from columns: dimensions as texts, what is lacking of OWN as nulls, attributes kept."""
    made = pl.DataFrame({name: pl.Series(name, list(values) if not isinstance(values, pl.Series) else values,
                                         dtype=OWN.get(name, pl.String), strict=False)
                         for name, values in columns.items()})  # fmt: skip
    lacking = [pl.lit(None, dtype).alias(name) for name, dtype in OWN.items() if name not in made.columns]
    rest = [c for c in made.columns if c not in dimensions and c not in OWN]
    return made.with_columns(lacking).select(*dimensions, *OWN, *rest)
