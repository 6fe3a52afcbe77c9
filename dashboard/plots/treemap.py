"""Treemap: sectors of one area in one year, where they may be added; otherwise why they may not."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import Any

import polars as pl

from dashboard import theme
from dashboard.marks import Row, bound, hover
from dashboard.panel import Extras, Figure, Panel, Sheet, Trace, drawn, keyed, sheets
from dashboard.wording import Wording
from indicators.aggregate import MayNotBeAdded, add_sectors, overlaps
from indicators.answer import Answer
from indicators.concepts.codelist import codelist
from indicators.language import NBSP, message
from indicators.sectors import CONTAINS, relation

HEIGHT = 460
FEWEST, FEW = 2, 6
LINE = 18
"""Letters of a line of a name."""


def refused(answer: Answer) -> str | None:
    """Why no year of this answer can be a treemap; None where one can."""
    rows = [r for r in drawn(answer, rivals=False) if r["freq"] == "A"]
    if len({r["ref_area"] for r in rows}) > 1:
        return message("a treemap shows one country: choose one")
    if len({r["sector"] for r in rows}) < FEWEST:
        return message("a treemap needs two sectors or more, and here is one")
    faults = []
    for year in sorted({r["year"] for r in rows}, reverse=True):
        own = parts(rows, year)
        faults.append(_fault(own) or _unsummed(own))
        if faults[-1] is None:
            return None
    return faults[0]


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
    meeting = next(iter(overlaps(r["sector"] for r in own)), None)
    if meeting:
        pair = f"{meeting.one} and {meeting.other}"
        return f"a treemap adds sectors, and {pair} overlap, or nobody says that they do not"
    return None


def _unsummed(own: Sequence[Row]) -> str | None:
    """Why their sum may not be made; None where it may."""
    try:
        _sum(own)
    except MayNotBeAdded as fault:
        return f"a treemap adds sectors, and these figures may not be added: {fault.faults[0]}"
    return None


def _sum(own: Sequence[Row]) -> Row:
    return add_sectors(pl.DataFrame(list(own), infer_schema_length=None), same=()).to_dicts()[0]


def panels(words: Wording, answer: Answer, extras: Extras) -> list[Panel]:
    """The treemap of one year: the one asked for, else the newest that can be drawn."""
    made = []
    for sheet in sheets(words, answer, rivals=False):
        rows = [r for r in sheet.rows if r["freq"] == "A"]
        years = tuple(y for y in sorted({r["year"] for r in rows}) if not _fault(parts(rows, y)))
        year = extras.year if extras.year in years else max(years, default=None)
        if year is not None and not _unsummed(parts(rows, year)):
            own = sorted(parts(rows, year), key=lambda r: -r["value"])
            made.append(_panel(sheet, own, year, years))
    return made


def _panel(sheet: Sheet, own: Sequence[Row], year: int, years: tuple[int, ...]) -> Panel:
    words = sheet.words
    total = _sum(own)
    total |= {"unit_measure": sheet.unit, "obs_status": total["obs_status"] or "A"}
    said = words.text(
        "The parts add up to {figure} in {year}: a sum of what is shown, not a total that is stated.",
        figure=words.figure(total),
        year=year,
    )
    small = words.text("Names without room beside their mark are left out; the mark says them.")
    notes = (said, *_silent(sheet, own, year), *([small] if len(own) > FEW else []))
    kinds = ["lettered"] if any(words.mark(r) for r in own) else []
    return Panel(sheet.unit, sheet.axis, _figure(sheet, own), keyed(kinds), notes, year=year, years=years)


def _silent(sheet: Sheet, own: Sequence[Row], year: int) -> tuple[str, ...]:
    """The sectors that have figures, but none of this year, in words."""
    there = {r["sector"] for r in parts(sheet.rows, year)}
    every = {r["sector"] for y in {r["year"] for r in sheet.rows} for r in parts(sheet.rows, y)}
    wholes = {r["sector"] for r in sheet.rows if r["year"] == year} | there
    silent = sorted(sheet.words.label("sector", s) for s in every - wholes)
    if not silent:
        return ()
    sentence = message("Not in it, for there is no figure of {year}: {sectors}.")
    return (sheet.words.text(sentence, year=year, sectors=", ".join(silent)),)


def branches(codes: Sequence[str]) -> dict[str, str]:
    """Each sector → the part of their common whole to which it belongs, itself where it is one.

    Only parts that hold several of the sectors and not all are branches.
    """
    chains = {code: _above(code) for code in codes}
    common = set.intersection(*(set(chain) for chain in chains.values()))
    found = {}
    for code, chain in chains.items():
        below = [sector for sector in chain if sector not in common]
        found[code] = below[-1] if below else code
    return found


def _above(code: str) -> list[str]:
    """A sector and those that it is part of, from below."""
    chain = [code]
    while parent := codelist("sector")[chain[-1]]["parent"]:
        chain.append(parent)
    return chain


def _figure(sheet: Sheet, own: Sequence[Row]) -> Figure:
    words = sheet.words
    layout: dict[str, Any] = theme.layout(words.language, height=HEIGHT, left=0, right=0)
    for axis in ("xaxis", "yaxis"):
        del layout[axis]
    layout["margin"] = {"l": 0, "r": 0, "t": 0, "b": 0}
    layout["uniformtext"] = {"minsize": theme.SMALL_SIZE, "mode": "hide"}
    return {"data": [_boxes(sheet, own)], "layout": layout, "narrow": {"layout": {"height": HEIGHT + 80}}}


def _boxes(sheet: Sheet, own: Sequence[Row]) -> Trace:
    """A box a sector within the box of its branch; a branch has no number of its own, for it is a sum."""
    branch = branches([r["sector"] for r in own])
    names = list(dict.fromkeys(branch[r["sector"]] for r in own))
    heads = [name for name in names if name not in {r["sector"] for r in own}]
    colour = {name: theme.colour(at) for at, name in enumerate(names)}
    label = [sheet.words.label("sector", code) for code in (*heads, *(r["sector"] for r in own))]
    named = [f"<b>{NBSP}{escape(t)}</b>" for t in label[: len(heads)]]
    named += [_wrapped(t) for t in label[len(heads) :]]
    said = [hover(sheet.words, r, label[len(heads) + i], sheet.decimals) for i, r in enumerate(own)]
    return {
        "type": "treemap",
        "branchvalues": "remainder",
        "ids": [*heads, *(r["figure_id"] for r in own)],
        "labels": named,
        "parents": ["" for _ in heads] + [_parent(branch[r["sector"]], heads) for r in own],
        "values": [0] * len(heads) + [sheet.axis.of(r["value"]) for r in own],
        "customdata": [None] * len(heads) + [r["figure_id"] for r in own],
        "text": [""] * len(heads) + [_written(sheet, r) for r in own],
        "hovertext": [*(escape(text) for text in label[: len(heads)]), *said],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "texttemplate": ["%{label}"] * len(heads) + ["<b>%{label}</b><br>%{text}"] * len(own),
        "textfont": {"size": theme.TEXT_SIZE, "color": theme.PAPER},
        "tiling": {"packing": "squarify", "pad": 0},
        "pathbar": {"visible": False},
        "root": {"color": "rgba(0,0,0,0)"},
        "marker": {
            "colors": [colour[h] for h in heads] + [colour[branch[r["sector"]]] for r in own],
            "line": {"width": 1, "color": theme.PAPER},
            "pad": {"t": 26, "l": 0, "r": 0, "b": 0},
        },
    }


def _wrapped(text: str) -> str:
    """A name in short lines, so that it stands in a narrow box."""
    return "<br>".join(escape(line) for line in wrap(text, LINE, break_long_words=False))


def _parent(branch: str, heads: Sequence[str]) -> str:
    return branch if branch in heads else ""


def _written(sheet: Sheet, row: Row) -> str:
    letters = "".join(letter for letter, _ in sheet.words.mark(row))
    arrow = " ▸" if bound(row) else ""
    return escape(sheet.axis.cell(row)) + arrow + (f"<sup>{letters}</sup>" if letters else "")
