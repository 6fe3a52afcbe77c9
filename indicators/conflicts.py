"""Where claims for one cell differ, by how much, and in what.

A cell is that of reconcile.py. Impossible claims (status U) are left out. A statement that its own
publisher makes again, of the same amount in the same unit, is a repetition and counts once. Money in several
currencies is compared in dollars at the rate of its year; other units are not compared.

How far apart: the least of the highest claim over the most of the lowest, max(low) / min(high); of exact
claims the highest over the lowest. Where every interval holds a common number the claims are compatible:
"over 2 billion" and "2.3 billion" are no conflict.

unit         stated in units that differ: not comparable, or money in several currencies
compatible   all intervals overlap
definition   one of them covers something else (status D)
publisher    one publisher states several amounts
value        publishers state several amounts
"""

from functools import lru_cache
from threading import Lock

import polars as pl

from indicators import intervals
from indicators.answer import gather
from indicators.concepts.codelist import codelist
from indicators.convert import Money, convert
from indicators.reconcile import CELL, IMPOSSIBLE, RULES, SAME, with_headlines
from indicators.store import Store
from indicators.workings import RATE_MEASURE

UNIT, COMPATIBLE, DEFINITION, PUBLISHER, VALUE = "unit", "compatible", "definition", "publisher", "value"
DIFFERENCES = (VALUE, DEFINITION, UNIT, PUBLISHER, COMPATIBLE)
KEPT = 3
"""Releases whose conflicts stay in memory."""
_turn = Lock()


def conflicts(store: Store) -> pl.DataFrame:
    """Every contested cell of a release, as `contested` gives them; computed once a release."""
    with _turn:  # whoever asks while they are computed waits for them
        return _conflicts(store)


@lru_cache(maxsize=KEPT)
def _conflicts(store: Store) -> pl.DataFrame:
    claims = store.ask("contested", details=list(codelist("measure_detail")))
    return contested(_with_year(claims), gather(store, [RATE_MEASURE], ["A"], ()))


def contested(claims: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """The contested cells among `claims`, those furthest apart first.

    Args:
        claims: shape of queries/contested.sql with `year`.
        rates: observations of exchange_rate, shape of queries/national.sql with `year`.

    Returns:
        One row a claim, repetitions left out, with value, low and high as stated; cell_low and cell_high,
        the same in the unit in which the cell is compared (null where it is not); cell (0 for the one
        furthest apart), claims (how many there are), apart (null where not compared, infinite where
        one is above zero and another is not), difference (one of DIFFERENCES), repeated (how often
        its publisher states it besides), and what with_headlines adds.
    """
    possible = claims.filter((pl.col("obs_status") != IMPOSSIBLE) & pl.col("obs_low").is_not_null())
    once = _once(with_headlines(possible))
    several = once.filter(pl.len().over(CELL) > 1).with_columns(*intervals.stated())
    compared = _compared(several, rates).with_columns(
        pl.len().over(CELL).alias("claims"), _apart().alias("apart")
    )
    sized = compared.with_columns(_difference().alias("difference"))
    last = (pl.col("difference") == COMPATIBLE).cast(pl.Int8).alias("_last")
    ordered = sized.with_columns(last, pl.col("apart").fill_null(0.0).alias("_size")).sort(
        "_last", "_size", *CELL, "is_headline", "figure_id",
        descending=[False, True, *[False] * len(CELL), True, False],
    )  # fmt: skip
    return ordered.with_columns(pl.struct(CELL).rle_id().alias("cell")).drop("_last", "_size")


def _with_year(claims: pl.DataFrame) -> pl.DataFrame:
    return claims.with_columns(pl.col("period_end").dt.year().cast(pl.Int32).alias("year"))


def _once(marked: pl.DataFrame) -> pl.DataFrame:
    """Each statement of a publisher once, with how often it is made besides and the rules that pick it."""
    key = [*CELL, *SAME]
    picked = [
        pl.when(pl.col("picked_by").str.split(",").list.contains(rule).fill_null(value=False).any().over(key))
        .then(pl.lit(rule))
        for rule in RULES
    ]  # fmt: skip
    whole = marked.with_columns(
        pl.concat_str(picked, separator=",", ignore_nulls=True).alias("picked_by"),
        pl.col("is_headline").any().over(key),
        (pl.len().over(key) - 1).alias("repeated"),
    )
    return whole.unique(key, keep="first", maintain_order=True)


def _compared(claims: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """Add cell_low and cell_high: as stated in cells of one unit, in dollars for several currencies."""
    units = pl.col("unit_measure").n_unique().over(CELL)
    money = pl.col("unit_measure").is_in(codelist("unit").of_kind("currency")).all().over(CELL)
    alike = claims.filter(units == 1).with_columns(
        pl.col("low").alias("cell_low"), pl.col("high").alias("cell_high")
    )
    exchanged = claims.filter((units > 1) & money)
    apart = claims.filter((units > 1) & ~money)
    nothing = [pl.lit(None, pl.Float64).alias(c) for c in ("cell_low", "cell_high")]
    return pl.concat([alike, _exchanged(exchanged, rates), apart.with_columns(nothing)])


def _exchanged(claims: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    noted = claims.with_columns(pl.lit(None, pl.String).alias("note"))
    valued = rates.with_columns(*intervals.stated(), pl.lit(None, pl.String).alias("note"))
    dollars = convert(noted, valued, valued.clear(), Money("USD"))
    ends = dollars.select(pl.col("low").alias("cell_low"), pl.col("high").alias("cell_high"))
    return pl.concat([claims, ends], how="horizontal")


def _apart() -> pl.Expr:
    """How many times the highest claim is the lowest, at least; null unless all can be compared."""
    known = pl.col("cell_low").is_not_null().all().over(CELL)
    top, bottom = pl.col("cell_low").max().over(CELL), pl.col("cell_high").min().over(CELL)
    ratio = (
        pl.when(top <= bottom).then(1.0)
        .when(bottom > 0).then(top / bottom)
        .when(top < 0).then(bottom / top)
        .otherwise(float("inf"))
    )  # fmt: skip
    return pl.when(known).then(ratio)


def _difference() -> pl.Expr:
    other = (pl.col("obs_status") == "D").any().over(CELL) & (pl.col("obs_status") != "D").any().over(CELL)
    units = pl.col("unit_measure").n_unique().over(CELL) > 1
    alone = pl.col("publisher").n_unique().over(CELL) == 1
    return (
        pl.when(pl.col("apart") == 1.0)
        .then(pl.lit(COMPATIBLE))
        .when(other)
        .then(pl.lit(DEFINITION))
        .when(units | pl.col("apart").is_null())
        .then(pl.lit(UNIT))
        .when(alone)
        .then(pl.lit(PUBLISHER))
        .otherwise(pl.lit(VALUE))
    )
