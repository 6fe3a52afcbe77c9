"""A key stands once: the one check of it, for records and for cells."""

from collections.abc import Mapping, Sequence

import polars as pl

from etl.readers.bad_file import MOST, BadFile, together
from etl.readers.cells import COLUMN, ROW

LOOKED_AT = 200
"""Suspected keys that are compared letter by letter at a time."""


def has_twice(frame: pl.DataFrame, keys: Sequence[str]) -> bool:
    """Whether two rows seem to have one key; exact where there are none."""
    return bool(keys) and _hashes(frame, keys).n_unique() < frame.height


def refuse_twice(frame: pl.DataFrame, keys: Sequence[str], table: str = "", *, blank: bool = True) -> None:
    """A key that stands twice is a contradiction, even with one value: nobody knows which is meant.

    Args:
        frame: records or cells, with ROW.
        keys: columns of the key.
        table: its name, for messages; "" where the file has one.
        blank: whether a key without any text counts.

    Raises:
        BadFile: names the first keys and where each stands, and how many there are.
    """
    if not keys or frame.height < 2:
        return
    hashes = _hashes(frame, keys)
    if hashes.n_unique() == frame.height:
        return
    twice = hashes.filter(hashes.is_duplicated()).unique(maintain_order=True)
    found: list[BadFile] = []
    for at in range(0, len(twice), LOOKED_AT):
        suspects = _some(frame, hashes, twice[at : at + LOOKED_AT])
        found += _faults(suspects, keys, table, blank=blank)
        if len(found) >= MOST:
            break
    if found:
        raise together(found[:MOST], max(len(found), len(twice)) - len(found[:MOST]))


def _some(frame: pl.DataFrame, hashes: pl.Series, wanted: pl.Series) -> pl.DataFrame:
    """Rows of some hashes, of each the first few: one key may stand a million times."""
    rows = pl.DataFrame({"hash": hashes, "at": pl.int_range(0, frame.height, dtype=pl.UInt32, eager=True)})
    few = rows.filter(pl.col("hash").is_in(wanted.implode())).group_by("hash", maintain_order=True).head(MOST)
    return frame[few["at"].sort()]


def _faults(suspects: pl.DataFrame, keys: Sequence[str], table: str, *, blank: bool) -> list[BadFile]:
    """A fault for each key that stands more than once among some rows."""
    named: dict[tuple[object, ...], list[dict[str, object]]] = {}
    for row in suspects.iter_rows(named=True):
        named.setdefault(tuple(row[k] for k in keys), []).append(row)
    return [
        _fault(dict(zip(keys, key, strict=True)), rows, table)
        for key, rows in named.items()
        if len(rows) > 1 and (blank or any(key))
    ]


def _fault(key: Mapping[str, object], rows: Sequence[Mapping[str, object]], table: str) -> BadFile:
    places = _places(rows[0], rows[1])
    equal = all(rows[0][c] == rows[1][c] for c in rows[0] if c not in (ROW, COLUMN))
    said = ", ".join(f"{k}={str(v)[:80]}" for k, v in key.items())
    alike = "; the rows are equal" if equal else ""
    return BadFile(f"{table}, {places}" if table else places, f"the same key twice ({said}){alike}",
                   "each key once", "Ask the publisher which is meant, and remove one, or name in the layout "
                   "the column that tells them apart.")  # fmt: skip


def _places(one: Mapping[str, object], other: Mapping[str, object]) -> str:
    if one.get(ROW) is None:
        return "two cells"
    columns = [f", column {row[COLUMN]}" if row.get(COLUMN) is not None else "" for row in (one, other)]
    if not any(columns):
        return f"rows {one[ROW]} and {other[ROW]}"
    return f"row {one[ROW]}{columns[0]} and row {other[ROW]}{columns[1]}"


def _hashes(frame: pl.DataFrame, keys: Sequence[str]) -> pl.Series:
    """One number for each key; cheaper to compare than the key. Sums and products wrap around."""
    made = pl.col(keys[0]).hash()
    for key in keys[1:]:
        made = made * 31 + pl.col(key).hash()
    return frame.select(made).to_series()
