"""Values written into a chart: on a slide nothing waits for a pointer."""

from collections.abc import Sequence
from html import escape
from typing import Any

from dashboard.marks import ends
from dashboard.scales import Scale
from dashboard.series import Series

Figure = dict[str, Any]

FEW = 12
"""So many marks of a lone series each have their number; of more, only the ends."""
LETTER = 13
"""Pixels that a letter of a label takes on the stage, on average."""
WIDEST = 620


def labelled(figure: Figure, found: Sequence[Series], axis: Scale) -> Figure:
    """A chart by year with the newest number of each series beside its name.

    Args:
        figure: in the sizes of the stage; changed in place.
        found: the series that it draws.
        axis: how its axis is written; the labels are written as the cells of its table are.

    Returns:
        The figure; unchanged where it has no labels at the ends of lines, for its own marks carry
        their numbers then.
    """
    ends = [note for note in figure["layout"].get("annotations", ()) if _at_end(note)]
    for note in ends:
        note["text"] = _with_value(note["text"], found, axis)
    if ends:
        longest = max(len(_plain(note["text"])) for note in ends)
        figure["layout"]["margin"]["r"] = min(WIDEST, 40 + LETTER * longest)
        if len(found) == 1:
            _number_marks(figure, found[0], axis)
    return figure


def _at_end(note: dict[str, Any]) -> bool:
    """Whether a note is the name at the end of a line, and not the title of an axis that ends there."""
    stands = note.get("xref") == "paper" and note.get("x") == 1 and note.get("xanchor") != "right"
    return stands and not note.get("showarrow", True)


def _with_value(text: str, found: Sequence[Series], axis: Scale) -> str:
    """The name of a series, the year where it ends before the others do, and its newest number."""
    named = [s for s in found if s.headlines and text.startswith(escape(s.name))]
    if not named:
        return text
    one = max(named, key=lambda s: len(s.name))
    row, name = one.headlines[-1], escape(one.name)
    year = f" ({row['year']})" if text != name else ""
    return f"{name}{year} <b>{escape(axis.cell(row))}</b>"


def _number_marks(figure: Figure, one: Series, axis: Scale) -> None:
    """Each mark of a lone series with its number, or the first alone where they are many."""
    rows = {r["figure_id"]: r for r in one.headlines}
    shown = set(rows) if len(rows) <= FEW else {one.headlines[0]["figure_id"]}
    shown.discard(one.headlines[-1]["figure_id"])
    for trace in figure["data"]:
        ids = trace.get("customdata")
        if trace.get("mode") == "markers" and ids and trace.get("opacity", 1) == 1:
            trace["mode"] = "markers+text"
            trace["text"] = [escape(axis.cell(rows[i])) if i in shown else "" for i in ids]
            trace["textposition"] = [_side(one, i) for i in ids]


def _side(one: Series, figure_id: str) -> str:
    """Where the number of a mark stands: under it in a valley, where the line leaves no room above."""
    heights = [ends(r)[-1] for r in one.headlines]
    at = next(i for i, r in enumerate(one.headlines) if r["figure_id"] == figure_id)
    around = heights[max(at - 1, 0) : at] + heights[at + 1 : at + 2]
    return "bottom center" if around and all(h > heights[at] for h in around) else "top center"


def _plain(text: str) -> str:
    return text.replace("<b>", "").replace("</b>", "")
