"""Controls write the address; the address makes the page. One callback serves them all."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.dependencies import ALL

from dashboard.aria import named
from dashboard.wording import Wording
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.store import Store

USUAL = {"currency": "as_reported", "chart": "line", "sex": "_T"}
"""What is usual is left out of the address."""
FORGETS: Mapping[str, str] = {}
"""A control → the parameter that means nothing once it has changed."""

Options = Sequence[Mapping[str, Any]]


def one_of(
    words: Wording,
    name: str,
    title: str,
    options: Options,
    value: str | None,
    *,
    search: bool = False,
    usual: str | None = None,
) -> html.Div:
    """A list to choose one from; `usual` stays out of the address."""
    control = dcc.Dropdown(
        id=_id(name, usual),
        options=list(options),
        value=value,
        clearable=False,
        searchable=search,
        maxHeight=420,
        optionHeight="auto",
        labels=_labels(words),
    )
    return _titled(name, title, control)


def optional(
    words: Wording, name: str, title: str, options: Options, value: str | None, placeholder: str
) -> html.Div:
    """A list to choose one from, or none."""
    control = dcc.Dropdown(
        id=_id(name),
        options=list(options),
        value=value,
        clearable=True,
        placeholder=placeholder,
        labels=_labels(words),
    )
    return _titled(name, title, control)


def some_of(
    words: Wording, name: str, title: str, options: Options, values: Sequence[str], placeholder: str
) -> html.Div:
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
        placeholder=placeholder,
        labels=_labels(words),
    )
    return _titled(name, title, control)


def switch(name: str, title: str, options: Options, value: str) -> html.Div:
    """Two or three choices side by side."""
    control = dcc.RadioItems(
        id=_id(name), options=list(options), value=value, inline=True, className="switch"
    )
    return _titled(name, title, control)


def line(name: str, title: str, value: str, placeholder: str) -> html.Div:
    """A line of text; it counts when it is left or entered."""
    control = dcc.Input(id=_id(name), value=value, placeholder=placeholder, type="search", debounce=True)
    return _titled(name, title, control)


def _labels(words: Wording) -> Any:
    """The words that a list of choices says of itself."""
    return {
        "select_all": words.text("Select all"),
        "deselect_all": words.text("Deselect all"),
        "selected_count": words.text("selected: {num_selected}"),
        "search": words.text("Search"),
        "clear_search": words.text("Clear the search"),
        "clear_selection": words.text("Clear the choice"),
        "no_options_found": words.text("Nothing found"),
    }


def _id(name: str, usual: str | None = None) -> dict[str, str]:
    """The id says all that the address needs to know of a control."""
    stays_out = USUAL.get(name, "") if usual is None else usual
    return {"control": name, "usual": stays_out, "forgets": FORGETS.get(name, "")}


def _titled(name: str, title: str, control: Any) -> html.Div:
    return html.Div(
        [html.Span(title, className="control-title"), control],
        className=f"control control-{name}",
        role="group",
        **named(title),
    )


def area_options(
    words: Wording, store: Store, kinds: Sequence[str] = ("country", "group", "former", "set")
) -> list[dict[str, str]]:
    """Areas with figures, groups first, then by name."""
    held = set(store.ask("coverage")["ref_area"].to_list())
    rows = [(code, codelist("area")[code]["kind"]) for code in held]
    named = [(kind != "group", words.label("area", code), code) for code, kind in rows if kind in kinds]
    ordered = sorted(named, key=lambda n: (n[0], words.language.order(n[1]), n[2]))
    return [{"label": name, "value": code} for _, name, code in ordered]


def indicator_options(words: Wording, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Indicators under their themes; a theme is an option that cannot be chosen."""
    options: list[dict[str, Any]] = []
    for theme, of_theme in groupby(catalogue, key=lambda i: i.theme):
        options.append({"label": words.text(theme), "value": f"theme:{theme}", "disabled": True})
        for i in of_theme:
            name = words.text(i.name)
            searched = f"{name} {words.text(theme)} {words.text(i.question)} {i.name}"
            options.append({"label": name, "value": i.id, "search": searched})
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
