"""A figure on a page: always a link to its passport, with its marks and the number of its rivals."""

from collections.abc import Iterable, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import links
from dashboard.route import View
from dashboard.scales import Scale
from dashboard.wording import NOTHING, UNSTATED_YEAR, Wording
from indicators.language import ENGLISH, MISSING

Row = dict[str, Any]


def number(view: View, row: Row, written: Any, css: str = "number", **more: str) -> dcc.Link:
    """The figure as a link to its passport on this page.

    Args:
        view: the page as it is.
        row: with figure_id, publisher and what `Wording.figure` needs.
        written: the number as it shall stand here.
        css: class of the link.
        more: parameters that the passport needs besides, such as indicator.
    """
    words = view.words
    says = words.text(
        "{figure}, {period}; {publisher}. Open its passport",
        figure=words.figure(row), period=words.period(row), publisher=words.publisher(row["publisher"]),
    )  # fmt: skip
    return dcc.Link(
        written, href=view.with_passport(row["figure_id"], **more), className=f"{css} to-passport", title=says
    )


def large(words: Wording, row: Row, decimals: int | None = None, per: str = "") -> list[Any]:
    """A figure for large type: its number large, its hedge and what is counted in small."""
    before, written, after = words.pieces(row, decimals)
    return [
        html.Small(f"{before} ") if before else None,
        written,
        html.Small(f" {per or after}") if per or after else None,
    ]


def cell(view: View, row: Row, scale: Scale) -> Component:
    """One cell of a table: the number, its marks, its rivals; or a dash that says why."""
    written = scale.cell(row)
    if written == NOTHING:
        return number(view, row, NOTHING, "absent")
    marks = [html.Sup(letter, title=says) for letter, says in view.words.mark(row)]
    if row["rivals"]:
        marks.append(
            html.Sup(f"+{row['rivals']}", title=view.words.rivals(row["rivals"]), className="rivals")
        )
    return html.Span([number(view, row, written), html.Span(marks, className="flags")], className="cell")


def about(words: Wording, row: Row) -> str:
    """What a figure of a country is about, beside its measure: sector, part, partner, sex."""
    sex = "" if row["sex"] == "_T" else words.label("sex", row["sex"])
    parts = (words.label("sector", row["sector"]), words.region(row["region"]))
    return " · ".join(s for s in (*parts, words.partner(row["counterpart_area"]), sex) if s)


def remark(words: Wording, composed: str | None) -> Component | None:
    """What must be said beside a figure; marked as English where it has no translation."""
    return html.Span(noted(words, composed), className="remark") if composed else None


def noted(words: Wording, composed: str | None) -> list[Any]:
    """A remark in its parts; one without a translation is English for those who listen, too."""
    whole = words.note(composed)
    if whole == f"{composed}{MISSING}":
        return [html.Span(whole, lang=ENGLISH)]
    said: list[Any] = []
    for part in whole.split("; "):
        said += ["; "] if said else []
        said.append(html.Span(part, lang=ENGLISH) if MISSING in part else part)
    return said


def publisher(words: Wording, row: Row) -> str:
    """Who states it, and whom they cite."""
    return words.publisher(str(row["publisher"]), row.get("cites"))


def title(words: Wording, row: Row) -> html.Span:
    """The title of a publication or a collection; quoted ones in their own language."""
    return html.Span(words.title(row), lang=words.quoted(row))


def titled(words: Wording, row: Row) -> Component:
    """The same as a link where it has an address."""
    linked = links.outside(words.title(row), row["address"], lang=words.quoted(row))
    return title(words, row) if isinstance(linked, str) else linked


def notes(words: Wording, rows: Iterable[Row]) -> Component | None:
    """What the letters beside the numbers say; only those that occur."""
    found = sorted({mark for row in rows for mark in words.mark(row)})
    if any(row["rivals"] for row in rows):
        found.append(("+1", words.text("so many rival claims for the same cell")))
    if not found:
        return None
    return html.P(
        [part for letter, says in found for part in (html.Sup(letter), f" {says}   ")], className="marks"
    )


def heads(titles: Sequence[str], amounts: int = 0) -> html.Thead:
    """The head of a table; its last `amounts` columns hold numbers."""
    first = len(titles) - amounts
    return html.Thead(
        html.Tr(
            [html.Th(t, scope="col", className="amount" if i >= first else "") for i, t in enumerate(titles)]
        )
    )


def listed(view: View, rows: Sequence[Row], decimals: int | None = None) -> html.Table:
    """Figures one a row: period, number, what of, by whom; rivals stand indented below their headline."""
    words = view.words
    titles = (words.text("Period"), words.text("Figure"), words.text("Of"), words.text("Stated by"))
    body = html.Tbody([_line(view, row, decimals) for row in rows])
    return html.Table([heads(titles), body], className="figures")


def _line(view: View, row: Row, decimals: int | None) -> html.Tr:
    words = view.words
    rival = row.get("is_headline") is False
    period: list[Any] = [words.period(row), html.Span(words.basis(row), className="basis")]
    marks = [html.Sup(letter, title=says) for letter, says in words.mark(row) if letter != UNSTATED_YEAR[0]]
    figure = [number(view, row, words.figure(row, decimals)), *marks]
    return html.Tr(
        [
            html.Td(
                [html.Span(words.text("rival"), className="tag"), *period] if rival else period,
                className="when",
            ),
            html.Td(figure, className="what"),
            html.Td(
                [
                    about(words, row),
                    remark(words, row["obs_comment"]),
                ]
            ),
            html.Td(publisher(words, row), className="who"),
        ],
        className="rival" if rival else "",
    )
