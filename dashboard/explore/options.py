"""What each control of Explore offers: only what there is, with how much there is of it.

The choices of one release are counted once; lists that are the same for everybody are written once a
language.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from dashboard.explore import wishes
from dashboard.wording import Wording
from indicators.catalogue import Catalogue
from indicators.choices import Choices, Held, choices
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import AS_REPORTED as PLAIN
from indicators.concepts.indicator import Indicator
from indicators.convert import currencies
from indicators.formulas import PER_GDP
from indicators.parts import made_of
from indicators.query import OLDEST_CARRIED, Query
from indicators.reconcile import ALL
from indicators.store import Store
from indicators.transform import LEVEL

Made = TypeVar("Made")
Option = dict[str, Any]
_kept: OrderedDict[tuple[object, ...], Any] = OrderedDict()
_turn = Lock()
MOST_KEPT = 400
"""Lists of choices that are kept: a few kB each, for the indicators and languages asked last."""
PARTS = (0.5, 0.8, 0.9, 1.0)
"""Coverages of a group that are offered beside the rule of the house."""


def kept(key: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """What was made for `key`, a release first of all; the least lately asked goes first."""
    with _turn:
        if key in _kept:
            _kept.move_to_end(key)
            found: Made = _kept[key]
            return found
    made = make()
    with _turn:
        _kept[key] = made
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def held(store: Store, indicator: Indicator) -> Choices:
    """What `indicator` can be asked of a release."""
    release = store.release.id
    every = kept((release, "choices"), lambda: choices(store))
    return kept((release, "choices", indicator.id), lambda: every.of(indicator))


def parts(store: Store, indicator: Indicator, query: Query) -> tuple[str, ...]:
    """What the sector of one area can be taken apart into; that of several areas no form shows."""
    if len(query.areas) != 1 or query.members:
        return ()
    key = (store.release.id, "parts", indicator.numerator.measure, query.areas, query.sector)
    return kept(key, lambda: made_of(query, indicator, store))


def publications(store: Store) -> list[dict[str, Any]]:
    """The publications of a release, each with the number of figures it stated."""
    return kept((store.release.id, "publications"), lambda: store.ask("publications").to_dicts())


def plans(store: Store, measure: str, as_of: date | None) -> list[dict[str, Any]]:
    """Plans, targets, forecasts and scenarios of a measure, of every area, as known on a day: a few rows."""
    day = as_of or kept((store.release.id, "newest day"), lambda: store.ask("newest_day")["day"].item())
    key = (store.release.id, "plans", measure, day)
    return kept(key, lambda: store.ask("plans", measure=measure, areas=[], as_of=day).to_dicts())


def of_measure(store: Store, measure: str) -> Choices:
    """The same of a measure that no indicator publishes, such as a deflator."""
    release = store.release.id
    every = kept((release, "choices"), lambda: choices(store))
    return kept((release, "measure", measure), lambda: every.of_measure(measure))


def indicators(words: Wording, store: Store, catalogue: Catalogue, query: Query) -> list[Option]:
    """Indicators under their themes, each with its figures for the areas chosen."""
    key = (store.release.id, "indicators", words.language.code, query.areas, query.indicator)
    return kept(key, lambda: _indicators(words, store, catalogue, query))


def _indicators(words: Wording, store: Store, catalogue: Catalogue, query: Query) -> list[Option]:
    options: list[Option] = []
    theme = ""
    for one in catalogue:
        if one.theme != theme:
            theme = one.theme
            options.append({"label": words.text(theme), "value": f"theme:{theme}", "disabled": True})
        name = words.text(one.name)
        searched = f"{name} {words.text(theme)} {words.text(one.question)} {one.name}"
        label = name if one.id == query.indicator else f"{name} · {_much(words, store, one, query)}"
        options.append({"label": label, "value": one.id, "search": searched})
    return options


def _much(words: Wording, store: Store, one: Indicator, query: Query) -> str:
    """How much there is of an indicator for the areas chosen; where nothing, how many others have it."""
    by = held(store, one).by("measure", ref_area=query.areas).values()
    figures = sum(h.figures for h in by)
    if figures:
        return words.plural("{n} figure", "{n} figures", figures)
    return words.text("none for these countries")


def areas(words: Wording, store: Store, indicator: Indicator, query: Query) -> list[Option]:
    """Areas that have a figure, groups first, then by name; chosen ones by their names alone."""
    key = (store.release.id, "areas", words.language.code, indicator.id, query.sector, query.sex)
    options = kept(key, lambda: _areas(words, store, indicator, query))
    known = {o["value"] for o in options}
    chosen = [{"label": words.label("area", a), "value": a} for a in query.areas]
    groups = [
        {"label": words.label("area", g), "value": g}
        for g in (codelist("area").of_kind("group") if query.members else ())
        if g not in known and g not in query.areas
    ]
    return [*chosen, *groups, *(o for o in options if o["value"] not in query.areas)]


def _areas(words: Wording, store: Store, indicator: Indicator, query: Query) -> list[Option]:
    found = held(store, indicator).by("ref_area", sector=query.sector, sex=query.sex)
    rows = [(codelist("area")[a]["kind"] != "group", words.label("area", a), a, h) for a, h in found.items()]
    rows.sort(key=lambda r: (r[0], words.language.order(r[1]), r[2]))
    return [{"label": f"{name} · {counted(h)}", "value": code} for _, name, code, h in rows]


def counted(one: Held) -> str:
    """How many figures and of which years: 15 (2010–2024)."""
    years = str(one.first) if one.first == one.last else f"{one.first}–{one.last}"
    return f"{one.figures} ({years})"


def sectors(words: Wording, indicator: Indicator, found: Choices, query: Query, chosen: str) -> list[Option]:
    """Sectors of the definition; one without a figure for the areas chosen says so and cannot be chosen."""
    here = found.by("sector", ref_area=query.areas, sex=query.sex)
    options: list[Option] = []
    for code in indicator.sectors:
        name = words.label("sector", code)
        if code == chosen:
            options.append({"label": name, "value": code})
        elif code in here:
            options.append({"label": f"{name} · {counted(here[code])}", "value": code})
        else:
            none = words.text("none for these countries")
            options.append({"label": f"{name} · {none}", "value": code, "disabled": True})
    return options


def years(found: Choices, *given: int | None) -> list[int]:
    """Years from the first figure to the last, the newest first, and those that are asked besides."""
    spans = found.by("measure").values()
    first, last = min((h.first for h in spans), default=0), max((h.last for h in spans), default=-1)
    return sorted({*range(first, last + 1), *(y for y in given if y)}, reverse=True)


def money(words: Wording, indicator: Indicator) -> list[Option]:
    """Currencies; other than three none for what is no money."""
    if not indicator.is_money:
        return []
    key = ("currencies", words.language.code)
    return kept(key, lambda: [option(words, "currency", code) for code in currencies()])


def transforms(words: Wording, query: Query) -> list[Option]:
    """Transforms; under a rule without a choice none but the figures themselves."""
    why = words.text("needs one headline") if query.rule == ALL else ""
    return [option(words, "transform", v, why if v != LEVEL else "") for v in wishes.values("transform")]


def per(words: Wording, indicator: Indicator) -> list[Option]:
    """What figures can be taken per."""
    ratio = words.text("it is a ratio already") if indicator.formula != PLAIN else ""
    money = "" if indicator.is_money else words.text("it is no money")
    reasons = {wishes.NONE: "", PER_GDP: ratio or money}
    return [option(words, "per", v, reasons.get(v, ratio)) for v in wishes.values("per")]


def rules(words: Wording, query: Query) -> list[Option]:
    """Rules for the headline; `all` only where nothing needs one."""
    needs = query.transform != LEVEL or query.members or query.carry
    why = words.text("what is shown needs one headline") if needs else ""
    return [option(words, "rule", v, why if v == ALL else "") for v in wishes.values("rule")]


def plain(words: Wording, field: str, codes: Sequence[object] = ()) -> list[Option]:
    """The values of a field with words of their own, and further ones."""
    return [option(words, field, v) for v in (*wishes.values(field), *codes)]


def carried(words: Wording) -> list[Option]:
    """Numbers of years by which a figure may be carried."""
    return plain(words, "carry", range(1, OLDEST_CARRIED + 1))


def option(words: Wording, field: str, value: object, why: str = "") -> Option:
    """One choice in words; where `why` says so, it cannot be chosen."""
    said = wishes.says(words, field, value)
    made: Option = {"label": f"{said} · {why}" if why else said, "value": str(value)}
    return {**made, "disabled": True} if why else made
