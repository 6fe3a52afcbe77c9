"""Sums over the countries of a group, with their coverage; or why there is none.

Method: sums of individual countries (IMF World Economic Outlook, statistical appendix: composites
for country groups are sums or weighted averages of data for individual countries), not computed
where more than a third of the group is missing, measured by a proxy that every member has (World
Development Indicators, aggregation rules). Missing members are not filled in: a sum is of the
members that have data, and says which and how much of the group they are.

Members are those of group_member.csv with the role `member` on 31 December of the year, so that a
country that joins or leaves during a year is counted as it stood at the end; WLD is every country of
area.csv. What the group itself is said to have, a figure with the group as its area, is never a part
and never replaced: it stands beside the sum as another row of another kind.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import polars as pl

from indicators.concepts.codelist import codelist
from indicators.groups import memberships
from indicators.sums import (
    AREA,
    NOTHING,
    ONE_OF_EACH,
    Amount,
    MayNotBeAdded,
    Row,
    amount,
    exact_sum,
    figures,
    mixed,
    not_additive,
    plus,
    worst_status,
)  # fmt: skip

NEEDED = 0.66
"""Part of the group's weight that members with data must hold: the rules "66" of the World DataBank."""
BY_DATE, FIXED = "by_date", "fixed"
COMPUTED, REPORTED = "computed", "reported"
WORLD, MEMBER, SET = "WLD", "member", "set"
BY_NUMBER = "members"

_TEXTS = pl.List(pl.String)
COLUMNS: dict[str, Any] = {
    "ref_area": pl.String, "year": pl.Int32, "kind": pl.String, "measure": pl.String, "sector": pl.String,
    "sex": pl.String, "counterpart_area": pl.String, "unit_measure": pl.String,
    "value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "hedge": pl.String, "obs_status": pl.String,
    "members": _TEXTS, "missing": _TEXTS, "coverage": pl.Float64, "coverage_by": pl.String,
    "unweighted": _TEXTS, "set_aside": _TEXTS, "sources": _TEXTS, "figure_ids": _TEXTS, "reason": pl.String,
}  # fmt: skip
"""The columns that `aggregate_areas` returns."""
_COMMON = ("measure", "sector", "sex", "counterpart_area", "unit_measure")


def members_on(group: str, day: date) -> tuple[str, ...]:
    """The members of a group on a day, in the order of their codes; WLD is every country.

    A membership of which only the year is listed counts from the first day of that year, and to the
    last. Observers, participants and associates are no members. Suspensions are not taken into account.

    Raises:
        UnknownCode: a group that area.csv does not hold.
        MayNotBeAdded: an area that is no group with listed members.
    """
    codelist("area")[group]
    if group == WORLD:
        return tuple(sorted(codelist("area").of_kind("country")))
    listed = [m for m in memberships() if m.group == group]
    if not listed:
        raise MayNotBeAdded([f"{group} is no group with members in group_member.csv"])
    on = day.isoformat()
    inside = (
        m.area
        for m in listed
        if m.role == MEMBER and (m.since or "") <= on and on <= (m.until or "9999").ljust(10, "~")
    )
    return tuple(sorted(inside))


