"""Check: no figure leaves `etl` that the one shape, the code lists or plain sense refuse."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from etl.coded import IN_WORK, distinct
from etl.draft import Draft
from etl.errors import Fault, Kind
from etl.steps.harmonise import check_codes
from etl.steps.scale import as_float
from indicators.concepts.codelist import codelist
from indicators.concepts.observation import COLUMNS, KEY, NOT_APPLICABLE, NOT_STATED, OBSERVED, TOTAL

GENERIC = {TOTAL, NOT_APPLICABLE, NOT_STATED}
LABELLED = {"measure": "measure", "ref_area": "area", "region": "region", "counterpart_area": "area",
            "sector": "sector", "sex": "sex"}  # fmt: skip
"""Columns of a key that a message says in words → their code list."""
SHOWN = 4
"""Rows of one key that a message shows."""
UNREALISED = 200.0
"""A share of a population or of an economy above this many per cent cannot be."""


def shaped(draft: Draft) -> pl.DataFrame:
    """The frame with exactly the columns of the one shape, in their order, typed as `IN_WORK`."""
    return draft.frame.select([pl.col(name).cast(dtype) for name, dtype in IN_WORK.items()])


def check(draft: Draft) -> Draft:
    """Note every figure whose codes, unit, interval or period cannot be."""
    if draft.frame.is_empty():
        return draft
    for column in COLUMNS:
        if column.codelist:
            draft = check_codes(draft, column.name, column.codelist, GENERIC)
    measures, statuses = distinct(draft.frame["measure"]), distinct(draft.frame["obs_status"])
    rules = [*_nulls(), *_units(draft), *_bases(measures), *_intervals(measures), *_absences(statuses)]
    return draft.noting(_broken(draft, [*rules, *_future(draft)]))


Rule = tuple[pl.Expr, str, str]
"""What is bad, the column it is seen in, what was expected."""


def _broken(draft: Draft, rules: list[Rule]) -> list[Fault]:
    """A fault for each row that breaks a rule; all rules are tried at once, and mostly none is broken."""
    tried = draft.frame.select(bad.any().alias(str(at)) for at, (bad, _, _) in enumerate(rules)).row(0)
    return [
        fault for rule, broken in zip(rules, tried, strict=True) if broken for fault in _faults(draft, *rule)
    ]


def _faults(draft: Draft, bad: pl.Expr, column: str, expected: str) -> list[Fault]:
    rows = draft.frame.filter(bad).select("file", "row", column).to_dicts()
    fix = "Correct the row; if it is what the source printed, declare it in corrections.yaml."
    return [draft.fault(Kind.BROKEN_RULE, r, column, repr(r[column]), expected, fix) for r in rows]


def _nulls() -> list[Rule]:
    return [(pl.col(c.name).is_null(), c.name, "expected a value here") for c in COLUMNS if not c.nullable]


def _units(draft: Draft) -> list[Rule]:
    kinds = {code: row["kind"] for code, row in codelist("unit").rows.items()}
    allowed = {code: row["units"].split("|") for code, row in codelist("measure").rows.items()}
    rules = []
    for measure, unit in _pairs(draft.frame):
        units = allowed.get(measure)
        if units is None or unit in units or (units == ["currency"] and kinds.get(unit) == "currency"):
            continue
        here = (pl.col("measure") == measure) & (pl.col("unit_measure") == unit)
        rules.append((here, "unit_measure", f"{measure} is measured in {' or '.join(units)}"))
    return rules


def _pairs(frame: pl.DataFrame) -> list[tuple[Any, ...]]:
    """Each measure with each unit that it has, in the order of the rows."""
    units = distinct(frame["unit_measure"])
    if len(units) == 1:
        return [(measure, units[0]) for measure in frame["measure"].unique(maintain_order=True)]
    return frame.select("measure", "unit_measure").unique(maintain_order=True).rows()


def _bases(measures: Collection[str]) -> list[Rule]:
    based = [code for code, row in codelist("measure").rows.items() if row["has_base"]]
    if not any(measure in based for measure in measures):
        return []
    bare = pl.col("measure").is_in(based) & pl.col("base_per").is_null()
    return [(bare, "base_per", "expected the base period of the index or of the prices")]


def _intervals(measures: Collection[str]) -> list[Rule]:
    listed = codelist("measure").rows
    lowest = {m: float(listed[m]["minimum"]) for m in measures if m in listed and listed[m]["minimum"]}
    value, low, high = as_float(pl.col("obs_value")), pl.col("obs_low"), pl.col("obs_high")
    below = [pl.lit(value=False)]
    for least in sorted(set(lowest.values())):
        bound = [code for code, its in lowest.items() if its == least]
        within = pl.col("measure").is_in(bound) if len(bound) < len(measures) else pl.lit(value=True)
        below.append((low < least) & within)
    tolerance = value.abs() * 1e-12
    outside = (value < low - tolerance) | (value > high + tolerance)
    return [
        (pl.any_horizontal(below), "obs_value", "expected nothing below the least possible value"),
        (low > high, "obs_low", "expected a lower end below the upper"),
        (outside, "obs_value", "expected the value between its ends"),
        (low.is_nan() | high.is_nan(), "obs_low", "expected a number"),
    ]


def _absences(statuses: Collection[str]) -> list[Rule]:
    absent = [code for code, row in codelist("obs_status").rows.items() if row["absent"]]
    none = None not in statuses and not any(status in absent for status in statuses)
    missing = pl.lit(value=False) if none else pl.col("obs_status").is_in(absent)
    empty = pl.col("obs_value").is_null() & pl.col("obs_low").is_null()
    return [
        (missing & ~empty, "obs_value", "expected no value beside a status of absence"),
        (~missing & empty, "obs_status", "expected a status that says why the value is missing"),
    ]


def _future(draft: Draft) -> list[Rule]:
    latest, earliest = draft.frame["period_start"].max(), draft.frame["retrieved_on"].min()
    if latest is None or (earliest is not None and str(latest) <= str(earliest)):
        return []
    later = (pl.col("period_start").cast(pl.String) > pl.col("retrieved_on")) & (pl.col("kind") == OBSERVED)
    said = "a figure for a period after it was retrieved is a plan, a target or a forecast"
    said += "; `kind` must say which (--each 'Year:2031=kind:forecast' of add)"
    return [(later, "time_period", said)]


def impossible(frame: pl.DataFrame) -> pl.DataFrame:
    """Figures that were printed but cannot be: a rate of attendance or a share above 200 %.

    They are kept and flagged, never plotted; corrections.yaml must say what is wrong with each.
    """
    growth = [measure for measure in codelist("measure") if "growth" in measure]
    percent = pl.col("unit_measure").is_in(["PT", "PT_GDP"]) & ~pl.col("measure").is_in(growth)
    return frame.filter(percent).filter(pl.col("obs_value").cast(pl.Float64) > UNREALISED)


def duplicates(observations: pl.LazyFrame) -> list[Fault]:
    """One fault for each row whose figure id, or whole key, stands twice in all sources together."""
    hashes = observations.select(pl.col("figure_id").hash()).collect(engine="streaming").to_series()
    if hashes.n_unique() == len(hashes):
        return []
    suspects = hashes.filter(hashes.is_duplicated()).unique()
    rows = observations.filter(pl.col("figure_id").hash().is_in(suspects.implode())).collect(
        engine="streaming"
    )
    twice = rows.filter(pl.col("figure_id").is_duplicated()).sort(*KEY, "reported_at")
    keys = twice.filter(pl.struct(KEY).is_duplicated())
    said = "the same key" if keys.height else "the same figure id"
    found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in (keys if keys.height else twice).iter_rows(named=True):
        found.setdefault(tuple(row[c] for c in KEY) if keys.height else (row["figure_id"],), []).append(row)
    return [fault for alike in found.values() for fault in _duplicate(alike, said)]


def _duplicate(rows: Sequence[dict[str, Any]], said: str) -> Iterator[Fault]:
    """A fault for each row of one key, with the key in words and what stands in all of them."""
    shown = "; ".join(f"{_printed(row)} at {row['reported_at']}" for row in rows[:SHOWN])
    more = f" and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
    seen = f"{_key_in_words(rows[0])} ({rows[0]['figure_id']}): {shown}{more}"
    for row in rows:
        file, _, place = row["reported_at"].partition(", row ")
        number = place.split(";")[0]
        yield Fault(
            Kind.DUPLICATE, f"{row['source']} {row['vintage']}", file,
            int(number) if number.isdigit() else None, None, seen, f"expected {said} once",
            "Remove the row that is there twice, give it its own figure id, or map what tells the two apart.",
        )  # fmt: skip


def _printed(row: Mapping[str, Any]) -> str:
    bare = row["obs_status"] if row["obs_value"] is None else f"{row['obs_value']:f}"
    return repr(row["reported_value"]) if row["reported_value"] else str(bare)


def _key_in_words(row: Mapping[str, Any]) -> str:
    """The codes of a key with their labels; a total says nothing."""
    codes = {ours: str(row[ours]) for ours in LABELLED if row[ours] not in (TOTAL, NOT_APPLICABLE)}
    said = [f"{code} ({_label(LABELLED[ours], code)})" for ours, code in codes.items()]
    return ", ".join([*said, str(row["time_period"])])


def _label(listed: str, code: str) -> str:
    return codelist(listed).label(code) if code in codelist(listed) else listed
