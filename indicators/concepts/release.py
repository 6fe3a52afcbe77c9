"""Where a release lies and how the current one is found.

`data/processed/current` points at `releases/<id>`. It is a symbolic link, replaced by one rename;
where the system allows no links (Windows without the right) it is a text file that holds the id,
replaced in the same way. Readers use `current_release` and need not know.
"""

import csv
import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

POINTER = "current"
RELEASES = "releases"
OBSERVATIONS = "observations"
TARGETS = "targets.parquet"
SOURCES = "sources.parquet"
FINDINGS = "findings.parquet"
SUMMARIES = "summaries"
MANIFEST = "manifest.json"
HISTORY = "history.csv"
"""Beside the releases, for an id must not depend on the day: which one became current, and when."""
HISTORY_COLUMNS = ("release", "published_at")
ID = re.compile("[0-9a-f]{12}")
"""What an id looks like, so that no text from an address is ever a path."""


class NoRelease(FileNotFoundError):
    """Nothing has been published in this folder yet."""

    def __init__(self, processed: Path) -> None:
        super().__init__(f"{processed} holds no release; run `python -m etl build`")


class UnknownRelease(LookupError):
    """A release was asked for that is not kept, or never was."""

    def __init__(self, release_id: str) -> None:
        super().__init__(
            f"{release_id!r} is no release that is kept here; leave out release= to see the current one"
        )


@dataclass(frozen=True)
class Release:
    """One published release: its id and its folder."""

    id: str
    folder: Path

    @property
    def manifest(self) -> dict[str, Any]:
        """What manifest.json says: hashes of files, code and raw figures, and the account of rows."""
        loaded: dict[str, Any] = json.loads((self.folder / MANIFEST).read_text("utf-8"))
        return loaded


def current_id(processed: Path) -> str | None:
    """The id that the pointer names, or None where there is none; one small system call."""
    pointer = processed / POINTER
    try:
        if pointer.is_symlink():
            return pointer.readlink().name
        return pointer.read_text("ascii").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None


def kept_release(processed: Path, release_id: str) -> Release:
    """A release that is still kept, the current one or an older.

    Raises:
        UnknownRelease: none of that id is kept here.
    """
    folder = processed / RELEASES / release_id
    if not ID.fullmatch(release_id) or not (folder / MANIFEST).is_file():
        raise UnknownRelease(release_id)
    return Release(release_id, folder)


def current_release(processed: Path) -> Release:
    """The release that serves now.

    Raises:
        NoRelease: none was ever published here.
    """
    release_id = current_id(processed)
    if release_id is None:
        raise NoRelease(processed)
    return Release(release_id, processed / RELEASES / release_id)


@dataclass(frozen=True)
class Published:
    """A release that is kept, and when it last became current.

    Attributes:
        id: of the release.
        at: UTC; None where that was not recorded.
    """

    id: str
    at: datetime | None


def history(processed: Path) -> list[Published]:
    """Every time a release became current, the oldest first, whether it is still kept or not."""
    try:
        with (processed / HISTORY).open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if ID.fullmatch(row["release"] or "")]
    except FileNotFoundError:
        return []
    return [Published(row["release"], datetime.fromisoformat(row["published_at"])) for row in rows]


def kept(processed: Path) -> list[Published]:
    """The releases that are kept, in the order in which they became current; each once.

    One of which that was not recorded stands before all others, by the age of its folder; so does a
    release at which the pointer was turned by hand.
    """
    recorded = {made.id: made for made in history(processed)}
    order = list(dict.fromkeys(made.id for made in reversed(history(processed))))[::-1]
    folders = [
        f for f in (processed / RELEASES).glob("*") if ID.fullmatch(f.name) and (f / MANIFEST).is_file()
    ]
    folders.sort(key=lambda f: (f.stat().st_mtime_ns, f.name))
    unknown = [Published(f.name, None) for f in folders if f.name not in recorded]
    there = {f.name for f in folders}
    return [*unknown, *(recorded[release] for release in order if release in there)]
