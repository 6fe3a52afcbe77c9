"""A table on a slide: as many rows and years as can be read from the back row, and how many there are."""

from collections.abc import Sequence
from typing import Any

from dashboard.route import View
from dashboard.scales import Scale
from dashboard.series import Series
from dashboard.wording import NOTHING, Wording

MOST_ROWS, MOST_YEARS = 8, 6
"""Of 30 pixels a line at 1080; what is left out is said."""


def content(view: View, axis: Scale, found: Sequence[Series], unit: str) -> dict[str, Any]:
    """Areas by years, the newest first; each number as the cell of the page writes it, with its letters.

    Args:
        view: the page.
        axis: how its numbers are written.
        found: its rows, of one unit.
        unit: what stands over their names.
    """
    words = view.words
    shown = [one for one in found if one.headlines]
    years = sorted({r["year"] for one in shown for r in one.headlines}, reverse=True)
    taken = [r for one in shown[:MOST_ROWS] for r in one.headlines if r["year"] in years[:MOST_YEARS]]
    table = {
        "columns": [unit, *(str(year) for year in years[:MOST_YEARS])],
        "rows": [_line(words, axis, one, years[:MOST_YEARS]) for one in shown[:MOST_ROWS]],
    }
    letters = sorted({mark for row in taken for mark in words.mark(row)})
    key = [{"glyph": "", "says": f"{letter}: {says}"} for letter, says in letters]
    return {"table": table, "key": key, "left": _left(words, len(shown), len(years)), "rows": taken}


def _line(words: Wording, axis: Scale, one: Series, years: Sequence[int]) -> list[str]:
    by_year = {r["year"]: r for r in one.headlines}
    return [one.name, *(_cell(words, axis, by_year[y]) if y in by_year else NOTHING for y in years)]


def _cell(words: Wording, axis: Scale, row: dict[str, Any]) -> str:
    letters = " ".join(letter for letter, _ in words.mark(row))
    return f"{axis.cell(row)} {letters}".strip()


def _left(words: Wording, rows: int, years: int) -> list[str]:
    """What does not fit; nothing where all does."""
    said = []
    if rows > MOST_ROWS:
        said.append(words.text("{shown} of {all} rows", shown=MOST_ROWS, all=rows))
    if years > MOST_YEARS:
        said.append(words.text("the newest {shown} of {all} years", shown=MOST_YEARS, all=years))
    return said
