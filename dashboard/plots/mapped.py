"""What every map is made of: a figure a country of one year, in classes, and who is not on it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from dashboard.marks import Row
from dashboard.panel import Extras, Figure, Panel, Sheet, keyed, marks_of, with_frames
from dashboard.plots.classes import Classes, classes, unsure
from dashboard.plots.years import annual, in_year, shown, years_of

Found = Mapping[str, Row]
"""Country → its figure of the year."""


def mapped(
    sheet: Sheet,
    extras: Extras,
    draw: Callable[[Found, Classes], Figure],
    off: Callable[[Iterable[str]], Sequence[str]],
    note: str,
) -> Panel:
    """The map of one unit, a frame a year.

    Args:
        sheet: the figures.
        extras: with the year asked for.
        draw: the figures of a year, and the classes of all years → the map.
        off: of areas with a figure, those that the map does not show.
        note: what must stand below it.
    """
    years, year, levels = years_of(sheet), shown(sheet.found, extras.year), classes(sheet)
    figure = with_frames(lambda y: draw(_found_in(sheet, y), levels), years, year, marks_of(sheet))
    kinds = ["absent", *(["hedged"] if any(unsure(r) for r in sheet.rows) else [])]
    notes = (*_listed(sheet, off, year), note)
    return Panel(sheet.unit, sheet.axis, figure, keyed(kinds), notes, year, None, years)


def _found_in(sheet: Sheet, year: int) -> Found:
    """The figure of each area in a year, one series an area."""
    return {area: row for area, one in annual(sheet.found).items() if (row := in_year(one, year)) is not None}


def _listed(sheet: Sheet, off: Callable[[Iterable[str]], Sequence[str]], year: int) -> tuple[str, ...]:
    """The figures that are not on the map, in words."""
    there, words = _found_in(sheet, year), sheet.words
    said = [f"{words.label('area', a)} {words.figure(there[a], sheet.decimals)}" for a in off(there)]
    if not said:
        return ()
    return (words.text("Not drawn, for they are no single country: {figures}.", figures="; ".join(said)),)
