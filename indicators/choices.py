"""What an indicator can be asked: how many figures there are of each area, sector, sex and partner.

Counted are claims of the measure in the numerator that have a value, rivals included, as known now:
what a reader is told before asking, beside each choice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from indicators.concepts.indicator import Indicator
from indicators.store import Store


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
        frame = self.frame
        for name, codes in chosen.items():
            if codes:
                frame = frame.filter(pl.col(name).is_in([codes] if isinstance(codes, str) else list(codes)))
        return {row[column]: _held(row) for row in _counted(frame, column).to_dicts()}


def choices(store: Store) -> Choices:
    """What can be asked of one release."""
    return Choices(store.ask("choices"), store.ask("days"))


def _counted(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    return (
        frame.with_columns(pl.col("ref_area").alias("_area"))
        .group_by(column)
        .agg(
            pl.col("figures").sum(),
            pl.col("first").min(),
            pl.col("last").max(),
            pl.col("_area").n_unique().alias("areas"),
        )
        .sort(["figures", column], descending=[True, False])
    )


def _held(row: Mapping[str, Any]) -> Held:
    return Held(row["figures"], row["first"], row["last"], row["areas"])
