"""What the reader did not ask for but must know, and what is said where nothing answers."""

from collections import Counter

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboard.aria import link, named
from dashboard.explore import asking, wishes
from dashboard.explore.answering import MOST_DRAWN, Found
from dashboard.forms import FORMS
from dashboard.panel import Panel
from dashboard.route import View
from dashboard.wording import Wording
from indicators.catalogue import Catalogue
from indicators.language import ended, message
from indicators.nearest import Nearest, nearest
from indicators.store import Store


def notices(view: View, found: Found, drawn: list[Panel]) -> list[Component]:
    """Sentences over the chart: what was left out, what is not shown, what could not be done."""
    words = view.words
    said = [
        *_left(words, found),
        *instead(words, found),
        *_sector(words, found),
        *_areas(words, found),
        *_year(words, found, drawn),
        *_figures(words, found),
    ]
    return [html.Div([html.P(s) for s in said], className="notices")] if said else []


def _left(words: Wording, found: Found) -> list[str]:
    left = message("Left out of the question: {what}, for {why}.")
    return [
        words.text(
            left,
            what=f"{words.text(wishes.TITLES[one.field])} ({wishes.says(words, one.field, one.value)})",
            why=words.text(one.why),
        )
        for one in found.asked.left
    ]


def instead(words: Wording, found: Found) -> list[str]:
    """Why the form that was asked for is not the one that is drawn; nothing where it is."""
    if found.form == found.asked.form:
        return []
    text = message("{asked} cannot be drawn: {why}. This is {form}.")
    why = words.note(found.reasons[found.asked.form])
    asked, form = (words.text(FORMS[f].name) for f in (found.asked.form, found.form))
    return [words.text(text, asked=asked, why=why, form=form)]


def _sector(words: Wording, found: Found) -> list[str]:
    if found.asked.query.sector or len(found.sectors) < 2 or found.drawn.query.sector is None:
        return []
    others = [words.label("sector", s) for s in found.sectors if s != found.sector]
    unmixed = message("Sectors are not mixed in one chart: this is {sector}. There is also: {others}.")
    return [words.text(unmixed, sector=words.label("sector", found.sector), others=", ".join(others))]


def _areas(words: Wording, found: Found) -> list[str]:
    said, query, frame = [], found.asked.query, found.answer.frame
    if query.as_of:
        said.append(
            ended(words.text("As it was known on {day}.", day=words.day(query.as_of)).removesuffix("."))
        )
    there = set(frame["ref_area"].to_list())
    silent = [a for a in query.areas if a not in there]
    if silent and there:
        named = ", ".join(words.label("area", a) for a in silent)
        said.append(words.text("No figure of this sector: {areas}.", areas=named))
    if len(there) > MOST_DRAWN and not FORMS[found.form].every and query.areas:
        few = message("The chart shows {shown} of {all}, the first named; the table shows all.")
        said.append(words.text(few, shown=MOST_DRAWN, all=len(there)))
    elif len(there) > MOST_DRAWN and not FORMS[found.form].every:
        few = message("The chart shows {shown} of {all}, those with the most figures; the table shows all.")
        said.append(words.text(few, shown=MOST_DRAWN, all=len(there)))
    return said


def _year(words: Wording, found: Found, drawn: list[Panel]) -> list[str]:
    asked = found.asked.year
    years = {y for panel in drawn for y in panel.years}
    if asked is None or not years or asked in years:
        return []
    return [words.text("There is no figure of {year}; the nearest year with figures is shown.", year=asked)]


def _figures(words: Wording, found: Found) -> list[str]:
    """Money that could not be converted, sums that are withheld."""
    said, frame = [], found.answer.frame
    if not frame["low"].null_count() or frame["note"].null_count() == frame.height:
        return []
    lost = frame.filter(pl.col("low").is_null() & pl.col("note").is_not_null()).to_dicts()
    withheld = Counter(r["ref_area"] for r in lost if r["origin"])
    unconverted = sum(1 for r in lost if not r["origin"])
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
    for area, n in withheld.items():
        text = words.plural(
            "{area}: {n} sum of members is withheld, for too few of them have data.",
            "{area}: {n} sums of members are withheld, for too few of them have data.",
            n,
            area=words.label("area", area),
        )
        said.append(text)
    return said


