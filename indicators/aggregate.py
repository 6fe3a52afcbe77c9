"""When figures may be added: over sectors, over areas, and as the two sides of a ratio.

A total is an observation, not a sum: where a source states one, it is kept beside the sum of its
parts and never replaced by it; `residual` says how far apart the two are. Every sum that may not be
made raises MayNotBeAdded, which names what overlaps with what and where that is written. Sums over
areas and the rules of coverage are in composites.py.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Any

import polars as pl

from indicators import sectors
from indicators.composites import BY_DATE, COMPUTED, FIXED, NEEDED, aggregate_areas, only_parts
from indicators.sums import (
    NOTHING,
    ONE_OF_EACH,
    SECTOR,
    Amount,
    MayNotBeAdded,
    Row,
    amount,
    figures,
    hedge_of_sum,
    minus,
    mixed,
    not_additive,
    plus,
    worst_status,
)  # fmt: skip

__all__ = [
    "BY_DATE", "FIXED", "NEEDED", "Amount", "MayNotBeAdded", "add_sectors", "aggregate_areas",
    "overlaps", "ratio_of_sums", "residual",
]  # fmt: skip

KEPT = (
    "measure", "ref_area", "region", "counterpart_area", "sex", "freq", "time_period", "year",
    "period_start", "period_end", "unit_measure",
)  # fmt: skip
"""Columns of the parts that their sum keeps."""
_TEXTS = pl.List(pl.String)
_AMOUNT: dict[str, Any] = {"value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "hedge": pl.String}
_SUM: dict[str, Any] = {
    **_AMOUNT, "obs_status": pl.String, "sectors": _TEXTS, "missing": _TEXTS, "figure_ids": _TEXTS,
    "reason": pl.String,
}  # fmt: skip
_RATIO: dict[str, Any] = {
    "year": pl.Int32, **_AMOUNT, "obs_status": pl.String, "numerator": pl.Float64, "denominator": pl.Float64,
    "areas": _TEXTS, "left_out": _TEXTS, "missing": _TEXTS, "coverage": pl.Float64, "figure_ids": _TEXTS,
    "reason": pl.String,
}  # fmt: skip
_CONTRIBUTION: dict[str, Any] = {
    "sector": pl.String, "year": pl.Int32, "contribution": pl.Float64, "low": pl.Float64, "high": pl.Float64,
}  # fmt: skip


def overlaps(codes: Iterable[str]) -> list[sectors.Relation]:
    """Every pair of these sectors that is not known to be apart.

    Raises:
        UnknownCode: a sector that sector.csv does not hold.
    """
    pairs = combinations(sorted(set(codes)), 2)
    return [r for r in (sectors.relation(*pair) for pair in pairs) if r.kind != sectors.DISJOINT]


def add_sectors(parts: pl.DataFrame, *, same: Sequence[str] = ("source", "vintage")) -> pl.DataFrame:
    """Add the figures of sectors that have nothing in common, for every area and period.

    Args:
        parts: one row a sector, area and period; at least measure, ref_area, sector, time_period,
            unit_measure, value, low, high, such as the headlines of answers (Answer.frame).
        same: columns in which the parts of one sum must agree besides sums.ONE_OF_EACH; the usual
            ones keep figures of two publications apart. Name `authority` to add figures of one kind
            of publisher, or nothing to add whatever is there.

    Returns:
        One row an area and period: the columns KEPT as far as the parts have them, value, low, high
        and hedge of the sum, obs_status (the most doubtful of the parts), sectors (all that were
        asked to be added), missing (those without a figure there), figure_ids and reason. Where a
        sector is missing there is no sum, and reason says so: a missing part is not zero.

    Raises:
        MayNotBeAdded: two sectors overlap, contain one another or nothing is known of the two; the
            whole economy or a total beside its parts; a measure that does not add up over sectors;
            a mix of measures, units, price bases, frequencies or `same`; two figures for one sector;
            a figure whose period nobody states.
        UnknownCode: a sector or measure that its list does not hold.
    """
    rows = figures(parts)
    asked = sorted({row["sector"] for row in rows})
    faults = [f"{r}" for r in overlaps(asked)]
    faults += not_additive(rows, SECTOR)
    cells: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        cells.setdefault((row["ref_area"], row["time_period"]), []).append(row)
    for (area, period), cell in cells.items():
        faults += [f"{area} {period}: {fault}" for fault in _in_one_cell(cell, same)]
    if faults:
        raise MayNotBeAdded(faults)
    sums = [_sum_of_sectors(cell, asked) for cell in cells.values()]
    kept = {c: t for c, t in parts.schema.items() if c in KEPT}
    return pl.DataFrame(sums, schema={**{c: kept[c] for c in KEPT if c in kept}, **_SUM})


def _in_one_cell(cell: Sequence[Row], same: Sequence[str]) -> list[str]:
    twice = [code for code, n in Counter(row["sector"] for row in cell).items() if n > 1]
    faults = [f"{code} has more than one figure; take the headlines" for code in twice]
    if any(row.get("period_basis") == "publication" for row in cell):
        faults.append("the period of a figure is not stated, only when it was published")
    return faults + mixed(cell, (*ONE_OF_EACH, "region", "counterpart_area", *same))


def _sum_of_sectors(cell: Sequence[Row], asked: Sequence[str]) -> dict[str, Any]:
    there = [row for row in cell if amount(row).known]
    missing = sorted(set(asked) - {row["sector"] for row in there})
    total = NOTHING if missing else plus(amount(row) for row in there)
    reason = f"no sum: nothing for {', '.join(missing)}" if missing else None
    ids = [row["figure_id"] for row in there if row.get("figure_id")]
    return {
        **{c: cell[0][c] for c in KEPT if c in cell[0]}, **vars(total), "sectors": list(asked),
        "obs_status": None if missing else worst_status(row.get("obs_status") for row in there),
        "missing": missing, "figure_ids": ids, "reason": reason,
    }  # fmt: skip


def residual(total: Amount, parts: Iterable[Amount]) -> Amount:
    """A stated total less the sum of its parts: what the parts leave out, or count twice if negative.

    The total stays as stated. With sectors that overlap, as those of the UK department, the residual
    is minus what is counted more than once.
    """
    return minus(total, plus(parts))


def ratio_of_sums(
    numerators: pl.DataFrame,
    denominators: pl.DataFrame,
    *,
    times: float = 100.0,
    group: str | None = None,
    composition: str | date = BY_DATE,
    weights: pl.DataFrame | None = None,
    needed: float = NEEDED,
) -> pl.DataFrame:
    """A share or a figure per head of several areas together: the sum over the sum, never an average.

    Summing before dividing weights every area by its denominator (World Development Indicators,
    aggregation rules; IMF World Economic Outlook, statistical appendix). Both sums are over the same
    areas: one that lacks either side is in neither.

    Args:
        numerators: one row an area and year, shape of `aggregate_areas`.
        denominators: the same, of another measure or sector.
        times: 100 for per cent, 1 for a figure per head.
        group: a group of area.csv, whose members by date are taken; None = every area that is there.
        composition: as in `aggregate_areas`.
        weights: as in `aggregate_areas`.
        needed: as in `aggregate_areas`.

    Returns:
        One row a year that both sides have: year, value, low, high, hedge, obs_status, numerator and
        denominator (values of the two sums), areas (in both sums), left_out (with one side only),
        missing (all members that are not in the sums), coverage, figure_ids (of both sides) and reason.

    Raises:
        MayNotBeAdded: as `aggregate_areas`, for either side.
    """
    keys = ["ref_area", "year"]
    usable = [only_parts(side) for side in (numerators, denominators)]
    both = usable[0].select(keys).join(usable[1].select(keys), on=keys).unique()
    sides = [side.join(both, on=keys, how="semi") for side in usable]
    above, below = (
        aggregate_areas(side, group, composition=composition, weights=weights, needed=needed)
        .filter(pl.col("kind") == COMPUTED)
        .to_dicts()
        for side in sides
    )
    rows = []
    for over, under in zip(above, below, strict=True):
        year, used = over["year"], set(over["members"])
        there = {a for f in usable for a in f.filter(pl.col("year") == year)["ref_area"]}
        one_side = there - used if group is None else (there - used) & set(over["missing"])
        rows.append(
            {
                **vars(_divided(amount(over), amount(under), times)), "year": year,
                "obs_status": worst_status([over["obs_status"], under["obs_status"]]),
                "numerator": over["value"], "denominator": under["value"], "areas": over["members"],
                "left_out": sorted(one_side), "missing": over["missing"], "coverage": over["coverage"],
                "figure_ids": over["figure_ids"] + under["figure_ids"],
                "reason": over["reason"] or under["reason"],
            }
        )  # fmt: skip
    return pl.DataFrame(rows, schema=_RATIO)


def _divided(a: Amount, b: Amount, times: float) -> Amount:
    """A ÷ b × times for a divisor above zero; nothing where its interval reaches zero."""
    if a.low is None or a.high is None or b.low is None or b.high is None or b.low <= 0:
        return NOTHING
    low = a.low / (b.high if a.low >= 0 else b.low) * times
    high = a.high / (b.low if a.high >= 0 else b.high) * times
    hedge = a.hedge if b.hedge == "exact" else hedge_of_sum({a.hedge, b.hedge, "about"})
    known = a.value is not None and b.value is not None and hedge != "between"
    return Amount((a.value or 0.0) / (b.value or 1.0) * times if known else None, low, high, hedge)
