"""Correct: misprints that we know of, as data, each with a guard.

An entry of corrections.yaml names the rows (`where`: columns of the one shape, or figure_id), what
it expects to find there (`expect`), and one act:

override   put the right value in its place; the printed one stays in reported_value
flag       keep the value and say by obs_status and obs_comment what is wrong with it

An entry that matches no row, or finds something else than it expects, stops the build: the source
has probably been mended, and the entry must go.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from etl.coded import CODE
from etl.draft import Draft
from etl.errors import Fault, Kind
from indicators.concepts.observation import AMOUNT

REQUIRED = ("id", "where", "expect", "action", "reason", "reported_by", "date")


def correct(draft: Draft, entries: Sequence[Mapping[str, Any]], matched: set[str]) -> Draft:
    """Apply every entry to the rows it names, and add its id to `matched`; adds the column `correction`."""
    draft = draft.to(draft.frame.with_columns(pl.lit(None, CODE).alias("correction")))
    for entry in entries:
        lacking = [field for field in REQUIRED if field not in entry]
        if lacking:
            draft = draft.noting([_fault(draft.where, entry, f"lacks {', '.join(lacking)}", "expected them")])
            continue
        draft = _apply(draft, entry, matched)
    return draft


def unmatched(where: str, entries: Sequence[Mapping[str, Any]], matched: set[str]) -> list[Fault]:
    """A fault for each entry that named no row of the whole vintage."""
    return [
        _fault(where, entry, "matches no row", f"looked for {entry['where']}")
        for entry in entries
        if all(field in entry for field in REQUIRED) and entry["id"] not in matched
    ]


def _apply(draft: Draft, entry: Mapping[str, Any], matched: set[str]) -> Draft:
    hits = pl.all_horizontal([pl.col(k) == str(v) for k, v in entry["where"].items()])
    found = draft.frame.filter(hits)
    if found.is_empty():
        return draft
    matched.add(entry["id"])
    for column, expected in entry["expect"].items():
        seen = {str(v) for v in found[column].to_list()}
        if seen != {str(expected)}:
            said = f"finds {column} {', '.join(sorted(seen))}"
            return draft.noting([_fault(draft.where, entry, said, f"expected {expected}")])
    return draft.to(draft.frame.with_columns(_changes(entry, hits)))


def _changes(entry: Mapping[str, Any], hits: pl.Expr) -> list[pl.Expr]:
    changes = [_put("correction", entry["id"], hits), _put("obs_comment", entry["reason"], hits)]
    if "obs_status" in entry:
        changes.append(_put("obs_status", entry["obs_status"], hits))
    if entry["action"] == "override":
        value = Decimal(str(entry["obs_value"]))
        for column in ("obs_low", "obs_high"):
            changes.append(pl.when(hits).then(float(value)).otherwise(column).alias(column))
        changes.append(pl.when(hits).then(pl.lit(value, AMOUNT)).otherwise("obs_value").alias("obs_value"))
    return changes


def _put(column: str, text: str, hits: pl.Expr) -> pl.Expr:
    return pl.when(hits).then(pl.lit(text)).otherwise(column).alias(column)


def _fault(where: str, entry: Mapping[str, Any], seen: str, expected: str) -> Fault:
    source = where.split()[0]
    return Fault(
        Kind.CORRECTION, where, f"etl/sources/{source}/corrections.yaml", None, None,
        f"the correction {entry.get('id', '(no id)')!r} {seen}", expected,
        "The source has probably mended it: look at the figure, then remove or rewrite the entry.",
    )  # fmt: skip
