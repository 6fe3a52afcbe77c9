"""Groups made of their members: the rows that an answer adds where a reader asks for them."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl

from indicators.aggregate import MayNotBeAdded, aggregate_areas, ratio_of_sums
from indicators.composites import COMPUTED, NEEDED, WORLD
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import AS_REPORTED, PER_HEAD, Indicator, Term
from indicators.convert import AS_REPORTED as REPORTED_CURRENCY
from indicators.convert import LOCAL, USD, Money
from indicators.formulas import PER
from indicators.groups import memberships
from indicators.query import Query
from indicators.reconcile import IMPOSSIBLE
from indicators.transform import LEVEL
from indicators.workings import Workings

COMPOSED = ("origin", "members", "missing", "coverage", "parts")
"""Columns that say how a sum of members was made; null for what was reported."""
FEWER = "other members have data than the year before: not comparable with it"


def countries_of(query: Query) -> tuple[str, ...]:
    """The countries whose figures are needed to make the groups of a query of their members."""
    if not query.members:
        return ()
    groups = _groups(query)
    if WORLD in groups:
        return tuple(codelist("area").of_kind("country"))
    return tuple(dict.fromkeys(m.area for m in memberships() if m.group in groups))


def _groups(query: Query) -> list[str]:
    return [a for a in query.areas if codelist("area")[a]["kind"] == "group"]


def _weights(work: Workings, measure: str) -> pl.DataFrame:
    """GDP in dollars or population: what a country weighs in its group; ref_area, year, value."""
    plain = work.denominators(Term(measure, "_T")).filter(pl.col("unit_measure").is_in([USD, "PS"]))
    return plain.select("ref_area", "year", "value").unique(
        ["ref_area", "year"], keep="first", maintain_order=True
    )


def composed(work: Workings) -> pl.DataFrame:
    """The sums of the groups of a query, shape of an answer's figures; one row a year and sector."""
    query, indicator = work.query, work.indicator
    measure = "gdp" if indicator.is_money or indicator.unit == "PT_GDP" else "population"
    weights, needed = _weights(work, measure), NEEDED if query.coverage is None else query.coverage
    rows: list[dict[str, Any]] = []
    for group in _groups(query):
        for sector in [query.sector] if query.sector else indicator.sectors:
            try:
                rows += _rows(query, indicator, work, group, sector, weights, needed, measure)
            except MayNotBeAdded as refused:
                work.notes.append(f"{group}, {sector}: {refused}")
    return pl.DataFrame(rows, schema=_SCHEMA)


_TEXT: dict[str, Any] = dict.fromkeys(
    ("measure", "ref_area", "region", "counterpart_area", "sector", "sex", "freq", "time_period",
     "period_basis", "unit_measure", "hedge", "obs_status", "why", "note", "origin", "members", "missing",
     "parts"),
    pl.String,
)  # fmt: skip
_SCHEMA = {
    **_TEXT, "year": pl.Int32, "period_start": pl.Date, "period_end": pl.Date, "value": pl.Float64,
    "low": pl.Float64, "high": pl.Float64, "coverage": pl.Float64, "is_headline": pl.Boolean,
    "rivals": pl.UInt32,
}  # fmt: skip


def _rows(
    query: Query, indicator: Indicator, work: Workings, group: str, sector: str,
    weights: pl.DataFrame, needed: float, weighted_by: str,
) -> list[dict[str, Any]]:  # fmt: skip
    parts = _parts(query, indicator, work, sector)
    if parts.is_empty():
        return []
    years = sorted(y for y in parts["year"].unique().to_list() if _wanted(query, y))
    ratio = _denominator(query, indicator)
    if ratio is None:
        sums = aggregate_areas(
            parts, group, years=years, composition=str(query.members), weights=weights,
            weighted_by=weighted_by, needed=needed,
        ).filter(pl.col("kind") == COMPUTED).to_dicts()  # fmt: skip
    else:
        sums = _ratios(parts, work, group, years, ratio, weights, needed, str(query.members))
    unit = _unit(query, indicator, parts)
    done = [_row(s, indicator, group, sector, query.sex, unit, parts["counterpart_area"][0]) for s in sums]
    return _with_breaks(done)


