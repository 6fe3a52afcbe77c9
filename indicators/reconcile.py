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

from functools import cache

import polars as pl

from indicators.concepts.codelist import codelist
from indicators.plans import run

OFFICIAL_FIRST, LATEST, NARROWEST, ALL = "official_first", "latest", "narrowest", "all"
CELL = ["measure", "ref_area", "region", "counterpart_area", "sector", "sex", "time_period"]
"""As in the observations, but money in any currency is one cell."""
SAME = ["publisher", "unit_measure", "obs_low", "obs_high"]
"""What a publisher who states it again repeats: the same amount in the same unit is no rival."""

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
_MADE = ("is_headline", "rivals", "why", "picked_by")
_INNER = ("_cell", "_claims", "_row")
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
    ordered = run(_ordered(claims.lazy(), order).with_row_index("_row"))
    marked = ordered.lazy().select("figure_id", "obs_status", *_WORDS, *_INNER, *SAME)
    alone = pl.col("_claims") == 1
    able = ~pl.col("_absent") & (pl.col("obs_status") != IMPOSSIBLE)
    named = pl.lit(",".join(RULES)), pl.lit(",".join(_ORDERS))
    done = marked.filter(alone).with_columns(
        (able if rule == ALL else pl.lit(True)).alias("is_headline"),
        pl.lit(0, pl.UInt32).alias("rivals"),
        pl.lit(ALONE).alias("why"),
        pl.when(able).then(named[0]).otherwise(named[1]).alias("picked_by"),
    )
    if (ordered["_claims"].max() or 0) > 1:  # type: ignore[operator]
        done = pl.concat([done, _contested(marked.filter(~alone), rule, order, able)]).sort("_row")
    kept = [column for column in ordered.get_columns() if column.name not in (*_WORDS, *_INNER)]
    return pl.DataFrame(kept).with_columns(run(done.select(_MADE)).get_columns())


def best_of_each(claims: pl.LazyFrame, keys: list[str]) -> pl.LazyFrame:
    """The claim that official_first ranks first for each combination of `keys`, in the order of cells."""
    order = _ORDERS[OFFICIAL_FIRST]
    ranked = claims.with_columns(_marks()[name] for name in order)
    ranked = ranked.sort([*CELL, *order, "figure_id"])
    return ranked.unique(keys, keep="first", maintain_order=True).drop(order)


def _ordered(claims: pl.LazyFrame, order: tuple[str, ...]) -> pl.LazyFrame:
    """The claims by cell and then as the rule ranks them, with the marks, the cell and its claims."""
    ranked = claims.with_columns(_marks().values()).sort([*CELL, *order, "figure_id"])
    numbered = ranked.with_columns(pl.struct(CELL).rle_id().alias("_cell"))
    return numbered.with_columns(pl.len().over("_cell").alias("_claims"))


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


@cache
def _marks() -> dict[str, pl.Expr]:
    """What the rules rank by, each smaller the better."""
    ranks = {code: int(row["rank"]) for code, row in codelist("authority").rows.items()}
    low, high = pl.col("obs_low"), pl.col("obs_high")
    middle = ((low + high) / 2).abs()
    day = pl.col("known_from").dt.year() * DAYS + pl.col("known_from").dt.ordinal_day()
    marks = {
        "_absent": low.is_null(),
        "_doubtful": pl.col("obs_status").replace_strict(_DOUBT, default=0, return_dtype=pl.Int32),
        "_rank": pl.col("authority").replace_strict(ranks, return_dtype=pl.Int32),
        "_basis": pl.col("period_basis").replace_strict(_BASIS, return_dtype=pl.Int32),
        "_age": pl.when(pl.col("published_on").is_not_null()).then(-day).otherwise(0),
        "_hedged": pl.col("hedge") != "exact",
        "_width": pl.when(high == low).then(0.0).otherwise((high - low) / middle).fill_nan(float("inf")),
    }
    return {name: mark.alias(name) for name, mark in marks.items()}


def _contested(several: pl.LazyFrame, rule: str, order: tuple[str, ...], able: pl.Expr) -> pl.LazyFrame:
    """The claims of cells that have more than one, by cell and then as the rule ranks them."""
    first = (pl.col("_cell") != pl.col("_cell").shift(1)).fill_null(True)
    present = ~pl.col("_absent")
    said = pl.struct(SAME).filter(present).n_unique().over("_cell").cast(pl.Int64)
    others = (said - present.cast(pl.Int64)).cast(pl.UInt32)
    picks = [pl.when(_picks(name, able)).then(pl.lit(name)) for name in RULES]
    why = pl.when(first).then(_why(order)).forward_fill()
    return several.with_columns(
        (able if rule == ALL else first).alias("is_headline"),
        others.alias("rivals"),
        (pl.lit(EACH) if rule == ALL else why).alias("why"),
        pl.concat_str(picks, separator=",", ignore_nulls=True).alias("picked_by"),
    )


def _picks(rule: str, able: pl.Expr) -> pl.Expr:
    """Whether a rule picks this claim; under `all` each that can be."""
    if rule == ALL:
        return able
    ranked = pl.col("figure_id").sort_by(*_ORDERS[rule], "figure_id").first().over("_cell")
    return pl.col("figure_id") == ranked


def _why(order: tuple[str, ...]) -> pl.Expr:
    """Words for the first thing in which a headline differs from its best rival, the row after it."""
    why = pl.lit(AMONG_EQUALS)
    for column in reversed(order):
        differs = pl.col(column) != pl.col(column).shift(-1)
        why = pl.when(differs).then(pl.lit(_WORDS[column])).otherwise(why)
    return why
