"""The one shape of every figure between `etl` and the rest.

An observation is one value that one source stated once. The columns follow SDMX 2.1 where it has
a word for them (`ref_area`, `obs_value`, `obs_status`, …); the simplifications are that UNIT_MULT
is always 0 after `etl`, and that a bounded statement carries its interval beside the value.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

TOTAL = "_T"
NOT_APPLICABLE = "_Z"
NOT_STATED = "_X"

AMOUNT = pl.Decimal(38, 10)
"""Exact decimal in base units: 28 digits before the point, 10 after it."""


@dataclass(frozen=True)
class Column:
    """One column of the shape: its name, type, whether it may be null, and what it says."""

    name: str
    dtype: pl.DataType | type[pl.DataType]
    nullable: bool
    codelist: str | None
    says: str


def _text(name: str, says: str, codelist: str | None = None, nullable: bool = False) -> Column:
    return Column(name, pl.String, nullable, codelist, says)


COLUMNS: tuple[Column, ...] = (
    _text("source", "who stated it: one publication, a row of sources.parquet"),
    _text("vintage", "the edition of that source, named by its date"),
    _text("measure", "what was measured: one definition", "measure"),
    _text("ref_area", "where: a country (ISO 3166-1 alpha-3) or a group", "area"),
    _text("region", "a part of the country, or _T", "region"),
    _text("counterpart_area", "trade partner, or organiser of an event; _T, _X or _Z", "area"),
    _text("sector", "activities covered; _T is the whole economy", "sector"),
    _text("sex", "_T, M or F", "sex"),
    _text("freq", "SDMX CL_FREQ; _O for another span, _X where no period is stated", "freq"),
    _text("time_period", "SDMX time period or time range; _X where none is stated"),
    _text("figure_id", "short, stable, citable"),
    Column("period_start", pl.Date, True, None, "first day of the period"),
    Column("period_end", pl.Date, True, None, "last day of the period"),
    _text("period_basis", "how the period is known", "period_basis"),
    _text("published_on", "ISO 8601, perhaps a year or a month only", nullable=True),
    _text("retrieved_on", "ISO 8601 date on which we had it"),
    Column("obs_value", AMOUNT, True, None, "the stated number in base units; null = no such"),
    Column("obs_low", pl.Float64, True, None, "lower end; -inf = open"),
    Column("obs_high", pl.Float64, True, None, "upper end; +inf = open"),
    _text("hedge", "how the source qualified the number", "hedge"),
    _text("kind", "observed, or not yet an outcome", "kind"),
    _text("unit_measure", "unit after scaling; currencies are ISO 4217", "unit"),
    _text("base_per", "base period of an index or of constant prices", nullable=True),
    _text("obs_status", "SDMX CL_OBS_STATUS", "obs_status"),
    _text("conf_status", "SDMX CL_CONF_STATUS", "conf_status"),
    _text("obs_comment", "what must be said beside the figure", nullable=True),
    _text("reported_value", "the figure as printed", nullable=True),
    Column("reported_unit_mult", pl.Int8, False, None, "power of ten of the printed figure"),
    _text("reported_at", "file and row, and the place in the text or table"),
    _text("correction", "the correction applied, by its id", nullable=True),
)

SCHEMA: Mapping[str, pl.DataType | type[pl.DataType]] = {c.name: c.dtype for c in COLUMNS}

KEY: tuple[str, ...] = tuple(c.name for c in COLUMNS[:11])
"""What makes a row one row; `figure_id` last."""

CELL: tuple[str, ...] = (
    "measure", "ref_area", "region", "counterpart_area", "sector", "sex", "freq", "time_period",
)  # fmt: skip
"""Claims with the same cell are rivals."""

OBSERVED = "observed"
