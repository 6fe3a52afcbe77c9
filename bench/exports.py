"""Exports: files beside the bare library that writes the same rows and nothing more.

`python -m bench.exports FOLDER` measures the release in FOLDER (like data/processed) in a process of its
own and prints what it found as JSON; `figures` does so for a generated release.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

import duckdb
import polars as pl
import pyarrow as pa
import rustpy_xlsxwriter

from bench import decks, drawing
from bench.answers import PROCESSED
from bench.measure import Figure, alternately, python, told
from exports import bulk, columnar, delimited, workbook
from exports.sdmx import answered
from exports.table import Table, table
from exports.whole import Whole, whole
from indicators.answer import answer
from indicators.catalogue import load
from indicators.query import Query
from indicators.store import Releases, Store

ROWS = 1_000_000
SHEET = 100_000
"""Rows of the workbook."""
REPEATS = 2
AT_MOST, WORKBOOK_AT_MOST, SDMX_AT_MOST = 1.3, 1.5, 1.5
MOST_HELD = 300
"""MB, whatever the size."""
COPIES = {"csv": "format csv", "parquet": "format parquet, compression zstd"}


def measured(processed: Path) -> dict[str, Any]:
    """Of each format: seconds, rows read before the first piece, MB held beside the open release."""
    store = Releases(processed).current()
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        streams = {kind: _streamed(store, kind, there) for kind in ("parquet", "csv", "arrow")}
        compared = {kind: _compared(store, kind, there) for kind in streams}
    return {
        "rows": sum(part.height for part in whole(store).parts(bulk.ROWS)),
        "streams": {kind: said | compared[kind] for kind, said in streams.items()},
        "tables": _tables(_enlarged(store)),
    }


def _streamed(store: Store, kind: str, folder: Path) -> dict[str, float]:
    """One file of everything: written first, so that what is held is not what a rival has left."""
    held = _held(reset=True)
    begun = time.perf_counter()
    with (folder / f"flat.{kind}").open("wb") as file:
        asked = _Counted(store, whole(store).language)
        pieces = getattr(bulk, kind)(asked)
        file.write(next(pieces))
        first, read = time.perf_counter() - begun, asked.seen[0]
        file.writelines(pieces)
    return {"first": first, "read": read, "held": _held(reset=False) - held}


class _Counted(Whole):
    """A release that counts the rows that are read of it."""

    seen: ClassVar[list[int]] = [0]

    def read(self, rows: int) -> Generator[pl.DataFrame, None, None]:
        self.seen[0] = 0
        for part in super().read(rows):
            self.seen[0] += part.height
            yield part


def _compared(store: Store, kind: str, folder: Path) -> dict[str, float]:
    flat, ours, theirs = folder / "flat.parquet", folder / "ours", folder / "theirs"
    connection = duckdb.connect()

    def write() -> None:
        with ours.open("wb") as file:
            file.writelines(getattr(bulk, kind)(whole(store)))

    def bare() -> None:
        if kind in COPIES:
            connection.execute(f"copy (from '{flat}') to '{theirs}' ({COPIES[kind]})")
            return
        with connection.sql(f"from '{flat}'").to_arrow_reader(bulk.ROWS) as reader:
            options = pa.ipc.IpcWriteOptions(compression="zstd")
            with pa.ipc.new_file(str(theirs), reader.schema, options=options) as writer:
                for batch in reader:
                    writer.write_batch(batch)

    taken, least = alternately(write, bare, repeats=REPEATS)
    return {"ours": taken, "bare": least, "size": ours.stat().st_size // 1_000_000}


def _enlarged(store: Store) -> Table:
    """The table of a real answer, its rows again and again with other ids."""
    catalogue = load()
    shown = table(answer(Query("employment", rule="all"), store, catalogue), store, catalogue)
    times = -(-SHEET // shown.frame.height)
    frame = pl.concat([shown.frame] * times).head(SHEET)
    ids = pl.format("{}-{}", pl.col("figure_id").fill_null(""), pl.int_range(pl.len()))
    return replace(shown, frame=frame.with_columns(ids.alias("figure_id")))


def _tables(shown: Table) -> dict[str, dict[str, float]]:
    """A table of an answer as file, beside the library that writes its frame bare."""
    apart = replace(shown, frame=_apart(shown.frame))
    pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "xlsx": (lambda: workbook.xlsx(shown),
                 lambda: rustpy_xlsxwriter.write_worksheets([("Figures", shown.frame)], BytesIO())),
        "csv": (lambda: delimited.strict(shown), lambda: shown.frame.write_csv(BytesIO())),
        "parquet": (lambda: columnar.parquet(shown), lambda: shown.frame.write_parquet(BytesIO())),
        "sdmx-csv": (lambda: answered.csv(apart), lambda: delimited.strict(apart)),
    }  # fmt: skip
    found = {}
    for kind, (ours, bare) in pairs.items():
        before = _held(reset=True)
        ours()
        held = _held(reset=False) - before
        taken, least = alternately(ours, bare, repeats=REPEATS)
        found[kind] = {"ours": taken, "bare": least, "held": held}
    return found


def _apart(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows that are repeated stand in cells of their own, for no cell of SDMX holds so many claims."""
    cell = ("ref_area", "counterpart_area", "sector", "freq", "time_period")
    return frame.with_columns(pl.format("S{}", pl.int_range(pl.len()).over(cell)).alias("sex"))


