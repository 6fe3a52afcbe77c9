"""How a figure is marked in a chart: what its shape says, and the words for it."""

from collections.abc import Iterator
from html import escape
from math import isinf
from typing import Any

from dashboard.wording import Wording, shortened
from indicators.language import message

Row = dict[str, Any]

ESTIMATED = ("E", "P")
FLOORS, CEILINGS = ("over", "at_least"), ("under", "up_to")
"""Hedges that leave an end open, even where a unit cannot fall below zero."""
UP, DOWN = 1, -1

KEY = {
    "stated": message("year stated by the source"),
    "unstated": message("year not stated: stands at the year of publication"),
    "estimated": message("estimated or provisional"),
    "bound": message("a lower bound: the figure is this or more"),
    "ceiling": message("an upper bound: the figure is this or less"),
    "about": message("about: the whisker is a tenth either way"),
    "range": message("a range; no value inside is preferred"),
    "break": message("break in the series"),
    "rival": message("rival claim"),
    "hatched": message("year not stated: stands at the year of publication"),
    "pale": message("a bound: the figure is more, or less, than the bar"),
    "years": message("the newest figure of each; their years differ"),
    "lettered": message("a letter beside a number: e estimated, p provisional, b break in the series"),
    "plan": message("planned"),
    "target": message("target"),
    "forecast": message("forecast"),
    "scenario": message("scenario"),
    "event": message("an event of policy, by its number in the list"),
    "earlier": message("the earlier year"),
    "later": message("the later year; it points where the figure went"),
    "undecided": message("grey: hedges or a break in the series leave open whether it rose or fell"),
    "sized": message("the area of a mark stands for a third figure"),
    "hedged": message("a ring: hedged, estimated or of a year not stated; its passport says which"),
    "absent": message("no figure"),
    "blank": message("no figure; it is not zero"),
}


def kinds(row: Row) -> Iterator[str]:
    """The kinds of marks with which a row is drawn."""
    if not row["is_headline"]:
        yield "rival"
        return
    if row["period_basis"] == "publication":
        yield "unstated"
    elif row["obs_status"] in ESTIMATED:
        yield "estimated"
    elif row["low"] == row["high"]:
        yield "stated"
    if row["obs_status"] == "B":
        yield "break"
    if bound(row):
        yield "bound" if bound(row) == UP else "ceiling"
    elif row["value"] is None:
        yield "range"
    elif row["low"] != row["high"]:
        yield "about"


def bound(row: Row) -> int:
    """UP where the figure is this or more, DOWN where it is this or less, 0 where both ends are known."""
    if isinf(row["high"]) or row["hedge"] in FLOORS:
        return UP
    return DOWN if isinf(row["low"]) or row["hedge"] in CEILINGS else 0


def ends(row: Row) -> list[float]:
    """The finite numbers of a row: its value, or the ends of its interval."""
    if row["value"] is not None:
        return [row["value"]]
    return [end for end in (row["low"], row["high"]) if not isinf(end)]


def whiskered(row: Row) -> bool:
    """Whether a figure has a value strictly within an interval of two known ends."""
    return row["value"] is not None and not bound(row) and row["low"] != row["high"]


def upper(row: Row) -> float:
    """The highest number of a row that is known."""
    return float(row["high"]) if not isinf(row["high"]) else ends(row)[0]


def symbol(row: Row) -> str:
    """The Plotly symbol of a row: shape for the period and the status, open for a bound."""
    shape = "circle"
    if row["period_basis"] == "publication":
        shape = "diamond"
    elif row["obs_status"] in ESTIMATED:
        shape = "square"
    return f"{shape}-open" if bound(row) else shape


def hover(words: Wording, row: Row, name: str, decimals: int | None = None) -> str:
    """What a mark says when pointed at; escaped, for the words are those of sources."""
    rival = "" if row["is_headline"] else words.text("rival")
    said = [words.period(row), words.basis(row), words.status(row), rival]
    rivals = words.rivals(row["rivals"]) if row["rivals"] else ""
    source = " · ".join(s for s in (shortened(words.publisher(row["publisher"] or ""), 46), rivals) if s)
    return (
        f"{escape(name)}<br><b>{escape(words.figure(row, decimals))}</b><br>"
        f"{escape(', '.join(s for s in said if s))}<br>{escape(source)}"
    )
