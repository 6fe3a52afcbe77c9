"""What a handler is given, and what it gives back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from exports.api.shapes import Row
from exports.table import LOCALE
from indicators.catalogue import Catalogue
from indicators.language import Language, speak
from indicators.store import Releases, Store


@dataclass(frozen=True)
class Asked:
    """One request that was understood.

    Attributes:
        values: of its parameters, in their types; what was not said is not there.
        store: the release that it asks.
        releases: all that are kept.
        catalogue: the definitions.
        format: in which it is answered.
        address: of the site, without a slash at its end.
        query: the parameters as they were written, by name.
    """

    values: Mapping[str, Any]
    store: Store
    releases: Releases
    catalogue: Catalogue
    format: str
    address: str
    query: Mapping[str, str]

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    @property
    def language(self) -> Language:
        """Of labels and notes."""
        return speak(self["lang"] or "en", LOCALE)


@dataclass(frozen=True)
class Rows:
    """Rows that are sent page by page.

    Attributes:
        content: all of them, as a frame or as dicts.
        about: what is said beside them.
    """

    content: pl.DataFrame | Sequence[Row]
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """A body that is sent as it is.

    Attributes:
        body: whole, or in pieces.
        media: its media type.
        name: of the file it is saved as; empty where it is read at once.
    """

    body: bytes | Iterator[bytes]
    media: str
    name: str = ""


Handler = Callable[[Asked], Rows | Sent]
