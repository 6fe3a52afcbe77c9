"""A deck as a PowerPoint file: native charts and tables, without a browser; the same deck, the same bytes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from exports.archive import LONG_AGO
from exports.slides import charts, dress, foot, look, scatter, tables
from exports.slides.drawn import (
    Drawn,
    contested,
    drawn,
    few,
    largest_first,
    lines,
    newest,
    of_year,
    pairs,
    points,
)
from exports.slides.page import Page, Said, printable
from exports.slides.parcel import numbered, packaged
from exports.slides.said import Row, full, letters, period
from exports.slides.spec import NATIVE, Deck, Slide, row_of
from exports.slides.template import Ground, ground
from indicators.language import Language, message

MEDIA = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
EMPTY = message("There is no figure that can be drawn.")
ONE_OF = message("Of several figures of an area one is shown: {areas}.")
CROWDED = message("Labels without room are left out; the notes hold all figures.")
PARTS_ROWS = 20
"""Rows beside a treemap, of one year: its small boxes have no room for their names."""
PICTURE = 0.64
"""Part of the body that a picture takes beside its table."""

Body = Callable[[Page], None]


@dataclass(frozen=True)
class Plan:
    """What a slide will show.

    Attributes:
        rows: its figures.
        unit: of the subtitle.
        left: what it does not show, in words.
        charted: whether hedges are marks.
        draw: puts the body on its page.
    """

    rows: Sequence[Row]
    unit: str
    left: Sequence[str]
    charted: bool
    draw: Body


def pptx(deck: Deck, template: bytes | None = None) -> bytes:
    """The deck as .pptx.

    Args:
        deck: what it shows.
        template: a ministry's .pptx or .potx; its layouts and letters are used.

    Raises:
        BadDeck: the deck asks for what there is not.
        BadTemplate: the template is not used.
    """
    deck.checked()
    made = ground(deck.ratio, template)
    numbered(made.deck)
    for number, slide in enumerate(deck.slides, 1):
        _put(made, deck, slide, number)
    _signed(made.deck, deck)
    return packaged(made.deck)


def _signed(target: Any, deck: Deck) -> None:
    about = target.core_properties
    about.title, about.language, about.author, about.last_modified_by = (
        printable(deck.name),
        deck.language,
        "",
        "",
    )
    about.created = about.modified = about.last_printed = datetime(*LONG_AGO)
    about.revision = 1


def _put(made: Ground, deck: Deck, slide: Slide, number: int) -> None:
    plan = planned(deck.spoken, slide)
    page = Page(made, _said(deck, slide, plan, number))
    plan.draw(page)


def _said(deck: Deck, slide: Slide, plan: Plan, number: int) -> Said:
    language, link = deck.spoken, deck.link(slide)
    shown = [foot.source(language, plan.rows)]
    if slide.table is not None:
        shown.append(foot.origin(language, slide.table.release, deck.taken))
    shown.append(f"{number} · {link}" if link else str(number))
    left = [*slide.remarks, *plan.left]
    key = [*foot.key(language, plan.rows, charted=plan.charted), *left]
    if plan.charted and slide.form not in ("bar", "ranked"):
        key = [*key, *foot.ranges(language, plan.rows)]
    return Said(
        title=slide.title or (slide.table.title if slide.table else deck.name),
        subtitle=" · ".join(s for s in (slide.subtitle, plan.unit) if s),
        annotation=slide.annotation if slide.kind != "text" else "",
        key=key,
        foot=[s for s in shown if s],
        link=link,
        notes=foot.notes(deck, slide, plan.rows, left),
        link_says=language.text("Square with the address of this figure: {address}", address=link),
    )


def planned(language: Language, slide: Slide) -> Plan:
    """What a slide will show, before it is put on a page."""
    if slide.kind == "text":
        return Plan([], "", [], False, lambda page: _worded(page, slide.annotation))
    if slide.kind == "kpi":
        return _figure(language, slide)
    found = drawn(slide.table, slide.unit) if slide.table is not None else None
    if found is None:
        return Plan([], "", [language.text(EMPTY)], False, lambda page: None)
    if slide.kind == "table" or slide.form not in NATIVE:
        return _tabled(found, slide)
    return _charted(found, slide)


def _charted(found: Drawn, slide: Slide) -> Plan:
    if slide.form == "scatter":
        return _scattered(found, slide)
    if slide.form == "line":
        kept, draw = lines(found), charts.lines
    elif slide.form == "bar":
        kept, draw = newest(found), charts.bars
    elif slide.form == "ranked":
        kept, draw = of_year(found, slide.year), charts.bars
    else:
        kept, draw = pairs(found, slide.since, slide.year), charts.pairs
    if not kept.rows:
        return Plan([], "", [*kept.left, found.language.text(EMPTY)], False, lambda page: None)
    left = [*kept.left]
    if slide.form == "line" and dress.crowded(kept.scale, kept.rows):
        left.append(kept.language.text(CROWDED))
    return Plan(kept.rows, _unit(kept), left, True, lambda page: draw(page.chart, kept, page.body[2:]))


def _unit(kept: Drawn) -> str:
    """The unit, and the period where all figures are of one."""
    periods = {period(kept.language, r) for r in kept.rows}
    return " · ".join([kept.scale.title, *(periods if len(periods) == 1 else [])])


def _scattered(x: Drawn, slide: Slide) -> Plan:
    y = drawn(slide.beside) if slide.beside is not None else None
    found = points(x, y, slide.year) if y else []
    if not y or not found:
        return Plan([], "", [x.language.text(EMPTY)], False, lambda page: None)
    named = [t.title for t in (slide.table, slide.beside) if t is not None]
    titles = (f"{named[0]}, {x.scale.title}", f"{named[1]}, {y.scale.title}")
    rows = [r for pair in found for r in pair]
    when = period(x.language, found[0][0])
    left = [*x.left, *y.left]
    if several := contested(x, y, found):
        left.append(x.language.text(ONE_OF, areas=few(x.language, several)))
    kept = [p for p in found if p[0]["value"] is not None and p[1]["value"] is not None]
    if len(scatter.names_with_room(kept)) < len(kept):
        left.append(x.language.text(CROWDED))
    return Plan(
        rows, when, left, True, lambda page: scatter.points(page.chart, (x.scale, y.scale), titles, found)
    )


def _tabled(found: Drawn, slide: Slide) -> Plan:
    beside = slide.kind == "chart" and slide.picture is not None
    room = (PARTS_ROWS, 1) if slide.form == "treemap" else (tables.BESIDE_ROWS, tables.BESIDE_YEARS)
    made = tables.grid(largest_first(found), *room) if beside else tables.grid(found)

    def draw(page: Page) -> None:
        left, top, width, height = page.body
        if beside and slide.picture is not None:
            wide = int(width * PICTURE)
            page.picture(slide.picture, (left, top, wide, height))
            tables.put(page.slide, made, (left + wide, top, width - wide, height), page.name)
        else:
            tables.put(page.slide, made, page.body, page.name)

    return Plan(made.rows, "" if slide.kind == "table" else found.scale.title, [*made.left], False, draw)


def _figure(language: Language, slide: Slide) -> Plan:
    row = row_of(slide)
    facts = [
        f"{row['ref_area_label']} · {row['sector_label']}",
        period(language, row),
        *(says for _, says in letters(language, row)),
        *([language.plural("{n} rival claim", "{n} rival claims", row["rivals"])] if row["rivals"] else []),
        *([row["obs_comment"]] if row["obs_comment"] else []),
    ]

    def draw(page: Page) -> None:
        left, top, width, height = page.body
        written = slide.written or full(language, row)
        size = look.HUGE if len(written) <= 24 else look.TITLE
        page.text((left, top, width, height // 2), [written], size, look.SERIES[0], bold=True, middle=True)
        page.text((left, top + height // 2, width, height // 2), facts, look.BODY, look.INK, middle=True)

    return Plan([row], "", [], False, draw)


def _worded(page: Page, text: str) -> None:
    page.text(page.body, text.split("\n"), look.BODY if len(text) < 900 else look.LABEL, look.INK)
