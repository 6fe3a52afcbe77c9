"""The site: one shell, one callback for the page, one for the passport, and the headers of every answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import partial
from typing import Any, TypeVar
from urllib.parse import unquote

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from dashboard import fence, kept, links, panels, passports, route, search
from dashboard.aria import named
from dashboard.explore import serve as areas
from dashboard.pages import (
    changes,
    conflicts,
    country,
    coverage,
    explore,
    figure,
    found,
    method,
    methods,
    monitor,
    present,
    revisions,
    source,
    sources,
)
from dashboard.parts import parts
from dashboard.present import serve
from dashboard.render import serve as files
from dashboard.route import View
from dashboard.served import Served
from dashboard.still import Live, fold, live, plain
from dashboard.tools import skeleton, tools
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.concepts.release import UnknownRelease
from indicators.holdings import UnknownFigure
from indicators.language import languages, message
from indicators.query import BadQuery, not_known
from indicators.store import Releases, Store

Made = TypeVar("Made")

TITLE = message("Creative Economy Indicators")
URL, VIEW, OPEN, HEAD, PAGE, PASSPORT = "url", "view", "open", "head", "page", "passport"
HEADED, SHOWN = "headed", "shown"
"""What stands within the head and within the page."""
STAYS = (links.EXPLORE,)
"""Pages that are changed in place while the address stays within them: see Live."""
ROOMS = {p.PATH: p for p in (monitor, explore, country, present, sources)}
"""Pages that the head of the site names."""
PAGES = ROOMS | {p.PATH: p for p in (found, conflicts, changes, coverage, revisions, methods)}


def build(releases: Releases, catalogue: Catalogue, most_kept: int = kept.MOST) -> Dash:
    """The Dash app over the current release; nothing is read until it is asked.

    Args:
        releases: which there are.
        catalogue: of the indicators.
        most_kept: bytes of pages kept as they were sent; with 0 each is made anew.
    """
    app = Served(TITLE, parts())
    app.layout = _shell()
    app.held = partial(held, releases, catalogue)
    _register(app, releases, catalogue)
    search.register(app, releases, catalogue)
    serve.register(app, releases, catalogue)
    areas.register(app, releases, catalogue)
    files.register(app, releases, catalogue)
    kept.register(app.server, lambda: (releases.current().release.id, date.today()), kept.Kept(most_kept))
    app.protect()
    return app


def _shell() -> html.Div:
    """What stays while pages change."""
    brand = html.Span(html.Span(className="logo"), className="brand")
    return html.Div(
        [
            dcc.Location(id=URL, refresh=False),
            dcc.Store(id=VIEW),
            dcc.Store(id=OPEN),
            html.Header(Live(HEADED, live(brand)), id=HEAD, className="site-head"),
            html.Main(Live(SHOWN, live(skeleton())), id=PAGE, tabIndex="-1"),
            html.Aside(id=PASSPORT, className="drawer"),
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

    @app.callback(
        Output(SHOWN, "tree"), Output(HEADED, "tree"), Input(VIEW, "data"), prevent_initial_call=True
    )
    def show_page(address: list[str]) -> tuple[Any, Any]:
        content, head = page(releases, catalogue, *address)
        path, language = address[0].rstrip("/"), route.spoken(address[1])
        stays = f"{path} {language}" if path in STAYS else ""
        return live(content, address, stays), live(head, address, HEAD)

    @app.callback(Output(PASSPORT, "children"), Input(OPEN, "data"), prevent_initial_call=True)
    def show_passport(address: list[str] | None) -> Any:
        if address is None:
            return no_update
        return plain(fold(drawer(releases, catalogue, *address)))


def held(releases: Releases, catalogue: Catalogue, path: str, query: str) -> bool:
    """Whether there is a page at an address; one that is asked in words that it does not know is there."""
    try:
        view = route.read(path, query)
        store = releases.of(view.release)
    except BadQuery:
        view, store = View(links.FORMER.get(path, path), {}), releases.current()
    except UnknownRelease:
        return False
    if view.path.startswith(links.FIGURE):
        return not store.ask("figure", figure_id=unquote(view.path.removeprefix(links.FIGURE))).is_empty()
    if view.path.startswith(links.SOURCE):
        known = store.ask("collections")["collection"].to_list()
        return unquote(view.path.removeprefix(links.SOURCE)) in known
    if view.path.startswith(links.METHOD):
        return unquote(view.path.removeprefix(links.METHOD)) in catalogue.indicators
    return view.path in PAGES


def page(
    releases: Releases, catalogue: Catalogue, pathname: str, search: str
) -> tuple[list[Component], list[Component]]:
    """The content of an address, and the head of the site that goes with it."""
    current = releases.current()
    astray = View(pathname or "/", {}, language=route.spoken(search))

    def made() -> tuple[list[Component], list[Component]]:
        view = route.read(pathname, search)
        store = releases.of(view.release)
        return [*_content(store, catalogue, view), _foot(view, store)], _head(view)

    return _guarded(made, lambda panel: ([panel, _foot(astray, current)], _head(astray)), astray)


def _content(store: Store, catalogue: Catalogue, view: View) -> list[Component]:
    if view.path.startswith(links.SOURCE):
        return source.content(store, catalogue, view)
    if view.path.startswith(links.METHOD):
        return method.content(store, catalogue, view)
    if view.path.startswith(links.FIGURE):
        return figure.content(store, catalogue, view, unquote(view.path.removeprefix(links.FIGURE)))
    known = PAGES.get(view.path)
    if known is None:
        near = get_close_matches(view.path, [p for p in PAGES if p != "/"], n=1)
        raise BadQuery([not_known("page of this site", view.path, near[0] if near else None)])
    content: list[Component] = known.content(store, catalogue, view)
    return content


def drawer(releases: Releases, catalogue: Catalogue, pathname: str, search: str) -> list[Component]:
    """The passport that lies open on a page, with the way to close it; nothing where none does."""
    astray = View(pathname, {}, language=route.spoken(search))

    def made() -> list[Component]:
        view = route.read(pathname, search)
        if view.passport is None:
            return []
        asked = explore.completed(view) if view.path == links.EXPLORE else view
        content = passports.render(releases.of(view.release), catalogue, asked, view.passport)
        name = named(view.words.text("Passport of a figure"))
        return [_close(view), html.Div(content, className="passport", role="region", **name)]

    return _guarded(made, lambda panel: [_close(astray), panel], astray)


def _close(view: View) -> dcc.Link:
    parameters = dict(view.parameters)
    if view.path == links.MONITOR:
        parameters.pop("indicator", None)
    return dcc.Link(
        view.words.text("Close"),
        href=view.links.address(view.path, parameters),
        className="close to-passport",
        title=view.words.text("Close the passport (Escape)"),
    )


def _guarded(make: Callable[[], Made], say: Callable[[Component], Made], view: View) -> Made:
    """What `make` makes; where it cannot, a panel that says why. The reader never meets a bare error."""
    try:
        return make()
    except BadQuery as fault:
        return say(panels.misread(fault.faults, view.words, view.links))
    except (UnknownFigure, UnknownRelease) as fault:
        return say(panels.misread([str(fault.args[0])], view.words, view.links))
    except Exception:
        return say(panels.failed(fence.noted("page"), view.words, view.links))


def _head(view: View) -> list[Component]:
    """Name of the site, links to its pages, its languages; the links keep the area that is looked at."""
    words, area = view.words, view.parameters.get("area", "")
    kept = {
        monitor.PATH: {"area": area},
        country.PATH: {"area": area},
        explore.PATH: explore.completed(View(explore.PATH, {})).parameters,
    }
    ways = [
        dcc.Link(
            words.text(p.TITLE),
            href=view.links.address(path, kept.get(path, {})),
            className="here" if path in (view.path, _room(view.path)) else "",
        )
        for path, p in ROOMS.items()
    ]
    return [
        html.A(words.text("To the content"), href=f"#{PAGE}", className="skip"),
        dcc.Link(
            [html.Span(className="logo"), html.Span(words.text(TITLE))],
            href=view.links.monitor(),
            className="brand",
        ),
        html.Nav(ways, **named(words.text("Pages"))),
        search.box(view),
        *tools(view.words),
        _languages(view),
    ]


def _room(path: str) -> str:
    """The page of the head under which another page stands, or nothing."""
    return (
        links.SOURCES
        if path.startswith((links.SOURCE, links.METHOD))
        else getattr(PAGES.get(path), "ROOM", "")
    )


def _languages(view: View) -> html.Details:
    """The languages, each under its own name; the address of the same page in it."""
    spoken = view.words.language
    items = [
        html.Li(
            dcc.Link(
                codelist("language")[code]["name"],
                href=view.in_language(code),
                className="language" + (" here" if code == spoken.code else ""),
            ),
            lang=code,
        )
        for code in languages()
    ]
    title = view.words.text("Language")
    return html.Details(
        [html.Summary(spoken.name, title=title, **named(f"{title}: {spoken.name}")), html.Ul(items)],
        className="menu languages",
    )


def _foot(view: View, store: Store) -> html.Footer:
    """The release, how much it holds, and the way to an address that stays with it, or back."""
    words = view.words
    figures = sum(said["observations"] for said in store.manifest["account"])
    said = words.woven(
        "Release {release} · {figures} · every number leads to its source",
        release=html.Code(store.release.id),
        figures=words.plural("{n} figure", "{n} figures", figures),
    )
    frozen = replace(view, release="" if view.release else store.release.id)
    way = words.text("Follow the newest release") if view.release else words.text("Stay with this release")
    href = frozen.with_passport(view.passport)
    return html.Footer([html.P(said), html.P(dcc.Link(way, href=href, className="freeze"))])
