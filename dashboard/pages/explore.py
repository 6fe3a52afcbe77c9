"""Explore: one indicator, several areas, year by year; the chart and the table of the same answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import charts, controls, figures, links, marks, panels, route, sparks
from dashboard.aria import named
from dashboard.charts import Panel
from dashboard.graph import graph
from dashboard.present.add import add_button
from dashboard.route import View
from dashboard.series import series
from dashboard.wording import CURRENCY_CHOICES, NOTHING, Wording
from indicators.answer import Answer, answer
from indicators.catalogue import Catalogue
from indicators.concepts.indicator import Indicator
from indicators.language import message
from indicators.query import FIELDS, BadQuery, Query, from_url
from indicators.store import Store

PATH, TITLE = links.EXPLORE, message("Explore")
CHARTS = {"line": message("Line"), "bar": message("Bar, newest")}
USUAL = Query("exports_services_per_head", ("KAZ", "AZE", "UZB", "GEO", "TUR"), currency="USD")
MOST_DRAWN = 8
"""As many as there are colours; the table lists them all."""

Row = dict[str, Any]


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component]:
    """The page of one comparison.

    Raises:
        BadQuery: unknown parameters or codes.
    """
    query, chart = asked(view, catalogue)
    indicator = catalogue[query.indicator]
    sectors = _sectors(store, indicator, query)
    chosen = query.sector or (sectors[0] if sectors else indicator.sectors[0])
    answered = answer(replace(query, sector=chosen), store, catalogue)
    words = view.words
    page = [
        _head(view, store, catalogue, answered, sectors, chart),
        *_notices(words, query, answered, sectors),
    ]
    drawn = charts.panels(words, _drawn(answered), chart)
    if not drawn:
        return [*page, _empty(view, query, indicator)]
    for panel in drawn:
        page += [_chart(view, panel, answered), _table(view, panel, answered)]
    return [*page, _method(words, indicator)]


def asked(view: View, catalogue: Catalogue) -> tuple[Query, str]:
    """The query of the address and the kind of chart; without an indicator, the usual comparison."""
    faults: list[str] = []
    chart = route.one_of(view.parameters, "chart", "line", list(CHARTS), faults)
    given = completed(view).parameters
    faults += route.unknown(given, (*FIELDS, "chart"))
    query = USUAL
    try:
        spoken = {links.LANGUAGE: view.language} if view.language else {}
        query = from_url({k: v for k, v in given.items() if k in FIELDS} | spoken, catalogue)
    except BadQuery as fault:
        faults += fault.faults
    if faults:
        raise BadQuery(faults)
    return query, chart


def completed(view: View) -> View:
    """The same view with the usual question written out, where the address asks none."""
    if "indicator" in view.parameters:
        return view
    usual = dict(parse_qsl(USUAL.to_url()))
    return replace(view, parameters={**usual, **view.parameters})


def _sectors(store: Store, indicator: Indicator, query: Query) -> list[str]:
    """Sectors of the definition that have figures for the areas, in its order."""
    held = store.ask("coverage").to_dicts()
    there = {
        r["sector"]
        for r in held
        if r["measure"] == indicator.numerator.measure
        and r["figures"]
        and (not query.areas or r["ref_area"] in query.areas)
    }
    return [s for s in indicator.sectors if s in there]


def _drawn(answered: Answer) -> Answer:
    """The answer for the chart: where no area is named, or too many, those with the most figures."""
    frame = answered.frame
    figures_of = Counter(frame["ref_area"].to_list())
    if len(figures_of) <= MOST_DRAWN:
        return answered
    named = [a for a in answered.query.areas if a in figures_of]
    kept = (named or sorted(figures_of, key=lambda a: (-figures_of[a], a)))[:MOST_DRAWN]
    return Answer(
        answered.query,
        answered.indicator,
        answered.release,
        frame.filter(frame["ref_area"].is_in(kept)),
        answered.notes,
    )


def _head(
    view: View, store: Store, catalogue: Catalogue, answered: Answer, sectors: Sequence[str], chart: str
) -> html.Header:
    query, indicator = answered.query, answered.indicator
    measure, words = indicator.numerator.measure, view.words
    held = {
        r["ref_area"]
        for r in store.ask("coverage").to_dicts()
        if r["measure"] == measure and r["sector"] in indicator.sectors
    }
    areas = [
        o for o in controls.area_options(words, store) if o["value"] in held or o["value"] in query.areas
    ]
    years = [str(y) for y in range(2030, 1995, -1)]
    shown = [
        controls.one_of(
            words,
            "indicator",
            words.text("Indicator"),
            controls.indicator_options(words, catalogue),
            indicator.id,
            search=True,
        ),
        controls.some_of(
            words,
            "areas",
            words.text("Countries and groups"),
            areas,
            query.areas,
            words.text("Choose countries"),
        ),
        controls.one_of(words, "sector", words.text("Sector"), _named(words, sectors), query.sector)
        if len(sectors) > 1
        else None,
        controls.optional(
            words,
            "since",
            words.text("From"),
            _plain(years),
            str(query.since or "") or None,
            words.text("first"),
        ),
        controls.optional(
            words,
            "until",
            words.text("To"),
            _plain(years),
            str(query.until or "") or None,
            words.text("last"),
        ),
        controls.one_of(
            words, "currency", words.text("Money in"), _choices(words, CURRENCY_CHOICES), query.currency
        )
        if indicator.is_money
        else None,
        controls.switch("chart", words.text("Chart"), _choices(words, CHARTS), chart),
    ]
    sector = words.label("sector", query.sector or "")
    return html.Header(
        [
            html.P(words.text(TITLE), className="kicker"),
            html.H1(words.text(indicator.name)),
            html.P(
                [
                    words.text(indicator.question),
                    html.Span(" " + words.text("Sector: {sector}.", sector=sector), className="quiet"),
                ],
                className="lead",
            ),
            html.Div(shown[:2], className="controls"),
            html.Div([c for c in shown[2:] if c], className="controls second"),
        ],
        className="page-head",
    )


def _choices(words: Wording, options: dict[str, str]) -> list[dict[str, str]]:
    return [{"label": words.text(says), "value": code} for code, says in options.items()]


def _named(words: Wording, sectors: Sequence[str]) -> list[dict[str, str]]:
    return [{"label": words.label("sector", s), "value": s} for s in sectors]


def _plain(values: Sequence[str]) -> list[dict[str, str]]:
    return [{"label": v, "value": v} for v in values]


def _notices(words: Wording, query: Query, answered: Answer, sectors: Sequence[str]) -> list[Component]:
    """What the reader did not ask for but must know."""
    said: list[str] = []
    sector = answered.query.sector or ""
    if query.sector is None and len(sectors) > 1:
        others = ", ".join(words.label("sector", s) for s in sectors if s != sector)
        unmixed = message("Sectors are not mixed in one chart: this is {sector}. There is also: {others}.")
        said.append(words.text(unmixed, sector=words.label("sector", sector), others=others))
    if query.as_of:
        said.append(words.text("As it was known on {day}.", day=words.day(query.as_of)))
    silent = [a for a in query.areas if a not in set(answered.frame["ref_area"].to_list())]
    if silent and not answered.frame.is_empty():
        named_areas = ", ".join(words.label("area", a) for a in silent)
        said.append(words.text("No figure of this sector: {areas}.", areas=named_areas))
    areas = answered.frame["ref_area"].n_unique()
    if areas > MOST_DRAWN and query.areas:
        few = message("The chart shows {shown} of {all}, the first named; the table shows all.")
        said.append(words.text(few, shown=MOST_DRAWN, all=areas))
    elif areas > MOST_DRAWN:
        few = message("The chart shows {shown} of {all}, those with the most figures; the table shows all.")
        said.append(words.text(few, shown=MOST_DRAWN, all=areas))
    frame = answered.frame
    unconverted = frame.filter(frame["note"].is_not_null() & frame["low"].is_null()).height
    if unconverted:
        said.append(
            words.plural(
                "{n} figure could not be converted, for want of an exchange rate of its own year; "
                "money as reported shows it.",
                "{n} figures could not be converted, for want of an exchange rate of their own year; "
                "money as reported shows them.",
                unconverted,
            )
        )
    return [html.Div([html.P(s) for s in said], className="notices")] if said else []


def _empty(view: View, query: Query, indicator: Indicator) -> Component:
    words = view.words
    everybody = view.links.explore(Query(indicator.id, currency=query.currency))
    return panels.nothing(
        words.text("No figure answers this question"),
        words.text("No source in this release states it for these countries, sector and years."),
        " ",
        dcc.Link(words.text("Show every country that has one"), href=everybody),
    )


def _chart(view: View, panel: Panel, answered: Answer) -> html.Figure:
    words = view.words
    name = f"{words.text(answered.indicator.name)}, {panel.scale.title}"
    says = words.text("{chart}. The same figures stand in the table below.", chart=name)
    kinds = panel.marks if panel.marks != ("stated",) else ()
    key = [html.Li([sparks.glyph(kind), words.text(marks.KEY[kind])]) for kind in kinds]
    key.append(html.Li(words.text("Any mark or number opens its passport.")))
    return html.Figure(
        [
            html.Figcaption(panel.scale.title, className="unit"),
            graph(words, panel.figure, says),
            html.Ul(key, className="key"),
            add_button(view, "chart", unit=panel.unit, name=name),
        ]
    )


def _table(view: View, panel: Panel, answered: Answer) -> Component:
    """Areas by years, the newest year first; every cell a passport, every gap a reason."""
    rows = [
        r
        for r in answered.frame.to_dicts()
        if r["unit_measure"] == panel.unit and r["year"] and r["is_headline"]
    ]
    words = view.words
    found = series(words, rows, answered.query.areas)
    years = sorted({r["year"] for r in rows}, reverse=True)
    head = html.Tr([html.Th(panel.scale.title, scope="col"), *(html.Th(str(y), scope="col") for y in years)])
    gap = html.Span(NOTHING, className="absent", title=words.text("no figure reported"))
    body = []
    for one in found:
        by_year = {r["year"]: r for r in one.headlines}
        cells = [html.Td(figures.cell(view, by_year[y], panel.scale) if y in by_year else gap) for y in years]
        body.append(html.Tr([html.Th(one.name, scope="row"), *cells]))
    table = html.Table([html.Thead(head), html.Tbody(body)], className="years")
    return html.Div(
        [
            html.Div(
                table,
                className="scroll",
                tabIndex="0",
                role="region",
                **named(words.text("Table, scrolls sideways")),
            ),
            figures.notes(words, rows),
            add_button(view, "table", unit=panel.unit, name=words.text("Table")),
        ]
    )


def _method(words: Wording, indicator: Indicator) -> html.Section:
    return html.Section(
        [
            html.H2(words.text("How to read it")),
            html.Ul([html.Li(words.text(c)) for c in indicator.caveats]),
            html.P(
                [
                    *words.woven(
                        "Method: {address}", address=links.outside(indicator.method, indicator.method)
                    ),
                    " · ",
                    words.text("definition {id}, basis {n}", id=indicator.id, n=indicator.basis),
                ],
                className="quiet",
            ),
        ],
        className="method",
    )
