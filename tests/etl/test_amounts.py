"""Amounts: a printed number is held to its last digit or refused; a mark says why there is none."""

from decimal import Context, Decimal

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.draft import Draft
from etl.errors import Kind
from etl.steps.amounts import NUMBER, holds, read_amounts
from indicators.concepts.observation import AMOUNT

EXACT = Context(prec=100)
MARKS = {
    "": {"value": "required"},
    "e": {"obs_status": "E", "says": "estimated"},
    "n": {"value": "absent", "obs_status": "N", "low": 0, "high": 0.5, "says": "nil"},
    "c": {"value": "absent", "obs_status": "Q", "conf_status": "N", "says": "confidential"},
    "o": {"value": "optional", "obs_status": "B"},
}


def amount(text: str, power: int = 0, mark: str | None = None):
    """One cell of a table, read: its row and its faults; with `mark`, the mark stands in its own column."""
    cell = pl.DataFrame(
        {"file": ["f.csv"], "row": [2], "value": [text], "unit_mult": [str(power)], "flag": [mark or ""]}
    )
    column = None if mark is None else "flag"
    read = read_amounts(Draft(cell, "a_source 2025"), value="value", mark=column, marks=MARKS)
    return read.frame.row(0, named=True), read.faults


def rows(text: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in row.split("|")) for row in text.strip().splitlines()]


@pytest.mark.parametrize(("text", "power", "value"), rows("""
    101.049        | 6  | 101049000
    0.036          | 6  | 36000
    3198233.0      | 0  | 3198233
    5443740.0      | 3  | 5443740000
    100.0000       | 0  | 100
    -17.6          | 0  | -17.6
    0              | 6  | 0
    0.0000000001   | 0  | 0.0000000001
    0.1234567890123456 | 6 | 123456.7890123456
    1.2            | 12 | 1200000000000
"""))  # fmt: skip
def test_a_number_is_multiplied_exactly_and_kept_as_printed(text, power, value):
    row, faults = amount(text, int(power))
    assert faults == ()
    assert row["obs_value"] == Decimal(value)
    assert (row["obs_low"], row["obs_high"]) == (float(value), float(value))
    assert (row["reported_value"], row["reported_unit_mult"]) == (text, int(power))
    assert (row["obs_status"], row["conf_status"]) == ("A", "F")


@pytest.mark.parametrize("text", ["0.12345678901", "0.00000000001", "132.880000000049"])
def test_a_number_with_more_digits_than_fit_is_refused_and_never_cut(text):
    row, faults = amount(text)
    assert [fault.kind for fault in faults] == [Kind.BAD_VALUE]
    assert (row["obs_value"], row["obs_low"], row["obs_high"]) == (None, None, None)


def test_a_number_too_large_to_hold_is_refused_and_never_lost():
    row, faults = amount("1234567890123456789012345", power=6)
    assert [fault.kind for fault in faults] == [Kind.BAD_VALUE]
    assert row["obs_value"] is None


@settings(max_examples=300, deadline=None)
@example("1234567890123456789012345.1234567891", 0)  # more digits than Python's default context has
@example("1234567890123456789012345.12345678901", 0)
@example("12345678901234567890.1234567890", 0)
@given(st.from_regex(NUMBER, fullmatch=True), st.integers(0, 15))
def test_any_number_is_held_to_its_last_digit_or_refused(text, power):
    exact = EXACT.scaleb(Decimal(text), power)
    row, faults = amount(text, power)
    if faults:
        assert [fault.kind for fault in faults] == [Kind.BAD_VALUE]
        assert row["obs_value"] is None
        cut = EXACT.quantize(exact, Decimal(1).scaleb(-AMOUNT.scale))
        assert cut != exact or abs(exact) >= Decimal(10) ** 28, "refused, though it fits"
    else:
        assert row["obs_value"] == exact
        assert row["obs_low"] == row["obs_high"] == float(exact)


@pytest.mark.parametrize(("value", "held"), [
    ("9" * 28, True), ("9" * 29, False), ("0.0000000001", True), ("0.00000000001", False),
    ("9" * 28 + "." + "9" * 10, True), ("-" + "9" * 28, True), ("1e27", True), ("1e28", False), ("0", True),
])  # fmt: skip
def test_what_the_type_of_a_value_holds(value, held):
    assert holds(Decimal(value)) == held


@pytest.mark.parametrize(("text", "mark", "status", "conf", "ends", "says"), [
    ("7",  "",  "A", "F", (7, 7),       None),
    ("7",  "e", "E", "F", (7, 7),       "estimated"),
    ("",   "n", "N", "F", (0, 0.5),     "nil"),
    ("",   "c", "Q", "N", (None, None), "confidential"),
    ("7",  "o", "B", "F", (7, 7),       None),
    ("",   "o", "B", "F", (None, None), None),
])  # fmt: skip
def test_a_mark_beside_a_number_or_instead_of_one(text, mark, status, conf, ends, says):
    row, faults = amount(text, mark=mark)
    assert faults == ()
    assert (row["obs_status"], row["conf_status"], row["obs_comment"]) == (status, conf, says)
    assert (row["obs_low"], row["obs_high"]) == ends
    assert row["reported_value"] == (text or None)


@pytest.mark.parametrize(("text", "mark", "said"), [
    ("",        "",   "no mark says why it is missing"),
    ("",        "e",  "no mark says why it is missing"),
    ("7",       "n",  "expected no number beside the mark 'n'"),
    ("7",       "z",  "a known mark, not 'z'"),
    ("about 7", "",   "expected a number such as 1234.5"),
    ("1,234",   "",   "expected a number such as 1234.5"),
    ("1e6",     "",   "expected a number such as 1234.5"),
    ("٧",       "",   "expected a number such as 1234.5"),
    ("+7",      "",   "expected a number such as 1234.5"),
    (".5",      "",   "expected a number such as 1234.5"),
])  # fmt: skip
def test_what_contradicts_itself_is_a_fault_that_says_what_was_expected(text, mark, said):
    _, faults = amount(text, mark=mark)
    assert [(f.kind, f.file, f.row, f.column) for f in faults] == [(Kind.BAD_VALUE, "f.csv", 2, "value")]
    assert said in faults[0].expected
    assert "source.yaml" in faults[0].fix


def test_a_mark_in_the_cell_itself_is_no_number_and_a_number_is_no_mark():
    row, faults = amount("n")
    assert (faults, row["obs_status"], row["obs_value"], row["reported_value"]) == ((), "N", None, "n")
    _, faults = amount("?")
    assert "a known mark, not '?'" in faults[0].expected
