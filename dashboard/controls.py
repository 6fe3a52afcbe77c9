"""Controls write the address; the address makes the page. One callback serves them all."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.dependencies import ALL

from dashboard import wording
from dashboard.aria import named
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.store import Store

USUAL = {"currency": "as_reported", "chart": "line", "sex": "_T"}
"""What is usual is left out of the address."""
FORGETS = {"indicator": "sector"}
"""A new indicator has sectors of its own."""

Options = Sequence[Mapping[str, str]]


def one_of(name: str, title: str, options: Options, value: str | None, *, search: bool = False) -> html.Div:
    """A list to choose one from."""
    control = dcc.Dropdown(
        id=_id(name),
        options=list(options),
        value=value,
        clearable=False,
        searchable=search,
        maxHeight=420,
        optionHeight="auto",
    )
    return _titled(name, title, control)


def optional(name: str, title: str, options: Options, value: str | None, placeholder: str) -> html.Div:
    """A list to choose one from, or none."""
    control = dcc.Dropdown(
        id=_id(name), options=list(options), value=value, clearable=True, placeholder=placeholder
    )
    return _titled(name, title, control)


def some_of(name: str, title: str, options: Options, values: Sequence[str]) -> html.Div:
    """A list to choose several from."""
    control = dcc.Dropdown(
        id=_id(name),
        options=list(options),
        value=list(values),
        multi=True,
        searchable=True,
        debounce=True,
        maxHeight=420,
        closeOnSelect=False,
        placeholder="Choose countries",
    )
    return _titled(name, title, control)


def switch(name: str, title: str, options: Options, value: str) -> html.Div:
    """Two or three choices side by side."""
    control = dcc.RadioItems(
        id=_id(name), options=list(options), value=value, inline=True, className="switch"
    )
    return _titled(name, title, control)


def text(name: str, title: str, value: str, placeholder: str) -> html.Div:
    """A line of text; it counts when it is left or entered."""
    control = dcc.Input(id=_id(name), value=value, placeholder=placeholder, type="search", debounce=True)
    return _titled(name, title, control)


def _id(name: str) -> dict[str, str]:
    """The id says all that the address needs to know of a control."""
    return {"control": name, "usual": USUAL.get(name, ""), "forgets": FORGETS.get(name, "")}


def _titled(name: str, title: str, control: Any) -> html.Div:
    return html.Div(
        [html.Span(title, className="control-title"), control],
        className=f"control control-{name}",
        role="group",
        **named(title),
    )


def area_options(
    store: Store, kinds: Sequence[str] = ("country", "group", "former", "set")
) -> list[dict[str, str]]:
    """Areas with figures, groups first, then by name."""
    held = set(store.ask("coverage")["ref_area"].to_list())
    rows = [(code, codelist("area")[code]["kind"]) for code in held]
    named = [(kind != "group", wording.label("area", code), code) for code, kind in rows if kind in kinds]
    return [{"label": name, "value": code} for _, name, code in sorted(named)]


def indicator_options(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Indicators under their themes; a theme is an option that cannot be chosen."""
    options: list[dict[str, Any]] = []
    for theme, of_theme in groupby(catalogue, key=lambda i: i.theme):
        options.append({"label": theme, "value": f"theme:{theme}", "disabled": True})
        options += [
            {"label": i.name, "value": i.id, "search": f"{i.name} {theme} {i.question}"} for i in of_theme
        ]
    return options


def register(app: Dash, url: str) -> None:
    """Let every control write the query string of the location `url`; no request is made for it."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("site", "write"),
        Output(url, "search", allow_duplicate=True),
        Input({"control": ALL, "usual": ALL, "forgets": ALL}, "value"),
        State(url, "search"),
        prevent_initial_call=True,
    )
