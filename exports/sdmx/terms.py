"""The words of an address of SDMX REST."""

import re

from exports.sdmx.artefacts import (
    AGENCIES,
    CODELIST,
    CONCEPT_SCHEME,
    CONSTRAINT,
    DATA_STRUCTURE,
    DATAFLOW,
)

KINDS = {
    "agencyscheme": AGENCIES, "organisationscheme": AGENCIES, "codelist": CODELIST,
    "conceptscheme": CONCEPT_SCHEME, "dataflow": DATAFLOW, "datastructure": DATA_STRUCTURE,
    "contentconstraint": CONSTRAINT, "actualconstraint": CONSTRAINT, "dataconstraint": CONSTRAINT,
}  # fmt: skip
"""Types of a path that we keep artefacts of."""
OTHER_KINDS = (
    "allowedconstraint", "attachmentconstraint", "categorisation", "categoryscheme", "customtypescheme",
    "dataconsumerscheme", "dataproviderscheme", "geocodelist", "geogridcodelist", "hierarchicalcodelist",
    "hierarchy", "hierarchyassociation", "metadataconstraint", "metadataflow", "metadataproviderscheme",
    "metadataprovisionagreement", "metadatastructure", "namepersonalisationscheme",
    "organisationunitscheme", "process", "provisionagreement", "reportingtaxonomy", "representationmap",
    "rulesetscheme", "structuremap", "structureset", "transformationscheme", "userdefinedoperatorscheme",
    "valuelist", "vtlmappingscheme",
)  # fmt: skip
"""Types that there are, and of which we keep none."""
RELATED = ("none", "all", "parents", "parentsandsiblings", "ancestors", "children", "descendants")
DETAILS = (
    "full", "allstubs", "allcompletestubs", "referencestubs", "referencecompletestubs", "referencepartial",
    "raw",
)  # fmt: skip
COMMON = ("format", "lang", "release")
LACKING = ("sort", "reportingYearStartDay")
"""Parameters of the standard that change nothing here, and are refused."""
NOT_KEPT = ("metadata", "registration")
"""Resources of the standard of which there is nothing."""
ORDERED = ("lt", "le", "gt", "ge")
OPERATORS = ("eq", "ne", "lt", "le", "gt", "ge", "co", "nc", "sw", "ew")
ANY = ("", "*", "all", "~", "+", "latest")
"""What names nothing in particular."""
FILTER = re.compile(r"c\[[A-Za-z0-9_]+\]")


def several(text: str) -> tuple[str, ...]:
    """The ids that a part of a path names; none where it names all."""
    return () if text in ANY else tuple(one for one in re.split(r"[+,]", text) if one)


def versions(text: str) -> tuple[str, ...]:
    """The versions that a part of a path names; none where it names all. A plus sign asks for the latest."""
    return () if text in ANY else tuple(one.replace("+", "") for one in text.split(",") if one)


def same_version(one: str, other: str) -> bool:
    """Whether two versions are the same: 1.0 and 1.0.0 are."""
    return re.sub(r"(\.0)+$", "", one) == re.sub(r"(\.0)+$", "", other)
