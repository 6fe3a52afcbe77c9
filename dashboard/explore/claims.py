"""Every figure of an answer, one claim a row, in a grid that sorts, filters, pins and selects."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import figures
from dashboard.explore import answering
from dashboard.explore.answering import Found
from dashboard.grid import cell, column, grid
from dashboard.route import View
from dashboard.wording import KINDS, Wording
from indicators.concepts.observation import OBSERVED
from indicators.store import Store

Row = dict[str, Any]
MOST_ROWS = 1000
"""More are not brought to the browser at once: it is said how many there are, and how to see them."""


def all_figures(view: View, store: Store, found: Found) -> list[Component]:
    """The grid of all claims, the newest first, and a sentence where it does not hold them all."""
    words = view.words
    rows = sorted(found.listed.rows, key=lambda r: (-(r["year"] or 0), r["ref_area"]))
    aims = _aims(words, answering.plans(found.answer, store, every=True))
    name = words.text("All figures of the answer")
    shown = [_line(words, r, aims, found.indicator.decimals) for r in rows[:MOST_ROWS]]
    made: list[Component] = [grid(words, _columns(words, rows, aims), shown, name)]
    if len(rows) > MOST_ROWS:
        text = words.text(
            "The newest {shown} of {all} figures. For the others choose countries, or years up to {year}.",
            shown=words.number(MOST_ROWS),
            all=words.number(len(rows)),
            year=rows[MOST_ROWS]["year"],
        )
        made.insert(0, html.P(text, className="quiet"))
    return made


def _columns(words: Wording, rows: Sequence[Row], aims: Mapping[str, Row]) -> list[dict[str, Any]]:
    """The columns; partner, sex and target only where there is one."""
    partners = any(words.partner(r["counterpart_area"]) for r in rows)
    sexes = any(r["sex"] != "_T" for r in rows)
    listed = [
        column("area", words.text("Area"), keep=True, width=170),
        column("period", words.text("Period"), width=130),
        column("figure", words.text("Figure"), number=True, width=190),
        column("stands", words.text("Stands as"), width=120),
        column("sector", words.text("Sector"), width=190),
        column("partner", words.text("Partner"), width=150) if partners else None,
        column("sex", words.text("Sex"), width=110) if sexes else None,
        column("hedge", words.text("Hedge"), width=120),
        column("low", words.text("Low"), number=True, width=150),
        column("high", words.text("High"), number=True, width=150),
        column("unit", words.text("Unit"), width=140),
        column("status", words.text("Status"), width=150),
        column("rivals", words.text("Rivals"), number=True, width=100),
        column("target", words.text("Plans and targets"), number=True, width=210) if aims else None,
        column("publisher", words.text("Stated by"), width=220),
        column("source", words.text("Source"), width=260),
        column("published", words.text("Published"), width=150),
        column("id", words.text("Figure id"), width=150),
    ]
    return [c for c in listed if c is not None]


def _line(words: Wording, row: Row, aims: Mapping[str, Row], decimals: int) -> dict[str, Any]:
    """One claim; texts as they are read, numbers with what they are sorted by."""
    letters = "".join(letter for letter, _ in words.mark(row))
    says = words.text("Open its passport") if row["figure_id"] else ""
    aim = aims.get(_key(row))
    target = {"target": aim} if aim else {}
    return {
        "area": words.label("area", row["ref_area"]),
        "period": words.period(row),
        "figure": cell(_middle(row), words.figure(row, decimals), row["figure_id"] or "", says, letters),
        "stands": _stands(words, row),
        "sector": words.label("sector", row["sector"]),
        "partner": words.partner(row["counterpart_area"]),
        "sex": words.label("sex", row["sex"]),
        "hedge": words.label("hedge", row["hedge"]) if row["hedge"] else "",
        "low": _end(words, row, "low"),
        "high": _end(words, row, "high"),
        "unit": words.label("unit", row["unit_measure"]),
        "status": words.status(row),
        "rivals": cell(row["rivals"], str(row["rivals"] or "")),
        **target,
        "publisher": figures.publisher(words, row) if row["publisher"] else words.text("made of its members"),
        "source": words.title(row) if row["title"] else "",
        "published": words.day(row["published_on"]),
        "id": row["figure_id"] or "",
    }


def _middle(row: Row) -> float | None:
    """What a figure is sorted by: its value, else the end of its interval that is known."""
    ends = [row[end] for end in ("value", "low", "high") if row[end] is not None]
    return next((e for e in ends if abs(e) != float("inf")), None)


def _end(words: Wording, row: Row, end: str) -> dict[str, Any]:
    """One end of the interval of a figure that has two; an open one is a sign that sorts at its side."""
    value = row[end]
    if value is None or row["low"] == row["high"]:
        return cell(None, "")
    if abs(value) == float("inf"):
        return cell(None, "∞" if value > 0 else "−∞")
    return cell(value, words.precise(value, row["unit_measure"]))


def _stands(words: Wording, row: Row) -> str:
    if row["origin"]:
        return words.text("sum of members")
    return words.text("headline") if row["is_headline"] else words.text("rival")


def _aims(words: Wording, plans: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """Area, sector and unit → the last of its plans and targets, to stand beside its figures."""
    made = {}
    for row in plans:
        figure = {**row, "value": row["obs_value"], "low": row["obs_low"], "high": row["obs_high"]}
        kind = "" if row["kind"] == OBSERVED else words.text(KINDS[row["kind"]])
        text = f"{words.figure(figure)}, {words.period(figure)} ({kind})"
        value = None if row["obs_value"] is None else float(row["obs_value"])
        made[_key(row)] = cell(value, text, row["figure_id"], words.text("Open its passport"))
    return made


def _key(row: Row) -> str:
    return f"{row['ref_area']} {row['sector']} {row['unit_measure']}"
