"""Artefacts: code lists, concepts, data structure, dataflows and agency, with names in every language.

Made from the code lists and the catalogue only, so they hold the codes that exist and no other.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from exports.columns import COLUMNS
from exports.sdmx.components import (
    AGENCY,
    COMPONENTS,
    CONCEPTS,
    EVERYTHING,
    HEADLINE,
    LISTED_CLAIMS,
    RIVAL,
    STRUCTURE,
    UNDECIDED,
    VERSION,
    list_id,
)
from exports.table import LOCALE
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import Row, codelist
from indicators.concepts.indicator import Indicator
from indicators.language import ENGLISH, languages, message, speak

AGENCIES, CODELIST, CONCEPT_SCHEME = "agencyscheme", "codelist", "conceptscheme"
DATAFLOW, DATA_STRUCTURE, CONSTRAINT = "dataflow", "datastructure", "dataconstraint"
SDMX = "SDMX"
"""The agency under which top-level agencies are listed."""
CLASSES = {
    AGENCIES: ("base", "AgencyScheme"), CODELIST: ("codelist", "Codelist"),
    CONCEPT_SCHEME: ("conceptscheme", "ConceptScheme"), DATAFLOW: ("datastructure", "Dataflow"),
    DATA_STRUCTURE: ("datastructure", "DataStructure"), CONSTRAINT: ("registry", "DataConstraint"),
}  # fmt: skip
"""Kind → package and class, as in a URN."""
Words = Mapping[str, str]
"""Language code → text."""
HOUSE = message("Creative Economy Indicators")
AGENCY_LIST = message("Agencies")
CONCEPT_LIST = message("Concepts")
ANSWERS = message("Answers, one observation a claim")
ALL_INDICATORS = message("All indicators")
CHOSEN = message("Headline")
OTHER = message("Rival {n}")
ONE_OF = message("Claim {n}, none chosen")
OPEN_ENDS = {
    "none": message("Neither end is open"), "low": message("The lower end is open"),
    "high": message("The upper end is open"), "both": message("Both ends are open"),
}  # fmt: skip
WITHOUT_AREA = {"_T": message("All areas"), "_X": message("Not stated"), "_Z": message("Not applicable")}
"""Codes of a partner that are no area."""


@dataclass(frozen=True)
class Item:
    """A code, a concept or an agency."""

    id: str
    names: Words
    says: Words = field(default_factory=dict)
    parent: str | None = None


@dataclass(frozen=True)
class Artefact:
    """One maintained artefact.

    Attributes:
        kind: one of CLASSES.
        id: of its kind unique.
        names, says: name and description, by language.
        items: of a scheme or list, in its order.
        agency, version: who maintains it.
        stub: whether it is named only, without its content.
    """

    kind: str
    id: str
    names: Words
    says: Words = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    agency: str = AGENCY
    version: str = VERSION
    stub: bool = False

    @property
    def urn(self) -> str:
        """Its SDMX URN."""
        return urn(self.kind, self.id, self.agency, self.version)

    def named_only(self, *, described: bool) -> "Artefact":
        """The stub of it."""
        return replace(self, items=(), says=self.says if described else {}, stub=True)


@dataclass(frozen=True)
class Constraint:
    """What there is of one dataflow.

    Attributes:
        flow: id of the dataflow.
        codes: component → codes that occur, in the order of their list.
        periods: that occur, in SDMX notation, in their order.
        span: first and last day of the periods, ISO 8601, or None where there is nothing.
        observations, series: how many.
    """

    flow: str
    codes: Mapping[str, tuple[str, ...]]
    periods: tuple[str, ...]
    span: tuple[str, str] | None
    observations: int
    series: int

    @property
    def id(self) -> str:
        """Of the constraint."""
        return f"CR_{self.flow}"


@dataclass(frozen=True)
class Structures:
    """What a structure message holds."""

    artefacts: tuple[Artefact, ...]
    constraints: tuple[Constraint, ...] = ()


def urn(kind: str, name: str, agency: str = AGENCY, version: str = VERSION) -> str:
    """The URN of an artefact."""
    package, word = CLASSES[kind]
    return f"urn:sdmx:org.sdmx.infomodel.{package}.{word}={agency}:{name}({version})"


def concept_urn(name: str) -> str:
    """The URN of a concept of ours."""
    return f"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:{CONCEPTS}({VERSION}).{name}"


def flow_id(indicator: str) -> str:
    """The dataflow of one indicator."""
    return indicator.upper()


def artefacts(catalogue: Catalogue, claims: int = 0) -> tuple[Artefact, ...]:
    """Every artefact of the service: agency scheme, dataflows, code lists, concepts, data structure.

    Args:
        catalogue: the definitions.
        claims: the most of a cell (rows.held); their code list is never shorter than LISTED_CLAIMS.
    """
    return _artefacts(tuple(catalogue), max(claims, LISTED_CLAIMS))


@cache
def _artefacts(indicators: tuple[Indicator, ...], claims: int) -> tuple[Artefact, ...]:
    agencies = Artefact(
        AGENCIES, "AGENCIES", said(AGENCY_LIST), items=(Item(AGENCY, said(HOUSE)),), agency=SDMX,
        version="1.0",
    )  # fmt: skip
    concepts = tuple(Item(c.id, said(c.title), said(c.says)) for c in COMPONENTS)
    return (
        agencies,
        Artefact(DATAFLOW, EVERYTHING, said(ALL_INDICATORS)),
        *(Artefact(DATAFLOW, flow_id(i.id), said(i.name), said(i.question, *i.caveats)) for i in indicators),
        *_lists(indicators, claims),
        Artefact(CONCEPT_SCHEME, CONCEPTS, said(CONCEPT_LIST), items=concepts),
        Artefact(DATA_STRUCTURE, STRUCTURE, said(ANSWERS)),
    )


def said(*english: str, **fields: object) -> Words:
    """Texts in every language, one after the other."""
    spoken = [speak(code, LOCALE) for code in languages()]
    return {s.code: " ".join(s.text(text, **fields) for text in english) for s in spoken}


def _lists(indicators: Iterable[Indicator], claims: int) -> Iterator[Artefact]:
    own = {
        "CL_INDICATOR": [Item(i.id, said(i.name), said(i.question)) for i in indicators],
        "CL_OPEN_END": [Item(code, said(text)) for code, text in OPEN_ENDS.items()],
        "CL_CLAIM": list(_claims(claims)),
    }
    files = {list_id(c.codes): c.codes for c in COLUMNS if c.codes}
    done = set()
    for component in COMPONENTS:
        if component.codes and component.codes not in done:
            done.add(component.codes)
            items = own.get(component.codes) or list(_codes(files[component.codes]))
            yield Artefact(CODELIST, component.codes, said(component.title), items=tuple(items))


def _claims(most: int) -> Iterator[Item]:
    yield Item(HEADLINE, said(CHOSEN))
    for letter, text in ((RIVAL, OTHER), (UNDECIDED, ONE_OF)):
        yield from (Item(f"{letter}{n}", said(text, n=n)) for n in range(1, most + 1))


def _codes(name: str) -> Iterator[Item]:
    listed = codelist(name)
    spoken = [speak(code) for code in languages()]
    for code, row in listed.rows.items():
        names = {s.code: s.label(name, code) if _labelled(row) else row["name"] for s in spoken}
        says = {ENGLISH: row["definition"]} if row.get("definition") else {}
        parent = row.get("parent") or None
        yield Item(code, names, says, parent if parent in listed else None)
    if name == "area":
        yield from (Item(code, said(text)) for code, text in WITHOUT_AREA.items())


def _labelled(row: Row) -> bool:
    """Whether it has names by language; a language has one, that of its speakers."""
    return "label_en" in row
