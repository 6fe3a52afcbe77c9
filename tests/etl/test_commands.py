"""The commands as an operator meets them: what they write, what they say, how they end."""

import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl import inputs
from etl import run as order
from etl.__main__ import changed, main
from etl.errors import BrokenRelease
from etl.source import sources
from indicators.concepts.release import current_id, current_release
from tests.conftest import RAW, ROOT, silent
from tests.etl.test_faults import FILMS, everything, replaced

EVERY = [source.id for source in sources()]
NAMES = [name for name in EVERY if (RAW / name).exists()]
"""Sources whose figures are kept here."""
ANOTHER_FILM = replaced("AUS,Australia,2011,39", "AUS,Australia,2011,40")


def times(folder: Path) -> dict[str, int]:
    """When each file was written, to the nanosecond: a file written again with the same bytes shows."""
    files = (p for p in folder.rglob("*") if p.is_file() and p.name != ".lock")
    return {p.relative_to(folder).as_posix(): p.stat().st_mtime_ns for p in files}


def etl(folder: Path, *words: str) -> int:
    return main(["--data", str(folder), *words])


def receive(folder: Path) -> None:
    ANOTHER_FILM(folder / "raw" / FILMS)
    assert etl(folder, "receive", "uis_feature_films") == 0


@pytest.fixture
def small(tmp_path, monkeypatch) -> Path:
    """A data folder of one source, with a release of it, for acts that are the same whatever is built."""
    one = [source for source in sources() if source.id == "uis_feature_films"]
    monkeypatch.setattr(order, "sources", lambda: one)
    shutil.copytree(RAW / "uis_feature_films", tmp_path / "raw" / "uis_feature_films")
    order.build(tmp_path / "raw", tmp_path / "processed", say=silent)
    return tmp_path


# ------------------------------------------------------------------------ status


def test_status_is_the_release_and_the_account_of_its_rows(workshop, capsys):
    assert etl(workshop, "status") == 0
    said = capsys.readouterr().out
    lines = {line.split("  ")[0]: line.replace(",", "").split()[-6:] for line in said.splitlines() if line}
    assert said.splitlines()[0] == f"release {current_id(workshop / 'processed')} (up to date)"
    parts = [[int(n) for n in lines[name]] for name in NAMES]
    assert [int(n) for n in lines["all sources"]] == [sum(column) for column in zip(*parts, strict=True)]
    for rows_in, observations, targets, withheld, *_ in parts:
        assert rows_in == observations + targets + withheld > 0


def test_status_says_when_the_figures_have_changed_since(small, capsys):
    ANOTHER_FILM(small / "raw" / FILMS)
    assert etl(small, "status") == 0
    assert "or the code has changed since: run `python -m etl build`" in capsys.readouterr().out


def test_status_says_when_the_code_has_changed_since(small, capsys, monkeypatch):
    monkeypatch.setattr(inputs, "code_version", lambda: "another")
    assert etl(small, "status") == 0
    assert "changed since" in capsys.readouterr().out


def test_status_writes_nothing(small):
    before = times(small)
    etl(small, "status")
    assert times(small) == before


def test_status_of_a_release_that_was_deleted_says_what_to_run(small, capsys):
    shutil.rmtree(current_release(small / "processed").folder)
    assert etl(small, "status") == 0
    assert "run `python -m etl build`" in capsys.readouterr().out


def test_status_of_nothing_says_what_to_run(tmp_path, capsys):
    assert etl(tmp_path, "status") == 0
    assert "run `python -m etl build`" in capsys.readouterr().out


# ------------------------------------------------------------------------ check


def test_check_reads_everything_and_writes_nothing(small, capsys):
    receive(small)
    before = times(small)
    assert etl(small, "check") == 0
    assert capsys.readouterr().out.endswith("All raw figures are in order; nothing was written.\n")
    assert times(small) == before


def test_check_of_a_folder_without_a_release_makes_none(small, capsys):
    shutil.rmtree(small / "processed")
    assert etl(small, "check") == 0
    assert everything(small / "processed") == {}
    replaced("39", "thirty-nine")(small / "raw" / FILMS)
    assert etl(small, "check") == 13
    assert "Nothing was written; there is no release yet." in capsys.readouterr().err


# ------------------------------------------------------------------------ build --if-changed


@pytest.fixture
def built(monkeypatch):
    """How often a build ran."""
    runs = []

    def counted(*arguments, **options):
        runs.append(1)
        return build(*arguments, **options)

    build = order.build
    monkeypatch.setattr(order, "build", counted)
    return runs


def test_where_nothing_changed_nothing_is_read_built_or_written_and_that_is_said(small, built, capsys):
    before = times(small)
    assert etl(small, "build", "--if-changed") == 0
    assert built == []
    assert times(small) == before
    assert capsys.readouterr().out == f"release {current_id(small / 'processed')} is up to date\n"


def test_without_if_changed_the_same_figures_are_built_and_said_to_be_unchanged(small, built, capsys):
    release = current_id(small / "processed")
    assert etl(small, "build") == 0
    assert built == [1]
    assert capsys.readouterr().out == f"release {release} is unchanged\n"


def test_changed_figures_are_built_once(small, built, capsys):
    before = current_id(small / "processed")
    receive(small)
    capsys.readouterr()
    assert [etl(small, "build", "--if-changed") for _ in range(2)] == [0, 0]
    after = current_id(small / "processed")
    assert built == [1]
    assert after != before
    assert f"release {after} is current" in capsys.readouterr().out


def test_changed_figures_that_nobody_reviewed_stop_the_build(small, capsys):
    before = current_id(small / "processed")
    ANOTHER_FILM(small / "raw" / FILMS)
    assert etl(small, "build", "--if-changed") == 10
    assert f"still serves the release {before}" in capsys.readouterr().err


