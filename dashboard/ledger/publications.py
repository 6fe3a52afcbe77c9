"""Publications: filters, and a page of the list."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import controls, figures, panels, route
from dashboard.ledger import room
from dashboard.route import View
from dashboard.wording import Wording
from indicators.concepts.codelist import codelist
from indicators.query import BadQuery

Row = dict[str, Any]
PARAMETERS = ("find", "language", "authority", "page")
SEARCHED = ("publisher", "title", "cites", "source", "collection")


def section(view: View, publications: Sequence[Row], faults: list[str]) -> html.Section:
    """The publications that fit the address, newest first, a page at a time.

    Raises:
        BadQuery: `faults`, and unknown codes or pages.
    """
    languages = sorted({p["language"] for p in publications if p["language"]})
    language = route.one_of(view.parameters, "language", "", ["", *languages], faults)
    authority = route.one_of(view.parameters, "authority", "", ["", *codelist("authority")], faults)
    words, find = view.words, view.parameters.get("find", "")
    chosen = [p for p in publications if _fits(words, p, find, language, authority)]
    page = room.page_of(view.parameters, len(chosen), faults)
    if faults:
        raise BadQuery(faults)
    title = (
        words.text("Publications ({n} of {all})", n=len(chosen), all=len(publications))
        if len(chosen) < len(publications)
        else words.text("Publications ({n})", n=len(publications))
    )
    ordered = sorted(chosen, key=lambda r: str(r["published_on"] or ""), reverse=True)
    parts = [
        html.H2(title, id="publications"),
        _filters(words, find, languages, language, authority),
        _table(words, room.part(ordered, page)),
        room.pages(view, len(ordered), page),
    ]
    return html.Section([p for p in parts if p is not None], className="theme")


def _fits(words: Wording, publication: Row, find: str, language: str, authority: str) -> bool:
    """Whether a publication is meant, by what the ledger says of it or as the reader sees it."""
    seen = (figures.publisher(words, publication), words.title(publication))
    said = " ".join([*(str(publication[c] or "") for c in SEARCHED), *seen]).casefold()
    return (
        all(word in said for word in find.casefold().split())
        and language in ("", publication["language"])
        and authority in ("", publication["authority"])
    )


def _filters(words: Wording, find: str, languages: Sequence[str], language: str, authority: str) -> html.Div:
    spoken = [{"label": words.language_name(c), "value": c} for c in languages]
    states = [{"label": words.label("authority", c), "value": c} for c in codelist("authority")]
    hint = words.text("Publisher or words of the title")
    return html.Div(
        [
            controls.line("find", words.text("Find a publication"), find, hint),
            controls.optional(
                words, "language", words.text("Language"), spoken, language or None, words.text("any")
            ),
            controls.optional(
                words,
                "authority",
                words.text("Who states it"),
                states,
                authority or None,
                words.text("anybody"),
            ),
        ],
        className="controls",
    )


def _table(words: Wording, rows: Sequence[Row]) -> Component:
    if not rows:
        return panels.nothing(
            words.text("No publication fits"), words.text("Try fewer words, or another language.")
        )
    titles = (
        words.text("Published"), words.text("Publication"), words.text("Who"), words.text("Language"),
        words.text("Figures"),
    )  # fmt: skip
    body = [_line(words, row, titles[-1]) for row in rows]
    table = html.Table([figures.heads(titles, 1), html.Tbody(body)], className="figures publications")
    return html.Div(table, className="scroll")


def _line(words: Wording, row: Row, figures_title: str) -> html.Tr:
    counted = html.Span(f"{figures_title}: ", className="narrow")
    return html.Tr(
        [
            html.Td(words.day(row["published_on"]), className="when"),
            html.Td(
                [
                    figures.titled(words, row),
                    html.Span(figures.publisher(words, row), className="remark"),
                ]
            ),
            html.Td(words.label("authority", row["authority"])),
            html.Td(words.language_name(row["language"])),
            html.Td([counted, words.number(row["figures"])], className="amount"),
        ]
    )
