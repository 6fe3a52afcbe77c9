"""Indicator: what we publish, a formula over measures, defined in one YAML file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

AS_REPORTED, SHARE, PER_HEAD = "as_reported", "share", "per_head"
FORMULAS = (AS_REPORTED, SHARE, PER_HEAD)


@dataclass(frozen=True)
class Term:
    """One measure in a formula.

    Attributes:
        measure: code of measure.csv.
        sector: code of sector.csv; None = the sector of the query.
        same_source: True = only from the source that stated the other term.
    """

    measure: str
    sector: str | None = None
    same_source: bool = False


@dataclass(frozen=True)
class Indicator:
    """One published indicator.

    Attributes:
        id: file name of its definition.
        name: as shown.
        question: what it answers, in a reader's words.
        theme: heading under which it stands.
        formula: one of FORMULAS.
        numerator: the measure itself where the formula is as_reported.
        denominators: tried in order; empty where the formula is as_reported.
        sectors: sectors a reader may choose, the usual one first.
        freqs: frequencies that make its series (CL_FREQ).
        unit: "currency", "measure" (as the measure has it) or a code of unit.csv.
        decimals: digits after the point when shown.
        polarity: "more", "less" or "none": which direction is better, if any.
        caveats: what must be known beside it.
        method: address where the method is written.
        basis: raised when the same inputs would give other figures.
    """

    id: str
    name: str
    question: str
    theme: str
    formula: str
    numerator: Term
    denominators: tuple[Term, ...]
    sectors: tuple[str, ...]
    freqs: tuple[str, ...]
    unit: str
    decimals: int
    polarity: str
    caveats: tuple[str, ...]
    method: str
    basis: int
    fields: Mapping[str, object] = field(repr=False, compare=False, default_factory=dict)

    @property
    def is_money(self) -> bool:
        """Whether a currency can be chosen for it."""
        return self.unit == "currency"
