"""SHA-256 of a whole column of texts.

DuckDB makes them, on all processors: no other library at hand hashes a column, and Python takes them one by
one. This is all that `etl` has to do with it; answers are for `indicators/store.py`.
"""

from functools import cache

import duckdb
import numpy as np
import polars as pl


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """One engine for all columns, opened when the first is hashed: it takes as long as 30,000 texts."""
    return duckdb.connect()


def first_bits(texts: pl.Series, bits: int) -> np.ndarray:
    """The first `bits` (at most 52) of the SHA-256 of each text in UTF-8, as UInt64."""
    named = texts.to_frame("text").to_arrow()
    with _engine().cursor() as connection:
        connection.register("named", named)
        hashes = connection.sql("select sha256(text) as hash from named").pl()["hash"]
    whole = hashes.str.head(13).str.to_integer(base=16, dtype=pl.UInt64).to_numpy()
    made: np.ndarray = whole >> np.uint64(52 - bits)
    return made
