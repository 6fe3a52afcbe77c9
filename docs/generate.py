"""Write the generated pages of docs/, or check that they are fresh: python -m docs.generate [--check].

Pages are pure functions of the repository and of a release of its raw figures; the same inputs give
the same bytes. Exit code 0 when done or fresh, 1 when pages are stale (each is named).
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from docs.pages import codes, indicators, notebook, sources
from docs.pages.specs import specs
from etl.__main__ import changed
from etl.run import build
from etl.source import sources as source_folders
from indicators.catalogue import FOLDER, THEMES
from indicators.concepts.release import OBSERVATIONS, SOURCES, TARGETS, Release, current_release

DOCS = Path(__file__).parent
ROOT = DOCS.parent
NOTEBOOK = "ten-questions.ipynb"
"""Its cells are written by hand, what stands below them is made."""
RAW, PROCESSED = ROOT / "data" / "raw", ROOT / "data" / "processed"


def pages(release: Release) -> dict[str, str]:
    """Path below docs/ → text, of every generated page."""
    observations = pl.read_parquet(release.folder / OBSERVATIONS / "*.parquet")
    targets = pl.read_parquet(release.folder / TARGETS)
    published = pl.read_parquet(release.folder / SOURCES)
    stated = pl.concat([observations.select("source", "vintage"), targets.select("source", "vintage")])
    counted = stated.group_by("source", "vintage").len("figures")
    publications = published.join(counted, on=["source", "vintage"], how="left").with_columns(
        pl.col("figures").fill_null(0).cast(pl.Int64)
    )
    material = indicators.Material(
        indicators.definitions(FOLDER, THEMES), observations, published, specs(ROOT / "tests" / "spec")
    )
    return {
        **indicators.pages(material),
        **sources.pages(source_folders(), RAW, release.manifest["account"], publications),
        **codes.pages(),
        NOTEBOOK: notebook.page(DOCS / NOTEBOOK, release.folder.parents[1]),
    }


def stale(made: dict[str, str], folder: Path = DOCS) -> list[str]:
    """What differs from `made` below `folder`, a line a page; pages of indicators that are gone too."""
    differing = [
        f"{name} is missing" if not (folder / name).exists() else f"{name} is stale"
        for name, text in made.items()
        if not (folder / name).exists() or (folder / name).read_text("utf-8") != text
    ]
    return sorted(differing + [f"{name} has no definition any more" for name in _left_over(made, folder)])


def write(made: dict[str, str], folder: Path = DOCS) -> list[str]:
    """Make the pages below `folder` those of `made`; says what changed, a line a page."""
    said = stale(made, folder)
    for name in _left_over(made, folder):
        (folder / name).unlink()
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    return said


def _left_over(made: dict[str, str], folder: Path) -> list[str]:
    present = (p.relative_to(folder).as_posix() for p in (folder / "indicators").glob("*.md"))
    return sorted(name for name in present if name not in made)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m docs.generate", description="The generated pages of docs/."
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where pages are stale")
    checking = parser.parse_args(arguments).check
    with tempfile.TemporaryDirectory() as folder:
        made = pages(_release(Path(folder)))
    said = stale(made) if checking else write(made)
    print("\n".join(said) or f"{len(made)} pages are fresh")
    if checking and said:
        print("run `make docs`")
    return int(checking and bool(said))


def _release(spare: Path) -> Release:
    """The current release where it is of these figures and this code, else one built aside."""
    if changed(RAW, PROCESSED):
        build(RAW, spare, say=lambda source: print(f"  {source}", file=sys.stderr))
        return current_release(spare)
    return current_release(PROCESSED)


if __name__ == "__main__":
    sys.exit(main())
