"""Pictures by a warm browser, one after the other: the slowest of them, and whether one hangs.

CEI_PICTURES says how many, 100 if not set. None is measured where there is no Chromium.
"""

import os
import time
from collections.abc import Callable, Iterator

from bench.answers import PROCESSED
from bench.measure import Figure
from exports.pictures.browser import NoBrowser, Stopped, found
from exports.pictures.painter import Drawing, Painter
from exports.table import Table, table
from indicators.answer import answer
from indicators.catalogue import load
from indicators.query import Query
from indicators.store import Releases

PICTURES = 100
LONGEST = 10.0
"""Seconds for one picture."""
AREAS = ("KAZ", "UZB", "AZE", "KGZ", "TUR")


def figures() -> Iterator[Figure]:
    """The slowest PNG and the slowest SVG of so many in a row, each of another picture."""
    try:
        found()
    except NoBrowser:
        return
    store, catalogue = Releases(PROCESSED).current(), load()
    shown = table(answer(Query("exports_services", areas=AREAS), store, catalogue), store, catalogue)
    number = int(os.environ.get("CEI_PICTURES", PICTURES))
    painter = Painter(longest=LONGEST)
    try:
        painter.svg(_drawing(shown, 0))  # it is warm from here on
        for kind, paint in (("PNG at twice its size", painter.png), ("SVG", painter.svg)):
            taken = _taken(paint, shown, number)
            middle = sorted(taken)[len(taken) // 2]
            yield Figure(
                f"{kind} from a warm renderer, the slowest of {number:,} in a row", max(taken),
                no_more=LONGEST, note=f"half took at most {1000 * middle:.0f} ms",
            )  # fmt: skip
    finally:
        painter.close()


def _taken(paint: Callable[[Drawing], bytes], shown: Table, number: int) -> list[float]:
    """Seconds of each; infinite for one that had to be stopped."""
    taken = []
    for at in range(number):
        drawing = _drawing(shown, at)
        begun = time.perf_counter()
        try:
            paint(drawing)
            taken.append(time.perf_counter() - begun)
        except Stopped:
            taken.append(float("inf"))
    return taken


def _drawing(shown: Table, at: int) -> Drawing:
    """A line an area; its title says which picture it is."""
    lines = [
        {"type": "scatter", "mode": "lines+markers", "name": str(area), "x": part["year"].to_list(),
         "y": part["value"].to_list()}
        for (area,), part in shown.frame.filter("is_headline").group_by("ref_area", maintain_order=True)
    ]  # fmt: skip
    figure = {"data": lines, "layout": {"height": 540}}
    return Drawing(figure, f"{shown.title} {at}", shown.release)
