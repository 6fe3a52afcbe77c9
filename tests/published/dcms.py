"""The workbooks of the UK department for culture, as figures of our shape."""

import re
import zipfile

import polars as pl
import pytest

from indicators.concepts.codelist import codelist
from tests.conftest import SHARED

DCMS = SHARED / "official" / "uk_dcms_gva"
needs_dcms = pytest.mark.skipif(not DCMS.exists(), reason="the official series of ../shared are not here")
YEARS = range(2010, 2017)


def sheet(book, number):
    """Rows of a sheet as lists of text, read without a spreadsheet library."""
    archive = zipfile.ZipFile(DCMS / book)
    texts = [
        "".join(re.findall(r"<t[^>]*>(.*?)</t>", item, re.S))
        for item in re.findall(r"<si>(.*?)</si>", archive.read("xl/sharedStrings.xml").decode(), re.S)
    ]
    found = []
    for row in re.findall(
        r"<row [^>]*>(.*?)</row>", archive.read(f"xl/worksheets/sheet{number}.xml").decode(), re.S
    ):
        cells = re.findall(r'<c r="[A-Z]+\d+"([^>]*?)(?:/>|>(.*?)</c>)', row, re.S)
        values = [(kind, re.search(r"<v>(.*?)</v>", body or "")) for kind, body in cells]
        found.append([texts[int(v[1])] if 't="s"' in kind else v[1] for kind, v in values if v])
    return found


def published(book, number, classification):
    """A table of the release as figures in pounds: one row a sector and year."""
    labels = {
        r["source_label"]: c
        for c, r in codelist("sector").rows.items()
        if r["classification"] in classification
    }
    unit = 1e9 if book.startswith("GVA_sector") else 1e6
    lines = [line for line in sheet(book, number) if line and line[0].strip() in labels and len(line) > 7]
    return pl.DataFrame(
        [
            {"sector": labels[line[0].strip()], "year": year, "value": float(line[1 + i]) * unit}
            for line in lines
            for i, year in enumerate(YEARS)
        ]
    ).with_columns(
        pl.col("value").alias("low"), pl.col("value").alias("high"), pl.lit("gva").alias("measure"),
        pl.lit("GBR").alias("ref_area"), pl.lit("GBP").alias("unit_measure"), pl.lit("dcms").alias("source"),
        pl.lit("A").alias("freq"), pl.col("year").cast(pl.String).alias("time_period"),
    )  # fmt: skip
