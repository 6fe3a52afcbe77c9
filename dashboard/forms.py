"""The forms in which an answer can be drawn: which there are, which one can be, and its panels.

    possible   None, or the sentence that says why this answer cannot be drawn so
    panels     Answer → plain Plotly figures, one panel a unit

A form never changes a figure: what it cannot show honestly it does not draw, and `possible` says why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import charts
from dashboard.charts import Panel
from dashboard.wording import Wording
from indicators.answer import Answer
from indicators.language import message

Row = dict[str, Any]


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
    """

    name: str
    frames: bool = False
    second: bool = False
    pair: bool = False
    every: bool = False
    sectors: bool = False


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
    "treemap": Form(message("Treemap of sectors"), frames=True, sectors=True),
}


@dataclass(frozen=True)
class Extras:
    """What a form may be given beside the answer.

    Attributes:
        beside: the second indicator, upright in a scatter.
        size: the third, the area of its marks.
        year: the year shown, where a form shows one; None = the newest that the figures have.
        since: the year compared with; None = the first.
        rivals: whether rival claims are drawn.
        plans: rows of targets, plans, forecasts and scenarios, shape of queries/targets.sql.
        events: events of policy to be drawn as dated lines.
    """

    beside: Answer | None = None
    size: Answer | None = None
    year: int | None = None
    since: int | None = None
    rivals: bool = True
    plans: Sequence[Row] = ()
    events: Sequence[Any] = ()


def possible(form: str, answer: Answer, beside: Answer | None = None) -> str | None:
    """None where the form can show this answer; else the sentence that says why not, for `words.note`."""
    if form not in ("line", "bar"):
        return "this form is not drawn yet"
    return None if charts.drawn(answer) else message("there is no figure that can be drawn")


def panels(words: Wording, answer: Answer, form: str, extras: Extras = Extras()) -> list[Panel]:
    """The charts of an answer in one form, the unit with most figures first; none where there is nothing.

    Args:
        words: the language it is drawn in.
        answer: what is shown.
        form: a key of FORMS.
        extras: what stands beside it.
    """
    return charts.panels(words, answer, form)
