"""The only door to DuckDB.

A Store is one release, opened read-only: its summaries are copied into memory, its detail is read
from its own files, then the engine is cut off from all other files and the network, and its
configuration is locked. Questions are the files of queries/,
with parameters; no text from a reader ever becomes SQL.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from indicators.concepts.release import (
    FINDINGS,
    OBSERVATIONS,
    SOURCES,
    SUMMARIES,
    TARGETS,
    NoRelease,
    Published,
    Release,
    current_id,
    current_release,
    kept,
    kept_release,
)  # fmt: skip

log = logging.getLogger(__name__)
QUERIES = Path(__file__).parent / "queries"
END_OF_TIME = date(9999, 12, 31)
ROOM = 1_000_000_000
"""Bytes that questions may take, all together, beside the summaries that are held in memory."""
MOST_OLDER = 2
"""Older releases that stay open for frozen addresses; each holds its summaries in memory."""


class SpoiledRelease(RuntimeError):
    """A release whose files are not those of its manifest."""


@cache
def _query(name: str) -> str:
    return (QUERIES / f"{name}.sql").read_text("utf-8")


class Store:
    """One release, open for questions; safe to ask from several threads."""

    def __init__(self, release: Release, beside: "Releases | None" = None) -> None:
        """Open `release`.

        Args:
            release: which.
            beside: the releases among which it stands, for whoever compares it with another.

        Raises:
            SpoiledRelease: a file is missing or is not the one of the manifest.
        """
        self.release = release
        self.beside = beside
        self.manifest = release.manifest
        _verify(release, self.manifest)
        self._connection = _opened(release)

    def ask(self, question: str, **parameters: Any) -> pl.DataFrame:
        """The answer to queries/<question>.sql with its $parameters."""
        with self._connection.cursor() as cursor:
            frame: pl.DataFrame = cursor.sql(_query(question), params=parameters or None).pl()
        return frame

    def stream(self, question: str, rows: int, **parameters: Any) -> Generator[pl.DataFrame, None, None]:
        """The answer to queries/<question>.sql in parts, for more rows than memory holds.

        An engine of its own with one thread reads them: several would hand over rows in any order.

        Args:
            question: name of the file.
            rows: the most rows of a part. The first part is there before the last row is read.
            parameters: its $parameters.
        """
        with closing(_connected(self.release, {"targets": TARGETS, "sources": SOURCES}, threads=1)) as alone:
            _shut(alone, self.release)
            asked = alone.sql(_query(question), params=parameters or None)
            for part in asked.to_arrow_reader(rows):
                yield pl.DataFrame(part)


def _verify(release: Release, manifest: dict[str, Any]) -> None:
    for name, said in manifest["outputs"].items():
        try:
            digest = sha256((release.folder / name).read_bytes()).hexdigest()
        except OSError as fault:
            raise SpoiledRelease(f"release {release.id}: {name} cannot be read ({fault})") from fault
        if digest != said["sha256"]:
            raise SpoiledRelease(f"release {release.id}: {name} is not the file of its manifest")


def _opened(release: Release) -> duckdb.DuckDBPyConnection:
    """Summaries in memory, detail as a view of the release's own files, and no way to anything else."""
    tables = {
        "targets": TARGETS,
        "sources": SOURCES,
        "findings": FINDINGS,
        "coverage": f"{SUMMARIES}/coverage.parquet",
        "account": f"{SUMMARIES}/account.parquet",
        "national_figures": f"{SUMMARIES}/national.parquet",
    }
    connection = _connected(release, tables)
    connection.execute(_query("open"))
    return _shut(connection, release)


def _connected(
    release: Release, tables: Mapping[str, str], threads: int | None = None
) -> duckdb.DuckDBPyConnection:
    """An engine with `tables` in memory and a view of the observations; with all threads, or so many."""
    config: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    connection = duckdb.connect(config=config | ({"threads": threads} if threads else {}))
    folder = release.folder.resolve()
    for table, path in tables.items():
        connection.execute(
            f"create table {table} as select * from read_parquet($path)", {"path": str(folder / path)}
        )
    connection.execute(f"create view observations as select * from read_parquet([{_detail(release)}])")
    return connection


