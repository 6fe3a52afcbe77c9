"""The passport of a figure: everything that must be known to quote it, and who contradicts it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isinf
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import figures, links, wording
from dashboard.route import View
from indicators.answer import Answer, answer
from indicators.catalogue import Catalogue
from indicators.concepts.indicator import PER_HEAD, Indicator
from indicators.convert import CURRENCIES
from indicators.holdings import Passport, passport
from indicators.query import Query
from indicators.store import Store

Row = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """A figure as a page shows it: as part of an indicator, perhaps converted or divided.

    Attributes:
        indicator: the definition.
        row: of Answer.frame.
        series: the headlines of the same series, the figure's own among them.
        denominator: the figure it was divided by, or None.
    """

    indicator: Indicator
    row: Row
    series: Sequence[Row]
    denominator: Row | None


def shown(store: Store, catalogue: Catalogue, view: View, figure: Row) -> Shown | None:
    """How the page of `view` shows `figure`; None where it is not a figure of the page's indicator."""
    wanted = view.parameters.get("indicator", "")
    if wanted not in catalogue.indicators or figure["kind"] != "observed" or figure["region"] != "_T":
        return None
    indicator = catalogue[wanted]
    if figure["measure"] != indicator.numerator.measure or figure["sector"] not in indicator.sectors:
        return None
    currency = view.parameters.get("currency", "")
    query = Query(
        wanted,
        (figure["ref_area"],),
        figure["sector"],
        figure["sex"],
        currency=currency if currency in CURRENCIES else CURRENCIES[0],
    )
    made = answer(query, store, catalogue)
    row = next((r for r in made.frame.to_dicts() if r["figure_id"] == figure["figure_id"]), None)
    if row is None:
        return None
    divided_by = row["denominator_figure_id"]
    denominator = passport(store, divided_by).figure if divided_by else None
    return Shown(indicator, row, _series(made, row), denominator)


def _series(made: Answer, row: Row) -> list[Row]:
    same = ("sector", "counterpart_area", "freq")
    return [
        r for r in made.headlines.to_dicts() if all(r[k] == row[k] for k in same) and r["low"] is not None
    ]


def render(store: Store, catalogue: Catalogue, view: View, figure_id: str) -> list[Component]:
    """The passport, from its headline to its citation.

    Raises:
        UnknownFigure: this release does not hold it.
    """
    found = passport(store, figure_id)
    figure: Row = found.figure
    page = shown(store, catalogue, view, figure)
    blocks = [
        _head(figure, page),
        _made(view, figure, page),
        _printed(figure),
        _rivals(view, found),
        _undated(view, found),
        _findings(found),
        _facts(figure),
        _course(view, page),
        _citation(view, found, page),
    ]
    return [block for block in blocks if block is not None]


def _head(figure: Row, page: Shown | None) -> html.Header:
    top = page.row if page else figure
    name = page.indicator.name if page else wording.label("measure", figure["measure"])
    where = " · ".join(s for s in (wording.label("area", figure["ref_area"]), figures.about(figure)) if s)
    per = "per head" if page and page.indicator.formula == PER_HEAD else ""
    when = ", ".join(s for s in (wording.period(figure), wording.basis(figure)) if s)
    return html.Header(
        [
            html.P(name, className="kicker"),
            html.H2(
                figures.large(top, page.indicator.decimals if page else None, per),
                tabIndex="-1",
                className="headline",
            ),
            html.P(where),
            html.P([when, *_standing(figure)], className="when"),
        ],
        className="passport-head",
    )


def _standing(figure: Row) -> list[Component]:
    """Headline, rival or not an outcome at all; and whether it is in doubt."""
    tags: list[Component] = []
    if figure["kind"] != "observed":
        tags.append(html.Span(wording.label("kind", figure["kind"]), className="tag tag-plan"))
    elif figure.get("is_headline"):
        tags.append(html.Span("headline", className="tag tag-headline"))
    elif figure.get("is_headline") is False:
        tags.append(html.Span("rival claim", className="tag"))
    if wording.status(figure):
        tags.append(html.Span(wording.status(figure), className="tag tag-doubt"))
    return tags


