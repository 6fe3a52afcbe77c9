"""One KPI as a card: figure, course, aim, status, freshness, rivals, and why this number."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import figures, sparks
from dashboard.aria import named
from dashboard.monitor import fresh, status
from dashboard.monitor.asked import Asked
from dashboard.present.add import add_button
from dashboard.route import View
from indicators.board import Board, Kpi
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import PER_HEAD
from indicators.convert import AS_REPORTED, USD
from indicators.groups import neighbours
from indicators.language import message
from indicators.overview import Card
from indicators.query import Query

MOST_COMPARED = 6
Row = dict[str, Any]


def card(
    view: View, asked: Asked, board: Board, kpi: Kpi, tools: Component | None, spoken: str
) -> html.Article:
    """The card of a KPI.

    Args:
        view: the page as it is.
        asked: the board.
        board: what it holds.
        kpi: the place.
        tools: what arranges it, where it is being arranged.
        spoken: what the card is called aloud.
    """
    aimed = [status.aim(view, kpi.aims[0], board.figures)] if kpi.aims else []
    return html.Article(
        [
            tools,
            html.H3(name(view, kpi, board)),
            _sector(view, asked, kpi, board),
            *(_figure(view, kpi.card) if kpi.card else _read(view, kpi, board)),
            *aimed,
            *_foot(view, kpi),
            _why(view, kpi, board),
            _deck(view, kpi, board),
        ],
        className="card kpi",
        id=f"kpi-{kpi.id}",
        **named(spoken),
    )


def _deck(view: View, kpi: Kpi, board: Board) -> Component | None:
    """The way into the reader's deck, for a place that has a figure."""
    if kpi.card is None:
        return None
    shown = kpi.card
    return add_button(
        view,
        "kpi",
        figure=str(shown.newest["figure_id"]),
        indicator=shown.indicator.id,
        name=name(view, kpi, board),
    )


def blank(
    view: View, asked: Asked, one: str, title: str, tools: Component | None, spoken: str
) -> html.Article:
    """The card of a place of which this area has nothing: it says so, and stays where it is."""
    words = view.words
    area = words.label("area", asked.area)
    return html.Article(
        [
            tools,
            html.H3(title),
            html.P(words.text("No source in this release states it: {area}.", area=area), className="unmet"),
        ],
        className="card kpi blank",
        id=f"kpi-{one}",
        **named(spoken),
    )


def name(view: View, kpi: Kpi, board: Board) -> str:
    """The name of a KPI: that of its indicator, or of what is aimed at."""
    if kpi.indicator:
        return view.words.text(kpi.indicator.name)
    return view.words.label("measure", str(board.figures[kpi.id]["measure"]))


def _sector(view: View, asked: Asked, kpi: Kpi, board: Board) -> html.P:
    words = view.words
    if kpi.indicator is None:
        return html.P(html.Span(figures.about(words, board.figures[kpi.id])), className="sector")
    money = kpi.indicator.is_money
    compared = USD if money and asked.currency == AS_REPORTED else asked.currency if money else AS_REPORTED
    query = Query(kpi.indicator.id, neighbours(asked.area)[:MOST_COMPARED], kpi.sector, currency=compared)
    link = dcc.Link(
        words.text("Compare"),
        href=view.links.explore(query),
        title=words.text(
            "{indicator}: compare with the neighbours", indicator=words.text(kpi.indicator.name)
        ),
    )
    return html.P(
        [html.Span(words.label("sector", kpi.sector)), link if kpi.card else None], className="sector"
    )


def _read(view: View, kpi: Kpi, board: Board) -> list[Component]:
    """The figure against which an aim without an indicator is read; or that there is none yet."""
    readings = [reading for aimed in kpi.aims[:1] for reading in aimed.readings]
    if not readings:
        return [html.P(view.words.text("No figure yet"), className="unmet")]
    row = board.figures[readings[0].outcome.figures[0]]
    large = figures.large(view.words, row)
    when = " · ".join(s for s in (view.words.period(row), view.words.publisher(str(row["publisher"]))) if s)
    return [figures.number(view, row, large, "number big"), html.P(when, className="course")]