def _parts(query: Query, indicator: Indicator, work: Workings, sector: str) -> pl.DataFrame:
    """Headlines of countries, in one money: the one asked, or dollars."""
    figures = work.valued(indicator.numerator.measure, [sector])
    currency = USD if query.currency in (REPORTED_CURRENCY, LOCAL) else query.currency
    money = Money(USD) if _denominator(query, indicator) else Money(currency, query.prices)
    figures = work.in_money(figures, money) if _is_money(indicator) else figures
    return figures.filter(
        pl.col("is_headline")
        & pl.col("low").is_not_null()
        & (pl.col("freq") == "A")
        & (pl.col("period_basis") != "publication")
        & (pl.col("obs_status") != IMPOSSIBLE)
        & pl.col("ref_area").is_in(codelist("area").of_kind("country"))
    )


def _is_money(indicator: Indicator) -> bool:
    return codelist("measure")[indicator.numerator.measure]["units"] == "currency"


def _denominator(query: Query, indicator: Indicator) -> tuple[Term, float] | None:
    """The denominator that the members of a group have in common: the last of the definition."""
    if query.per:
        measure, times = PER[query.per]
        return Term(measure, "_T"), times
    if indicator.formula == AS_REPORTED:
        return None
    return indicator.denominators[-1], 1.0 if indicator.formula == PER_HEAD else 100.0


def _ratios(
    parts: pl.DataFrame, work: Workings, group: str, years: Sequence[int], ratio: tuple[Term, float],
    weights: pl.DataFrame, needed: float, composition: str,
) -> list[dict[str, Any]]:  # fmt: skip
    term, times = ratio
    below = work.denominators(term)
    unit = USD if USD in below["unit_measure"].to_list() else "PS"
    below = below.filter(pl.col("unit_measure") == unit)
    below = below.unique(["ref_area", "year"], keep="first", maintain_order=True)
    quotients = ratio_of_sums(
        parts.filter(pl.col("year").is_in(list(years))), below.filter(pl.col("year").is_in(list(years))),
        times=times, group=group, composition=composition, weights=weights, needed=needed,
    )  # fmt: skip
    return [row | {"members": row["areas"]} for row in quotients.to_dicts()]


def _unit(query: Query, indicator: Indicator, parts: pl.DataFrame) -> str:
    if query.per == "gdp":
        return "PT_GDP"
    if indicator.unit not in ("currency", "measure"):
        return indicator.unit
    return str(parts["unit_measure"][0])


def _row(
    total: dict[str, Any], indicator: Indicator, group: str, sector: str, sex: str, unit: str, partner: str
) -> dict[str, Any]:
    year = int(total["year"])
    return {
        "measure": indicator.numerator.measure, "ref_area": group, "region": "_T",
        "counterpart_area": partner, "sector": sector, "sex": sex, "freq": "A",
        "time_period": str(year), "period_basis": "stated",
        "unit_measure": unit, "hedge": total["hedge"],
        "obs_status": total["obs_status"] or "A",
        "why": "the sum of its members", "note": total["reason"], "origin": COMPUTED,
        "members": ",".join(total["members"]), "missing": ",".join(total["missing"]),
        "parts": ",".join(total["figure_ids"]), "year": year, "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31), "value": total["value"], "low": total["low"], "high": total["high"],
        "coverage": total["coverage"], "is_headline": True, "rivals": 0,
    }  # fmt: skip


def _with_breaks(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Mark each year whose sum is of other members than the year before: no growth is made of it."""
    for before, now in pairwise(rows):
        if now["low"] is not None and now["members"] != before["members"]:
            now["obs_status"] = "B"
            now["note"] = FEWER
    return rows


def _wanted(query: Query, year: int | None) -> bool:
    """Whether a year is asked for, or is one that a year asked for is compared with."""
    if year is None or (query.until is not None and year > query.until):
        return False
    before = 0 if query.transform == LEVEL else 1
    return query.since is None or year >= query.since - before or year == query.base