def why_headline(view: View, found: Found) -> Component | None:
    """Where claims differ: by what the headlines were chosen, and the ways to choose otherwise."""
    words, query = view.words, found.asked.query
    if not found.answer.frame["rivals"].max():
        return None
    contested = found.answer.headlines.filter(pl.col("rivals") > 0)
    if contested.is_empty():
        return None
    reasons = Counter(contested["why"].to_list()).most_common()
    listed = [
        html.Li(f"{words.note(why)}: {words.plural('{n} headline', '{n} headlines', n)}")
        for why, n in reasons
    ]
    ways = [
        html.Li(
            link(
                wishes.says(words, "rule", rule),
                asking.changed(view, rule=None if rule == "official_first" else rule),
                "way stay" + (" here" if rule == query.rule else ""),
                current="true" if rule == query.rule else "false",
            )
        )
        for rule in wishes.values("rule")
    ]
    cells = words.plural(
        "For {n} number there are rival claims. The headline is chosen by a rule, here:",
        "For {n} numbers there are rival claims. The headlines are chosen by a rule, here:",
        contested.height,
    )
    return html.Section(
        [
            html.H2(words.text("Why this headline")),
            html.P(cells),
            html.Ul(listed, className="reasons"),
            html.Ul(ways, className="rule-ways", **named(words.text("Headline"))),
        ],
        className="why-headline",
    )


def coverage(view: View, found: Found) -> Component | None:
    """The sums of members of an answer: how much of each group has data, and who is missing."""
    words = view.words
    frame = found.answer.frame
    if frame["coverage"].null_count() == frame.height:
        return None
    rows = frame.filter(pl.col("origin").is_not_null() & pl.col("coverage").is_not_null()).to_dicts()
    if not rows:
        return None
    newest = {r["ref_area"]: r for r in sorted(rows, key=lambda r: r["year"])}
    items = []
    for area, row in newest.items():
        part = words.language.percent(words.number(round(100 * row["coverage"], 1)))
        without = [words.label("area", a) for a in (row["missing"] or "").split(",") if a]
        text = words.text("{area}, {year}: {part} of the group have data.", area=words.label("area", area),
                          year=row["year"], part=part)  # fmt: skip
        missing = words.text("Without: {areas}.", areas=", ".join(without)) if without else ""
        reason = words.note(row["note"]) if row["low"] is None and row["note"] else ""
        items.append(html.Li(" ".join(s for s in (text, missing, reason) if s)))
    return html.Section(
        [html.H2(words.text("Groups made of their members")), html.Ul(items)], className="why-headline"
    )


def empty(view: View, store: Store, catalogue: Catalogue, found: Found) -> Component:
    """Nothing answers: why, and the nearest questions that have an answer."""
    words = view.words
    near = nearest(found.asked.query, store, catalogue)
    why = words.note(found.answer.reason) if found.answer.reason else ""
    parts: list[Component] = [
        html.H2(words.text("No figure answers this question")),
        html.P(words.text("Why: {why}.", why=why) if why else _unstated(words, found)),
    ]
    if near:
        parts.append(html.P(words.text("Questions near to it that have an answer:")))
        parts.append(html.Ul([html.Li(_near(view, one)) for one in near]))
    return html.Section(parts, className="panel empty")


def _unstated(words: Wording, found: Found) -> str:
    """That no source states it, or that those who have it give no number, and as what they mark it."""
    marks = found.answer.frame["obs_status"].unique().sort().to_list()
    if not marks:
        return words.text("No source in this release states it for these countries, sector and years.")
    listed = ", ".join(words.label("obs_status", mark) for mark in marks)
    return words.text("The sources have it and give no number. They mark it: {marks}.", marks=listed)


def _near(view: View, one: Nearest) -> Component:
    words = view.words
    years = words.text("years") if {"since", "until"} & set(one.fields) else ""
    others = [words.text(wishes.TITLES[f]) for f in one.fields if f not in ("since", "until")]
    names = ", ".join(words.language.lower(name) for name in (years, *others) if name)
    figures = words.plural("{n} figure", "{n} figures", one.figures)
    says = words.text("Without {what}: {figures}", what=names, figures=figures)
    return link(says, asking.changed(view, **dict.fromkeys(one.fields)), "stay")
