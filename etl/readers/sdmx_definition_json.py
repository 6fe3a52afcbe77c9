"""Data structure definitions of SDMX-JSON structure messages."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from etl.readers.json_text import items, load, members, scalar
from etl.readers.sdmx_definition import Found, Names, Ref, Told

LISTS = {
    "codelists": "codes", "conceptSchemes": "concepts", "valueLists": "valueItems",
    "valuelists": "valueItems", "geoCodelists": "geoFeatureSetCodes",
}  # fmt: skip
KINDS = (
    ("dimensionList", ("dimensions", "measureDimensions", "timeDimensions", "timeDimension"), "dimension"),
    ("attributeList", ("attributes",), "attribute"),
    ("measureList", ("measures", "primaryMeasure"), "measure"),
)


def found_in(path: Path) -> Found:
    """What a message holds.

    Raises:
        BadFile: no JSON, or parts of a message that are no objects or lists.
    """
    root = members(load(path)[0], "the document")
    data = members(root.get("data") or root.get("resources") or root, "data")
    found = Found()
    for kind, inner in LISTS.items():
        for value in items(data.get(kind), kind):
            _list(found, members(value, kind), inner)
    for value in items(data.get("dataStructures"), "dataStructures"):
        structure = members(value, "dataStructures")
        if told := list(_components(members(structure.get("dataStructureComponents") or {}, "components"))):
            found.structures[_own(structure)] = told
    for value in items(data.get("dataflows"), "dataflows"):
        flow = members(value, "dataflows")
        of = Ref.of_urn(scalar(flow.get("structure")) or "")
        if of is not None:
            found.flows[_own(flow)] = of
    return found


def _own(value: Mapping[str, object]) -> Ref:
    ident, agency, version = (scalar(value.get(k)) or "" for k in ("id", "agencyID", "version"))
    return Ref(ident, agency, version or "1.0")


def _list(found: Found, value: Mapping[str, object], inner: str) -> None:
    """Names of a list's items; a list that is only referred to has none."""
    ref, held = _own(value), dict[str, Names]()
    for one in items(value.get(inner), inner):
        item = members(one, inner)
        code = scalar(item.get("id"))
        if code:
            held[code] = _names(item)
            core = _codes(item.get("coreRepresentation"))
            if core is not None:
                found.cores[Ref(ref.id, ref.agency, ref.version, code)] = core
    if held:
        found.lists[ref] = held


def _names(value: Mapping[str, object]) -> dict[str, str]:
    """Names by language; a name without languages under ""."""
    names: dict[str, str] = {}
    for kind in ("name", "names"):
        said = value.get(kind)
        if isinstance(said, dict):
            names |= {str(k): text for k, v in said.items() if (text := scalar(v))}
        elif text := scalar(said):
            names[""] = text
    return names


def _codes(representation: object) -> Ref | None:
    said = representation.get("enumeration") if isinstance(representation, dict) else None
    return Ref.of_urn(scalar(said) or "") if said is not None else None


def _components(value: Mapping[str, object]) -> Iterator[Told]:
    for listed, inner, kind in KINDS:
        held = members(value.get(listed) or {}, listed)
        for name in inner:
            content = held.get(name)
            for one in [content] if isinstance(content, dict) else items(content, name):
                component = members(one, name)
                concept = Ref.of_urn(scalar(component.get("conceptIdentity")) or "")
                ident = scalar(component.get("id")) or (concept.item if concept else "")
                codes = _codes(component.get("localRepresentation"))
                if ident:
                    yield Told(ident, kind, concept, codes, name.startswith("timeDimension"))
