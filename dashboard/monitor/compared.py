"""What the address of the page of changes asks for: two releases, an area, a kind of change, a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import route
from dashboard.route import View
from indicators.changes import KINDS, predecessor
from indicators.concepts.codelist import codelist
from indicators.query import BadQuery, not_known, refusal
from indicators.store import Store

PARAMETERS = ("from", "to", "area", "kind", "page")
EVERY = "all"
ROWS = 100
"""Rows of one page."""


@dataclass(frozen=True)
class Compared:
    """One comparison.

    Attributes:
        before: id of the earlier release, or None where there is none.
        after: id of the later one.
        area: code of area.csv, or "" for all.
        kind: one of changes.KINDS, or EVERY.
        page: from 1.
    """

    before: str | None
    after: str
    area: str
    kind: str
    page: int


def read(view: View, store: Store) -> Compared:
    """What a view asks for; without from and to, the release that serves and the one before it.

    Raises:
        BadQuery: unknown parameters, codes or releases; all of them.
    """
    given, ids = view.parameters, [one.id for one in store.beside.kept()] if store.beside else []
    faults = route.unknown(given, PARAMETERS)
    after = route.one_of(given, "to", store.release.id, ids or [store.release.id], faults)
    before = _before(given.get("from", ""), predecessor(ids, after), ids, faults)
    area = given.get("area", "")
    if area and area not in codelist("area"):
        faults.append(not_known("area", area, codelist("area").nearest(area)))
    kind = route.one_of(given, "kind", EVERY, (EVERY, *KINDS), faults)
    page = number(given.get("page", ""), faults)
    if faults:
        raise BadQuery(faults)
    return Compared(before, after, area, kind, page)


def _before(named: str, usual: str | None, ids: Sequence[str], faults: list[str]) -> str | None:
    if named and named not in ids:
        faults.append(refusal("from", named, ids))
    return named or usual


def number(written: str, faults: list[str]) -> int:
    """The number of a page, from 1; a fault where it is none."""
    if written and not (written.isascii() and written.isdigit() and int(written[:9]) > 0):
        faults.append(f"page {written!r} is no number from 1")
        return 1
    return int(written[:9]) if written else 1
