"""Structure messages in SDMX-ML 2.1 and 3.0: written here, since libraries write a name in one language."""

from collections.abc import Callable, Mapping
from functools import partial
from html import escape

from exports.sdmx.artefacts import (
    AGENCIES,
    CODELIST,
    CONCEPT_SCHEME,
    CONSTRAINT,
    DATA_STRUCTURE,
    DATAFLOW,
    Artefact,
    Constraint,
    Item,
    Structures,
    concept_urn,
    said,
    urn,
)
from exports.sdmx.components import (
    AGENCY,
    ATTRIBUTES,
    CONCEPTS,
    DIMENSIONS,
    MEASURES,
    PERIODS,
    STRUCTURE,
    TIME,
    VALUE,
    VERSION,
    Component,
)
from exports.sdmx.markup import V21, V30, header, namespace, opening, spoken, tag
from indicators.language import message

AVAILABLE = message("What there is")
_PLACES = {
    V21: {
        AGENCIES: "OrganisationSchemes", DATAFLOW: "Dataflows", CODELIST: "Codelists",
        CONCEPT_SCHEME: "Concepts", DATA_STRUCTURE: "DataStructures", CONSTRAINT: "Constraints",
    },
    V30: {
        AGENCIES: "AgencySchemes", CODELIST: "Codelists", CONCEPT_SCHEME: "ConceptSchemes",
        CONSTRAINT: "DataConstraints", DATAFLOW: "Dataflows", DATA_STRUCTURE: "DataStructures",
    },
}  # fmt: skip
"""Version → kind → the element that holds artefacts of the kind, in the order of the schema."""


def structure_message(structures: Structures, version: str = V21) -> bytes:
    """The message, in SDMX-ML `version`."""
    made: dict[str, list[str]] = {kind: [] for kind in _PLACES[version]}
    for artefact in structures.artefacts:
        made[artefact.kind].append(_WRITE[artefact.kind](artefact, version))
    made[CONSTRAINT] += [_constraint(c, version) for c in structures.constraints]
    inside = "".join(
        tag(f"str:{place}", *made[kind]) for kind, place in _PLACES[version].items() if made[kind]
    )
    start = opening("Structure", version, [("str", namespace(version, "structure"))])
    return f"{start}{header()}{tag('mes:Structures', inside)}</mes:Structure>".encode()


def _maintained(name: str, artefact: Artefact, version: str, *inside: str, partial: bool = False) -> str:
    old = version == V21
    of_agencies = artefact.kind == AGENCIES
    return tag(
        f"str:{name}",
        spoken("com:Name", artefact.names),
        spoken("com:Description", artefact.says),
        *inside,
        id=artefact.id,
        agencyID=artefact.agency,
        version=None if of_agencies and not old else artefact.version,
        isExternalReference="true" if artefact.stub else "false",
        isPartial="false" if partial and not artefact.stub else None,
    )


def _scheme(name: str, item: str, artefact: Artefact, version: str) -> str:
    items = "".join(_item(item, i, version) for i in artefact.items)
    return _maintained(name, artefact, version, items, partial=True)


def _item(name: str, item: Item, version: str) -> str:
    parent = ""
    if item.parent:
        parent = tag("str:Parent", tag("Ref", id=item.parent) if version == V21 else item.parent)
    return tag(
        f"str:{name}",
        spoken("com:Name", item.names),
        spoken("com:Description", item.says),
        parent,
        id=item.id,
    )


def _flow(artefact: Artefact, version: str) -> str:
    if version == V30:
        of = tag("str:Structure", urn(DATA_STRUCTURE, STRUCTURE))
    else:
        of = tag("str:Structure", _ref(STRUCTURE, "DataStructure", "datastructure"))
    return _maintained("Dataflow", artefact, version, "" if artefact.stub else of)


def _ref(name: str, word: str, package: str) -> str:
    return tag("Ref", id=name, agencyID=AGENCY, version=VERSION, **{"class": word}, package=package)