def _held(*, reset: bool) -> int:
    """MB that this process holds now, from which its peak begins anew, or that peak; 0 where nobody tells."""
    try:
        if reset:
            Path("/proc/self/clear_refs").write_text("5", "ascii")
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return 0
    word = "VmRSS" if reset else "VmHWM"
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith(word))


def figures() -> Iterator[Figure]:
    """The whole database and a large table in each format, each beside the bare library."""
    with tempfile.TemporaryDirectory() as folder:
        told(python("-m", "bench.generate", folder, "--rows", str(ROWS)))
        found = told(python("-m", "bench.exports", folder))
    for kind, said in found["streams"].items():
        yield Figure(
            f"the whole database as {kind}, {found['rows']:,} rows", said["ours"],
            f"DuckDB writing the same rows{'' if kind in COPIES else ' through pyarrow'}", said["bare"],
            at_most=AT_MOST if kind in COPIES else None,
            note=f"{said['size']:,} MB",
        )  # fmt: skip
        yield Figure(
            f"rows read when the first piece of {kind} has left", said["read"], unit="rows",
            no_more=found["rows"] - 1, note=f"after {said['first']:.2f} s",
        )  # fmt: skip
        yield Figure(f"memory held while {kind} leaves", said["held"], unit="MB", no_more=MOST_HELD)
    names = {"xlsx": "rustpy-xlsxwriter, one bare sheet", "csv": "polars", "parquet": "polars",
             "sdmx-csv": "our CSV of the same rows"}  # fmt: skip
    most = {"xlsx": WORKBOOK_AT_MOST, "sdmx-csv": SDMX_AT_MOST}
    for kind, said in found["tables"].items():
        yield Figure(
            f"a table as {kind}, {SHEET:,} rows{' with its sheets' if kind == 'xlsx' else ''}", said["ours"],
            f"{names[kind]}", said["bare"], at_most=most.get(kind),
            note=f"held {said['held']:,} MB more",
        )  # fmt: skip
    yield _deck()
    yield from drawing.figures()


def _deck() -> Figure:
    """Twenty native slides, without a browser."""
    ours, bare = decks.pair(decks.deck(Releases(PROCESSED).current(), load()))
    taken, least = alternately(ours, bare, repeats=5)
    return Figure(
        f"a deck of {decks.SLIDES} native slides", taken, "python-pptx alone, the same slides", least,
        at_most=decks.AT_MOST,
    )  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))
