"""Harmonise: what a source calls a thing → our code, by tables that a person can read."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches

import polars as pl

from etl.coded import distinct
from etl.draft import Draft
from etl.errors import Kind
from indicators.concepts.codelist import codelist


def to_codes(draft: Draft, column: str, to: str, table: Mapping[str, str], fix_in: str) -> Draft:
    """Translate `column` by `table` into the new column `to`, texts or codes as `column` is.

    Labels that the table lacks become null and are noted as faults, each with its rows and the
    nearest label known. `fix_in` is the table's file: a bare name is one of the source's folder.
    """
    if draft.frame.is_empty():
        return draft
    labels = draft.frame[column]
    codes = {label: table.get(label) for label in distinct(labels)}
    alike = all(label == code for label, code in codes.items())
    made = labels if alike else labels.replace_strict(codes, default=None, return_dtype=labels.dtype)
    coded = draft.frame.with_columns(made.alias(to))
    lacking = made.is_null() if made.null_count() else pl.lit(value=False)
    unknown = draft.frame.filter(lacking).select("file", "row", column).to_dicts()
    file = fix_in if "/" in fix_in else f"etl/sources/{draft.where.split()[0]}/{fix_in}"
    fix = f"Add the label to {file}, or correct the row."
    faults = [
        draft.fault(Kind.UNKNOWN_LABEL, r, column, f"{r[column]!r} has no code", _near(r[column], table), fix)
        for r in unknown
    ]
    return draft.to(coded).noting(faults)


def _near(label: str, table: Mapping[str, str]) -> str:
    close = get_close_matches(label, list(table), n=1, cutoff=0.4)
    if not close:
        return "nothing known is like it"
    code = table[close[0]]
    return f"nearest known is {close[0]!r}" + (f" ({code})" if code != close[0] else "")


def check_codes(draft: Draft, column: str, list_name: str, also: Collection[str] = ()) -> Draft:
    """Note every value of `column` that neither the code list `list_name` nor `also` holds."""
    if draft.frame.is_empty():
        return draft
    known = codelist(list_name)
    unknown = [v for v in distinct(draft.frame[column]) if v is None or (v not in known and v not in also)]
    if not unknown:
        return draft
    bad = draft.frame.filter(pl.col(column).is_in(unknown, nulls_equal=True))
    faults = []
    for r in bad.select("file", "row", column).to_dicts():
        near = known.nearest(r[column] or "")
        expected = f"nearest known is {near!r} ({known.label(near)})" if near else "no such code"
        fix = f"Correct the row, or add the code to indicators/codelists/{list_name}.csv."
        faults.append(
            draft.fault(Kind.UNKNOWN_LABEL, r, column, f"{r[column]!r} is no {list_name}", expected, fix)
        )
    return draft.noting(faults)
