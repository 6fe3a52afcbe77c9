"""The workbooks of the UK department for culture, as figures of our shape."""

import polars as pl

from indicators.concepts.codelist import codelist
from tests.published import at_hand

DCMS = at_hand.file("uk_dcms_gva")
YEARS = range(2010, 2017)


def sheet(book, number):
    """Rows of a sheet as lists of text, without its empty cells."""
    return [list(row.values()) for row in at_hand.sheet((DCMS / book).read_bytes(), number)]


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
