"""The whole database as one file: what streams is what stands in the release, and in the table of an answer."""

import threading
from io import BytesIO
from math import inf

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from exports import bulk
from exports.ahead import ahead
from exports.columns import RECORD, RECORD_SCHEMA, SCHEMA
from exports.delimited import written
from exports.whole import whole
from indicators.language import MISSING

EVERY = 10**9
"""More rows than there are."""


@pytest.fixture(scope="module")
def everything(store):
    """Every row of the release, in one frame."""
    return pl.concat(whole(store).parts(EVERY))


def read_csv(content):
    return pl.read_csv(content, schema_overrides={**RECORD_SCHEMA, "is_newest": pl.String})


def test_every_observation_and_target_of_the_release_is_there_once(everything, store):
    files = duckdb.sql(
        f"from read_parquet(['{store.release.folder}/observations/*.parquet',"
        f" '{store.release.folder}/targets.parquet'])"
    ).pl()
    assert dict(everything.schema) == RECORD_SCHEMA
    assert everything["figure_id"].to_list() == files["figure_id"].to_list()
    assert everything["figure_id"].n_unique() == everything.height
    assert everything["value"].to_list() == [None if v is None else float(v) for v in files["obs_value"]]
    assert everything["kind"].to_list() == files["kind"].to_list()
    assert set(everything["kind"]) > {"observed", "target"}
    assert everything["publisher"].null_count() == 0
    for name, end in (("low", -inf), ("high", inf)):
        opened = files[f"obs_{name}"] == end
        assert everything[name].to_list() == [
            None if o else v for v, o in zip(files[f"obs_{name}"], opened, strict=True)
        ]
    assert set(everything.filter(pl.col("high").is_null() & pl.col("low").is_not_null())["open_end"]) == {
        "high"
    }


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.integers(3_000, 30_000), newest=st.booleans())
def test_what_streams_in_parts_of_any_size_is_the_whole(store, everything, rows, newest):
    expected = everything.filter("is_newest") if newest else everything
    parts = list(whole(store, newest=newest).parts(rows))
    assert max(p.height for p in parts) <= rows
    assert_frame_equal(pl.concat(parts), expected)


def test_the_files_read_back_as_the_whole(store, everything):
    asked, rows = whole(store), 2_997
    assert b"".join(bulk.csv(asked, rows)) == written(everything)
    assert_frame_equal(pl.read_parquet(BytesIO(b"".join(bulk.parquet(asked, rows)))), everything)
    assert_frame_equal(pl.read_ipc(BytesIO(b"".join(bulk.arrow(asked, rows)))), everything)


AWKWARD = [
    "=1+1",
    "-5",
    "-x",
    '+"',
    'says "so"',
    "a, b",
    "two\r\nlines",
    "",
    " ",
    "\x01=2",
    "b\x02",
    "＝3",
    None,
    "plain",
]


@pytest.mark.parametrize("column", ["reported_at", "reported_value", "base_per", "region", "sex"])
def test_awkward_texts_stand_in_the_whole_as_in_any_csv(store, monkeypatch, column):
    """Lines are put together from ready pieces: what one writer of CSV makes of a row is the judge."""
    asked = whole(store)
    raw = next(asked.read(200)).head(len(AWKWARD)).with_columns(pl.Series(column, AWKWARD))
    monkeypatch.setattr(type(store), "stream", lambda *_, **__: iter([raw, raw.head(3)]))
    expected = [written(part, header=not n) for n, part in enumerate(asked.parts(200))]
    assert b"".join(bulk.csv(asked)) == b"".join(expected)


def test_csv_has_the_values_as_another_reader_reads_them(store, everything, tmp_path):
    path = tmp_path / "all.csv"
    path.write_bytes(b"".join(bulk.csv(whole(store))))
    read = duckdb.sql(f"from read_csv('{path}', header=true, all_varchar=true)").pl()
    assert read.columns == [c.name for c in RECORD]
    for name in ("value", "low", "high", "year"):
        assert [None if v is None else float(v) for v in read[name]] == everything[name].to_list()
    assert read["figure_id"].to_list() == everything["figure_id"].to_list()


def test_a_table_of_an_answer_says_the_same_of_its_figures(tables, everything):
    """Where nothing is converted, added or carried, a figure is one figure, wherever it is written."""
    for name in ("one series", "rivals, units and intervals", "nothing"):
        shown = tables[name].frame.filter(pl.col("figure_id").is_not_null(), pl.col("carried_from").is_null())
        same = [
            c for c in SCHEMA
            if c in RECORD_SCHEMA and not c.endswith("_label") and c != "obs_comment"
        ]  # fmt: skip
        beside = shown.select("figure_id").join(everything, on="figure_id", how="left", maintain_order="left")
        assert_frame_equal(beside.select(same), shown.select(same))


def test_the_first_piece_leaves_before_the_last_row_is_read(store):
    for write in (bulk.csv, bulk.parquet, bulk.arrow):
        seen = []

        class Watched(type(whole(store))):
            def read(self, rows, seen=seen):
                for part in super().read(rows):
                    seen.append(part.height)
                    yield part

        pieces = write(Watched(store, whole(store).language), 500)
        first = next(pieces)
        assert first
        assert sum(seen) < 10_000
        pieces.close()


def test_who_hangs_up_leaves_no_thread_behind(store):
    before = threading.active_count()
    pieces = bulk.csv(whole(store), 500)
    next(pieces)
    assert threading.active_count() > before
    pieces.close()
    assert threading.active_count() == before


def test_a_fault_while_reading_reaches_whoever_writes():
    def broken():
        yield 1
        raise ValueError("the disk is gone")

    pieces = ahead(broken())
    assert next(pieces) == 1
    with pytest.raises(ValueError, match="the disk is gone"):
        next(pieces)


def test_parquet_says_what_it_holds_in_the_language(store):
    schema = pq.read_schema(BytesIO(b"".join(bulk.parquet(whole(store, "kk", newest=True)))))
    assert store.release.id in schema.metadata[b"creative_economy_indicators"].decode()
    said = [field.metadata[b"description"].decode() for field in schema]
    assert all(said)
    assert not [s for s in said if MISSING in s]


def test_labels_are_said_in_the_language(store):
    part = next(whole(store, "ru").parts(20_000))
    areas = dict(part.select("ref_area", "ref_area_label").iter_rows())
    assert areas["KAZ"] == "Казахстан"
    assert not [t for c in part.select(pl.col(pl.String)) for t in c.drop_nulls() if MISSING in t]


def test_every_file_that_is_offered_is_written(store):
    assert [f.id for f in bulk.FILES] == [
        f"{which}.{suffix}" for which in ("all", "newest") for suffix in ("csv", "parquet", "arrow")
    ]
    for file in bulk.FILES:
        pieces = file.write(store)
        assert len(next(pieces))
        pieces.close()


def test_a_release_without_a_figure_is_a_heading(store, monkeypatch):
    asked = whole(store)
    monkeypatch.setattr(type(store), "stream", lambda *_, **__: iter(()))
    assert b"".join(bulk.csv(asked)).decode().strip().split(",") == [c.name for c in RECORD]
    assert pl.read_parquet(BytesIO(b"".join(bulk.parquet(asked)))).is_empty()
