"""Everything there is on one area, and the passport of one figure."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from indicators import intervals
from indicators.concepts.codelist import codelist
from indicators.reconcile import with_headlines
from indicators.store import END_OF_TIME, Store


class UnknownFigure(LookupError):
    """A figure id that this release does not hold."""


@dataclass(frozen=True)
class Holdings:
    """All that is reported on one area.

    Attributes:
        release: id of the release.
        observed: every observed claim, regions included, with is_headline, rivals and why; columns
            of the observations and of their publication, `value` (Float64) and `year`.
        targets: plans, targets, forecasts and scenarios, same columns without the headline's.
    """

    release: str
    observed: pl.DataFrame
    targets: pl.DataFrame


def holdings(store: Store, area: str, as_of: date | None = None) -> Holdings:
    """All claims about `area` (code of area.csv), as known on `as_of`."""
    known = {"area": area, "as_of": as_of or END_OF_TIME, "details": list(codelist("measure_detail"))}
    observed = with_headlines(store.ask("holdings", **known))
    targets = store.ask("targets", area=area, as_of=as_of or END_OF_TIME)
    return Holdings(store.release.id, valued(observed), valued(targets))


@dataclass(frozen=True)
class Passport:
    """Where one figure came from and who contradicts it.

    Attributes:
        release: id of the release.
        figure: the row of the figure with its publication.
        rivals: other claims for the same cell, the headline first.
        undated: claims of the same thing whose source states no period.
        findings: what must be known: corrections, repetitions in other languages, impossible values.
    """

    release: str
    figure: dict[str, object]
    rivals: pl.DataFrame
    undated: pl.DataFrame
    findings: pl.DataFrame


def passport(store: Store, figure_id: str) -> Passport:
    """The passport of one figure.

    Raises:
        UnknownFigure: this release does not hold it.
    """
    found = valued(store.ask("figure", figure_id=figure_id))
    if found.is_empty():
        raise UnknownFigure(f"{figure_id!r} is no figure of release {store.release.id}")
    cell = with_headlines(store.ask("cell", figure_id=figure_id))
    this = cell.filter(pl.col("figure_id") == figure_id)
    figure = found.to_dicts()[0] | (this.select("is_headline", "rivals", "why").to_dicts() or [{}])[0]
    others = cell.filter(pl.col("figure_id") != figure_id).sort("is_headline", descending=True)
    undated = store.ask("undated_rivals", figure_id=figure_id)
    findings = store.ask("findings_of_figure", figure_id=figure_id)
    return Passport(store.release.id, figure, valued(others), valued(undated), findings)


def valued(claims: pl.DataFrame) -> pl.DataFrame:
    """The claims with value, low and high (Float64) and year, as pages write them."""
    return claims.with_columns(
        *intervals.stated(),
        pl.col("period_end").dt.year().cast(pl.Int32).alias("year"),
    )