def test_changed_code_makes_another_release_of_the_same_figures(small, built, monkeypatch):
    before = current_release(small / "processed")
    monkeypatch.setattr(inputs, "code_files", lambda: {"etl/run.py": "another"})
    assert etl(small, "build", "--if-changed") == 0
    after = current_release(small / "processed")
    assert built == [1]
    assert after.id != before.id
    assert after.manifest["outputs"] == before.manifest["outputs"]


def test_a_file_that_was_added_or_removed_is_a_change(small):
    raw, processed = small / "raw", small / "processed"
    beside = raw / "uis_feature_films" / "2021-03" / "notes.csv"
    beside.write_text("x\n", "utf-8")
    assert changed(raw, processed)
    beside.unlink()
    assert not changed(raw, processed)
    (raw / FILMS).unlink()
    assert changed(raw, processed)


@pytest.mark.parametrize("manifest", [None, "{", "{}"])
def test_a_release_whose_manifest_is_lost_or_spoiled_is_made_again(small, built, manifest):
    release = current_release(small / "processed")
    if manifest is None:
        shutil.rmtree(release.folder)
    else:
        (release.folder / "manifest.json").write_text(manifest, "utf-8")
    assert etl(small, "build", "--if-changed") == 0
    assert built == [1]
    assert current_release(small / "processed").manifest["release"] == release.id


# ------------------------------------------------------------------------ what code is


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A copy of the code that a release is made by."""
    for folder in inputs.CODE:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(inputs, "ROOT", tmp_path)
    return tmp_path


def test_the_same_code_elsewhere_is_the_same_code(house, monkeypatch):
    there = inputs.code_version()
    monkeypatch.setattr(inputs, "ROOT", ROOT)
    assert inputs.code_version() == there


@pytest.mark.parametrize("file", [
    "etl/steps/scale.py", "etl/sources/claims/job.py", "etl/sources/claims/corrections.yaml",
    "etl/sources/world_context/currency.csv", "etl/steps/words/hedge_words.csv",
    "indicators/concepts/period.py", "indicators/codelists/hedge.csv",
])  # fmt: skip
def test_code_and_every_fact_it_uses_is_part_of_the_version(house, file):
    before = inputs.code_version()
    path = house / file
    path.write_bytes(path.read_bytes() + b"\n")
    altered = inputs.code_version()
    path.rename(path.with_stem("renamed"))
    assert len({before, altered, inputs.code_version()}) == 3


def test_what_no_build_uses_is_not(house):
    before = inputs.code_version()
    (house / "etl" / "__pycache__").mkdir()
    (house / "etl" / "__pycache__" / "run.pyc").write_bytes(b"x")
    (house / "etl" / "notes.txt").write_text("x", "utf-8")
    (house / "indicators" / "answer.py").write_text("x", "utf-8")
    assert inputs.code_version() == before


# ------------------------------------------------------------------------ how it ends and what it shows


def test_a_second_build_ends_with_its_own_code_and_says_what_still_serves(small, capsys):
    fcntl = pytest.importorskip("fcntl")
    with (small / "processed" / ".lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert etl(small, "build") == 20
    message = capsys.readouterr().err
    assert "another build is running" in message
    assert f"still serves the release {current_id(small / 'processed')}" in message


def test_a_release_that_does_not_read_back_ends_with_its_own_code(small, capsys, monkeypatch):
    def spoiled(*_: object) -> None:
        raise BrokenRelease("claims.parquet does not read back as it was written; is the disk full?")

    before = current_id(small / "processed")
    receive(small)
    monkeypatch.setattr("etl.steps.publish._verify", spoiled)
    assert etl(small, "build") == 21
    assert "is the disk full?" in capsys.readouterr().err
    assert current_id(small / "processed") == before


def test_a_folder_without_raw_figures_ends_with_its_own_code_and_names_every_source(tmp_path, capsys):
    assert etl(tmp_path, "build") == 17
    message = capsys.readouterr().err
    assert all(f"no vintage below data/raw/{name}" in message for name in NAMES)
    assert "Nothing was written; there is no release yet." in message


@pytest.mark.parametrize("words", [[], ["biuld"], ["build", "--fast"], ["receive"]])
def test_wrong_words_end_with_two_and_a_usage(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: python -m etl" in capsys.readouterr().err


def test_progress_is_a_plain_line_a_step_where_nobody_watches(workshop):
    receive(workshop)
    run = subprocess.run(
        [sys.executable, "-m", "etl", "--data", str(workshop), "build"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0
    assert run.stderr.splitlines() == [f"  {step}" for step in (*EVERY, "publish")]
    assert run.stdout.startswith("release ")
    assert not set("\r\x1b") & set(run.stderr + run.stdout)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_is_a_bar_on_a_terminal_that_ends_full(workshop, monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    assert etl(workshop, "check") == 0
    drawn = screen.getvalue()
    assert "\r" in drawn
    assert f"{len(EVERY)}/{len(EVERY)}" in drawn
    assert EVERY[-1] in drawn


def test_a_raw_folder_that_is_not_there_is_named(workshop, tmp_path, capsys):
    assert etl(workshop, "build", "--raw", str(tmp_path / "nowhere")) == 2
    assert "there is no such folder" in capsys.readouterr().err


def test_raw_figures_may_stand_elsewhere(workshop, tmp_path, capsys):
    elsewhere = tmp_path / "elsewhere"
    (workshop / "raw").rename(elsewhere)
    assert main(["--data", str(workshop), "check", "--raw", str(elsewhere)]) == 0
    assert main(["--data", str(workshop), "check"]) != 0
