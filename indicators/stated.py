"""Growth that a source states, beside the growth that the levels give.

A stated growth is never turned into a level: "doubles every year" has no base. Where two levels
exist, growth is made of them and the stated one is its rival; where they part, one of the two
levels was revised or they are of two coverages, and the note says so.
"""

import polars as pl

from indicators.concepts.codelist import codelist

STATED = "stated"
TIMES, PERCENT = "TIMES", "PT"
BESIDE = "stated by the source; growth is made of the two levels"
CELL = ["ref_area", "region", "counterpart_area", "sector", "sex", "time_period"]


def growth_measure(measure: str) -> str | None:
    """The measure that holds stated changes of `measure`, or None where there is none."""
    changes = (code for code, row in codelist("measure").rows.items() if row["change_of"] == measure)
    return next(changes, None)


def beside(made: pl.DataFrame, stated: pl.DataFrame) -> pl.DataFrame:
    """Growth made of levels, with what the sources state.

    Args:
        made: growth of headlines, in per cent, columns of Answer.frame.
        stated: claims of the growth measure with value, low, high, is_headline, rivals and note; in
            per cent or, of unit TIMES, as a multiple.

    Returns:
        Both; a stated growth is a headline only where none is made of levels.
    """
    if stated.is_empty():
        return made
    multiple = pl.col("unit_measure") == TIMES
    said = stated.filter(pl.col("unit_measure").is_in([PERCENT, TIMES])).with_columns(
        *[
            pl.when(multiple).then((pl.col(c) - 1) * 100).otherwise(c).alias(c)
            for c in ("value", "low", "high")
        ],
        pl.lit(PERCENT).alias("unit_measure"),
        pl.lit(STATED).alias("origin"),
    )
    taken = made.filter(pl.col("low").is_not_null()).select(*CELL, pl.lit(True).alias("_made"))
    said = said.join(taken, on=CELL, how="left", maintain_order="left").with_columns(
        (pl.col("is_headline") & pl.col("_made").is_null()).alias("is_headline"),
        pl.when(pl.col("_made")).then(pl.lit(BESIDE)).otherwise("why").alias("why"),
    )
    return pl.concat([_compared(made, said), said.drop("_made")], how="diagonal_relaxed")


def _compared(made: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """The growth made of levels, with a note on what is stated for the same cell."""
    claims = said.group_by(CELL, maintain_order=True).agg(
        pl.format("{} ({})", pl.col("value").round(2), "figure_id").str.join(" and ").alias("_said"),
        pl.len().cast(pl.UInt32).alias("_claims"),
    )
    note = pl.format("stated by a source as {} per cent; where the two part, a level was revised", "_said")
    joined = pl.concat_str("note", note, separator="; ", ignore_nulls=True)
    return (
        made.join(claims, on=CELL, how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("_said").is_not_null()).then(joined).otherwise("note").alias("note"),
            (pl.col("rivals") + pl.col("_claims").fill_null(0)).alias("rivals"),
        )
        .drop("_said", "_claims")
    )
