"""A control of a page, drawn by assets/choice.js: accessible lists, switches and lines of text.

The lists of Dash itself (4.4.1) are hidden from those who listen: what takes the focus there is an
input that says of itself that it is not there, and their options hold inputs of their own.
"""

from typing import Any

from dashboard.scripted import Scripted


class Choice(Scripted):
    """One control.

    Attributes:
        id: of the callback that writes the address.
        kind: list (the browser's own), search (a list with a field to search it), switch or line.
        name: the parameter it writes.
        title: its label.
        options: each with label and value, and perhaps search (further words by which it is found),
            group (the heading it stands under), note (what stands beside it), disabled.
        value: of the chosen option; a list of them with `multi`; None for none.
        multi: whether several can be chosen.
        clearable: whether none can be chosen.
        placeholder: what stands there while nothing is chosen.
        words: what it says of itself.
    """

    def __init__(self, id: Any, kind: str, **props: Any) -> None:
        super().__init__(id=id, kind=kind, **props)

    def __bool__(self) -> bool:
        """A control is there, though to Dash a component without children is empty."""
        return True
