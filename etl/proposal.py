"""What is proposed for one table of a file, as the parts of `propose` hand it on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.settle import Said
from etl.steps.mapping import OPEN

Dimension = Mapping[str, Any]


@dataclass
class Proposal:
    """An entry of `published`, and what is not settled.

    Attributes:
        entry: as source.yaml takes it; what is open begins with "?".
        questions: what a person must decide, in full sentences with the option; none = ready to build.
        placed: our column → "from dimension: n codes certain, m near".
    """

    entry: dict[str, Any]
    questions: list[str] = field(default_factory=list)
    placed: dict[str, str] = field(default_factory=dict)

    def areas(self) -> list[str]:
        """The areas that are certain so far, which tell whose manat is meant."""
        placed = self.entry["columns"].get("ref_area", {}).get("map", {}).values()
        lone = self.entry["set"].get("ref_area")
        return sorted({*([lone] if lone else []), *(c for c in placed if not c.startswith(OPEN))})


def spoken(said: Said) -> set[str]:
    """The columns of which a person has said what they hold, for all cells or label by label."""
    return {*said.set, *(ours for told in said.each.values() for ours in told)}
