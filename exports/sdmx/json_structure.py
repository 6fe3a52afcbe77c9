"""Structure messages in SDMX-JSON 2.0: best name by the reader's language, and all of them beside it."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from exports.sdmx.artefacts import (
    AGENCIES,
    CODELIST,
    CONCEPT_SCHEME,
    DATA_STRUCTURE,
    DATAFLOW,
    Artefact,
    Constraint,
    Item,
    Structures,
    Words,
    concept_urn,
    said,
    urn,
)
from exports.sdmx.components import (
    AGENCY,
    ATTRIBUTES,
    DIMENSIONS,
    MEASURES,
    PERIODS,
    STRUCTURE,
    TIME,
    VERSION,
)
from exports.sdmx.components import Component as Part
from exports.sdmx.markup import now
from exports.sdmx.ml_structure import AVAILABLE
from indicators.language import ENGLISH, languages

SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/{0}-message/tools/schemas/2.0.0/"
    "sdmx-json-{0}-schema.json"
)
_PLACES = {
    AGENCIES: "agencySchemes", DATAFLOW: "dataflows", CODELIST: "codelists",
    CONCEPT_SCHEME: "conceptSchemes", DATA_STRUCTURE: "dataStructures",
}  # fmt: skip
_ITEMS = {AGENCIES: "agencies", CODELIST: "codes", CONCEPT_SCHEME: "concepts"}


def structure_message(structures: Structures, language: str = ENGLISH) -> bytes:
    """The message; `language` of the single names."""
    made: dict[str, list[dict[str, Any]]] = {}
    for artefact in structures.artefacts:
        made.setdefault(_PLACES[artefact.kind], []).append(_artefact(artefact, language))
    if structures.constraints:
        made["dataConstraints"] = [_constraint(c, language) for c in structures.constraints]
    links = [{"rel": "self", "urn": artefact.urn} for artefact in structures.artefacts]
    return orjson.dumps({"meta": {**meta("structure"), "links": links}, "data": made})


def meta(part: str) -> dict[str, Any]:
    """What every message says of itself; `part` is structure or data."""
    return {
        "schema": SCHEMA.format(part), "id": AGENCY, "test": False, "prepared": now(),
        "contentLanguages": languages(), "sender": {"id": AGENCY},
    }  # fmt: skip


def named(names: Words, says: Words, language: str) -> dict[str, Any]:
    """Name and description, in one language and in all."""
    fields: dict[str, Any] = {"name": names.get(language) or names[ENGLISH], "names": dict(names)}
    if says:
        fields |= {"description": says.get(language) or says[ENGLISH], "descriptions": dict(says)}
    return fields


def _artefact(artefact: Artefact, language: str) -> dict[str, Any]:
    fields = {
        "id": artefact.id, "agencyID": artefact.agency, "isExternalReference": artefact.stub,
        **named(artefact.names, artefact.says, language),
    }  # fmt: skip
    if artefact.kind != AGENCIES:
        fields["version"] = artefact.version
    if not artefact.stub:
        fields |= _CONTENT[artefact.kind](artefact, language)
    return fields


def _items(artefact: Artefact, language: str) -> dict[str, Any]:
    items = [_item(i, language) for i in artefact.items]
    return {"isPartial": False, _ITEMS[artefact.kind]: items}


def _item(item: Item, language: str) -> dict[str, Any]:
    fields = {"id": item.id, **named(item.names, item.says, language)}
    return fields | {"parent": item.parent} if item.parent else fields


def _of(_flow: Artefact, _language: str) -> dict[str, Any]:
    return {"structure": urn(DATA_STRUCTURE, STRUCTURE)}


def _components(_structure: Artefact, _language: str) -> dict[str, Any]:
    dimensions = [{"position": n, **_part(c)} for n, c in enumerate(DIMENSIONS)]
    attributes = [
        {"usage": "optional", "attributeRelationship": {"observation": {}}, **_part(c)} for c in ATTRIBUTES
    ]
    return {
        "dataStructureComponents": {
            "dimensionList": {
                "id": "DimensionDescriptor",
                "dimensions": dimensions,
                "timeDimension": _part(PERIODS),
            },
            "attributeList": {"id": "AttributeDescriptor", "attributes": attributes},
            "measureList": {"id": "MeasureDescriptor", "measures": [_part(c) for c in MEASURES]},
        }
    }


def _part(part: Part) -> dict[str, Any]:
    represented: dict[str, Any] = {"format": {"dataType": part.type}}
    if part.codes:
        represented = {"enumeration": urn(CODELIST, part.codes)}
    return {"id": part.id, "conceptIdentity": concept_urn(part.id), "localRepresentation": represented}


def _constraint(constraint: Constraint, language: str) -> dict[str, Any]:
    values: list[dict[str, Any]] = [
        {"id": name, "values": [{"value": code} for code in codes]}
        for name, codes in constraint.codes.items()
    ]
    if constraint.span:
        start, end = ({"period": period, "isInclusive": True} for period in constraint.span)
        values.append({"id": TIME, "timeRange": {"startPeriod": start, "endPeriod": end}})
    counts = {"obs_count": constraint.observations, "series_count": constraint.series}
    return {
        "id": constraint.id, "agencyID": AGENCY, "version": VERSION, "role": "Actual",
        **named(said(AVAILABLE), {}, language),
        "annotations": [{"id": k, "type": "sdmx_metrics", "title": str(n)} for k, n in counts.items()],
        "constraintAttachment": {"dataflows": [urn(DATAFLOW, constraint.flow)]},
        "cubeRegions": [{"include": True, "keyValues": values}],
    }  # fmt: skip


_CONTENT: Mapping[str, Callable[[Artefact, str], dict[str, Any]]] = {
    AGENCIES: _items, CODELIST: _items, CONCEPT_SCHEME: _items, DATAFLOW: _of, DATA_STRUCTURE: _components,
}  # fmt: skip
