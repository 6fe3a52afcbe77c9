"""Groups of countries and their members by date, from codelists/group_member.csv."""

import csv
from dataclasses import dataclass
from functools import cache

from indicators.concepts.codelist import FOLDER

NEIGHBOURHOODS = ("CENTRAL_ASIA", "SOUTH_CAUCASUS", "OTS", "CIS", "EU27_2020")
"""Smallest first: the first that holds a country names its neighbours."""


@dataclass(frozen=True)
class Membership:
    """One area in one group.

    Attributes:
        group, area: codes of area.csv.
        role: member, observer, participant, …
        since: first day or year (ISO 8601), or None where the list gives none.
        until: last day or year, or None while it lasts.
        reference: the act that says so.
    """

    group: str
    area: str
    role: str
    since: str | None
    until: str | None
    reference: str


@cache
def memberships() -> tuple[Membership, ...]:
    """Every row of the list, in its order."""
    with (FOLDER / "group_member.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Membership(
                r["group"],
                r["area"],
                r["role"],
                r["valid_from"] or None,
                r["valid_to"] or None,
                r["reference"],
            )
            for r in csv.DictReader(file)
        )


def members(group: str) -> list[Membership]:
    """Who belongs to `group` until further notice."""
    return [m for m in memberships() if m.group == group and m.until is None]


def former_members(group: str) -> list[Membership]:
    """Who belonged to `group` until a day."""
    return [m for m in memberships() if m.group == group and m.until is not None]


def neighbours(area: str) -> tuple[str, ...]:
    """The members of the smallest neighbourhood that holds `area`, `area` first; or it alone."""
    for group in NEIGHBOURHOODS:
        inside = [m.area for m in members(group)]
        if area in inside:
            return (area, *(a for a in inside if a != area))
    return (area,)
