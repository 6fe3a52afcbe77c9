"""Columns of few texts: the same figures, names and order, whether they are held as texts or as numbers."""

import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.coded import CODE, as_texts, distinct, few, is_lone
from etl.digest import first_bits
from etl.kept import in_order
from etl.parquet import GROUP, put, reads_back, table_of
from etl.steps.identify import names_of
from indicators.concepts.observation import CELL, KEY, SCHEMA

TEXTS = st.sampled_from(
    ["", "_T", "KAZ", "ş", "a|b", "Ə b", "longer than twelve bytes", "longer than twelve"]
)


@given(st.lists(TEXTS, min_size=1, max_size=40))
@settings(max_examples=100, deadline=None)
def test_a_column_of_codes_is_the_few_texts_that_it_says(said):
    column = pl.Series(said)
    for held in (column, column.cast(CODE)):
        known = few(held)
        assert known.texts.to_list() == sorted(set(said))
        back = known.texts.gather(known.ranks) if known.ranks is not None else [known.texts[0]] * len(said)
        assert list(back) == said
        assert set(distinct(held)) == set(said)
        assert is_lone(held) is (len(set(said)) == 1)


def test_a_column_with_a_gap_is_not_numbered_and_its_gap_is_told():
    for held in (pl.Series(["a", None, "a"]), pl.Series(["a", None, "a"]).cast(CODE)):
        assert few(held) is None
        assert not is_lone(held)
        assert set(distinct(held)) == {"a", None}


ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys(KEY, TEXTS)), min_size=1, max_size=40)


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_figures_have_the_same_names_and_order_as_codes_and_as_texts(rows):
    lacking = [pl.lit(None).alias(name) for name in SCHEMA if name not in KEY]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(KEY, pl.String)).with_columns(lacking)
    frame = frame.select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())
    coded = frame.with_columns(pl.col(pl.String).exclude("figure_id").cast(CODE))
    naive = ["|".join(row[name] for name in ("source", "vintage", *CELL)) for row in rows]
    assert names_of(frame).to_list() == names_of(coded).to_list() == naive
    assert as_texts(in_order(coded)).equals(frame.sort(KEY))
    assert as_texts(coded).equals(frame)


def test_a_figure_without_a_part_of_its_key_has_no_name_and_is_left_to_the_checks():
    frame = pl.DataFrame({name: ["a", "b"] for name in ("source", "vintage", *CELL)})
    gap = frame.with_columns(pl.Series("region", ["_T", None]))
    assert names_of(gap)[1] is None
    assert len(first_bits(names_of(gap), 50)) == 2
    assert len(first_bits(pl.Series([], dtype=pl.String), 50)) == 0


@pytest.mark.parametrize("count", [1, 2, 128, 129, 5000])
def test_any_number_of_codes_reads_back_from_several_groups_of_rows(tmp_path, count):
    rows = 2 * GROUP + 7
    codes = pl.Series([f"code {at % count:06}" for at in range(rows)]).cast(CODE)
    frame = pl.DataFrame({"code": codes, "print": pl.Series([f"{at / 8}" for at in range(rows)])})
    frame = frame.with_columns(gap=pl.when(pl.int_range(rows) % 3 > 0).then(pl.lit("x", CODE)))
    table = table_of(frame.columns, rows, frame, {"code": few(frame["code"])})
    put(table, tmp_path / "a.parquet")
    assert reads_back(table, tmp_path / "a.parquet")
    assert pq.ParquetFile(tmp_path / "a.parquet").num_row_groups == 3
    assert pl.read_parquet(tmp_path / "a.parquet").equals(as_texts(frame))
    other = frame.with_columns(pl.Series("print", [*frame["print"][:-1], "other"]))
    put(table_of(frame.columns, rows, other, {"code": few(frame["code"])}), tmp_path / "b.parquet")
    assert not reads_back(table, tmp_path / "b.parquet")
