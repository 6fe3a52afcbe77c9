"""A source folder, `etl/sources/<id>/`: all that is known about one collection of figures.

source.yaml       title, files with their headers, marks, what a column means; or `published`, the
                  mapping of a file as it was published (steps/published.py)
job.py            normalise(); not needed for published files
*.csv             label tables: what the source writes → our code
corrections.yaml  misprints we know of, each with reason, date, reporter and a guard
Deleting the folder deletes the source.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

SOURCES = Path(__file__).parent / "sources"


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

    @cached_property
    def job(self) -> ModuleType:
        """job.py with normalise(); a source without one is mapped by source.yaml alone."""
        own = (self.folder / "job.py").exists()
        return import_module(f"etl.sources.{self.id}.job" if own else "etl.steps.published")

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
    """One edition of a source below `data/raw`, with its receipt."""

    source: Source
    name: str
    folder: Path
    receipt: Mapping[str, Any]

    @property
    def where(self) -> str:
        """How messages name it."""
        return f"{self.source.id} {self.name}"


def sources(folder: Path = SOURCES) -> list[Source]:
    """All source folders, in the order of their names."""
    return [Source(f.parent.name, f.parent) for f in sorted(folder.glob("*/source.yaml"))]
