"""Periods of a table: every row gets its period, and every row that cannot be read gets its fault."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.draft import Draft
from etl.errors import Kind
from etl.steps.periods import read_periods
from indicators.concepts.period import UNSTATED, UnreadablePeriod, parse

COLUMNS = ["freq", "time_period", "period_start", "period_end"]


def draft(written: list[str]) -> Draft:
    rows = [{"file": "f.csv", "row": n, "year": text} for n, text in enumerate(written, start=2)]
    return Draft(pl.DataFrame(rows), "a_source 2025-01-01")


def test_the_rows_keep_their_order_and_their_columns():
    read = read_periods(draft(["2024", "2023", "", "2024"]), "year")
    assert read.faults == ()
    assert read.frame["year"].to_list() == ["2024", "2023", "", "2024"]
    assert read.frame["time_period"].to_list() == ["2024", "2023", "_X", "2024"]
    assert read.frame["period_start"].dtype == read.frame["period_end"].dtype == pl.Date


def test_every_row_that_cannot_be_read_is_named_with_what_to_write():
    read = read_periods(draft(["2024", "20233", "2024", "20233", "2024-H3"]), "year")
    assert [(f.kind, f.file, f.row, f.column, f.seen) for f in read.faults] == [
        (Kind.BAD_VALUE, "f.csv", 3, "year", "'20233'"),
        (Kind.BAD_VALUE, "f.csv", 5, "year", "'20233'"),
        (Kind.BAD_VALUE, "f.csv", 6, "year", "'2024-H3'"),
    ]
    assert all("write 2024, 2024-H1" in f.expected for f in read.faults)


def test_an_empty_table_stays_empty():
    empty = Draft(pl.DataFrame(), "a_source 2025-01-01")
    assert read_periods(empty, "year") == empty


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["2024", "2023-Q4", "2019/2021", "season 2016/2017", "", "2024-13", "x"]), min_size=1
    )
)
def test_a_row_is_read_as_it_would_be_alone(written):
    read = read_periods(draft(written), "year")
    expected, faulty = [], []
    for number, text in enumerate(written, start=2):
        try:
            expected.append(parse(text))
        except UnreadablePeriod:
            expected.append(UNSTATED)
            faulty.append(number)
    assert read.frame.select(COLUMNS).rows() == [(p.freq, p.time_period, p.start, p.end) for p in expected]
    assert sorted(f.row for f in read.faults) == faulty
