"""The content of a slide: all that it shows, as data, so that it can be shown when nobody answers.

    title, subtitle     what is shown, of whom, in which unit
    figure | table | kpi
    key                 marks and hedges, in words
    left                what the answer holds and the slide does not show
    source, dated       who states it, and when they published it
    release, taken      from which release, and on which day it was taken into the deck
    cells               every number with its key, so that a newer release can be held against it

Nothing here is computed: an Answer is asked as its page asks it, and written by the same functions.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dashboard import links, marks, route, sparks
from dashboard.explore import charted, saying
from dashboard.explore.answering import Found
from dashboard.explore.tables import unit_of
from dashboard.marks import Row
from dashboard.pages import explore
from dashboard.panel import Panel
from dashboard.plots.dated import said
from dashboard.present import kpi, tables
from dashboard.present.add import KINDS
from dashboard.present.asked import Asked, panel_of
from dashboard.present.few import few, part
from dashboard.present.labels import labelled
from dashboard.present.large import large
from dashboard.route import View
from dashboard.series import Series, series
from dashboard.wording import Wording
from indicators.answer import Answer
from indicators.catalogue import Catalogue
from indicators.query import BadQuery, refusal
from indicators.store import Releases, Store

Content = dict[str, Any]

MOST_NAMED = 3
"""Publishers named in the line of sources; of more, it says how many."""


def slide(
    releases: Releases, catalogue: Catalogue, address: str, kind: str, unit: str, today: date
) -> Content:
    """The content of one slide.

    Args:
        releases: an address without release= is answered from the current one.
        catalogue: the definitions.
        address: of the page, with its query string.
        kind: one of add.KINDS.
        unit: which chart or table of that page.
        today: the day on which it is taken.

    Raises:
        BadQuery: everything in it that there is not, each with the nearest known.
        UnknownFigure, UnknownRelease: it is not held, or no longer kept.
    """
    path, _, search = address.partition("?")
    view = route.read(path, search)
    if kind not in KINDS:
        raise BadQuery([refusal("kind of slide", kind, KINDS)])
    store = releases.of(view.release)
    if view.path == links.EXPLORE:
        view = explore.completed(view)
    made = (
        kpi.content(store, catalogue, view)
        if kind == "kpi"
        else _of_panel(kind, view, panel_of(store, catalogue, view, unit))
    )
    rows = made.pop("rows")
    frozen = replace(view, release=store.release.id)
    return {
        "kind": kind,
        "unit": unit,
        "address": frozen.with_passport(view.passport),
        "language": view.words.language.code,
        **made,
        **_origin(view.words, rows, store, today),
    }


def _origin(words: Wording, rows: Sequence[Row], store: Store, today: date) -> Content:
    """Who states it, when they published it, and where and when it was taken."""
    return {
        "source": source(words, rows),
        "dated": dated(words, rows),
        "release": store.release.id,
        "taken": today.isoformat(),
        "origin": words.text(
            "Release {release}, taken on {day}", release=store.release.id, day=words.day(today)
        ),
        "cells": [cell(words, row) for row in rows],
    }


def _of_panel(kind: str, view: View, asked: Asked) -> Content:
    """A chart or a table, with what both say over and under it."""
    words, panel, found = view.words, asked.panel, asked.found
    name = words.text(found.indicator.name)
    said = charted.subtitle(words, panel, found)
    part = found.listed if kind == "table" else found.drawn
    rows = [r for r in part.rows if r["unit_measure"] == panel.unit and r["year"]]
    lines = series(words, rows, found.answer.query.areas)
    if kind == "chart":
        said = f"{said} · {charted.title(words, panel, found.asked.query.areas, rows)[1]}"
        shown = _chart(words, panel, lines, found)
    else:
        shown = tables.content(view, panel.scale, lines, unit_of(words, panel.scale, found))
    swapped = saying.instead(words, found) if kind == "chart" else []
    left = [*swapped, *unsaid(words, found.answer, part), *shown.pop("left", [])]
    return {"title": name, "subtitle": said, "name": f"{name}, {panel.scale.title}", **shown, "left": left}


def _chart(words: Wording, panel: Panel, lines: Sequence[Series], found: Found) -> Content:
    figure = labelled(large(panel.figure), lines, panel.scale)
    shown, rows = few(figure)
    return {
        "figure": figure,
        "height": panel.figure["layout"].get("height"),
        "key": _key(words, panel.marks),
        "rows": behind(panel, found),
        "left": [
            *panel.notes,
            *([part(words, shown, rows)] if shown < rows else []),
            *(f"{n} – {said(words, event)}" for n, event in enumerate(panel.events, 1)),
        ],
    }


def behind(panel: Panel, found: Found) -> list[Row]:
    """The figures that a chart draws; of a scatter those of both axes and of the sizes."""
    ids = set(_carried([trace.get("customdata") for trace in panel.figure["data"]]))
    extras = found.extras
    others = [a for a in (extras.beside, extras.size) if a is not None]
    pool = [r for a in (found.drawn, *others) for r in a.rows]
    drawn = [r for r in pool if r["figure_id"] in ids]
    drawn += [r for r in pool if r["figure_id"] is None and r["unit_measure"] == panel.unit and r["year"]]
    if others:
        places = {(r["ref_area"], r["year"]) for r in drawn}
        drawn += [
            r
            for r in pool
            if r["figure_id"] not in ids and r["is_headline"] and (r["ref_area"], r["year"]) in places
        ]
    return [*drawn, *({"is_headline": True, **p} for p in extras.plans if p["figure_id"] in ids)]


def unsaid(words: Wording, answered: Answer, shown: Answer) -> list[str]:
    """What the answer holds and the slide does not show, and what was asked for and is not there."""
    there, drawn = (a.frame["ref_area"].unique().to_list() for a in (answered, shown))
    said = []
    if len(drawn) < len(there):
        said.append(part(words, len(drawn), len(there)))
    silent = [words.label("area", a) for a in answered.query.areas if a not in there]
    if silent:
        said.append(words.text("No figure of this sector: {areas}.", areas=", ".join(silent)))
    frame = answered.frame
    unconverted = frame.filter(frame["note"].is_not_null() & frame["low"].is_null()).height
    if unconverted:
        said.append(words.text("Not converted, for want of a rate: {n}", n=unconverted))
    return said


def _carried(part: Any) -> Iterator[str]:
    """The ids of figures that the marks of a chart carry."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list | tuple):
        for child in part:
            yield from _carried(child)


