"""Extracts of what is reported on an area: as many claims as a page shows, however many there are.

A country may have hundreds of thousands of claims, for every county and industry. An extract takes
the first of each measure, or one page of one, in the database; with every claim of their cells, so
that headlines and rivals are those of the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from indicators.concepts.codelist import codelist
from indicators.holdings import valued
from indicators.reconcile import CELL, with_headlines
from indicators.store import END_OF_TIME, Store

PARTS = "*"
"""As a region: all parts of the area, without the whole."""


@dataclass(frozen=True)
class Account:
    """How much there is about an area.

    Attributes:
        observed: measure, whole (no region), economy (sector _T), doubtful (status U), claims, figures,
            sources.
        targets: plans, targets, forecasts and scenarios, all of them.
    """

    observed: pl.DataFrame
    targets: pl.DataFrame

    @property
    def figures(self) -> int:
        """How many claims with a value or an interval there are."""
        return int(self.observed["figures"].sum())

    @property
    def sources(self) -> frozenset[str]:
        """Every publication that states something about the area."""
        observed = {source for of_measure in self.observed["sources"] for source in of_measure}
        return frozenset(observed | set(self.targets["source"]))

    def claims(self, **where: object) -> int:
        """How many claims are as `where` says: measure="gva", whole=False."""
        found = self.observed.filter(**where) if where else self.observed
        return int(found["claims"].sum())


def account(store: Store, area: str) -> Account:
    """How much is stated about `area` (code of area.csv), and all its targets."""
    observed = store.ask("extract_account", area=area, details=list(codelist("measure_detail")))
    return Account(observed, valued(store.ask("targets", area=area, as_of=END_OF_TIME)))


def first_claims(store: Store, area: str, first: int, regions: int) -> list[dict[str, Any]]:
    """The claims that a page about an area shows first, and the rivals of each.

    Args:
        store: one release.
        area: code of area.csv.
        first: claims of each measure for the whole area.
        regions: claims of each measure for its parts.

    Returns:
        Rows with is_headline, rivals and why, value and year: at least the first of each measure in
        the order of queries/extract_first.sql.
    """
    claims = store.ask(
        "extract_first", area=area, details=list(codelist("measure_detail")),
        sectors=list(codelist("sector")), first=first, regions=regions,
    )  # fmt: skip
    rows: list[dict[str, Any]] = valued(with_headlines(claims)).to_dicts()
    return rows


@dataclass(frozen=True)
class Page:
    """One page of the claims of one measure.

    Attributes:
        rows: the claims in the order of the page, a headline before its rivals.
        count: claims in all that pass the filters.
        sectors, regions: code → claims, of the measure without filters.
    """

    rows: list[dict[str, Any]]
    count: int
    sectors: dict[str, int]
    regions: dict[str, int]


def page_of(
    store: Store, area: str, measure: str, *, sector: str = "", region: str = "", page: int = 1, size: int
) -> Page:
    """A page of all claims of one measure about an area.

    Args:
        store: one release.
        area: code of area.csv.
        measure: code of measure.csv.
        sector: code of sector.csv; "" = every sector.
        region: code of region.csv, _T or PARTS; "" = every region and the whole.
        page: from 1; one beyond the last is empty.
        size: claims of a page.
    """
    asked = {"area": area, "measure": measure}
    parts = store.ask("extract_parts", **asked)
    sectors = list(codelist("sector"))
    claims = store.ask(
        "extract_page",
        **asked,
        sectors=sectors,
        sector=sector,
        region=region,
        after=(page - 1) * size,
        rows=size,
    )
    kept = parts.filter(_passes(sector, "sector"), _passes(region, "region"))
    return Page(_in_order(claims), int(kept["claims"].sum()), _by(parts, "sector"), _by(parts, "region"))


def _passes(code: str, column: str) -> pl.Expr:
    if code == PARTS:
        return pl.col(column) != "_T"
    return pl.col(column) == code if code else pl.lit(True)


def _by(parts: pl.DataFrame, column: str) -> dict[str, int]:
    counted = parts.group_by(column, maintain_order=True).agg(pl.col("claims").sum())
    return {str(code): int(n) for code, n in counted.iter_rows()}


def _in_order(claims: pl.DataFrame) -> list[dict[str, Any]]:
    """The claims that have a place on the page, by cell as they come, the headline first."""
    marked = valued(with_headlines(claims)).filter(pl.col("place").is_not_null())
    first = pl.col("place").min().over(CELL)
    ordered: Sequence[dict[str, Any]] = marked.sort(first, ~pl.col("is_headline"), "place").to_dicts()
    return list(ordered)
