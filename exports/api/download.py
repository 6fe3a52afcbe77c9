"""What can be taken away as one file of the whole release: handed to the API by whoever can write it."""

from collections.abc import Callable, Iterator
from typing import Protocol

from indicators.store import Store


class Download(Protocol):
    """One file of a whole release."""

    @property
    def id(self) -> str:
        """As in /bulk/{id}: small letters, digits, dots and hyphens."""

    @property
    def name(self) -> str:
        """What it holds, in English."""

    @property
    def media(self) -> str:
        """Its media type."""

    @property
    def suffix(self) -> str:
        """Of the file."""

    @property
    def write(self) -> Callable[[Store], Iterator[bytes]]:
        """The file in pieces, for a release; the first piece is there before the last row is read."""
