"""Country: everything there is on one area; plans apart from outcomes, impossible values apart from both."""

from collections.abc import Iterable, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import controls, figures, links, panels, route
from dashboard.aria import named
from dashboard.route import View
from dashboard.wording import KINDS, Wording
from indicators.catalogue import THEMES, Catalogue
from indicators.concepts.codelist import codelist
from indicators.convert import AS_REPORTED
from indicators.holdings import holdings
from indicators.language import message
from indicators.overview import overview
from indicators.query import BadQuery, refusal
from indicators.store import Store

PATH, TITLE = links.COUNTRY, message("Country")
PARAMETERS = ("area", "measure")
USUAL_AREA = "KAZ"
ALSO, CONTEXT = message("Also reported"), message("The whole economy, for comparison")
FIRST_ROWS = 8
"""Rows shown of each measure until the reader asks for all."""
REGION_ROWS = 60
"""The same of regions: the states of one country can have 45,000 figures of one measure."""

Row = dict[str, Any]


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component]:
    """The page of one area.

    Raises:
        BadQuery: unknown parameters or codes.
    """
    faults = route.unknown(view.parameters, PARAMETERS)
    area = route.area(view.parameters, USUAL_AREA, faults)
    measure = view.parameters.get("measure", "")
    if measure and measure not in codelist("measure"):
        faults.append(refusal("measure", measure, list(codelist("measure"))))
    if faults:
        raise BadQuery(faults)
    held = holdings(store, area)
    observed, targets = held.observed.to_dicts(), held.targets.to_dicts()
    if measure:
        return [_head(view, store, area, observed, targets), _whole(view, area, measure, observed)]
    flagged = [r for r in observed if r["obs_status"] == "U"]
    plain = [r for r in observed if r["obs_status"] != "U"]
    sections = [
        *_themes(view, catalogue, [r for r in plain if r["region"] == "_T"]),
        _regions(view, [r for r in plain if r["region"] != "_T"]),
        _plans(view, targets),
        _flagged(view, flagged),
        _missing(view, store, catalogue, area),
    ]
    return [_head(view, store, area, observed, targets), _ways(view, sections), *(s for s in sections if s)]


def _head(
    view: View, store: Store, area: str, observed: Sequence[Row], targets: Sequence[Row]
) -> html.Header:
    sources = len({r["source"] for r in (*observed, *targets)})
    with_value = sum(1 for r in observed if r["low"] is not None)
    words = view.words
    said = words.text(
        "{figures} from {publications}, {plans}.",
        figures=words.plural("{n} figure", "{n} figures", with_value),
        publications=words.plural("{n} publication", "{n} publications", sources),
        plans=words.plural("{n} plan, target or forecast", "{n} plans, targets or forecasts", len(targets)),
    )
    overview_link = dcc.Link(words.text("Overview"), href=view.links.monitor(area))
    areas = controls.area_options(words, store)
    return html.Header(
        [
            html.P(words.text(TITLE), className="kicker"),
            html.H1(words.label("area", area)),
            html.P([said, " ", overview_link], className="lead"),
            html.Div(
                controls.one_of(words, "area", words.text("Country or group"), areas, area, search=True),
                className="controls",
            ),
        ],
        className="page-head",
    )


def _ways(view: View, sections: Iterable[Any]) -> html.Nav:
    """The way to each section of the page."""
    items = [html.Li(html.A(s.title, href=f"#{s.id}")) for s in sections if s]
    return html.Nav(html.Ul(items), className="ways", **named(view.words.text("On this page")))


def _section(anchor: str, title: str, *content: Component | None) -> html.Section:
    return html.Section(
        [html.H2(title), *(c for c in content if c)], id=anchor, title=title, className="theme"
    )


def _themes(view: View, catalogue: Catalogue, rows: Sequence[Row]) -> list[html.Section]:
    """The figures of the whole area by theme; inside, by measure, the newest first."""
    theme_of = {i.numerator.measure: i.theme for i in reversed(list(catalogue))}
    by_theme: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        theme = (
            theme_of.get(row["measure"], ALSO)
            if row["sector"] != "_T" or row["measure"] == "trade_turnover"
            else CONTEXT
        )
        by_theme.setdefault(theme, {}).setdefault(row["measure"], []).append(row)
    order = [t for t in (*THEMES, ALSO, CONTEXT) if t in by_theme]
    made, words = [], view.words
    for theme in order:
        measures: list[Component] = [
            _measure(view, m, of_measure) for m, of_measure in by_theme[theme].items()
        ]
        if theme == CONTEXT:
            named = " · ".join(words.label("measure", m) for m in by_theme[theme])
            measures = [html.Details([html.Summary(named), *measures])]
        made.append(_section(theme.split(" ")[0].lower(), words.text(theme), *measures))
    return made


def _measure(view: View, measure: str, rows: Sequence[Row]) -> html.Section:
    ordered = _newest_first(rows)
    shown, rest = ordered[:FIRST_ROWS], len(ordered) - FIRST_ROWS
    whole = _show_all(view, measure, len(ordered))
    return html.Section(
        [
            _title(view.words, measure),
            html.Div(figures.listed(view, shown), className="scroll"),
            html.P(whole) if rest > 0 else None,
        ],
        className="measure",
    )