def _data_structure(artefact: Artefact, version: str) -> str:
    dimensions = [_dimension(c, place, version) for place, c in enumerate(DIMENSIONS, 1)]
    times = _component(
        "TimeDimension", PERIODS, version, position=str(len(DIMENSIONS) + 1) if version == V21 else None
    )
    measure = "PrimaryMeasure" if version == V21 else "Measure"
    components = tag(
        "str:DataStructureComponents",
        tag("str:DimensionList", *dimensions, times, id="DimensionDescriptor"),
        tag("str:AttributeList", *(_attribute(c, version) for c in ATTRIBUTES), id="AttributeDescriptor"),
        tag("str:MeasureList", *(_component(measure, c, version) for c in MEASURES), id="MeasureDescriptor"),
    )
    return _maintained("DataStructure", artefact, version, "" if artefact.stub else components)


def _dimension(component: Component, place: int, version: str) -> str:
    return _component("Dimension", component, version, position=str(place))


def _attribute(component: Component, version: str) -> str:
    if version == V21:
        at = tag("str:AttributeRelationship", tag("str:PrimaryMeasure", tag("Ref", id=VALUE)))
        return _component("Attribute", component, version, at, assignmentStatus="Conditional")
    at = tag("str:AttributeRelationship", tag("str:Observation"))
    return _component("Attribute", component, version, at, usage="optional")


def _component(name: str, component: Component, version: str, after: str = "", **more: str | None) -> str:
    if version == V30:
        concept = concept_urn(component.id)
        codes = urn(CODELIST, component.codes) if component.codes else ""
    else:
        concept = tag(
            "Ref", id=component.id, maintainableParentID=CONCEPTS, maintainableParentVersion=VERSION,
            agencyID=AGENCY, **{"class": "Concept"}, package="conceptscheme",
        )  # fmt: skip
        codes = _ref(component.codes, "Codelist", "codelist") if component.codes else ""
    represented = tag("str:Enumeration", codes) if codes else tag("str:TextFormat", textType=component.type)
    return tag(
        f"str:{name}",
        tag("str:ConceptIdentity", concept),
        tag("str:LocalRepresentation", represented),
        after,
        id=component.id,
        **more,
    )


def _constraint(constraint: Constraint, version: str) -> str:
    old = version == V21
    prefix = "com" if old else "str"
    values = [
        tag(f"{prefix}:KeyValue", *(tag(f"{prefix}:Value", escape(code)) for code in codes), id=name)
        for name, codes in constraint.codes.items()
    ]
    if constraint.span:
        values.append(tag(f"{prefix}:KeyValue", _times(constraint, version), id=TIME))
    flow = _ref(constraint.flow, "Dataflow", "datastructure") if old else urn(DATAFLOW, constraint.flow)
    counts = {"obs_count": constraint.observations, "series_count": constraint.series}
    notes = [
        tag(
            "com:Annotation",
            tag("com:AnnotationTitle", str(n)),
            tag("com:AnnotationType", "sdmx_metrics"),
            id=k,
        )
        for k, n in counts.items()
    ]
    return tag(
        "str:ContentConstraint" if old else "str:DataConstraint",
        tag("com:Annotations", *notes),
        spoken("com:Name", said(AVAILABLE)),
        tag("str:ConstraintAttachment", tag("str:Dataflow", flow)),
        tag("str:CubeRegion", *values, include="true"),
        id=constraint.id,
        agencyID=AGENCY,
        version=VERSION,
        isExternalReference="false",
        **({"type": "Actual"} if old else {"role": "Actual"}),
    )


def _times(constraint: Constraint, version: str) -> str:
    """A range in 2.1, where readers know it; the periods one by one in 3.0, where some know no range."""
    if version == V30:
        return "".join(tag("str:Value", escape(period)) for period in constraint.periods)
    start, end = constraint.span or ("", "")
    return tag(
        "com:TimeRange",
        tag("com:StartPeriod", start, isInclusive="true"),
        tag("com:EndPeriod", end, isInclusive="true"),
    )


_WRITE: Mapping[str, Callable[[Artefact, str], str]] = {
    AGENCIES: partial(_scheme, "AgencyScheme", "Agency"),
    CODELIST: partial(_scheme, "Codelist", "Code"),
    CONCEPT_SCHEME: partial(_scheme, "ConceptScheme", "Concept"),
    DATAFLOW: _flow,
    DATA_STRUCTURE: _data_structure,
}
