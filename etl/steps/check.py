"""Check: no figure leaves `etl` that the one shape, the code lists or plain sense refuse."""

import polars as pl

from etl.draft import Draft
from etl.errors import Fault, Kind
from etl.steps.harmonise import check_codes
from indicators.concepts.codelist import codelist
from indicators.concepts.observation import COLUMNS, KEY, NOT_APPLICABLE, NOT_STATED, OBSERVED, SCHEMA, TOTAL

GENERIC = {TOTAL, NOT_APPLICABLE, NOT_STATED}
UNREALISED = 200.0
"""A share of a population or of an economy above this many per cent cannot be."""


def shaped(draft: Draft) -> pl.DataFrame:
    """The frame with exactly the columns of the one shape, in their order and types."""
    return draft.frame.select([pl.col(name).cast(dtype) for name, dtype in SCHEMA.items()])


def check(draft: Draft) -> Draft:
    """Note every figure whose codes, unit, interval or period cannot be."""
    if draft.frame.is_empty():
        return draft
    for column in COLUMNS:
        if column.codelist:
            draft = _codes(draft, column.name, column.codelist)
    for rule in (_nulls, _units, _bases, _intervals, _absences, _future):
        draft = draft.noting(rule(draft))
    return draft


def _codes(draft: Draft, column: str, list_name: str) -> Draft:
    plain = draft.to(draft.frame.filter(~pl.col(column).is_in(GENERIC) | pl.col(column).is_null()))
    return draft.noting(check_codes(Draft(plain.frame, draft.where), column, list_name).faults)


def _rule(draft: Draft, bad: pl.Expr, column: str, expected: str) -> list[Fault]:
    rows = draft.frame.filter(bad).select("file", "row", column).to_dicts()
    fix = "Correct the row; if it is what the source printed, declare it in corrections.yaml."
    return [draft.fault(Kind.BROKEN_RULE, r, column, repr(r[column]), expected, fix) for r in rows]


def _nulls(draft: Draft) -> list[Fault]:
    return [
        fault
        for column in COLUMNS
        if not column.nullable
        for fault in _rule(draft, pl.col(column.name).is_null(), column.name, "expected a value here")
    ]


def _units(draft: Draft) -> list[Fault]:
    kinds = {code: row["kind"] for code, row in codelist("unit").rows.items()}
    allowed = {code: row["units"].split("|") for code, row in codelist("measure").rows.items()}
    faults = []
    for measure, unit in draft.frame.select("measure", "unit_measure").unique(maintain_order=True).rows():
        units = allowed.get(measure)
        if units is None or unit in units or (units == ["currency"] and kinds.get(unit) == "currency"):
            continue
        here = (pl.col("measure") == measure) & (pl.col("unit_measure") == unit)
        faults += _rule(draft, here, "unit_measure", f"{measure} is measured in {' or '.join(units)}")
    return faults


def _bases(draft: Draft) -> list[Fault]:
    based = [code for code, row in codelist("measure").rows.items() if row["has_base"]]
    bare = pl.col("measure").is_in(based) & pl.col("base_per").is_null()
    return _rule(draft, bare, "base_per", "expected the base period of the index or of the prices")


def _intervals(draft: Draft) -> list[Fault]:
    lowest = {code: float(row["minimum"]) for code, row in codelist("measure").rows.items() if row["minimum"]}
    floor = pl.col("measure").replace_strict(lowest, default=float("-inf"), return_dtype=pl.Float64)
    value = pl.col("obs_value").cast(pl.Float64)
    low, high = pl.col("obs_low"), pl.col("obs_high")
    tolerance = value.abs() * 1e-12
    outside = (value < low - tolerance) | (value > high + tolerance)
    return [
        *_rule(draft, value < floor, "obs_value", "expected nothing below the least possible value"),
        *_rule(draft, low > high, "obs_low", "expected a lower end below the upper"),
        *_rule(draft, outside, "obs_value", "expected the value between its ends"),
        *_rule(draft, low.is_nan() | high.is_nan(), "obs_low", "expected a number"),
    ]


def _absences(draft: Draft) -> list[Fault]:
    absent = [code for code, row in codelist("obs_status").rows.items() if row["absent"]]
    missing = pl.col("obs_status").is_in(absent)
    empty = pl.col("obs_value").is_null() & pl.col("obs_low").is_null()
    return [
        *_rule(draft, missing & ~empty, "obs_value", "expected no value beside a status of absence"),
        *_rule(draft, ~missing & empty, "obs_status", "expected a status that says why the value is missing"),
    ]


def _future(draft: Draft) -> list[Fault]:
    later = pl.col("period_start").cast(pl.String) > pl.col("retrieved_on")
    return _rule(
        draft, later & (pl.col("kind") == OBSERVED), "time_period",
        "a figure for a period after it was retrieved is a plan, a target or a forecast",
    )  # fmt: skip


def impossible(frame: pl.DataFrame) -> pl.DataFrame:
    """Figures that were printed but cannot be: a rate of attendance or a share above 200 %.

    They are kept and flagged, never plotted; corrections.yaml must say what is wrong with each.
    """
    percent = pl.col("unit_measure").is_in(["PT", "PT_GDP"]) & ~pl.col("measure").str.contains("growth")
    return frame.filter(percent & (pl.col("obs_value").cast(pl.Float64) > UNREALISED))


def duplicates(observations: pl.DataFrame) -> list[Fault]:
    """One fault for each row whose key, or whose figure id, stands twice in all sources together."""
    faults = []
    for columns, said in ((list(KEY), "the same key"), (["figure_id"], "the same figure id")):
        twice = observations.filter(pl.struct(columns).is_duplicated()).sort(*columns, "reported_at")
        for row in twice.iter_rows(named=True):
            file, _, place = row["reported_at"].partition(", row ")
            number = place.split(";")[0]
            faults.append(
                Fault(
                    Kind.DUPLICATE,
                    f"{row['source']} {row['vintage']}",
                    file,
                    row=int(number) if number.isdigit() else None,
                    column=None,
                    seen=" ".join(row[c] for c in ("measure", "ref_area", "sector", "time_period"))
                    + f" ({row['figure_id']})",
                    expected=f"expected {said} once",
                    fix="Remove the row that is there twice, or give it its own figure id.",
                )
            )
        if faults:
            break
    return faults
