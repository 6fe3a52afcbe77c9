"""Treemap: sectors of one area in one year, where they may be added; otherwise why they may not."""

from collections.abc import Sequence
from html import escape
from typing import Any

import polars as pl

from dashboard import theme
from dashboard.marks import Row, bound, hover
from dashboard.panel import Extras, Figure, Panel, Sheet, drawn, keyed, sheets
from dashboard.wording import Wording
from indicators.aggregate import MayNotBeAdded, add_sectors
from indicators.answer import Answer
from indicators.language import message
from indicators.sectors import CONTAINS, relation

HEIGHT = 460
FEWEST = 2


def refused(answer: Answer) -> str | None:
    """Why no year of this answer can be a treemap; None where one can."""
    rows = [r for r in drawn(answer, rivals=False) if r["freq"] == "A"]
    if len({r["ref_area"] for r in rows}) > 1:
        return message("a treemap shows one country: choose one")
    if len({r["sector"] for r in rows}) < FEWEST:
        return message("a treemap needs two sectors or more, and here is one")
    faults = [_fault(parts(rows, year)) for year in {r["year"] for r in rows}]
    return None if None in faults else next(f for f in faults if f)


def parts(rows: Sequence[Row], year: int) -> list[Row]:
    """The headlines of a year, without those that contain another one of them."""
    own = [r for r in rows if r["year"] == year and r["is_headline"]]
    codes = {r["sector"] for r in own}
    wholes = {c for c in codes if any(relation(c, o).kind == CONTAINS for o in codes if o != c)}
    return [r for r in own if r["sector"] not in wholes]


def _fault(own: Sequence[Row]) -> str | None:
    """Why these may not stand side by side; None where they may."""
    if len(own) < FEWEST:
        return message("a treemap needs two sectors or more, and here is one")
    if any(r["value"] is None or r["value"] < 0 for r in own):
        return message("a treemap needs one number for each sector, and one of them is a range")
    try:
        add_sectors(pl.DataFrame(list(own), infer_schema_length=None), same=())
    except MayNotBeAdded as fault:
        return f"a treemap adds sectors, and these may not be added: {fault.faults[0]}"
    return None


def panels(words: Wording, answer: Answer, extras: Extras) -> list[Panel]:
    """The treemap of one year: the one asked for, else the newest that can be drawn."""
    made = []
    for sheet in sheets(words, answer, rivals=False):
        rows = [r for r in sheet.rows if r["freq"] == "A"]
        years = tuple(y for y in sorted({r["year"] for r in rows}) if not _fault(parts(rows, y)))
        year = extras.year if extras.year in years else max(years, default=None)
        if year is not None:
            own = sorted(parts(rows, year), key=lambda r: -r["value"])
            made.append(_panel(sheet, own, year, years))
    return made


def _panel(sheet: Sheet, own: Sequence[Row], year: int, years: tuple[int, ...]) -> Panel:
    words = sheet.words
    total = add_sectors(pl.DataFrame(list(own), infer_schema_length=None), same=()).to_dicts()[0]
    total |= {"unit_measure": sheet.unit, "obs_status": total["obs_status"] or "A"}
    whole = sheet.axis.cell(total)
    said = words.text(
        "The parts add up to {figure} {unit} in {year}: a sum of what is shown, not a total that is stated.",
        figure=whole,
        unit=sheet.axis.title,
        year=year,
    )
    kinds = ["lettered"] if any(words.mark(r) for r in own) else []
    return Panel(sheet.unit, sheet.axis, _figure(sheet, own), keyed(kinds), (said,), year, None, years)


def _figure(sheet: Sheet, own: Sequence[Row]) -> Figure:
    words = sheet.words
    names = [words.label("sector", r["sector"]) for r in own]
    layout: dict[str, Any] = theme.layout(words.language, height=HEIGHT, left=0, right=0)
    for axis in ("xaxis", "yaxis"):
        del layout[axis]
    layout["margin"] = {"l": 0, "r": 0, "t": 0, "b": 0}
    layout["uniformtext"] = {"minsize": theme.SMALL_SIZE, "mode": "hide"}
    trace = {
        "type": "treemap",
        "ids": [r["figure_id"] for r in own],
        "labels": [escape(name) for name in names],
        "parents": [""] * len(own),
        "values": [sheet.axis.of(r["value"]) for r in own],
        "customdata": [r["figure_id"] for r in own],
        "text": [_written(sheet, r) for r in own],
        "hovertext": [hover(words, r, name, sheet.decimals) for r, name in zip(own, names, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "texttemplate": "<b>%{label}</b><br>%{text}",
        "textfont": {"size": theme.TEXT_SIZE, "color": theme.PAPER},
        "tiling": {"packing": "squarify", "pad": 3},
        "pathbar": {"visible": False},
        "root": {"color": "rgba(0,0,0,0)"},
        "marker": {
            "colors": [theme.colour(i) for i in range(len(own))],
            "line": {"width": 0},
            "pad": {"t": 0, "l": 0, "r": 0, "b": 0},
        },
    }
    return {"data": [trace], "layout": layout}


def _written(sheet: Sheet, row: Row) -> str:
    letters = "".join(letter for letter, _ in sheet.words.mark(row))
    arrow = " ▸" if bound(row) else ""
    return escape(sheet.axis.cell(row)) + arrow + (f"<sup>{letters}</sup>" if letters else "")
