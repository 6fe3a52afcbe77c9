"""The passport of a figure: everything that must be known to quote it, and who contradicts it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import figures, offer, statement
from dashboard.present.add import add_button
from dashboard.route import View
from dashboard.wording import CURRENCY_CHOICES, Wording
from indicators.answer import Answer, answer
from indicators.catalogue import Catalogue
from indicators.concepts.indicator import PER_HEAD, Indicator
from indicators.convert import AS_REPORTED, successor
from indicators.holdings import Passport, passport
from indicators.language import ended
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
        answer: what the row is of.
    """

    indicator: Indicator
    row: Row
    series: Sequence[Row]
    denominator: Row | None
    answer: Answer


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
        currency=currency if indicator.is_money and currency in CURRENCY_CHOICES else AS_REPORTED,
    )
    made = answer(query, store, catalogue)
    row = next((r for r in made.rows if r["figure_id"] == figure["figure_id"]), None)
    if row is None:
        return None
    divided_by = row["denominator_figure_id"]
    denominator = passport(store, divided_by).figure if divided_by else None
    return Shown(indicator, row, _series(made, row), denominator, made)


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
        _head(view, figure, page),
        _made(view, figure, page),
        statement.printed(view.words, figure),
        statement.rivals(view, found),
        statement.undated(view, found),
        statement.findings(view.words, found),
        statement.facts(view.words, figure),
        _course(view, page),
        _citation(view, found, page),
    ]
    return [block for block in blocks if block is not None]


def _defined(view: View, name: str, page: Shown | None) -> Component | str:
    """The name of the indicator as the way to its method."""
    return dcc.Link(name, href=view.links.method(page.indicator.id)) if page else name


def _head(view: View, figure: Row, page: Shown | None) -> html.Header:
    words, top = view.words, page.row if page else figure
    name = words.text(page.indicator.name) if page else words.label("measure", figure["measure"])
    where = " · ".join(
        s for s in (words.label("area", figure["ref_area"]), figures.about(words, figure)) if s
    )
    per = words.text("per head") if page and page.indicator.formula == PER_HEAD else ""
    when = ", ".join(s for s in (words.period(figure), words.basis(figure)) if s)
    return html.Header(
        [
            html.P(_defined(view, name, page), className="kicker"),
            html.H2(
                figures.large(words, top, page.indicator.decimals if page else None, per),
                tabIndex="-1",
                className="headline",
            ),
            html.P(where),
            html.P([when, *_standing(words, figure)], className="when"),
        ],
        className="passport-head",
    )


def _standing(words: Wording, figure: Row) -> list[Component]:
    """Headline, rival or not an outcome at all; and whether it is in doubt."""
    tags: list[Component] = []
    if figure["kind"] != "observed":
        tags.append(html.Span(words.label("kind", figure["kind"]), className="tag tag-plan"))
    elif figure.get("is_headline"):
        tags.append(html.Span(words.text("headline"), className="tag tag-headline"))
    elif figure.get("is_headline") is False:
        tags.append(html.Span(words.text("rival claim"), className="tag"))
    if words.status(figure):
        tags.append(html.Span(words.status(figure), className="tag tag-doubt"))
    return tags


def _made(view: View, figure: Row, page: Shown | None) -> Component | None:
    """How the number shown was made of the number stated, each part with its own passport."""
    if page is None:
        return None
    row, words = page.row, view.words
    stated = words.text("{figure}, as stated", figure=words.figure(figure))
    steps = _exchanged(view, figure, row)
    steps = [[stated], *steps] if steps else []
    if page.denominator is not None:
        below = page.denominator
        steps = steps or [[stated]]
        steps.append(
            [
                "÷ ",
                _to(view, below["figure_id"], words.precise(below["obs_value"], below["unit_measure"])),
                f", {words.language.lower(words.label('measure', below['measure']))}, {words.period(below)}",
                f" ({words.publisher(below['publisher'])})",
            ]
        )
        steps += [] if page.indicator.formula == PER_HEAD else [["× 100"]]
    if not steps and not row["note"]:
        return None
    result = f"= {words.figure(row, page.indicator.decimals)}"
    return statement.block(
        words.text("How this number was made"),
        html.Ul([html.Li(s) for s in [*steps, [result]]], className="formula"),
        html.P(figures.noted(words, row["note"]), className="remark") if row["note"] else None,
    )


