"""Heatmap: areas by years, each cell coloured by its class with the number in it; a gap stays a gap."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from dashboard import theme
from dashboard.bars import SHORT, axis_of_names, left_of
from dashboard.marks import Row, hover
from dashboard.panel import Figure, Panel, Sheet, Trace, keyed
from dashboard.plots.classes import Classes, classes
from dashboard.plots.years import years_of
from dashboard.series import Series
from dashboard.wording import NOTHING, shortened

MOST = 60
NARROWEST, TALL = 44, 32
"""Width of a cell, at least, and height of a row, in pixels."""
LETTER, AROUND = 7.2, 12
"""Width of a letter, and the room around a number."""

Missing = dict[tuple[str, int], Row]
"""Area and year → the row that says why there is no number."""


def panels(sheets_: Sequence[Sheet], absent: Iterable[Row]) -> list[Panel]:
    """The heatmaps, by unit.

    Args:
        sheets_: the figures.
        absent: rows of the answer that have no number; they say why.
    """
    missing = {(r["ref_area"], r["year"]): r for r in absent}
    return [_panel(sheet, missing) for sheet in sheets_ if years_of(sheet)]


def _panel(sheet: Sheet, missing: Missing) -> Panel:
    listed = [s for s in sheet.found if s.headlines]
    kept = sorted(listed, key=lambda s: -len(s.headlines))[:MOST]
    found = [s for s in listed if s in kept]
    rows = [r for s in found for r in s.headlines]
    whole = all(_row(s, y) for s in found for y in _every_year(sheet))
    kinds = [*([] if whole else ["blank"]), *(["lettered"] if any(sheet.words.mark(r) for r in rows) else [])]
    notes: tuple[str, ...] = ()
    if len(listed) > len(found):
        words = sheet.words
        said = words.text(
            "The {shown} with the most figures of {all} are shown; the table has all.",
            shown=len(found),
            all=len(listed),
        )
        notes = (said,)
    return Panel(sheet.unit, sheet.axis, _figure(sheet, found, missing), keyed(kinds), notes)


def _figure(sheet: Sheet, found: Sequence[Series], missing: Missing) -> Figure:
    years = _every_year(sheet)
    places = list(range(len(found)))
    names = [s.name for s in found]
    levels = classes(sheet)
    grid = [[_row(one, year) for year in years] for one in found]
    layout = theme.layout(sheet.words.language, height=96 + TALL * len(found), left=left_of(names), right=8)
    layout["margin"] |= {"t": 30, "b": 58}
    layout["xaxis"] |= {"side": "top", "tickmode": "array", "tickvals": years, "showgrid": False}
    layout["xaxis"] |= {"ticktext": [str(year) for year in years], "tickfont": {"color": theme.QUIET}}
    layout["yaxis"] |= {"autorange": "reversed", "showgrid": False, "tickfont": {"color": theme.INK}}
    layout["yaxis"] |= axis_of_names(places, names)
    short = [shortened(n, SHORT) for n in names]
    narrow = {
        "yaxis": {**layout["yaxis"], **axis_of_names(places, short)},
        "margin": {**layout["margin"], "l": left_of(short)},
    }
    data = [_blank(sheet, found, years, grid, missing), _cells(sheet, found, years, grid, levels)]
    longest = max(len(sheet.axis.cell(r)) for line in grid for r in line if r)
    wide = left_of(short) + max(NARROWEST, round(longest * LETTER + AROUND)) * len(years)
    return {"data": data, "layout": layout, "narrow": {"layout": narrow}, "wide": wide}


def _every_year(sheet: Sheet) -> list[int]:
    """From the first to the last, those without a figure too."""
    years = years_of(sheet)
    return list(range(years[0], years[-1] + 1))


def _row(one: Series, year: int) -> Row | None:
    return next((r for r in reversed(one.headlines) if r["year"] == year), None)


def _cells(
    sheet: Sheet,
    found: Sequence[Series],
    years: Sequence[int],
    grid: Sequence[Sequence[Row | None]],
    levels: Classes,
) -> Trace:
    foot = 20 / (TALL * len(found))
    return {
        "type": "heatmap",
        "name": "figures",
        "x": list(years),
        "y": list(range(len(found))),
        "z": [[levels.of(r) if r else None for r in line] for line in grid],
        "text": [[_written(sheet, r) if r else "" for r in line] for line in grid],
        "texttemplate": "%{text}",
        "textfont": {"size": theme.SMALL_SIZE},
        "customdata": [[r["figure_id"] if r else None for r in line] for line in grid],
        "hovertext": [
            [hover(sheet.words, r, one.name, sheet.decimals) if r else "" for r in line]
            for one, line in zip(found, grid, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "hoverongaps": False,
        "xgap": 2,
        "ygap": 2,
        "colorbar": levels.bar(y=-foot, yanchor="top", ypad=0),
        **levels.span,
    }


def _written(sheet: Sheet, row: Row) -> str:
    letters = "".join(letter for letter, _ in sheet.words.mark(row))
    return escape(sheet.axis.cell(row)) + (f"<sup>{letters}</sup>" if letters else "")


def _blank(
    sheet: Sheet,
    found: Sequence[Series],
    years: Sequence[int],
    grid: Sequence[Sequence[Row | None]],
    missing: Missing,
) -> Trace:
    """The ground of the cells without a figure, which say why when pointed at."""
    gaps = [[None if r else missing.get((s.area, y)) or {} for y, r in zip(years, line, strict=True)]
            for s, line in zip(found, grid, strict=True)]  # fmt: skip
    return {
        "type": "heatmap",
        "name": "absent",
        "x": list(years),
        "y": list(range(len(found))),
        "z": [[None if gap is None else 0 for gap in line] for line in gaps],
        "text": [["" if gap is None else NOTHING for gap in line] for line in gaps],
        "texttemplate": "%{text}",
        "textfont": {"size": theme.SMALL_SIZE, "color": theme.QUIET},
        "customdata": [[gap.get("figure_id") if gap else None for gap in line] for line in gaps],
        "hovertext": [
            ["" if gap is None else _why(sheet, one, y, gap) for y, gap in zip(years, line, strict=True)]
            for one, line in zip(found, gaps, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "hoverongaps": False,
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
        "colorscale": [[0, theme.MISSING], [1, theme.MISSING]],
    }


def _why(sheet: Sheet, one: Series, year: int, gap: dict[str, Any]) -> str:
    words = sheet.words
    why = words.missing(gap) if gap and gap["low"] is None else words.text("no figure reported")
    return f"{escape(one.name)}, {year}<br>{escape(why)}"
