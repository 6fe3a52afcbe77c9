"""A source folder, `etl/sources/<id>/`: all that is known about one collection of figures.

source.yaml       title, files with their headers, marks, what a column means; or `published`, the
                  mapping of a file as it was published (steps/published.py); `beside`, collections that
                  hold some of its figures already (steps/beside.py)
job.py            normalise(); not needed for published files
*.csv             label tables: what the source writes → our code
corrections.yaml  misprints we know of, each with reason, date, reporter and a guard
receipts/*.yaml   publications whose files are not kept in this repository, one a vintage: the receipt
                  of data/raw, with the paths that the files have below `build --raw DIR`
Deleting the folder deletes the source.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

SOURCES = Path(__file__).parent / "sources"
RECEIPTS = "receipts"


@dataclass(frozen=True)
class Source:
    """One folder of `etl/sources`."""

    id: str
    folder: Path

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """source.yaml, as read."""
        loaded: Mapping[str, Any] = yaml.safe_load((self.folder / "source.yaml").read_text("utf-8"))
        return loaded

    @property
    def may_be_absent(self) -> bool:
        """Whether a build goes on without it: its files are kept elsewhere, or not fetched yet."""
        return not self.has_job and (bool(self.receipts) or "service" in self.facts)

    @property
    def has_job(self) -> bool:
        """Whether job.py maps (some of) its files."""
        return (self.folder / "job.py").exists()

    @property
    def receipts(self) -> list[Path]:
        """Receipts of vintages whose files are not kept in this repository."""
        return sorted((self.folder / RECEIPTS).glob("*.yaml"))

    def table(self, name: str) -> dict[str, str]:
        """A label table: first column → second column."""
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            next(reader)
            return {row[0]: row[1] for row in reader}

    @cached_property
    def corrections(self) -> list[dict[str, Any]]:
        """corrections.yaml, or nothing where the source has none."""
        path = self.folder / "corrections.yaml"
        return yaml.safe_load(path.read_text("utf-8")) or [] if path.exists() else []


@dataclass(frozen=True)
class Vintage:
    """One edition of a source, with its receipt.

    Attributes:
        name: the day of the edition.
        folder: of the receipt, and of the files unless they stand elsewhere.
        elsewhere: for a vintage of `receipts/`, file of the receipt → where it stands, if it does.
    """

    source: Source
    name: str
    folder: Path
    receipt: Mapping[str, Any]
    elsewhere: Mapping[str, Path] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """How messages name it."""
        return f"{self.source.id} {self.name}"

    @property
    def listed(self) -> dict[str, Mapping[str, Any]]:
        """What the receipt says of each file."""
        return {str(f["file"]): f for f in self.receipt.get("files") or []}

    def path(self, name: str) -> Path:
        """Where a file of the receipt stands."""
        return self.elsewhere.get(name, self.folder / name)

    @property
    def as_published(self) -> bool:
        """Whether its files are mapped by source.yaml: one of them is named there, or there is no job."""
        patterns = [str(entry["files"]) for entry in self.source.facts.get("published", ())]
        return bool(patterns) and (
            not self.source.has_job or any(fnmatch(n, p) for n in self.listed for p in patterns)
        )

    @property
    def job(self) -> ModuleType:
        """The module with normalise(): job.py of the source, or the one for published files."""
        own = f"etl.sources.{self.source.id}.job"
        return import_module("etl.steps.published" if self.as_published else own)


def sources(folder: Path = SOURCES) -> list[Source]:
    """All source folders, in the order of their names."""
    return [Source(f.parent.name, f.parent) for f in sorted(folder.glob("*/source.yaml"))]
