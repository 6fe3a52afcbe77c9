"""Parquet: how the tables of a release are set down and read back.

A column of codes has few texts and many rows. Each text is written once, and the rows by its number: so a
million figures take half the time of writing every text of every row, and the same few codes put them in
order. What a reader sees is plain columns of texts.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute  # which a cast would load amid the work
import pyarrow.parquet as pq

from etl.coded import CODE, Few, few
from indicators.concepts.observation import KEY

GROUP = 122_880
"""Rows of a row group, as DuckDB has them: the unit that its threads share out."""
LEVEL = -1
"""Of zstd: takes two thirds of the time of level 1, for a sixth more bytes."""
QUICK = {"compression": "lz4"}
"""For very many figures: three quarters of the time of writing and of reading, for a fifth more bytes."""
LOOKED_FOR = (*KEY[:-1], "period_start", "period_end")
"""Columns by which readers choose."""
SIGNED = {pl.Int8: 128, pl.Int16: 32_768}
"""Types of the numbers of texts, and how many texts each tells apart: the smaller, the sooner written."""


def write(frame: pl.DataFrame, path: Path) -> None:
    """A frame as a file of a release."""
    known = {name: it for name in frame.columns if (it := few(frame[name]))}
    put(table_of(frame.columns, frame.height, frame, known), path)


def put(table: pa.Table, path: Path, *, quick: bool = False) -> None:
    """A table as a file of a release; its coded columns are read as texts. `quick` spares time, not bytes.

    Only of LOOKED_FOR the least and the greatest are kept: a reader passes over groups of rows by area or
    period, never by value or id, and to find these takes as long as a third of the writing.
    """
    coded = [f.name for f in table.schema if _is_numbered(f.type)]
    packed = QUICK if quick else {"compression": "zstd", "compression_level": LEVEL}
    pq.write_table(table, path, row_group_size=GROUP, **packed, use_dictionary=coded or False,
                   write_statistics=[name for name in coded if name in LOOKED_FOR] or False,
                   store_schema=False)  # fmt: skip


def _is_numbered(kind: pa.DataType) -> bool:
    """Whether its values are written once each: codes, days, small numbers, and nothing at all."""
    return bool(
        pa.types.is_dictionary(kind)
        or pa.types.is_date(kind)
        or pa.types.is_integer(kind)
        or pa.types.is_null(kind)
    )


def table_of(names: Sequence[str], rows: int, frame: pl.DataFrame, known: Mapping[str, Few]) -> pa.Table:
    """Columns of so many rows for writing: those of `known` as codes, the others as they stand in `frame`."""
    columns = [_numbered(known[c], rows) if c in known else _arrow(frame[c]) for c in names]
    fields = [
        pa.field(name, column.type, nullable=column.null_count > 0 or not len(column))
        for name, column in zip(names, columns, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=pa.schema(fields))


def _numbered(column: Few, rows: int) -> pa.Array:
    """The texts once, and their numbers. Made by polars: pyarrow would load pandas to look at a list."""
    texts = column.texts.to_arrow().cast(pa.string())
    ranks = pl.zeros(rows, pl.Int8, eager=True) if column.ranks is None else column.ranks
    small = next(kind for kind, most in SIGNED.items() if len(texts) <= most)
    return pa.DictionaryArray.from_arrays(ranks.cast(small).to_arrow(), texts)


def _arrow(column: pl.Series) -> pa.Array:
    """A column as it is; texts that all lack are written as none."""
    texts = column.dtype in (pl.String, CODE)
    if texts and len(column) and column.null_count() == len(column):
        return pa.nulls(len(column), pa.string())
    plain = column.cast(pl.String) if texts else column
    return plain.to_arrow(compat_level=pl.CompatLevel.newest())  # texts as they lie in memory


def reads_back(table: pa.Table, path: Path) -> bool:
    """Whether a file holds exactly the columns, types and rows of a table; one group of rows at a time."""
    coded = [f.name for f in table.schema if pa.types.is_dictionary(f.type)]
    with pq.ParquetFile(path, read_dictionary=coded) as file:  # read_table would load all that reads folders
        if file.schema_arrow.names != table.column_names or file.metadata.num_rows != table.num_rows:
            return False
        at = 0
        for group in range(file.num_row_groups):
            back = file.read_row_group(group)
            own = table.slice(at, back.num_rows)
            if not all(_same(own[name], back[name]) for name in table.column_names):
                return False
            at += back.num_rows
    return bool(at == table.num_rows)


def _same(column: pa.ChunkedArray, back: pa.ChunkedArray) -> bool:
    """Whether two columns say the same; numbers are compared where both number the texts alike."""
    if not pa.types.is_dictionary(column.type):
        return bool(column.equals(back.cast(column.type)))
    at, whole = 0, column.combine_chunks()
    for chunk in back.chunks:
        own = whole.slice(at, len(chunk))
        alike = chunk.dictionary.equals(own.dictionary)
        one, other = (own.indices, chunk.indices) if alike else (_texts(own), _texts(chunk))
        if not bool(one.equals(other.cast(one.type))):
            return False
        at += len(chunk)
    return at == len(whole)


def _texts(column: pa.DictionaryArray) -> pa.Array:
    return column.dictionary_decode().cast(pa.string())


def order(keys: Sequence[Few], last: pl.Series) -> pl.Series:
    """Row numbers in the order of several columns of codes, and of `last` where these are alike.

    The ranks of a row make one number, which is sorted by itself.

    Raises:
        OverflowError: more cells than a number tells apart.
    """
    number, cells = pl.Series("number", [0], dtype=pl.UInt64), 1
    for key in keys:
        if key.ranks is not None:
            number = number * len(key.texts) + key.ranks.cast(pl.UInt64)
            cells *= len(key.texts)
    if cells >= 1 << 63:
        raise OverflowError("more cells than a number tells apart")
    if cells == 1:
        return last.arg_sort()
    places = number.arg_sort()
    in_turn = number.gather(places)
    if not bool((in_turn == in_turn.shift(1)).any()):
        return places
    rows = pl.DataFrame({"number": number, "last": last})
    return rows.select(pl.arg_sort_by("number", "last", maintain_order=True)).to_series()
