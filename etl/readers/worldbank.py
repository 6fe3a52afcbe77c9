"""World Bank: DS2 and DataBank CSV with or without preamble, their metadata CSV, and the API's JSON."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from etl.readers import numbers
from etl.readers.agency_json import numbered, text_of
from etl.readers.cells import ROW, BadFile, Publication
from etl.readers.json_text import load as load_json
from etl.readers.json_text import number
from etl.readers.layout import TIME, Layout
from etl.readers.records import Records, parse
from etl.readers.tabulate import Source, tabulate
from etl.readers.text import load

NAMES = {
    "Country Code": ("Country Name", "TableName"),
    "Indicator Code": ("Indicator Name",),
    "Series Code": ("Series Name",),
    "INDICATOR_CODE": ("INDICATOR_NAME",),
}
"""Code column → columns that may hold its labels."""
ROLES = {
    "Country Code": "area",
    "Indicator Code": "measure",
    "Series Code": "measure",
    "INDICATOR_CODE": "measure",
    TIME: "time",
    "date": "time",
    "country": "area",
    "indicator": "measure",
}
DATABANK = re.compile(r"^(\S+) \[YR[\w]+\]$")
MANGLED = re.compile(r"^\d{1,2}/\d{1,2}/\d{4}$")


def read(path: Path, format: str, layout: Layout | None = None) -> Publication:
    """A World Bank download.

    Args:
        path: the file, unpacked.
        format: "worldbank-csv" or "worldbank-json".
        layout: what each column is, where a person has said it.

    Raises:
        BadFile: not such a download, an error message of the service, ragged rows, one key twice.
    """
    return _from_json(path, format) if format == "worldbank-json" else _from_csv(path, format, layout)


def _from_csv(path: Path, format: str, layout: Layout | None) -> Publication:
    text = load(path)
    records = _plain_periods(parse(text))
    chosen = layout or _layout(records.frame)
    attributes = {r[0].strip(): r[1].strip() for r in records.before if len(r) > 1}
    source = Source(path.stem, records.columns, records.delimiter)
    title = _title(records.frame)
    table, said = tabulate(
        records.frame, chosen, source, title=title, attributes=attributes, notes=records.notes
    )
    mangled = [
        f"{k} {v} was written by a spreadsheet; day and month cannot be told apart"
        for k, v in attributes.items()
        if MANGLED.match(v)
    ]
    absent = (
        ()
        if records.before or not chosen.time
        else ("no preamble: the date of this vintage is not in the file",)
    )
    remarks = (*records.remarks, *said, *mangled, *absent)
    return Publication(path, format, text.encoding, (table,), remarks)


def _plain_periods(records: Records) -> Records:
    """DataBank's "1990 [YR1990]" as 1990."""
    plain = {name: m[1] for name in records.columns if (m := DATABANK.match(name))}
    columns = {plain.get(name, name): at for name, at in records.columns.items()}
    return replace(records, frame=records.frame.rename(plain), columns=columns)


def _layout(frame: pl.DataFrame) -> Layout:
    """Codes as dimensions, names as their labels, periods as columns or as a column."""
    names = [c for c in frame.columns if c != ROW]
    codes = tuple(c for c in NAMES if c in names)
    labels = {code: name for code in codes for name in NAMES[code] if name in names}
    taken = {*codes, *labels.values()}
    periods = tuple(c for c in names if numbers.is_period(c))
    times = tuple(c for c in ("Time", "Year", "Time Code") if c in names)
    if not codes:
        raise BadFile(
            "header", ", ".join(names[:6]), "a column Country Code or INDICATOR_CODE", "Read the file as CSV."
        )
    rest = tuple(c for c in names if c not in taken and c not in periods and c not in times)
    if periods:
        return Layout(codes, periods, TIME, labels, attributes=rest, roles=_roles(codes, TIME))
    if "Value" in rest:
        rest = tuple(c for c in rest if c != "Value")
        return Layout((*codes, *times), ("Value",), labels=labels, attributes=rest, roles=_roles(codes))
    return Layout(codes, (), labels=labels, attributes=rest, roles=_roles(codes))


