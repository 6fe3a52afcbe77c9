"""The publications of ../shared/official: what a source makes of them, and readers that are not ours."""

import csv
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from etl.collect import Collected, collect
from etl.source import sources
from tests.conftest import RAW, SHARED

OFFICIAL = SHARED / "official"
needs_official = pytest.mark.skipif(
    not OFFICIAL.exists(), reason="the publications of ../shared are not here"
)


@cache
def collected(source: str) -> Collected:
    """What a source gives with the files of ../shared/official."""
    found = next(s for s in sources() if s.id == source)
    made = collect(found, RAW, OFFICIAL)
    assert made.faults == ()
    return made


def made(source: str, **where: str) -> pl.DataFrame:
    """Its observations, of some codes."""
    return collected(source).observations.lazy().collect().filter(**where)


def value(source: str, **where: str) -> Decimal:
    """The one value there."""
    return made(source, **where)["obs_value"].item()


def parquet(path: str) -> list[dict]:
    """Rows of a Parquet file, read by Arrow."""
    return pq.read_table(OFFICIAL / path).to_pylist()


def world_bank(path: str, skip: int) -> Iterator[tuple[str, str, str]]:
    """Area, year and text of every cell of a World Bank CSV with something in it."""
    with (OFFICIAL / path).open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))[skip:]
    for row in rows:
        for year, text in zip(header, row, strict=False):
            if year.isdecimal() and text:
                yield row[1], year, text


def zipped(path: str, name: str) -> list[dict[str, str]]:
    """Rows of a CSV in an archive."""
    with zipfile.ZipFile(Path(OFFICIAL / path)) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8"))))
