"""Structure messages of SDMX-ML: a table per code list, and what else they describe as remarks."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl
from lxml import etree

from etl.readers.cells import MARK, ROW, BadFile, Dimension, Publication, Table, frame
from etl.readers.sdmx_ml_data import local_name

LISTS = {
    "Codelist": "Code",
    "ValueList": "ValueItem",
    "ConceptScheme": "Concept",
    "CategoryScheme": "Category",
    "CodeList": "Code",
    "GeoGridCodelist": "Code",
    "GeographicCodelist": "Code",
}
OTHERS = (
    "Dataflow",
    "DataStructure",
    "ContentConstraint",
    "DataConstraint",
    "HierarchicalCodelist",
    "Hierarchy",
    "Categorisation",
    "ProvisionAgreement",
    "KeyFamily",
)
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def structures(path: Path, elements: Iterable["etree._Element"]) -> Publication:
    """A structure message; its cells hold codes and names and no number.

    Raises:
        BadFile: no code list in it; says what it holds instead.
    """
    tables: list[Table] = []
    held: dict[str, list[str]] = {}
    dimensions: list[str] = []
    encoding = "utf-8"
    for element in elements:
        name = local_name(element)
        encoding = (element.getroottree().docinfo.encoding or encoding).lower()
        if name in LISTS and (len(element) or element.get("id")) and is_maintainable(element):
            tables.append(_list(element, LISTS[name]))
        elif name in OTHERS and element.get("id") and is_maintainable(element):
            held.setdefault(name, []).append(element.get("id") or "")
            dimensions.extend(_dimensions(element) if name in ("DataStructure", "KeyFamily") else ())
        else:
            continue
        element.clear(keep_tail=False)
    told = [
        f"{kind}: {', '.join(ids[:40])}" + (f" and {len(ids) - 40} more" if len(ids) > 40 else "")
        for kind, ids in held.items()
    ]
    if not tables:
        raise BadFile(
            "",
            f"a structure message without code lists ({'; '.join(told) or 'empty'})",
            "data or code lists",
            "Ask the publisher for the data of it.",
        )
    remarks = ["a structure message: codes and names, no figures", *told, *dimensions]
    return Publication(path, "sdmx-ml-structure", encoding, tables, remarks)


def is_maintainable(element: "etree._Element") -> bool:
    """Whether it is a list itself and not a reference to one."""
    parent = element.getparent()
    grand = parent.getparent() if parent is not None else None
    return grand is not None and local_name(grand) in ("Structures", "Structure")


def _names(element: "etree._Element", kind: str = "Name") -> dict[str, str]:
    """Names by language, in the order of the file."""
    return {n.get(LANG, ""): (n.text or "").strip() for n in element if local_name(n) == kind}


def _main(names: dict[str, str]) -> str | None:
    """The English name, else the first."""
    return names.get("en") or next(iter(names.values()), None)


def _list(element: "etree._Element", item: str) -> Table:
    """A list as a table with the one dimension `code`."""
    items = [e for e in element.iter(f"{{*}}{item}") if e.get("id") or e.get("value")]
    codes = [e.get("id") or e.get("value") or "" for e in items]
    names = [_names(e) or _names(e, "Description") for e in items]
    languages = dict.fromkeys(lang for n in names for lang in n)
    columns: dict[str, Sequence[object] | pl.Series] = {
        "code": codes,
        ROW: range(1, len(codes) + 1),
        MARK: [""] * len(codes),
        "@name": [_main(n) for n in names],
    }
    columns |= {f"@name[{lang}]": [n.get(lang) for n in names] for lang in languages if lang}
    columns["@parent"] = [_parent(e, item) for e in items]
    ident = element.get("id") or "list"
    titles = _names(element)
    attributes = {f"name[{lang}]": text for lang, text in titles.items() if lang}
    attributes |= {k: element.get(k, "") for k in ("agencyID", "version", "isPartial") if element.get(k)}
    described = Dimension("code", _main(titles), {c: _main(n) for c, n in zip(codes, names, strict=True)})
    return Table(ident, _main(titles), [described], frame(columns, ["code"]), attributes)


def _parent(element: "etree._Element", item: str) -> str | None:
    """Code above it: by reference, or by the nesting of categories."""
    above = element.getparent()
    if above is not None and local_name(above) == item:
        return _word(above, "id")
    ref = element.find("{*}Parent")
    if ref is None:
        return _word(element, "parentCode")
    inner = ref.find("{*}Ref")
    return _word(inner, "id") if inner is not None else (ref.text or "").strip() or None


def _word(element: "etree._Element", name: str) -> str | None:
    """An attribute of XML."""
    value = element.get(name)
    return None if value is None else str(value)


def _dimensions(structure: "etree._Element") -> list[str]:
    """Dimensions and attributes of a data structure definition, in words."""
    parts = []
    for kind, tags in (
        ("dimensions", ("Dimension", "MeasureDimension", "TimeDimension")),
        ("attributes", ("Attribute",)),
        ("measures", ("PrimaryMeasure", "Measure")),
    ):
        ids = [
            e.get("id") or e.get("conceptRef") or ""
            for e in structure.iter()
            if local_name(e) in tags and (e.get("id") or e.get("conceptRef"))
        ]
        parts.append(f"{kind} {', '.join(ids)}" if ids else "")
    return [f"{structure.get('id')}: " + "; ".join(p for p in parts if p)]
