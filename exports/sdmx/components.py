"""The data structure of an answer in SDMX: dimensions, measure and attributes, from the columns of a table.

A key is one claim. CLAIM tells the claims of one cell apart: H the headline, R1, R2, … its rivals in the
order of their ids, and A1, A2, … where the rule makes no choice. What a column says is what its concept says.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from exports.columns import COLUMNS, Column
from indicators.language import message

AGENCY, VERSION = "CEI", "1.0.0"
STRUCTURE, CONCEPTS, EVERYTHING = "ANSWER", "CONCEPTS", "INDICATORS"
"""Ids of the data structure, of the concept scheme and of the dataflow that holds every indicator."""
TIME, VALUE = "TIME_PERIOD", "OBS_VALUE"
HEADLINE, RIVAL, UNDECIDED = "H", "R", "A"
LISTED_CLAIMS = 99
"""Rivals of one cell that the code list names at least; more where a cell of the release has more."""

DIMENSION, MEASURE, ATTRIBUTE = "dimension", "measure", "attribute"
STRING, DOUBLE, INTEGER, BOOLEAN, DATE, PERIOD = (
    "String", "Double", "Integer", "Boolean", "GregorianDay", "ObservationalTimePeriod",
)  # fmt: skip
_TYPES = {pl.String: STRING, pl.Float64: DOUBLE, pl.Int64: INTEGER, pl.Boolean: BOOLEAN, pl.Date: DATE}


@dataclass(frozen=True)
class Component:
    """One component of the data structure.

    Attributes:
        id: in SDMX; the same for ever.
        role: DIMENSION, MEASURE or ATTRIBUTE.
        title, says: name and definition of its concept, in English.
        type: SDMX data type of its values.
        codes: id of the code list of its values, or None.
        column: the column of a table that it shows, or None.
    """

    id: str
    role: str
    title: str
    says: str
    type: str = STRING
    codes: str | None = None
    column: str | None = None


_IDS = {"value": VALUE, "low": "OBS_LOW", "high": "OBS_HIGH", "language": "SOURCE_LANGUAGE"}
_KEY = ("freq", "indicator", "ref_area", "counterpart_area", "sector", "sex", "unit_measure")
_LEFT_OUT = ("indicator_label", "ref_area_label", "sector_label", "unit_label", "obs_status_label", "year")
"""Columns that the code lists and the period say already."""
_ELSEWHERE = (*_KEY, *_LEFT_OUT, "time_period", "value")
_BY_COLUMN: Mapping[str, Column] = {c.name: c for c in COLUMNS}
LISTED = frozenset(c.codes for c in COLUMNS if c.codes) - {"language"}
"""Files of indicators/codelists that become code lists; language.csv is that of the pages, not of sources."""
OWN_LISTS = {"indicator": "CL_INDICATOR", "open_end": "CL_OPEN_END"}
"""Code lists that are not files of indicators/codelists."""


def list_id(codes: str) -> str:
    """The id of the code list made from a file of indicators/codelists."""
    return f"CL_{codes.upper()}"


def _shown(name: str, role: str) -> Component:
    column = _BY_COLUMN[name]
    kind = PERIOD if name == "time_period" else _TYPES[column.type]
    codes = OWN_LISTS.get(name) or (list_id(column.codes) if column.codes in LISTED else None)
    return Component(_IDS.get(name, name.upper()), role, column.title, column.says, kind, codes, name)


CLAIM = Component(
    "CLAIM", DIMENSION, message("Claim"),
    message(
        "Which of the claims for one cell: H the headline, R1 and on its rivals, "
        "A1 and on where none is chosen."
    ),
    codes="CL_CLAIM",
)  # fmt: skip
UNIT_MULT = Component(
    "UNIT_MULT", ATTRIBUTE, message("Unit multiplier"),
    message("Power of ten by which values are to be multiplied: always 0."), INTEGER,
)  # fmt: skip
QUERY = Component(
    "QUERY", ATTRIBUTE, message("Question"),
    message("What was asked, as the parameters of an address: currency, prices, transformation, rule, day."),
)  # fmt: skip
DIMENSIONS = (*(_shown(name, DIMENSION) for name in _KEY), CLAIM)
"""In the order of a key; the period stands apart."""
PERIODS = _shown("time_period", DIMENSION)
MEASURES = (_shown("value", MEASURE),)
ATTRIBUTES = (
    *(_shown(c.name, ATTRIBUTE) for c in COLUMNS if c.name not in _ELSEWHERE),
    UNIT_MULT,
    QUERY,
)
COMPONENTS = (*DIMENSIONS, PERIODS, *MEASURES, *ATTRIBUTES)
KEY = tuple(c.id for c in DIMENSIONS)
NUMERIC = ("Double", "Integer")
KNOWN = {c.id: c for c in COMPONENTS}
