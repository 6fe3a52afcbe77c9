"""Query → Answer: the one function that every surface calls.

    gather   every claim of the measures in question, as known on the day asked, from DuckDB
    compute  pure, in this order: headline → interval → money → ratio → members of groups → transform
             → carry → years asked

Nothing is rounded, and nothing that was reported is left out without a note that says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from indicators.catalogue import Catalogue
from indicators.compose import COMPOSED, composed, countries_of
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import Indicator
from indicators.convert import AS_REPORTED as REPORTED_CURRENCY
from indicators.convert import CONVERSION, CURRENCIES, USD, currencies
from indicators.formulas import DENOMINATOR, PER
from indicators.plans import run
from indicators.query import BadQuery, Query, check
from indicators.stated import beside, growth_measure
from indicators.store import Store
from indicators.transform import COMPARED, CONTRIBUTION, GROWTH, LEVEL, carried, transformed
from indicators.workings import DEFLATOR_MEASURE, RATE_MEASURE, Workings

FRAME = (
    "figure_id", "measure", "ref_area", "region", "counterpart_area", "sector", "sex", "freq", "time_period",
    "year", "period_start", "period_end", "period_basis", "value", "low", "high", "unit_measure", "base_per",
    "hedge", "obs_status", "is_headline", "rivals", "why", "picked_by", "spread_low", "spread_high", "note",
    "obs_comment", "correction", "reported_value", "reported_at", "source", "vintage", "publisher", "cites",
    "authority", "title", "address", "published_on", "known_from", "language", *CONVERSION, *DENOMINATOR,
    *COMPARED, "carried_from", *COMPOSED,
)  # fmt: skip
"""The columns of an answer's frame; one row a claim, or a sum of members."""
_NUMBERS = {
    "rate", "rate_to", "redenomination", "deflator", "denominator", "compared_low", "compared_high",
    "spread_low", "spread_high", "coverage",
}  # fmt: skip
_YEARS = {"denominator_year", "carried_from"}
_NOTHING = {
    c: pl.lit(None, pl.Float64 if c in _NUMBERS else pl.Int32 if c in _YEARS else pl.String).alias(c)
    for c in FRAME
}
"""What a column holds where no step made it."""


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
        reason: why the frame is empty; None where it is not.
    """

    query: Query
    indicator: Indicator
    release: str
    frame: pl.DataFrame
    notes: tuple[str, ...]
    reason: str | None = None

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The frame as a dict a row, made once; to be read, never changed."""
        return self.frame.to_dicts()

    @property
    def headlines(self) -> pl.DataFrame:
        """One row a cell: the claim that the rule chose (under the rule `all`, every claim)."""
        return self.frame.filter("is_headline")

    @property
    def rivals(self) -> pl.DataFrame:
        """The other claims."""
        return self.frame.filter(~pl.col("is_headline"))


def answer(query: Query, store: Store, catalogue: Catalogue) -> Answer:
    """Answer `query` from one release.

    Raises:
        BadQuery: it names what there is not, or what does not go together; says all of it.
    """
    faults = check(query, catalogue)
    if faults:
        raise BadQuery(faults)
    indicator = catalogue[query.indicator]
    measures, freqs = measures_of([indicator], query), freqs_of([indicator])
    areas = (*query.areas, *countries_of(query)) if query.areas else ()
    claims = gather(store, measures, freqs, areas, query.as_of, query.partner)
    if areas and RATE_MEASURE in measures:
        claims = with_foreign_rates(claims, store, query.currency, query.as_of)
    last = (query.as_of or store.ask("newest_day")["day"].item()).year if query.carry else None
    given = compute(query, indicator, claims, store.release.id, last)
    if given.frame.is_empty():
        return replace(given, reason=_why_empty(query, indicator, store))
    return given


def measures_of(indicators: Iterable[Indicator], query: Query | None = None) -> list[str]:
    """The measures that these indicators are made of, with what the query needs beside them."""
    used = {t.measure for i in indicators for t in (i.numerator, *i.denominators)}
    if query is None:
        return sorted(used | {RATE_MEASURE})
    if query.currency != REPORTED_CURRENCY or query.prices or query.members or "gdp" in used or query.per:
        used.add(RATE_MEASURE)
    if query.prices:
        used.add(DEFLATOR_MEASURE)
    if query.per:
        used.add(PER[query.per][0])
    if query.members:
        used |= {"gdp", "population"}
    if query.transform == GROWTH:
        used |= {m for m in map(growth_measure, sorted(used)) if m}
    return sorted(used)


