"""Targets of an area: what is aimed at, where it stands in every credible reading, and its history.

What a figure does not say about the aim behind it is a fact of codelists/target.csv. Every figure
of the ledger that is not observed is held against outcomes; its kind says whether it is an aim of an
authority, a plan, a forecast or a scenario. Which readings there are is written in readings.py, what
status each gives in progress.py.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from indicators.catalogue import Catalogue
from indicators.concepts.codelist import Codelist, codelist
from indicators.concepts.observation import NOT_STATED
from indicators.concepts.target import Reason, Status, Target, TargetStatus
from indicators.progress import level
from indicators.readings import length, like, readings_of
from indicators.store import Store

Row = dict[str, Any]
AREAS_KEPT = 8
"""Of so many areas the targets are kept: those that were asked for last."""


def targets(
    store: Store, catalogue: Catalogue, area: str, as_of: date | None = None
) -> tuple[TargetStatus, ...]:
    """Every target, plan, forecast and scenario of `area` that was known on `as_of`, with its status.

    Args:
        store: one release.
        catalogue: the definitions; target.csv names the one that publishes a target's measure.
        area: code of area.csv.
        as_of: the day for which it is asked; None = the newest day of which the release knows
            anything, so that the same release always gives the same answer.

    Raises:
        UnknownIndicator: target.csv names an indicator that is not in the catalogue.
    """
    day = as_of or store.ask("newest_day")["day"].item()
    found = statuses_of(store, area, day)
    for named in {one.target.indicator for one in found if one.target.indicator}:
        catalogue[named]  # raises where target.csv names what there is not
    return found


@lru_cache(maxsize=AREAS_KEPT)
def statuses_of(store: Store, area: str, day: date) -> tuple[TargetStatus, ...]:
    """The same without a look into the catalogue; kept, for a board is asked in one money after another."""
    aims = aims_of(store.ask("targets", area=area, as_of=day))
    if not aims:
        return ()
    measures = sorted({m for aim in aims for m in aim.measures})
    claims = store.ask("target_outcomes", area=area, as_of=day, measures=measures)
    currencies = sorted({aim.unit for aim in aims})
    rates = store.ask("target_rates", area=area, as_of=day, currencies=currencies)
    return statuses(aims, claims, rates, day)


def aims_of(figures: pl.DataFrame, facts: Codelist | None = None) -> list[Target]:
    """The aims that figures state, with the facts known of them, in the order in which they were set.

    Args:
        figures: shape of queries/targets.sql.
        facts: target.csv, or another list of its shape. A figure that it does not hold has no
            direction, and so no status but undecided. A figure without a value is no aim.
    """
    known = facts or codelist("target")
    stated = figures.filter(pl.col("obs_low").is_not_null())
    aims = [_target(row, known.rows.get(row["figure_id"], {})) for row in stated.to_dicts()]
    return sorted(aims, key=_age)


def _age(aim: Target) -> tuple[object, ...]:
    return aim.measures[:1], aim.sector, aim.region, aim.set_on is None, aim.set_on or date.max, aim.figure_id


def _target(row: Row, fact: Mapping[str, str]) -> Target:
    low, high, value = row["obs_low"], row["obs_high"], row["obs_value"]
    value = None if value is None else float(value)
    dated = row["known_from"] if row["published_on"] else None
    return Target(
        figure_id=row["figure_id"], kind=row["kind"], indicator=fact.get("indicator") or None,
        measures=tuple(fact.get("measures", "").split()) or (row["measure"],),
        sector=row["sector"], ref_area=row["ref_area"], region=row["region"], sex=row["sex"],
        unit=row["unit_measure"],
        counterparts=tuple(fact.get("counterparts", "").split()) or (row["counterpart_area"],),
        value=value, stated=(low, high), level=level(value, low, high, row["hedge"]), hedge=row["hedge"],
        time_period=row["time_period"], due=row["period_end"],
        months=length(row["period_start"], row["period_end"]),
        direction=fact.get("direction") or None, baseline=fact.get("baseline") or None,
        owner=fact.get("owner") or None, act=fact.get("act") or None,
        reference=fact.get("reference") or None, set_on=_day(fact.get("set_on")) or dated,
        superseded_by=fact.get("superseded_by") or None, superseded_on=_day(fact.get("superseded_on")),
        remark=fact.get("remark") or None,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def statuses(
    aims: Sequence[Target], claims: pl.DataFrame, rates: pl.DataFrame, day: date
) -> tuple[TargetStatus, ...]:
    """The status of every aim on `day`; pure.

    Args:
        aims: of one area, in the order in which they were set; all that were known on that day.
        claims: at least the outcomes for their measures, shape of queries/target_outcomes.sql.
        rates: observations of exchange_rate, same shape.
        day: claims published later are left out.
    """
    return tuple(_status(aim, aims, claims, rates, day) for aim in aims)


def _status(
    aim: Target, aims: Sequence[Target], claims: pl.DataFrame, rates: pl.DataFrame, day: date
) -> TargetStatus:
    replaced, on = _superseded(aim, aims, day)
    then = min(day, on) if replaced and on else day
    found = like(aim, claims.filter(pl.col("known_from") <= then), rates)
    readings = found if isinstance(found, Reason) else readings_of(aim, found, then)
    line = tuple(a.figure_id for a in aims if _thing(a) == _thing(aim))
    status, reason = Status.NO_DATA, None
    if isinstance(readings, Reason):
        reason, readings = readings, ()
    else:
        status, reason = readings[0].status, readings[0].reason
    if replaced:
        status = Status.SUPERSEDED
    return TargetStatus(aim, status, reason, readings, then, line)


def _thing(aim: Target) -> tuple[str, ...]:
    return aim.ref_area, aim.region, aim.sector, aim.sex, *aim.measures


def _superseded(aim: Target, aims: Sequence[Target], day: date) -> tuple[bool, date | None]:
    """Whether an aim has been replaced by `day`, and when, where that is known."""
    if aim.superseded_by is None:
        return False, None
    successor = {a.figure_id: a for a in aims}.get(aim.superseded_by)
    on = aim.superseded_on or (successor.set_on if successor else None)
    known = aim.superseded_by == NOT_STATED or successor is not None
    return known and (on is None or on <= day), on
