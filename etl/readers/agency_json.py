"""JSON of single agencies: UN Comtrade (legacy and v1), SIAT of Uzbekistan, and plain arrays of records."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from etl.readers import layout as layouts
from etl.readers import numbers
from etl.readers.cells import ROW, BadFile, Publication, Table
from etl.readers.delimited import settled
from etl.readers.json_text import Numeral, load, number
from etl.readers.layout import TIME, Layout
from etl.readers.records import distinct
from etl.readers.table_shape import WIDEST
from etl.readers.tabulate import Source, tabulate

LEGACY = {
    "pfCode": None,
    "period": "periodDesc",
    "rgCode": "rgDesc",
    "rtCode": "rtTitle",
    "ptCode": "ptTitle",
    "ptCode2": "ptTitle2",
    "cstCode": "cstDesc",
    "motCode": "motDesc",
    "cmdCode": "cmdDescE",
}
CURRENT = {
    "typeCode": None,
    "freqCode": None,
    "period": None,
    "classificationCode": None,
    "reporterCode": "reporterDesc",
    "flowCode": "flowDesc",
    "partnerCode": "partnerDesc",
    "partner2Code": "partner2Desc",
    "cmdCode": "cmdDesc",
    "customsCode": "customsDesc",
    "mosCode": "mosDesc",
    "motCode": "motDesc",
}
"""Dimension of Comtrade → the field with its labels."""
FIGURES = ("TradeValue", "primaryValue")
ROLES = {"period": "time", "rtCode": "area", "reporterCode": "area"}
UIS = Layout(
    ("indicatorId", "geoUnit", "year"),
    ("value",),
    flags=("magnitude", "qualifier"),
    own_marks={"value": "magnitude"},
    decimal=".",
    roles={"indicatorId": "measure", "geoUnit": "area", "year": "time"},
)
"""Records of the UIS Data API: a magnitude stands beside a value, or in place of it."""
HOLDERS = (
    "data",
    "dataset",
    "records",
    "results",
    "rows",
    "value",
    "values",
    "items",
    "observations",
    "result",
)
DEEPEST = 200
SPARSE, SPARSER = 1_000_000, 20
"""Cells that records of unlike fields may come to, in all or for each that is given."""


def read(path: Path, format: str, layout: Layout | None = None) -> Publication:
    """An agency's JSON.

    Args:
        path: the file, unpacked.
        format: "comtrade-json", "siat-json" or "records-json".
        layout: what each field is, where a person has said it.

    Raises:
        BadFile: not JSON, not of this shape, an error message of the service, one key twice.
    """
    content, encoding, odd = load(path)
    if format == "siat-json":
        tables, remarks = _siat(path, content, layout)
    elif format == "comtrade-json":
        tables, remarks = _comtrade(path, content, layout)
    else:
        tables, remarks = _records(path, content, layout)
    return Publication(path, format, encoding, tables, (*odd, *remarks))


def text_of(value: Any) -> str | None:
    """A JSON value as it stands in the file; None for null; nested ones as JSON."""
    if value is None:
        return None
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(_counted(value), ensure_ascii=False, separators=(",", ":"))


def _counted(value: Any) -> Any:
    """A nested value whose numbers are numbers again."""
    if isinstance(value, dict):
        return {k: _counted(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_counted(v) for v in value]
    return json.loads(value) if isinstance(value, Numeral) else value


def columns_of(records: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Flat records as columns of texts, in the order in which fields first appear."""
    names = list(dict.fromkeys(name for record in records for name in record))
    if not 0 < len(names) <= WIDEST:
        raise BadFile(
            "", f"{len(names)} fields", f"1 to {WIDEST}", "Take the fields you need from the source."
        )
    given = sum(map(len, records))
    if len(names) * len(records) > max(SPARSE, SPARSER * given):
        raise BadFile("", f"{len(records):,} records of {len(names):,} fields, of which {given:,} are given",
                      "records of one kind", "Take those of one kind from the source.")  # fmt: skip
    made = distinct(names)
    columns = {new: [text_of(r.get(old)) for r in records] for new, old in zip(made, names, strict=True)}
    return pl.DataFrame(columns, schema=dict.fromkeys(made, pl.String))


def numbered(records: Sequence[Any]) -> pl.DataFrame:
    """Records as columns with ROW, the number of the element."""
    for at, record in enumerate(records, 1):
        if not isinstance(record, dict):
            raise BadFile(
                f"element {at}", type(record).__name__, "an object with fields", "Fetch the file again."
            )
    if not records:
        raise BadFile("", "no records", "at least one", "Widen the query, or fetch the file again.")
    return columns_of(records).with_columns(pl.Series(ROW, range(1, len(records) + 1), pl.UInt32))


