"""Sources: every collection and its account of rows, what was found in it, every publication."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import controls, figures, links, panels, route
from dashboard.route import View
from dashboard.wording import Wording
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.language import message
from indicators.query import BadQuery
from indicators.store import Store

PATH, TITLE = links.SOURCES, message("Sources")
PARAMETERS = ("find", "language", "authority")
SEARCHED = ("publisher", "title", "cites", "source", "collection")

Row = dict[str, Any]


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component]:
    """The page.

    Raises:
        BadQuery: unknown parameters or codes.
    """
    publications = store.ask("publications").to_dicts()
    languages = sorted({p["language"] for p in publications if p["language"]})
    faults = route.unknown(view.parameters, PARAMETERS)
    language = route.one_of(view.parameters, "language", "", ["", *languages], faults)
    authority = route.one_of(view.parameters, "authority", "", ["", *codelist("authority")], faults)
    if faults:
        raise BadQuery(faults)
    find = view.parameters.get("find", "")
    chosen = [p for p in publications if _fits(p, find, language, authority)]
    words = view.words
    filters = html.Div(
        [
            controls.line(
                "find", words.text("Find a publication"), find, words.text("Publisher or words of the title")
            ),
            controls.optional(
                words,
                "language",
                words.text("Language"),
                [{"label": words.language_name(c), "value": c} for c in languages],
                language or None,
                words.text("any"),
            ),
            controls.optional(
                words,
                "authority",
                words.text("Who states it"),
                [{"label": words.label("authority", c), "value": c} for c in codelist("authority")],
                authority or None,
                words.text("anybody"),
            ),
        ],
        className="controls",
    )
    title = (
        words.text("Publications ({n} of {all})", n=len(chosen), all=len(publications))
        if len(chosen) < len(publications)
        else words.text("Publications ({n})", n=len(publications))
    )
    return [
        _head(words, publications),
        _collections(words, store),
        _found(store, view),
        html.Section(
            [html.H2(title, id="publications"), filters, _publications(words, chosen)],
            className="theme",
        ),
    ]


def _fits(publication: Row, find: str, language: str, authority: str) -> bool:
    words = " ".join(str(publication[c] or "") for c in SEARCHED).casefold()
    return (
        all(word in words for word in find.casefold().split())
        and language in ("", publication["language"])
        and authority in ("", publication["authority"])
    )


def _head(words: Wording, publications: Sequence[Row]) -> html.Header:
    languages = len({p["language"] for p in publications})
    return html.Header(
        [
            html.P(words.text(TITLE), className="kicker"),
            html.H1(words.text("Where every figure comes from")),
            html.P(
                words.plural(
                    "{n} publication in {languages} languages. Nothing that came in is lost: "
                    "each row became a figure, a target, or was withheld for a reason that is listed.",
                    "{n} publications in {languages} languages. Nothing that came in is lost: "
                    "each row became a figure, a target, or was withheld for a reason that is listed.",
                    len(publications),
                    languages=languages,
                ),
                className="lead",
            ),
        ],
        className="page-head",
    )


def _collections(words: Wording, store: Store) -> html.Section:
    rows = store.ask("collections").to_dicts()
    titles = [
        words.text("Collection"), words.text("Edition"), words.text("Rows in"), words.text("Figures"),
        words.text("Targets"), words.text("Withheld"), words.text("Findings"),
    ]  # fmt: skip
    head = html.Thead(
        html.Tr([html.Th(t, scope="col", className="amount" if i > 1 else "") for i, t in enumerate(titles)])
    )
    body = [
        html.Tr(
            [
                html.Td(
                    [
                        links.outside(r["title"], r["address"], lang=r["language"]),
                        html.Span(f"{r['publisher']} · {_licence(words, r)}", className="remark"),
                        figures.remark(words, r["remark"]),
                    ]
                ),
                html.Td(
                    [
                        words.day(r["vintage"]) if r["vintage"][:2].isdigit() else r["vintage"],
                        html.Span(
                            words.text("retrieved {day}", day=words.day(r["retrieved_on"])),
                            className="remark",
                        ),
                    ],
                    className="when",
                ),
                *(
                    html.Td(words.number(r[c]), className="amount")
                    for c in ("rows_in", "observations", "targets", "withheld", "noted")
                ),
            ]
        )
        for r in rows
    ]
    return html.Section(
        [
            html.H2(words.text("Collections")),
            html.Div(html.Table([head, html.Tbody(body)], className="figures account"), className="scroll"),
        ],
        className="theme",
    )


def _licence(words: Wording, row: Row) -> str:
    return words.note(row["licence"]) or words.text("licence not stated")


def _found(store: Store, view: View) -> html.Section:
    """Corrections, impossible values, repetitions; each with the figure it concerns."""
    rows = store.ask("findings").to_dicts()
    words = view.words
    kinds = list(dict.fromkeys(r["kind"] for r in rows))
    made: list[Component] = []
    for kind in kinds:
        own = [r for r in rows if r["kind"] == kind]
        made.append(
            html.Details(
                [
                    html.Summary(f"{words.finding(kind)} ({len(own)})"),
                    html.Ul([_finding(view, r) for r in own], className="findings"),
                ],
                open=kind == "correction",
            )
        )
    return html.Section(
        [html.H2(words.text("Findings and corrections ({n})", n=len(rows))), *made], className="theme"
    )


def _finding(view: View, row: Row) -> html.Li:
    words = view.words
    figure = row["refers_to"] if row["fate"] == "withheld" else row["figure_id"]
    quote = html.Q(row["reported_value"]) if row["reported_value"] else None
    says = words.text("Open its passport")
    link = dcc.Link(figure, href=view.with_passport(figure), className="number to-passport", title=says)
    measure = words.language.lower(words.label("measure", row["measure"]))
    about = f"{words.label('area', row['ref_area'])}, {measure}, {row['publisher']}: "
    return html.Li([link, " ", about, quote, " ", *figures.noted(words, row["says"])])


def _publications(words: Wording, rows: Sequence[Row]) -> Component:
    if not rows:
        return panels.nothing(
            words.text("No publication fits"), words.text("Try fewer words, or another language.")
        )
    titles = (
        words.text("Published"), words.text("Publication"), words.text("Who"), words.text("Language"),
        words.text("Figures"),
    )  # fmt: skip
    head = html.Thead(
        html.Tr(
            [
                html.Th(title, scope="col", className="amount" if i == len(titles) - 1 else "")
                for i, title in enumerate(titles)
            ]
        )
    )
    counted = html.Span(f"{titles[-1]}: ", className="narrow")
    body = [
        html.Tr(
            [
                html.Td(words.day(r["published_on"]), className="when"),
                html.Td(
                    [
                        links.outside(r["title"] or r["source"], r["address"], lang=r["language"]),
                        html.Span(figures.publisher(words, r), className="remark"),
                    ]
                ),
                html.Td(words.label("authority", r["authority"])),
                html.Td(words.language_name(r["language"])),
                html.Td([counted, words.number(r["figures"])], className="amount"),
            ]
        )
        for r in sorted(rows, key=lambda r: str(r["published_on"] or ""), reverse=True)
    ]
    return html.Div(
        html.Table([head, html.Tbody(body)], className="figures publications"), className="scroll"
    )
