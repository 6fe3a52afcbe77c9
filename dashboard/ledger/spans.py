"""The three pictures of what there is: area by year, indicator by year, area by indicator."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import panels
from dashboard.ledger import grid, room
from dashboard.route import View
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import Indicator
from indicators.presence import HELD, by_year, of_indicators, presence, years
from indicators.query import Query
from indicators.store import Store

WIDEST = 32
"""Years side by side; earlier ones stand on a page of their own, and how many figures they have is said."""


def of_indicator(store: Store, view: View, indicator: Indicator, area: str = "") -> list[Component]:
    """Areas by year of one indicator; with an area, its sectors by year."""
    there = presence(store, [indicator.numerator.measure], [area] if area else (), indicator.sectors)
    if area:
        return _sectors_by_year(view, there, indicator, area)

    def href(area: str, year: int | None) -> str:
        return view.links.explore(Query(indicator.id, (area,), since=year, until=year))

    return _areas_by_year(view, there, href, view.words.text(indicator.name))


def _sectors_by_year(view: View, there: pl.DataFrame, indicator: Indicator, area: str) -> list[Component]:
    words, made = view.words, by_year(there, "sector")
    order = [s for s in indicator.sectors if s in set(made["sector"])]

    def href(sector: str, year: int | None) -> str:
        return view.links.explore(Query(indicator.id, (area,), sector, since=year, until=year))

    def title(sector: str) -> Component:
        return html.Span(words.label("sector", sector))

    return _by_year(view, made, "sector", order, title, href, words.label("area", area))


def of_measure(store: Store, view: View, measure: str) -> list[Component]:
    """Areas by year of one measure, all its sectors."""
    there = presence(store, [measure])
    return _areas_by_year(
        view, there, lambda area, _: _of_country(view, area, measure), view.words.label("measure", measure)
    )


def of_area(store: Store, catalogue: Catalogue, view: View, area: str) -> list[Component]:
    """Indicators by year of one area."""
    words, made = view.words, by_year(of_indicators(store, catalogue, [area]), "indicator")
    order = [i.id for i in catalogue if i.id in set(made["indicator"])]

    def title(indicator: str) -> Component:
        return dcc.Link(words.text(catalogue[indicator].name), href=view.links.coverage(indicator=indicator))

    def href(indicator: str, year: int | None) -> str:
        return view.links.explore(Query(indicator, (area,), since=year, until=year))

    return _by_year(view, made, "indicator", order, title, href, words.label("area", area))


def of_all(store: Store, catalogue: Catalogue, view: View, sector: str = "") -> list[Component]:
    """Areas by indicator, or by measure where a sector is asked for: in how many years there is a figure."""
    words = view.words
    column = "measure" if sector else "indicator"
    there = presence(store, sectors=[sector]) if sector else of_indicators(store, catalogue)
    held = years(there, column)
    if held.is_empty():
        return [panels.nothing(words.text("Nothing of it is there"), words.text("Choose something else."))]
    keys = sorted(set(held["measure"])) if sector else [i.id for i in catalogue if i.id in set(held[column])]
    names = [words.label("measure", k) if sector else words.text(catalogue[k].name) for k in keys]
    named = dict(zip(keys, names, strict=True))
    areas = _areas(view, held["ref_area"].unique().to_list())
    page = room.page_of(view.parameters, len(areas), [])
    most = int(held["years"].max())  # type: ignore[arg-type]
    rows = []
    for area in room.part(areas, page):
        cells = {
            r[column]: _counted(view, r, most, named[r[column]], column == "measure")
            for r in held.filter(pl.col("ref_area") == area).to_dicts()
        }
        rows.append((dcc.Link(words.label("area", area), href=view.links.coverage(area=area)), cells))
    says = words.text("Years with a figure, by country and indicator")
    picture = grid.picture(words, says, list(named.items()), rows)
    return [
        html.P(words.text("Each number counts the years for which there is a figure."), className="grid-key"),
        html.Div(picture, className="upright"),
        *filter(None, [room.pages(view, len(areas), page)]),
    ]


def _counted(view: View, row: dict[str, Any], most: int, name: str, measured: bool) -> Component:
    area, code = row["ref_area"], row["measure" if measured else "indicator"]
    about = f"{view.words.label('area', area)}, {name}, {row['first']}–{row['last']}"
    explored = "" if measured else view.links.explore(Query(code, (area,)))
    return grid.count(row["years"], most, about, explored or _of_country(view, area, code))


def _of_country(view: View, area: str, measure: str) -> str:
    return view.links.address("/country", {"area": area, "measure": measure})


def _areas(view: View, codes: Sequence[str]) -> list[str]:
    """Countries by name, groups after them."""
    words = view.words
    return sorted(
        codes,
        key=lambda c: (
            codelist("area")[c]["kind"] != "country",
            words.language.order(words.label("area", c)),
            c,
        ),
    )


def _areas_by_year(view: View, there: pl.DataFrame, href: Any, says: str) -> list[Component]:
    words, made = view.words, by_year(there, "ref_area")

    def title(area: str) -> Component:
        return dcc.Link(words.label("area", area), href=view.links.coverage(area=area))

    return _by_year(
        view, made, "ref_area", _areas(view, made["ref_area"].unique().to_list()), title, href, says
    )


def _by_year(
    view: View, made: pl.DataFrame, row: str, order: Sequence[str], title: Any, href: Any, says: str
) -> list[Component]:
    """A picture of rows by year, WIDEST years and a page of rows at a time."""
    words = view.words
    if made.is_empty():
        return [panels.nothing(words.text("Nothing of it is there"), words.text("Choose something else."))]
    newest: Any = made["year"].max()
    last = int(view.parameters.get("until") or newest or 0)
    shown = made.filter((pl.col("year") <= last) & (pl.col("year") > last - WIDEST))
    oldest: Any = shown["year"].min()
    first = int(oldest or last)
    page = room.page_of(view.parameters, len(order), [])
    rows = []
    for code in room.part(order, page):
        name = _name(view, row, code, title)
        cells = {
            r["year"]: grid.mark(words, r["state"], f"{name}, {r['year']}", href(code, r["year"]))
            for r in shown.filter(pl.col(row) == code).to_dicts()
        }
        rows.append((title(code), cells))
    columns = [(year, str(year)) for year in range(first, last + 1)]
    states = set(shown["state"])
    return [
        _summary(view, made, row),
        grid.key(words, states.__contains__),
        grid.picture(words, says, columns, rows),
        *filter(None, [_other_years(view, made, first, last), room.pages(view, len(order), page)]),
    ]


def _name(view: View, row: str, code: str, title: Any) -> str:
    return view.words.label("area", code) if row == "ref_area" else str(title(code).children)


def _summary(view: View, made: pl.DataFrame, row: str) -> html.P:
    words, held = view.words, made.filter(pl.col("state").is_in(HELD))
    figures = words.plural("{n} figure", "{n} figures", int(held["figures"].sum()))
    span = held["year"].drop_nulls()
    if span.is_empty():
        return html.P(figures, className="grid-sum")
    said = words.text("{figures}, {first} to {last}", figures=figures, first=span.min(), last=span.max())
    return html.P(said, className="grid-sum")


def _other_years(view: View, made: pl.DataFrame, first: int, last: int) -> Component | None:
    """Ways to the years that do not stand side by side, and what no year is stated for."""
    words = view.words
    earlier = made.filter(pl.col("year") < first)
    undated = int(made.filter(pl.col("year").is_null())["figures"].sum())
    parts: list[Any] = []
    if earlier.height:
        kept = {**view.parameters, "until": str(first - 1)}
        figures = words.plural("{n} figure", "{n} figures", int(earlier["figures"].sum()))
        text = words.text("Years before {year}: {figures}", year=first, figures=figures)
        parts.append(dcc.Link(text, href=view.links.address(view.path, kept)))
    if made.filter(pl.col("year") > last).height:
        kept = {**view.parameters, "until": ""}
        parts.append(dcc.Link(words.text("The newest years"), href=view.links.address(view.path, kept)))
    if undated:
        figures = words.plural("{n} figure", "{n} figures", undated)
        parts.append(html.Span(words.text("{figures} of no stated year", figures=figures)))
    return html.P(parts, className="other-years") if parts else None
