"""A frame on its way to the one shape, with the faults found so far.

Every step takes a Draft and returns a new one. A step that cannot read a cell leaves it null and
notes a fault, so that an operator is told all that is wrong in one run; `run.py` stops before
anything is written when a draft has any.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import polars as pl

from etl.errors import Fault, Kind


@dataclass(frozen=True)
class Draft:
    """Figures of one vintage.

    Attributes:
        frame: one row a figure; columns `file` and `row` say where each one stands.
        where: source and vintage, for messages.
        faults: what is wrong so far.
        aside: cells of published files that the source does not take (`where` in source.yaml).
    """

    frame: pl.DataFrame
    where: str
    faults: tuple[Fault, ...] = ()
    aside: int = 0

    def to(self, frame: pl.DataFrame) -> "Draft":
        """The same draft with another frame."""
        return replace(self, frame=frame)

    def noting(self, faults: Iterable[Fault]) -> "Draft":
        """The same draft with more faults."""
        return replace(self, faults=(*self.faults, *faults))

    def fault(
        self, kind: Kind, row: dict[str, object], column: str | None, seen: str, expected: str, fix: str
    ) -> Fault:
        """A fault at `row`, which has the columns `file` and `row`."""
        at = row["row"]
        return Fault(
            kind, self.where, str(row["file"]), at if isinstance(at, int) else None,
            column, seen, expected, fix,
        )  # fmt: skip
