"""Data messages in SDMX-JSON 2.0: listed values stand once, with their names in all languages."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
import polars as pl

from exports.sdmx.artefacts import CODELIST, DATAFLOW, Artefact, Item, said, urn
from exports.sdmx.components import EVERYTHING, KEY, KNOWN, TIME, VALUE
from exports.sdmx.json_structure import meta, named
from exports.sdmx.ml_data import FLAT
from exports.sdmx.rows import END, START
from indicators.language import ENGLISH

Index = dict[str, dict[str, int]]
"""Component → its value → the place of it among the values."""
Lists = dict[str, dict[str, Item]]
"""Code list → code → what it says."""


def data_message(
    frames: Iterable[pl.DataFrame],
    made: Sequence[Artefact],
    flow: str = EVERYTHING,
    *,
    at: str = TIME,
    language: str = ENGLISH,
) -> bytes:
    """The message.

    Args:
        frames: shape of rows.rows, or some of its columns; all alike.
        made: the artefacts of the service.
        flow: id of the dataflow.
        at: the dimension that observations of a series differ by, or FLAT.
        language: of the single names.
    """
    parts = list(frames)
    whole = pl.concat(parts) if parts else pl.DataFrame()
    shown = whole.drop(START, END, strict=False)
    shown = shown.with_columns(pl.col(pl.Date).cast(pl.String))
    coded = [name for name in shown.columns if name in (*KEY, TIME) or KNOWN[name].codes]
    index = {name: _places(shown, name) for name in coded}
    observed = [name for name in (*KEY, TIME) if name in shown.columns] if at == FLAT else [at]
    lists = {a.id: {i.id: i for i in a.items} for a in made if a.kind == CODELIST}
    name = next(a for a in made if a.kind == DATAFLOW and a.id == flow)
    structure = {
        "dataSets": [0],
        "links": [{"rel": "dataflow", "urn": urn(DATAFLOW, flow)}],
        **named(name.names, {}, language),
        **_described(shown, index, lists, observed, language),
    }
    content = _data_set(shown, index, observed)
    return orjson.dumps({"meta": meta("data"), "data": {"structures": [structure], "dataSets": [content]}})


def _places(frame: pl.DataFrame, name: str) -> dict[str, int]:
    values = frame[name].drop_nulls().unique(maintain_order=True).to_list()
    return {value: n for n, value in enumerate(sorted(values) if name == TIME else values)}


def _described(
    frame: pl.DataFrame, index: Index, lists: Lists, observed: Sequence[str], language: str
) -> dict[str, Any]:
    parts = {name: _part(name, index.get(name), lists, language) for name in frame.columns}
    dimensions: dict[str, list[dict[str, Any]]] = {"series": [], "observation": []}
    for place, name in enumerate(n for n in (*KEY, TIME) if n in parts):
        at = "observation" if name in observed else "series"
        dimensions[at].append({**parts[name], "keyPosition": place})
    attributes = [{**parts[n], "relationship": {"observation": {}}} for n in _beside(frame)]
    measures = [parts[VALUE]] if VALUE in parts else []
    return {
        "dimensions": dimensions,
        "measures": {"observation": measures},
        "attributes": {"observation": attributes},
    }


def _part(name: str, places: dict[str, int] | None, lists: Lists, language: str) -> dict[str, Any]:
    component = KNOWN[name]
    fields = {"id": name, **named(said(component.title), {}, language)}
    if name == TIME:
        fields["roles"] = ["TIME"]
    if not places:
        return {**fields, "format": {"dataType": component.type}}
    codes = lists.get(component.codes or "", {})
    return {**fields, "values": [_value(v, codes.get(v), language) for v in places]}


def _value(value: str, code: Item | None, language: str) -> dict[str, Any]:
    return {"id": value, **named(code.names, {}, language)} if code else {"value": value}


def _beside(frame: pl.DataFrame) -> list[str]:
    """The attributes that the frame holds."""
    return [n for n in frame.columns if n not in (*KEY, TIME, VALUE)]


def _data_set(frame: pl.DataFrame, index: Index, observed: Sequence[str]) -> dict[str, Any]:
    key = [n for n in (*KEY, TIME) if n in frame.columns and n not in observed]
    shown = [n for n in frame.columns if n == VALUE] + _beside(frame)
    series: dict[str, dict[str, Any]] = {}
    for row in frame.iter_rows(named=True):
        here = series.setdefault(":".join(str(index[n][row[n]]) for n in key), {})
        at = ":".join(str(index[n][row[n]]) for n in observed if n in row)
        if at:
            here[at] = [_said(row[n], index.get(n)) for n in shown]
    content: dict[str, Any] = {"structure": 0, "action": "Information", "links": []}
    if not key:
        return {**content, "observations": series.get("", {})}
    return {**content, "series": {place: {"observations": here} for place, here in series.items()}}


def _said(value: Any, places: dict[str, int] | None) -> Any:
    """The place of a value that is listed, any other value itself."""
    return value if value is None or places is None else places[value]
