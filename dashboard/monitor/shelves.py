"""The cards of a board: on shelves by theme, or in the order that its user gave them."""

from collections.abc import Callable, Sequence
from itertools import groupby

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import fence, panels
from dashboard.monitor import arrange, card
from dashboard.monitor.asked import ALL, APART, Asked, passes, place_id
from dashboard.route import View
from indicators.board import Board, Kpi
from indicators.catalogue import Catalogue
from indicators.language import message

OTHER_AIMS = message("Aims without an indicator")

Draw = Callable[[Kpi | str], Component]


def shelves(
    view: View, asked: Asked, held: Board, places: Sequence[Kpi | str], catalogue: Catalogue
) -> list[Component | None]:
    """The cards that the filter lets through."""
    shown = [p for p in places if (passes(p, asked.show) if isinstance(p, Kpi) else asked.show == ALL)]
    if not shown:
        return [_empty(view, asked)]
    titles = {place_id(p): _title(view, held, catalogue, p) for p in (*held.kpis, *places)}
    ids = [place_id(p) for p in places]

    def draw(place: Kpi | str) -> Component:
        return fence.part(view, _drawn, view, asked, held, ids, titles, place)

    if asked.ids is None:
        return [_shelf(view, theme, own, draw) for theme, own in _by_theme(shown)]
    heading = html.H2(view.words.text("Your board"), className="unseen")
    section = html.Section(
        [heading, html.Div([draw(p) for p in shown], className="cards board")], className="mine"
    )
    return [section, arrange.more(view, held, ids, titles) if asked.arrange else None]


def _by_theme(shown: Sequence[Kpi | str]) -> list[tuple[str, list[Kpi]]]:
    kpis = [p for p in shown if isinstance(p, Kpi)]
    return [(theme, list(own)) for theme, own in groupby(kpis, key=_theme)]


def _theme(kpi: Kpi) -> str:
    return kpi.indicator.theme if kpi.indicator else OTHER_AIMS


def _shelf(view: View, theme: str, own: Sequence[Kpi], draw: Draw) -> html.Section:
    cards = html.Div([draw(kpi) for kpi in own], className="cards")
    return html.Section([html.H2(view.words.text(theme)), cards], className="shelf")


def _title(view: View, held: Board, catalogue: Catalogue, place: Kpi | str) -> str:
    """Name and, where it is not the usual one, sector of a place, whether it has a figure or not."""
    words = view.words
    if isinstance(place, Kpi):
        name = card.name(view, place, held)
        apart = APART in place.id or place.indicator is None
        return f"{name} · {words.label('sector', place.sector)}" if apart else name
    indicator, _, sector = place.partition(APART)
    found = {i.id: i for i in catalogue}.get(indicator)
    if found is None:
        return words.text("An aim of another area ({id})", id=place)
    return words.text(found.name) + (f" · {words.label('sector', sector)}" if sector else "")


def _drawn(
    view: View, asked: Asked, held: Board, ids: Sequence[str], titles: dict[str, str], place: Kpi | str
) -> Component:
    one = place_id(place)
    at = ids.index(one)
    tools = arrange.tools(view, ids, at, titles[one]) if asked.arrange else None
    spoken = arrange.spoken(view.words, titles[one], at, len(ids))
    if isinstance(place, Kpi):
        return card.card(view, asked, held, place, tools, spoken)
    return card.blank(view, asked, one, titles[one], tools, spoken)


def _empty(view: View, asked: Asked) -> html.Section:
    words = view.words
    if asked.show != ALL:
        way = dcc.Link(words.text("Show all"), href=arrange.unfiltered(view))
        return panels.nothing(words.text("Nothing on this board is so"), way)
    where = dcc.Link(words.text("country page"), href=view.links.country(asked.area))
    why = words.woven(
        "What else is reported about {area} stands on its {page}.",
        area=words.label("area", asked.area),
        page=where,
    )
    return panels.nothing(words.text("No indicator has a figure here yet"), *why)
