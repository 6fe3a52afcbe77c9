"""Events of policy in a chart of years: thin upright lines with numbers, named in a list below it."""

from collections.abc import Sequence
from typing import Any

from dashboard import theme
from indicators.concepts.event import Event

HALF = 0.6
"""So far an axis reaches beyond its first and last year."""
NEAR = 0.5
"""Years between two events up to which their numbers stand on different heights."""
STEP = 15


def within(events: Sequence[Event], span: tuple[int, int]) -> tuple[Event, ...]:
    """The events that lie on an axis from one year to another, in order of time."""
    first, last = span
    kept = (e for e in events if first - HALF <= e.at <= last + HALF)
    return tuple(sorted(kept, key=lambda e: (e.at, e.code)))


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


def numbers(events: Sequence[Event], xaxis: str = "x", yaxis: str = "y") -> list[dict[str, Any]]:
    """The numbers at their heads, 1 first; of events close together one stands below the other."""
    made: list[dict[str, Any]] = []
    before, step = float("-inf"), 0
    for number, event in enumerate(events, 1):
        step = step + 1 if event.at - before < NEAR else 0
        before = event.at
        made.append(
            {
                "x": event.at,
                "y": 1,
                "xref": xaxis,
                "yref": f"{yaxis} domain",
                "yanchor": "top",
                "yshift": -STEP * step,
                "text": f"<b>{number}</b>",
                "showarrow": False,
                "bgcolor": theme.PAPER,
                "borderpad": 1,
                "font": {"color": theme.QUIET, "size": theme.SMALL_SIZE},
            }
        )
    return made
