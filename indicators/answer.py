"""Query → Answer: the one function that every surface calls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from indicators.catalogue import Catalogue
from indicators.concepts.indicator import AS_REPORTED, PER_HEAD, Indicator
from indicators.convert import convert
from indicators.formulas import DENOMINATOR, ratio
from indicators.query import Query
from indicators.reconcile import with_headlines
from indicators.store import END_OF_TIME, Store

RATE_MEASURE = "exchange_rate"
RATE = ("rate", "rate_figure_id", "rate_publisher")
FRAME = (
    "figure_id", "measure", "ref_area", "region", "counterpart_area", "sector", "sex", "freq", "time_period",
    "year", "period_start", "period_end", "period_basis", "value", "low", "high", "unit_measure",
    "hedge", "obs_status", "is_headline", "rivals", "why", "note", "obs_comment", "correction",
    "reported_value", "reported_at", "source", "vintage", "publisher", "cites", "authority", "title",
    "address", "published_on", "known_from", "language", *RATE, *DENOMINATOR,
)  # fmt: skip
"""The columns of an answer's frame; one row a claim."""


@dataclass(frozen=True)
class Answer:
    """What is known, and all that must be said beside it.

    Attributes:
        query: what was asked.
        indicator: the definition that was applied.
        release: id of the one release it was made from.
        frame: one row a claim, columns FRAME, sorted by area, sector and period. `value` is null
            and low/high hold the interval where a range was stated; all three are null where
            nothing is available, and obs_status says why.
        notes: sentences that hold for the whole answer.
    """

    query: Query
    indicator: Indicator
    release: str
    frame: pl.DataFrame
    notes: tuple[str, ...]

    @property
    def headlines(self) -> pl.DataFrame:
        """One row a cell: the claim that the rule chose."""
        return self.frame.filter("is_headline")

    @property
    def rivals(self) -> pl.DataFrame:
        """The other claims."""
        return self.frame.filter(~pl.col("is_headline"))


def answer(query: Query, store: Store, catalogue: Catalogue) -> Answer:
    """Answer `query` from one release.

    Raises:
        UnknownIndicator: the indicator is not in the catalogue.
    """
    indicator = catalogue[query.indicator]
    claims = gather(store, measures_of([indicator]), query.areas, query.as_of)
    return compute(query, indicator, claims, store.release.id)


def measures_of(indicators: Iterable[Indicator]) -> list[str]:
    """The measures that these indicators are made of, rates of exchange included."""
    used = {t.measure for i in indicators for t in (i.numerator, *i.denominators)}
    return sorted(used | {RATE_MEASURE})


def gather(store: Store, measures: list[str], areas: Sequence[str], as_of: date | None) -> pl.DataFrame:
    """Every claim for these measures and areas (none named = all), as known on a day: one question."""
    claims = store.ask("claims", measures=measures, areas=list(areas), as_of=as_of or END_OF_TIME)
    return claims.with_columns(pl.col("period_end").dt.year().cast(pl.Int32).alias("year"))


def compute(query: Query, indicator: Indicator, claims: pl.DataFrame, release: str) -> Answer:
    """The answer that `claims` give; pure.

    Args:
        query: what is asked.
        indicator: the definition.
        claims: at least the claims of its measures, shape of queries/claims.sql with `year`.
        release: the id that goes into the answer.
    """
    sectors = [query.sector] if query.sector else list(indicator.sectors)
    own = _of(claims, indicator.numerator.measure, sectors, query.sex, indicator.freqs)
    figures = _within(with_headlines(own, query.rule), query).with_columns(
        *_valued(), pl.lit(None, pl.String).alias("note")
    )
    if indicator.is_money:
        figures = convert(figures, _of(claims, RATE_MEASURE, ["_T"], "_T", ("A",)), query.currency)
    if indicator.formula != AS_REPORTED:
        figures = _ratio(figures, indicator, claims)
    frame = _framed(figures).sort(
        "ref_area", "sector", "period_end", "time_period", "figure_id", nulls_last=True
    )
    return Answer(query, indicator, release, frame, indicator.caveats)


def _of(
    claims: pl.DataFrame, measure: str, sectors: Sequence[str], sex: str, freqs: Sequence[str]
) -> pl.DataFrame:
    return claims.filter(
        (pl.col("measure") == measure)
        & pl.col("sector").is_in(list(sectors))
        & (pl.col("sex") == sex)
        & pl.col("freq").is_in(list(freqs))
    )


def _valued() -> list[pl.Expr]:
    return [
        pl.col("obs_value").cast(pl.Float64).alias("value"),
        pl.col("obs_low").alias("low"),
        pl.col("obs_high").alias("high"),
    ]


def _within(figures: pl.DataFrame, query: Query) -> pl.DataFrame:
    if query.since is not None:
        figures = figures.filter(pl.col("year") >= query.since)
    if query.until is not None:
        figures = figures.filter(pl.col("year") <= query.until)
    return figures


def _ratio(figures: pl.DataFrame, indicator: Indicator, claims: pl.DataFrame) -> pl.DataFrame:
    """Each figure divided by the first denominator of the definition that it finds."""
    times = 1.0 if indicator.formula == PER_HEAD else 100.0
    done: list[pl.DataFrame] = []
    left = figures.filter(pl.col("low").is_not_null())
    for term in indicator.denominators:
        parts = _denominators(_of(claims, term.measure, [term.sector or "_T"], "_T", ("A",)))
        found = ratio(left, parts, same_source=term.same_source, times=times)
        done.append(found)
        left = left.filter(~pl.col("figure_id").is_in(found["figure_id"].to_list()))
    share = pl.concat(done)
    if indicator.unit != "currency":
        share = share.with_columns(pl.lit(indicator.unit).alias("unit_measure"))
    return share


def _denominators(claims: pl.DataFrame) -> pl.DataFrame:
    """The best claim of each source and unit, so that dollars are divided by dollars."""
    named = with_headlines(claims.filter(pl.col("obs_value").is_not_null()))
    best = named.sort("is_headline", descending=True, maintain_order=True).unique(
        ["ref_area", "source", "unit_measure", "year"], keep="first", maintain_order=True
    )
    return best.with_columns(_valued())


def _framed(figures: pl.DataFrame) -> pl.DataFrame:
    types: dict[str, Any] = {"rate": pl.Float64, "denominator": pl.Float64, "denominator_year": pl.Int32}
    lacking = [pl.lit(None, types.get(c, pl.String)).alias(c) for c in FRAME if c not in figures.columns]
    return figures.with_columns(lacking).select(FRAME)
