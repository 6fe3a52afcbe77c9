"""Data structure definitions: what the components of SDMX data are, and what their codes are called."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")
Names = Mapping[str, str]
"""Language → name; "" where the message names no language."""
URN = re.compile(r"(?:^|=)([^=:]+):([^(=:]+)\(([^)]*)\)(?:\.(.+))?$")


@dataclass(frozen=True)
class Ref:
    """What something in a structure message is referred to by; parts that are not said are ""."""

    id: str
    agency: str = ""
    version: str = ""
    item: str = ""

    @classmethod
    def of_urn(cls, text: str) -> "Ref | None":
        """The reference in "urn:…=ECB:CL_FREQ(1.0)" or "ECB:EXR(1.0)"; None where it is none."""
        found = URN.search(text.strip())
        return cls(found[2], found[1], found[3], found[4] or "") if found else None


@dataclass(frozen=True)
class Told:
    """A component as a message has it.

    Attributes:
        id: its id.
        kind: "dimension", "attribute" or "measure".
        concept: where its name stands.
        codes: where its codes stand, None where it is not said here.
        is_time: whether it is the dimension of time.
    """

    id: str
    kind: str
    concept: Ref | None
    codes: Ref | None
    is_time: bool = False


@dataclass
class Found:
    """What a structure message holds; its lists are looked up once all are there.

    Attributes:
        lists: code lists, and concept schemes as lists of concepts.
        cores: codes that a concept has wherever it is used, by scheme and concept.
        structures: components of each data structure.
        flows: dataflows, and the data structure of each.
    """

    lists: dict[Ref, dict[str, Names]] = field(default_factory=dict)
    cores: dict[Ref, Ref] = field(default_factory=dict)
    structures: dict[Ref, list[Told]] = field(default_factory=dict)
    flows: dict[Ref, Ref] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A component: its name, and its codes with their names; None where it has no list of codes here."""

    id: str
    label: str | None
    codes: Mapping[str, str | None] | None


@dataclass(frozen=True)
class Definition:
    """A data structure definition.

    Attributes:
        ref: its agency, id and version.
        flows: dataflows that have it.
        dimensions: by id, in the order of the key; so attributes and measures.
        time: the dimension of time, or None.
    """

    ref: Ref
    flows: Sequence[Ref]
    dimensions: Mapping[str, Part]
    attributes: Mapping[str, Part]
    measures: Mapping[str, Part]
    time: str | None

    @property
    def name(self) -> str:
        """As data refer to it: ECB:ECB_EXR1(1.0)."""
        agency = f"{self.ref.agency}:" if self.ref.agency else ""
        return f"{agency}{self.ref.id}" + (f"({self.ref.version})" if self.ref.version else "")

    def is_named(self, name: str) -> bool:
        """Whether data that refer to `name`, "ECB:EXR(1.0)", refer to it or to a dataflow of it."""
        ref = Ref.of_urn(name.partition(" ")[0])
        return ref is not None and any(_lookup({r: True}, ref) for r in (self.ref, *self.flows))


def definitions_in(found: Found, language: str) -> list[Definition]:
    """The definitions of a message with their labels.

    Args:
        found: what the message holds.
        language: of the labels; where a name lacks it, English, then whatever there is.
    """
    return [_definition(found, ref, language) for ref in found.structures]


def _definition(found: Found, ref: Ref, language: str) -> Definition:
    told = found.structures[ref]
    flows = [flow for flow, of in found.flows.items() if _lookup({ref: True}, of)]
    dimensions, attributes, measures = (
        {t.id: _part(found, t, language) for t in told if t.kind == kind}
        for kind in ("dimension", "attribute", "measure")
    )
    time = next((t.id for t in told if t.is_time), None)
    return Definition(ref, flows, dimensions, attributes, measures, time)


def _part(found: Found, told: Told, language: str) -> Part:
    label, codes = None, told.codes
    if told.concept is not None:
        names = (_lookup(found.lists, told.concept) or {}).get(told.concept.item, {})
        label = in_language(names, language)
        codes = codes or _lookup(found.cores, told.concept, of_item=True)
    listed = _lookup(found.lists, codes) if codes is not None else None
    if listed is None:
        return Part(told.id, label, None)
    return Part(told.id, label, {code: in_language(names, language) for code, names in listed.items()})


def in_language(names: Names, language: str) -> str | None:
    """A name in a language, else in English, else the first."""
    for wanted in (language.lower(), "en"):
        for said, name in names.items():
            if wanted and name and (said.lower() == wanted or said.lower().partition("-")[0] == wanted):
                return name
    return next((name for name in names.values() if name), None)


def _lookup(held: Mapping[Ref, T], ref: Ref, *, of_item: bool = False) -> T | None:
    """What is referred to: of its version, else the only one of its agency and id.

    Of several versions none is taken: a label of another version may be wrong.
    """
    item = ref.item if of_item else ""
    exact = held.get(Ref(ref.id, ref.agency, ref.version, item))
    if exact is not None:
        return exact
    like = [v for k, v in held.items() if k.id == ref.id and k.item == item and _alike(k.agency, ref.agency)]
    return like[0] if len(like) == 1 else None


def _alike(one: str, other: str) -> bool:
    return one == other or not one or not other


def chosen(definitions: Iterable[Definition], name: str, columns: Sequence[str]) -> Definition | None:
    """The definition of data with these columns; None where none fits, or several alike.

    Args:
        definitions: those there are.
        name: what the data refer to, "ECB:EXR(1.0)": a dataflow or a data structure.
        columns: dimensions, attributes and measures of the data, by id.
    """
    fitting = [d for d in definitions if _fits(d, columns)]
    return only(fitting, name)


def only(fitting: Sequence[Definition], name: str) -> Definition | None:
    """Of several definitions that fit, the one that the data refer to."""
    named = fitting if len(fitting) == 1 else [d for d in fitting if d.is_named(name)]
    return named[0] if len(named) == 1 else None


def _fits(definition: Definition, columns: Sequence[str]) -> bool:
    """Whether the data have all its dimensions, and nothing that it does not know."""
    known = {*definition.dimensions, *definition.attributes, *definition.measures, "OBS_VALUE"}
    return definition.dimensions.keys() <= set(columns) <= known
