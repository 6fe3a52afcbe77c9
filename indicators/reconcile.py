"""Which of the claims for one cell is the headline, why, and what another rule would have picked.

A cell is one question: a measure of one area, sector, partner, sex and period. Two definitions are
two sectors or two measures (sector.csv, measure.csv), never rivals; a statement repeated in another
language was withheld by `etl` and counts once.

Whatever the rule, a figure with a value goes before one without, one that can be before one that
cannot (obs_status U), and one of the usual coverage before one of another (D). Then:

official_first   the highest authority (statistical office, government, international organisation,
                 research, industry, press); the better known period (stated, inferred, publication);
                 published last (a text without a date is the oldest); stated exactly; smaller id
latest           published last; then as official_first
narrowest        the narrowest interval in proportion to its middle; then as official_first
all              no choice: every claim that can be is a headline, and the spread says how far apart

The figure id comes last, so that a choice never depends on the order of files.
"""

import polars as pl

from indicators.concepts.codelist import codelist

OFFICIAL_FIRST, LATEST, NARROWEST, ALL = "official_first", "latest", "narrowest", "all"
CELL = ["measure", "ref_area", "region", "counterpart_area", "sector", "sex", "time_period"]
"""As in the observations, but money in any currency is one cell."""

_DOUBT = {"D": 1, "U": 2}
IMPOSSIBLE = "U"
DAYS = 1000
"""More than the days of a year, so that year and day make one number above zero."""
_BASIS = {"stated": 0, "inferred": 1, "publication": 2}
_WORDS = {
    "_absent": "the only one with a value",
    "_doubtful": "the only one of the usual coverage and not in doubt",
    "_rank": "the higher authority",
    "_basis": "the better known period",
    "_age": "published last",
    "_hedged": "stated exactly",
    "_width": "the narrowest interval",
}
_FIRST, _OFFICIAL = ("_absent", "_doubtful"), ("_rank", "_basis", "_age", "_hedged")
_ORDERS = {
    OFFICIAL_FIRST: (*_FIRST, *_OFFICIAL),
    LATEST: (*_FIRST, "_age", "_rank", "_basis", "_hedged"),
    NARROWEST: (*_FIRST, "_width", *_OFFICIAL),
}
RULES = (*_ORDERS, ALL)
EACH = "every claim stands"
ALONE = "the only claim"
AMONG_EQUALS = "first by its id among equals"


def with_headlines(claims: pl.DataFrame, rule: str = OFFICIAL_FIRST) -> pl.DataFrame:
    """Mark the headline of every cell; all claims are kept.

    Args:
        claims: shape of queries/national.sql.
        rule: one of RULES.

    Returns:
        The claims, sorted by cell and then as `rule` ranks them, with is_headline, rivals (other
        claims with a value), why, and picked_by (the rules that pick this claim, by comma).

    Raises:
        ValueError: an unknown rule.
    """
    if rule not in RULES:
        raise ValueError(f"{rule!r} is no rule; there is {', '.join(RULES)}")
    order = _ORDERS.get(rule, _ORDERS[OFFICIAL_FIRST])
    marked = claims.with_columns(*_marks()).sort([*CELL, *order, "figure_id"])
    alone = ~pl.struct(CELL).is_duplicated() if claims.height else pl.lit(True)
    single, several = marked.filter(alone), marked.filter(~alone)
    able = ~pl.col("_absent") & (pl.col("obs_status") != IMPOSSIBLE)
    named = pl.lit(",".join(RULES)), pl.lit(",".join(_ORDERS))
    done = single.with_columns(
        (able if rule == ALL else pl.lit(True)).alias("is_headline"),
        pl.lit(0, pl.UInt32).alias("rivals"),
        pl.lit(ALONE).alias("why"),
        pl.when(able).then(named[0]).otherwise(named[1]).alias("picked_by"),
    )
    if several.height:
        done = pl.concat([done, _contested(several, rule, order, able)]).sort([*CELL, *order, "figure_id"])
    return done.drop(_WORDS)


def with_spread(claims: pl.DataFrame) -> pl.DataFrame:
    """Add how far the claims of a cell lie apart, after all are in one unit.

    Args:
        claims: with CELL, unit_measure, obs_status, low and high.

    Returns:
        The claims with spread_low and spread_high, the smallest interval that holds every claim of
        the cell that can be; null where their units differ.
    """
    can_be = pl.col("obs_status") != IMPOSSIBLE
    one_unit = pl.col("unit_measure").n_unique().over(CELL) == 1
    ends = [
        pl.when(one_unit).then(end).alias(name)
        for name, end in (
            ("spread_low", pl.col("low").filter(can_be).min().over(CELL)),
            ("spread_high", pl.col("high").filter(can_be).max().over(CELL)),
        )
    ]
    return claims.with_columns(ends)


def _marks() -> list[pl.Expr]:
    """What the rules rank by, each smaller the better."""
    ranks = {code: int(row["rank"]) for code, row in codelist("authority").rows.items()}
    low, high = pl.col("obs_low"), pl.col("obs_high")
    middle = ((low + high) / 2).abs()
    day = pl.col("known_from").dt.year() * DAYS + pl.col("known_from").dt.ordinal_day()
    return [
        low.is_null().alias("_absent"),
        pl.col("obs_status").replace_strict(_DOUBT, default=0, return_dtype=pl.Int32).alias("_doubtful"),
        pl.col("authority").replace_strict(ranks, return_dtype=pl.Int32).alias("_rank"),
        pl.col("period_basis").replace_strict(_BASIS, return_dtype=pl.Int32).alias("_basis"),
        pl.when(pl.col("published_on").is_not_null()).then(-day).otherwise(0).alias("_age"),
        (pl.col("hedge") != "exact").alias("_hedged"),
        pl.when(high == low)
        .then(0.0)
        .otherwise((high - low) / middle)
        .fill_nan(float("inf"))
        .alias("_width"),
    ]


def _contested(several: pl.DataFrame, rule: str, order: tuple[str, ...], able: pl.Expr) -> pl.DataFrame:
    first = pl.int_range(pl.len()).over(CELL) == 0
    present = ~pl.col("_absent")
    others = (present.sum().over(CELL).cast(pl.Int64) - present.cast(pl.Int64)).cast(pl.UInt32)
    picks = [pl.when(_picks(name, able)).then(pl.lit(name)) for name in RULES]
    return several.with_columns(
        (able if rule == ALL else first).alias("is_headline"),
        others.alias("rivals"),
        (pl.lit(EACH) if rule == ALL else _why(order)).alias("why"),
        pl.concat_str(picks, separator=",", ignore_nulls=True).alias("picked_by"),
    )


def _picks(rule: str, able: pl.Expr) -> pl.Expr:
    """Whether a rule picks this claim; under `all` each that can be."""
    if rule == ALL:
        return able
    order = [pl.col(c).cast(pl.Float64) for c in _ORDERS[rule]]
    ranked = pl.struct(*order, "figure_id").rank("ordinal").over(CELL)
    return ranked == 1


def _why(order: tuple[str, ...]) -> pl.Expr:
    """Words for the first thing in which the headline differs from its best rival."""
    why = pl.lit(AMONG_EQUALS)
    for column in reversed(order):
        first, second = pl.col(column).first().over(CELL), pl.col(column).slice(1, 1).first().over(CELL)
        why = pl.when(first != second).then(pl.lit(_WORDS[column])).otherwise(why)
    return why
