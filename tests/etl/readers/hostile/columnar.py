"""Parquet and Arrow."""

import re
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from tests.etl.readers.hostile import case

FRAME = pl.DataFrame({"area": ["KZ", "UZ", "TJ"], "year": [2020, 2020, 2020], "value": [1.5, 2.0, None]})


@case("t.parquet", "", total=3.5)
def parquet_that_is_sound(path: Path) -> None:
    FRAME.write_parquet(path)


@case("t.parquet", "Parquet")
def parquet_truncated(path: Path) -> None:
    FRAME.write_parquet(path)
    path.write_bytes(path.read_bytes()[:-20])


@case("t.parquet", "Parquet")
def parquet_of_its_first_half(path: Path) -> None:
    FRAME.write_parquet(path)
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])


@case("t.parquet", "Parquet")
def parquet_with_a_forged_footer_length(path: Path) -> None:
    FRAME.write_parquet(path)
    path.write_bytes(path.read_bytes()[:-8] + b"\xff\xff\xff\x7fPAR1")


def varint(number: int) -> bytes:
    number = number * 2
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def forged(path: Path, rows: int, wanted: int) -> None:
    """A footer that announces other rows: every zigzag number of `rows` in it is another."""
    raw = path.read_bytes()
    length = int.from_bytes(raw[-8:-4], "little")
    body, footer = raw[: -8 - length], raw[-8 - length : -8]
    footer = footer.replace(b"\x16" + varint(rows), b"\x16" + varint(wanted))
    path.write_bytes(body + footer + len(footer).to_bytes(4, "little") + b"PAR1")


@case("t.parquet", "rows|Parquet")
def parquet_that_announces_a_trillion_rows(path: Path) -> None:
    many = pl.DataFrame({"area": [f"a{i}" for i in range(777)], "value": [float(i) for i in range(777)]})
    many.write_parquet(path)
    forged(path, 777, 10**12)


@case("t.parquet", "rows|Parquet")
def parquet_that_announces_100_million_rows(path: Path) -> None:
    many = pl.DataFrame({"area": [f"a{i}" for i in range(777)], "value": [float(i) for i in range(777)]})
    many.write_parquet(path)
    forged(path, 777, 10**8)


@case("t.parquet", "rows|cells|key|memory", heavy=True)
def parquet_of_400_million_equal_cells(path: Path) -> None:
    """Runs of one value take no room: a bomb by right."""
    frame = pl.DataFrame({"area": ["x"]}).select(pl.col("area").repeat_by(20_000_000).explode())
    frame.with_columns(value=pl.lit(1.0)).write_parquet(path, compression="zstd")


@case("t.parquet", "twice|key")
def parquet_with_a_key_twice(path: Path) -> None:
    pl.concat([FRAME, FRAME]).write_parquet(path)


@case("t.parquet", "row 2.*inf|infinity")
def parquet_with_infinity(path: Path) -> None:
    FRAME.with_columns(value=pl.Series([1.0, float("inf"), 2.0])).write_parquet(path)


@case("t.parquet", "", total=3.0)
def parquet_with_nan(path: Path) -> None:
    FRAME.with_columns(value=pl.Series([1.0, float("nan"), 2.0])).write_parquet(path)


@case("t.parquet", "out-of-range date")
def parquet_with_a_date_of_no_calendar(path: Path) -> None:
    days = pa.array([2**31 - 1, 0], pa.date32())
    pq.write_table(pa.table({"day": days, "value": pa.array([1.0, 2.0])}), path)


@case("t.parquet", "columns", heavy=True)
def parquet_of_20000_columns(path: Path) -> None:
    pl.DataFrame({f"c{i}": [1.0] for i in range(20_000)}).write_parquet(path)


@case("t.parquet", "rows")
def parquet_without_rows(path: Path) -> None:
    FRAME.clear().write_parquet(path)


@case("t.parquet", "letters|bytes|long|memory", heavy=True)
def parquet_with_texts_of_100_MB(path: Path) -> None:
    FRAME.with_columns(area=pl.Series(["x" * 100_000_000, "y" * 100_000_000, "z"])).write_parquet(path)


@case("t.parquet", "", total=2 * sum(range(1_000_000)), heavy=True)
def parquet_of_a_million_honest_rows(path: Path) -> None:
    rows = pl.int_range(0, 1_000_000, eager=True)
    pl.DataFrame({"area": (rows // 100).cast(pl.String), "year": (1900 + rows % 100).cast(pl.String),
                  "value": rows * 2.0}).write_parquet(path)  # fmt: skip


@case("t.parquet", "")
def parquet_of_bytes(path: Path) -> None:
    pl.DataFrame({"blob": [b"\x00\xff", b"\x01"]}).write_parquet(path)


@case("t.parquet", "", total=float(2**53))
def parquet_with_a_number_that_no_float_holds(path: Path) -> None:
    pl.DataFrame({"area": ["a"], "value": [2**53 + 1]}).write_parquet(path)


@case("t.arrow", "", total=3.5)
def arrow_that_is_sound(path: Path) -> None:
    FRAME.write_ipc(path)


@case("t.arrow", "Arrow")
def arrow_truncated(path: Path) -> None:
    FRAME.write_ipc(path)
    path.write_bytes(path.read_bytes()[:-40])


@case("t.arrows", "Arrow")
def arrow_stream_truncated(path: Path) -> None:
    FRAME.write_ipc_stream(path)
    path.write_bytes(path.read_bytes()[:-100])


@case("t.arrow", "Arrow|rows")
def arrow_with_a_forged_length(path: Path) -> None:
    table = pa.table({"area": [f"a{i}" for i in range(777)], "value": [float(i) for i in range(777)]})
    with pa.OSFile(str(path), "wb") as out, pa.ipc.new_file(out, table.schema) as writer:
        writer.write_table(table)
    raw = path.read_bytes()
    path.write_bytes(re.sub((777).to_bytes(8, "little"), (10**12).to_bytes(8, "little"), raw))


@case("t.arrow", "rows|cells|memory|Arrow|Null|figures", heavy=True)
def arrow_of_a_billion_nulls(path: Path) -> None:
    """A column of nulls takes no bytes at all."""
    table = pa.table({"a": pa.nulls(1_000_000_000), "b": pa.nulls(1_000_000_000)})
    with pa.OSFile(str(path), "wb") as out, pa.ipc.new_file(out, table.schema) as writer:
        writer.write_table(table)


@case("t.arrow", "Arrow|rows|memory", heavy=True)
def arrow_compressed_to_a_bomb(path: Path) -> None:
    table = pa.table({"value": pa.array([0.0]).take(pa.array([0] * 1_000)), "b": pa.array([0.0] * 1_000)})
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    wide = pa.Table.from_batches(table.to_batches() * 100_000).combine_chunks()
    with pa.OSFile(str(path), "wb") as out, pa.ipc.new_file(out, table.schema, options=options) as writer:
        writer.write_table(wide)


@case("t.arrow", "Arrow|text|UTF-8")
def arrow_with_text_that_is_not_utf8(path: Path) -> None:
    table = pa.table({"area": ["abc", "def"], "value": [1.0, 2.0]})
    with pa.OSFile(str(path), "wb") as out, pa.ipc.new_file(out, table.schema) as writer:
        writer.write_table(table)
    path.write_bytes(path.read_bytes().replace(b"abcdef", b"a\xff\xfedef"))