def aggregate_areas(
    headlines: pl.DataFrame,
    group: str | None,
    *,
    years: Sequence[int] | None = None,
    composition: str | date = BY_DATE,
    weights: pl.DataFrame | None = None,
    weighted_by: str = "GDP",
    needed: float = NEEDED,
    same: Sequence[str] = (),
) -> pl.DataFrame:
    """Add the figures of the members of a group, year by year.

    Args:
        headlines: one row an area and year of one measure, sector, sex and unit, such as the
            headlines of an answer with money in dollars: measure, ref_area, sector, year,
            unit_measure, value, low, high, and as far as they are there region, counterpart_area,
            sex, freq, period_basis, hedge, obs_status, source and figure_id. Rows of other areas
            are left alone.
        group: code of area.csv of the kind group; None = all countries among the rows.
        years: the years asked for; None = all that the rows have.
        composition: "by_date", the members at the end of each year; "fixed", those members of every
            year asked that have data in every year, so that the sum never jumps because a member
            came, left or fell silent; or a day, the members on that day in all years.
        weights: ref_area, year, value of GDP or population, one row an area and year: how much of
            the group a member is, in the year itself. None = every member counts as one.
        weighted_by: what the weights are, for the reader.
        needed: the least part of the weight that members with data must hold.
        same: columns in which all parts must agree besides sums.ONE_OF_EACH; `source` for a sum of
            one publication. Countries usually have sources of their own, which are listed.

    Returns:
        COLUMNS, one row a year of the kind "computed": value, low, high and hedge of the sum (value
        null where a member has only a range, high +inf where one has "more than"), members (with
        data, in the sum), missing (the others of the year), coverage (their part of the weight of
        all members; the part of the number of members where that is smaller and a missing member has
        no weight, for nobody knows how much it would weigh) and coverage_by, unweighted (members
        without a weight), set_aside (figures that are no part: joint figures of several countries,
        of one partner, of a region, of a period that nobody states), sources and figure_ids. Below
        `needed` value, low and high are null and reason says why. Before it, where there is one, the
        figure that was reported for the group itself, unchanged, of the kind "reported".

    Raises:
        MayNotBeAdded: a measure that does not add up over areas (a share, growth, an index: see
            `ratio_of_sums`), a mix of measures, sectors, units, price bases, frequencies or `same`,
            two figures for one member and year, or no such group.
    """
    rows = figures(headlines)
    asked = sorted(set(years) if years is not None else {r["year"] for r in rows if r["year"] is not None})
    of_year = {year: _members(group, year, composition, rows) for year in asked}
    inside = frozenset(area for areas in of_year.values() for area in areas)
    parts, aside = _parts(rows, inside)
    reported = [row for row in rows if row["ref_area"] == group]
    _refuse(parts, same)
    if composition == FIXED:
        chosen = _in_every_year(parts, of_year)
        parts = [row for row in parts if row["ref_area"] in chosen]
    done: list[dict[str, Any]] = []
    for year in asked:
        done += [_reported(row) for row in reported if row["year"] == year]
        there = [r for r in parts if r["year"] == year and r["ref_area"] in of_year[year]]
        heavy = _weights_of(weights, year)
        said = [text for r, text in aside if r["year"] in (year, None)]
        sum_of_year = _computed(there, of_year[year], heavy, needed, weighted_by)
        done.append({**sum_of_year, "ref_area": group, "year": year, "set_aside": said})
    return pl.DataFrame([{c: row.get(c) for c in COLUMNS} for row in done], schema=COLUMNS)


def only_parts(headlines: pl.DataFrame) -> pl.DataFrame:
    """The rows that can be parts of a sum over countries: known, of the whole country and all partners."""
    kept = [row for row in figures(headlines) if amount(row).known and _no_part(row) is None]
    return pl.DataFrame(kept, schema=headlines.schema)


def _members(group: str | None, year: int, composition: str | date, rows: Sequence[Row]) -> tuple[str, ...]:
    if group is None:
        kinds = codelist("area").rows
        return tuple(sorted({r["ref_area"] for r in rows if kinds[r["ref_area"]]["kind"] == "country"}))
    if isinstance(composition, str) and composition not in (BY_DATE, FIXED):
        raise ValueError(f"{composition!r} is no composition; there is {BY_DATE}, {FIXED} or a day")
    day = composition if isinstance(composition, date) else date(year, 12, 31)
    return members_on(group, day)


def _parts(rows: Sequence[Row], inside: frozenset[str]) -> tuple[list[Row], list[tuple[Row, str]]]:
    """The figures that are parts, and those that look like it, each with why it is none."""
    parts: list[Row] = []
    aside: list[tuple[Row, str]] = []
    for row in rows:
        why = _no_part(row)
        several = codelist("area")[row["ref_area"]]["kind"] == SET
        joint = several and set(row["ref_area"].split("_")) & inside
        if joint:
            aside.append((row, _said(row, "a joint figure, not divisible into countries")))
        elif row["ref_area"] in inside and why:
            aside.append((row, _said(row, why)))
        elif row["ref_area"] in inside and amount(row).known:
            parts.append(row)
    return parts, aside


def _no_part(row: Row) -> str | None:
    usual = codelist("measure")[row["measure"]]["counterpart"]
    partner = row.get("counterpart_area") or usual
    if partner != usual:
        return f"with the partner {partner}, not the total"
    if (row.get("region") or "_T") != "_T":
        return f"of the region {row['region']}, not the country"
    if row["year"] is None or row.get("period_basis") == "publication":
        return "its period is not stated"
    return None


