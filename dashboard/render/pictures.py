"""A chart as a picture: the figure of its page, with its words, its sources and their terms around it."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from dashboard import marks, sparks, theme
from dashboard.explore import charted, saying
from dashboard.forms import FORMS
from dashboard.panel import Panel
from dashboard.present.content import behind, dated, source, unsaid
from dashboard.render.answered import Answers, Shown
from dashboard.wording import Wording
from exports.pictures.caption import captioned, licence
from exports.pictures.painter import Drawing, Painter
from exports.slides import foot

WORLD = Path(__file__).parents[1] / "assets" / "topojson" / "world_110m.json"
MEDIA = {"svg": "image/svg+xml", "png": "image/png"}


@cache
def painter() -> Painter:
    """The one of this process; its browser starts with the first picture."""
    return Painter({WORLD.stem: WORLD.read_text("utf-8")})


def drawing(answers: Answers, shown: Shown) -> Drawing:
    """The chart of a slide or of a page, as it leaves.

    Args:
        answers: on which day it is asked.
        shown: with its panel.

    Raises:
        ValueError: it is no chart.
    """
    found, panel, tables = shown.found, shown.panel, [shown.table, shown.beside, shown.size]
    there = [t for t in tables if t is not None]
    if found is None or panel is None or not there:
        raise ValueError("a picture is made of a chart")
    words = shown.view.words
    drawn = behind(panel, found)
    rows = [r for r in found.rows if r["unit_measure"] == panel.unit]
    who, when = charted.title(words, panel, found.asked.query.areas, rows)
    name = words.text(found.indicator.name)
    if FORMS[found.form].second and shown.beside is not None:
        name = f"{name} · {shown.beside.title}"
    said = " · ".join(s for s in (charted.subtitle(words, panel, found), who, when) if s)
    made = captioned(
        there[0], panel.figure, answers.today, title=name, subtitle=said, config=theme.config(words.language)
    )
    stated = ", ".join(s for s in (source(words, drawn), dated(words, drawn)) if s)
    origin = words.text(
        "Release {release}, taken on {day}", release=there[0].release, day=words.day(answers.today)
    )
    terms = dict.fromkeys(licence(t.language, t) for t in there)
    notes = [*saying.instead(words, found), *unsaid(words, found.answer, found.drawn), *panel.notes]
    return replace(
        made,
        key=_key(words, panel),
        notes=foot.sentences(*notes),
        source=foot.sentences(stated, origin),
        licence=" · ".join(terms),
    )


def _key(words: Wording, panel: Panel) -> list[tuple[str, str]]:
    """What each kind of mark says; nothing where all are of the usual kind."""
    kinds = panel.marks if panel.marks != ("stated",) else ()
    return [(sparks.MARKS[kind], words.text(marks.KEY[kind])) for kind in kinds]