def _shut(connection: duckdb.DuckDBPyConnection, release: Release) -> duckdb.DuckDBPyConnection:
    """The engine, cut off from everything but the files of the observations.

    A question may take ROOM beside what the summaries take: those of ten million figures fill it alone.
    """
    (held,) = connection.execute("select sum(memory_usage_bytes) from duckdb_memory()").fetchone() or (0,)
    for setting in (
        f"allowed_paths = [{_detail(release)}]",
        "temp_directory = ''",
        "enable_external_access = false",
        f"memory_limit = '{int(held or 0) + ROOM} B'",
        "lock_configuration = true",
    ):
        connection.execute(f"set {setting}")
    return connection


def _detail(release: Release) -> str:
    """The files of the observations, as a list of literals."""
    files = (release.folder.resolve() / OBSERVATIONS).glob("*.parquet")
    return ", ".join(_quoted(path) for path in sorted(files))


def _quoted(path: Path) -> str:
    """A path of ours as a literal, where DuckDB takes no parameter: a view, a setting."""
    return "'" + str(path).replace("'", "''") + "'"


class Releases:
    """Gives the current Store, and takes over a new release without a restart.

    An answer asks one Store only, so it never mixes two releases; a reader that holds an older
    Store keeps it until done.
    """

    def __init__(self, processed: Path, *, look_every: float = 0.5) -> None:
        """Open the current release below `processed`.

        Raises:
            NoRelease: nothing has been published there.
            SpoiledRelease: what is published cannot be served.
        """
        self._processed, self._look_every = processed, look_every
        self._turn = threading.Lock()
        self._looked = time.monotonic()
        self._store = Store(current_release(processed), self)
        self._refused: str | None = None
        self._older: OrderedDict[str, Store] = OrderedDict()
        self._opening = threading.Lock()
        self._ahead: Callable[[Store], object] | None = None

    def ahead(self, work_out: Callable[[Store], object]) -> None:
        """Let `work_out` do what many will ask of the current store, and of each that follows it.

        It runs in a thread of its own; until it is done, whoever asks does the work or waits for it.
        """
        self._ahead = work_out
        self._work_ahead()

    def _work_ahead(self) -> None:
        if self._ahead is not None:
            threading.Thread(target=self._ahead, args=(self._store,), name="ahead", daemon=True).start()

    def current(self) -> Store:
        """The store of the release that the pointer names; the last good one if that cannot be opened."""
        if time.monotonic() - self._looked >= self._look_every and self._turn.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._turn.release()
        return self._store

    def of(self, release_id: str) -> Store:
        """The store of a release by its id, the current one where it is empty; a few older ones stay open.

        Raises:
            UnknownRelease: no release of that id is kept.
            SpoiledRelease: it is kept and its files are not those of its manifest.
        """
        store = self.current()
        if release_id in ("", store.release.id):
            return store
        with self._opening:
            if release_id not in self._older:
                self._older[release_id] = Store(kept_release(self._processed, release_id), self)
            self._older.move_to_end(release_id)
            while len(self._older) > MOST_OLDER:
                self._older.popitem(last=False)
            return self._older[release_id]

    def kept(self) -> list[Published]:
        """The releases that are kept, in the order in which they became current."""
        return kept(self._processed)

    def _look(self) -> None:
        self._looked = time.monotonic()
        named = current_id(self._processed)
        if named in (None, self._store.release.id, self._refused):
            return
        try:
            self._store = Store(current_release(self._processed), self)
            self._refused = None
            log.info("release %s is current", named)
            self._work_ahead()
        except (SpoiledRelease, NoRelease, OSError, ValueError, duckdb.Error) as fault:
            self._refused = named
            log.error("release %s is not served, %s stays: %s", named, self._store.release.id, fault)
