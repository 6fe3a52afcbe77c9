"""Compare: one indicator, several areas, year by year; the chart and the table of the same answer."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import charts, controls, figures, links, marks, panels, route, sparks, theme, wording
from dashboard.aria import named
from dashboard.charts import Panel
from dashboard.route import View
from dashboard.series import series
from indicators.answer import Answer, answer
from indicators.catalogue import Catalogue
from indicators.concepts.indicator import Indicator
from indicators.query import FIELDS, BadQuery, Query, from_url
from indicators.store import Store

PATH, TITLE = links.COMPARE, "Compare"
CHARTS = {"line": "Line", "bar": "Bar, newest"}
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
    answered = answer(_of_sector(query, chosen), store, catalogue)
    page = [_head(store, catalogue, answered, sectors, chart), *_notices(query, answered, sectors)]
    drawn = charts.panels(_drawn(answered), chart)
    if not drawn:
        return [*page, _empty(query, indicator)]
    for index, panel in enumerate(drawn):
        page += [_chart(view, index, panel, answered), _table(view, panel, answered)]
    return [*page, _method(indicator)]


def asked(view: View, catalogue: Catalogue) -> tuple[Query, str]:
    """The query of the address and the kind of chart; without an indicator, the usual comparison."""
    faults: list[str] = []
    chart = route.one_of(view.parameters, "chart", "line", list(CHARTS), faults)
    given = completed(view).parameters
    faults += route.unknown(given, (*FIELDS, "chart"))
    query = USUAL
    try:
        query = from_url({k: v for k, v in given.items() if k in FIELDS}, catalogue)
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
    return View(view.path, {**usual, **view.parameters}, view.passport)


def _of_sector(query: Query, sector: str) -> Query:
    return Query(**{**{f: getattr(query, f) for f in FIELDS}, "sector": sector})


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
    store: Store, catalogue: Catalogue, answered: Answer, sectors: Sequence[str], chart: str
) -> html.Header:
    query, indicator = answered.query, answered.indicator
    measure = indicator.numerator.measure
    held = {
        r["ref_area"]
        for r in store.ask("coverage").to_dicts()
        if r["measure"] == measure and r["sector"] in indicator.sectors
    }
    areas = [o for o in controls.area_options(store) if o["value"] in held or o["value"] in query.areas]
    years = [str(y) for y in range(2030, 1995, -1)]
    shown = [
        controls.one_of(
            "indicator", "Indicator", controls.indicator_options(catalogue), indicator.id, search=True
        ),
        controls.some_of("areas", "Countries and groups", areas, query.areas),
        controls.one_of("sector", "Sector", _named("sector", sectors), query.sector)
        if len(sectors) > 1
        else None,
        controls.optional("since", "From", _plain(years), str(query.since or "") or None, "first"),
        controls.optional("until", "To", _plain(years), str(query.until or "") or None, "last"),
        controls.one_of("currency", "Money in", _choices(wording.CURRENCY_CHOICES), query.currency)
        if indicator.is_money
        else None,
        controls.switch("chart", "Chart", _choices(CHARTS), chart),
    ]
    return html.Header(
        [
            html.P("Compare", className="kicker"),
            html.H1(indicator.name),
            html.P(
                [
                    indicator.question,
                    html.Span(f" Sector: {wording.label('sector', query.sector or '')}.", className="quiet"),
                ],
                className="lead",
            ),
            html.Div(shown[:2], className="controls"),
            html.Div([c for c in shown[2:] if c], className="controls second"),
        ],
        className="page-head",
    )


def _choices(options: dict[str, str]) -> list[dict[str, str]]:
    return [{"label": words, "value": code} for code, words in options.items()]


def _named(name: str, codes: Sequence[str]) -> list[dict[str, str]]:
    return [{"label": wording.label(name, c), "value": c} for c in codes]


def _plain(values: Sequence[str]) -> list[dict[str, str]]:
    return [{"label": v, "value": v} for v in values]


def _notices(query: Query, answered: Answer, sectors: Sequence[str]) -> list[Component]:
    """What the reader did not ask for but must know."""
    said: list[str] = []
    sector = answered.query.sector or ""
    if query.sector is None and len(sectors) > 1:
        others = ", ".join(wording.label("sector", s) for s in sectors if s != sector)
        said.append(
            f"Sectors are not mixed in one chart: this is {wording.label('sector', sector)}. "
            f"There is also {others}."
        )
    if query.as_of:
        said.append(f"As it was known on {wording.day(query.as_of)}.")
    silent = [a for a in query.areas if a not in set(answered.frame["ref_area"].to_list())]
    if silent and not answered.frame.is_empty():
        said.append(f"No figure of this sector for {', '.join(wording.label('area', a) for a in silent)}.")
    areas = answered.frame["ref_area"].n_unique()
    if areas > MOST_DRAWN:
        which = "the first named" if query.areas else "those with the most figures"
        said.append(f"The chart shows {MOST_DRAWN} of {areas}, {which}; the table shows all.")
    unconverted = answered.frame.filter(
        answered.frame["note"].is_not_null() & answered.frame["low"].is_null()
    )
    if not unconverted.is_empty():
        said.append(
            f"{wording.count(unconverted.height, 'figure')} could not be converted, "
            "for want of an exchange rate of its own year; "
            "money as reported shows them."
        )
    return [html.Div([html.P(s) for s in said], className="notices")] if said else []


def _empty(query: Query, indicator: Indicator) -> Component:
    everybody = links.compare(Query(indicator.id, currency=query.currency))
    return panels.nothing(
        "No figure answers this question",
        "No source in this release states it for these countries, sector and years. ",
        dcc.Link("Show every country that has one", href=everybody),
        ".",
    )


def _chart(view: View, index: int, panel: Panel, answered: Answer) -> html.Figure:
    name = f"{answered.indicator.name}, {panel.scale.title}"
    graph = dcc.Graph(
        id={"chart": index},
        figure=panel.figure,
        config=theme.CONFIG,
        className="chart",
        style={"height": panel.figure["layout"]["height"]},
    )
    kinds = panel.marks if panel.marks != ("stated",) else ()
    key = [html.Li([sparks.glyph(kind), marks.KEY[kind]]) for kind in kinds]
    key.append(html.Li("Any mark or number opens its passport."))
    return html.Figure(
        [
            html.Figcaption(panel.scale.title, className="unit"),
            html.Div(graph, role="img", **named(f"{name}. The same figures stand in the table below.")),
            html.Ul(key, className="key"),
        ]
    )


def _table(view: View, panel: Panel, answered: Answer) -> Component:
    """Areas by years, the newest year first; every cell a passport, every gap a reason."""
    rows = [
        r
        for r in answered.frame.to_dicts()
        if r["unit_measure"] == panel.unit and r["year"] and r["is_headline"]
    ]
    found = series(rows, answered.query.areas)
    years = sorted({r["year"] for r in rows}, reverse=True)
    head = html.Tr([html.Th(panel.scale.title, scope="col"), *(html.Th(str(y), scope="col") for y in years)])
    body = []
    for one in found:
        by_year = {r["year"]: r for r in one.headlines}
        cells = [
            html.Td(figures.cell(view, by_year[y], panel.scale) if y in by_year else _gap()) for y in years
        ]
        body.append(html.Tr([html.Th(one.name, scope="row"), *cells]))
    table = html.Table([html.Thead(head), html.Tbody(body)], className="years")
    return html.Div(
        [
            html.Div(
                table, className="scroll", tabIndex="0", role="region", **named("Table, scrolls sideways")
            ),
            figures.notes(rows),
        ]
    )


def _gap() -> html.Span:
    return html.Span(wording.NOTHING, className="absent", title="no figure reported")


def _method(indicator: Indicator) -> html.Section:
    return html.Section(
        [
            html.H2("How to read it"),
            html.Ul([html.Li(c) for c in indicator.caveats]),
            html.P(
                [
                    "Method: ",
                    links.outside(indicator.method, indicator.method),
                    f" · definition {indicator.id}, basis {indicator.basis}",
                ],
                className="quiet",
            ),
        ],
        className="method",
    )
