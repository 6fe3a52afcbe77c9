"""The only door to DuckDB: read-only, shut off from files and network, its configuration locked."""

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from indicators.store import Store

HOSTILE = "x'); drop table claims; --"


@pytest.mark.parametrize("statement", [
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/hostname')",
    "select * from sniff_csv('/etc/passwd')",
    "select * from glob('/*')",
    "copy claims to '/tmp/stolen.csv'",
    "attach '/tmp/other.duckdb'",
    "install httpfs",
    "load httpfs",
    "export database '/tmp/stolen'",
    "set enable_external_access = true",
    "set memory_limit = '100GB'",
    "select * from 'http://127.0.0.1:1/x.parquet'",
])  # fmt: skip
def test_the_engine_reaches_no_file_and_no_network_and_cannot_be_reopened(store, statement):
    with pytest.raises(duckdb.Error):
        store._connection.cursor().execute(statement)


def test_not_even_the_files_beside_the_release_can_be_read_or_written(store):
    folder = store.release.folder
    for statement in (
        f"select * from read_text('{folder / 'manifest.json'}')",
        f"select * from read_parquet('{folder / 'sources.parquet'}')",
        f"copy national to '{folder / 'mine.parquet'}'",
    ):
        with pytest.raises(duckdb.Error):
            store._connection.cursor().execute(statement)


@pytest.mark.parametrize("place", ["areas", "measures", "freqs"])
def test_text_from_a_reader_is_a_parameter_never_sql(store, place):
    asked = {"areas": ["KAZ"], "measures": ["gva"], "freqs": ["A"], place: [HOSTILE]}
    assert store.ask("national", **asked).is_empty()
    assert store.ask("figure", figure_id=HOSTILE).is_empty()
    assert not store.ask("coverage").is_empty()


def test_queries_hold_no_placeholders_for_text():
    from indicators.store import QUERIES

    for path in QUERIES.glob("*.sql"):
        assert "{" not in path.read_text("utf-8"), f"{path.name}: values are $parameters"


@pytest.mark.parametrize("newest", [False, True])
def test_what_streams_is_what_one_question_answers(store, newest):
    parts = list(store.stream("everything", 1_000, newest=newest))
    assert len(parts) > 1
    assert max(p.height for p in parts) <= 1_000
    asked = store.ask("everything", newest=newest)
    assert_frame_equal(pl.concat(parts).sort("figure_id"), asked.sort("figure_id"))


@pytest.mark.parametrize("statement", ["select * from read_csv('/etc/passwd')", "set threads = 4"])
def test_the_engine_of_a_stream_is_shut_too(store, monkeypatch, statement):
    from indicators import store as module

    monkeypatch.setattr(module, "_query", lambda _: statement)
    with pytest.raises(duckdb.Error):
        list(store.stream("anything", 10))


def test_two_streams_give_the_same_rows_in_the_same_order(store):
    first, second = (store.stream("everything", 2_000, newest=False) for _ in range(2))
    pairs = list(zip(first, second, strict=True))
    assert pairs
    for a, b in pairs:
        assert_frame_equal(a, b)


def test_questions_have_their_room_however_much_the_summaries_take(releases, monkeypatch):
    """Of ten million figures the summaries filled the limit, and the rates of a target found no room."""
    monkeypatch.setattr("indicators.store.ROOM", 40_000_000)
    own = Store(releases.current().release, releases)
    with own._connection.cursor() as cursor:
        ((said,),) = cursor.sql("select current_setting('memory_limit')").fetchall()
        limit, unit = said.split()
        ((held,),) = cursor.sql("select sum(memory_usage_bytes) from duckdb_memory()").fetchall()
        assert unit == "MiB"
        assert float(limit) * 2**20 - float(held) == pytest.approx(40_000_000, rel=0.05)
        assert held > 5_000_000
        with pytest.raises(duckdb.OutOfMemoryException):
            cursor.sql("select list(range) from range(100_000_000)").fetchall()
