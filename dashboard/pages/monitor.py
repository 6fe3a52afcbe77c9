"""Monitor: the board of one country or group, as its user arranged it."""

from datetime import date

from dash.development.base_component import Component

from dashboard import fence, links
from dashboard.monitor import arrange, group, head, strip
from dashboard.monitor.asked import arranged, read
from dashboard.monitor.shelves import shelves
from dashboard.route import View
from indicators.board import board
from indicators.catalogue import Catalogue
from indicators.language import message
from indicators.store import Store

PATH, TITLE = links.MONITOR, message("Monitor")


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component | None]:
    """The page of one area.

    What is overdue is so today; on an address that stays with a release, on the release's own last day,
    so that the page reads the same whenever it is opened.

    Raises:
        BadQuery: unknown parameters, codes or places of a board.
    """
    asked = read(view, catalogue)
    today = None if view.release else date.today()
    held = board(store, catalogue, asked.area, asked.currency, today)
    places = arranged(held.kpis, asked)
    return [
        head.head(store, view, asked),
        fence.part(view, strip.changed, store, view, asked.area),
        fence.part(view, strip.summary, view, asked, places),
        arrange.toolbar(view, asked, places),
        *shelves(view, asked, held, places, catalogue),
        fence.part(view, strip.key, view.words, places),
        *group.membership(view, asked.area),
        head.further(view, asked.area),
    ]
