"""A chart on a page: a Plotly figure as plain data, drawn by assets/chart.js.

One function of that script draws every chart there is, on pages and on slides: it brings the Plotly
bundle that the figure needs, puts the colours of the reader's theme, and lets a mark open its passport.
"""

from typing import Any

from dash.development.base_component import Component

from dashboard import theme
from dashboard.wording import Wording


class Chart(Component):
    """One figure.

    Attributes:
        figure: a Plotly figure, `data` and `layout`; a mark with `customdata` opens that passport.
        config: of Plotly.
        says: what a reader who does not see it hears.
        className: of the element.
    """

    _children_props: list[str] = []  # noqa: RUF012  as Dash declares it
    _base_nodes = ["children"]  # noqa: RUF012
    _namespace = "site"
    _type = "Chart"

    def __init__(self, figure: Any = None, config: Any = None, says: str = "", className: str = "") -> None:  # noqa: N803
        self._prop_names = ["figure", "config", "says", "className"]
        self.available_properties = self._prop_names
        self._valid_wildcard_attributes: list[str] = []
        self.available_wildcard_properties: list[str] = []
        super().__init__(figure=figure, config=config, says=says, className=className)  # type: ignore[no-untyped-call]


def graph(words: Wording, figure: dict[str, Any], says: str) -> Chart:
    """The component that draws `figure` in the language of `words`."""
    return Chart(figure, theme.config(words.language), says, "chart")
