"""The file on one collection: what it is, its vintages and their hashes, what it feeds."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import figures, links
from dashboard.ledger import collections
from dashboard.ledger.room import LISTED
from dashboard.route import View
from dashboard.wording import Wording
from indicators.catalogue import Catalogue
from indicators.feeds import by, indicators_of
from indicators.query import Query

Row = dict[str, Any]
SHORT = 16
"""Digits of a hash that are shown; all of them stand beside it for who points at it."""


def facts(view: View, row: Row, revisions: int) -> html.Dl:
    """What is stated of the collection itself."""
    words, none = view.words, view.words.text("not stated")
    said = [
        (words.text("Publisher"), figures.publisher(words, row)),
        (words.text("Who states it"), words.label("authority", row["authority"])),
        (words.text("Licence"), collections.licence(words, row)),
        (words.text("Language"), words.language_name(row["language"])),
        (words.text("Original"), links.outside(row["address"] or none, row["address"])),
        (words.text("Published"), words.day(row["published_on"]) if row["published_on"] else none),
        (words.text("Next expected"), none),
        (words.text("Rows in"), _account(words, row)),
        (words.text("Revisions"), _revisions(view, row["collection"], revisions)),
    ]
    remark = [(words.text("Remark"), words.note(row["remark"]))] if row["remark"] else []
    return html.Dl(
        [part for title, value in (*said, *remark) for part in (html.Dt(title), html.Dd(value))],
        className="dossier",
    )


def _account(words: Wording, row: Row) -> str:
    counted = (
        words.plural("{n} figure", "{n} figures", row["observations"]),
        words.plural("{n} target", "{n} targets", row["targets"]),
        words.text("{n} withheld", n=words.number(row["withheld"])),
        words.text("{n} left aside", n=words.number(row["aside"])),
    )
    return f"{words.number(row['rows_in'])}: {', '.join(counted)}"


def _revisions(view: View, collection: str, n: int) -> Component | str:
    said = view.words.plural("{n} revision between vintages", "{n} revisions between vintages", n)
    if not n:
        return said
    return dcc.Link(said, href=view.links.address(links.REVISIONS, {"source": collection}))


def _which(words: Wording, row: Row, several: bool) -> Component | None:
    """Which publication of a collection that has several; a single one is named above."""
    if not several:
        return None
    return html.Span(figures.title(words, row), className="remark")


def vintages(view: View, own: Sequence[Row], raw: Mapping[str, str]) -> html.Section:
    """Every vintage with its days and figures, and every file with its hash.

    Args:
        view: the page.
        own: publications of a collection that has few, shape of queries/publications.sql.
        raw: file → its SHA-256, as in the manifest.
    """
    words = view.words
    titles = [words.text("Edition"), words.text("Published"), words.text("Retrieved"), words.text("Figures")]
    body = [
        html.Tr(
            [
                html.Td([collections.edition(words, r["vintage"]), _which(words, r, several=len(own) > 1)]),
                html.Td(words.day(r["published_on"])),
                html.Td(words.day(r["retrieved_on"])),
                html.Td(words.number(r["figures"]), className="amount"),
            ]
        )
        for r in own
    ]
    table = html.Table([figures.heads(titles, 1), html.Tbody(body)], className="figures account")
    files = [
        html.Li([html.Span(name), html.Code(digest[:SHORT] + "…", title=f"SHA-256 {digest}")])
        for name, digest in raw.items()
    ]
    said = words.plural("{n} file, with its hash", "{n} files, with their hashes", len(files))
    shown: list[Component] = [html.Div(table, className="scroll")] if own else []
    if files:
        shown.append(html.Details([html.Summary(said), html.Ul(files, className="hashes")]))
    return html.Section([html.H2(words.text("Vintages")), *shown], className="theme")


def feeds(view: View, catalogue: Catalogue, held: pl.DataFrame) -> html.Section:
    """The indicators, measures and areas that live of the collection, each with its figures."""
    words = view.words
    fed = [
        html.Li(
            [
                dcc.Link(words.text(i.name), href=view.links.explore(Query(i.id))),
                html.Span(words.plural("{n} figure", "{n} figures", n), className="behind"),
                dcc.Link(words.text("Method"), href=view.links.method(i.id)),
            ]
        )
        for i, n in indicators_of(held, catalogue)
    ]
    measures = [
        _held(view, words.label("measure", r["measure"]), view.links.coverage(measure=r["measure"]), r)
        for r in by(held, "measure").to_dicts()
    ]
    areas = [
        _held(view, words.label("area", r["ref_area"]), view.links.country(r["ref_area"]), r)
        for r in by(held, "ref_area").to_dicts()
    ]
    return html.Section(
        [
            html.H2(words.text("What it feeds")),
            _list(words, words.text("Indicators ({n})", n=words.number(len(fed))), fed),
            _list(words, words.text("Measures ({n})", n=words.number(len(measures))), measures),
            _list(words, words.text("Countries and groups ({n})", n=words.number(len(areas))), areas),
        ],
        className="theme",
    )


def _held(view: View, name: str, href: str, row: Row) -> html.Li:
    words = view.words
    span = f"{row['first']}–{row['last']}" if row["first"] else ""
    counted = words.plural("{n} figure", "{n} figures", row["figures"])
    missing = words.text("{n} not available", n=words.number(row["missing"])) if row["missing"] else ""
    said = " · ".join(s for s in (counted, missing, span) if s)
    return html.Li([dcc.Link(name, href=href), html.Span(said, className="behind")])


def _list(words: Wording, title: str, items: Sequence[Component]) -> html.Div:
    """A list under its title; what is beyond LISTED folds away, and its number is said."""
    first, rest = items[:LISTED], items[LISTED:]
    more = words.plural("{n} more", "{n} more", len(rest))
    folded = html.Details([html.Summary(more), html.Ul(rest, className="found")]) if rest else None
    return html.Div([html.H3(title), html.Ul(first, className="found"), folded], className="fed")
