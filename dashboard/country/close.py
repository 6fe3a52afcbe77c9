"""The end of the page: what is still missing, and who states what stands on it."""

from collections.abc import Iterable

from dash import html

from dashboard import figures
from dashboard.country.parts import section
from dashboard.route import View
from indicators.board import Board
from indicators.catalogue import Catalogue
from indicators.store import Store


def missing(view: View, held: Board, catalogue: Catalogue, area: str) -> html.Section:
    """Indicators of the catalogue for which nobody states anything."""
    there = {kpi.indicator.id for kpi in held.kpis if kpi.card and kpi.indicator}
    lacking, words = [i for i in catalogue if i.id not in there], view.words
    name = words.label("area", area)
    if not lacking:
        full = words.text("Every indicator of the catalogue has a figure: {area}.", area=name)
        return section("missing", words.text("Still missing"), html.P(full))
    items = [html.Li([html.Strong(words.text(i.name)), f" {words.text(i.question)}"]) for i in lacking]
    title = words.text(
        "Still missing: {n} of {all} indicators", n=len(lacking), all=len(catalogue.indicators)
    )
    silent = words.text("No source in this release states them: {area}.", area=name)
    return section("missing", title, html.P(silent, className="quiet"), html.Ul(items, className="lacking"))


def sources(view: View, store: Store, named: Iterable[str]) -> html.Section:
    """The publications behind the page, each with its address and day."""
    wanted, words = set(named), view.words
    rows = {r["source"]: r for r in store.ask("publications").to_dicts() if r["source"] in wanted}
    ordered = sorted(
        rows.values(), key=lambda r: (words.language.order(words.publisher(r["publisher"])), r["source"])
    )
    items = [
        html.Li(
            [
                html.Strong(words.publisher(r["publisher"])), ": ",
                figures.titled(words, r),
                html.Span(f" {words.day(r['published_on'])}", className="quiet"),
            ]
        )
        for r in ordered
    ]  # fmt: skip
    return section("publications", words.text("Sources"), html.Ul(items, className="publications-list"))


def printed(view: View, store: Store, area: str) -> html.P:
    """What stands at the foot of every sheet of paper."""
    words = view.words
    said = words.text(
        "{area} · release {id} · figures known up to {day}",
        area=words.label("area", area), id=store.release.id,
        day=words.day(store.ask("newest_day")["day"].item()),
    )  # fmt: skip
    return html.P(said, className="sheet-foot")
