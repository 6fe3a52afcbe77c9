"""All figures of one measure of an area, a page at a time; filters say how many they leave."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import controls, figures, links, panels
from dashboard.country.parts import title
from dashboard.monitor.paging import pages
from dashboard.route import View
from indicators.extracts import PARTS, Page, page_of
from indicators.query import BadQuery
from indicators.store import Store

ROWS = 200
"""Rows of one page."""


def whole(view: View, store: Store, area: str, measure: str, page: int) -> list[Component]:
    """A page of the claims of `measure`.

    Raises:
        BadQuery: a page beyond the last.
    """
    sector, region = view.parameters.get("sector", ""), view.parameters.get("region", "")
    found = page_of(store, area, measure, sector=sector, region=region, page=page, size=ROWS)
    last = max(-(-found.count // ROWS), 1)
    if page > last:
        raise BadQuery([f"page {page} is beyond the last: there are {last}"])
    words = view.words
    everything = words.text("Everything on {area}", area=words.label("area", area))
    back = html.P(dcc.Link(everything, href=view.links.country(area), className="action"))
    if not found.rows:
        said = words.text("No figure: {measure}", measure=words.label("measure", measure))
        return [_filters(view, found, sector, region), html.Div([panels.nothing(said), back])]
    steps = pages(words, found.count, page, ROWS, lambda to: _address(view, to))
    table = html.Div(figures.listed(view, found.rows), className="scroll")
    return [
        _filters(view, found, sector, region),
        html.Section([title(words, measure), steps, table, steps, back], className="measure"),
    ]


def _address(view: View, page: int) -> str:
    return view.links.address(links.COUNTRY, {**view.parameters, "page": "" if page == 1 else str(page)})


def _filters(view: View, found: Page, sector: str, region: str) -> html.Div:
    """Sector and region, where there is a choice; each with how many figures it has."""
    words, made = view.words, list[Component]()
    if len(found.sectors) > 1:
        options = [_option(words.text("All sectors"), "", sum(found.sectors.values()), view)]
        options += [_option(words.label("sector", s), s, n, view) for s, n in found.sectors.items()]
        made.append(controls.one_of(words, "sector", words.text("Sector"), options, sector, search=True))
    if len(found.regions) > 1:
        parts = sum(n for code, n in found.regions.items() if code != "_T")
        options = [_option(words.text("The whole and its parts"), "", sum(found.regions.values()), view)]
        options += (
            [_option(words.text("The whole"), "_T", found.regions["_T"], view)]
            if "_T" in found.regions
            else []
        )
        options.append(_option(words.text("All parts"), PARTS, parts, view))
        own = [(words.region(code), code, n) for code, n in found.regions.items() if code != "_T"]
        options += [_option(*one, view) for one in sorted(own, key=lambda o: words.language.order(o[0]))]
        made.append(controls.one_of(words, "region", words.text("Region"), options, region, search=True))
    return html.Div(made, className="controls second")


def _option(name: str, code: str, n: int, view: View) -> dict[str, str]:
    return {"label": f"{name} ({view.words.number(n)})", "value": code}
