"""Data structure definitions of SDMX-ML structure messages: 2.0, 2.1 and 3.x."""

from pathlib import Path

from lxml import etree

from etl.readers.sdmx_definition import Found, Names, Ref, Told
from etl.readers.sdmx_ml_data import local_name
from etl.readers.sdmx_ml_structure import LANG, LISTS, is_maintainable

KINDS = {
    "Dimension": "dimension", "MeasureDimension": "dimension", "TimeDimension": "dimension",
    "Attribute": "attribute", "PrimaryMeasure": "measure", "Measure": "measure",
}  # fmt: skip
WATCHED = (*LISTS, "DataStructure", "KeyFamily", "Dataflow")


def found_in(path: Path) -> Found:
    """What a message holds.

    Raises:
        BadFile: broken XML, no SDMX, or XML that may harm.
    """
    from etl.readers.sdmx_ml import harmless, parsed  # that module reads structures too

    harmless(path)
    found = Found()
    for element in parsed(path, WATCHED):
        if not is_maintainable(element) or not element.get("id"):
            continue
        name, ref = local_name(element), _own(element)
        if name in LISTS:
            _list(found, ref, element, LISTS[name])
        elif name == "Dataflow":
            of = _reference(element.find("{*}Structure"))
            if of is not None:
                found.flows[ref] = of
        elif told := [t for e in element.iter() if (t := _component(e, ref)) is not None]:
            found.structures[ref] = told
        element.clear(keep_tail=False)
    return found


def _own(element: "etree._Element") -> Ref:
    return Ref(element.get("id", ""), element.get("agencyID", ""), element.get("version", "1.0"))


def _list(found: Found, ref: Ref, element: "etree._Element", item: str) -> None:
    """Names of a list's items; a list that is only referred to has none."""
    held: dict[str, Names] = {}
    for e in element.iter(f"{{*}}{item}"):
        code = e.get("id") or e.get("value")
        if code:
            held[code] = _names(e, "Name") or _names(e, "Description")
            core = _reference(e.find("{*}CoreRepresentation/{*}Enumeration"))
            if core is not None:
                found.cores[Ref(ref.id, ref.agency, ref.version, code)] = core
    if held:
        found.lists[ref] = held


def _names(element: "etree._Element", kind: str) -> dict[str, str]:
    return {n.get(LANG, ""): " ".join((n.text or "").split()) for n in element if local_name(n) == kind}


def _component(element: "etree._Element", structure: Ref) -> Told | None:
    """A dimension, attribute or measure; None for any other element, or a reference to a dimension."""
    name = local_name(element)
    concept = _reference(element.find("{*}ConceptIdentity"))
    if concept is None and element.get("conceptRef"):
        scheme = element.get("conceptSchemeRef", "")
        concept = Ref(scheme, element.get("conceptSchemeAgency", ""), "", element.get("conceptRef", ""))
    if name not in KINDS or concept is None:
        return None
    codes = _reference(element.find("{*}LocalRepresentation/{*}Enumeration"))
    if codes is None and element.get("codelist"):
        agency = element.get("codelistAgency") or structure.agency
        codes = Ref(element.get("codelist", ""), agency, element.get("codelistVersion", ""))
    return Told(element.get("id") or concept.item, KINDS[name], concept, codes, name == "TimeDimension")


def _reference(element: "etree._Element | None") -> Ref | None:
    """A reference in any of its forms: Ref, URN, or the URN as text."""
    if element is None:
        return None
    ref = element.find("{*}Ref")
    if ref is None:
        return Ref.of_urn(element.findtext("{*}URN") or element.text or "")
    parent, version = ref.get("maintainableParentID"), ref.get("maintainableParentVersion")
    if parent:
        return Ref(parent, ref.get("agencyID", ""), version or "1.0", ref.get("id", ""))
    return Ref(ref.get("id", ""), ref.get("agencyID", ""), ref.get("version", "1.0"))
