"""Method pages in parts: a definition, its formula, how claims and hedges are treated, what feeds it."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import figures, links
from dashboard.aria import named
from dashboard.ledger.disputes import RULES
from dashboard.route import View
from dashboard.wording import Wording
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import PER_HEAD, SHARE, Indicator, Term
from indicators.language import message
from indicators.query import Query
from indicators.reconcile import ALL, LATEST, NARROWEST, OFFICIAL_FIRST

POLARITIES = {
    "more": message("More is better"),
    "less": message("Less is better"),
    "none": message("Neither more nor less is better"),
}
ORDERS = {
    OFFICIAL_FIRST: message(
        "The higher authority, then the better known period, then what was published "
        "last, then what was stated exactly."
    ),
    LATEST: message("What was published last, then as above."),
    NARROWEST: message("The narrowest interval in proportion to its middle, then as above."),
    ALL: message("No choice is made: every claim stands, with the spread."),
}
PHASES = (
    (
        message("Specify needs"),
        message("Questions of the ministry, of economists and of presenters; definitions of indicators."),
    ),
    (message("Design"), message("Code lists, definitions, rules of reconciliation, decision records.")),
    (message("Build"), message("A description and a reader for each source, tested on the published files.")),
    (message("Collect"), message("Files are kept as received, each with a signed receipt and its hash.")),
    (
        message("Process"),
        message("Reading, normalising, correcting and checking; no row is dropped or guessed."),
    ),
    (
        message("Analyse"),
        message("Headlines, intervals, conversions, ratios and totals, computed when they are asked for."),
    ),
    (
        message("Disseminate"),
        message("A release is immutable and published as a whole; every address can be frozen to it."),
    ),
    (
        message("Evaluate"),
        message("Findings, corrections, conflicts and revisions are published beside the figures."),
    ),
)
"""Phases of the GSBPM 5.1, and what this house does in them."""


def definition(view: View, indicator: Indicator) -> html.Section:
    """What is measured, of which sectors, by which formula, in which unit."""
    words = view.words
    measure = codelist("measure")[indicator.numerator.measure]
    unit = _unit(words, indicator)
    said: list[tuple[str, Any]] = [
        (
            words.text("Measure"),
            [words.label("measure", measure["code"]), _remark(words, measure.get("definition"))],
        ),
        (words.text("Formula"), formula(words, indicator)),
        (words.text("Unit"), unit),
        (words.text("Decimals"), words.number(indicator.decimals)),
        (words.text("Direction"), words.text(POLARITIES[indicator.polarity])),
        (words.text("Periods"), ", ".join(words.label("freq", f) for f in indicator.freqs)),
        (words.text("Basis"), _basis(words, indicator)),
        (words.text("Method of the source"), links.outside(indicator.method, indicator.method)),
    ]
    facts = html.Dl([p for t, v in said for p in (html.Dt(t), html.Dd(v))], className="dossier")
    caveats = html.Ul([html.Li(words.text(c)) for c in indicator.caveats], className="caveats")
    return html.Section([facts, html.H2(words.text("What must be known")), caveats])


def _remark(words: Wording, english: str | None) -> Component | None:
    return html.Span(words.text(english), className="remark") if english else None


def _unit(words: Wording, indicator: Indicator) -> str:
    if indicator.is_money:
        return words.text("the currency reported, or the one asked for")
    if indicator.unit == "measure":
        return words.text("as the source counts; it stands with every figure")
    return words.label("unit", indicator.unit)


def _basis(words: Wording, indicator: Indicator) -> str:
    return words.text("{n}; raised when the same inputs would give other figures", n=indicator.basis)


def formula(words: Wording, indicator: Indicator) -> str:
    """The formula in words."""
    if not indicator.denominators:
        return words.text("as reported")
    above = _term(words, indicator.numerator)
    below = words.text(" or else ").join(_term(words, d) for d in indicator.denominators)
    if indicator.formula == SHARE:
        return words.text("100 × {above} ÷ {below}", above=above, below=below)
    return f"{above} ÷ {below}" if indicator.formula == PER_HEAD else above


def _term(words: Wording, term: Term) -> str:
    name = words.language.lower(words.label("measure", term.measure))
    sector = f" ({words.language.lower(words.label('sector', term.sector))})" if term.sector else ""
    return f"{name}{sector}"


def sectors(view: View, indicator: Indicator) -> html.Section:
    """The sectors that may be chosen, each as its classification defines it."""
    words = view.words
    items = [
        html.Li(
            [html.Strong(words.label("sector", s)), _remark(words, codelist("sector")[s].get("definition"))]
        )
        for s in indicator.sectors
    ]
    title = words.text("Sectors ({n})", n=words.number(len(items)))
    return html.Section([html.Details([html.Summary(title), html.Ul(items, className="findings")])])


def fed_by(view: View, rows: Sequence[dict[str, Any]]) -> html.Section:
    """The collections that have figures for it: shape of queries/fed_by.sql."""
    words = view.words
    items = [
        html.Li(
            [
                dcc.Link(
                    figures.title(words, r),
                    href=view.links.source(r["collection"]),
                ),
                html.Span(
                    f"{words.plural('{n} figure', '{n} figures', r['figures'])} · {r['first']}–{r['last']}",
                    className="behind",
                ),
            ]
        )
        for r in rows
    ]
    return html.Section(
        [html.H2(words.text("Sources that feed it")), html.Ul(items, className="found")], className="theme"
    )


def ways(view: View, indicator: Indicator) -> html.Nav:
    """Where its figures, gaps, conflicts and revisions are."""
    words = view.words
    to = (
        (words.text("Explore"), view.links.explore(Query(indicator.id))),
        (words.text("What there is"), view.links.coverage(indicator=indicator.id)),
        (words.text("Conflicts"), view.links.conflicts(measure=indicator.numerator.measure)),
        (words.text("All methods"), view.links.address(links.METHODS, {})),
    )
    made = [dcc.Link(text, href=href, className="pick") for text, href in to]
    return html.Nav(made, className="picks doors", **named(words.text("Pages on this indicator")))


def rules(view: View) -> html.Section:
    """How the headline of a cell is picked, under each rule."""
    words = view.words
    said = [(words.text(RULES[r]), words.text(order)) for r, order in ORDERS.items()]
    lead = words.text(
        "Claims for one cell are rivals, and all are kept. One with a value goes before "
        "one without, a possible one before "
        "an impossible one, one of the usual coverage before another. Then the rule decides:"
    )
    facts = html.Dl([p for t, v in said for p in (html.Dt(t), html.Dd(v))], className="dossier")
    return html.Section(
        [html.H2(words.text("Which claim is the headline")), html.P(lead), facts], className="theme"
    )


def hedges(view: View) -> html.Section:
    """How wide each hedge is."""
    words = view.words
    titles = (words.text("Hedge"), words.text("Below"), words.text("Above"))
    body = [
        html.Tr(
            [
                html.Td(words.label("hedge", code)),
                html.Td(_width(words, row["width_below"], words.text("the least possible"))),
                html.Td(_width(words, row["width_above"], words.text("open"))),
            ]
        )
        for code, row in codelist("hedge").rows.items()
    ]
    head = figures.heads(titles)
    lead = words.text(
        "A source that says “over 2 billion” has not said 2 billion. Each hedge is an "
        "interval, kept through all "
        "arithmetic; nothing is rounded before it is shown."
    )
    return html.Section(
        [
            html.H2(words.text("Hedges, and how wide they are")),
            html.P(lead),
            html.Table([head, html.Tbody(body)], className="hedge-table"),
        ],
        className="theme",
    )


def _width(words: Wording, width: str, endless: str) -> str:
    if width in ("", "inf"):
        return endless if width else words.label("hedge", "between")
    if not float(width):
        return words.text("the stated value")
    return words.text("{part} of the value", part=words.number(float(width), 2))


def money(view: View) -> html.Section:
    """How money is converted."""
    words = view.words
    said = words.text(
        "Money is converted at the average rate of its own year, through the dollar; a "
        "rate is a figure with a passport. "
        "Constant prices: deflated in the country’s own currency, then exchanged at the "
        "rate of the base year. "
        "A period that is no calendar year is not converted."
    )
    return html.Section([html.H2(words.text("Money")), html.P(said)], className="theme")


def catalogue_of(view: View, catalogue: Catalogue) -> html.Section:
    """Every indicator under its theme, with its formula."""
    words = view.words
    themes = dict.fromkeys(i.theme for i in catalogue)
    parts: list[Component] = [html.H2(words.text("Indicators"))]
    for theme in themes:
        items = [
            html.Li(
                [
                    dcc.Link(words.text(i.name), href=view.links.method(i.id)),
                    html.Span(formula(words, i), className="behind"),
                    html.Span(words.text(i.question), className="remark by"),
                ]
            )
            for i in catalogue
            if i.theme == theme
        ]
        parts += [html.H3(words.text(theme)), html.Ul(items, className="found")]
    return html.Section(parts, className="theme methods")


def glossary(view: View) -> html.Section:
    """The words of the house."""
    words = view.words
    said = (
        (words.text("Claim"), words.text("One value that one source stated once for one cell.")),
        (words.text("Cell"), words.text("A measure of one area, sector, partner, sex and period.")),
        (
            words.text("Headline"),
            words.text("The claim that the rule picks for a cell; the others are its rivals."),
        ),
        (words.text("Vintage"), words.text("A source as it was published on one date.")),
        (words.text("Release"), words.text("All figures of one day, unchangeable, with an id to be cited.")),
        (words.text("Indicator"), words.text("What is published: a formula over measures.")),
        (words.text("Measure"), words.text("What a source reports, by one definition and in one unit.")),
    )
    facts = html.Dl([p for t, v in said for p in (html.Dt(t), html.Dd(v))], className="dossier")
    return html.Section([html.H2(words.text("Glossary")), facts], className="theme")


def quality(view: View, corrections: int) -> html.Section:
    """The quality statement: steps of production, revisions, errors, whom to ask."""
    words = view.words
    steps = [p for phase, does in PHASES for p in (html.Dt(words.text(phase)), html.Dd(words.text(does)))]
    log = dcc.Link(
        words.plural("{n} correction", "{n} corrections", corrections),
        href=view.links.sources() + "#findings",
    )
    policy = words.woven(
        "A figure changes only with a new vintage of its source, with a correction that "
        "is listed ({log}), or with a "
        "higher basis of its definition. What was shown once can be shown again by its release.",
        log=log,
    )
    ask = words.text(
        "Questions on a figure go to its publisher, whose address stands in its "
        "passport; questions on this site to "
        "those who run it, with the id of the figure and of the release."
    )
    return html.Section(
        [
            html.H2(words.text("Quality")),
            html.H3(words.text("Steps of production, by the phases of the GSBPM")),
            html.Dl(steps, className="dossier"),
            html.H3(words.text("Revisions and errors")),
            html.P(policy),
            html.H3(words.text("Whom to ask")),
            html.P(ask),
        ],
        className="theme methods",
    )
