"""Target: an aim with a level and a year, the ways to read where it stands, and its status.

Simplified against SDMX, which has no word for it: a target is a figure of the ledger that is not
observed (kind target, planned, forecast or scenario) plus what codelists/target.csv knows of it.
The rule that gives a status is written in indicators/progress.py.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Span = tuple[float, float]
"""An interval with both ends in it; an end may be open (±inf)."""

AT_LEAST, AT_MOST = "at_least", "at_most"
USUAL = "official_first"
"""The rule whose reading stands for the target; the other readings say how robust it is."""


class Status(StrEnum):
    """Where a target stands in one reading, or as a whole."""

    REACHED = "reached"
    """The whole interval of the outcome is at the level or beyond it."""
    ON_TRACK = "on_track"
    """The whole interval is on the straight path to the level or on its good side."""
    BEHIND = "behind"
    """The whole interval is on the bad side of the path."""
    UNDECIDED = "undecided"
    """The interval lies on both sides, or what is known does not decide; the reason says which."""
    MISSED = "missed"
    """The target's year is over and the outcome is below the level (above, for a ceiling)."""
    NO_DATA = "no_data"
    """No outcome from which its status could be said; the reason says what is lacking."""
    NO_YEAR = "no_year"
    """Not reached, and nobody states a year by which it should be."""
    NO_BASELINE = "no_baseline"
    """Not reached, and there is no baseline from which a path could start."""
    SUPERSEDED = "superseded"
    """Replaced by another aim; its readings keep where it stood when that happened."""


class Reason(StrEnum):
    """Why a status is what it is, where the status alone does not say."""

    NO_OUTCOME = "no_outcome"
    """No figure of what is aimed at, for this area, region, sector and partner."""
    ONLY_IMPOSSIBLE = "only_impossible"
    """Only figures that cannot be true (obs_status U)."""
    OTHER_UNIT = "other_unit"
    """Only figures in another unit, or in a currency without a rate for their year."""
    ONLY_UNDATED = "only_undated"
    """Only figures whose period nobody states."""
    OTHER_SPAN = "other_span"
    """Only figures of periods of another length."""
    NOTHING_SINCE_BASELINE = "nothing_since_baseline"
    """There is a baseline and no newer figure: nothing is known of progress, only what is needed."""
    NONE_NEAR_TARGET_YEAR = "none_near_target_year"
    """The target's year is over, and there is no figure for it nor for the year before."""
    YEAR_BEFORE = "year_before"
    """The target's year is over without a figure of its own: the figure of the year before stands in."""
    LATER_ONLY = "later_only"
    """The only figures are of a time after the target's year: whether it was reached in time is unknown."""
    STRADDLES = "straddles"
    """The interval of the outcome, or of the level, lies on both sides of the line."""
    NO_DIRECTION = "no_direction"
    """Nobody says whether more or less than the level is wanted."""
    BASELINE_WITHOUT_YEAR = "baseline_without_year"
    """The baseline's own year is not stated, so that no path can start there."""
    BASELINE_TOO_LATE = "baseline_too_late"
    """The baseline is of the target's year or later: there is no path."""


@dataclass(frozen=True)
class Target:
    """One aim.

    Attributes:
        figure_id: id of the figure that states it, for example "UZB-035".
        kind: target, planned, forecast or scenario (kind.csv): only a target is an aim of an authority.
        indicator: id of the definition that publishes its measure, or None.
        measures: codes of measure.csv whose figures are outcomes of it, its own first.
        sector, ref_area, region, sex, unit: as in the observations.
        counterparts: codes that the counterpart area of an outcome may have.
        value: the number as stated, in base units; None for a range.
        stated: the interval of its hedge, as in the ledger; "over 500,000" is open above.
        level: the interval of what must be attained (progress.level).
        hedge: how the number was qualified (hedge.csv).
        time_period: period aimed at, "_X" where nobody states one.
        months: length of that period; None where nobody states one.
        due: last day of that period, or None.
        direction: "at_least", "at_most", or None where neither is stated.
        baseline: figure that its own publication states as the point of departure, or None.
        owner: who set it, None where the publication does not say.
        act: document by which it was set, or None.
        reference: where owner, act, direction and dates are taken from.
        set_on: day of the act, else of the dated publication; None where unknown.
        superseded_by: figure that replaced it, "_X" where that is no figure of the ledger, or None.
        superseded_on: day of that, or None where unknown.
        remark: what must be known beside it, or None.
    """

    figure_id: str
    kind: str
    indicator: str | None
    measures: tuple[str, ...]
    sector: str
    ref_area: str
    region: str
    sex: str
    unit: str
    counterparts: tuple[str, ...]
    value: float | None
    stated: Span
    level: Span
    hedge: str
    time_period: str
    months: int | None
    due: date | None
    direction: str | None
    baseline: str | None
    owner: str | None
    act: str | None
    reference: str | None
    set_on: date | None
    superseded_by: str | None
    superseded_on: date | None
    remark: str | None


@dataclass(frozen=True)
class Outcome:
    """What was observed, in the unit of the target: one claim, or several that state the same.

    Attributes:
        figures: ids of the claims, for example ("TUR-046", "TUR-047").
        time_period: period of the claim; "_X" where nobody states one.
        at: the end of that period in years, 2024.0 for the end of 2024; None for "_X".
        span: its interval.
        year_stated: False where the year is only that of publication.
        rate: figure id of the rate of exchange that was used, or None.
    """

    figures: tuple[str, ...]
    time_period: str
    at: float | None
    span: Span
    year_stated: bool = True
    rate: str | None = None


@dataclass(frozen=True)
class Reading:
    """One credible way to read where a target stands.

    Attributes:
        outcome: the figure read; it names its own period, nothing is carried forward.
        baseline: where the path starts, or None.
        status: never SUPERSEDED.
        reason: why, where the status alone does not say.
        required: what the path asks for at the time of the outcome; None where there is no path.
        progress: part of the way from baseline to level, 0 at the baseline and 1 at the level; None
            where the outcome is no later than the baseline, or the baseline is open or not short of
            the level.
        needed_growth: per cent a year still needed, compound, or None where none is needed or none
            can be said; an open outcome leaves the end open (-100 is as low as growth can go).
        needed_change: the same in units of the target a year, for example points of a share.
        rules: rules that pick this reading, for example ("official_first", "all").
    """

    outcome: Outcome
    baseline: Outcome | None
    status: Status
    reason: Reason | None = None
    required: Span | None = None
    progress: Span | None = None
    needed_growth: Span | None = None
    needed_change: Span | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class TargetStatus:
    """Where a target stands, and how robust that is.

    Attributes:
        target: the aim.
        status: that of the usual reading; SUPERSEDED where it was replaced, NO_DATA without readings.
        reason: why, where the status alone does not say.
        readings: every credible reading, the usual one first; for a superseded target as known on
            the day it was replaced.
        day: the day for which the readings were made.
        history: every aim for the same thing in the order in which they were set, itself included.
    """

    target: Target
    status: Status
    reason: Reason | None
    readings: tuple[Reading, ...]
    day: date
    history: tuple[str, ...]

    @property
    def counts(self) -> Mapping[Status, int]:
        """How many readings give each status, the most frequent first: on_track 4, behind 1."""
        return dict(Counter(reading.status for reading in self.readings).most_common())

    @property
    def agreeing(self) -> int:
        """Readings that share the status of the usual one: the 4 of "on track in 4 of 5 readings"."""
        return self.counts[self.readings[0].status] if self.readings else 0

    @property
    def robust(self) -> bool:
        """Whether there are readings and all give one status."""
        return len(self.counts) == 1
