"""What several tests stand on: a release of the repository's own raw figures, built once a worker."""

import shutil
from pathlib import Path

import polars as pl
import pytest
from hypothesis import settings

from etl.run import build
from exports.pictures.browser import NoBrowser, found
from indicators.catalogue import Catalogue, load
from indicators.concepts.release import current_release
from indicators.store import Releases, Store

# No test is timed: what is slow on a busy machine is not wrong.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
RAW = ROOT / "data" / "raw"

needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the figures of ../shared are not here")


def _has_browser() -> bool:
    try:
        return bool(found())
    except NoBrowser:
        return False


needs_browser = pytest.mark.skipif(not _has_browser(), reason="Chromium is not here")


def silent(_: str) -> None:
    """Progress that nobody watches."""


def released(processed: Path) -> pl.DataFrame:
    """The observations of the current release of a folder like data/processed."""
    return pl.read_parquet(current_release(processed).folder / "observations" / "*.parquet")


@pytest.fixture(scope="session")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like data/processed with one release of data/raw."""
    folder = tmp_path_factory.mktemp("data") / "processed"
    build(RAW, folder, say=silent)
    return folder


@pytest.fixture(scope="session")
def releases(processed: Path) -> Releases:
    return Releases(processed)


@pytest.fixture(scope="session")
def store(releases: Releases) -> Store:
    return releases.current()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture
def workshop(tmp_path: Path, processed: Path) -> Path:
    """A data folder of one's own to spoil: raw/ copied, processed/ with a good release."""
    shutil.copytree(RAW, tmp_path / "raw")
    shutil.copytree(processed, tmp_path / "processed", symlinks=True)
    return tmp_path


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An empty house of sources, and `add` (tests/etl/desks.py), which reads in this process."""
    from etl import add, edition
    from tests.etl.desks import in_this_process

    monkeypatch.setattr(add, "guarded", in_this_process)
    monkeypatch.setattr(edition, "guarded", in_this_process)
    return _desk(tmp_path, monkeypatch)


@pytest.fixture
def guarded_desk(tmp_path, monkeypatch):
    """The same, reading in guarded processes as the product does."""
    return _desk(tmp_path, monkeypatch)


def _desk(tmp_path, monkeypatch):
    from etl import run, source
    from tests.etl.desks import Desk

    found, folder = source.sources, tmp_path / "desk" / "sources"
    folder.mkdir(parents=True)
    monkeypatch.setattr(source, "SOURCES", folder)
    monkeypatch.setattr(source, "sources", lambda folder=folder: found(folder))
    monkeypatch.setattr(run, "sources", lambda: found(folder))
    return Desk(tmp_path / "desk")
