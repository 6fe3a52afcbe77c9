"""Tables drawn as text: what a statistician reads is what the test runs on."""

from decimal import Decimal
from typing import Any

import polars as pl

_TYPES: dict[str, Any] = {
    "obs_value": pl.Decimal(38, 10), "obs_low": pl.Float64, "obs_high": pl.Float64, "value": pl.Float64,
    "low": pl.Float64, "high": pl.Float64, "year": pl.Int32, "rate": pl.Float64, "rivals": pl.UInt32,
    "denominator": pl.Float64, "denominator_year": pl.Int32, "known_from": pl.Date, "is_headline": pl.Boolean,
}  # fmt: skip


def table(text: str, **constants: object) -> pl.DataFrame:
    """A frame of the table drawn in `text`: header, then rows, cells between bars; empty = null."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    cells = {name: [row[i] or None for row in rows] for i, name in enumerate(header)}
    columns = [_column(name, values) for name, values in cells.items()]
    frame = pl.DataFrame(columns)
    return frame.with_columns([pl.lit(v).alias(k) for k, v in constants.items()])


def _column(name: str, values: list[str | None]) -> pl.Series:
    dtype = _TYPES.get(name, pl.String)
    if isinstance(dtype, pl.Decimal):
        return pl.Series(name, [None if v is None else Decimal(v.replace(" ", "")) for v in values], dtype)
    if dtype == pl.Boolean:
        return pl.Series(name, [None if v is None else v == "yes" for v in values], dtype)
    if dtype in (pl.Float64, pl.Int32, pl.UInt32):
        return pl.Series(name, [None if v is None else float(v.replace(" ", "")) for v in values]).cast(dtype)
    return (
        pl.Series(name, values, pl.String).cast(dtype)
        if dtype != pl.Date
        else pl.Series(name, values).str.to_date()
    )


_USUAL: dict[str, str | None] = {
    "source": "s", "vintage": "v", "region": "_T", "counterpart_area": "_Z", "sector": "creative_industries",
    "sex": "_T", "freq": "A", "period_basis": "stated", "published_on": "2025-01-01", "retrieved_on": "2026-01-01",
    "hedge": "exact", "kind": "observed", "unit_measure": "USD", "base_per": None, "obs_status": "A",
    "conf_status": "F", "obs_comment": None, "reported_value": "", "reported_at": "f, row 2", "correction": None,
    "publisher": "A publisher", "cites": None, "authority": "government", "title": "A title", "address": None,
    "language": "en", "collection": "claims",
}  # fmt: skip


def claims(text: str) -> pl.DataFrame:
    """Claims in the shape of queries/claims.sql with `year`; columns not drawn hold what is usual.

    A figure without low and high has them at its value (none where it has none); figure ids follow
    the order of the rows, and the year is that of time_period.
    """
    frame = table(text)
    usual = [pl.lit(v, pl.String).alias(k) for k, v in _USUAL.items() if k not in frame.columns]
    frame = frame.with_columns(usual)
    if "figure_id" not in frame.columns:
        frame = (
            frame.with_row_index("n", offset=1)
            .with_columns(pl.format("F{}", "n").alias("figure_id"))
            .drop("n")
        )
    value = pl.col("obs_value").cast(pl.Float64)
    for end in ("obs_low", "obs_high"):
        if end not in frame.columns:
            frame = frame.with_columns(value.alias(end))
    year = pl.col("time_period").str.slice(0, 4).cast(pl.Int32, strict=False)
    frame = frame.with_columns(
        year.alias("year"),
        pl.date(year, 1, 1).alias("period_start"),
        pl.date(year, 12, 31).alias("period_end"),
    )
    if "known_from" not in frame.columns:
        frame = frame.with_columns(pl.col("published_on").str.to_date(strict=False).alias("known_from"))
    return frame
