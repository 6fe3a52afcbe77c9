"""Identify: a short, stable, citable id for every figure.

A ledger gives its figures an id by hand (KAZ-056). A table's figure is named by what it is: the
same source, vintage and cell give the same ten characters in every release, on every machine.
"""

import numpy as np
import polars as pl
import pyarrow as pa

from etl.coded import FEW, Few, few
from etl.digest import first_bits
from etl.draft import Draft
from indicators.concepts.observation import CELL

LENGTH = 10
LETTERS = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", np.uint8)
"""Base 32 of RFC 4648: five bits a letter."""
BITS = 5
PAIRS = np.array([(one, other) for one in LETTERS for other in LETTERS], np.uint8).view(np.uint16).ravel()
"""Two letters for each ten bits: half as many steps over a column."""


def identify(draft: Draft) -> Draft:
    """Add figure_id where the frame has none, from source, vintage and cell."""
    if "figure_id" in draft.frame.columns or draft.frame.is_empty():
        return draft
    return draft.to(draft.frame.with_columns(figure_ids(names_of(draft.frame)).alias("figure_id")))


def names_of(frame: pl.DataFrame) -> pl.Series:
    """Source, vintage and cell of each figure as one text, divided by bars; null where one of them is.

    Columns of few texts that stand side by side are put together once for each pair of texts, not each row.
    """
    parts: list[Few | pl.Series] = []
    for name in ("source", "vintage", *CELL):
        part = few(frame[name]) or frame[name].cast(pl.String)
        last = parts[-1] if parts else None
        if isinstance(part, Few) and isinstance(last, Few) and len(last.texts) * len(part.texts) <= FEW:
            parts[-1] = _paired(last, part)
        else:
            parts.append(part)
    columns = [pl.lit(_texts(part, frame.height)) for part in parts]
    return pl.select(pl.concat_str(columns, separator="|").alias("name")).to_series()


def _paired(one: Few, other: Few) -> Few:
    """Two columns as one, their texts divided by a bar."""
    texts = one.texts.to_frame("one").join(other.texts.to_frame("other"), how="cross")
    both = texts.select(pl.concat_str("one", "other", separator="|")).to_series()
    ranks = other.ranks
    if one.ranks is not None:
        ranks = one.ranks.cast(pl.UInt32) * len(other.texts) + (0 if ranks is None else ranks)
    return Few(both, ranks)


def _texts(part: Few | pl.Series, rows: int) -> pl.Series:
    if isinstance(part, pl.Series):
        return part
    return part.texts.new_from_index(0, rows) if part.ranks is None else part.texts.gather(part.ranks)


def figure_ids(names: pl.Series) -> pl.Series:
    """Ten characters of base 32 (A–Z, 2–7) for each name: the first 50 bits of its SHA-256."""
    bits = first_bits(names, BITS * LENGTH)
    letters = np.empty((len(bits), LENGTH // 2), np.uint16)
    for place in range(LENGTH // 2):
        shifted = bits >> np.uint64(2 * BITS * (LENGTH // 2 - 1 - place))
        letters[:, place] = PAIRS[shifted & np.uint64(len(PAIRS) - 1)]
    ends = np.arange(0, LENGTH * (len(bits) + 1), LENGTH, dtype=np.int64)
    ids = pa.LargeStringArray.from_buffers(len(bits), pa.py_buffer(ends), pa.py_buffer(letters))
    return pl.Series(values=ids, dtype=pl.String)
