"""The whole database as one file, in bytes that leave before the last row is read; no limit of rows.

A part of it is in memory at a time: while one is packed, the next is read.
"""

import json
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from exports.ahead import ahead
from exports.columnar import ABOUT
from exports.columns import RECORD, TEXT
from exports.lines import Lines, heading
from exports.passing import Passing
from exports.whole import Whole, whole
from indicators.language import message
from indicators.store import Store

ROWS = 16_384
"""Rows of a part, and so of a row group; four times as many took 500 MB for Parquet."""
HANDS = 2
"""Parts that become CSV at a time."""
_SELDOM_TWICE = ("figure_id", "reported_value", "reported_at", "obs_comment")
"""Texts that differ from row to row, so that a dictionary of them would only cost time."""
_REPEATED = [c.name for c in RECORD if c.type is TEXT and c.name not in _SELDOM_TWICE]


def csv(asked: Whole, rows: int = ROWS) -> Generator[bytes, None, None]:
    """CSV for machines: one heading, then the rows of each part, in their order."""
    lines = Lines(asked)
    with ThreadPoolExecutor(HANDS) as hands:
        waiting: deque[Future[bytes]] = deque()
        led = heading()
        for part in ahead(asked.read(rows)):
            waiting.append(hands.submit(lines.of, part))
            if len(waiting) > HANDS:
                yield led + waiting.popleft().result()
                led = b""
        yield led + b"".join(made.result() for made in waiting)


def parquet(asked: Whole, rows: int = ROWS) -> Generator[bytes, None, None]:
    """Apache Parquet, zstd: one row group a part."""

    def opened(sink: Passing, schema: pa.Schema) -> pq.ParquetWriter:
        return pq.ParquetWriter(
            sink, schema, compression="zstd", version="2.6", use_dictionary=_REPEATED, store_schema=True
        )

    return _packed(asked, rows, opened)


def arrow(asked: Whole, rows: int = ROWS) -> Generator[bytes, None, None]:
    """Arrow IPC file (Feather 2), its buffers packed by zstd: one record batch a part."""

    def opened(sink: Passing, schema: pa.Schema) -> pa.ipc.RecordBatchFileWriter:
        return pa.ipc.new_file(sink, schema, options=pa.ipc.IpcWriteOptions(compression="zstd"))

    return _packed(asked, rows, opened)


def _packed(
    asked: Whole, rows: int, opened: Callable[[Passing, pa.Schema], pq.ParquetWriter]
) -> Generator[bytes, None, None]:
    """What a writer of Arrow tables puts into a file, as it puts it there."""
    parts = ahead(asked.parts(rows))
    sink = Passing()
    first = next(parts).to_arrow()
    schema = _described(first.schema, asked)
    with opened(sink, schema) as writer:
        writer.write_table(first.cast(schema))
        yield sink.taken()
        for part in parts:
            writer.write_table(part.to_arrow().cast(schema))
            yield sink.taken()
    yield sink.taken()


def _described(schema: pa.Schema, asked: Whole) -> pa.Schema:
    """With the definition of every column, and which release, language and editions the whole is of."""
    text = asked.language.text
    says = {c.name: text(c.says) for c in RECORD}
    about = {
        "release": asked.store.release.id,
        "language": asked.language.code,
        "editions": "newest" if asked.newest else "all",
    }
    return pa.schema(
        [field.with_metadata({"description": says[field.name]}) for field in schema],
        metadata={ABOUT: json.dumps(about, sort_keys=True)},
    )


@dataclass(frozen=True)
class File:
    """One file of a whole release.

    Attributes:
        id: as in an address.
        name: what it holds, in English.
        media: its media type.
        suffix: of the file.
        write: the file in pieces, for a release, in English.
    """

    id: str
    name: str
    media: str
    suffix: str
    write: Callable[[Store], Iterator[bytes]]


_EDITIONS = {"all": (message("All editions"), False), "newest": (message("Newest editions"), True)}
_KINDS = (
    ("csv", "CSV", "text/csv; charset=utf-8", csv),
    ("parquet", "Parquet", "application/vnd.apache.parquet", parquet),
    ("arrow", "Arrow", "application/vnd.apache.arrow.file", arrow),
)


def _file(editions: str, kind: tuple[str, str, str, Callable[[Whole], Iterator[bytes]]]) -> File:
    (name, newest), (suffix, said, media, pack) = _EDITIONS[editions], kind
    return File(
        f"{editions}.{suffix}", f"{name}: {said}", media, suffix,
        lambda store: pack(whole(store, newest=newest)),
    )  # fmt: skip


FILES = tuple(_file(editions, kind) for editions in _EDITIONS for kind in _KINDS)
"""What can be taken away whole, in the order in which it is offered."""
