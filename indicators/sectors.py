"""What two sectors have in common, from facts: sector.csv, sector_class.csv and sector_relation.csv.

A relation is looked for in this order, and the first that says something is taken:

declared    a row of sector_relation.csv, in either direction
tree        `parent` of sector.csv: the whole holds its parts; two branches are apart where the sector
            above says so (`parts` is additive or disjoint)
classes     activity classes of sector_class.csv, where both sectors have some in one scheme
            (UK SIC 2007 is NACE Rev. 2 down to four digits; ISIC Rev. 4 is compared with NACE by
            divisions, which the two have in common)

Nothing found is "unknown", and what is unknown may not be added. Classes that are incomplete or were
not read again (`checked` = known) can show an overlap, never that there is none.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from indicators.concepts.codelist import FOLDER, codelist
from indicators.concepts.observation import TOTAL

SAME, CONTAINS, PART_OF, OVERLAPS, DISJOINT, UNKNOWN = (
    "same", "contains", "part_of", "overlaps", "disjoint", "unknown",
)  # fmt: skip
ADDITIVE, APART, OVERLAPPING = "additive", "disjoint", "overlapping"
"""Values of `parts`: what the sectors right below one are to each other."""
WHOLE, PART = "whole", "part"
COMPLETE = "complete"
"""Value of `classes`: the rows of sector_class.csv are all the classes of the sector."""

_TURNED = {CONTAINS: PART_OF, PART_OF: CONTAINS}
_WORDS = {
    SAME: "is", CONTAINS: "contains", PART_OF: "is part of", OVERLAPS: "overlaps with",
    DISJOINT: "is apart from", UNKNOWN: "may overlap with",
}  # fmt: skip
_FAMILY = {"SIC2007": "NACE2"}
_DIVISION = 2


@dataclass(frozen=True)
class Relation:
    """How one sector stands to another.

    Attributes:
        one, other: codes of sector.csv.
        kind: same, contains, part_of, overlaps, disjoint or unknown.
        shared: the activity classes in both, such as "NACE2 59.11", where classes are known.
        reference: where that is written.
    """

    one: str
    other: str
    kind: str
    shared: tuple[str, ...] = ()
    reference: str = ""

    def __str__(self) -> str:
        shared = f" in {', '.join(self.shared)}" if self.shared else ""
        nothing = "" if self.shared or self.kind != UNKNOWN else ": nothing is known of the two"
        source = f" ({self.reference})" if self.reference else ""
        return f"{self.one} {_WORDS[self.kind]} {self.other}{shared}{nothing}{source}"


@dataclass(frozen=True)
class ActivityClass:
    """One class of an activity classification that a sector holds, wholly or in part."""

    scheme: str
    code: str
    share: str
    checked: str
    reference: str

    @property
    def name(self) -> str:
        """Scheme and class as printed, "SIC2007 59.11"."""
        return f"{self.scheme} {self.code}"


@cache
def relation(one: str, other: str) -> Relation:
    """How sector `one` stands to sector `other`.

    Raises:
        UnknownCode: a sector that sector.csv does not hold.
    """
    for code in (one, other):
        codelist("sector")[code]
    if one == other:
        return Relation(one, other, SAME)
    return _declared(one, other) or _in_the_tree(one, other) or _by_classes(one, other)


def parts_of(sector: str) -> tuple[str, ...]:
    """The sectors right below one, in the order of the list."""
    return tuple(code for code, row in codelist("sector").rows.items() if row["parent"] == sector)


def adds_up(sector: str) -> bool:
    """Whether the parts right below a sector add up to it."""
    return codelist("sector")[sector].get("parts") == ADDITIVE


@cache
def activity_classes(sector: str) -> tuple[ActivityClass, ...]:
    """The activity classes of a sector, as far as they are known."""
    rows = _rows("sector_class")
    return tuple(
        ActivityClass(r["scheme"], r["class"], r["share"], r["checked"], r["reference"])
        for r in rows
        if r["sector"] == sector
    )


@cache
def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _declared(one: str, other: str) -> Relation | None:
    for row in _rows("sector_relation"):
        if (row["one"], row["other"]) == (one, other):
            return Relation(one, other, row["relation"], reference=row["reference"])
        if (row["one"], row["other"]) == (other, one):
            kind = _TURNED.get(row["relation"], row["relation"])
            return Relation(one, other, kind, reference=row["reference"])
    return None


def _above(sector: str) -> Iterator[str]:
    while sector:
        yield sector
        sector = codelist("sector")[sector]["parent"]


def _in_the_tree(one: str, other: str) -> Relation | None:
    whole = "_T is the whole economy"
    if TOTAL in (one, other):
        return Relation(one, other, CONTAINS if one == TOTAL else PART_OF, reference=whole)
    up, down = list(_above(one)), list(_above(other))
    if one in down or other in up:
        return Relation(one, other, CONTAINS if one in down else PART_OF, reference="parent in sector.csv")
    common = next((sector for sector in up if sector in down), None)
    above = codelist("sector")[common] if common else {}
    if above.get("parts") in (ADDITIVE, APART):
        return Relation(one, other, DISJOINT, reference=above["reference"])
    return None


def _by_classes(one: str, other: str) -> Relation:
    mine, theirs = activity_classes(one), activity_classes(other)
    meeting = [(a, b) for a, b in product(mine, theirs) if _meet(a, b)]
    reference = "; ".join(dict.fromkeys(c.reference for pair in meeting[:1] for c in pair))
    shared = tuple(dict.fromkeys(_narrower(a, b) for a, b in meeting))
    if meeting:
        sure = any(WHOLE in (a.share, b.share) and _comparable(a, b) for a, b in meeting)
        kind = _nested(one, other, meeting) or (OVERLAPS if sure else UNKNOWN)
        return Relation(one, other, kind, shared, reference)
    families = {_family(c) for c in mine} & {_family(c) for c in theirs}
    if families and _complete(one) and _complete(other):
        both = "; ".join(dict.fromkeys((mine[0].reference, theirs[0].reference)))
        return Relation(one, other, DISJOINT, reference=f"no class in common: {both}")
    return Relation(one, other, UNKNOWN)


def _nested(one: str, other: str, meeting: list[tuple[ActivityClass, ActivityClass]]) -> str | None:
    """Whether every class of one sector lies in a class that the other holds wholly."""
    pairs = [(a, b) for a, b in meeting if _comparable(a, b)]
    inner = {a.name for a, b in pairs if b.share == WHOLE and _digits(a).startswith(_digits(b))}
    outer = {b.name for a, b in pairs if a.share == WHOLE and _digits(b).startswith(_digits(a))}
    inside = _complete(one) and inner == {c.name for c in activity_classes(one)}
    around = _complete(other) and outer == {c.name for c in activity_classes(other)}
    if inside and around:
        return SAME
    return PART_OF if inside else CONTAINS if around else None


def _complete(sector: str) -> bool:
    return codelist("sector")[sector].get("classes") == COMPLETE


def _family(c: ActivityClass) -> str:
    return _FAMILY.get(c.scheme, c.scheme)


def _digits(c: ActivityClass) -> str:
    return c.code.replace(".", "")


def _comparable(a: ActivityClass, b: ActivityClass) -> bool:
    return _family(a) == _family(b)


def _meet(a: ActivityClass, b: ActivityClass) -> bool:
    """Whether one class is the other or lies within it; ISIC meets NACE in its division."""
    x, y = _digits(a), _digits(b)
    if _comparable(a, b):
        return x.startswith(y) or y.startswith(x)
    return {_family(a), _family(b)} == {"NACE2", "ISIC4"} and x[:_DIVISION] == y[:_DIVISION]


def _narrower(a: ActivityClass, b: ActivityClass) -> str:
    """The name of the longer class; of two as long, the same whichever sector is named first."""
    return min((a, b), key=lambda c: (-len(_digits(c)), c.name)).name
