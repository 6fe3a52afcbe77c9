"""What the address of a slide asks for: the same answer, drawn by the same functions, as on its page."""

from dataclasses import dataclass

from dashboard import forms, links
from dashboard.explore import answering, asking
from dashboard.explore.answering import Found
from dashboard.panel import Panel
from dashboard.route import View
from indicators.catalogue import Catalogue
from indicators.query import BadQuery, refusal
from indicators.store import Store


@dataclass(frozen=True)
class Asked:
    """One panel of a page.

    Attributes:
        found: the answer, the form in which it is drawn, and what stands beside it.
        panel: the chart in one unit.
    """

    found: Found
    panel: Panel


def panel_of(store: Store, catalogue: Catalogue, view: View, unit: str) -> Asked:
    """The panel in `unit` of a page of answers, the first where no unit is named.

    Raises:
        BadQuery: a page without answers, what that page refuses, or a unit in which nothing is drawn.
    """
    if view.path != links.EXPLORE:
        raise BadQuery([refusal("page with charts", view.path, [links.EXPLORE])])
    found = answering.found(asking.asked(view, catalogue), store, catalogue)
    panels = {p.unit: p for p in forms.panels(view.words, found.drawn, found.form, found.extras)}
    if not panels:
        raise BadQuery(["No figure answers this question"])
    if unit and unit not in panels:
        raise BadQuery([refusal("unit of this chart", unit, list(panels))])
    return Asked(found, panels[unit] if unit else next(iter(panels.values())))