def _show_all(view: View, measure: str, number: int) -> dcc.Link:
    return dcc.Link(
        view.words.text("Show all {n}", n=view.words.number(number)),
        href=view.links.address(PATH, {**view.parameters, "measure": measure}),
        className="action",
    )


def _title(words: Wording, measure: str) -> html.H3:
    return html.H3(
        [
            words.label("measure", measure),
            html.Span(f" {words.text(codelist('measure')[measure]['definition'])}", className="definition"),
        ]
    )


def _newest_first(rows: Sequence[Row]) -> list[Row]:
    """The newest period first, undated last; then by sector; a headline before its rivals."""
    sectors = list(codelist("sector"))

    def rank(row: Row) -> tuple[Any, ...]:
        end = row["period_end"]
        return (
            end is None,
            -end.toordinal() if end else 0,
            sectors.index(row["sector"]),
            row["sex"] != "_T",
            row["counterpart_area"],
            row["time_period"],
            row.get("is_headline") is False,
        )

    return sorted(rows, key=rank)


def _whole(view: View, area: str, measure: str, observed: Sequence[Row]) -> Component:
    """All figures of one measure."""
    rows = _newest_first([r for r in observed if r["measure"] == measure])
    words = view.words
    everything = words.text("Everything on {area}", area=words.label("area", area))
    back = html.P(dcc.Link(everything, href=view.links.country(area), className="action"))
    if not rows:
        return html.Div(
            [
                panels.nothing(words.text("No figure: {measure}", measure=words.label("measure", measure))),
                back,
            ]
        )
    return html.Section(
        [_title(view.words, measure), html.Div(figures.listed(view, rows), className="scroll"), back],
        className="measure",
    )


def _regions(view: View, rows: Sequence[Row]) -> html.Section | None:
    """Parts of the country, in each measure and period the largest first, the first of many."""
    if not rows:
        return None
    made: list[Component] = []
    for measure in dict.fromkeys(r["measure"] for r in rows):

        def rank(row: Row) -> tuple[Any, ...]:
            end = row["period_end"]
            whole_economy = row["sector"] == "_T"
            return (whole_economy, row["sector"], -end.toordinal() if end else 0, -(row["value"] or 0))

        own = sorted((r for r in rows if r["measure"] == measure), key=rank)
        shown = html.Div(figures.listed(view, own[:REGION_ROWS]), className="scroll")
        more = html.P(_show_all(view, measure, len(own))) if len(own) > REGION_ROWS else None
        made.append(html.Section([_title(view.words, measure), shown, more], className="measure"))
    return _section("regions", view.words.text("Regions and cities"), *made)


def _plans(view: View, rows: Sequence[Row]) -> html.Section | None:
    """What is not yet an outcome: it enters no headline and no chart."""
    if not rows:
        return None
    words = view.words
    none_yet = words.text("None of these has happened; they enter no headline and no chart.")
    made: list[Component] = [html.P(none_yet, className="quiet")]
    for kind, title in KINDS.items():
        own = sorted(
            (r for r in rows if r["kind"] == kind),
            key=lambda r: (r["period_end"] is None, r["period_end"], r["figure_id"]),
        )
        if own:
            made += [html.H3(words.text(title)), _planned(view, own, words.text("For"))]
    return _section("plans", words.text("Plans, targets and forecasts"), *made)


def _planned(view: View, rows: Sequence[Row], when: str) -> html.Div:
    words = view.words
    titles = (when, words.text("Figure"), words.text("Of"), words.text("Stated by"))
    head = html.Thead(html.Tr([html.Th(title, scope="col") for title in titles]))
    body = [
        html.Tr(
            [
                html.Td(words.period(r), className="when"),
                html.Td(figures.number(view, r, words.figure(r)), className="what"),
                html.Td(
                    [
                        f"{words.label('measure', r['measure'])} · {figures.about(words, r)}",
                        figures.remark(words, r["obs_comment"]),
                    ]
                ),
                html.Td(r["publisher"], className="who"),
            ]
        )
        for r in rows
    ]
    return html.Div(html.Table([head, html.Tbody(body)], className="figures"), className="scroll plans")


def _flagged(view: View, rows: Sequence[Row]) -> html.Section | None:
    if not rows:
        return None
    words = view.words
    why = words.text(
        "Impossible as printed, or of low reliability. Kept as the source has them; "
        "no chart and no headline uses them."
    )
    table = _planned(view, _newest_first(rows), words.text("Period"))
    return _section("flagged", words.text("In doubt"), html.P(why, className="quiet"), table)


def _missing(view: View, store: Store, catalogue: Catalogue, area: str) -> html.Section:
    """Indicators of the catalogue for which nobody states anything."""
    there = {card.indicator.id for card in overview(store, catalogue, area, AS_REPORTED)}
    lacking, words = [i for i in catalogue if i.id not in there], view.words
    name = words.label("area", area)
    if not lacking:
        full = words.text("Every indicator of the catalogue has a figure: {area}.", area=name)
        return _section("missing", words.text("Still missing"), html.P(full))
    items = [html.Li([html.Strong(words.text(i.name)), f" {words.text(i.question)}"]) for i in lacking]
    title = words.text(
        "Still missing: {n} of {all} indicators", n=len(lacking), all=len(catalogue.indicators)
    )
    silent = words.text("No source in this release states them: {area}.", area=name)
    return _section("missing", title, html.P(silent, className="quiet"), html.Ul(items, className="lacking"))
