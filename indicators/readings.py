"""Readings: the credible ways to hold a target against what was observed.

Outcomes of a target: claims of its measures with its area, region, sector, sex and partner, in its
unit (money at the rate of its own year), of periods as long as the target's (a stock: of a year or a
day). Impossible figures (U) are left out, those of another coverage (D) where there are others, and a
second currency of one statement.

Readings: each claim for the newest time that has any (where the target's year is over: the newest up
to it, or else the first after it), with the claim from which the path starts. That is the figure that
the target's own publication gives beside it (target.csv); else each claim of the newest period that
was over when the target was set, except that a publication which states both is held against itself.
Baselines are only varied where the path decides. Readings of the same numbers count once. The rules
of reconcile.py name the readings that they pick; they add none.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from indicators import intervals
from indicators.concepts.codelist import codelist
from indicators.concepts.target import USUAL, Outcome, Reading, Reason, Status, Target
from indicators.convert import Money, convert
from indicators.progress import at, judge, needed_change, needed_growth, progress, required, without_path
from indicators.reconcile import IMPOSSIBLE, RULES, with_headlines

ANNUAL = 12
"""Months; also the length that is expected where a target states no period."""
DAY = 0
OTHER_COVERAGE = "D"

Row = dict[str, Any]
Start = tuple[Row | None, set[str]]
"""A baseline, and the rules that pick it."""


def length(start: date | None, end: date | None) -> int | None:
    """Months of a period; 0 for a day, None for a period that nobody states."""
    if start is None or end is None:
        return None
    return DAY if start == end else (end.year - start.year) * 12 + end.month - start.month + 1


def like(aim: Target, claims: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame | Reason:
    """Credible claims of what is aimed at, of any period; or what is lacking.

    Args:
        aim: the target.
        claims: shape of queries/target_outcomes.sql.
        rates: observations of exchange_rate, same shape.

    Returns:
        The claims with obs_low and obs_high in the target's unit, rate_figure_id, months and `at`
        (null where no period is stated), and the target's own measure and partner, so that all of
        one period are rivals. Otherwise a Reason.
    """
    same = claims.filter(
        pl.col("measure").is_in(list(aim.measures)) & pl.col("obs_low").is_not_null()
        & (pl.col("ref_area") == aim.ref_area) & (pl.col("region") == aim.region)
        & (pl.col("sector") == aim.sector) & (pl.col("sex") == aim.sex)
        & pl.col("counterpart_area").is_in(list(aim.counterparts))
    )  # fmt: skip
    if same.is_empty():
        return Reason.NO_OUTCOME
    possible = same.filter(pl.col("obs_status") != IMPOSSIBLE)
    if possible.is_empty():
        return Reason.ONLY_IMPOSSIBLE
    one_unit = _in_unit(aim.unit, possible, rates)
    if one_unit.is_empty():
        return Reason.OTHER_UNIT
    usual = one_unit.filter(pl.col("obs_status") != OTHER_COVERAGE)
    found = one_unit if usual.is_empty() else usual
    months = [length(*ends) for ends in found.select("period_start", "period_end").iter_rows()]
    times = [
        at(end, m or ANNUAL) if end else None for end, m in zip(found["period_end"], months, strict=True)
    ]
    return found.with_columns(
        pl.col("low").alias("obs_low"), pl.col("high").alias("obs_high"),
        pl.lit(aim.measures[0]).alias("measure"), pl.lit(aim.counterparts[0]).alias("counterpart_area"),
        pl.Series("months", months, pl.Int64), pl.Series("at", times, pl.Float64),
    )  # fmt: skip


def _in_unit(unit: str, claims: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """The claims in one unit: as stated in it, else converted, once for each statement."""
    figures = _valued(claims).with_columns(pl.lit(None, pl.String).alias("rate_figure_id"))
    native = figures.filter(pl.col("unit_measure") == unit)
    others = figures.filter(
        pl.col("unit_measure").is_in(codelist("unit").of_kind("currency")) & (pl.col("unit_measure") != unit)
    )
    others = others.join(native, on=["source", "time_period"], how="anti").drop("rate_figure_id")
    if unit not in codelist("unit").of_kind("currency") or others.is_empty():
        return native
    converted = convert(others, _valued(rates), _valued(rates).clear(), Money(unit))
    return pl.concat([native, converted.select(native.columns).filter(pl.col("low").is_not_null())])


def _valued(claims: pl.DataFrame) -> pl.DataFrame:
    return claims.with_columns(
        *intervals.stated(), pl.lit(None, pl.String).alias("note"),
        pl.col("period_end").dt.year().cast(pl.Int32).alias("year"),
    )  # fmt: skip


def readings_of(aim: Target, claims: pl.DataFrame, day: date) -> tuple[Reading, ...] | Reason:
    """Every credible reading on `day`, the usual rule's first; or why there is none.

    Args:
        aim: the target.
        claims: what `like` returns.
        day: decides whether the target's year is over.
    """
    dated = claims.filter(pl.col("at").is_not_null())
    if dated.is_empty():
        return Reason.ONLY_UNDATED
    fitting = dated.filter(pl.col("months").is_in(_lengths(aim)))
    if fitting.is_empty():
        return Reason.OTHER_SPAN
    due = at(aim.due, aim.months or ANNUAL) if aim.due else None
    over = aim.due is not None and day > aim.due
    merged: dict[tuple[object, ...], Reading] = {}
    for reading in _each(aim, claims, with_headlines(fitting), due, over):
        start = reading.baseline and (reading.baseline.span, reading.baseline.at)
        key = (reading.outcome.span, reading.outcome.at, start)
        merged[key] = _joined(merged[key], reading) if key in merged else reading
    return tuple(sorted(merged.values(), key=_place))


def _lengths(aim: Target) -> list[int]:
    usual = ANNUAL if aim.months is None else aim.months
    return [usual, DAY] if codelist("measure")[aim.measures[0]]["flow_or_stock"] == "stock" else [usual]


def _each(
    aim: Target, claims: pl.DataFrame, fitting: pl.DataFrame, due: float | None, over: bool
) -> Iterator[Reading]:
    """A reading for every claim of the time that is read, and for every baseline where that matters."""
    times: list[float] = sorted(fitting["at"])
    in_time = [t for t in times if due is None or t <= due]
    read = in_time[-1] if in_time else times[0]
    for row in fitting.filter(pl.col("at") == read).to_dicts():
        outcome = _outcome(row)
        starts = _starts(aim, claims, fitting, row["source"])
        if without_path(outcome, aim.level, aim.direction, due=due, over=over):
            usual = next((start for start, rules in starts if USUAL in rules), starts[0][0])
            starts = [(usual, set(RULES))]
        for start, rules in starts:
            picked = rules & _rules(row)
            yield _reading(aim, outcome, _outcome(start) if start else None, due, over, picked)


def _starts(aim: Target, claims: pl.DataFrame, fitting: pl.DataFrame, source: str) -> list[Start]:
    """The credible baselines for an outcome of one source."""
    named = claims.filter(pl.col("figure_id") == (aim.baseline or ""))
    if not named.is_empty():
        return [(named.to_dicts()[0], set(RULES))]
    before = fitting.filter(pl.col("period_end") < aim.set_on) if aim.set_on else fitting.clear()
    newest = before.filter(pl.col("at") == pl.col("at").max())
    own = newest.filter(pl.col("source") == source)
    rows = (newest if own.height in (0, newest.height) else with_headlines(own)).to_dicts()
    return [(row, _rules(row)) for row in rows] or [(None, set(RULES))]


def _rules(row: Row) -> set[str]:
    return set((row["picked_by"] or "").split(",")) - {""}


def _outcome(row: Row) -> Outcome:
    return Outcome(
        figures=(row["figure_id"],),
        time_period=row["time_period"],
        at=row["at"],
        span=(row["obs_low"], row["obs_high"]),
        year_stated=row["period_basis"] != "publication",
        rate=row["rate_figure_id"],
    )


def _reading(
    aim: Target, outcome: Outcome, start: Outcome | None, due: float | None, over: bool, rules: set[str]
) -> Reading:
    status, reason = judge(outcome, start, aim.level, aim.direction, due=due, over=over)
    since = start is not None and start.at is not None and outcome.at is not None and start.at < outcome.at
    way = progress(outcome.span, start.span, aim.level, aim.direction) if start and since else None
    left = None if due is None or outcome.at is None or over or status == Status.REACHED else due - outcome.at
    return Reading(
        outcome=outcome,
        baseline=start,
        status=status,
        reason=reason,
        required=required(outcome, start, aim.level, due),
        progress=way,
        needed_growth=needed_growth(outcome.span, aim.level, left),
        needed_change=needed_change(outcome.span, aim.level, left),
        rules=tuple(rule for rule in RULES if rule in rules),
    )


def _joined(one: Reading, other: Reading) -> Reading:
    """Two readings of the same numbers as one that names all their figures and rules."""
    rules = tuple(rule for rule in RULES if rule in one.rules + other.rules)
    start = _one_outcome(one.baseline, other.baseline) if one.baseline and other.baseline else one.baseline
    return replace(one, outcome=_one_outcome(one.outcome, other.outcome), baseline=start, rules=rules)


def _one_outcome(one: Outcome, other: Outcome) -> Outcome:
    figures = tuple(sorted({*one.figures, *other.figures}))
    return replace(one, figures=figures, year_stated=one.year_stated or other.year_stated)


def _place(reading: Reading) -> tuple[object, ...]:
    """The usual rule's first, then those that more rules pick, then by their figures."""
    start = reading.baseline.figures if reading.baseline else ()
    return USUAL not in reading.rules, -len(reading.rules), reading.outcome.figures, start
