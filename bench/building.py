"""Building: a whole release, one with nothing changed, and one with one source changed."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from bench.measure import ROOT, Figure, alternately
from etl import inputs
from etl.run import build

RAW = ROOT / "data" / "raw"
PUBLISHED = ROOT.parent / "shared" / "official"
"""Publications that are not kept here, where they are at hand."""
CHANGED = "uis_feature_films"
REPEATS = 3


def figures() -> Iterator[Figure]:
    """`etl build`: read, normalise, check, write, verify and publish; then again with less to do."""
    also = PUBLISHED if PUBLISHED.is_dir() else None
    files = sorted(RAW.rglob("*.csv"))
    rows = sum(_plain(file) for file in files)
    with tempfile.TemporaryDirectory() as folder:
        raw, processed = Path(folder) / "raw", Path(folder) / "processed"
        shutil.copytree(RAW, raw)

        def whole() -> None:
            shutil.rmtree(processed, ignore_errors=True)
            build(raw, processed, say=_nobody)

        built, read = alternately(whole, lambda: [_plain(f) for f in files], repeats=REPEATS)
        yield Figure(
            "`etl build`, from raw files to a published release", built,
            "polars reads the same CSV files, all cells text", read,
            note=f"{rows:,} rows in {len(files)} files",
        )  # fmt: skip
        yield from _again(raw, processed, also)


def _again(raw: Path, processed: Path, also: Path | None) -> Iterator[Figure]:
    """A build after another: of all that is at hand, with nothing changed, with one source changed."""
    shutil.rmtree(processed, ignore_errors=True)
    (everything,) = alternately(lambda: build(raw, processed, say=_nobody, also=also), repeats=1)
    count = len(inputs.raw_files(raw, also))
    what = "with publications at hand" if also else "of the figures kept here"
    same, hashed = alternately(
        lambda: build(raw, processed, say=_nobody, also=also), lambda: _hashed_twice(raw, also), repeats=20
    )
    yield Figure(f"`etl build` {what}, nothing changed", same, "hashing the raw files twice", hashed,
                 at_most=1.0, note=f"{count:,} files")  # fmt: skip
    receipt = next((raw / CHANGED).glob("*/receipt.yaml"))
    receipt.write_text(receipt.read_text("utf-8") + "\n# read again\n", "utf-8")
    (one,) = alternately(lambda: build(raw, processed, say=_nobody, also=also), repeats=1)
    yield Figure(f"`etl build` {what}, one source changed", one, "all sources read", everything)


def _hashed_twice(raw: Path, also: Path | None) -> None:
    for _ in range(2):
        for folder in (raw, also) if also else (raw,):
            for path in sorted(p for p in folder.rglob("*") if p.is_file()):
                hashlib.sha256(path.read_bytes()).hexdigest()


def _nobody(source: str) -> None:
    """Progress that nobody is told."""


def _plain(path: Path) -> int:
    """Rows of a file, read the plainest way."""
    return pl.read_csv(path, infer_schema=False).height