def _roles(codes: tuple[str, ...], *more: str) -> dict[str, str]:
    return {name: ROLES[name] for name in (*codes, *more) if name in ROLES}


def _title(frame: pl.DataFrame) -> str | None:
    """The one indicator of a download, which alone says the unit."""
    for name in ("Indicator Name", "Series Name"):
        if name in frame.columns and frame[name].n_unique() == 1:
            return str(frame[name][0]).strip()
    return None


def _from_json(path: Path, format: str) -> Publication:
    """The API's answer: [meta, rows]."""
    answer, encoding, odd = load_json(path)
    meta, rows = _answer(answer)
    frame = numbered([_flat(at, row) for at, row in enumerate(rows, 1)])
    lacking = [c for c in ("indicator", "country", "date", "value") if c not in frame.columns]
    if lacking:
        raise BadFile(
            "element 1",
            f"rows without {', '.join(lacking)}",
            "rows of the World Bank's API",
            "Fetch it again.",
        )
    extra = tuple(
        c
        for c in frame.columns
        if c
        not in ("indicator", "indicator name", "country", "country name", "date", "value", "obs_status", ROW)
    )
    flags = ("obs_status",) if "obs_status" in frame.columns else ()
    labels = {"indicator": "indicator name", "country": "country name"}
    chosen = Layout(
        ("indicator", "country", "date"),
        ("value",),
        labels=labels,
        flags=flags,
        attributes=extra,
        decimal=".",
        roles=_roles(("indicator", "country", "date")),
    )
    attributes = {k: text for k, v in meta.items() if (text := text_of(v))}
    table, said = tabulate(frame, chosen, Source(path.stem, {}), title=_one(frame), attributes=attributes)
    return Publication(path, format, encoding, (table,), (*odd, *said, *_paging(meta, len(rows))))


def _answer(answer: Any) -> tuple[Mapping[str, Any], list[Any]]:
    first = answer[0] if isinstance(answer, list) and answer else None
    if isinstance(first, dict) and "message" in first:
        told = first["message"] if isinstance(first["message"], list) else []
        said = "; ".join(text_of(m.get("value")) or "" for m in told if isinstance(m, dict))
        raise BadFile(
            "", f"a message of the service: {said}", "[meta, rows]", "Correct the address and fetch again."
        )
    rows = answer[1] if isinstance(answer, list) and len(answer) == 2 else None
    if not isinstance(first, dict) or not isinstance(rows, list) or not rows:
        raise BadFile("", "no rows", "[meta, rows] as the World Bank's API answers", "Fetch it again.")
    return first, rows


def _flat(at: int, row: Any) -> dict[str, Any]:
    """One row with ids as codes: {"country": {"id", "value"}} gives country and country name."""
    if not isinstance(row, dict):
        raise BadFile(
            f"element {at}",
            type(row).__name__,
            "a row with indicator, country, date, value",
            "Fetch it again.",
        )
    made: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            made[key], made[f"{key} name"] = value.get("id"), value.get("value")
        else:
            made[key] = value
    return made


def _one(frame: pl.DataFrame) -> str | None:
    names = frame["indicator name"].unique() if "indicator name" in frame.columns else pl.Series([None])
    return names[0] if len(names) == 1 else None


def _paging(meta: Mapping[str, Any], rows: int) -> tuple[str, ...]:
    """What is missing of a paged answer."""
    pages, total = number(meta.get("pages")), number(meta.get("total"))
    said = []
    if pages is not None and pages > 1:
        said.append(f"page {meta.get('page')} of {pages}: the other pages are not in this file")
    elif total is not None and total != rows:
        said.append(f"{rows} rows of {total} that the service announces")
    return tuple(said)
