"""Sources that are read as published, from files beside the repository, and another reading of them.

What a test holds a source to is read by nobody but the standard library or the plain reader of a format: none
of the readers of etl/ stands in between.
"""

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pyarrow.parquet as pq
import pytest

from etl.collect import Collected, collect
from etl.source import sources
from tests.conftest import RAW, SHARED

OFFICIAL = SHARED / "official"
needs_official = pytest.mark.skipif(not OFFICIAL.exists(), reason="the files of ../shared are not here")
SAME = (
    "measure", "ref_area", "region", "counterpart_area", "sector", "sex", "freq", "time_period", "period_start",
    "period_end", "period_basis", "published_on", "retrieved_on", "obs_value", "obs_low", "obs_high", "hedge",
    "kind", "unit_measure", "base_per", "obs_status", "conf_status", "obs_comment", "reported_unit_mult",
)  # fmt: skip
"""Columns in which a figure is the same whichever copy of its publication was read."""


@cache
def collected(source: str, *, published: bool = True) -> Collected:
    """All of one source, from the files as published or from the extract kept here; a fault is a failure."""
    (found,) = (s for s in sources() if s.id == source)
    made = collect(found, RAW, OFFICIAL if published else None)
    assert made.faults == ()
    assert made.rows_in == made.observations.height
    return made


def observed(source: str, **where: str) -> pl.DataFrame:
    """Its observations, of some codes."""
    return collected(source).observations.lazy().collect().filter(**where)


def value(source: str, **where: str) -> Decimal:
    """The one value there."""
    return observed(source, **where)["obs_value"].item()


def values(frame: pl.DataFrame, *key: str) -> dict[tuple[str, ...], Decimal | None]:
    """Key → value; a key that stands twice is a failure."""
    rows = [(tuple(row[:-1]), row[-1]) for row in frame.select(*key, "obs_value").rows()]
    assert len(dict(rows)) == len(rows)
    return dict(rows)


def file(name: str) -> Path:
    """A file of ../shared/official."""
    return OFFICIAL / name


def parquet(path: str) -> list[dict]:
    """Rows of a Parquet file, read by Arrow."""
    return pq.read_table(OFFICIAL / path).to_pylist()


def zipped(path: str, name: str) -> list[dict[str, str]]:
    """Rows of a CSV in an archive."""
    with ZipFile(OFFICIAL / path) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8"))))


def world_bank(path: str, skip: int) -> Iterator[tuple[str, str, str]]:
    """Area, year and text of every cell of a World Bank CSV with something in it."""
    with (OFFICIAL / path).open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = list(csv.reader(lines))[skip:]
    for row in rows:
        for year, text in zip(header, row, strict=False):
            if year.isdecimal() and text:
                yield row[1], year, text


def sheet(book: bytes, number: int) -> list[dict[str, str]]:
    """Rows of a sheet of a workbook, column letter → text, read without a spreadsheet library."""
    with ZipFile(io.BytesIO(book)) as archive:
        shared = archive.read("xl/sharedStrings.xml").decode()
        body = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
    texts = [
        unescape("".join(re.findall(r"<t[^>]*>(.*?)</t>", item, re.S)))
        for item in re.findall(r"<si>(.*?)</si>", shared, re.S)
    ]
    found = []
    for row in re.findall(r"<row [^>]*>(.*?)</row>", body, re.S):
        cells = re.findall(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>.*?<v>(.*?)</v></c>)', row, re.S)
        found.append({at: texts[int(v)] if 't="s"' in kind else v for at, kind, v in cells if v})
    return found
