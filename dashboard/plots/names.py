"""Names beside marks, each where it covers neither another name nor another mark."""

from collections.abc import Sequence
from dataclasses import dataclass

LETTER, LINE = 7.0, 16.0
"""Width of a letter and height of a line, in pixels."""
GAP = 4.0

Centre = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, right, bottom, top."""


@dataclass(frozen=True)
class Spot:
    """Where a name stands beside its mark, in the terms of a Plotly annotation."""

    xanchor: str
    yanchor: str
    xshift: float
    yshift: float


def spotted(
    centres: Sequence[Centre], radii: Sequence[float], names: Sequence[str], width: float
) -> list[Spot | None]:
    """A place for each name: right, left, above or below its mark; None where all four are taken.

    Args:
        centres: of the marks, in pixels from the lower left.
        radii: of the marks.
        names: beside them; the first come first.
        width: of the plot; no name runs over its edge.
    """
    taken = [_around(c, r, r) for c, r in zip(centres, radii, strict=True)]
    made: list[Spot | None] = []
    for at, (centre, radius, name) in enumerate(zip(centres, radii, names, strict=True)):
        others = [box for i, box in enumerate(taken) if i != at]
        spot = None
        for candidate, box in _candidates(centre, radius, len(name) * LETTER):
            if box[0] >= -GAP and box[1] <= width + GAP and not any(_meet(box, other) for other in others):
                spot = candidate
                taken.append(box)
                break
        made.append(spot)
    return made


def _candidates(centre: Centre, radius: float, long: float) -> list[tuple[Spot, Box]]:
    x, y = centre
    away, half = radius + GAP, LINE / 2
    return [
        (Spot("left", "middle", away, 0), (x + away, x + away + long, y - half, y + half)),
        (Spot("right", "middle", -away, 0), (x - away - long, x - away, y - half, y + half)),
        (Spot("center", "bottom", 0, away), (x - long / 2, x + long / 2, y + away, y + away + LINE)),
        (Spot("center", "top", 0, -away), (x - long / 2, x + long / 2, y - away - LINE, y - away)),
    ]


def _around(centre: Centre, wide: float, tall: float) -> Box:
    x, y = centre
    return (x - wide, x + wide, y - tall, y + tall)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]
