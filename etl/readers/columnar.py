"""Parquet, Arrow files and streams, Feather: typed columns, so numbers are numbers already."""

import datetime as dt
from pathlib import Path

import polars as pl
import pyarrow as pa
from polars.exceptions import PanicException, PolarsError

from etl.readers import layout as layouts
from etl.readers.cells import ROW, BadFile, Publication
from etl.readers.delimited import settled
from etl.readers.guard import allowed
from etl.readers.layout import Layout
from etl.readers.records import distinct
from etl.readers.table_shape import WIDEST
from etl.readers.tabulate import Source, tabulate

DAMAGE = (PolarsError, PanicException, OSError, ValueError, MemoryError, TypeError, OverflowError, KeyError)
"""What a damaged file makes its parser raise."""
MOST = 500_000_000
"""Cells that a file may announce; more is a forged size, or no table of statistics."""
CELLS_A_MEGABYTE = 50_000
"""The same for a guarded process: so many for each megabyte it may take."""
SECRET = (pl.Binary, pl.Object, pl.List, pl.Array, pl.Struct)


def read(path: Path, format: str, layout: Layout | None = None) -> Publication:
    """A columnar file as one table.

    Args:
        path: the file, unpacked.
        format: "parquet" or "arrow".
        layout: what each column is, where a person has said it; None to infer it.

    Raises:
        BadFile: cut off, damaged, without rows, one key twice.
    """
    try:
        return _made(path, format, layout)
    except BadFile:
        raise
    except PanicException as wrong:  # a date that no calendar has is seen when it is written down
        raise _damaged(wrong, "values of their types") from wrong


def _made(path: Path, format: str, layout: Layout | None) -> Publication:
    """The publication; what is in the columns may still make the library panic."""
    frame = _parquet(path) if format == "parquet" else _arrow(path)
    if not frame.height or not frame.width:
        raise BadFile(
            "", f"{frame.height} rows and {frame.width} columns", "a table", "Fetch the file again."
        )
    frame = frame.rename(dict(zip(frame.columns, distinct(frame.columns), strict=True)))
    nested = [name for name, kind in frame.schema.items() if isinstance(kind, SECRET) or kind in SECRET]
    columns = {name: at for at, name in enumerate(frame.columns, 1)}
    numeric = [name for name, kind in frame.schema.items() if kind.is_numeric()]
    truths = [name for name, kind in frame.schema.items() if kind == pl.Boolean]
    plain = _plain(frame.drop(nested), numeric)
    chosen = layout or settled(plain, layouts.infer(plain, numeric or None, truths))
    table, said = tabulate(
        _typed(plain, frame, chosen, numeric), chosen, Source(path.stem, columns, ",", bool(numeric))
    )
    left = (f"nested columns left out: {', '.join(nested)}",) if nested else ()
    inferred = (
        ()
        if layout
        else (
            f"layout inferred: dimensions {', '.join(chosen.dimensions) or 'none'}; "
            f"figures {', '.join(chosen.values[:6]) or 'none'}",
        )
    )
    return Publication(path, format, None, (table,), (*left, *said, *inferred))


def _parquet(path: Path) -> pl.DataFrame:
    try:
        scan = pl.scan_parquet(path, glob=False)
        rows, width = int(scan.select(pl.len()).collect().item()), len(scan.collect_schema())
        _refuse_size(rows, width)
        if width > WIDEST:
            raise BadFile("", f"{width:,} columns", f"at most {WIDEST:,}", "Take the columns you need.")
        return scan.collect()
    except DAMAGE as wrong:
        if isinstance(wrong, BadFile):
            raise
        raise _damaged(wrong, "a Parquet file") from wrong


def _arrow(path: Path) -> pl.DataFrame:
    """An IPC file (also Feather 2) or stream; the file begins with its name."""
    with path.open("rb") as opened:
        head = opened.read(6)
    if head[:4] == b"FEA1":
        raise BadFile(
            "",
            "Feather of version 1",
            "Arrow IPC or Feather of version 2",
            "Save it again with a newer Arrow.",
        )
    try:
        with pa.OSFile(str(path)) as opened:
            reader = pa.ipc.open_file(opened) if head == b"ARROW1" else pa.ipc.open_stream(opened)
            table = _batches(reader)
        table.validate(full=True)  # offsets and texts, which nobody checks later
        return pl.DataFrame(pl.from_arrow(table))
    except BadFile:
        raise
    except (*DAMAGE, pa.ArrowException) as wrong:
        raise _damaged(wrong, "an Arrow file or stream") from wrong


def _batches(reader: "pa.ipc.RecordBatchFileReader | pa.ipc.RecordBatchStreamReader") -> "pa.Table":
    """All batches, counted as they come: a column of nulls takes no bytes, whatever its length."""
    if hasattr(reader, "num_record_batches"):
        every = (reader.get_batch(at) for at in range(reader.num_record_batches))
    else:
        every = iter(reader)
    made, rows = [], 0
    for batch in every:
        rows += batch.num_rows
        _refuse_size(rows, batch.num_columns)
        made.append(batch)
    return pa.Table.from_batches(made, reader.schema)


def _refuse_size(rows: int, width: int) -> None:
    megabytes = allowed()
    most = MOST if megabytes is None else min(MOST, megabytes * CELLS_A_MEGABYTE)
    if rows * max(1, width) > most:
        raise BadFile(
            "",
            f"{rows:,} rows of {width:,} columns announced",
            f"at most {most:,} cells",
            "Take the rows and columns you need from the source.",
        )


def _damaged(wrong: BaseException, expected: str) -> BadFile:
    return BadFile(
        "",
        str(wrong).split("\n", 1)[0][:200] or type(wrong).__name__,
        expected,
        "Fetch the file again; it is damaged or was cut off.",
    )


def _plain(frame: pl.DataFrame, numeric: list[str]) -> pl.DataFrame:
    """All columns as texts: whole numbers without ".0", dates as ISO, nulls as empty."""
    whole = [
        c for c in numeric if frame.schema[c].is_float() and bool((frame[c].drop_nulls() % 1 == 0).all())
    ]
    days = [c for c, kind in frame.schema.items() if isinstance(kind, pl.Datetime) and _are_days(frame[c])]
    texts = [
        pl.col(c).cast(pl.Int64, strict=False).cast(pl.String) if c in whole
        else pl.col(c).dt.date().cast(pl.String) if c in days else pl.col(c).cast(pl.String)
        for c in frame.columns
    ]  # fmt: skip
    return (
        frame.select(texts)
        .with_columns(pl.all().fill_null(""))
        .with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias(ROW))
    )


def _are_days(moments: pl.Series) -> bool:
    """Whether moments are all at midnight: days in the clothes of moments."""
    return bool((moments.drop_nulls().dt.time() == dt.time()).all())


def _typed(plain: pl.DataFrame, frame: pl.DataFrame, layout: Layout, numeric: list[str]) -> pl.DataFrame:
    """The texts, with the figures as the numbers they are."""
    values = [pl.lit(frame[v]).cast(pl.Float64).alias(v) for v in layout.values if v in numeric]
    return plain.with_columns(values)
