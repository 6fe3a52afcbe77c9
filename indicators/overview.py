"""The overview of one country or group: each indicator's newest headline, its change and its path."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from indicators.answer import Answer, compute, freqs_of, gather, measures_of, with_foreign_rates
from indicators.catalogue import Catalogue
from indicators.concepts.indicator import Indicator
from indicators.formulas import change, difference
from indicators.query import Query
from indicators.reconcile import IMPOSSIBLE
from indicators.store import Store

Row = dict[str, Any]
SHARES = ("PT", "PT_GDP")
BROKEN = ("B", "D")
"""A break or another coverage: growth over it would measure the change of method."""


@dataclass(frozen=True)
class Card:
    """One indicator of one area.

    Attributes:
        indicator: its definition.
        sector: the sector shown, the first of the definition that has figures.
        newest: the newest headline (a row of Answer.frame).
        change: growth since `before`, as an interval; None where nothing can be said.
        in_points: whether the change is in percentage points (of a share), not in per cent.
        before: the headline it is compared with, or None.
        path: headlines of the series in order, for a sparkline.
    """

    indicator: Indicator
    sector: str
    newest: Row
    change: tuple[float, float] | None
    in_points: bool
    before: Row | None
    path: pl.DataFrame


def overview(
    store: Store,
    catalogue: Catalogue,
    area: str,
    currency: str,
    also: Collection[tuple[str, str]] = (),
) -> list[Card]:
    """A card for every indicator that has a figure for `area`, in the order of the catalogue.

    Args:
        store: one release.
        catalogue: the definitions.
        area: code of area.csv.
        currency: of money, as in a Query.
        also: pairs of indicator and sector that get a card of their own where there are figures,
            besides the first sector of the indicator that has any.
    """
    own = gather(store, measures_of(catalogue), freqs_of(catalogue), (area,))
    claims = with_foreign_rates(own, store, currency)
    reported = set(claims["measure"].unique())
    there = (i for i in catalogue if i.numerator.measure in reported)
    answers = (compute(_query(i, area, currency), i, claims, store.release.id) for i in there)
    return [card for a in answers for card in _cards(a, [s for i, s in also if i == a.indicator.id])]


def _query(indicator: Indicator, area: str, currency: str) -> Query:
    return (
        Query(indicator.id, (area,), currency=currency)
        if indicator.is_money
        else Query(indicator.id, (area,))
    )


def _cards(answered: Answer, also: Collection[str]) -> Iterable[Card]:
    """The card of the first sector that has figures, and those of the other sectors that are asked for."""
    known = answered.headlines.filter(
        pl.col("low").is_not_null() & pl.col("year").is_not_null() & (pl.col("obs_status") != IMPOSSIBLE)
    )
    held = set(known["sector"])
    there = [sector for sector in answered.indicator.sectors if sector in held]
    for sector in [*there[:1], *(s for s in also if s in held and s not in there[:1])]:
        yield _card(answered.indicator, sector, known.filter(pl.col("sector") == sector))


def _card(indicator: Indicator, sector: str, known: pl.DataFrame) -> Card:
    path = known.sort("period_end", "time_period", "figure_id")
    rows = path.to_dicts()
    newest = rows[-1]
    before = _comparable(rows[:-1], newest)
    points = newest["unit_measure"] in SHARES
    ends = [before[e] for e in ("low", "high")] + [newest[e] for e in ("low", "high")] if before else []
    grown = (difference if points else change)(*ends) if before else None
    return Card(indicator, sector, newest, grown, points, before if grown else None, path)


def _comparable(earlier: list[Row], newest: Row) -> Row | None:
    """The newest earlier figure of the same unit, length of period and partner, both with a stated year.

    Figures of different authorities are not compared: their difference is a rivalry, not a growth.
    """
    same = ("unit_measure", "freq", "counterpart_area", "authority")
    if newest["period_basis"] == "publication" or newest["obs_status"] in BROKEN:
        return None
    for row in reversed(earlier):
        stated = row["period_basis"] != "publication" and row["obs_status"] != "D"
        alike = stated and _span(row) == _span(newest) and all(row[k] == newest[k] for k in same)
        if alike and int(row["year"]) < int(newest["year"]):
            return row
    return None


def _span(row: Row) -> str:
    """The length of a period that is no plain year: "P9M" of 2023-01-01/P9M."""
    return str(row["time_period"]).partition("/")[2]
