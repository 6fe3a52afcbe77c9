"""Conflicts: every cell for which the claims differ, those furthest apart first, under any rule."""

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboard import controls, links, panels, route
from dashboard.ledger import disputes, room
from dashboard.route import View
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.conflicts import conflicts
from indicators.language import message
from indicators.query import BadQuery
from indicators.reconcile import OFFICIAL_FIRST
from indicators.store import Store

PATH, TITLE, ROOM = links.CONFLICTS, message("Conflicts"), links.SOURCES
PARAMETERS = ("measure", "area", "kind", "rule", "page")


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component]:
    """The page.

    Raises:
        BadQuery: unknown parameters or codes.
    """
    every, faults = conflicts(store), route.unknown(view.parameters, PARAMETERS)
    measure = route.one_of(view.parameters, "measure", "", ["", *codelist("measure")], faults)
    area = route.one_of(view.parameters, "area", "", ["", *codelist("area")], faults)
    kind = route.one_of(view.parameters, "kind", disputes.DIFFER, list(disputes.KINDS), faults)
    rule = route.one_of(view.parameters, "rule", OFFICIAL_FIRST, list(disputes.RULES), faults)
    asked = [
        pl.lit(value=True),
        *(pl.col(c) == v for c, v in (("measure", measure), ("ref_area", area)) if v),
    ]
    measures = sorted({*every["measure"], *filter(None, [measure])})
    areas = sorted({*every["ref_area"], *filter(None, [area])})
    fitting = every.filter(pl.all_horizontal(asked))
    counts = dict(fitting.group_by("difference").agg(pl.col("cell").n_unique()).rows())
    counts[disputes.DIFFER] = sum(counts.get(k, 0) for k in disputes.CONTRADICTIONS)
    kinds = disputes.CONTRADICTIONS if kind == disputes.DIFFER else (kind,)
    chosen = fitting.filter(pl.col("difference").is_in(kinds))
    cells = chosen["cell"].unique(maintain_order=True).to_list()
    page = room.page_of(view.parameters, len(cells), faults)
    if faults:
        raise BadQuery(faults)
    words = view.words
    chips = {k: (words.text(name), counts.get(k, 0)) for k, name in disputes.KINDS.items()}
    shown = chosen.filter(pl.col("cell").is_in(room.part(cells, page))).to_dicts()
    nothing = panels.nothing(
        words.text("No claims differ here"),
        words.text("Choose another kind, or leave out the measure or the country."),
    )
    return [
        room.head(view, words.text("Where officials contradict one another"), words.text(_LEAD), PATH),
        _controls(view, measures, areas, measure, area, rule),
        room.chips(view, "kind", disputes.DIFFER, chips, words.text("Kind of difference")),
        disputes.disputes(view, shown, rule) if shown else nothing,
        *filter(None, [room.pages(view, len(cells), page)]),
    ]


_LEAD = message(
    "Every claim is kept. Size is the least by which the claims differ: where their intervals overlap they "
    "are compatible. A publisher who repeats himself counts once."
)


def _controls(
    view: View, measures: list[str], areas: list[str], measure: str, area: str, rule: str
) -> html.Div:
    words = view.words
    lists = (
        ("measure", words.text("Measure"), "measure", measures, measure),
        ("area", words.text("Country or group"), "area", areas, area),
    )
    made = [
        controls.optional(
            words,
            name,
            title,
            sorted(
                ({"label": words.label(codes, c), "value": c} for c in held),
                key=lambda o: words.language.order(o["label"]),
            ),
            value or None,
            words.text("any"),
        )
        for name, title, codes, held, value in lists
    ]
    rules = [{"label": words.text(name), "value": r} for r, name in disputes.RULES.items()]
    return html.Div(
        [*made, controls.one_of(words, "rule", words.text("Headline by"), rules, rule)], className="controls"
    )
