"""Coverage: what there is of which country, indicator and year, as a picture, and what there is not."""

from dash import html
from dash.development.base_component import Component

from dashboard import controls, links, route
from dashboard.ledger import room, spans
from dashboard.route import View
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.concepts.period import EARLIEST, LATEST
from indicators.language import message
from indicators.query import BadQuery
from indicators.store import Store

PATH, TITLE, ROOM = links.COVERAGE, message("What there is"), links.SOURCES
PARAMETERS = ("indicator", "area", "measure", "sector", "until", "page")


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component]:
    """The page.

    Raises:
        BadQuery: unknown parameters or codes, or two things asked for at once.
    """
    asked, faults = view.parameters, route.unknown(view.parameters, PARAMETERS)
    indicator = route.one_of(asked, "indicator", "", ["", *catalogue.indicators], faults)
    area = route.area(asked, "KAZ", faults) if asked.get("area") else ""
    measure = route.one_of(asked, "measure", "", ["", *codelist("measure")], faults)
    sector = route.one_of(asked, "sector", "", ["", *codelist("sector")], faults)
    _checked(asked.get("until", ""), faults)
    room.page_of(asked, len(codelist("area").rows), faults)
    if (measure or sector) and len([c for c in (indicator, area, measure, sector) if c]) > 1:
        faults.append("a picture of a measure or a sector is of nothing else; leave out the others")
    if faults:
        raise BadQuery(faults)
    words = view.words
    if indicator:
        of = catalogue[indicator]
        where = f" – {words.label('area', area)}" if area else ""
        title, made = f"{words.text(of.name)}{where}", spans.of_indicator(store, view, of, area)
    elif area:
        title, made = words.label("area", area), spans.of_area(store, catalogue, view, area)
    elif measure:
        title, made = words.label("measure", measure), spans.of_measure(store, view, measure)
    else:
        title = (
            words.label("sector", sector) if sector else words.text("What there is, and what there is not")
        )
        made = spans.of_all(store, catalogue, view, sector)
    return [
        room.head(view, title, words.text(_LEAD), PATH),
        _controls(store, catalogue, view, indicator, area),
        *made,
    ]


_LEAD = message(
    "A gap is a gap: a source that withholds a figure, one that has none, and silence are told apart."
)


def _checked(until: str, faults: list[str]) -> None:
    if until and not (until.isascii() and until.isdigit() and EARLIEST <= int(until) <= LATEST):
        faults.append(f"until={until!r} is no year; write for example 2015")


def _controls(store: Store, catalogue: Catalogue, view: View, indicator: str, area: str) -> html.Div:
    words = view.words
    indicators = [o for o in controls.indicator_options(words, catalogue) if not o.get("disabled")]
    areas = controls.area_options(words, store)
    return html.Div(
        [
            controls.optional(
                words, "indicator", words.text("Indicator"), indicators, indicator or None, words.text("any")
            ),
            controls.optional(
                words, "area", words.text("Country or group"), areas, area or None, words.text("any")
            ),
        ],
        className="controls",
    )
