"""Tables of a release: written by their codes, read as plain columns by every reader at hand."""

from datetime import date
from decimal import Decimal

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.coded import few
from etl.parquet import put, reads_back, table_of, write
from indicators.concepts.observation import AMOUNT

TYPES = {
    "code": pl.String, "note": pl.String, "none": pl.String, "day": pl.Date, "power": pl.Int8,
    "low": pl.Float64, "value": AMOUNT,
}  # fmt: skip
ROWS = st.fixed_dictionaries({
    "code": st.sampled_from(["_T", "", "ş", "Ə b", "KAZ"]),
    "note": st.none() | st.text(max_size=3),
    "none": st.none(),
    "day": st.none() | st.dates(date(1500, 1, 1), date(2100, 1, 1)),
    "power": st.integers(-12, 12),
    "low": st.none() | st.floats(allow_nan=False),
    "value": st.none() | st.decimals(-(10**20), 10**20, places=10, allow_nan=False),
})  # fmt: skip


@given(st.lists(ROWS, max_size=30))
@settings(max_examples=60, deadline=None)
def test_polars_and_duckdb_read_what_was_written(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "written.parquet"
    frame = pl.DataFrame(rows, schema=TYPES)
    write(frame, path)
    assert pl.read_parquet(path).equals(frame)
    assert pl.read_parquet(path).schema == frame.schema
    assert duckdb.sql(f"from '{path.as_posix()}'").fetchall() == frame.rows()


@pytest.mark.parametrize(("column", "said"), [("code", "KAZ"), ("name", "b"), ("value", Decimal(4))])
def test_a_file_that_says_something_else_does_not_read_back(tmp_path, column, said):
    frame = pl.DataFrame(
        {"code": ["_T", "_T", "_T"], "name": ["a", "a", None], "value": [Decimal(1), None, Decimal(3)]}
    )
    coded = {"code": few(frame["code"])}
    table = table_of(frame.columns, 3, frame, coded)
    put(table, tmp_path / "a.parquet")
    assert reads_back(table, tmp_path / "a.parquet")
    other = frame.with_columns(pl.Series(column, [said, *frame[column][1:]], frame.schema[column]))
    write(other, tmp_path / "b.parquet")
    assert not reads_back(table, tmp_path / "b.parquet")
    write(frame.head(2), tmp_path / "c.parquet")
    assert not reads_back(table, tmp_path / "c.parquet")


def test_only_columns_of_few_texts_are_numbered():
    assert few(pl.Series(["b", "a", "b"])).texts.to_list() == ["a", "b"]
    assert few(pl.Series(["b", "a", "b"])).ranks.to_list() == [1, 0, 1]
    assert few(pl.Series(["a", "a"])).ranks is None
    assert few(pl.Series(["a", None])) is None
    assert few(pl.Series([f"{at}" for at in range(5000)])) is None
    assert few(pl.Series([1, 2])) is None
