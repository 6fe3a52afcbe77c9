"""What Explore shows: the answer, what stands beside it, and the form in which it can be drawn."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import polars as pl

from dashboard import forms
from dashboard.explore import options
from dashboard.explore.asking import Asked, of_another
from dashboard.forms import FORMS, Extras
from dashboard.panel import drawn
from indicators.answer import Answer, answer
from indicators.catalogue import Catalogue
from indicators.compose import countries_of
from indicators.concepts.event import events
from indicators.concepts.indicator import AS_REPORTED as PLAIN
from indicators.concepts.indicator import Indicator
from indicators.convert import CONVERSION
from indicators.formulas import DENOMINATOR
from indicators.parts import answer_of_parts
from indicators.query import Query
from indicators.store import Store
from indicators.transform import COMPARED, LEVEL

Row = dict[str, Any]
MOST_DRAWN = 8
"""As many as there are colours; the table lists them all."""
LARGE = 300
"""Rows from which on a part of an answer is looked at to see in which forms it can be drawn."""
_UNSEEN = (
    *CONVERSION, *DENOMINATOR, *COMPARED, "why", "picked_by", "spread_low", "spread_high", "obs_comment",
    "correction", "reported_value", "reported_at", "vintage", "cites", "authority", "title", "address",
    "known_from", "language", "carried_from", "members", "missing", "parts",
)  # fmt: skip
"""Columns that do not tell in which forms an answer can be drawn."""
_LOOKED_AT = ("ref_area", "year", "low", "is_headline", "sector", "unit_measure")
ONE_AREA = ("multiples",)
"""Forms that take several sectors only of one area; of several areas they compare these."""


@dataclass(frozen=True)
class Found:
    """All that a page of Explore draws.

    Attributes:
        asked: what was asked.
        answer: of one sector, `sector`.
        sector: the one asked, else the first of the definition that has figures for the areas.
        sectors: those of the definition that have figures for the areas, in its order.
        form: the form drawn: the one asked, or the first that can be.
        reasons: form → why it cannot be drawn; the others can.
        drawn: what the form is given: the answer, perhaps of fewer areas or of several sectors.
        extras: what stands beside it.
        candidate: an indicator that can stand beside it: the other one with most figures for the areas.
    """

    asked: Asked
    answer: Answer
    sector: str
    sectors: Sequence[str]
    form: str
    reasons: Mapping[str, str]
    drawn: Answer
    extras: Extras
    candidate: str

    @cached_property
    def rows(self) -> list[Row]:
        """The figures that the form is given and that can be drawn."""
        return drawn(self.drawn)

    @property
    def listed(self) -> Answer:
        """What the tables list: the sectors of the chart where it shows several, else the whole answer."""
        return self.drawn if self.drawn.frame["sector"].n_unique() > 1 else self.answer

    @property
    def indicator(self) -> Indicator:
        """The definition that was applied."""
        return self.answer.indicator


def found(asked: Asked, store: Store, catalogue: Catalogue) -> Found:
    """Answer what was asked, once, and see in which forms it can be drawn.

    A form that needs a further answer counts as one that can be drawn until that answer is asked for.
    """
    indicator, query = catalogue[asked.query.indicator], asked.query
    sectors = with_figures(store, indicator, query)
    sector = query.sector or (sectors[0] if sectors else indicator.sectors[0])
    mixed = answer(query, store, catalogue) if _may_mix(query, sectors) else None
    single = _of_sector(mixed, sector) if mixed else answer(replace(query, sector=sector), store, catalogue)
    extras = _extras(asked, single, store, catalogue)
    apart = bool(options.parts(store, indicator, single.query))
    parts = _parts(single, store, catalogue) if apart and FORMS[asked.form].parts else None
    given = _given(single, mixed, parts)
    samples = {key: sampled(one) for key, one in {id(one): one for one in given.values()}.items()}
    late = {
        form for form in FORMS if form != asked.form and (FORMS[form].second or (apart and FORMS[form].parts))
    }
    reasons = {
        form: forms.possible("bar" if form in late else form, samples[id(one)], extras.beside)
        for form, one in given.items()
    }
    can = [form for form, why in reasons.items() if why is None]
    form = asked.form if asked.form in can or not can else can[0]
    cannot = {name: why for name, why in reasons.items() if why}
    other = _candidate(asked, store, catalogue)
    return Found(asked, single, sector, sectors, form, cannot, given[form], extras, other)


def with_figures(store: Store, indicator: Indicator, query: Query) -> list[str]:
    """Sectors of the definition that have figures for the areas, or for members of these, in its order."""
    areas = (*query.areas, *countries_of(query)) if query.areas else ()
    there = options.held(store, indicator).by("sector", ref_area=areas)
    return [sector for sector in indicator.sectors if sector in there]


def _candidate(asked: Asked, store: Store, catalogue: Catalogue) -> str:
    """The indicator of another theme or measure that has most figures for the areas."""
    own = catalogue[asked.query.indicator].numerator.measure
    others = [one for one in catalogue if one.numerator.measure != own]

    def figures(one: Indicator) -> int:
        held = options.held(store, one).by("measure", ref_area=asked.query.areas)
        return sum(h.figures for h in held.values())

    key = (store.release.id, "candidate", own, asked.query.areas)
    return options.kept(key, lambda: max(others, key=figures).id)


def _may_mix(query: Query, sectors: Sequence[str]) -> bool:
    """Whether one answer can serve for each of its sectors; sums of members say more of one alone."""
    return query.sector is None and len(sectors) > 1 and not query.members


def _of_sector(mixed: Answer, sector: str) -> Answer:
    frame = mixed.frame.filter(mixed.frame["sector"] == sector)
    return replace(mixed, query=replace(mixed.query, sector=sector), frame=frame)


def sampled(answered: Answer) -> Answer:
    """Enough of a large answer to see what can be drawn: the fullest areas, and one figure of each series."""
    frame = answered.frame
    if frame.height <= LARGE:
        return answered
    able = [
        (at, area, year, (area, *rest))
        for at, (area, year, low, first, *rest) in enumerate(lists(frame, *_LOOKED_AT))
        if first and low is not None and year is not None
    ]
    years: dict[str, set[int]] = {}
    for _, area, year, _ in able:
        years.setdefault(area, set()).add(year)
    fullest = set(sorted(years, key=lambda area: (len(years[area]), area))[-MOST_DRAWN:])
    kept = [at for at, area, _, _ in able if area in fullest]
    one_each = {series: at for at, area, _, series in reversed(able) if area not in fullest}
    return replace(answered, frame=frame.drop(_UNSEEN)[kept + sorted(one_each.values())])


def lists(frame: pl.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Some columns row by row, faster than Polars sifts so few rows."""
    return zip(*(frame[c].to_list() for c in columns), strict=True)


