"""A chart on a page: a Plotly figure as plain data, drawn by assets/chart.js.

One function of that script draws every chart there is, on pages and on slides: it brings the Plotly
bundle that the figure needs, puts the colours of the reader's theme, and lets a mark open its passport.
"""

from typing import Any

from dashboard import theme
from dashboard.scripted import Scripted
from dashboard.wording import Wording


class Chart(Scripted):
    """One figure.

    Attributes:
        figure: a Plotly figure, `data` and `layout`; a mark with `customdata` opens that passport.
        config: of Plotly.
        says: what a reader who does not see it hears.
        className: of the element.
    """

    def __init__(self, figure: Any = None, config: Any = None, says: str = "", className: str = "") -> None:  # noqa: N803
        super().__init__(figure=figure, config=config, says=says, className=className)


def graph(words: Wording, figure: dict[str, Any], says: str) -> Chart:
    """The component that draws `figure` in the language of `words`."""
    return Chart(figure, theme.config(words.language), says, "chart")
