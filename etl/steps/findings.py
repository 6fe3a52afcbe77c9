"""Findings: what a reader of the release should know about a row, beyond its figures.

`fate` says what became of the row: `withheld` rows are in no other table (a speech printed a
second time in another language), `noted` rows are, and the finding adds a remark.
"""

import polars as pl

from indicators.concepts.observation import NOT_STATED, OBSERVED

SCHEMA = {
    "kind": pl.String,
    "fate": pl.String,
    "figure_id": pl.String,
    "refers_to": pl.String,
    "collection": pl.String,
    "source": pl.String,
    "vintage": pl.String,
    "measure": pl.String,
    "ref_area": pl.String,
    "sector": pl.String,
    "time_period": pl.String,
    "reported_value": pl.String,
    "reported_at": pl.String,
    "says": pl.String,
}
WITHHELD, NOTED = "withheld", "noted"


def same_statement(rows: pl.DataFrame, collection: str) -> pl.DataFrame:
    """Rows with `same_as`: one statement printed again elsewhere; withheld, with their reference."""
    said = pl.format("The same statement as {}, printed elsewhere; it counts once.", pl.col("same_as"))
    return _findings(rows, "same_statement", WITHHELD, collection, said, pl.col("same_as"))


def of_corrections(rows: pl.DataFrame, collection: str) -> pl.DataFrame:
    """Rows that a declared correction touched."""
    return _findings(
        rows.filter(pl.col("correction").is_not_null()),
        "correction",
        NOTED,
        collection,
        pl.col("obs_comment"),
    )


def of_impossible(rows: pl.DataFrame, collection: str) -> pl.DataFrame:
    """Values that cannot be as printed: kept, flagged, not plotted."""
    said = pl.lit("The value cannot be as printed; it is kept, flagged and not plotted.")
    return _findings(rows, "impossible_value", NOTED, collection, said)


def of_unstated_periods(rows: pl.DataFrame, collection: str) -> pl.DataFrame:
    """Figures whose source names no period: outcomes without a date as well, and aims without a year."""
    outcome = pl.lit("Neither a period nor a date of publication is known; it stands in no series.")
    aim = pl.lit("The year in which this is to be reached is not stated; its status cannot be said.")
    said = pl.when(pl.col("kind") == OBSERVED).then(outcome).otherwise(aim)
    return _findings(
        rows.filter(pl.col("time_period") == NOT_STATED), "period_not_stated", NOTED, collection, said
    )


def _findings(
    rows: pl.DataFrame,
    kind: str,
    fate: str,
    collection: str,
    says: pl.Expr,
    refers_to: pl.Expr | None = None,
) -> pl.DataFrame:
    return rows.with_columns(
        pl.lit(kind).alias("kind_"),
        pl.lit(fate).alias("fate"),
        pl.lit(collection).alias("collection"),
        (pl.lit(None, pl.String) if refers_to is None else refers_to).alias("refers_to"),
        says.alias("says"),
    ).select([pl.col("kind_" if name == "kind" else name).alias(name).cast(t) for name, t in SCHEMA.items()])
