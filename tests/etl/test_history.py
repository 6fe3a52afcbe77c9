"""The history: when a release became current stands beside the releases, append-only."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from etl.steps import publish as publishing
from etl.steps.publish import KEEP, publish, record
from indicators.concepts.release import HISTORY, Published, current_id, history, kept
from indicators.store import Releases

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def made(processed, n):
    return publish({"observations/x.parquet": pl.DataFrame({"n": [n]})}, {"raw": {}}, processed)


def test_every_release_that_becomes_current_gets_a_line_with_its_time(tmp_path):
    before = datetime.now(UTC).replace(microsecond=0)
    ids = [made(tmp_path, n) for n in (1, 2)]
    told = history(tmp_path)
    assert [line.id for line in told] == ids
    assert all(before <= line.at <= datetime.now(UTC) for line in told)
    assert [line.id for line in kept(tmp_path)] == ids


def test_the_same_release_again_adds_nothing_and_an_older_one_that_comes_back_a_line(tmp_path):
    first, same, second, again = (made(tmp_path, n) for n in (1, 1, 2, 1))
    assert same == first == again
    assert [line.id for line in history(tmp_path)] == [first, second, first]
    assert [line.id for line in kept(tmp_path)] == [second, first], "each once, where it stood last"


def test_the_history_outlives_the_releases(tmp_path):
    ids = [made(tmp_path, n) for n in range(KEEP + 2)]
    assert [line.id for line in history(tmp_path)] == ids
    assert [line.id for line in kept(tmp_path)] == ids[-KEEP:]


def test_a_release_of_before_the_history_is_kept_without_a_time_and_stands_first(tmp_path):
    old = made(tmp_path, 1)
    (tmp_path / HISTORY).unlink()
    new = made(tmp_path, 2)
    assert [(line.id, line.at is None) for line in kept(tmp_path)] == [(old, True), (new, False)]


def test_the_line_is_added_by_one_rename_and_earlier_lines_stay_as_they_are(tmp_path):
    record(tmp_path, "a" * 12, NOON)
    first = (tmp_path / HISTORY).read_bytes()
    record(tmp_path, "b" * 12, NOON + timedelta(days=1))
    assert (tmp_path / HISTORY).read_bytes().startswith(first)
    assert history(tmp_path)[0] == Published("a" * 12, NOON)
    assert [path.name for path in tmp_path.iterdir()] == [HISTORY]


def test_a_build_killed_before_the_line_leaves_a_release_whose_time_nobody_knows(tmp_path, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing, "record", killed)
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path, 1)
    assert kept(tmp_path) == [Published(current_id(tmp_path), None)]


def test_a_store_finds_the_releases_beside_it(processed):
    store = Releases(processed).current()
    assert store.beside.kept()[-1].id == store.release.id
    assert store.beside.kept()[-1].at is not None
