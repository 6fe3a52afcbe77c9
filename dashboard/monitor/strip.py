"""The summary above the board: how many stand how, each the way to see only those; and what changed."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import links
from dashboard.aria import named
from dashboard.monitor import bullet
from dashboard.monitor.asked import ALL, DISPUTED, FILTERS, OVERDUE, Asked, count
from dashboard.route import View
from dashboard.wording import Wording
from indicators.board import Kpi
from indicators.changes import HEADLINE, KINDS, changes, counts, predecessor
from indicators.concepts.release import Published
from indicators.language import message
from indicators.store import Store

SAID = {
    ALL: message("all"),
    "on_track": message("on track"),
    "behind": message("behind"),
    "undecided": message("undecided"),
    OVERDUE: message("overdue"),
    DISPUTED: message("disputed"),
}


def summary(view: View, asked: Asked, places: Sequence[Kpi | str]) -> html.Nav:
    """Numbers that are the filters of the board."""
    words = view.words
    items = []
    for show in FILTERS:
        n = count(places, show)
        inside = [html.Strong(words.number(n)), html.Span(words.text(SAID[show]), className=f"shape-{show}")]
        here = show == asked.show
        items.append(
            html.Li(
                _way(view, show, inside, here=here) if n or here else html.Span(inside, className="tally")
            )
        )
    return html.Nav(html.Ul(items, className="strip"), **named(words.text("Summary of the board")))


def _way(view: View, show: str, inside: list[Component], *, here: bool) -> dcc.Link:
    kept = {**view.parameters, "show": "" if show == ALL else show}
    kept.pop("indicator", None)
    return dcc.Link(
        inside, href=view.links.address(links.MONITOR, kept), className="tally" + (" here" if here else "")
    )


def changed(store: Store, view: View, area: str) -> html.P:
    """How much changed for an area since the release before; that there is none where there is none."""
    words = view.words
    kept = store.beside.kept() if store.beside else []
    before = predecessor([one.id for one in kept], store.release.id)
    if before is None or store.beside is None:
        says = words.text("No earlier release is kept here: there is nothing to compare with yet.")
        return html.P(says, className="since quiet")
    found = counts(changes(store.beside.of(before), store), area)
    n = sum(found[kind] for kind in KINDS)
    since = released(words, next(one for one in kept if one.id == before))
    name = words.label("area", area)
    if not n:
        return html.P(
            words.text("{area}: no change since {release}.", area=name, release=since),
            className="since quiet",
        )
    told = words.plural(
        "{area}: {n} change since {release}",
        "{area}: {n} changes since {release}",
        n,
        area=name,
        release=since,
    )
    heads = words.plural("{n} other headline", "{n} other headlines", found[HEADLINE])
    way = view.links.address(links.CHANGES, {"area": area})
    return html.P([dcc.Link(told, href=way, className="action"), f" · {heads}"], className="since")


def released(words: Wording, one: Published) -> str:
    """A release by the day on which it became current, or by its id where that was not recorded."""
    if one.at is None:
        return words.text("release {id}", id=one.id)
    return words.text("release of {day}", day=words.day(one.at.date()))


KEY = {
    "level": message("what is aimed at"),
    "outcome": message("the outcome; pale: its interval"),
    "path": message("what the path asks for by then"),
    "reading": message("another credible reading"),
}


def key(words: Wording, places: Sequence[Kpi | str]) -> html.Ul | None:
    """The key of the bullet charts, where there is one."""
    if not any(isinstance(place, Kpi) and place.aims for place in places):
        return None
    return html.Ul(
        [html.Li([bullet.mark(body), words.text(KEY[name])]) for name, body in bullet.KEYS], className="key"
    )
