"""The board of one area: every KPI with what it aims at, where that stands, how fresh and how disputed it is.

A KPI is an indicator in one sector, or an aim for which there is no indicator: an aim without figures
stands on the board as well, and says so. Its verdict is given only where every credible reading agrees:

on_track    reached or on track in every reading
behind      behind or missed in every reading
undecided   the readings differ, or one of them decides nothing
none        no aim, or no reading of it: nothing is said

Only targets and plans count as on track or behind; a forecast is nobody's promise. A KPI is disputed
where a rival claim lies outside the interval of its headline, or cannot be compared with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from indicators.catalogue import Catalogue
from indicators.concepts.indicator import Indicator
from indicators.concepts.target import Status, TargetStatus
from indicators.freshness import Freshness, freshness
from indicators.holdings import valued
from indicators.overview import Card, overview
from indicators.store import Store
from indicators.targets import AREAS_KEPT, statuses_of, targets

Row = dict[str, Any]
GOOD, BAD = (Status.REACHED, Status.ON_TRACK), (Status.BEHIND, Status.MISSED)
PROMISES = ("target", "planned")
"""Kinds of aims that somebody answers for."""
_KINDS = (*PROMISES, "forecast", "scenario")


class Verdict(StrEnum):
    """What can be said of an aim whatever credible claim is read."""

    ON_TRACK = "on_track"
    BEHIND = "behind"
    UNDECIDED = "undecided"
    NONE = "none"


@dataclass(frozen=True)
class Kpi:
    """One place of a board.

    Attributes:
        id: an indicator ("employment"), with its sector where that is not the usual one
            ("exports_stated.it"), or the figure that states an aim without an indicator ("KAZ-067").
        indicator: the definition, or None for such an aim.
        sector: code of sector.csv.
        card: the newest headline with its course, or None where nobody states a figure.
        aims: what is aimed at, the one that counts first; superseded ones last.
        freshness: of the newest headline, or None without one.
    """

    id: str
    indicator: Indicator | None
    sector: str
    card: Card | None
    aims: tuple[TargetStatus, ...]
    freshness: Freshness | None

    @property
    def verdict(self) -> Verdict:
        """Of the aim that counts, where somebody answers for it."""
        promised = [aim for aim in self.aims[:1] if aim.target.kind in PROMISES]
        return verdict(promised[0]) if promised else Verdict.NONE

    @property
    def late(self) -> bool:
        """Whether a newer figure should be there."""
        return self.freshness is not None and self.freshness.late

    @property
    def disputed(self) -> bool:
        """Whether a rival claim says otherwise."""
        return self.card is not None and contradicted(self.card.newest)


@dataclass(frozen=True)
class Board:
    """The KPIs of one area, and the figures that their readings name.

    Attributes:
        kpis: in the order of the catalogue, then the aims without an indicator.
        figures: figure id → its row, of every aim, outcome and baseline.
        known: the newest day of which the release knows anything.
    """

    kpis: tuple[Kpi, ...]
    figures: Mapping[str, Row]
    known: date


def verdict(aim: TargetStatus) -> Verdict:
    """What every reading of an aim agrees on; a superseded aim has none."""
    found = {reading.status for reading in aim.readings}
    if not found or aim.status == Status.SUPERSEDED:
        return Verdict.NONE
    if found <= set(GOOD):
        return Verdict.ON_TRACK
    if found <= set(BAD):
        return Verdict.BEHIND
    decided = found & {*GOOD, *BAD, Status.UNDECIDED}
    return Verdict.UNDECIDED if decided else Verdict.NONE


def contradicted(row: Row) -> bool:
    """Whether some rival of a headline lies outside its interval, or is in a unit that cannot be compared."""
    if not row["rivals"]:
        return False
    if row["spread_low"] is None:
        return True
    return bool(row["spread_low"] < row["low"] or row["spread_high"] > row["high"])


def board(store: Store, catalogue: Catalogue, area: str, currency: str, today: date | None) -> Board:
    """Everything that there is to monitor in an area.

    Args:
        store: one release.
        catalogue: the definitions.
        area: code of area.csv.
        currency: of money, as in a Query.
        today: the day against which freshness is held; None = the newest day of the release alone.
    """
    known: date = store.ask("newest_day")["day"].item()
    aims = targets(store, catalogue, area, known)
    aimed = dict.fromkeys((str(a.target.indicator), a.target.sector) for a in aims if _placed(a))
    cards = overview(store, catalogue, area, currency, list(aimed))
    fresh = _freshness(store, area, cards, known, today or known)
    kpis = [
        *_of_indicators(catalogue, cards, aims, fresh),
        *(Kpi(a.target.figure_id, None, a.target.sector, None, (a,), None) for a in aims if not _placed(a)),
    ]
    return Board(tuple(kpis), _figures(store, area, known), known)


def _whole(aim: TargetStatus) -> bool:
    return aim.target.region == "_T" and aim.target.sex == "_T"


def _placed(aim: TargetStatus) -> bool:
    """Whether an aim stands beside an indicator, and not on its own."""
    return aim.target.indicator is not None and _whole(aim)


def _of_indicators(
    catalogue: Catalogue, cards: Sequence[Card], aims: Sequence[TargetStatus], fresh: Mapping[str, Freshness]
) -> Iterable[Kpi]:
    of: dict[tuple[str, str], list[TargetStatus]] = {}
    for aim in sorted(filter(_placed, aims), key=_rank):
        of.setdefault((str(aim.target.indicator), aim.target.sector), []).append(aim)
    found = {(card.indicator.id, card.sector): card for card in cards}
    for indicator in catalogue:
        shown = dict.fromkeys(sector for named, sector in (*found, *of) if named == indicator.id)
        for place, sector in enumerate(shown):
            card = found.get((indicator.id, sector))
            name = indicator.id if card and place == 0 else f"{indicator.id}.{sector}"
            stale = fresh.get(card.newest["figure_id"]) if card else None
            yield Kpi(name, indicator, sector, card, tuple(of.get((indicator.id, sector), ())), stale)


def _rank(aim: TargetStatus) -> tuple[object, ...]:
    """What stands first: an aim in force, a promise before a forecast, with a year, the next to fall due."""
    due = aim.target.due
    return (
        aim.status == Status.SUPERSEDED,
        _KINDS.index(aim.target.kind),
        due is None,
        due is not None and due < aim.day,
        due or date.max,
        aim.target.figure_id,
    )


@lru_cache(maxsize=AREAS_KEPT)
def _figures(store: Store, area: str, day: date) -> Mapping[str, Row]:
    """The rows of every figure that an aim or one of its readings names."""
    aims = statuses_of(store, area, day)
    ends = [end for a in aims for r in a.readings for end in (r.outcome, r.baseline) if end]
    named = {a.target.figure_id for a in aims} | {figure for end in ends for figure in end.figures}
    rows = valued(store.ask("claims_by_id", figures=sorted({*named, ""})))
    return {row["figure_id"]: row | {"rivals": 0, "note": None} for row in rows.to_dicts()}


def _freshness(
    store: Store, area: str, cards: Sequence[Card], known: date, today: date
) -> dict[str, Freshness]:
    """The freshness of each newest headline, by its figure id."""
    newest = [card.newest for card in cards]
    days = _days(store, area, tuple(sorted({row["measure"] for row in newest} | {""})))
    retrieved = _retrieved(store, area, tuple(sorted({row["figure_id"] for row in newest} | {""})))
    return {
        card.newest["figure_id"]: freshness(
            card.newest["published_on"], retrieved.get(card.newest["figure_id"]),
            days.get((card.newest["measure"], card.newest["publisher"]), ()),
            _ends(card), known=known, today=today,
        )
        for card in cards
    }  # fmt: skip


@lru_cache(maxsize=AREAS_KEPT)
def _days(
    store: Store, area: str, measures: tuple[str, ...]
) -> Mapping[tuple[str, str], Sequence[str | None]]:
    asked = store.ask("publication_days", area=area, measures=list(measures))
    return {(measure, publisher): told for measure, publisher, told in asked.iter_rows()}


@lru_cache(maxsize=AREAS_KEPT)
def _retrieved(store: Store, area: str, figures: tuple[str, ...]) -> Mapping[str, str]:
    return dict(store.ask("retrieved", area=area, figures=list(figures)).iter_rows())


def _ends(card: Card) -> list[date]:
    """The periods that the publisher of the newest figure states in the course of the card."""
    same = ("publisher", "freq", "counterpart_area", "source")
    rows = card.path.to_dicts()
    return [
        row["period_end"]
        for row in rows
        if row["period_basis"] != "publication" and all(row[k] == card.newest[k] for k in same)
    ]
