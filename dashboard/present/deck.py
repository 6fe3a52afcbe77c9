"""The decks of a reader, as a part of a page: drawn by assets/present-*.js, kept by the browser."""

from typing import Any

from dashboard.scripted import Scripted


class Deck(Scripted):
    """All decks of this browser.

    Attributes:
        told: what present.spoken says: words, languages, formats of charts, the current release.
    """

    def __init__(self, told: Any = None) -> None:
        super().__init__(told=told)
