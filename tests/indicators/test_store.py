"""The only door to DuckDB: read-only, shut off from files and network, its configuration locked."""

import duckdb
import pytest

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
