"""A release: the same inputs give the same bytes, and a crash at any moment leaves the last one serving."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import polars as pl
import pytest

from etl.__main__ import main
from etl.errors import BuildLocked
from etl.run import build
from etl.steps.publish import BUILDING, intact, point_at, publish
from indicators.answer import answer
from indicators.concepts.release import NoRelease, current_id, current_release
from indicators.query import Query
from indicators.store import Releases, SpoiledRelease, Store
from tests.conftest import RAW, ROOT, silent
from tests.etl.test_faults import everything


def test_the_same_figures_give_the_same_bytes_and_the_same_id(processed, tmp_path):
    again = build(RAW, tmp_path / "processed", say=silent)
    assert again == current_id(processed)
    assert everything(tmp_path / "processed") == everything(processed)


def test_a_build_of_nothing_new_changes_nothing(workshop):
    before = everything(workshop / "processed")
    release = build(workshop / "raw", workshop / "processed", say=silent)
    assert release == current_id(workshop / "processed")
    assert everything(workshop / "processed") == before


def test_the_manifest_says_of_what_it_was_made(processed):
    manifest = current_release(processed).manifest
    assert manifest["raw"]["uis_feature_films/2021-03/films_100pct_national.csv"]
    assert manifest["outputs"]["observations/claims.parquet"]["rows"] > 300
    assert len(manifest["code_version"]) == 12


def test_rows_in_are_observations_and_targets_and_withheld_findings(processed):
    for account in current_release(processed).manifest["account"]:
        fates = account["observations"] + account["targets"] + account["withheld"]
        assert account["rows_in"] == fates > 0, account


def test_two_builds_at_once_are_one_too_many(tmp_path):
    fcntl = pytest.importorskip("fcntl")
    processed = tmp_path / "processed"
    processed.mkdir()
    with (processed / ".lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(BuildLocked, match="another build is running"):
            build(RAW, processed, say=silent)


def test_a_build_killed_at_any_moment_leaves_a_whole_release(workshop):
    """At random moments of a build that has something new to publish each time; KILLS=200 looks longer."""
    processed = workshop / "processed"
    figures = workshop / "raw" / "uis_feature_films" / "2021-03" / "films_100pct_national.csv"
    moments = random.Random(20261122)
    published = 0
    for attempt in range(int(os.environ.get("KILLS", "12"))):
        _alter(figures, 39 + attempt)
        assert main(["--data", str(workshop), "receive", "uis_feature_films"]) == 0
        before = current_id(processed)
        _killed_after(moments.uniform(0.3, 3.0), [*ETL, str(workshop), "build"])
        after = current_release(processed)
        assert intact(after.folder), f"attempt {attempt}: {after.id} is not whole"
        published += after.id != before
    assert Releases(processed).current().ask("coverage").height > 100
    release = build(workshop / "raw", processed, say=silent)
    assert current_id(processed) == release
    assert not list((processed / "releases").glob(f"{BUILDING}*")), (
        "what the killed builds left is swept away"
    )


ETL = (sys.executable, "-m", "etl", "--data")


def _alter(figures: Path, films: int) -> None:
    header, _, rest = figures.read_text("utf-8").partition("\n")
    _, _, rest = rest.partition("\n")
    figures.write_text(f"{header}\nAUS,Australia,2011,{films},,\n{rest}", "utf-8")


def _killed_after(seconds: float, command: list[str]) -> None:
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.parametrize("act", ["_write", "_write_text", "_verify", "_sync", "_adopt", "point_at"])
def test_a_failure_in_any_act_of_publishing_leaves_the_last_release(workshop, monkeypatch, act):
    """What a kill may miss by chance: each act of publishing in turn does not happen."""
    from etl.steps import publish as acts

    processed = workshop / "processed"
    before = current_id(processed)

    def fails(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(acts, act, fails)
    with pytest.raises(OSError, match="no space left"):
        publish({"observations/x.parquet": pl.DataFrame({"a": [1]})}, {"made": act}, processed)
    assert current_id(processed) == before
    assert intact(current_release(processed).folder)


def test_a_spoiled_release_is_not_served(workshop):
    release = current_release(workshop / "processed")
    with (release.folder / "sources.parquet").open("ab") as file:
        file.write(b"x")
    with pytest.raises(SpoiledRelease, match=r"sources\.parquet is not the file of its manifest"):
        Store(release)


def test_where_nothing_was_published_the_remedy_is_said(tmp_path):
    with pytest.raises(NoRelease, match="run `python -m etl build`"):
        Releases(tmp_path)


def test_the_server_takes_over_a_new_release_without_a_failed_or_mixed_answer(workshop, catalogue):
    """Readers ask without a pause while releases change; every answer is of one release, whole."""
    processed = workshop / "processed"
    figures = workshop / "raw" / "uis_feature_films" / "2021-03" / "films_100pct_national.csv"
    films = {current_id(processed): 39.0}
    for value in (101, 102):
        _alter(figures, value)
        assert main(["--data", str(workshop), "receive", "uis_feature_films"]) == 0
        films[build(workshop / "raw", processed, say=silent)] = float(value)
    ids = list(films)
    point_at(processed, ids[0])
    releases = Releases(processed, look_every=0.0)
    seen: list[tuple[str, float]] = []
    failures: list[Exception] = []
    prepared: list[str] = []
    releases.ahead(lambda store: prepared.append(store.release.id))
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                told = answer(Query("films_national", ("AUS",), until=2011), releases.current(), catalogue)
                seen.append((told.release, told.frame["value"][0]))
            except Exception as failure:
                failures.append(failure)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(3):
        for release_id in ids:
            point_at(processed, release_id)
            _waits_until(lambda wanted=release_id: failures or (seen and seen[-1][0] == wanted))
    stop.set()
    for reader in readers:
        reader.join()

    assert not failures
    _waits_until(lambda: set(prepared) == set(ids))
    assert {release for release, _ in seen} == set(ids)
    assert all(films[release] == value for release, value in seen)


def _waits_until(holds):
    """Until that holds; no longer than a busy machine may take."""
    last = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < last
        time.sleep(0.02)


def test_a_new_release_that_is_spoiled_leaves_the_old_one_serving(workshop):
    processed = workshop / "processed"
    releases = Releases(processed, look_every=0.0)
    good = releases.current().release.id
    bad = processed / "releases" / "bad"
    shutil.copytree(processed / "releases" / good, bad)
    (bad / "targets.parquet").write_bytes(b"not parquet")
    point_at(processed, "bad")
    assert releases.current().release.id == good


def test_a_system_without_links_has_a_pointer_that_is_a_file(workshop, monkeypatch):
    def refused(*_: object, **__: object) -> None:
        raise OSError("a required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refused)
    processed = workshop / "processed"
    release = current_id(processed)
    point_at(processed, str(release))
    assert (processed / "current").is_file()
    assert current_release(processed).id == release
    assert (
        json.loads((current_release(processed).folder / "manifest.json").read_text("utf-8"))["release"]
        == release
    )
