"""Meaning: the words, the catalogue, the arithmetic, and the only door to DuckDB."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicators.doorway import OpenRelease


def open_release(folder: str | Path | None = None, release: str = "") -> "OpenRelease":
    """A release, open for questions: `open_release().answer("employment", "KAZ").pandas()`.

    Args:
        folder: of the releases; None = what CEI_DATA names, else data/processed of this repository.
        release: its id; empty = the current one.

    Raises:
        NoRelease: none has been published there; SpoiledRelease, UnknownRelease: it cannot be opened.
    """
    from indicators.doorway import opened  # not before it is asked: this package is imported by all

    return opened(folder, release)
