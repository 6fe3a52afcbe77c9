"""The shapes of answers in JSON: the fields of their rows, declared once, and rows made of frames.

JSON knows no infinity: an open end is null, and `…open_end` beside it says which end is open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isinf
from typing import Any

import polars as pl

from exports.columns import COLUMNS

TEXT, NUMBER, WHOLE, DAY, FLAG, TEXTS = "text", "number", "whole", "day", "flag", "texts"
_SCHEMAS: Mapping[str, dict[str, Any]] = {
    TEXT: {"type": ["string", "null"]},
    NUMBER: {"type": ["number", "null"]},
    WHOLE: {"type": ["integer", "null"]},
    DAY: {"type": ["string", "null"], "format": "date"},
    FLAG: {"type": ["boolean", "null"]},
    TEXTS: {"type": ["array", "null"], "items": {"type": "string"}},
}
_KINDS = {pl.String: TEXT, pl.Float64: NUMBER, pl.Int64: WHOLE, pl.Date: DAY, pl.Boolean: FLAG}
Row = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One field of a row: its name, kind and what it says, in English."""

    name: str
    kind: str
    says: str


def field(text: str, says: str = "") -> Field:
    """A field written as "name" or "name:kind"; text where no kind is named."""
    name, _, kind = text.partition(":")
    return Field(name, kind or TEXT, says or _SAID.get(name, ""))


_SAID = {c.name: c.says for c in COLUMNS}
DATA = tuple(Field(c.name, _KINDS[c.type], c.says) for c in COLUMNS)
"""The fields of /data: the columns of every exported table."""


def schema(fields: Sequence[Field]) -> dict[str, Any]:
    """The JSON Schema of a row with these fields."""
    properties = {f.name: {**_SCHEMAS[f.kind], **({"description": f.says} if f.says else {})} for f in fields}
    return {
        "type": "object", "properties": properties, "required": list(properties),
        "additionalProperties": False,
    }  # fmt: skip


def rows(content: pl.DataFrame | Sequence[Row], fields: Sequence[Field]) -> list[Row]:
    """Rows with these fields and no others; an infinite number is null."""
    names = [f.name for f in fields]
    if isinstance(content, pl.DataFrame):
        content = content.select(names).to_dicts()
    return [{name: _finite(row[name]) for name in names} for row in content]


def _finite(value: Any) -> Any:
    if isinstance(value, float) and isinf(value):
        return None
    return value.isoformat() if isinstance(value, date) else value


def open_end(low: str = "low", high: str = "high", name: str = "open_end") -> pl.Expr:
    """Which end of an interval is open: none, low, high, both; null where nothing is known."""
    below, above = pl.col(low).is_infinite(), pl.col(high).is_infinite()
    return (
        pl.when(pl.col(low).is_null()).then(None)
        .when(below & above).then(pl.lit("both")).when(below).then(pl.lit("low"))
        .when(above).then(pl.lit("high")).otherwise(pl.lit("none")).alias(name)
    )  # fmt: skip


def open_ends(low: float | None, high: float | None) -> str | None:
    """The same of one interval."""
    if low is None or high is None:
        return None
    return {(True, True): "both", (True, False): "low", (False, True): "high"}.get(
        (isinf(low), isinf(high)), "none"
    )


def fields_of(texts: Iterable[str]) -> tuple[Field, ...]:
    """Fields written as in `field`."""
    return tuple(field(text) for text in texts)
