"""A deck as PowerPoint: native charts where PowerPoint has them, else a picture beside a table."""

import logging
from copy import deepcopy
from dataclasses import replace

from dashboard.explore import charted, saying
from dashboard.plots import world
from dashboard.plots.lettered import lettered
from dashboard.present.few import few, part
from dashboard.render import pictures
from dashboard.render.answered import Answers, Shown, each, texts
from dashboard.render.deck import Deck, Wanted
from dashboard.wording import Wording
from exports.pictures.browser import NoBrowser, Refused, Stopped
from exports.pictures.painter import BadDrawing, Drawing
from exports.slides import deck as made
from exports.slides import spec

WIDE, TALL = {"map": 640, "multiples": 640, "treemap": 720, "heatmap": 720}, 400
"""Pixels of a picture on a slide, where that is less than elsewhere: its letters stand larger there."""
HEATED, ROW, HEAD = 12, 32, 96
"""Rows of a heatmap on a slide; pixels of a row, and of what stands over and under them."""

log = logging.getLogger(__name__)


def pptx(deck: Deck, answers: Answers, words: Wording, base: str, template: bytes | None) -> bytes:
    """The deck as .pptx.

    Args:
        deck: what the reader has.
        answers: where its slides are answered from.
        words: of the faults.
        base: our address, for the square that leads to the page of a slide.
        template: a ministry's .pptx or .potx.

    Raises:
        BadRequest: a slide asks for what there is not.
        BadTemplate: the template is not used.
    """
    slides = each(deck, words, lambda wanted: _slide(deck, answers, wanted))
    return made.pptx(
        spec.Deck(deck.name, tuple(slides), deck.language, answers.today, deck.ratio, base), template
    )


def _slide(deck: Deck, answers: Answers, wanted: Wanted) -> spec.Slide:
    shown = answers.shown(wanted, deck.language)
    wrote = spec.Slide(
        wanted.kind,
        title=wanted.title,
        annotation=wanted.annotation,
        notes=wanted.notes,
        address=shown.frozen if shown else "",
    )
    if shown is None:
        return wrote
    if shown.table is None:
        return _in_words(answers, wanted, deck.language, wrote)
    told = replace(
        wrote, table=shown.table, unit=shown.panel.unit if shown.panel else "", subtitle=_under(shown)
    )
    if wanted.kind == "kpi":
        return replace(told, figure_id=shown.figure_id, written=shown.written)
    return told if wanted.kind == "table" else _chart(answers, shown, told)


def _under(shown: Shown) -> str:
    """What was made of the figures, prices and the sector; the unit is written by the slide itself."""
    if shown.panel is None or shown.found is None:
        return ""
    said = charted.subtitle(shown.view.words, shown.panel, shown.found)
    return said.removeprefix(shown.panel.scale.title).removeprefix(" · ")


def _chart(answers: Answers, shown: Shown, slide: spec.Slide) -> spec.Slide:
    form = shown.found.form if shown.found else "line"
    swapped = saying.instead(shown.view.words, shown.found) if shown.found else []
    drawn = replace(slide, form=form, beside=shown.beside, remarks=tuple(swapped))
    if shown.beside is not None:  # two units, one an axis; the tables have one each
        drawn = replace(drawn, unit="")
    if shown.panel:
        drawn = replace(drawn, year=shown.panel.year, since=shown.panel.since)
    return drawn if form in spec.NATIVE else _pictured(answers, shown, drawn)


def _pictured(answers: Answers, shown: Shown, slide: spec.Slide) -> spec.Slide:
    """With the chart, where this machine can draw it; else the table stands alone, and the notes say so."""
    try:
        drawing, painter = _bare(pictures.drawing(answers, shown), shown), pictures.painter()
        picture = spec.Picture(painter.png(drawing), painter.svg(drawing))
    except (NoBrowser, Stopped, Refused, BadDrawing) as fault:
        log.warning("a slide without its picture: %s", fault)
        return slide
    said = [*shown.panel.notes] if shown.panel and slide.form in WIDE else []
    if shown.panel and slide.form == "heatmap":
        drawn, rows = few(deepcopy(dict(shown.panel.figure)), HEATED)
        said += [part(shown.view.words, drawn, rows)] if drawn < rows else []
    return replace(slide, picture=picture, remarks=(*slide.remarks, *said))


def _bare(drawing: Drawing, shown: Shown) -> Drawing:
    """The chart without what is said on the slide, and letters that are read from the last row."""
    bare = replace(drawing, title="", subtitle="", source="", licence="")
    if shown.found is not None and shown.found.form == "heatmap":
        figure = deepcopy(dict(drawing.figure))
        rows, _ = few(figure, HEATED)
        return replace(bare, figure=figure, notes="", width=WIDE["heatmap"], height=HEAD + ROW * rows)
    if shown.found is None or shown.panel is None or shown.found.form not in WIDE:
        return bare
    wide, tall = WIDE[shown.found.form], int((drawing.figure.get("layout") or {}).get("height") or TALL)
    if shown.found.form == "map":
        tall = world.FOOT + (tall - world.FOOT) * wide // world.WIDTH
    bare = replace(bare, notes="", width=wide, height=min(tall, TALL))
    if shown.found.form == "map":
        names = lettered(shown.view.words, shown.panel, shown.found.rows, bare.size)
        data = [*drawing.figure["data"], *([names] if names else [])]
        bare = replace(bare, figure={**drawing.figure, "data": data})
    return bare


def _in_words(answers: Answers, wanted: Wanted, language: str, wrote: spec.Slide) -> spec.Slide:
    """A figure of no indicator, a plan among them: what its passport heads, as text."""
    content = answers.content(wanted, language)
    said = [*(texts(content) if content else []), *([wanted.annotation] if wanted.annotation else [])]
    return replace(wrote, kind="text", annotation="\n".join(said)[: spec.LONGEST_TEXT])
