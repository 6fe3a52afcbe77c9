"""What can be taken away as one file of the whole release: handed to the API by whoever can write it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indicators.store import Store


@dataclass(frozen=True)
class Download:
    """One file of a whole release.

    Attributes:
        id: as in /bulk/{id}.
        name: what it holds, in English.
        media: its media type.
        suffix: of the file.
        write: the file in pieces, for a release; the first piece is there before the last row is read.
    """

    id: str
    name: str
    media: str
    suffix: str
    write: Callable[[Store], Iterator[bytes]]
