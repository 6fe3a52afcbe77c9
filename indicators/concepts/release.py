"""Where a release lies and how the current one is found.

`data/processed/current` points at `releases/<id>`. It is a symbolic link, replaced by one rename;
where the system allows no links (Windows without the right) it is a text file that holds the id,
replaced in the same way. Readers use `current_release` and need not know.
"""

import json
from dataclasses import dataclass
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


class NoRelease(FileNotFoundError):
    """Nothing has been published in this folder yet."""

    def __init__(self, processed: Path) -> None:
        super().__init__(f"{processed} holds no release; run `python -m etl build`")


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


def current_release(processed: Path) -> Release:
    """The release that serves now.

    Raises:
        NoRelease: none was ever published here.
    """
    release_id = current_id(processed)
    if release_id is None:
        raise NoRelease(processed)
    return Release(release_id, processed / RELEASES / release_id)
