"""What an indicator can be asked: how many figures there are of each area, sector, sex and partner.

Counted are claims of the measure in the numerator that have a value, rivals included, as known now:
what a reader is told before asking, beside each choice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

import polars as pl

from indicators.concepts.indicator import Indicator
from indicators.store import Store

Chosen = tuple[tuple[str, tuple[str, ...]], ...]
"""Columns, each with the codes that are asked for."""


@dataclass(frozen=True)
class Held:
    """How much there is of one choice.

    Attributes:
        figures: claims with a value.
        first, last: years of the first and the last.
        areas: number of areas that have one.
    """

    figures: int
    first: int
    last: int
    areas: int


@dataclass(frozen=True)
class Choices:
    """All figures of one indicator, or of all, counted.

    Attributes:
        frame: measure, freq, ref_area, sector, sex, counterpart_area, figures, first, last; one row a
            combination.
        days: measure, day: when something of it became known, the newest first.
    """

    frame: pl.DataFrame
    days: pl.DataFrame

    def of(self, indicator: Indicator) -> "Choices":
        """Those of one indicator: its measure, its sectors, its lengths of period."""
        own = self.of_measure(indicator.numerator.measure)
        fits = pl.col("sector").is_in(list(indicator.sectors)) & pl.col("freq").is_in(["A", *indicator.freqs])
        return Choices(own.frame.filter(fits), own.days)

    def of_measure(self, measure: str) -> "Choices":
        """Those of one measure."""
        own = pl.col("measure") == measure
        return Choices(self.frame.filter(own), self.days.filter(own))

    def by(self, column: str, **chosen: str | Sequence[str] | None) -> Mapping[str, Held]:
        """How much there is by the codes of `column`, most figures first.

        Args:
            column: of the frame.
            chosen: column → a code, several, or None (or none) for all.
        """
        wanted = ((n, (c,) if isinstance(c, str) else tuple(c)) for n, c in chosen.items() if c)
        return self._counted(column, tuple(wanted))

    @cached_property
    def _counted(self) -> Callable[[str, Chosen], Mapping[str, Held]]:
        """The same few are asked for again with every year, currency and form that a reader tries."""
        return lru_cache(maxsize=64)(self._count)

    def _count(self, column: str, chosen: Chosen) -> Mapping[str, Held]:
        rows = self._rows
        for name, codes in chosen:
            wanted = frozenset(codes)
            rows = [row for row in rows if row[name] in wanted]
        found: dict[str, list[Mapping[str, Any]]] = {}
        for row in rows:
            found.setdefault(row[column], []).append(row)
        held = {code: _held(own) for code, own in found.items()}
        return MappingProxyType(dict(sorted(held.items(), key=lambda item: (-item[1].figures, item[0]))))

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        """The frame as a dict a row: a page asks a few hundred of them a dozen times, faster than a frame."""
        return self.frame.to_dicts()


def choices(store: Store) -> Choices:
    """What can be asked of one release."""
    return Choices(store.ask("choices"), store.ask("days"))


def _held(rows: Sequence[Mapping[str, Any]]) -> Held:
    return Held(
        sum(row["figures"] for row in rows),
        min(row["first"] for row in rows),
        max(row["last"] for row in rows),
        len({row["ref_area"] for row in rows}),
    )
