"""What stands under a slide and what is said beside it: source, dates, release, hedges, speaker notes."""

from collections.abc import Iterable, Sequence
from datetime import date

from exports.slides.said import Row, full, inexact, letters, numbers, period
from exports.slides.spec import NATIVE, Deck, Slide
from exports.table import Table
from indicators.language import Language, ended, message

MOST_NAMED, MOST_NOTED, MOST_RANGES = 3, 400, 4
"""Publishers in the line of sources, figures in the speaker notes, ranges under a chart."""
PICTURED = message("PowerPoint has no chart of this kind: a picture and a table of its figures stand for it.")
TABLED = message("PowerPoint has no chart of this kind: a table of its figures stands for it.")
HOLLOW = message("a hollow mark or a pale bar: the figure is this or more, or this or less")
WHISKER = message("a whisker: the figure lies within this interval")
FIXED = message("Labels in words (hedges, letters) do not follow when the sheet of a chart is edited.")


def source(language: Language, rows: Iterable[Row]) -> str:
    """Who states the figures, and when they published them: Source: UNCTAD, World Bank and 3 more, …."""
    there = list(rows)
    names = list(dict.fromkeys(language.publisher(str(r["publisher"])) for r in there if r["publisher"]))
    if not names:
        return ""
    few, more = ", ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED
    if more > 0:
        few = language.text("{few} and {n} more", few=few, n=more)
    said = language.text("Source: {publishers}", publishers=few)
    days = sorted({str(r["published_on"]) for r in there if r["published_on"]})
    if not days:
        return said
    first, last = language.dated(days[0]), language.dated(days[-1])
    if first == last:
        return f"{said}, {language.text('published {day}', day=first)}"
    return f"{said}, {language.text('published {first} to {last}', first=first, last=last)}"


def origin(language: Language, release: str, taken: date) -> str:
    """From which release, and when: Release 1a2b3c, taken on 22 November 2026."""
    return language.text("Release {release}, taken on {day}", release=release, day=language.day(taken))


def sentences(*said: str) -> str:
    """One after another, a full stop between."""
    there = [s for s in said if s]
    return " ".join([*map(ended, there[:-1]), *there[-1:]])


def key(language: Language, rows: Sequence[Row], *, charted: bool) -> list[str]:
    """The marks and letters that occur, in words."""
    said = []
    if charted and any(r["open_end"] not in ("none", None) and r["value"] is not None for r in rows):
        said.append(language.text(HOLLOW))
    if charted and any(r["open_end"] == "none" and r["value"] is not None and r["low"] != r["high"]
                       for r in rows):  # fmt: skip
        said.append(language.text(WHISKER))
    beside = {mark for r in rows for mark in letters(language, r)}
    return said + [f"{letter}: {says}" for letter, says in sorted(beside)]


def ranges(language: Language, rows: Sequence[Row]) -> list[str]:
    """Figures of which only a range is known, and which therefore have no mark."""
    kept = [r for r in rows if r["value"] is None and numbers(r)]
    said = [f"{named(language, r)}: {full(language, r)}" for r in kept[:MOST_RANGES]]
    if len(kept) > MOST_RANGES:
        said.append(language.text("further ranges in the notes: {n}", n=len(kept) - MOST_RANGES))
    return said


def named(language: Language, row: Row) -> str:
    """Of what a figure is: Kazakhstan, 2024."""
    return f"{row['ref_area_label']}, {period(language, row)}"


def notes(deck: Deck, slide: Slide, rows: Sequence[Row], left: Sequence[str]) -> str:
    """The speaker notes: what the presenter wrote, then all that a question from the hall may ask for."""
    language, said = deck.spoken, [s for s in (slide.notes, slide.subtitle, _remark(slide)) if s]
    for table in (t for t in (slide.table, slide.beside) if t is not None):
        said.append("\n".join(_of_table(language, table, deck.taken)))
    if slide.kind == "chart" and slide.form not in NATIVE:
        said.append(language.text(PICTURED if slide.picture else TABLED))
    elif slide.kind == "chart":
        said.append(language.text(FIXED))
    said += [" ".join(left)] if left else []
    scattered = slide.kind == "chart" and slide.form == "scatter"
    hedged = [r for r in rows if scattered or inexact(r) or letters(language, r)]
    said += ["\n".join(_said(language, r) for r in hedged[:MOST_NOTED])] if hedged else []
    if len(hedged) > MOST_NOTED:
        said.append(language.text("further hedged figures: {n}", n=len(hedged) - MOST_NOTED))
    link = deck.link(slide)
    return "\n\n".join([*said, *([link] if link else [])])


def _remark(slide: Slide) -> str:
    """The remark, which the slide may cut; of a text slide it is the body."""
    return slide.annotation if slide.kind != "text" else ""


def _of_table(language: Language, table: Table, taken: date) -> list[str]:
    said = [table.title, language.text(table.answer.indicator.question), *table.notes]
    for row in table.publications.iter_rows(named=True):
        parts = (
            language.publisher(row["publisher"]) if row["publisher"] else "",
            language.called(row["title"]) if row["title"] else "",
            language.dated(row["published_on"]), row["address"], row["licence"],
        )  # fmt: skip
        said.append(language.text("Source: {publishers}", publishers=", ".join(p for p in parts if p)))
    return [*said, origin(language, table.release, taken), table.query.to_url()]


def _said(language: Language, row: Row) -> str:
    """A figure, how it is printed, and under which id its passport stands."""
    marks = ", ".join(says for _, says in letters(language, row))
    said = [f"{named(language, row)}: {full(language, row)}", marks]
    said += [f"«{row['reported_value']}»"] if row["reported_value"] else []
    return " · ".join(s for s in (*said, row["obs_comment"], row["figure_id"]) if s)
