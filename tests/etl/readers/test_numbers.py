"""Printed numbers: what each text becomes, and what a column says of its decimal sign."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.readers import numbers
from etl.readers.cells import BadFile


def read(text: str, decimal: str = ".") -> tuple[float | None, str | None, str | None]:
    return numbers.read(pl.Series([text]), decimal, "c").cells.row(0)


@pytest.mark.parametrize(
    ("text", "decimal", "value", "flags"),
    [
        ("1", ".", 1.0, None),
        (" 12.5 ", ".", 12.5, None),
        ("-3", ".", -3.0, None),
        ("−3", ".", -3.0, None),
        ("+3", ".", 3.0, None),
        (".5", ".", 0.5, None),
        ("1e5", ".", 100000.0, None),
        ("7.335387389e-10", ".", 7.335387389e-10, None),
        ("16,012.960", ".", 16012.96, None),
        ("1,234,567", ".", 1234567.0, None),
        ("12,34,567.5", ".", 1234567.5, None),
        ("1\u00a0234\u00a0567", ".", 1234567.0, None),
        ("1\u2009234,5", ",", 1234.5, None),
        ("1\u202f234", ",", 1234.0, None),
        ("1'234.5", ".", 1234.5, None),
        ("1.234.567,8", ",", 1234567.8, None),
        ("12,4", ",", 12.4, None),
        ("12.3 p", ".", 12.3, "p"),
        ("12.3b", ".", 12.3, "b"),
        ("12.3 bdu", ".", 12.3, "bdu"),
        ("12,3 (p)", ",", 12.3, "(p)"),
        ("12.3*", ".", 12.3, "*"),
        ("12.3 b,e", ".", 12.3, "b e"),
        ("12.3¹", ".", 12.3, "¹"),
        ("12.3A", ".", 12.3, "A"),
        ("12.3%", ".", 12.3, None),
    ],
)
def test_a_printed_number_is_read_with_its_flags(text, decimal, value, flags):
    assert read(text, decimal) == (value, None, flags)


@pytest.mark.parametrize(
    "mark",
    [":", "..", "...", "-", "–", "(D)", "x", "xxx", "N/A", "n.a.", "n/a", "#N/A", "NaN", "inf", "-Infinity", "nan", "Not publishable"],
)  # fmt: skip
def test_a_mark_stays_a_mark_and_is_no_number(mark):
    assert read(mark) == (None, mark, None)


@pytest.mark.parametrize(
    ("text", "mark", "flags"), [(": ", ":", None), (": c", ":", "c"), (":c", ":", "c"), ("", "", None)]
)
def test_a_mark_may_have_a_flag_of_its_own(text, mark, flags):
    assert read(text) == (None, mark, flags)


@pytest.mark.parametrize(
    "text", ["183.34 KB", "1 2", "1,2,3", "12,5", "1.234.567", "1..2", "12 million", "(123)"]
)
def test_what_is_not_well_formed_is_left_as_text(text):
    assert read(text) == (None, text, None)


def test_a_date_that_a_spreadsheet_made_of_a_number_is_remarked():
    reading = numbers.read(pl.Series(["1.5", "5-Mar", "2016-05-01"]), ".", "Value")
    assert reading.cells["value"].to_list() == [1.5, None, None]
    assert any("date" in said and "Value" in said for said in reading.remarks)


def sign(values: list[str], delimiter: str = ";", others: list[str] = ()) -> tuple[str, str | None]:
    own = numbers.evidence(pl.Series(values))
    file = numbers.merged([own, numbers.evidence(pl.Series(list(others), dtype=pl.String))])
    return numbers.decimal_sign("v", own, file, delimiter)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1", "2"], "."),
        (["1.5", "2"], "."),
        (["12,5", "1.234"], ","),
        (["1.234.567", "3"], ","),
        (["1,234,567", "3"], "."),
        (["16,012.960"], "."),
        (["1 234,56"], ","),
        (["0,123"], ","),
        (["1234,567"], ","),
        (["12,3 p", ":"], ","),
    ],
)
def test_the_decimal_sign_is_told_by_all_values(values, expected):
    assert sign(values)[0] == expected


def test_a_column_with_both_signs_is_refused():
    with pytest.raises(BadFile, match="both"):
        sign(["12,5", "12.55"])


def test_an_open_comma_is_refused_where_nothing_else_tells():
    with pytest.raises(BadFile, match="decimal sign"):
        sign(["1,234", "5,678"])


def test_an_open_comma_follows_the_file_and_says_so():
    assert sign(["1,234"], others=["2,5"])[0] == ","
    said = sign(["1,234"], others=["2.5"])
    assert said[0] == "."
    assert "thousands" in str(said[1])


def test_points_before_three_digits_only_are_remarked():
    decimal, said = sign(["1.234", "5.678"])
    assert decimal == "."
    assert "every point" in str(said)


@pytest.mark.parametrize(
    "header",
    ["2016", "2016 (p)", "2003 ", "2021-M01", "2024-М01", "1960 [YR1960]", "2020Q1", "2020-Q1", "2020/21", "2019-20", "2020-01",
     "Q1 2020", "Jan 2020", "2019p", "12-2020", "2020-01-31", "2023*"],
)  # fmt: skip
def test_a_header_may_be_a_period(header):
    assert numbers.is_period(header)


@pytest.mark.parametrize(
    "header", ["512", "18200", "Country", "USD", "2016 change", "% of 2016", "c01", "1234567"]
)
def test_a_header_may_be_none(header):
    assert not numbers.is_period(header)


@given(st.floats(allow_nan=False, allow_infinity=False, width=64))
@settings(max_examples=120)
def test_every_float_written_by_a_machine_comes_back(value):
    assert read(repr(value))[0] == value


@given(st.integers(-(10**12), 10**12), st.sampled_from([",", "\u00a0", "\u202f", "\u2009", "'"]))
@settings(max_examples=100)
def test_grouping_changes_nothing(value, group):
    printed = f"{value:,}".replace(",", group)
    assert read(printed)[0] == float(value)


@given(st.text(max_size=30), st.sampled_from([".", ","]))
@settings(max_examples=100)
def test_any_text_is_a_number_or_a_mark_never_both(text, decimal):
    value, mark, _ = read(text, decimal)
    assert (value is None) == (mark is not None)
    assert value is None or value == value  # NaN is never a number
    assert value is None or any(c.isdigit() for c in text)


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        (["1.234", "5.678"], "1.234"),
        (["1,234", "567"], "1,234"),
        (["-1.234", "12.500"], "1.234"),
        (["1.234", "-1.5"], ""),
        (["1.234", "0.567"], ""),
        (["1,234", "1,234,567"], ""),
        (["1234", "567"], ""),
    ],
)
def test_a_sign_before_three_digits_alone_explains_nothing(values, seen):
    own = numbers.evidence(pl.Series(values))
    assert numbers.unsure(own, own).removeprefix("-") == seen


def test_what_is_said_holds_only_where_the_column_tells_nothing():
    for values, said, expected in ((["1.234"], ",", ","), (["1,234"], ".", "."), (["1.5"], ",", ".")):
        own = numbers.evidence(pl.Series(values))
        assert numbers.decimal_sign("c", own, own, ";", said)[0] == expected
