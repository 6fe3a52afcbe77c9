"""The site: one shell, one callback for the page, one for the passport, and the headers of every answer."""

import gzip
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote
from uuid import uuid4

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from dash.dependencies import ALL
from dash.development.base_component import Component
from flask import Response, request

from dashboard import controls, links, panels, passports, route
from dashboard.aria import named
from dashboard.pages import compare, country, figure, overview, sources
from dashboard.route import View
from dashboard.still import fold
from indicators.catalogue import Catalogue
from indicators.holdings import UnknownFigure
from indicators.query import BadQuery
from indicators.store import Releases, Store

log = logging.getLogger(__name__)
Made = TypeVar("Made")

TITLE = "Creative Economy Indicators"
URL, VIEW, OPEN, NAV, PAGE, PASSPORT = "url", "view", "open", "nav", "page", "passport"
SMALLEST_PACKED = 2_000
"""Bytes below which compression is not worth its time."""
PAGES = {p.PATH: p for p in (overview, compare, country, sources)}
POLICY = (
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
)
"""What a page may load and from where; styles stay inline, for Plotly and Dash set them on elements."""
INDEX = """<!DOCTYPE html>
<html lang="en">
  <head>
    {%metas%}
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{%title%}</title>
    <link rel="icon" type="image/svg+xml" href="/assets/favicon.svg">
    {%css%}
  </head>
  <body>
    {%app_entry%}
    {%config%}
    {%scripts%}
    {%renderer%}
  </body>
</html>"""


def build(releases: Releases, catalogue: Catalogue) -> Dash:
    """The Dash app over the current release; nothing is read until it is asked."""
    app = Dash(
        __name__,
        title=TITLE,
        update_title="",
        index_string=INDEX,
        assets_folder=str(Path(__file__).parent / "assets"),
        suppress_callback_exceptions=True,
        serve_locally=True,
        compress=False,
    )
    app.layout = _shell()
    controls.register(app, URL)
    _register(app, releases, catalogue)
    app.server.after_request(_headers(app))
    app.server.after_request(_packed)
    return app


def _shell() -> html.Div:
    """What stays while pages change."""
    return html.Div(
        [
            dcc.Location(id=URL, refresh=False),
            dcc.Store(id=VIEW),
            dcc.Store(id=OPEN),
            html.A("To the content", href=f"#{PAGE}", className="skip"),
            html.Header(
                [
                    dcc.Link([html.Span(className="logo"), TITLE], href=links.OVERVIEW, className="brand"),
                    html.Nav(id=NAV),
                ],
                className="site-head",
            ),
            html.Main(html.P("Reading the figures …", className="loading"), id=PAGE, tabIndex="-1"),
            html.Aside(id=PASSPORT, className="drawer", **named("Passport of a figure")),
        ]
    )


def _register(app: Dash, releases: Releases, catalogue: Catalogue) -> None:
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("site", "split"),
        Output(VIEW, "data"),
        Output(OPEN, "data"),
        Input(URL, "pathname"),
        Input(URL, "search"),
        State(VIEW, "data"),
        State(OPEN, "data"),
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("site", "openPoint"),
        Output(URL, "search", allow_duplicate=True),
        Input({"chart": ALL}, "clickData"),
        State(URL, "search"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(PAGE, "children"), Output(NAV, "children"), Input(VIEW, "data"), prevent_initial_call=True
    )
    def show_page(address: list[str]) -> tuple[Any, Any]:
        content, navigation = page(releases.current(), catalogue, *address)
        return fold(content), fold(navigation)

    @app.callback(Output(PASSPORT, "children"), Input(OPEN, "data"), prevent_initial_call=True)
    def show_passport(address: list[str] | None) -> Any:
        if address is None:
            return no_update
        return fold(drawer(releases.current(), catalogue, *address))


def page(
    store: Store, catalogue: Catalogue, pathname: str, search: str
) -> tuple[list[Component], list[Component]]:
    """The content of an address, and the navigation that goes with it."""

    def made() -> tuple[list[Component], list[Component]]:
        view = route.read(pathname, search)
        return [*_content(store, catalogue, view), _foot(store)], _navigation(view)

    return _guarded(made, lambda panel: ([panel, _foot(store)], _navigation(View(pathname or "/", {}))))


def _content(store: Store, catalogue: Catalogue, view: View) -> list[Component]:
    if view.path.startswith(links.FIGURE):
        return figure.content(store, catalogue, view, unquote(view.path.removeprefix(links.FIGURE)))
    known = PAGES.get(view.path)
    if known is None:
        raise BadQuery([route.sentence("page of this site", view.path, [p for p in PAGES if p != "/"])])
    content: list[Component] = known.content(store, catalogue, view)
    return content


def drawer(store: Store, catalogue: Catalogue, pathname: str, search: str) -> list[Component]:
    """The passport that lies open on a page, with the way to close it; nothing where none does."""

    def made() -> list[Component]:
        view = route.read(pathname, search)
        if view.passport is None:
            return []
        asked = compare.completed(view) if view.path == links.COMPARE else view
        content = passports.render(store, catalogue, asked, view.passport)
        return [_close(view), html.Div(content, className="passport")]

    return _guarded(made, lambda panel: [_close(View(pathname, {})), panel])


def _close(view: View) -> dcc.Link:
    parameters = dict(view.parameters)
    if view.path == links.OVERVIEW:
        parameters.pop("indicator", None)
    return dcc.Link(
        "Close",
        href=links.address(view.path, parameters),
        className="close to-passport",
        title="Close the passport (Escape)",
    )


def _guarded(make: Callable[[], Made], say: Callable[[Component], Made]) -> Made:
    """What `make` makes; where it cannot, a panel that says why. The reader never meets a bare error."""
    try:
        return make()
    except BadQuery as fault:
        return say(panels.misread(fault.faults))
    except UnknownFigure as fault:
        return say(panels.misread([str(fault.args[0])]))
    except Exception:
        reference = uuid4().hex[:8]
        log.exception("page fault %s", reference)
        return say(panels.failed(reference))


def _navigation(view: View) -> list[Component]:
    """Links to the pages; they keep the area that is looked at."""
    area = view.parameters.get("area", "")
    kept = {
        overview.PATH: {"area": area},
        country.PATH: {"area": area},
        compare.PATH: compare.completed(View(compare.PATH, {})).parameters,
    }
    return [
        dcc.Link(
            p.TITLE,
            href=links.address(path, kept.get(path, {})),
            className="here" if view.path == path else "",
        )
        for path, p in PAGES.items()
    ]


def _foot(store: Store) -> html.Footer:
    figures = sum(said["observations"] for said in store.manifest["account"])
    return html.Footer(
        html.P(
            [
                "Release ",
                html.Code(store.release.id),
                f" · {figures:,} figures · every number leads to its source",
            ]
        )
    )


def _headers(app: Dash) -> Callable[[Response], Response]:
    """Headers of every answer; scripts of Dash itself that stand in the page pass by their hash."""
    scripts = " ".join(["'self'", *app.csp_hashes()])
    policy = "; ".join([*POLICY, f"script-src {scripts}"])

    def add(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return add


def _packed(response: Response) -> Response:
    """The same answer, compressed where the reader takes it; pages are JSON and shrink to a tenth."""
    wanted = "gzip" in request.headers.get("Accept-Encoding", "")
    if (
        wanted
        and response.mimetype == "application/json"
        and (response.content_length or 0) > SMALLEST_PACKED
    ):
        response.set_data(gzip.compress(response.get_data(), compresslevel=5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
    return response
