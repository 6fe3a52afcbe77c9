"""What the address of a slide asks for: the same answer, drawn by the same functions, as on its page."""

from dataclasses import dataclass, replace

from dashboard import charts, links
from dashboard.charts import Panel
from dashboard.pages import explore
from dashboard.route import View
from indicators.answer import Answer, answer
from indicators.catalogue import Catalogue
from indicators.query import BadQuery, refusal
from indicators.store import Store


@dataclass(frozen=True)
class Asked:
    """One panel of a page.

    Attributes:
        answered: the whole answer.
        drawn: what of it stands in the chart.
        panel: the chart in one unit.
    """

    answered: Answer
    drawn: Answer
    panel: Panel


def panel_of(store: Store, catalogue: Catalogue, view: View, unit: str) -> Asked:
    """The panel in `unit` of a page of answers, the first where no unit is named.

    Raises:
        BadQuery: a page without answers, what that page refuses, or a unit in which nothing is drawn.
    """
    if view.path != links.EXPLORE:
        raise BadQuery([refusal("page with charts", view.path, [links.EXPLORE])])
    query, form = explore.asked(view, catalogue)
    sectors = explore._sectors(store, catalogue[query.indicator], query)
    chosen = query.sector or (sectors[0] if sectors else catalogue[query.indicator].sectors[0])
    answered = answer(replace(query, sector=chosen), store, catalogue)
    drawn = explore._drawn(answered)
    panels = {p.unit: p for p in charts.panels(view.words, drawn, form)}
    if not panels or (unit and unit not in panels):
        raise BadQuery([refusal("unit of this chart", unit or "–", list(panels))])
    return Asked(answered, drawn, panels[unit] if unit else next(iter(panels.values())))
