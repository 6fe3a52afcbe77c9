"""The steps of one answer: what is taken of the claims, in which money, divided by what.

A step gives frames and changes nothing; only notes for the reader gather as the steps are made.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from indicators import intervals, rounding
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import AS_REPORTED, PER_HEAD, SHARE, Indicator, Term
from indicators.convert import AS_REPORTED as REPORTED
from indicators.convert import LOCAL, Money, convert
from indicators.divide import divided
from indicators.formulas import OLDEST, PER, PER_GDP
from indicators.plans import run
from indicators.query import Query
from indicators.reconcile import best_of_each, with_headlines, with_spread
from indicators.stated import growth_measure

_EACH_SOURCE = ["ref_area", "source", "unit_measure", "year"]
RATE_MEASURE, DEFLATOR_MEASURE = "exchange_rate", "gdp_deflator"


@dataclass
class Workings:
    """One query over one set of claims.

    Attributes:
        query: what is asked.
        indicator: the definition.
        claims: shape of queries/national.sql with `year`.
        notes: sentences that the steps add for the whole answer.
    """

    query: Query
    indicator: Indicator
    claims: pl.DataFrame
    notes: list[str] = field(default_factory=list)

    def level(self) -> pl.DataFrame:
        """The claims of the indicator with their headlines, in the money and ratio asked."""
        sectors = [self.query.sector] if self.query.sector else list(self.indicator.sectors)
        figures = self.valued(self.indicator.numerator.measure, sectors)
        if self.query.areas:
            figures = figures.filter(pl.col("ref_area").is_in(list(self.query.areas)))
        if self.indicator.formula == SHARE:
            figures = self._divided(figures, self.indicator.denominators, 100.0)
        elif self.indicator.formula == PER_HEAD:
            figures = self._divided(self.in_money(figures), self.indicator.denominators, 1.0)
        elif self.query.per == PER_GDP:
            figures = self._divided(figures, (Term(PER[PER_GDP][0], "_T"),), PER[PER_GDP][1])
        elif self.query.per:
            measure, times = PER[self.query.per]
            figures = self._divided(self.in_money(figures), (Term(measure, "_T"),), times)
        else:
            figures = self.in_money(figures)
        return with_spread(figures)

    def valued(self, measure: str, sectors: Sequence[str]) -> pl.DataFrame:
        """The claims of a measure with headlines, and value, low and high."""
        own = _of(self.claims, measure, sectors, self.query.sex, self.indicator.freqs)
        if self.query.partner is not None:
            own = own.filter(pl.col("counterpart_area") == self.query.partner)
        marked = with_headlines(own, self.query.rule).with_columns(
            *intervals.stated(), pl.lit(None, pl.String).alias("note")
        )
        return rounding.widened(marked) if self.query.rounding else marked

    def in_money(self, figures: pl.DataFrame, wanted: Money | None = None) -> pl.DataFrame:
        """The figures in the money asked, where they are money."""
        wanted = wanted or Money(self.query.currency, self.query.prices)
        if wanted == Money():
            return figures
        deflators = _of(self.claims, DEFLATOR_MEASURE, ["_T"], "_T", ("A",))
        return convert(figures, self.rates(), deflators, wanted)

    def totals(self) -> pl.DataFrame:
        """The whole economy of the same measure, as each source has it."""
        return self.in_money(_each_source(self.valued(self.indicator.numerator.measure, ["_T"])))

    def stated_growth(self) -> pl.DataFrame:
        """What sources say of the growth of this indicator; nothing for ratios and other money."""
        measure = growth_measure(self.indicator.numerator.measure)
        as_printed = self.query.prices is None and self.query.currency in (REPORTED, LOCAL)
        plain = self.indicator.formula == AS_REPORTED and not self.query.per and as_printed
        if measure is None or not plain:
            return self.claims.clear()
        sectors = [self.query.sector] if self.query.sector else list(self.indicator.sectors)
        said = self.valued(measure, sectors)
        return said.filter(pl.col("ref_area").is_in(list(self.query.areas))) if self.query.areas else said

    def denominators(self, term: Term, figures: pl.DataFrame | None = None) -> pl.DataFrame:
        """The best claim of each source and unit, so that dollars are divided by dollars.

        Only those that `figures` can need, where they are given: of their areas and years, and of
        the years before for those whose year is not stated.
        """
        claims = _of(self.claims, term.measure, [term.sector or "_T"], "_T", ("A",)).lazy()
        if figures is not None:
            own = figures.lazy()
            years = [own.select("ref_area", pl.col("year") - n) for n in range(OLDEST + 1)]
            claims = claims.join(pl.concat(years), on=["ref_area", "year"], how="semi")
        stated = claims.filter(pl.col("obs_value").is_not_null())
        return run(best_of_each(stated, _EACH_SOURCE).with_columns(intervals.stated()))

    def rates(self) -> pl.DataFrame:
        """Rates of exchange, one an area and year."""
        return _of(self.claims, RATE_MEASURE, ["_T"], "_T", ("A",))

    def beside_members(self, figures: pl.DataFrame) -> pl.DataFrame:
        """What was reported for a group itself stands beside the sum of its members, not as headline."""
        groups = codelist("area").of_kind("group")
        own = pl.col("ref_area").is_in(groups)
        why = pl.when(own).then(pl.lit("reported for the group itself; the sum of its members was asked"))
        return figures.with_columns(
            (pl.col("is_headline") & ~own).alias("is_headline"), why.otherwise("why").alias("why")
        )

    def _divided(self, figures: pl.DataFrame, terms: Sequence[Term], times: float) -> pl.DataFrame:
        unit = self.indicator.unit if self.indicator.formula != AS_REPORTED else None
        wanted = {(term.measure, term.sector): term for term in terms}
        once = {key: self.denominators(term, figures) for key, term in wanted.items()}
        parts = [(term, once[term.measure, term.sector]) for term in terms]
        share, alone = divided(figures, parts, self.rates(), times)
        if alone:
            self.notes.append(alone)
        if unit not in (None, "currency", "measure"):
            share = share.with_columns(pl.lit(unit).alias("unit_measure"))
        elif self.query.per == PER_GDP:
            share = share.with_columns(pl.lit("PT_GDP").alias("unit_measure"))
        return share


def _each_source(named: pl.DataFrame) -> pl.DataFrame:
    return named.sort("is_headline", descending=True, maintain_order=True).unique(
        _EACH_SOURCE, keep="first", maintain_order=True
    )


def _of(
    claims: pl.DataFrame, measure: str, sectors: Sequence[str], sex: str, freqs: Sequence[str]
) -> pl.DataFrame:
    own = claims.lazy().filter(pl.col("measure") == measure)  # first alone: the rest is asked of few rows
    return run(own.filter((pl.col("sex") == sex) & _one_of("sector", sectors) & _one_of("freq", freqs)))


def _one_of(column: str, codes: Sequence[str]) -> pl.Expr:
    """Whether a column has one of these codes; a comparison costs less than a list of one."""
    return pl.col(column) == codes[0] if len(codes) == 1 else pl.col(column).is_in(list(codes))
