"""Which of the claims for one cell is the headline, and why.

Rule `official_first`: the claim of the highest authority (statistical office, government,
international organisation, research, industry, press); among equals the one whose period is stated
rather than worked out or missing; then the one published last (a text without a date counts as the
oldest); then the one stated exactly; then the smaller figure id, so that the choice never depends
on the order of files. Before all that: a figure with a value before one without, one that can be
before one that cannot (obs_status U), and one of the usual coverage before one of another (D).
"""

import polars as pl

from indicators.concepts.codelist import codelist

OFFICIAL_FIRST = "official_first"
RULES = (OFFICIAL_FIRST,)
CELL = ["measure", "ref_area", "region", "counterpart_area", "sector", "sex", "time_period"]
"""As in the observations, but money in any currency is one cell."""

_DOUBT = {"D": 1, "U": 2}
_BASIS = {"stated": 0, "inferred": 1, "publication": 2}


def with_headlines(claims: pl.DataFrame, rule: str = OFFICIAL_FIRST) -> pl.DataFrame:
    """Mark the headline of every cell; all claims are kept.

    Args:
        claims: shape of queries/claims.sql.
        rule: one of RULES.

    Returns:
        The claims with is_headline, rivals (claims with a value beside this one) and why.

    Raises:
        ValueError: an unknown rule.
    """
    if rule not in RULES:
        raise ValueError(f"{rule!r} is no rule; there is {', '.join(RULES)}")
    if claims.is_empty():
        return claims.with_columns(
            pl.lit(False).alias("is_headline"), pl.lit(0, pl.UInt32).alias("rivals"), pl.lit("").alias("why")
        )
    ranks = {code: int(row["rank"]) for code, row in codelist("authority").rows.items()}
    present = pl.col("obs_low").is_not_null()
    ranked = claims.with_columns(
        (~present).alias("_absent"),
        pl.col("obs_status").replace_strict(_DOUBT, default=0, return_dtype=pl.Int32).alias("_doubtful"),
        pl.col("authority").replace_strict(ranks, return_dtype=pl.Int32).alias("_rank"),
        pl.col("period_basis").replace_strict(_BASIS, return_dtype=pl.Int32).alias("_basis"),
        pl.when(pl.col("published_on").is_not_null())
        .then(-pl.col("known_from").cast(pl.Int32))
        .otherwise(0)
        .alias("_age"),
        (pl.col("hedge") != "exact").alias("_hedged"),
    ).sort([*CELL, "_absent", "_doubtful", "_rank", "_basis", "_age", "_hedged", "figure_id"])
    first = pl.int_range(pl.len()).over(CELL) == 0
    others = (present.sum().over(CELL).cast(pl.Int64) - present.cast(pl.Int64)).cast(pl.UInt32)
    return ranked.with_columns(first.alias("is_headline"), others.alias("rivals"), _why().alias("why")).drop(
        "_absent", "_doubtful", "_rank", "_basis", "_age", "_hedged"
    )


def _why() -> pl.Expr:
    """Words for the first thing in which the headline differs from its best rival."""
    steps = (
        ("_doubtful", "the only one of the usual coverage and not in doubt"),
        ("_rank", "the higher authority"),
        ("_basis", "the better known period"),
        ("_age", "published last"),
        ("_hedged", "stated exactly"),
    )
    second = {c: pl.col(c).slice(1, 1).first().over(CELL) for c, _ in steps}
    first = {c: pl.col(c).first().over(CELL) for c, _ in steps}
    why = pl.lit("first by its id among equals")
    for column, words in reversed(steps):
        why = pl.when(first[column] != second[column]).then(pl.lit(words)).otherwise(why)
    return pl.when(pl.len().over(CELL) == 1).then(pl.lit("the only claim")).otherwise(why)
