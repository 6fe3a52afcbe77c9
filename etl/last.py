"""The last release, as what a build may take over: what has not changed is not read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from etl.collect import Collected
from etl.inputs import digest
from etl.kept import Figures, files_of
from etl.source import Source
from etl.steps.publish import intact
from indicators.concepts.release import (
    FINDINGS,
    OBSERVATIONS,
    SOURCES,
    TARGETS,
    NoRelease,
    Release,
    current_release,
)


@dataclass(frozen=True)
class Last:
    """The current release with its manifest."""

    release: Release
    manifest: Mapping[str, Any]

    @classmethod
    def of(cls, processed: Path) -> "Last | None":
        """The last release below `processed`; None where there is none that can be read."""
        try:
            release = current_release(processed)
            return cls(release, release.manifest)
        except (NoRelease, OSError, ValueError):
            return None

    @property
    def id(self) -> str:
        """Of the release."""
        return self.release.id

    def is_made_of(self, made_of: Mapping[str, Any]) -> bool:
        """Whether it was made of these raw figures by this code."""
        return all(self.manifest.get(key) == said for key, said in made_of.items())

    def is_whole(self) -> bool:
        """Whether every file is the one of the manifest."""
        return intact(self.release.folder)

    def collected(self, source: Source, version: str) -> Collected | None:
        """What it holds of a source; None where that was made of other files or by other code.

        Args:
            source: which.
            version: of the source's files and code (inputs.source_versions).
        """
        account = {a["collection"]: a for a in self.manifest.get("account", ())}.get(source.id)
        if not version or account is None or self.manifest.get("sources", {}).get(source.id) != version:
            return None
        files, shared = self._files(source.id), self._shared
        if shared is None or not all(self._is_as_written(name) for name in files):
            return None
        publications = shared[SOURCES].filter(pl.col("collection") == source.id)
        return Collected(
            source=source,
            rows_in=account["rows_in"],
            observations=Figures(files=[self.release.folder / name for name in files]),
            targets=shared[TARGETS].join(publications, on=["source", "vintage"], how="semi"),
            findings=shared[FINDINGS].filter(pl.col("collection") == source.id),
            publications=publications,
            faults=(),
            aside=account["aside"],
        )

    @cached_property
    def _shared(self) -> Mapping[str, pl.DataFrame] | None:
        """The tables in which all sources stand; None where one is not as it was written."""
        names = (TARGETS, SOURCES, FINDINGS)
        if not all(self._is_as_written(name) for name in names):
            return None
        return {name: pl.read_parquet(self.release.folder / name) for name in names}

    def _files(self, source_id: str) -> list[str]:
        """The files with its observations: one, or numbered ones."""
        names = (Path(name) for name in self.manifest["outputs"] if name.startswith(f"{OBSERVATIONS}/"))
        return [name.as_posix() for name in files_of(source_id, names)]

    def _is_as_written(self, name: str) -> bool:
        try:
            return digest(self.release.folder / name) == str(self.manifest["outputs"][name]["sha256"])
        except (OSError, KeyError):
            return False
