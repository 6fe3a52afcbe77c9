"""The chart of an answer: its form, its title, its year, its key, and where its figures come from."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import links, marks, sparks
from dashboard.aria import aria, link, named
from dashboard.explore import answering, asking, options, tables, wishes
from dashboard.explore.answering import Found
from dashboard.explore.parts import Slider
from dashboard.forms import FORMS
from dashboard.graph import graph
from dashboard.panel import Panel, drawn
from dashboard.plots import dated
from dashboard.present.add import add_button
from dashboard.render.address import pictures
from dashboard.route import View
from dashboard.wording import Wording
from indicators.concepts.event import Event, events
from indicators.language import message
from indicators.store import Store

MOST_NAMED = 5
SWITCHES = {
    "rivals": (message("Hide rival claims"), message("Show rival claims"), True),
    "plans": (message("Hide plans and targets"), message("Show plans and targets"), False),
    "events": (message("Hide events"), message("Show events"), False),
}
"""What may stand in a chart besides: words to hide it, to show it, and whether it usually stands there."""

PLANNED, DATED = ("line",), ("line", "multiples")
"""Forms that can show plans, and those that can show events."""


def picker(view: View, found: Found) -> Component:
    """The forms of chart; one that cannot be drawn says why."""
    return html.Nav(
        html.Ul([html.Li(_form(view, found, form)) for form in FORMS], className="forms"),
        **named(view.words.text("Form of chart")),
    )


def _form(view: View, found: Found, form: str) -> Component:
    words = view.words
    name = words.text(FORMS[form].name)
    drawing = [html.Span(className=f"form-icon form-{form}"), html.Span(name)]
    if form in found.reasons:
        why = html.Span(words.note(found.reasons[form]), className="why")
        return html.Span(
            [*drawing, why],
            className="form off",
            tabIndex="0",
            role="link",
            **aria(disabled="true"),
        )
    here = form == found.form
    second = found.asked.second or found.candidate if FORMS[form].second else found.asked.second
    address = asking.changed(view, chart=None if form == "line" else form, second=second)
    return link(
        drawing, address, "form stay" + (" here" if here else ""), current="true" if here else "false"
    )


def chart(view: View, store: Store, panel: Panel, found: Found) -> html.Figure:
    """One chart under its title, with all that must be said of it."""
    words = view.words
    rows = [r for r in found.rows if r["unit_measure"] == panel.unit]
    who, when = title(words, panel, found.asked.query.areas, rows)
    beside = found.extras.beside if FORMS[found.form].second else None
    if beside:
        who = f"{words.text(found.indicator.name)} · {words.text(beside.indicator.name)}"
    name = f"{words.text(found.indicator.name)}: {who}, {when}, {panel.scale.title}"
    headed: list[Component | str] = [f"{who}, ", html.Span(when, className="shown-year")]
    says = words.text("{chart}. The same figures stand in the table below.", chart=name)
    notes = [html.P(note, className="note") for note in panel.notes]
    return html.Figure(
        [
            html.Figcaption([html.H2(headed), html.P(subtitle(words, panel, found), className="unit")]),
            slider(words, panel, found),
            graph(words, panel.figure, says),
            _key(words, panel),
            _events(words, panel),
            *notes,
            source_line(view, store, {r["source"] for r in (*rows, *(drawn(beside) if beside else ()))}),
            html.Div(
                [
                    add_button(view, "chart", unit=panel.unit, name=name),
                    *pictures(view, panel.unit, name),
                ],
                className="chart-tools",
            ),
        ],
        className="drawn",
    )


def title(
    words: Wording, panel: Panel, asked: Sequence[str], rows: Sequence[dict[str, Any]]
) -> tuple[str, str]:
    """Of whom, and when: never what to think of it.

    Args:
        words: the language.
        panel: the chart.
        asked: areas in the order in which they were asked.
        rows: the figures of its unit.
    """
    if panel.year and not panel.since:
        rows = [r for r in rows if r["year"] == panel.year] or rows
    there = list(dict.fromkeys(r["ref_area"] for r in rows))
    areas = [a for a in asked if a in there] or there
    if len(there) <= MOST_NAMED:
        who = ", ".join(words.label("area", a) for a in areas)
    else:
        who = words.plural("{n} area", "{n} areas", len(there))
    years = [y for y in (panel.since, panel.year) if y] or panel.drawn or sorted({r["year"] for r in rows})
    return who, str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def subtitle(words: Wording, panel: Panel, found: Found) -> str:
    """Unit, what was made of the figures, prices, and the sector."""
    query = found.answer.query
    usual = type(query)(query.indicator)
    made = [
        wishes.says(words, field, getattr(query, field))
        for field in ("transform", "per")
        if getattr(query, field) != getattr(usual, field)
    ]
    prices = words.text("at prices of {year}", year=query.prices) if query.prices else ""
    sector = "" if found.drawn.query.sector is None else words.label("sector", found.sector)
    unit = "" if FORMS[found.form].second else tables.unit_of(words, panel.scale, found)
    return " · ".join(s for s in (unit, *made, prices, sector) if s)


def slider(words: Wording, panel: Panel, found: Found) -> Component | None:
    """The years that the chart could show, where it shows one."""
    years: Sequence[int] = panel.years
    shown = panel.year
    if not FORMS[found.form].frames or len(years) < 2 or shown is None:
        return None
    said = {"title": words.text("Year"), "play": words.text("Play"), "pause": words.text("Pause")}
    return Slider(years, shown, words=said)


def _in_view(found: Found, areas: tuple[str, ...]) -> tuple[Event, ...]:
    """The events that lie within the years of the answer: those that a chart of it shows."""
    years = [r["year"] for r in found.rows if r["year"]]
    return dated.within(events(areas), (min(years), max(years))) if years else ()


def _key(words: Wording, panel: Panel) -> html.Ul:
    kinds = panel.marks if panel.marks != ("stated",) else ()
    key = [html.Li([sparks.glyph(kind), words.text(marks.KEY[kind])]) for kind in kinds]
    key.append(html.Li(words.text("Any mark or number opens its passport.")))
    return html.Ul(key, className="key")


def _events(words: Wording, panel: Panel) -> html.Ol | None:
    """The events drawn, by the numbers on their lines; each leads to the publication that attests it."""
    items = [html.Li(links.outside(dated.said(words, event), event.address)) for event in panel.events]
    return html.Ol(items, className="events", **named(words.text("Events in the chart"))) if items else None


def source_line(view: View, store: Store, stated: set[str]) -> Component:
    """Who stated the figures drawn, under which terms, and the release they stand in."""
    words = view.words
    rows = [r for r in options.publications(store) if r["source"] in stated]
    publishers = list(
        dict.fromkeys(words.publisher(r["publisher"]) for r in sorted(rows, key=lambda r: -r["figures"]))
    )
    licences = list(dict.fromkeys(words.note(r["licence"]) for r in rows if r["licence"]))
    named_few = ", ".join(publishers[:MOST_NAMED])
    rest = len(publishers) - MOST_NAMED
    if rest > 0:
        more = words.plural("and {n} more publisher", "and {n} more publishers", rest)
        named_few = f"{named_few} {more}"
    parts = words.woven("Source: {publishers}.", publishers=named_few or words.text("made of its members"))
    terms = words.text("Terms: {terms}.", terms="; ".join(licences[:MOST_NAMED])) if licences else ""
    return html.P(
        [*parts, f" {terms} ", link(words.text("All sources"), view.links.sources(), "to-sources")],
        className="source",
    )


def switches(view: View, store: Store, found: Found) -> Component | None:
    """Rivals, plans and events, each only where there are some and the form shows them."""
    words = view.words
    named_areas = found.answer.query.areas
    there = {
        "rivals": found.answer.frame.height - int(found.answer.frame["is_headline"].sum()),
        "plans": len(answering.plans(found.answer, store)) if found.form in PLANNED else 0,
        "events": len(_in_view(found, named_areas)) if found.form in DATED else 0,
    }
    listed = []
    for name, (hide, show, usual) in SWITCHES.items():
        if there[name]:
            on = getattr(found.asked, name)
            address = asking.changed(view, **{name: None if on != usual else ("off" if usual else "on")})
            says = f"{words.text(hide if on else show)} · {there[name]}"
            listed.append(html.Li(link(says, address, "way stay" + (" here" if on else ""))))
    return html.Ul(listed, className="switches", **named(words.text("In the chart"))) if listed else None