def _figure(view: View, shown: Card) -> list[Component]:
    words, newest, indicator = view.words, shown.newest, shown.indicator
    per = words.text("per head") if indicator.formula == PER_HEAD else ""
    when = " · ".join(s for s in (words.period(newest), words.basis(newest), words.status(newest)) if s)
    large = figures.large(words, newest, indicator.decimals, per)
    return [
        figures.number(view, newest, large, "number big", indicator=indicator.id),
        html.Div(
            [html.Div([html.P(when), html.P(_change(view, shown), className="quiet")]), _spark(view, shown)],
            className="course",
        ),
    ]


def _spark(view: View, shown: Card) -> Component | None:
    """The path of the series, where there are years in a row; a few lone dots are no path."""
    path = shown.path.to_dicts()
    says = view.words.plural(
        "{indicator}, {n} figure from {first} to {last}",
        "{indicator}, {n} figures from {first} to {last}",
        len(path),
        indicator=view.words.text(shown.indicator.name), first=path[0]["year"], last=path[-1]["year"],
    )  # fmt: skip
    return sparks.sparkline(path, says) if sparks.joined(path) else None


def _change(view: View, shown: Card) -> list[Any]:
    """Growth since the headline before; a share says what it was, for a per cent of a per cent misleads."""
    before = shown.before
    if before is None or shown.change is None:
        return []
    words = view.words
    kind = codelist("unit")[shown.newest["unit_measure"]]["kind"]
    written = words.figure(before, shown.indicator.decimals)
    earlier = figures.number(view, before, written, indicator=shown.indicator.id)
    if kind == "share":
        return words.woven("{earlier} in {period}", earlier=earlier, period=words.period(before))
    return words.woven(
        "{growth} from {earlier} in {period}",
        growth=words.growth(shown.change), earlier=earlier, period=words.period(before),
    )  # fmt: skip


def _foot(view: View, kpi: Kpi) -> list[Component]:
    if kpi.card is None or kpi.freshness is None:
        return []
    newest, words = kpi.card.newest, view.words
    rivals = newest["rivals"]
    told = (
        figures.number(view, newest, words.rivals(rivals), "rival-count", indicator=kpi.card.indicator.id)
        if rivals
        else None
    )
    return [
        html.P(
            [html.Span(words.publisher(newest["publisher"]), className="publisher"), told],
            className="card-foot",
        ),
        html.P(fresh.line(words, kpi.freshness), className="fresh"),
    ]


def _why(view: View, kpi: Kpi, board: Board) -> html.Details | None:
    """One click: the rule, the rivals, the freshness, every reading, the other aims."""
    words = view.words
    parts: list[Component] = []
    if kpi.card is not None:
        parts.append(html.P(_chosen(view, kpi.card)))
        if kpi.freshness:
            parts.append(html.P(" ".join(fresh.reasons(words, kpi.freshness, words.day(board.known)))))
    for place, aimed in enumerate(kpi.aims):
        parts += [status.aim(view, aimed, board.figures)] if place else []
        parts += status.readings(view, aimed, board.figures)
    more = len(kpi.aims) - 1
    title = words.text("Why this number") if kpi.card else words.text("Why this status")
    if more > 0:
        title += " · " + words.plural("{n} more aim", "{n} more aims", more)
    return html.Details([html.Summary(title), *parts], className="why") if parts else None


def _chosen(view: View, shown: Card) -> list[Any]:
    """The rule's own sentence, the rules that pick the same, and the way to the rivals."""
    words, newest = view.words, shown.newest
    if not newest["rivals"]:
        return [words.text("The only claim for this cell.")]
    also = [words.text(_RULES[rule]) for rule in (newest["picked_by"] or "").split(",") if rule in _RULES]
    link = figures.number(view, newest, words.rivals(newest["rivals"]), indicator=shown.indicator.id)
    said = words.woven("Chosen among {rivals}: {why}.", rivals=link, why=words.note(newest["why"]))
    return [*said, " ", words.text("Picked by: {rules}.", rules=", ".join(also))] if also else said


_RULES = {
    "official_first": message("the highest authority"),
    "latest": message("the latest"),
    "narrowest": message("the narrowest interval"),
}
"""Rules that choose; `all` chooses nothing."""
