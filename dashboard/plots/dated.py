"""Events of policy in a chart of years: thin upright lines with numbers, named in a list below it."""

from collections.abc import Sequence
from typing import Any

from dashboard import theme
from dashboard.wording import Wording
from indicators.concepts.event import Event

HALF = 0.6
"""So far an axis reaches beyond its first and last year."""
NEAR = 0.03
"""Part of the width of an axis within which the numbers of two events are written as one."""


def within(events: Sequence[Event], span: tuple[int, int]) -> tuple[Event, ...]:
    """The events that lie on an axis from one year to another, in order of time."""
    first, last = span
    kept = (e for e in events if first - HALF <= e.at <= last + HALF)
    return tuple(sorted(kept, key=lambda e: (e.at, e.code)))


def said(words: Wording, event: Event) -> str:
    """An event in words: its name and its day, or the day of its publication where no other is known."""
    day = words.day(event.day)
    if event.day_basis == "publication":
        day = words.text("published {day}", day=day)
    return f"{words.label('event', event.code)}, {day}"


def rules(events: Sequence[Event], xaxis: str = "x", yaxis: str = "y") -> list[dict[str, Any]]:
    """The upright lines."""
    return [
        {
            "type": "line",
            "xref": xaxis,
            "yref": f"{yaxis} domain",
            "x0": e.at,
            "x1": e.at,
            "y0": 0,
            "y1": 1,
            "layer": "below",
            "line": {"color": theme.UNDECIDED, "width": 1, "dash": "dot"},
        }
        for e in events
    ]


def numbers(
    events: Sequence[Event], span: tuple[int, int], xaxis: str = "x", yaxis: str = "y", near: float = NEAR
) -> list[dict[str, Any]]:
    """The numbers above the lines, 1 first; those of events close together stand as one: 2, 3.

    Args:
        events: in order of time.
        span: first and last year of the axis.
        xaxis: the axis of years that they belong to.
        yaxis: the other one.
        near: part of the axis within which numbers would cover one another.
    """
    width = span[1] - span[0] + 2 * HALF
    groups: list[list[tuple[int, Event]]] = []
    for number, event in enumerate(events, 1):
        if groups and event.at - groups[-1][-1][1].at < near * width:
            groups[-1].append((number, event))
        else:
            groups.append([(number, event)])
    return [_number(group, xaxis, yaxis) for group in groups]


def _number(group: Sequence[tuple[int, Event]], xaxis: str, yaxis: str) -> dict[str, Any]:
    first, last = group[0][1].at, group[-1][1].at
    return {
        "x": (first + last) / 2,
        "y": 1,
        "xref": xaxis,
        "yref": f"{yaxis} domain",
        "yanchor": "bottom",
        "text": ", ".join(str(number) for number, _ in group),
        "showarrow": False,
        "borderpad": 0,
        "font": {"color": theme.QUIET, "size": theme.SMALL_SIZE},
    }
