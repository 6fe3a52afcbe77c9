"""The decks of a reader, as a part of a page: drawn by assets/present-*.js, kept by the browser."""

from typing import Any

from dash.development.base_component import Component


class Deck(Component):
    """All decks of this browser.

    Attributes:
        told: what present.spoken says: words, languages, formats of charts, the current release.
    """

    _children_props: list[str] = []  # noqa: RUF012  as Dash declares it
    _base_nodes = ["children"]  # noqa: RUF012
    _namespace = "site"
    _type = "Deck"

    def __init__(self, told: Any = None) -> None:
        self._prop_names = ["told"]
        self.available_properties = ["told"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_wildcard_properties: list[str] = []
        super().__init__(told=told)  # type: ignore[no-untyped-call]
