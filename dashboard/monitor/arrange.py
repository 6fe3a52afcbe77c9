"""Arranging a board: every step is an address, so that the keyboard, the back button and a link all do it.

Dragging (assets/monitor.js) leads to the same addresses; boards under a name are kept in the browser.
"""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import links
from dashboard.monitor.asked import ALL, SEPARATOR, YES, Asked, place_id
from dashboard.route import View
from dashboard.scripted import Scripted
from dashboard.wording import Wording
from indicators.board import Board, Kpi


class Boards(Scripted):
    """The boards that this browser keeps; drawn by assets/monitor.js.

    Attributes:
        words: the texts of the list, by their key there.
        language: value of `lang` that the addresses get; empty for the usual one.
        suggested: the name under which this board would be kept.
    """

    def __init__(self, words: Any = None, language: str = "", suggested: str = "") -> None:
        super().__init__(words=words, language=language, suggested=suggested)


def boards(view: View, asked: Asked) -> Boards:
    """The list of boards, in the language of the page."""
    words = view.words
    said = {
        "title": words.text("Boards"),
        "name": words.text("Name of this board"),
        "save": words.text("Keep"),
        "none": words.text("No board is kept in this browser yet."),
        "rename": words.text("Rename"),
        "delete": words.text("Delete"),
        "copy": words.text("Copy its link"),
        "copied": words.text("The link is copied."),
        "saved": words.text("The board is kept in this browser."),
        "replaced": words.text("The board of that name is replaced."),
        "deleted": words.text("The board is deleted."),
        "undo": words.text("Undo"),
        "unable": words.text("This browser keeps nothing: copy the address of the page instead."),
        "taken": words.text("Another board has that name."),
    }
    return Boards(said, view.language, words.label("area", asked.area))


def toolbar(view: View, asked: Asked, places: Sequence[Kpi | str]) -> html.Div:
    """The way into arranging and out of it, back to what is usual, and the boards that are kept."""
    words = view.words
    ways: list[Component] = []
    if asked.arrange:
        ways.append(dcc.Link(words.text("Done"), href=_address(view, arrange=""), className="button primary"))
    else:
        order = SEPARATOR.join(place_id(place) for place in places)
        way = _address(view, arrange=YES, board=order, show="")
        ways.append(dcc.Link(words.text("Arrange"), href=way, className="button"))
    if asked.ids is not None:
        ways.append(
            dcc.Link(words.text("Usual board"), href=_address(view, board="", arrange=""), className="button")
        )
    return html.Div([*ways, boards(view, asked)], className="board-tools")


def tools(view: View, ids: Sequence[str], place: int, name: str) -> html.P:
    """What moves or removes the place of a board that is being arranged."""
    words = view.words
    one = ids[place]
    rest = [*ids[:place], *ids[place + 1 :]]
    earlier = [*rest[: max(place - 1, 0)], one, *rest[max(place - 1, 0) :]]
    later = [*rest[: place + 1], one, *rest[place + 1 :]]
    steps = [
        (words.text("Move earlier: {name}", name=name), "earlier", earlier if place else None),
        (words.text("Move later: {name}", name=name), "later", later if place < len(ids) - 1 else None),
        (words.text("Remove: {name}", name=name), "remove", rest),
    ]
    grip = html.Span(className="grip", title=words.text("Drag to move"))
    return html.P([grip, *(_step(view, *step) for step in steps)], className="arrange")


def _step(view: View, says: str, kind: str, order: Sequence[str] | None) -> Component:
    if not order:
        return html.Span(className=f"step {kind} off")
    name = html.Span(says, className="unseen")
    return dcc.Link(name, href=_ordered(view, order), className=f"step {kind}", title=says)


def more(view: View, board: Board, ids: Sequence[str], title: dict[str, str]) -> html.Section | None:
    """What could stand on the board and does not, each as the step that adds it."""
    words = view.words
    left = [kpi.id for kpi in board.kpis if kpi.id not in ids]
    if not left:
        return None
    items = [
        html.Li(
            dcc.Link(
                title[one],
                href=_ordered(view, [*ids, one]),
                className="pick",
                title=words.text("Add: {name}", name=title[one]),
            )
        )
        for one in left
    ]
    return html.Section(
        [html.H2(words.text("Add to the board")), html.Ul(items, className="picks")], className="to-add"
    )


def spoken(words: Wording, name: str, place: int, n: int) -> str:
    """What a place is called aloud."""
    return words.text(
        "{name}, place {place} of {n}", name=name, place=words.number(place + 1), n=words.number(n)
    )


def unfiltered(view: View) -> str:
    """The same board with all that stands on it."""
    return _address(view, show="")


def _ordered(view: View, order: Sequence[str]) -> str:
    return _address(view, board=SEPARATOR.join(order), arrange=YES, show="")


def _address(view: View, **given: str) -> str:
    kept = {**view.parameters, **given}
    kept.pop("indicator", None)
    if kept.get("show") == ALL:
        kept.pop("show")
    return view.links.address(links.MONITOR, kept)
