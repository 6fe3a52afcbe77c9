"""A figure on a page: always a link to its passport, with its marks and the number of its rivals."""

from collections.abc import Iterable, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import wording
from dashboard.route import View

Row = dict[str, Any]


def number(view: View, row: Row, written: Any, css: str = "number", **more: str) -> dcc.Link:
    """The figure as a link to its passport on this page.

    Args:
        view: the page as it is.
        row: with figure_id, publisher and what `wording.figure` needs.
        written: the number as it shall stand here.
        css: class of the link.
        more: parameters that the passport needs besides, such as indicator.
    """
    says = f"{wording.figure(row)}, {wording.period(row)}; {row['publisher']}. Open its passport"
    return dcc.Link(
        written, href=view.with_passport(row["figure_id"], **more), className=f"{css} to-passport", title=says
    )


def large(row: Row, decimals: int | None = None, per: str = "") -> list[Any]:
    """A figure for large type: its number large, its hedge and what is counted in small."""
    before, written, after = wording.pieces(row, decimals)
    return [
        html.Small(f"{before} ") if before else None,
        written,
        html.Small(f" {per or after}") if per or after else None,
    ]


def cell(view: View, row: Row, scale: wording.Scale) -> Component:
    """One cell of a table: the number, its marks, its rivals; or a dash that says why."""
    written = scale.cell(row)
    if written == wording.NOTHING:
        return number(view, row, wording.NOTHING, "absent")
    marks = [html.Sup(letter, title=says) for letter, says in wording.mark(row)]
    if row["rivals"]:
        marks.append(
            html.Sup(
                f"+{row['rivals']}", title=wording.count(row["rivals"], "rival claim"), className="rivals"
            )
        )
    return html.Span([number(view, row, written), html.Span(marks, className="flags")], className="cell")


def about(row: Row) -> str:
    """What a figure of a country is about, beside its measure: sector, part, partner, sex."""
    partner = (
        ""
        if row["counterpart_area"] in ("_Z", "_T", "_X")
        else f"with {wording.label('area', row['counterpart_area'])}"
    )
    sex = "" if row["sex"] == "_T" else wording.label("sex", row["sex"])
    return " · ".join(
        s for s in (wording.label("sector", row["sector"]), wording.region(row["region"]), partner, sex) if s
    )


def publisher(row: Row) -> str:
    """Who states it, and whom they cite."""
    name, cites = row["publisher"], row.get("cites")
    return f"{name}, citing {cites}" if cites and cites not in name else name


def notes(rows: Iterable[Row]) -> Component | None:
    """What the letters beside the numbers say; only those that occur."""
    found = sorted({mark for row in rows for mark in wording.mark(row)})
    if any(row["rivals"] for row in rows):
        found.append(("+1", "so many rival claims for the same cell"))
    if not found:
        return None
    return html.P(
        [part for letter, says in found for part in (html.Sup(letter), f" {says}   ")], className="marks"
    )


def listed(view: View, rows: Sequence[Row], decimals: int | None = None) -> html.Table:
    """Figures one a row: period, number, what of, by whom; rivals stand indented below their headline."""
    head = html.Thead(html.Tr([html.Th(h, scope="col") for h in ("Period", "Figure", "Of", "Stated by")]))
    return html.Table([head, html.Tbody([_line(view, row, decimals) for row in rows])], className="figures")


def _line(view: View, row: Row, decimals: int | None) -> html.Tr:
    rival = row.get("is_headline") is False
    period: list[Any] = [wording.period(row), html.Span(wording.basis(row), className="basis")]
    marks = [
        html.Sup(letter, title=says)
        for letter, says in wording.mark(row)
        if letter != wording.UNSTATED_YEAR[0]
    ]
    figure = [number(view, row, wording.figure(row, decimals)), *marks]
    return html.Tr(
        [
            html.Td([html.Span("rival", className="tag"), *period] if rival else period, className="when"),
            html.Td(figure, className="what"),
            html.Td(
                [
                    about(row),
                    html.Span(row["obs_comment"], className="remark") if row["obs_comment"] else None,
                ]
            ),
            html.Td(publisher(row), className="who"),
        ],
        className="rival" if rival else "",
    )
