"""One figure on a slide: as its passport heads it, with its hedge in words and its rivals counted."""

from typing import Any
from urllib.parse import unquote

from dashboard import figures, links, passports, route
from dashboard.marks import KEY, kinds
from dashboard.route import View
from dashboard.wording import CURRENCY_CHOICES, Wording
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import PER_HEAD
from indicators.convert import AS_REPORTED
from indicators.holdings import passport
from indicators.overview import Card, overview
from indicators.query import BadQuery
from indicators.store import Store

Row = dict[str, Any]


def content(store: Store, catalogue: Catalogue, view: View) -> dict[str, Any]:
    """The figure whose passport lies open on the page of `view`, or whose own page it is.

    Raises:
        BadQuery: no passport is open there, or it is read as what there is not.
        UnknownFigure: this release does not hold it.
    """
    stated: Row = passport(store, figure_of(catalogue, view)).figure
    page = passports.shown(store, catalogue, view, stated)
    row = {**stated, **(page.row if page else {})}
    words, decimals = view.words, page.indicator.decimals if page else None
    before, number, after = words.pieces(row, decimals)
    per = words.text("per head") if page and page.indicator.formula == PER_HEAD else ""
    when = (words.period(row), words.basis(row), words.status(row))
    name = words.text(page.indicator.name) if page else words.label("measure", stated["measure"])
    where = words.label("area", stated["ref_area"])
    return {
        "title": f"{where}: {name}",
        "subtitle": figures.about(words, stated),
        "name": f"{name}, {where}",
        "kpi": {
            "before": before,
            "number": number,
            "after": per or after,
            "when": " · ".join(s for s in when if s),
            "change": _change(store, catalogue, view, row) if page else "",
            "rivals": words.rivals(row["rivals"]) if row.get("rivals") else "",
            "hedge": _hedge(words, row),
        },
        "key": [],
        "left": [],
        "rows": [_complete(row)],
    }


def figure_of(catalogue: Catalogue, view: View) -> str:
    """The id of the figure.

    Raises:
        BadQuery: no passport is open on that page, or it is read as what there is not.
    """
    faults: list[str] = []
    own = view.path.startswith(links.FIGURE)
    figure_id = unquote(view.path.removeprefix(links.FIGURE)) if own else view.passport
    if not figure_id:
        faults.append("the address of a figure needs passport=")
    if view.parameters.get("indicator"):
        route.one_of(view.parameters, "indicator", "", list(catalogue.indicators), faults)
    if faults or not figure_id:
        raise BadQuery(faults)
    return figure_id


def _complete(row: Row) -> Row:
    return {"is_headline": True, **row}


def _hedge(words: Wording, row: Row) -> str:
    """What kind of number it is, where it is not simply stated: a plan, a bound, a range, an estimate."""
    if row["kind"] != "observed":
        return words.label("kind", row["kind"])
    said = [k for k in kinds(_complete(row)) if k in ("bound", "ceiling", "range", "about")]
    return words.text(KEY[said[0]]) if said and row["low"] is not None else ""


def _change(store: Store, catalogue: Catalogue, view: View, row: Row) -> str:
    """How much it moved since the figure before it, where the board of its area says so."""
    currency = view.parameters.get("currency", AS_REPORTED)
    currency = currency if currency in CURRENCY_CHOICES else AS_REPORTED
    wanted = view.parameters.get("indicator")
    cards = (c for c in overview(store, catalogue, row["ref_area"], currency) if c.indicator.id == wanted)
    card = next((c for c in cards if c.newest["figure_id"] == row["figure_id"]), None)
    return _moved(view.words, card) if card else ""


def _moved(words: Wording, card: Card) -> str:
    before = card.before
    if before is None or card.change is None:
        return ""
    earlier = words.figure(before, card.indicator.decimals)
    if codelist("unit")[card.newest["unit_measure"]]["kind"] == "share":
        return words.text("{earlier} in {period}", earlier=earlier, period=words.period(before))
    return words.text(
        "{growth} from {earlier} in {period}",
        growth=words.growth(card.change), earlier=earlier, period=words.period(before),
    )  # fmt: skip