def _exchanged(view: View, figure: Row, row: Row) -> list[list[Any]]:
    """The steps from the money of the figure to the money shown; none where nothing was converted."""
    words, steps = view.words, list[list[Any]]()
    old, (now, _) = figure["unit_measure"], successor(figure["unit_measure"])
    if row["redenomination"] is not None:
        units = words.text("{n} {old} for one {new}", n=words.number(row["redenomination"]), old=old, new=now)
        steps.append([f"÷ {units}"])
    legs = (("rate", "× " if now == "USD" else "÷ ", row["unit_measure"] if now == "USD" else now),
            ("rate_to", "× ", row["unit_measure"]))  # fmt: skip
    for rate, sign, currency in legs:
        if row[rate] is not None:
            per_dollar = words.text(
                "{rate} {currency} for one US dollar, average of {year}",
                rate=words.number(row[rate]), currency=currency, year=row["year"],
            )  # fmt: skip
            by = f" ({words.publisher(row[f'{rate}_publisher'])})"
            steps.append([sign, _to(view, row[f"{rate}_figure_id"], per_dollar), by])
    return steps


def _course(view: View, page: Shown | None) -> Component | None:
    """The headlines before and after, with who states them: a new source may be a new coverage."""
    if page is None or len(page.series) < 2:
        return None
    decimals, words = page.indicator.decimals, view.words
    rows = [
        html.Tr(
            [
                html.Td(words.period(r), className="when"),
                html.Td(figures.number(view, r, words.figure(r, decimals)), className="what"),
                html.Td(words.publisher(r["publisher"]), className="who"),
            ],
            className="here" if r["figure_id"] == page.row["figure_id"] else "",
        )
        for r in reversed(page.series)
    ]
    return statement.block(
        words.text("Its series"),
        html.P(words.text("A change of publisher can be a change of coverage."), className="remark"),
        html.Table(html.Tbody(rows), className="figures course"),
    )


def _citation(view: View, found: Passport, page: Shown | None) -> Component:
    """A sentence to copy as it is: what, of whom, when, how much, by whom, which release."""
    figure, words = dict(found.figure), view.words
    made = ""
    if _is_made(page) and page:
        name = words.language.lower(words.text(page.indicator.name))
        shown_as = words.figure(page.row, page.indicator.decimals)
        made = " " + words.text("From it, {indicator}: {figure}.", indicator=name, figure=shown_as)
    what = f"{words.label('measure', str(figure['measure']))} ({figures.about(words, figure)})"
    when = ", ".join(s for s in (words.period(figure), words.basis(figure)) if s)
    identity = words.text("Figure {id}, release {release}.", id=figure["figure_id"], release=found.release)
    published = words.day(_text(figure["published_on"]))
    cited = (
        ended(f"{words.label('area', str(figure['ref_area']))}, {what}, {when}: {words.figure(figure)}")
        + ended(f"{made} {figures.publisher(words, figure)}, “{words.title(figure)}”, {published}")
        + f" {identity}"
    )
    kept = {k: v for k, v in view.parameters.items() if k in ("indicator", "currency")}
    permanent = view.links.permanent(str(figure["figure_id"]), kept)
    deck = add_button(view, "kpi", figure=str(figure["figure_id"]))
    own_page = dcc.Link(
        words.text("Permanent page of {id}", id=figure["figure_id"]), href=permanent, className="own-page"
    )
    more = offer.figure_cited(view, str(figure["figure_id"]), found.release)
    return statement.block(
        words.text("To quote it"), html.P(cited, className="citation"), html.P(own_page), deck, more
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _is_made(page: Shown | None) -> bool:
    """Whether the number shown is another than the number stated."""
    if page is None:
        return False
    return any(page.row[c] is not None for c in ("denominator", "rate", "redenomination"))


def _to(view: View, figure_id: str, text: str) -> dcc.Link:
    says = view.words.text("Open its passport")
    return dcc.Link(text, href=view.with_passport(figure_id), className="number to-passport", title=says)
