"""SHA-256 of a whole column of texts.

DuckDB makes them, on all processors: no other library at hand hashes a column, and Python takes them one by
one. This is all that `etl` has to do with it; answers are for `indicators/store.py`.
"""

from functools import cache

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """One engine for all columns, opened when the first is hashed: it takes as long as 30,000 texts."""
    return duckdb.connect()


def first_bits(texts: pl.Series, bits: int) -> np.ndarray:
    """The first `bits` (at most 56) of the SHA-256 of each text in UTF-8, as UInt64; of a null as of ""."""
    if not len(texts):
        return np.empty(0, np.uint64)
    named = texts.to_frame("text").to_arrow(compat_level=pl.CompatLevel.newest())  # as it lies in memory
    with _engine().cursor() as connection:
        connection.register("named", named)
        hashed = connection.sql("select sha256(coalesce(text, '')) as hash from named").to_arrow_table()
    digits = hashed["hash"].combine_chunks().cast(pa.large_string()).buffers()[2]
    pairs = np.frombuffer(digits, np.uint16).reshape(len(texts), 32)
    whole = np.zeros((len(texts), 8), np.uint8)
    whole[:, 1:] = _byte_of()[pairs[:, :7]]
    made: np.ndarray = whole.view(">u8").ravel() >> np.uint64(56 - bits)
    return made


@cache
def _byte_of() -> np.ndarray:
    """Two hexadecimal digits, as the number that they are in memory → the byte that they write."""
    made = np.zeros(1 << 16, np.uint8)
    made[np.frombuffer(bytes(range(256)).hex().encode(), np.uint16)] = np.arange(256)
    return made
