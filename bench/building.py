"""Building: a whole release from the raw figures, beside reading the same CSV files plainly."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from bench.measure import ROOT, Figure, alternately
from etl.run import build

RAW = ROOT / "data" / "raw"
REPEATS = 3


def figures() -> Iterator[Figure]:
    """`etl build`: read, normalise, check, write, verify and publish; beside `polars.read_csv`."""
    files = sorted(RAW.rglob("*.csv"))
    rows = sum(plain(f) for f in files)
    with tempfile.TemporaryDirectory() as folder:
        processed = Path(folder) / "processed"

        def whole() -> None:
            shutil.rmtree(processed, ignore_errors=True)
            build(RAW, processed, say=lambda source: None)

        built, read = alternately(whole, lambda: [plain(f) for f in files], repeats=REPEATS)
    beside = "polars reads the same CSV files, all cells text"
    yield Figure("`etl build`, from raw files to a published release", built, beside, read,
                 note=f"{rows:,} rows in {len(files)} files")  # fmt: skip


def plain(path: Path) -> int:
    """Rows of a file, read the plainest way."""
    return pl.read_csv(path, infer_schema=False).height