def _parts(single: Answer, store: Store, catalogue: Catalogue) -> Answer | None:
    """What the sector of an answer is made of, as an answer to the same question."""
    made = answer_of_parts(single.query, store, catalogue)
    return replace(made, query=single.query) if made else None


def _given(single: Answer, mixed: Answer | None, parts: Answer | None) -> dict[str, Answer]:
    """What each form is given: parts or several sectors where it takes them, few areas where it shows few."""
    few = fewer(single)
    alone = mixed is not None and mixed.frame["ref_area"].n_unique() == 1
    given = {}
    for name, form in FORMS.items():
        given[name] = single if form.every else few
        if mixed and form.sectors and (alone or name not in ONE_AREA):
            given[name] = mixed
        if parts and form.parts:
            given[name] = parts
    return given


def fewer(answered: Answer) -> Answer:
    """Where no area is named, or too many, those named first, or those with the most figures."""
    frame = answered.frame
    figures_of = Counter(frame["ref_area"].to_list())
    if len(figures_of) <= MOST_DRAWN:
        return answered
    named = [a for a in answered.query.areas if a in figures_of]
    kept = (named or sorted(figures_of, key=lambda a: (-figures_of[a], a)))[:MOST_DRAWN]
    rows = [at for at, area in enumerate(frame["ref_area"].to_list()) if area in kept]
    return replace(answered, frame=frame[rows])


def _extras(asked: Asked, single: Answer, store: Store, catalogue: Catalogue) -> Extras:
    scatter = FORMS[asked.form].second
    return Extras(
        beside=_another(asked, asked.second, store, catalogue) if scatter else None,
        size=_another(asked, asked.size, store, catalogue) if scatter else None,
        year=asked.year,
        since=asked.query.since,
        rivals=asked.rivals,
        plans=plans(single, store) if asked.plans else (),
        events=events(single.query.areas) if asked.events else (),
    )


def _another(asked: Asked, indicator: str | None, store: Store, catalogue: Catalogue) -> Answer | None:
    """The answer of a further indicator to the same question, of the sector that it is usually asked of."""
    if indicator is None:
        return None
    query = of_another(asked, indicator, catalogue)
    if query.sector is None:
        there = with_figures(store, catalogue[indicator], query)
        query = replace(query, sector=there[0] if there else catalogue[indicator].sectors[0])
    return answer(query, store, catalogue)


def plans(single: Answer, store: Store, *, every: bool = False) -> list[Row]:
    """Plans, targets, forecasts and scenarios of what is shown, of the areas drawn or of every one.

    They have its measure, sector and unit; of what was made of figures there are none.
    """
    query, indicator = single.query, single.indicator
    if indicator.formula != PLAIN or query.transform != LEVEL or query.per or query.prices:
        return []
    rows = options.plans(store, indicator.numerator.measure, query.as_of)
    if not rows:
        return []
    shown = (single if every else fewer(single)).frame
    areas = set(shown["ref_area"].to_list())
    units = set(shown["unit_measure"].to_list())
    return [
        r
        for r in rows
        if r["ref_area"] in areas and r["sector"] == query.sector and r["unit_measure"] in units
    ]
