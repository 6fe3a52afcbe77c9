"""What a deck is asked to show: plain values, before anything is drawn."""

import os
from dataclasses import dataclass
from datetime import date
from typing import Any

from exports.table import LOCALE, Table
from indicators.language import Language, speak

KINDS = ("chart", "table", "kpi", "text")
NATIVE = ("line", "bar", "ranked", "dumbbell", "scatter")
"""Forms that PowerPoint draws itself; every other one is a picture and a table."""
RATIOS = ("16:9", "4:3")
ADDRESS = "CEI_ADDRESS"
"""The environment variable that says under which address readers reach us: https://indicators.example."""
MOST_SLIDES, LONGEST_TITLE, LONGEST_TEXT, LONGEST_NOTES = 300, 300, 2_000, 20_000
"""As a deck in the browser has them."""


class BadDeck(ValueError):
    """All that is wrong with a deck that was asked for, a sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Picture:
    """A drawing made elsewhere.

    Attributes:
        png: its bytes.
        svg: the same drawing as vectors, or nothing.
    """

    png: bytes
    svg: bytes = b""


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes:
        kind: one of KINDS.
        title: its heading; empty = the name of the indicator.
        table: its figures; None only for text.
        form: of a chart: one of NATIVE, or another that a picture shows.
        beside: of a scatter, the figures that stand upright; `table` lies across.
        unit: code of unit.csv: only figures in it are shown; empty = the unit that most of them have.
        year: the year shown, of forms that show one; None = the newest that is nearly full.
        since: of a dumbbell the earlier year; None = the first that is nearly full.
        figure_id: of a kpi, the figure.
        written: of a kpi, the figure in words, as its page rounds it; empty = to its last digit.
        subtitle: stands under the title, before the unit.
        annotation: the presenter's remark.
        notes: what the presenter says.
        picture: the chart as drawn elsewhere.
        remarks: sentences that must stand under it.
        address: of its page on our site, from the slash on.
    """

    kind: str
    title: str = ""
    table: Table | None = None
    form: str = "line"
    beside: Table | None = None
    unit: str = ""
    year: int | None = None
    since: int | None = None
    figure_id: str = ""
    written: str = ""
    subtitle: str = ""
    annotation: str = ""
    notes: str = ""
    picture: Picture | None = None
    remarks: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True)
class Deck:
    """Slides in their order.

    Attributes:
        name: of the deck.
        slides: at least one.
        language: code of language.csv.
        taken: the day on which the figures were taken.
        ratio: one of RATIOS; a template has its own.
        base: address before that of a slide; None = that of the environment, which may be none.
    """

    name: str
    slides: tuple[Slide, ...]
    language: str
    taken: date
    ratio: str = "16:9"
    base: str | None = None

    @property
    def spoken(self) -> Language:
        """The language of the words of exports."""
        return speak(self.language, LOCALE)

    def link(self, slide: Slide) -> str:
        """The full address of the slide; only its path where we do not know our own address."""
        if not slide.address:
            return ""
        base = os.environ.get(ADDRESS, "") if self.base is None else self.base
        return base.rstrip("/") + slide.address

    def checked(self) -> "Deck":
        """The deck itself.

        Raises:
            BadDeck: it asks for what there is not; every fault at once.
        """
        faults = [f"shape {self.ratio!r}: expected one of {', '.join(RATIOS)}"] * (self.ratio not in RATIOS)
        if not 0 < len(self.slides) <= MOST_SLIDES:
            faults.append(f"{len(self.slides)} slides: a deck has 1 to {MOST_SLIDES}")
        faults += [f"slide {n}: {fault}" for n, s in enumerate(self.slides, 1) for fault in _wrong(s)]
        if faults:
            raise BadDeck(faults)
        return self


def _wrong(slide: Slide) -> list[str]:
    said = []
    if slide.kind not in KINDS:
        said.append(f"kind {slide.kind!r}: expected one of {', '.join(KINDS)}")
    elif slide.kind != "text" and slide.table is None:
        said.append(f"a {slide.kind} needs figures")
    if slide.kind == "chart" and slide.form == "scatter" and slide.beside is None:
        said.append("a scatter needs a second indicator")
    if slide.kind == "kpi" and slide.table is not None and not _held(slide.table, slide.figure_id):
        said.append(f"figure {slide.figure_id!r} is not among its figures")
    if slide.address and (not slide.address.startswith("/") or slide.address.startswith(("//", "/\\"))):
        said.append(f"address {slide.address[:60]!r}: expected one of this site, from the slash on")
    for name, most in (("title", LONGEST_TITLE), ("subtitle", LONGEST_TEXT), ("annotation", LONGEST_TEXT),
                       ("notes", LONGEST_NOTES)):  # fmt: skip
        if len(getattr(slide, name)) > most:
            said.append(f"{name} of {len(getattr(slide, name))} letters: at most {most}")
    return said


def _held(table: Table, figure_id: str) -> bool:
    return figure_id in table.frame["figure_id"].to_list()


def row_of(slide: Slide) -> dict[str, Any]:
    """The row of a kpi."""
    rows = slide.table.frame.to_dicts() if slide.table else []
    return next(r for r in rows if r["figure_id"] == slide.figure_id)
