"""The forms in which an answer can be drawn: which there are, which one can be, and its panels.

    possible   None, or the sentence that says why this answer cannot be drawn so
    panels     Answer → plain Plotly figures, one panel a unit

A form never changes a figure: what it cannot show honestly it does not draw, and says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard import bars, charts
from dashboard.panel import ALONE, Extras, Panel, drawn, sheets, units
from dashboard.plots import dumbbell, heatmap, multiples, scatter, tiles, treemap, world
from dashboard.plots.places import places
from dashboard.series import KEY, unnamed
from dashboard.wording import Wording, wording
from indicators.answer import Answer
from indicators.language import ENGLISH, message

__all__ = ["FORMS", "Extras", "Form", "Panel", "panels", "possible"]


@dataclass(frozen=True)
class Form:
    """One form of chart.

    Attributes:
        name: as shown in English, to be translated by `words.text`.
        frames: whether it shows one year, chosen with a slider.
        second: whether it takes a second indicator, and a third for size.
        pair: whether it compares two years, `since` and `year`.
        every: whether it shows every area of an answer; otherwise as many as there are colours.
        sectors: whether it takes an answer of several sectors.
        parts: whether it shows what the sector is made of, where its parts add up.
    """

    name: str
    frames: bool = False
    second: bool = False
    pair: bool = False
    every: bool = False
    sectors: bool = False
    parts: bool = False


FORMS: Mapping[str, Form] = {
    "line": Form(message("Line")),
    "bar": Form(message("Bar, newest")),
    "ranked": Form(message("Ranked, by year"), frames=True, every=True),
    "dumbbell": Form(message("Two years"), pair=True, every=True),
    "scatter": Form(message("Scatter"), frames=True, second=True, every=True),
    "multiples": Form(message("Small multiples"), every=True, sectors=True),
    "heatmap": Form(message("Heatmap"), every=True),
    "map": Form(message("Map"), frames=True, every=True),
    "tiles": Form(message("Tile map"), frames=True, every=True),
    "treemap": Form(message("Treemap of sectors"), frames=True, sectors=True, parts=True),
}
ONE_UNIT = ("map", "tiles", "scatter")
"""Forms in which all figures must have one unit, for they share one scale of colours or one axis."""


def possible(form: str, answer: Answer, beside: Answer | None = None) -> str | None:
    """None where the form can show this answer; else the sentence that says why not, for `words.note`.

    Args:
        form: a key of FORMS.
        answer: what would be shown.
        beside: the second indicator, for a scatter.
    """
    if not drawn(answer, rivals=False):
        return message("there is no figure that can be drawn")
    if form in ONE_UNIT and len({r["unit_measure"] for r in drawn(answer, rivals=False)}) > 1:
        return message("the figures have several units, which share no scale: choose one currency")
    refusal = _REFUSALS.get(form)
    return refusal(answer, beside) if refusal else None


def panels(words: Wording, answer: Answer, form: str, extras: Extras = ALONE) -> list[Panel]:
    """The charts of an answer in one form, the unit with most figures first; none where there is nothing.

    Args:
        words: the language it is drawn in.
        answer: what is shown; of one sector unless the form takes several.
        form: a key of FORMS.
        extras: what stands beside it.
    """
    return _DRAWN[form](words, answer, extras)


def _no_pair(answer: Answer, _beside: Answer | None) -> str | None:
    if any(dumbbell.able(unnamed(rows)) for rows in units(answer).values()):
        return None
    return message("two years of one country are needed, and each country has one")


def _no_second(answer: Answer, beside: Answer | None) -> str | None:
    if beside is None:
        return message("a scatter needs a second indicator: choose one")
    units = {r["unit_measure"] for r in drawn(beside, rivals=False)}
    if len(units) > 1:
        return message("the second indicator has several units, which share no axis: choose one currency")
    if not scatter.panels(wording(ENGLISH), answer, Extras(beside=beside)):
        return message("no country has both figures in the same year")
    return None


def _no_multiples(answer: Answer, _beside: Answer | None) -> str | None:
    lines = {(r["unit_measure"], *(r[k] for k in KEY)) for r in drawn(answer, rivals=False)}
    if len(lines) > len({unit for unit, *_ in lines}):
        return None
    return message("small multiples need two countries or sectors, and here is one")


def _no_place(answer: Answer, _beside: Answer | None) -> str | None:
    if any(r["ref_area"] in places() for r in drawn(answer, rivals=False)):
        return None
    return message("a map shows countries, and these figures are of groups of countries")


def _no_sum(answer: Answer, _beside: Answer | None) -> str | None:
    return treemap.refused(answer)


_REFUSALS: Mapping[str, Callable[[Answer, Answer | None], str | None]] = {
    "dumbbell": _no_pair,
    "scatter": _no_second,
    "multiples": _no_multiples,
    "map": _no_place,
    "tiles": _no_place,
    "treemap": _no_sum,
}

Drawing = Callable[[Wording, Answer, Extras], list[Panel]]


def _absent(answer: Answer) -> list[dict[str, object]]:
    """The headlines that have a year and no number."""
    return [r for r in answer.rows if r["low"] is None and r["year"] and r["is_headline"]]


_DRAWN: Mapping[str, Drawing] = {
    "line": lambda words, answer, extras: charts.panels(words, answer, extras),
    "bar": lambda words, answer, _: bars.newest(sheets(words, answer)),
    "ranked": lambda words, answer, extras: bars.ranked(
        sheets(words, answer), extras.year, answer.query.areas
    ),
    "dumbbell": lambda words, answer, extras: dumbbell.panels(sheets(words, answer), extras),
    "scatter": lambda words, answer, extras: scatter.panels(words, answer, extras),
    "multiples": lambda words, answer, extras: multiples.panels(
        sheets(words, answer, rivals=extras.rivals), extras
    ),
    "heatmap": lambda words, answer, _: heatmap.panels(sheets(words, answer), _absent(answer)),
    "map": lambda words, answer, extras: world.panels(sheets(words, answer), extras),
    "tiles": lambda words, answer, extras: tiles.panels(sheets(words, answer), extras),
    "treemap": lambda words, answer, extras: treemap.panels(words, answer, extras),
}
