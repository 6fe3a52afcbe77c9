"""Changes: what is new, revised, corrected, withdrawn or another headline from one release to another."""

from dash import html
from dash.development.base_component import Component

from dashboard import links, panels
from dashboard.monitor import differences
from dashboard.monitor.compared import read
from dashboard.route import View
from indicators.catalogue import Catalogue
from indicators.changes import changes
from indicators.language import message
from indicators.store import Store

PATH, TITLE = links.CHANGES, message("Changes")


def content(store: Store, catalogue: Catalogue, view: View) -> list[Component | None]:
    """The page of one comparison.

    Raises:
        BadQuery: unknown parameters, codes or releases.
    """
    asked = read(view, store)
    if asked.before is None or store.beside is None:
        return [differences.head(store, view, asked), _alone(view)]
    made = changes(store.beside.of(asked.before), store.beside.of(asked.after))
    return [
        differences.head(store, view, asked),
        differences.tally(view, asked, made),
        *differences.listed(view, asked, made),
        _method(view),
    ]


def _alone(view: View) -> html.Section:
    words = view.words
    why = words.text(
        "It is the first release, or those before it are no longer kept. The next one will say here "
        "what it changed."
    )
    return panels.nothing(words.text("There is nothing to compare with"), why)


def _method(view: View) -> html.Section:
    words = view.words
    said = words.text(
        "A figure is the same in both releases by its id, else by its source and cell. Revised: another "
        "value, hedge, unit or status. Corrected: by us, for the print was wrong. Other headline: of a whole "
        "country or group, now the claim of another source by the usual rule."
    )
    return html.Section(
        [html.H2(words.text("How this is found")), html.P(said, className="quiet")], className="method"
    )
