"""What has not changed is not read again, and a release is the same as one made from nothing."""

import shutil
from pathlib import Path

import pytest

from etl import inputs, run
from etl.collect import collect
from indicators.concepts.release import current_id, current_release
from tests.conftest import RAW, silent
from tests.etl.test_commands import ANOTHER_FILM, EVERY, etl
from tests.etl.test_faults import FILMS


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The sources that a build reads, as it goes."""
    seen: list[str] = []

    def told(source, *rest):
        seen.append(source.id)
        return collect(source, *rest)

    monkeypatch.setattr(run, "collect", told)
    return seen


def from_nothing(folder: Path, into: Path) -> str | None:
    shutil.copytree(folder / "raw", into / "raw")
    return run.build(into / "raw", into / "processed", say=silent)


def test_nothing_changed_reads_and_writes_nothing(workshop, read):
    before = {p: p.stat().st_mtime_ns for p in (workshop / "processed").rglob("*.parquet")}
    assert run.build(workshop / "raw", workshop / "processed", say=silent) == current_id(
        workshop / "processed"
    )
    assert read == []
    assert {p: p.stat().st_mtime_ns for p in (workshop / "processed").rglob("*.parquet")} == before


def test_a_spoiled_release_is_made_anew_from_the_raw_figures(workshop, read):
    folder = current_release(workshop / "processed").folder
    for name in ("observations/claims.parquet", "sources.parquet"):
        with (folder / name).open("ab") as file:
            file.write(b"x")
    run.build(workshop / "raw", workshop / "processed", say=silent)
    assert read == EVERY  # sources.parquet is part of what each source gave
    with pytest.raises(StopIteration):
        next(p for p in folder.rglob("*.parquet") if p.read_bytes().endswith(b"x"))


def test_only_the_source_that_changed_is_read_again_and_the_release_is_as_from_nothing(
    workshop, read, tmp_path
):
    ANOTHER_FILM(workshop / "raw" / FILMS)
    assert etl(workshop, "receive", "uis_feature_films") == 0
    release = run.build(workshop / "raw", workshop / "processed", say=silent)
    absent = [name for name in EVERY if not (RAW / name).exists()]
    assert [name for name in read if name not in absent] == ["uis_feature_films"]
    assert release == from_nothing(workshop, tmp_path / "elsewhere")


def test_a_change_of_the_folder_of_a_source_concerns_it_alone(workshop, read, monkeypatch):
    code = inputs.code_files()
    path = "etl/sources/us_bea_acpsa/source.yaml"
    monkeypatch.setattr(inputs, "code_files", lambda: code | {path: "another"})
    run.build(workshop / "raw", workshop / "processed", say=silent)
    assert [name for name in read if (RAW / name).exists()] == ["us_bea_acpsa"]


def test_a_change_of_the_common_code_concerns_every_source(workshop, read, monkeypatch):
    code = inputs.code_files()
    monkeypatch.setattr(inputs, "code_files", lambda: code | {"etl/steps/amounts.py": "another"})
    run.build(workshop / "raw", workshop / "processed", say=silent)
    assert read == EVERY


def test_a_file_that_a_receipt_lists_is_a_file_of_its_source():
    raw = {
        "uis_feature_films/2021-03/a.csv": "1",
        "also/deep/unctad_creative_services/unctad_services_countries.parquet": "2",
    }
    code = inputs.code_files()
    before, after = (
        inputs.source_versions(raw, code),
        inputs.source_versions(
            {**raw, "also/deep/unctad_creative_services/unctad_services_countries.parquet": "3"}, code
        ),
    )
    assert [name for name in before if before[name] != after[name]] == ["unctad_creative_services"]
