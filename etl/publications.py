"""Publications: who stated the figures of a vintage; the rows of sources.parquet.

A table has one publication, its receipt. A ledger has many, one a row of publications.csv; what
is not said there holds from the receipt.
"""

import csv
from collections.abc import Mapping
from datetime import date

import polars as pl

from etl.errors import Fault, Kind
from etl.source import Vintage
from etl.steps.receive import PUBLICATIONS
from indicators.concepts.codelist import codelist
from indicators.concepts.period import UnreadablePeriod, latest_day

SCHEMA = {
    "source": pl.String,
    "vintage": pl.String,
    "collection": pl.String,
    "publisher": pl.String,
    "cites": pl.String,
    "authority": pl.String,
    "title": pl.String,
    "address": pl.String,
    "published_on": pl.String,
    "retrieved_on": pl.String,
    "known_from": pl.Date,
    "language": pl.String,
    "licence": pl.String,
    "remark": pl.String,
}


def publications(vintage: Vintage) -> tuple[pl.DataFrame, list[Fault]]:
    """The publications of a vintage with the shape SCHEMA, and what is wrong with them.

    `known_from` is the day from which a figure could be known: the last day that `published_on`
    can mean, or the day we retrieved it where that is not known.
    """
    receipt = {k: str(v) for k, v in vintage.receipt.items() if v is not None and k != "files"}
    own = {"source": vintage.source.id, "vintage": vintage.name, "row": "1", **receipt}
    path = vintage.folder / PUBLICATIONS
    rows = [own]
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            listed = [{"row": str(n), **r} for n, r in enumerate(csv.DictReader(file), start=2)]
        rows += [_listed(own, r) for r in listed]
    faults = [fault for row in rows for fault in _faults(vintage, row)]
    faults += _twice(vintage, rows)
    table = [_completed(row, vintage.source.id) for row in rows] if not faults else []
    return pl.DataFrame(table, schema=SCHEMA).sort("source"), faults


def vintage_of(published_on: str) -> str:
    """The name of a text's one vintage: its date, or "undated"."""
    return published_on or "undated"


def _listed(own: Mapping[str, str], row: Mapping[str, str]) -> dict[str, str]:
    given = {k: v for k, v in row.items() if v}
    inherited = {k: own[k] for k in ("retrieved_on", "licence") if k in own}
    return {
        **inherited, **given, "source": row["publication"], "vintage": vintage_of(row["published_on"]),
    }  # fmt: skip


def _completed(row: Mapping[str, str], collection: str) -> dict[str, object]:
    known = latest_day(row["published_on"]) if row.get("published_on") else None
    known = known or date.fromisoformat(row["retrieved_on"])
    said: dict[str, object] = {name: row.get(name) or None for name in SCHEMA}
    return {**said, "collection": collection, "known_from": known}


def _faults(vintage: Vintage, row: Mapping[str, str]) -> list[Fault]:
    faults = []
    for column, read in (("published_on", latest_day), ("retrieved_on", date.fromisoformat)):
        try:
            if row.get(column):
                read(row[column])
        except (UnreadablePeriod, ValueError) as fault:
            faults.append(_fault(vintage, row, Kind.BAD_VALUE, column, str(fault)))
    if row.get("authority") not in codelist("authority"):
        known = ", ".join(codelist("authority"))
        faults.append(_fault(vintage, row, Kind.UNKNOWN_LABEL, "authority", f"expected one of {known}"))
    for column in ("publisher", "title"):
        if not row.get(column):
            faults.append(_fault(vintage, row, Kind.BAD_VALUE, column, "expected the name of it"))
    return faults


def _twice(vintage: Vintage, rows: list[dict[str, str]]) -> list[Fault]:
    seen: set[tuple[str, str]] = set()
    faults = []
    for row in rows:
        key = row["source"], row["vintage"]
        if key in seen:
            faults.append(_fault(vintage, row, Kind.DUPLICATE, "source", "expected each publication once"))
        seen.add(key)
    return faults


def _fault(vintage: Vintage, row: Mapping[str, str], kind: Kind, column: str, expected: str) -> Fault:
    file = PUBLICATIONS if "publication" in row else "receipt.yaml"
    return Fault(
        kind, vintage.where, file, int(row["row"]), column, repr(row.get(column, "")), expected,
        f"Correct data/raw/{vintage.source.id}/{vintage.name}/{file}.",
    )  # fmt: skip


def register(vintage: Vintage) -> pl.DataFrame:
    """publications.csv as it stands, with the vintage of each text beside its columns."""
    with (vintage.folder / PUBLICATIONS).open(encoding="utf-8", newline="") as file:
        rows = [{**row, "vintage": vintage_of(row["published_on"])} for row in csv.DictReader(file)]
    return pl.DataFrame(rows, infer_schema_length=None)
