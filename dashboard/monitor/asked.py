"""What the address of a board asks for: an area, an arrangement, a filter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard import route
from dashboard.route import View
from dashboard.wording import CURRENCY_CHOICES
from indicators.board import Kpi, Verdict
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.convert import AS_REPORTED
from indicators.query import BadQuery, refusal

PARAMETERS = ("area", "currency", "board", "show", "arrange", "indicator")
"""`indicator` says as whose figure an open passport is read."""
USUAL_AREA = "KAZ"
SEPARATOR, APART = ",", "."
ALL, OVERDUE, DISPUTED = "all", "overdue", "disputed"
FILTERS = (ALL, Verdict.ON_TRACK.value, Verdict.BEHIND.value, Verdict.UNDECIDED.value, OVERDUE, DISPUTED)
NO, YES = "no", "yes"


@dataclass(frozen=True)
class Asked:
    """One board.

    Attributes:
        area: code of area.csv.
        currency: of money.
        show: one of FILTERS.
        ids: the places of the board in their order, or None for all that there are.
        arrange: whether it is being arranged.
    """

    area: str
    currency: str
    show: str
    ids: tuple[str, ...] | None
    arrange: bool


def read(view: View, catalogue: Catalogue) -> Asked:
    """What a view asks for.

    Raises:
        BadQuery: unknown parameters, codes or places of a board; all of them.
    """
    faults = route.unknown(view.parameters, PARAMETERS)
    area = route.area(view.parameters, USUAL_AREA, faults)
    currency = route.one_of(view.parameters, "currency", AS_REPORTED, list(CURRENCY_CHOICES), faults)
    show = route.one_of(view.parameters, "show", ALL, FILTERS, faults)
    arrange = route.one_of(view.parameters, "arrange", NO, (NO, YES), faults) == YES
    named = view.parameters.get("board", "")
    ids = tuple(dict.fromkeys(filter(None, named.split(SEPARATOR))))
    faults += [
        refusal("place of a board", one, _places(catalogue)) for one in ids if not _known(one, catalogue)
    ]
    if faults:
        raise BadQuery(faults)
    return Asked(area, currency, show, ids or None, arrange)


def _places(catalogue: Catalogue) -> list[str]:
    return [indicator.id for indicator in catalogue]


def _known(place: str, catalogue: Catalogue) -> bool:
    """Whether there can be such a place: an indicator, one of its sectors, or an aim of target.csv."""
    indicator, apart, sector = place.partition(APART)
    known = indicator in _places(catalogue)
    return (known and (not apart or sector in codelist("sector"))) or place in codelist("target")


def arranged(kpis: Sequence[Kpi], asked: Asked) -> list[Kpi | str]:
    """The places of the board in their order; one of which this area has nothing is its bare id."""
    if asked.ids is None:
        return list(kpis)
    found = {kpi.id: kpi for kpi in kpis}
    return [found.get(one, one) for one in asked.ids]


def passes(kpi: Kpi, show: str) -> bool:
    """Whether a filter lets a KPI through."""
    if show in (OVERDUE, DISPUTED):
        return kpi.late if show == OVERDUE else kpi.disputed
    return show == ALL or kpi.verdict == show


def count(places: Iterable[Kpi | str], show: str) -> int:
    """How many KPIs a filter lets through; places without anything are none."""
    return sum(1 for place in places if isinstance(place, Kpi) and passes(place, show))


def place_id(place: Kpi | str) -> str:
    """The id of a place, whatever stands there."""
    return place.id if isinstance(place, Kpi) else place
