"""Reshape: a row of a table → a figure with every column of the one shape."""

import polars as pl

from etl.coded import CODE, distinct
from etl.draft import Draft
from etl.source import Vintage
from indicators.concepts.observation import NOT_APPLICABLE, OBSERVED, TOTAL

DEFAULTS: dict[str, str | None] = {
    "region": TOTAL,
    "counterpart_area": NOT_APPLICABLE,
    "sector": TOTAL,
    "sex": TOTAL,
    "period_basis": "stated",
    "hedge": "exact",
    "kind": OBSERVED,
    "base_per": None,
    "place": None,
}
"""What holds where a source has no such dimension; never null for a part of the key."""


def by_file(draft: Draft, vintage: Vintage) -> Draft:
    """Add the columns that source.yaml says of a whole file: its measure, unit, power of ten.

    Files whose column of numbers has a name of its own (`usd_million`) get it as `value`.
    """
    if draft.frame.is_empty():
        return draft
    tables = vintage.source.facts["tables"]
    parts = []
    for (name,), rows in draft.frame.group_by("file", maintain_order=True):
        facts = dict(tables[str(name)])
        column = facts.pop("value")
        parts.append(
            rows.with_columns(
                pl.col(column).alias("value"), *[pl.lit(str(v)).alias(k) for k, v in facts.items()]
            )
        )
    return draft.to(pl.concat(parts, how="diagonal"))


def fill(draft: Draft, vintage: Vintage) -> Draft:
    """Add source, vintage, where it stands, and DEFAULTS for the dimensions a source does not have."""
    if draft.frame.is_empty():
        return draft
    here = {"source": vintage.source.id, "vintage": vintage.name}
    missing = {k: v for k, v in {**here, **DEFAULTS}.items() if k not in draft.frame.columns}
    frame = draft.frame.with_columns([pl.lit(v, CODE).alias(k) for k, v in missing.items()])
    return draft.to(frame.with_columns(_place(frame).alias("reported_at")))


def _place(frame: pl.DataFrame) -> pl.Expr:
    """File, row and place in the row; a draft is mostly of one file."""
    files = distinct(frame["file"])
    file = pl.lit(files[0]) if len(files) == 1 else pl.col("file")
    begin = pl.concat_str(file, pl.lit(", row "))
    if frame["place"].null_count() == frame.height:
        return pl.concat_str(begin, "row")
    place = pl.when(pl.col("place").is_null()).then(pl.lit("")).otherwise("; " + pl.col("place"))
    return pl.concat_str(begin, "row", place)