def _made(view: View, figure: Row, page: Shown | None) -> Component | None:
    """How the number shown was made of the number stated, each part with its own passport."""
    if page is None:
        return None
    row = page.row
    steps: list[list[Any]] = []
    stated = f"{wording.figure(figure)}, as stated"
    if row["rate"] is not None:
        per_dollar = (
            f"{wording.number(row['rate'])} {_local(figure, row)} for one US dollar, average of {row['year']}"
        )
        steps.append([stated])
        steps.append(
            [
                "÷ " if row["unit_measure"] == "USD" else "× ",
                _to(view, row["rate_figure_id"], per_dollar),
                f" ({row['rate_publisher']})",
            ]
        )
    if page.denominator is not None:
        below = page.denominator
        steps = steps or [[stated]]
        steps.append(
            [
                "÷ ",
                _to(view, below["figure_id"], wording.precise(below["obs_value"], below["unit_measure"])),
                f", {wording.label('measure', below['measure']).lower()} {wording.period(below)}",
                f" ({below['publisher']})",
            ]
        )
        steps += [] if page.indicator.formula == PER_HEAD else [["× 100"]]
    if not steps and not row["note"]:
        return None
    result = f"= {wording.figure(row, page.indicator.decimals)}"
    return _block(
        "How this number was made",
        html.Ul([html.Li(s) for s in [*steps, [result]]], className="formula"),
        html.P(row["note"], className="remark") if row["note"] else None,
    )


def _local(figure: Row, row: Row) -> str:
    return str(figure["unit_measure"] if figure["unit_measure"] != "USD" else row["unit_measure"])


def _printed(figure: Row) -> Component:
    quote = html.Blockquote(figure["reported_value"] or "no words kept", lang=figure["language"], dir="auto")
    printed_in = wording.printed_in(figure["reported_unit_mult"])
    return _block(
        "As printed",
        quote,
        html.P(
            [
                f"{figures.publisher(figure)}: ",
                links.outside(figure["title"] or "untitled", figure["address"], lang=figure["language"]),
            ]
        ),
        html.P("; ".join(s for s in (figure["reported_at"], printed_in) if s), className="remark"),
    )


def _facts(figure: Row) -> Component:
    """Value, interval, dates and the rest, as a list of terms."""
    unit = figure["unit_measure"]
    exact = figure["obs_value"] is not None and figure["obs_status"] != "N"
    pairs = [
        ("Value", wording.precise(figure["obs_value"], unit) if exact else wording.figure(figure)),
        ("Interval", _interval(figure)),
        ("Qualified as", wording.label("hedge", figure["hedge"])),
        (
            "Period",
            f"{wording.period_of(figure)} ({wording.label('period_basis', figure['period_basis']).lower()})",
        ),
        ("Published", wording.day(figure["published_on"])),
        ("Retrieved", wording.day(figure["retrieved_on"])),
        ("Who states it", wording.label("authority", figure["authority"])),
        ("Language", wording.language(figure["language"])),
        ("Prices", f"constant, base {figure['base_per']}" if figure["base_per"] else ""),
        ("Status", wording.label("obs_status", figure["obs_status"]) if figure["obs_status"] != "A" else ""),
        ("Remark", figure["obs_comment"] or ""),
        ("Correction", figure["correction"] or ""),
        ("Licence", figure["licence"] or ""),
        ("About the source", figure["remark"] or ""),
    ]
    terms = [part for term, says in pairs if says for part in (html.Dt(term), html.Dd(says))]
    return _block("The figure", html.Dl(terms))


def _interval(figure: Row) -> str:
    low, high, unit = figure["low"], figure["high"], figure["unit_measure"]
    if low is None or low == high:
        return ""
    ends = ["open" if isinf(end) else wording.precise(end, unit) for end in (low, high)]
    return f"from {ends[0]} to {ends[1]}"


def _rivals(view: View, found: Passport) -> Component:
    """Who says otherwise of the same cell, and why the headline is the headline."""
    rows = found.rivals.to_dicts()
    if not rows:
        return _block("Rival claims", html.P("Nobody else in this release states it."))
    mine = found.figure
    which = "This is the headline" if mine.get("is_headline") else "Another claim is the headline"
    why = f"{which}: {mine.get('why')}."
    return _block(f"Rival claims ({len(rows)})", html.P(why, className="remark"), _claims(view, rows))