def _key(words: Wording, kinds: Sequence[str]) -> list[Content]:
    """The marks that occur, each drawn and said in words."""
    if tuple(kinds) == ("stated",):
        return []
    drawn = [
        (sparks.glyph(kind) if kind in sparks.MARKS else None, words.text(marks.KEY[kind])) for kind in kinds
    ]
    return [{"glyph": getattr(glyph, "src", ""), "says": says} for glyph, says in drawn]


def source(words: Wording, rows: Iterable[Row]) -> str:
    """Who states the figures: Source: UNCTAD, World Bank and 3 more."""
    names = list(dict.fromkeys(words.publisher(str(r["publisher"])) for r in rows))
    few = ", ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    if more > 0:
        few = words.text("{few} and {n} more", few=few, n=more)
    return words.text("Source: {publishers}", publishers=few)


def dated(words: Wording, rows: Iterable[Row]) -> str:
    """When the figures were published, from the first to the last; else of when the editions are."""
    there = list(rows)
    stated = [r["published_on"] for r in there]
    days = sorted({str(d) for d in (stated if all(stated) else [r["known_from"] for r in there]) if d})
    if not days:
        return ""
    first, last = words.day(days[0]), words.day(days[-1])
    if all(stated):
        return (
            words.text("published {day}", day=first)
            if first == last
            else words.text("published {first} to {last}", first=first, last=last)
        )
    return (
        words.text("edition of {day}", day=first)
        if first == last
        else words.text("editions of {first} to {last}", first=first, last=last)
    )


def cell(words: Wording, row: Row) -> list[str]:
    """A number to be held against a later release: its key, what it is, in words, and to the last digit.

    The key says of what the figure is, and not who states it: a new headline is a change.
    """
    of = ("measure", "ref_area", "region", "sector", "counterpart_area", "sex", "freq", "time_period")
    head = [] if row["is_headline"] else [row["figure_id"]]
    key = "|".join([*(str(row[k]) for k in of), *head])
    exact = f"{row['low']!r} {row['value']!r} {row['high']!r} {row['hedge']} {row['obs_status']}"
    return [key, f"{words.label('area', row['ref_area'])}, {words.period(row)}", words.figure(row), exact]
