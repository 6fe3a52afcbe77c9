"""What may stand in an address: each parameter declared once, for reading it and for describing it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from indicators.concepts.codelist import codelist
from indicators.query import SEPARATOR, day, not_known, refusal

Schema = dict[str, Any]
MOST_SHOWN = 60
"""Letters of a value that a message repeats."""


class Kind(Protocol):
    """What values a parameter may have."""

    def schema(self) -> Schema:
        """As JSON Schema says it."""

    def faults(self, name: str, text: str) -> list[str]:
        """What is wrong with a value; nothing where it is right."""

    def read(self, text: str) -> Any:
        """A right value, in its type."""


@dataclass(frozen=True)
class Choice:
    """One of several words; `listed` is the code list that knows their names, for a better hint."""

    values: tuple[str, ...]
    listed: str = ""

    def schema(self) -> Schema:
        """A text of an enumeration."""
        return {"type": "string", "enum": list(self.values)}

    def faults(self, name: str, text: str) -> list[str]:
        """None of the words: the nearest is named."""
        if text in self.values:
            return []
        near = codelist(self.listed).nearest(text) if self.listed else None
        if near in self.values:
            return [not_known(name, text[:MOST_SHOWN], near)]
        return [refusal(name, text[:MOST_SHOWN], self.values)]

    def read(self, text: str) -> str:
        """The word."""
        return text


@dataclass(frozen=True)
class Several:
    """Several words of a list, with commas between."""

    of: Choice

    def schema(self) -> Schema:
        """An array, written in one value."""
        return {"type": "array", "items": self.of.schema(), "minItems": 1}

    def faults(self, name: str, text: str) -> list[str]:
        """Those of every word."""
        what = self.of.listed or name
        return [fault for word in text.split(SEPARATOR) for fault in self.of.faults(what, word)]

    def read(self, text: str) -> tuple[str, ...]:
        """The words, each once."""
        return tuple(dict.fromkeys(text.split(SEPARATOR)))


@dataclass(frozen=True)
class Whole:
    """A whole number of a range."""

    least: int
    most: int

    def schema(self) -> Schema:
        """An integer."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def faults(self, name: str, text: str) -> list[str]:
        """No number, or outside the range."""
        if re.fullmatch("[0-9]{1,9}", text) and self.least <= int(text) <= self.most:
            return []
        return [f"{name}={text[:MOST_SHOWN]!r} is no whole number from {self.least} to {self.most}"]

    def read(self, text: str) -> int:
        """The number."""
        return int(text)


@dataclass(frozen=True)
class Part:
    """A part of a whole, from 0 to 1."""

    def schema(self) -> Schema:
        """A number."""
        return {"type": "number", "minimum": 0, "maximum": 1}

    def faults(self, name: str, text: str) -> list[str]:
        """No number, or outside the range."""
        plain = re.fullmatch(r"[0-9](\.[0-9]{1,20})?([eE]-[0-9]{1,3})?", text)
        if plain and 0 <= float(text) <= 1:
            return []
        return [f"{name}={text[:MOST_SHOWN]!r} is no part of a whole; write for example 0.66"]

    def read(self, text: str) -> float:
        """The number."""
        return float(text)


@dataclass(frozen=True)
class Day:
    """A day, as ISO 8601 writes it."""

    def schema(self) -> Schema:
        """A date."""
        return {"type": "string", "format": "date"}

    def faults(self, name: str, text: str) -> list[str]:
        """No day of the calendar."""
        return [] if day(text) else [f"{name}={text[:MOST_SHOWN]!r} is no day; write for example 2025-12-31"]

    def read(self, text: str) -> date:
        """The day."""
        return date.fromisoformat(text)


@dataclass(frozen=True)
class Written:
    """A text of a pattern, such as an id."""

    pattern: str
    example: str

    def schema(self) -> Schema:
        """A text with its pattern."""
        return {"type": "string", "pattern": f"^{self.pattern}$"}

    def faults(self, name: str, text: str) -> list[str]:
        """Not of the pattern."""
        if re.fullmatch(self.pattern, text):
            return []
        return [f"{name}={text[:MOST_SHOWN]!r} does not look like one; write for example {self.example}"]

    def read(self, text: str) -> str:
        """The text."""
        return text


@dataclass(frozen=True)
class Parameter:
    """One parameter of an address.

    Attributes:
        name: as it is written.
        kind: what values it may have.
        says: what it does, in English.
        required: whether it must be there.
        within: "query", or "path" for a part of the path.
    """

    name: str
    kind: Kind
    says: str
    required: bool = False
    within: str = "query"

    def described(self) -> Schema:
        """As OpenAPI has it."""
        found: Schema = {
            "name": self.name, "in": self.within, "description": self.says,
            "required": self.required, "schema": self.kind.schema(),
        }  # fmt: skip
        if isinstance(self.kind, Several):
            found |= {"style": "form", "explode": False}
        if isinstance(self.kind, Written) and self.within == "path":
            found["example"] = self.kind.example
        return found


def read(
    pairs: Iterable[tuple[str, str]], known: Mapping[str, Parameter]
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The values of an address, and all that is wrong with it as (parameter, sentence).

    Args:
        pairs: names and texts, as they stand there.
        known: the parameters that there are.
    """
    values: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    seen: set[str] = set()
    for name, text in pairs:
        found = [] if name in known else [refusal("parameter of this address", name[:MOST_SHOWN], known)]
        if name in seen:
            found = [f"the parameter {name[:MOST_SHOWN]!r} stands there twice"]
        elif name in known and not text:
            found = [f"{name}= is empty; leave it out, or give it a value"]
        elif name in known:
            found = known[name].kind.faults(name, text)
            if not found:
                values[name] = known[name].kind.read(text)
        seen.add(name)
        faults += [(name, fault) for fault in found]
    lacking = [p.name for p in known.values() if p.required and p.within == "query" and p.name not in seen]
    return values, faults + [(name, f"{name}= is missing") for name in lacking]
