"""Classes of values for maps and heatmaps: round limits with about as many figures in each."""

from bisect import bisect_right
from dataclasses import dataclass
from math import floor, log10
from typing import Any

from dashboard import theme
from dashboard.marks import ESTIMATED, Row, bound, ends
from dashboard.panel import Sheet
from dashboard.scales import Scale

ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""First digits of a limit."""


@dataclass(frozen=True)
class Classes:
    """Classes of one unit, the lowest first.

    Attributes:
        axis: the scale in which the limits are.
        limits: between the classes; a value that is a limit belongs to the class above it.
    """

    axis: Scale
    limits: tuple[float, ...]

    @property
    def count(self) -> int:
        """How many classes there are."""
        return len(self.limits) + 1

    def of(self, row: Row) -> int:
        """The class of a figure; of one without a value, that of its lowest known end."""
        return bisect_right(self.limits, self.axis.of(ends(row)[0]))

    @property
    def colours(self) -> list[str]:
        """One a class, from low to high."""
        last = len(theme.SEQUENTIAL) - 1
        return [theme.SEQUENTIAL[round(i * last / max(self.count - 1, 1))] for i in range(self.count)]

    @property
    def scale(self) -> list[list[Any]]:
        """The colour scale of Plotly, in steps."""
        n = self.count
        return [[(i + end) / n, c] for i, c in enumerate(self.colours) for end in (0, 1)]

    @property
    def span(self) -> dict[str, Any]:
        """What a trace says whose z is the class."""
        return {"zmin": -0.5, "zmax": self.count - 0.5, "colorscale": self.scale}

    def bar(self, **more: Any) -> dict[str, Any]:
        """The colour bar, with the limits written between the classes."""
        return {
            "orientation": "h",
            "thickness": 12,
            "outlinewidth": 0,
            "ticks": "",
            "x": 0,
            "xanchor": "left",
            "xpad": 0,
            "lenmode": "pixels",
            "len": 58 * self.count,
            "tickmode": "array",
            "tickvals": [i + 0.5 for i in range(len(self.limits))],
            "ticktext": [self.axis.words.number(limit) for limit in self.limits],
            "tickfont": {"size": theme.SMALL_SIZE, "color": theme.QUIET},
        } | more


def classes(sheet: Sheet) -> Classes:
    """The classes of all headlines of a sheet, in every year: a colour says the same in each."""
    values = sorted(sheet.axis.of(ends(r)[0]) for s in sheet.found for r in s.headlines)
    most = len(theme.SEQUENTIAL)
    wanted = [rounded(values[len(values) * i // most]) for i in range(1, most)]
    if values and values[0] < 0 < values[-1]:
        wanted[min(range(len(wanted)), key=lambda i: abs(wanted[i]))] = 0.0
    limits = sorted({limit for limit in wanted if values[0] < limit <= values[-1]})
    return Classes(sheet.axis, tuple(limits))


def rounded(value: float) -> float:
    """The nearest number with one or two digits of ROUND."""
    if not value:
        return 0.0
    power = floor(log10(abs(value)))
    first = abs(value) / 10.0**power
    nearest = min(ROUND, key=lambda digit: abs(digit - first))
    return float(f"{'-' if value < 0 else ''}{nearest}e{power}")


def unsure(row: Row) -> bool:
    """Whether a colour alone would say too much of a figure."""
    hedged = bool(bound(row)) or row["value"] is None or row["low"] != row["high"]
    return hedged or row["period_basis"] == "publication" or row["obs_status"] in (*ESTIMATED, "B")