def _undated(view: View, found: Passport) -> Component | None:
    rows = found.undated.to_dicts()
    if not rows:
        return None
    return _block(
        f"Claims without a period ({len(rows)})",
        html.P(
            "They speak of the same thing, but nobody knows of when; they stand in no series.",
            className="remark",
        ),
        _claims(view, rows),
    )


def _claims(view: View, rows: Iterable[Row]) -> html.Ul:
    return html.Ul(
        [
            html.Li(
                [
                    figures.number(view, row, wording.figure(row)),
                    html.Span(f"{row['publisher']}, {_dated(row)}"),
                    html.Span("headline", className="tag tag-headline") if row.get("is_headline") else None,
                    html.Q(row["reported_value"], lang=row["language"]) if row["reported_value"] else None,
                ]
            )
            for row in rows
        ],
        className="claims",
    )


def _dated(row: Row) -> str:
    return f"published {wording.day(row['published_on'])}" if row["published_on"] else "publication not dated"


def _course(view: View, page: Shown | None) -> Component | None:
    """The headlines before and after, with who states them: a new source may be a new coverage."""
    if page is None or len(page.series) < 2:
        return None
    decimals = page.indicator.decimals
    rows = [
        html.Tr(
            [
                html.Td(wording.period(r), className="when"),
                html.Td(figures.number(view, r, wording.figure(r, decimals)), className="what"),
                html.Td(r["publisher"], className="who"),
            ],
            className="here" if r["figure_id"] == page.row["figure_id"] else "",
        )
        for r in reversed(page.series)
    ]
    return _block(
        "Its series",
        html.P("A change of publisher can be a change of coverage.", className="remark"),
        html.Table(html.Tbody(rows), className="figures course"),
    )


def _findings(found: Passport) -> Component | None:
    rows = found.findings.to_dicts()
    if not rows:
        return None
    items = []
    for r in rows:
        elsewhere = r["figure_id"] != found.figure["figure_id"]
        where = (
            [" ", links.outside(f"{r['publisher']}: {r['title']}", r["address"], lang=r["language"])]
            if elsewhere
            else []
        )
        items.append(html.Li([html.Strong(wording.finding(r["kind"])), f" {r['says']}", *where]))
    return _block("What was found", html.Ul(items, className="findings"))


def _citation(view: View, found: Passport, page: Shown | None) -> Component:
    """A sentence to copy as it is: what, of whom, when, how much, by whom, which release."""
    figure: Row = dict(found.figure)
    what = f"{wording.label('measure', figure['measure'])} ({figures.about(figure)})"
    when = ", ".join(s for s in (wording.period(figure), wording.basis(figure)) if s)
    own = (
        f" From it, {page.indicator.name.lower()}: {wording.figure(page.row, page.indicator.decimals)}."
        if _is_made(page) and page
        else ""
    )
    cited = (
        f"{wording.label('area', figure['ref_area'])}, {what}, {when}: {wording.figure(figure)}.{own} "
        f"{figures.publisher(figure)}, “{figure['title']}”, {wording.day(figure['published_on'])}. "
        f"Figure {figure['figure_id']}, release {found.release}."
    )
    kept = {k: v for k, v in view.parameters.items() if k in ("indicator", "currency")}
    own_page = dcc.Link(
        f"Permanent page of {figure['figure_id']}", href=links.permanent(figure["figure_id"], kept)
    )
    return _block("To quote it", html.P(cited, className="citation"), html.P(own_page))


def _is_made(page: Shown | None) -> bool:
    """Whether the number shown is another than the number stated."""
    return page is not None and (page.denominator is not None or page.row["rate"] is not None)


def _to(view: View, figure_id: str, text: str) -> dcc.Link:
    return dcc.Link(
        text, href=view.with_passport(figure_id), className="number to-passport", title="Open its passport"
    )


def _block(title: str, *content: Component | None) -> html.Section:
    return html.Section([html.H3(title), *(c for c in content if c is not None)])