def freqs_of(indicators: Iterable[Indicator]) -> list[str]:
    """The frequencies that the series of these indicators are made of."""
    return sorted({freq for i in indicators for freq in i.freqs} | {"A"})


def gather(
    store: Store,
    measures: Sequence[str],
    freqs: Sequence[str],
    areas: Sequence[str],
    as_of: date | None = None,
    partner: str | None = None,
) -> pl.DataFrame:
    """Every claim for these measures and areas (none named = all), as known on a day."""
    asked = {"measures": list(measures), "freqs": list(freqs), "areas": list(dict.fromkeys(areas))}
    countries = codelist("area").rows
    detail = partner in countries and countries[str(partner)]["kind"] == "country"
    if as_of is None and not detail:
        claims = store.ask("national", **asked)
    else:
        every = [] if detail else codelist("area").of_kind("country")
        claims = store.ask("national_as_of", **asked, as_of=as_of or date.max, countries=every)
    return claims.with_columns(pl.col("period_end").dt.year().cast(pl.Int32).alias("year"))


def with_foreign_rates(
    claims: pl.DataFrame, store: Store, currency: str = REPORTED_CURRENCY, as_of: date | None = None
) -> pl.DataFrame:
    """The claims of some areas with the rates of all, where one of them needs a rate of another area.

    Someone may state a figure of Kazakhstan in roubles, or ask for one in euro: the number must be the
    same whichever areas are asked beside it.
    """
    pair = ["ref_area", "unit_measure"]
    rates = claims.lazy().filter(pl.col("measure") == RATE_MEASURE)
    money = claims.lazy().filter(pl.col("unit_measure").is_in([c for c in currencies() if c != USD]))
    strange = money.select(pair).join(rates.select(pair), on=pair, how="anti")
    if currency in CURRENCIES and run(strange).is_empty():
        return claims
    others = gather(store, [RATE_MEASURE], ["A"], (), as_of)
    return pl.concat([claims, others.join(claims, on="figure_id", how="anti", maintain_order="left")])


def compute(
    query: Query, indicator: Indicator, claims: pl.DataFrame, release: str, last: int | None = None
) -> Answer:
    """The answer that `claims` give; pure.

    Args:
        query: what is asked.
        indicator: the definition.
        claims: at least the claims of its measures, shape of queries/national.sql with `year`.
        release: the id that goes into the answer.
        last: year up to which figures are carried where the query names none; None = that of the
            newest figure.
    """
    work = Workings(query, indicator, claims)
    figures = work.level()
    if query.members:
        figures = pl.concat([work.beside_members(figures), composed(work)], how="diagonal")
    if query.transform != LEVEL:
        totals = work.totals() if query.transform == CONTRIBUTION else figures
        figures = transformed(figures.filter("is_headline"), query.transform, query.base, totals)
    if query.transform == GROWTH:
        figures = beside(figures, work.stated_growth())
    if query.carry and figures.height:
        last = query.until or last or int(figures["year"].max())  # type: ignore[arg-type]
        others = figures.filter(~pl.col("is_headline"))
        figures = pl.concat(
            [carried(figures.filter("is_headline"), query.carry, last), others], how="diagonal"
        )
    absent = [_NOTHING[c] for c in FRAME if c not in figures.columns]
    framed = _within(figures.lazy(), query).with_columns(absent).select(FRAME)
    order = ("ref_area", "sector", "period_end", "time_period", "year", "figure_id")
    frame = run(framed.sort(order, nulls_last=True))
    return Answer(query, indicator, release, frame, (*indicator.caveats, *work.notes))


def _within(figures: pl.LazyFrame, query: Query) -> pl.LazyFrame:
    if query.since is not None:
        figures = figures.filter(pl.col("year") >= query.since)
    if query.until is not None:
        figures = figures.filter(pl.col("year") <= query.until)
    return figures


def _why_empty(query: Query, indicator: Indicator, store: Store) -> str:
    """Why nothing was found: nothing yet known on that day, nothing for these areas, or for these years."""
    known = store.ask(
        "known",
        measures=[indicator.numerator.measure],
        areas=list(query.areas),
        as_of=query.as_of or date.max,
    ).to_dicts()[0]
    if known["first"] is None:
        return "no source of this release reports it for these areas"
    if not known["figures"]:
        return f"nothing was known of it on {query.as_of}: the first figure dates from {known['first']}"
    if query.since is not None or query.until is not None:
        return f"there are figures, but none for the years {query.since or '…'} to {query.until or '…'}"
    return "there are figures, but none of them allows what is asked: see the notes"
