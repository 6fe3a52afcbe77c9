"""Amounts: the text of a cell → an exact decimal in base units, or a reason why there is none."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from etl.draft import Draft
from etl.errors import Kind
from etl.steps.scale import EXACT, to_base
from indicators.concepts.observation import AMOUNT

NUMBER = re.compile(r"-?[0-9]{1,25}(\.[0-9]{1,16})?")
"""A machine-written number: dot for decimals, no grouping. Prose is read by `numeral.py`."""

WHOLE_DIGITS = 28
TOO_EXACT = f"expected at most {AMOUNT.scale} decimals and {WHOLE_DIGITS} digits before them, in base units"

MARK_COLUMNS = ("obs_status", "conf_status", "obs_low", "obs_high", "obs_comment")


def read_amounts(
    draft: Draft,
    *,
    value: str,
    mark: str | None = None,
    marks: Mapping[str, Any],
    unit_mult: str = "unit_mult",
) -> Draft:
    """Read the column `value` of a table, and the marks that stand in it or in the column `mark`.

    Args:
        draft: has the columns `value`, `mark` (if any) and `unit_mult`.
        value: the column of numbers as text.
        mark: the column of flags; None when marks stand in the value's own cell.
        marks: mark → its meaning: obs_status, and where they differ conf_status, low, high, says;
            `value: required` or `absent` says whether a number must stand beside the mark.
        unit_mult: the column with the power of ten, as text.

    Returns:
        The draft with obs_value (base units), obs_low, obs_high, obs_status, conf_status,
        obs_comment, reported_value and reported_unit_mult.
    """
    if draft.frame.is_empty():
        return draft
    read: list[dict[str, object]] = []
    faults = []
    for row in draft.frame.iter_rows(named=True):
        text, power = row[value].strip(), int(row[unit_mult])
        flag = row[mark].strip() if mark else ("" if NUMBER.fullmatch(text) else text)
        number = text if NUMBER.fullmatch(text) else None
        meaning = marks.get(flag)
        wrong = _contradiction(text, number, flag, meaning, bool(mark)) or _unheld(number, power)
        if wrong:
            fix = (
                f"Correct the cell, or explain the mark in etl/sources/{draft.where.split()[0]}/source.yaml."
            )
            faults.append(draft.fault(Kind.BAD_VALUE, row, value, repr(text), wrong, fix))
        read.append(_amount(None if wrong else number, power, meaning or {}, text))
    amounts = pl.DataFrame(read, schema=_SCHEMA, strict=False)
    return draft.to(draft.frame.hstack(amounts)).noting(faults)


_SCHEMA: dict[str, Any] = {
    "obs_value": AMOUNT,
    "obs_low": pl.Float64,
    "obs_high": pl.Float64,
    "obs_status": pl.String,
    "conf_status": pl.String,
    "obs_comment": pl.String,
    "reported_value": pl.String,
    "reported_unit_mult": pl.Int8,
}


def _contradiction(
    text: str, number: str | None, flag: str, meaning: Mapping[str, Any] | None, beside: bool
) -> str | None:
    if meaning is None:
        return f"expected a number such as 1234.5 or a known mark, not {flag or text!r}"
    if beside and text and number is None:
        return "expected a number such as 1234.5"
    if number is None and meaning.get("value", "required") == "required":
        return "expected a number: no mark says why it is missing"
    if number is not None and meaning.get("value") == "absent":
        return f"expected no number beside the mark {flag!r}"
    return None


def _unheld(number: str | None, power: int) -> str | None:
    """Why the amount cannot be held exactly, or None: nothing is cut and nothing is lost."""
    if number is None:
        return None
    return None if holds(to_base(Decimal(number), power)) else TOO_EXACT


def holds(amount: Decimal) -> bool:
    """Whether the type of obs_value holds an amount to its last digit."""
    _, digits, exponent = EXACT.normalize(amount).as_tuple()
    decimals = max(-int(exponent), 0)
    return decimals <= AMOUNT.scale and len(digits) + int(exponent) <= WHOLE_DIGITS


def _amount(number: str | None, power: int, meaning: Mapping[str, Any], text: str) -> dict[str, object]:
    value = to_base(Decimal(number), power) if number is not None else None
    point = float(value) if value is not None else None
    return {
        "obs_value": value,
        "obs_low": point if value is not None else meaning.get("low"),
        "obs_high": point if value is not None else meaning.get("high"),
        "obs_status": meaning.get("obs_status", "A"),
        "conf_status": meaning.get("conf_status", "F"),
        "obs_comment": meaning.get("says"),
        "reported_value": text or None,
        "reported_unit_mult": power,
    }
