"""Sources: every collection and its account of rows, what was found in it, every publication."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import controls, links, panels, route, wording
from dashboard.route import View
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.query import BadQuery
from indicators.store import Store

PATH, TITLE = links.SOURCES, "Sources"
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
    filters = html.Div(
        [
            controls.text("find", "Find a publication", find, "Publisher or words of the title"),
            controls.optional(
                "language",
                "Language",
                [{"label": wording.language(c), "value": c} for c in languages],
                language or None,
                "any",
            ),
            controls.optional(
                "authority",
                "Who states it",
                [{"label": wording.label("authority", c), "value": c} for c in codelist("authority")],
                authority or None,
                "anybody",
            ),
        ],
        className="controls",
    )
    said = (
        f"{len(chosen)} of {len(publications)}" if len(chosen) < len(publications) else str(len(publications))
    )
    return [
        _head(publications),
        _collections(store),
        _found(store, view),
        html.Section(
            [html.H2(f"Publications ({said})", id="publications"), filters, _publications(chosen)],
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


def _head(publications: Sequence[Row]) -> html.Header:
    languages = len({p["language"] for p in publications})
    return html.Header(
        [
            html.P("Sources", className="kicker"),
            html.H1("Where every figure comes from"),
            html.P(
                f"{wording.count(len(publications), 'publication')} in {languages} languages. "
                "Nothing that came in is lost: "
                "each row became a figure, a target, or was withheld for a reason that is listed.",
                className="lead",
            ),
        ],
        className="page-head",
    )


def _collections(store: Store) -> html.Section:
    rows = store.ask("collections").to_dicts()
    titles = ("Collection", "Edition", "Rows in", "Figures", "Targets", "Withheld", "Findings")
    head = html.Thead(
        html.Tr([html.Th(t, scope="col", className="amount" if i > 1 else "") for i, t in enumerate(titles)])
    )
    body = [
        html.Tr(
            [
                html.Td(
                    [
                        links.outside(r["title"], r["address"], lang=r["language"]),
                        html.Span(
                            f"{r['publisher']} · {r['licence'] or 'licence not stated'}", className="remark"
                        ),
                        html.Span(r["remark"], className="remark") if r["remark"] else None,
                    ]
                ),
                html.Td(
                    [
                        wording.day(r["vintage"]) if r["vintage"][:2].isdigit() else r["vintage"],
                        html.Span(f"retrieved {wording.day(r['retrieved_on'])}", className="remark"),
                    ],
                    className="when",
                ),
                *(
                    html.Td(wording.number(r[c]), className="amount")
                    for c in ("rows_in", "observations", "targets", "withheld", "noted")
                ),
            ]
        )
        for r in rows
    ]
    return html.Section(
        [
            html.H2("Collections"),
            html.Div(html.Table([head, html.Tbody(body)], className="figures account"), className="scroll"),
        ],
        className="theme",
    )


def _found(store: Store, view: View) -> html.Section:
    """Corrections, impossible values, repetitions; each with the figure it concerns."""
    rows = store.ask("findings").to_dicts()
    kinds = list(dict.fromkeys(r["kind"] for r in rows))
    made: list[Component] = []
    for kind in kinds:
        own = [r for r in rows if r["kind"] == kind]
        made.append(
            html.Details(
                [
                    html.Summary(f"{wording.finding(kind)[:-1]} ({len(own)})"),
                    html.Ul([_finding(view, r) for r in own], className="findings"),
                ],
                open=kind == "correction",
            )
        )
    return html.Section([html.H2(f"Findings and corrections ({len(rows)})"), *made], className="theme")


def _finding(view: View, row: Row) -> html.Li:
    figure = row["refers_to"] if row["fate"] == "withheld" else row["figure_id"]
    quote = html.Q(row["reported_value"]) if row["reported_value"] else None
    link = dcc.Link(
        figure, href=view.with_passport(figure), className="number to-passport", title="Open its passport"
    )
    measure = wording.label("measure", row["measure"]).lower()
    about = f"{wording.label('area', row['ref_area'])}, {measure}, {row['publisher']}: "
    return html.Li([link, " ", about, quote, f" {row['says']}"])


def _publications(rows: Sequence[Row]) -> Component:
    if not rows:
        return panels.nothing("No publication fits", "Try fewer words, or another language.")
    head = html.Thead(
        html.Tr(
            [
                html.Th(t, scope="col", className="amount" if t == "Figures" else "")
                for t in ("Published", "Publication", "Who", "Language", "Figures")
            ]
        )
    )
    body = [
        html.Tr(
            [
                html.Td(wording.day(r["published_on"]), className="when"),
                html.Td(
                    [
                        links.outside(r["title"] or r["source"], r["address"], lang=r["language"]),
                        html.Span(
                            r["publisher"] + (f", citing {r['cites']}" if r["cites"] else ""),
                            className="remark",
                        ),
                    ]
                ),
                html.Td(wording.label("authority", r["authority"])),
                html.Td(wording.language(r["language"])),
                html.Td(wording.number(r["figures"]), className="amount"),
            ]
        )
        for r in sorted(rows, key=lambda r: str(r["published_on"] or ""), reverse=True)
    ]
    return html.Div(
        html.Table([head, html.Tbody(body)], className="figures publications"), className="scroll"
    )