def _comtrade(path: Path, content: Any, layout: Layout | None) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """Either API of UN Comtrade: the trade value is the figure, quantities and weights stand beside it."""
    if not isinstance(content, dict):
        raise BadFile("", type(content).__name__, "an object with dataset or data", "Fetch the file again.")
    _refuse_message(content)
    rows = content.get("dataset", content.get("data"))
    frame = numbered(rows if isinstance(rows, list) else [])
    known = LEGACY if "dataset" in content else CURRENT
    names = [c for c in frame.columns if c != ROW]
    dimensions = tuple(d for d in known if d in names and (frame[d].fill_null("") != "").any())
    labels = {d: label for d in dimensions if (label := known[d]) in names and label is not None}
    figures = tuple(f for f in FIGURES if f in names)[:1]
    rest = tuple(c for c in names if c not in (*dimensions, *labels.values(), *figures))
    roles = {d: ROLES[d] for d in dimensions if d in ROLES}
    chosen = layout or Layout(dimensions, figures, labels=labels, attributes=rest, decimal=".", roles=roles)
    table, said = tabulate(frame, chosen, Source(path.stem, {}), attributes=_scalars(content))
    announced = _announced(content)
    remarks = () if announced in (None, frame.height) else (f"{frame.height} rows of {announced} announced",)
    none = () if figures else ("no trade values: a list of files, or a query without figures",)
    return (table,), (*said, *remarks, *none)


def _refuse_message(content: Mapping[str, Any]) -> None:
    validation = content.get("validation")
    status = validation.get("status", {}) if isinstance(validation, dict) else {}
    said = content.get("error") or (status.get("name") != "Ok" and status.get("description")) or None
    if said:
        raise BadFile(
            "",
            f"a message of the service: {text_of(said)}",
            "trade figures",
            "Correct the query and fetch again.",
        )


def _announced(content: Mapping[str, Any]) -> int | None:
    """The number of rows that the service says it sends."""
    count = content.get("count")
    validation = content.get("validation")
    if isinstance(validation, dict) and isinstance(validation.get("count"), dict):
        count = validation["count"].get("value")
    return number(count)


def _scalars(content: Mapping[str, Any]) -> dict[str, str]:
    return {k: t for k, v in content.items() if isinstance(v, str | bool) and (t := text_of(v))}


def _siat(path: Path, content: Any, layout: Layout | None) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """SIAT: [{"metadata": [...], "data": [...]}], periods as fields, labels in four languages."""
    parts = content if isinstance(content, list) else [content]
    tables, remarks = list[Table](), list[str]()
    for at, part in enumerate(parts, 1):
        if not isinstance(part, dict) or not isinstance(part.get("data"), list):
            raise BadFile(
                f"element {at}", "no data", "metadata and data, as SIAT gives them", "Fetch the file again."
            )
        frame = numbered(part["data"])
        names = [c for c in frame.columns if c != ROW]
        periods = tuple(c for c in names if numbers.is_period(c))
        label = next(
            (c for c in ("Klassifikator_en", "Klassifikator_ru", "Klassifikator") if c in names), None
        )
        if "Code" not in names or not periods:
            raise BadFile(
                f"element {at}",
                f"fields {', '.join(names[:6])}",
                "Code, labels and periods",
                "Fetch it again.",
            )
        rest = tuple(c for c in names if c not in (*periods, "Code", label))
        chosen = layout or Layout(
            ("Code",),
            periods,
            TIME,
            {"Code": label} if label else {},
            attributes=rest,
            decimal=".",
            roles={TIME: "time"},
        )
        about = _about(part.get("metadata"))
        name = path.stem if len(parts) == 1 else f"{path.stem} {at}"
        table, said = tabulate(
            frame, chosen, Source(name, {}), title=about.get("Indicator name"), attributes=about
        )
        tables.append(table)
        cyrillic = [p for p in periods if "М" in p]
        remarks += [*said, *([f"the M of {cyrillic[0]} is Cyrillic"] if cyrillic else [])]
    return tuple(tables), tuple(remarks)


def _about(metadata: Any) -> dict[str, str]:
    """What SIAT says of an indicator, in English or else in Russian."""
    found: dict[str, str] = {}
    for entry in metadata if isinstance(metadata, list) else []:
        if isinstance(entry, dict):
            name = text_of(entry.get("name_en") or entry.get("name_ru"))
            value = text_of(entry.get("value_en") or entry.get("value_ru"))
            if name and value:
                found[name] = value
    return found


def _records(path: Path, content: Any, layout: Layout | None) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """An array of flat records, or an object that holds one."""
    rows, about = _array(content)
    frame = numbered([_flat(r) if isinstance(r, dict) else r for r in rows])
    truths = [
        n for n in frame.columns if n != ROW and any(isinstance(r.get(n), bool) for r in rows[:DEEPEST])
    ]
    filled = frame.with_columns(pl.col(pl.String).fill_null(""))
    known = UIS if UIS.mentions() <= set(filled.columns) else None
    chosen = layout or known or settled(filled, layouts.infer(filled, boolean=truths))
    table, said = tabulate(frame, chosen, Source(path.stem, {}), attributes=about)
    inferred = (
        ()
        if layout or known
        else (
            f"layout inferred: dimensions {', '.join(chosen.dimensions) or 'none'}; "
            f"figures {', '.join(chosen.values[:6]) or 'none'}",
        )
    )
    return (table,), (*said, *inferred)


def _array(content: Any) -> tuple[list[Any], dict[str, str]]:
    if isinstance(content, list):
        return content, {}
    if isinstance(content, dict):
        for name in (*HOLDERS, *content):
            if isinstance(content.get(name), list):
                return content[name], _scalars(content)
    raise BadFile(
        "", "no array of records", "an array of objects, alone or in a field", "Fetch the file again."
    )


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record whose nested objects are fields of their own: {"country": {"id"}} gives country.id."""
    made: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            made |= {f"{key}.{inner}": v for inner, v in value.items()}
        else:
            made[key] = value
    return made
