"""What the head of the site holds besides its links: undo, colours, the word when the server is away."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.aria import named
from dashboard.wording import Wording
from indicators.language import message

CHOICES = {"": message("As the system"), "light": message("Light"), "dark": message("Dark")}
"""Value of data-theme and of the cookie → its name."""


def tools(words: Wording) -> list[Component]:
    """Undo, the choice of colours, and what is hidden until it is needed (assets/shell.js shows it)."""
    undo = words.text("Undo the last change (Ctrl+Z)")
    keys = words.text("Arrow keys move over the points, Enter opens the passport of a figure.")
    return [
        html.Button(words.text("Undo"), type="button", className="undo", title=undo),
        _themes(words),
        html.Span(keys, className="chart-keys heard"),
        html.Div(
            [
                html.Span(
                    words.text("The server cannot be reached. What you see stays as it was."),
                    className="unreachable-says",
                ),
                html.Span(words.text("This part of the page could not be drawn."), className="part-says"),
                html.Button(words.text("Try again"), type="button", className="again plain"),
            ],
            className="unreachable-bar",
            role="alert",
        ),
        html.Div(className="progress", role="progressbar", **named(words.text("The page is on its way"))),
    ]


def _themes(words: Wording) -> html.Details:
    title = words.text("Colours")
    choices = [_choice(words.text(name), {"data-choice": value}) for value, name in CHOICES.items()]
    return html.Details(
        [html.Summary(html.Span(className="half"), title=title, **named(title)), html.Ul(choices)],
        className="menu themes",
    )


def _choice(name: str, chosen: dict[str, Any]) -> html.Li:
    return html.Li(html.Button(name, type="button", **chosen))


def skeleton() -> Any:
    """The shape of a page that is on its way."""
    return html.Div([html.I(className=name) for name in ("title", "", "", "drawing")], className="skeleton")
