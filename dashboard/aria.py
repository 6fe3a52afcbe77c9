"""Names for readers who listen: attributes that Dash takes as they are."""

from typing import Any

from dash import dcc


def named(words: str) -> dict[str, Any]:
    """The attribute that names an element aloud."""
    return {"aria-label": words}


def aria(**said: str) -> dict[str, Any]:
    """Attributes for readers who listen: disabled="true" becomes aria-disabled."""
    return {f"aria-{name}": value for name, value in said.items()}


def link(children: Any, href: str, css: str = "", title: str = "", **said: str) -> dcc.Link:
    """A link of this site with attributes for readers who listen: current="true" becomes aria-current."""
    made = dcc.Link(children, href=href, className=css)
    if title:
        setattr(made, "title", title)  # noqa: B010  Dash keeps it without declaring it
    made._valid_wildcard_attributes = ["aria-"]
    for name, value in said.items():
        setattr(made, f"aria-{name}", value)
    return made
