"""Publish: write a release beside the live one, verify it, and swap the pointer by one rename.

Order of acts, so that a crash at any moment leaves the last good release serving:
1. all files go into releases/.building-<process>, a name no reader looks at;
2. every file is read back and compared;
3. the folder is renamed to releases/<id>, which is a hash of its contents;
4. the pointer `current` is replaced by one rename;
5. history.csv, beside the releases, gets a line with the id and the time;
6. older releases beyond the last few are removed; their lines stay.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from etl.errors import BrokenRelease
from etl.inputs import digest, digests
from etl.parquet import write
from indicators.concepts.release import (
    HISTORY,
    HISTORY_COLUMNS,
    MANIFEST,
    POINTER,
    RELEASES,
    current_id,
    history,
)

KEEP = 5
BUILDING = ".building-"


def publish(tables: Mapping[str, pl.DataFrame | Path], about: Mapping[str, Any], processed: Path) -> str:
    """Write `tables` (path below the release → frame, or a Parquet file) and make them current.

    Args:
        tables: for example {"observations/claims.parquet": frame}.
        about: what goes into the manifest beside rows and hashes.
        processed: data/processed.

    Returns:
        The id of the release; the same tables and `about` always give the same id.

    Raises:
        BrokenRelease: a file does not read back as it was written.
    """
    releases = processed / RELEASES
    releases.mkdir(parents=True, exist_ok=True)
    _sweep(releases)
    folder = releases / f"{BUILDING}{os.getpid()}"
    outputs = {name: _write(frame, folder / name) for name, frame in sorted(tables.items())}
    release_id = _id(about, outputs)
    manifest = {"release": release_id, **about, "outputs": outputs}
    _write_text(folder / MANIFEST, json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    _verify(folder, tables, outputs)
    _sync(folder)
    _adopt(folder, releases / release_id)
    point_at(processed, release_id)
    record(processed, release_id, datetime.now(UTC))
    _forget(processed)
    return release_id


def _write(table: pl.DataFrame | Path, path: Path) -> dict[str, Any]:
    """A table as a file of the release; one that is a file already is copied, for releases share none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(table, Path):
        shutil.copyfile(table, path)
        rows = int(pl.scan_parquet(path).select(pl.len()).collect().item())
        return {"rows": rows, "sha256": digest(path)}
    write(table, path)
    return {"rows": table.height, "sha256": digest(path)}


def _id(about: Mapping[str, Any], outputs: Mapping[str, Any]) -> str:
    content = json.dumps([about, outputs], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")


def _verify(folder: Path, tables: Mapping[str, pl.DataFrame | Path], outputs: Mapping[str, Any]) -> None:
    for name, table in tables.items():
        if not _reads_back(folder / name, table):
            raise BrokenRelease(f"{name} does not read back as it was written; is the disk full?")
        if digest(folder / name) != outputs[name]["sha256"]:
            raise BrokenRelease(f"{name} changed while it was being verified")


def _reads_back(path: Path, table: pl.DataFrame | Path) -> bool:
    if isinstance(table, Path):
        return digest(path) == digest(table)
    return pl.read_parquet(path).equals(table)


def _sync(folder: Path) -> None:
    """Make sure that the bytes are on the disk before a name points at them."""
    for path in [p for p in folder.rglob("*") if p.is_file()]:
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def _adopt(folder: Path, final: Path) -> None:
    if final.exists() and intact(final):
        shutil.rmtree(folder)
        return
    if final.exists():
        spoiled = final.with_name(f"{BUILDING}spoiled-{os.getpid()}")
        final.rename(spoiled)
    folder.rename(final)
    _sweep(final.parent)


def intact(folder: Path) -> bool:
    """Whether every file of a release still has the hash of its manifest."""
    try:
        outputs = json.loads((folder / MANIFEST).read_text("utf-8"))["outputs"]
        made = digests([folder / name for name in outputs])
        return made == [said["sha256"] for said in outputs.values()]
    except (OSError, ValueError, KeyError):
        return False


def point_at(processed: Path, release_id: str) -> None:
    """Replace the pointer by one rename."""
    fresh = processed / f".{POINTER}-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    try:
        fresh.symlink_to(Path(RELEASES) / release_id, target_is_directory=True)
    except OSError:  # a system that allows no links: the pointer is a file that holds the id
        _write_text(fresh, release_id + "\n")
    fresh.replace(processed / POINTER)


def record(processed: Path, release_id: str, at: datetime) -> None:
    """Append to the history that a release became current; nothing where its last line says so already.

    The file is replaced whole by one rename. A build killed between the pointer and this line leaves a
    release of which nobody knows since when it serves, which is said and not guessed.
    """
    made = history(processed)
    if made and made[-1].id == release_id:
        return
    path, fresh = processed / HISTORY, processed / f".{POINTER}-{HISTORY}-{os.getpid()}"
    before = path.read_text("utf-8") if path.exists() else ",".join(HISTORY_COLUMNS) + "\n"
    _write_text(fresh, f"{before}{release_id},{at.isoformat(timespec='seconds')}\n")
    fresh.replace(path)


def _sweep(releases: Path) -> None:
    """Remove what a killed build left; the caller holds the lock, so nobody is writing there."""
    for folder in releases.glob(f"{BUILDING}*"):
        shutil.rmtree(folder, ignore_errors=True)
    for pointer in releases.parent.glob(f".{POINTER}-*"):
        pointer.unlink(missing_ok=True)


def _forget(processed: Path) -> None:
    """Keep the current release and the newest others; who has an older one open keeps its files."""
    live = current_id(processed)
    others = [f for f in (processed / RELEASES).iterdir() if f.is_dir() and f.name != live]
    others.sort(key=lambda f: f.stat().st_mtime_ns, reverse=True)
    for folder in others[KEEP - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
