"""Reading: a published CSV to normalised observations, beside DuckDB copying the file and a pandas script.

All three read one file and write one Parquet file of it. DuckDB's COPY changes nothing; the script is
what an analyst would write to get the same columns of the same observations, without the checks; ours
also names each figure's place, marks, flags, unit and id, and checks every rule of a release.
Processes of their own, in turn: `python -m bench.reading SIDE FILE FOLDER` is one of them.
"""

import argparse
import base64
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import yaml

from bench.measure import Figure, peak_memory, python, told
from indicators.concepts.codelist import codelist

ROWS, MANY = 1_000_000, 10_000_000
SEED = 20261122
ROUNDS = 3
SCRIPT_NEEDS = 1_200
"""Megabytes that the script takes for a million rows."""
COPY_AT_MOST, PANDAS_AT_MOST, MEMORY = 2.0, 0.2, 2000
FLOWS = {
    "X": "exports_services", "M": "imports_services", "E": "exports", "G": "exports_goods",
    "I": "imports_goods", "T": "trade_turnover", "S": "turnover", "V": "gva", "D": "gdp", "K": "market_size",
}  # fmt: skip
STATUS = {"A": "A", "E": "E", "P": "P"}
YEARS = [str(year) for year in range(2000, 2025)]
AREAS = 200
ENTRY = {
    "files": "*.csv",
    "columns": {
        "measure": {"from": "FLOW", "map": FLOWS},
        "ref_area": {"from": "REF_AREA", "codes": "area"},
        "counterpart_area": {"from": "COUNTERPART_AREA", "codes": "area"},
        "period": {"from": "TIME_PERIOD"},
        "unit_measure": {"from": "@UNIT_MEASURE"},
        "unit_mult": {"from": "@UNIT_MULT"},
    },
    "set": {"sector": "creative_services"},
    "flags": {flag: {"obs_status": status} for flag, status in STATUS.items()},
}
PLAIN = {**ENTRY["columns"], "unit_measure": {"from": "UNIT_MEASURE"}, "unit_mult": {"from": "UNIT_MULT"}}  # type: ignore[dict-item]
RECEIPT = {
    "publisher": "Bench", "title": "Generated", "address": "none", "published_on": "2026-01-01",
    "retrieved_on": "2026-01-01", "licence": "none", "language": "en", "authority": "international",
}  # fmt: skip


def figures() -> Iterator[Figure]:
    """SDMX-CSV and CSV of a million and of ten million rows, three ways; the larger ones once."""
    for rows, rounds in ((ROWS, ROUNDS), (MANY, 1)):
        for name in ("SDMX-CSV", "CSV"):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"{name}.csv"
                generated(path, rows, sdmx=name == "SDMX-CSV")
                yield from _three_ways(path, name, rows, rounds)


def _three_ways(path: Path, name: str, rows: int, rounds: int) -> Iterator[Figure]:
    """One file read by each side in turn; by the script only where its frame fits into memory."""
    scripted = rows <= ROWS or _memory() >= SCRIPT_NEEDS * rows // ROWS
    done = _turns(path, path.parent, ("ours", "copy", "pandas") if scripted else ("ours", "copy"), rounds)
    ours, copied = done["ours"], done["copy"]
    what = f"{name}, {rows:,} rows ({path.stat().st_size >> 20} MB), to observations in Parquet"
    held = "holds" if ours["peak"] <= MEMORY else "**missed**"
    said = f"; asked {MEMORY:,}, {held}" if rows == MANY else ""
    used = f"processors {ours['used']:.1f} s beside {copied['used']:.1f} s"
    yield Figure(what, ours["seconds"], "DuckDB COPY to Parquet", copied["seconds"],
                 at_most=COPY_AT_MOST, note=f"{used}; at most {ours['peak']:,} MB{said}")  # fmt: skip
    if scripted:
        yield Figure(what, ours["seconds"], "a plain pandas script", done["pandas"]["seconds"],
                     at_most=PANDAS_AT_MOST, note=f"at most {done['pandas']['peak']:,} MB")  # fmt: skip