def _said(row: Row, why: str) -> str:
    return f"{row.get('figure_id') or row['ref_area']} ({row['ref_area']}): {why}"


def _refuse(parts: Sequence[Row], same: Sequence[str]) -> None:
    faults = not_additive(parts, AREA) + mixed(parts, (*ONE_OF_EACH, "sector", *same))
    for (area, year), n in Counter((r["ref_area"], r["year"]) for r in parts).items():
        if n > 1:
            faults.append(f"{area} has {n} figures for {year}; take the headlines")
    for year in sorted({r["year"] for r in parts}):
        faults += [f"{year}: {f}" for f in mixed([r for r in parts if r["year"] == year], ("time_period",))]
    if faults:
        raise MayNotBeAdded(faults)


def _in_every_year(parts: Sequence[Row], of_year: dict[int, tuple[str, ...]]) -> set[str]:
    have = {(r["ref_area"], r["year"]) for r in parts}
    always = set.intersection(*(set(areas) for areas in of_year.values())) if of_year else set()
    return {area for area in always if all((area, year) in have for year in of_year)}


def _weights_of(weights: pl.DataFrame | None, year: int) -> dict[str, float] | None:
    if weights is None:
        return None
    known = weights.filter((pl.col("year") == year) & pl.col("value").is_not_null()).sort("ref_area")
    if known["ref_area"].is_duplicated().any():
        raise MayNotBeAdded([f"the weights have two values for one area in {year}"])
    return dict(zip(known["ref_area"].to_list(), known["value"].cast(pl.Float64).to_list(), strict=True))


def _computed(
    there: Sequence[Row], members: Sequence[str], weights: dict[str, float] | None, needed: float, by: str
) -> dict[str, Any]:
    have = [row["ref_area"] for row in there]
    missing = [m for m in members if m not in have]
    coverage, by = _coverage(have, missing, weights, by)
    reason = _withheld(have, coverage, needed, by)
    total = NOTHING if reason else plus(amount(row) for row in there)
    common = {c: there[0].get(c) if there else None for c in _COMMON}
    return {
        **common, **_columns(total), "kind": COMPUTED, "members": have, "missing": missing,
        "coverage": coverage, "coverage_by": by, "reason": reason,
        "unweighted": [] if weights is None else [m for m in members if m not in weights],
        "obs_status": worst_status(r.get("obs_status") for r in there) if total.known else None,
        "sources": _listed(there, "source"), "figure_ids": _listed(there, "figure_id"),
    }  # fmt: skip


def _columns(total: Amount) -> dict[str, Any]:
    return {**vars(total), "hedge": total.hedge if total.known else None}


def _coverage(
    have: Sequence[str], missing: Sequence[str], weights: dict[str, float] | None, by: str
) -> tuple[float | None, str]:
    """Part of the group that members with data are, and by what; None where no member has a weight."""
    by_number = len(have) / (len(have) + len(missing)) if have or missing else 0.0
    if weights is None:
        return by_number, BY_NUMBER
    whole = exact_sum(weights[m] for m in (*have, *missing) if m in weights)
    if whole <= 0:
        return None, by
    by_weight = exact_sum(weights[m] for m in have if m in weights) / whole
    blind = any(m not in weights for m in missing)
    return (by_number, BY_NUMBER) if blind and by_number < by_weight else (by_weight, by)


def _withheld(have: Sequence[str], coverage: float | None, needed: float, by: str) -> str | None:
    if not have:
        return "no member has a figure"
    if coverage is None:
        return f"withheld: no member has a weight ({by}), so that the coverage is unknown"
    if coverage < needed:
        return f"withheld: members with data are {coverage:.0%} of the group by {by}, {needed:.0%} is needed"
    return None


def _reported(row: Row) -> dict[str, Any]:
    """What was stated for the group itself, as stated."""
    empty: dict[str, Any] = {"members": [], "missing": [], "unweighted": [], "set_aside": []}
    kept = {c: row.get(c) for c in COLUMNS if c in row}
    listed = {"sources": _listed([row], "source"), "figure_ids": _listed([row], "figure_id")}
    return {**kept, **empty, **listed, "kind": REPORTED}


def _listed(rows: Iterable[Row], column: str) -> list[str]:
    return sorted({row[column] for row in rows if row.get(column)})
