"""Small multiples: one small line chart an area, or a sector, all on one scale and the same years."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any

from dashboard import theme
from dashboard.charts import strokes
from dashboard.marks import kinds
from dashboard.panel import Extras, Figure, Panel, Sheet, Trace, keyed
from dashboard.plots import dated
from dashboard.series import Series, span
from dashboard.wording import shortened

MOST = 24
COLUMNS, NARROW_COLUMNS = 4, 2
TALL, HEAD, FOOT = 176, 46, 30
"""Pixels of one small chart, and of the room in it for its name and its years."""
GAP, NARROW_GAP = 0.035, 0.1
"""Part of the width between two small charts."""
HEADS = 0.13
"""Part of a small axis within which the numbers of two events are written as one."""
FEWEST_TICKS = 3
LETTERS, NARROW_LETTERS = 31, 21
"""Of a name above a small chart."""

Arrow = dict[str, Any]


def panels(sheets_: Sequence[Sheet], extras: Extras) -> list[Panel]:
    """The small charts, by unit."""
    return [_panel(sheet, extras) for sheet in sheets_]


def _panel(sheet: Sheet, extras: Extras) -> Panel:
    found = [replace(s, colour=theme.ACCENT) for s in split(sheet)]
    shown = found[:MOST]
    years = [r["year"] for s in shown for r in (*s.headlines, *s.rivals)]
    first, last = min(years), max(years)
    events = dated.within(extras.events, (first, last))
    there = [kind for s in shown for r in (*s.headlines, *s.rivals) for kind in kinds(r)]
    return Panel(
        sheet.unit,
        sheet.axis,
        _figure(sheet, shown, (first, last), events),
        keyed([*there, *(["event"] if events else [])]),
        _notes(sheet, len(shown), len(found)),
        events=events,
    )


def _notes(sheet: Sheet, shown: int, there: int) -> tuple[str, ...]:
    words = sheet.words
    said = [words.text("All have one scale, so that heights can be compared.")]
    if there > shown:
        said.append(
            words.text("{shown} of {all} are shown; the table has all.", shown=shown, all=there),
        )
    return tuple(said)


def split(sheet: Sheet) -> list[Series]:
    """The series, named by what tells them apart: the sector where there are several, else the area."""
    sectors = {r["sector"] for r in sheet.rows}
    areas = {r["ref_area"] for r in sheet.rows}
    if len(sectors) < 2:
        return [s for s in sheet.found if s.headlines]
    named = []
    for one in sheet.found:
        if one.headlines:
            sector = sheet.words.label("sector", one.headlines[0]["sector"])
            area = sheet.words.label("area", one.area)
            named.append(replace(one, name=f"{area}: {sector}" if len(areas) > 1 else sector))
    return named


def _figure(sheet: Sheet, found: Sequence[Series], years: tuple[int, int], events: Sequence[Any]) -> Figure:
    low, high = span(found, sheet.axis)
    traces: list[Trace] = []
    layout = theme.layout(sheet.words.language, height=0, left=46, right=8)
    layout["margin"] |= {"t": 6, "b": 8}
    base = {axis: layout.pop(f"{axis}axis") for axis in "xy"}
    base["x"] |= {"range": [years[0] - 0.8, years[1] + 0.8], "tickmode": "array", **_ends(years)}
    base["y"] |= {"range": [low, high], "tickformat": f",.{sheet.axis.decimals}~f", "nticks": 4}
    notes: list[Arrow] = []
    shapes: list[Arrow] = []
    for number, one in enumerate(found, 1):
        x, y = f"x{number}", f"y{number}"
        marks, arrows = strokes(one, sheet.axis, sheet.decimals)
        traces += [_small(mark) | {"xaxis": x, "yaxis": y} for mark in marks]
        notes += [arrow | {"xref": x, "yref": y} for arrow in arrows]
        notes += dated.numbers(events, years, x, y, HEADS)
        shapes += dated.rules(events, x, y)
    layout |= {"annotations": [*notes, *_names(found, LETTERS)], "shapes": shapes}
    narrow = {"annotations": [*notes, *_names(found, NARROW_LETTERS)]}
    return {
        "data": traces,
        "layout": layout | _grid(base, len(found), min(COLUMNS, len(found)), GAP),
        "narrow": {"layout": narrow | _grid(base, len(found), min(NARROW_COLUMNS, len(found)), NARROW_GAP)},
    }


def _names(found: Sequence[Series], letters: int) -> list[Arrow]:
    return [_name(shortened(one.name, letters), f"x{at}", f"y{at}") for at, one in enumerate(found, 1)]


def _small(mark: Trace) -> Trace:
    """A mark of a line chart, smaller."""
    if mark["mode"] != "markers":
        return mark
    sizes = [max(size - 3, 4) for size in mark["marker"]["size"]]
    return mark | {"marker": mark["marker"] | {"size": sizes}}


def _ends(years: tuple[int, int]) -> dict[str, Any]:
    """The first and the last year, and the middle one where there is room between."""
    first, last = years
    middle = [(first + last) // 2] if last - first >= FEWEST_TICKS else []
    ticks = list(dict.fromkeys([first, *middle, last]))
    return {"tickvals": ticks, "ticktext": [str(year) for year in ticks]}


def _name(name: str, x: str, y: str) -> dict[str, Any]:
    return {
        "xref": f"{x} domain",
        "yref": f"{y} domain",
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "yshift": 17,
        "text": f"<b>{escape(name)}</b>",
        "showarrow": False,
        "font": {"color": theme.INK, "size": theme.TEXT_SIZE},
    }


def _grid(base: dict[str, Any], count: int, columns: int, gap: float) -> dict[str, Any]:
    """The axes of all small charts in so many columns, and the height of the whole."""
    rows = -(-count // columns)
    height = TALL * rows
    layout: dict[str, Any] = {"height": height + 14}
    width = (1 - gap * (columns - 1)) / columns
    for at in range(count):
        row, column = divmod(at, columns)
        number = at + 1
        left, top = column * (width + gap), 1 - row / rows
        layout[f"xaxis{number}"] = base["x"] | {
            "domain": [left, min(left + width, 1)],
            "anchor": f"y{number}",
        }
        layout[f"yaxis{number}"] = base["y"] | {
            "domain": [max(top - 1 / rows + FOOT / height, 0), top - HEAD / height],
            "anchor": f"x{number}",
            "showticklabels": not column,
        }
    return layout