def _memory() -> int:
    """Megabytes of this machine; as many as it takes where the system does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20
    except (AttributeError, ValueError, OSError):
        return SCRIPT_NEEDS * MANY // ROWS


def generated(path: Path, rows: int, *, sdmx: bool) -> None:
    """A table of trade in services by partner, shuffled; one in ten has a flag. Seed fixed."""
    random = np.random.default_rng(SEED)
    areas = pl.Series(codelist("area").of_kind("country")[:AREAS])
    at = random.permutation(len(FLOWS) * AREAS * AREAS * len(YEARS))[:rows]
    at, year = np.divmod(at, len(YEARS))
    at, partner = np.divmod(at, AREAS)
    flow, area = np.divmod(at, AREAS)
    frame = pl.DataFrame({
        "REF_AREA": areas.gather(area), "COUNTERPART_AREA": areas.gather(partner),
        "FLOW": pl.Series(list(FLOWS)).gather(flow), "TIME_PERIOD": pl.Series(YEARS).gather(year),
        "OBS_VALUE": pl.Series(random.lognormal(8, 3, len(at))).round(3),
        "OBS_STATUS": pl.Series(list(STATUS)).gather(random.choice(3, len(at), p=[0.9, 0.05, 0.05])),
    }).with_columns(UNIT_MEASURE=pl.lit("USD"), UNIT_MULT=pl.lit("3"))  # fmt: skip
    if sdmx:
        frame = frame.select(
            pl.lit("BENCH:TRADE(1.0)").alias("DATAFLOW"), pl.lit("A").alias("FREQ"), pl.all()
        )
    frame.write_csv(path)


def _turns(path: Path, folder: Path, sides: Sequence[str], rounds: int) -> dict[str, dict[str, float]]:
    """The least time of each side, run in turn."""
    done = [{side: _side(side, path, folder) for side in sides} for _ in range(rounds)]
    return {side: min((r[side] for r in done), key=lambda made: made["seconds"]) for side in sides}


def _side(side: str, path: Path, folder: Path) -> dict[str, float]:
    done: dict[str, float] = told(python("-m", "bench.reading", side, str(path), str(folder / side)))
    return done


def ours(path: Path, folder: Path) -> None:
    """As `etl build` reads a source, up to the Parquet files that a release takes over."""
    from etl.collect import collect
    from etl.parquet import write
    from etl.readers import delimited, sdmx_csv
    from etl.source import Source
    from etl.steps import published
    from etl.steps.receive import stamp, vintages

    _ = delimited, sdmx_csv, published  # loaded when they are needed, here before the clock, as duckdb is

    vintage = folder / "raw" / "bench" / "2026-01-01"
    vintage.mkdir(parents=True)
    vintage.joinpath(path.name).hardlink_to(path)
    listed = {**RECEIPT, "files": [{"file": path.name}]}
    (vintage / "receipt.yaml").write_text(yaml.safe_dump(listed), "utf-8")
    sdmx = path.read_bytes()[:8] == b"DATAFLOW"
    entry = ENTRY if sdmx else {**ENTRY, "columns": PLAIN}
    (folder / "source.yaml").write_text(yaml.safe_dump({"title": "Bench", "published": [entry]}), "utf-8")
    source = Source("bench", folder)
    for edition in vintages(source, folder / "raw")[0]:
        stamp(edition)
    start = time.perf_counter(), time.process_time()
    made = collect(source, folder / "raw", spool=folder)
    if made.faults:
        raise SystemExit(str(made.faults[0]))
    if not made.observations.files:
        write(made.observations.frame, folder / "observations.parquet")
    _told(start, made.observations.height)


def copy(path: Path, folder: Path) -> None:
    """The file as it stands, to Parquet."""
    import duckdb

    start = time.perf_counter(), time.process_time()
    with duckdb.connect() as connection:
        (rows,) = connection.execute(
            f"copy (from read_csv('{path}')) to '{folder / 'copy.parquet'}' (format parquet)"
        ).fetchone() or (0,)
    _told(start, rows)


def pandas(path: Path, folder: Path) -> None:
    """The same observations by a plain script."""
    import pandas as pd

    start = time.perf_counter(), time.process_time()
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame["row"] = range(2, len(frame) + 2)
    areas = set(codelist("area"))
    for column in ("REF_AREA", "COUNTERPART_AREA"):
        if not frame[column].isin(areas).all():
            raise SystemExit(column)
    made = pd.DataFrame({
        "source": "bench", "vintage": "2026-01-01", "measure": frame["FLOW"].map(FLOWS),
        "ref_area": frame["REF_AREA"], "region": "_T", "counterpart_area": frame["COUNTERPART_AREA"],
        "sector": "creative_services", "sex": "_T", "freq": "A", "time_period": frame["TIME_PERIOD"],
    })  # fmt: skip
    key = list(made.columns)
    made["figure_id"] = [
        base64.b32encode(hashlib.sha256("|".join(row).encode()).digest()[:7]).decode()[:10]
        for row in made.itertuples(index=False)
    ]
    made["period_start"] = pd.to_datetime(frame["TIME_PERIOD"] + "-01-01").dt.date
    made["period_end"] = pd.to_datetime(frame["TIME_PERIOD"] + "-12-31").dt.date
    made["obs_value"] = [
        Decimal(value).scaleb(int(power))
        for value, power in zip(frame["OBS_VALUE"], frame["UNIT_MULT"], strict=True)
    ]
    made["obs_low"] = made["obs_high"] = made["obs_value"].astype(float)
    made["unit_measure"] = frame["UNIT_MEASURE"]
    made["obs_status"] = frame["OBS_STATUS"].map(STATUS)
    made["reported_value"] = frame["OBS_VALUE"]
    made["reported_at"] = path.name + ", row " + frame["row"].astype(str)
    made.sort_values([*key, "figure_id"]).to_parquet(folder / "pandas.parquet", index=False)
    _told(start, len(made))


def _told(start: tuple[float, float], rows: int) -> None:
    """Print the seconds since `start` by the clock, and as all processors together spent them."""
    seconds, used = time.perf_counter() - start[0], time.process_time() - start[1]
    print(json.dumps({"seconds": seconds, "used": used, "rows": rows, "peak": peak_memory()}))


def main() -> None:
    """One side, once; prints its seconds, rows and most memory as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading")
    parser.add_argument("side", choices=["ours", "copy", "pandas"])
    parser.add_argument("file", type=Path)
    parser.add_argument("folder", type=Path)
    words = parser.parse_args()
    shutil.rmtree(words.folder, ignore_errors=True)
    words.folder.mkdir(parents=True)
    {"ours": ours, "copy": copy, "pandas": pandas}[words.side](words.file, words.folder)


if __name__ == "__main__":
    main()
