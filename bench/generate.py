"""A large release, generated: `python -m bench.generate FOLDER --rows N` publishes one below FOLDER.

Not an easy case. The shipped figures are in it as they are, and around them N observations of the
same measures, areas and sectors, so that nothing can be told apart by its measure alone:

trade      exports and imports with every single country as partner, by three rival offices
regions    25 regions of every country, by sector and sex
months     whole countries by month, exchange rates too: they stand beside the annual figures asked for
vintages   nine old editions of annual figures, in every sector
rivals     the tenth: annual claims by three more sources for one cell in twenty of what is asked
others     every other measure of every country

It is written by the code that writes every release (`etl.run`, `etl.steps.publish`), summaries
included. A fixed seed: the same rows give the same release, whatever the machine.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import gcd, prod
from pathlib import Path

import numpy as np
import polars as pl

from bench.building import RAW
from etl import publications as register
from etl import run
from etl.collect import Collected, collect
from etl.kept import Figures
from etl.source import Source, sources
from etl.steps import findings
from etl.steps.publish import publish
from indicators.concepts.codelist import codelist
from indicators.concepts.observation import AMOUNT, KEY, SCHEMA

SEED = 20261122
YEARS = tuple(range(2000, 2025))
OFFICES, EDITIONS = 3, 10
AUTHORITIES = ("statistical_office", "government", "international", "press")
MONEY = "currency"


@dataclass(frozen=True)
class Block:
    """A part of the release: the product of its axes, of which `share` of all rows is taken."""

    name: str
    share: float
    axes: Mapping[str, Sequence[str]]
    published_by: str = ""
    """Blocks with the same word here are editions of the same sources."""


def blocks() -> tuple[Block, ...]:
    """What is generated; each axis is a column of the one shape, `edition` and `office` the source."""
    countries = codelist("area").of_kind("country")
    sectors = [s for s in codelist("sector") if s != "_T"][:40]
    asked = ["gva", "employment", "exports_services", "imports_services", "attendance", "enterprises"]
    whole_economy = ["gdp", "population", "exchange_rate", "gdp_deflator"]
    other = [m for m in codelist("measure") if m not in (*asked, *whole_economy)]
    of_asked = ["creative_industries", "creative_services", "culture", "film", "museums"]
    years = [str(y) for y in YEARS]
    months = [f"{y}-{m:02}" for y in YEARS[-10:] for m in range(1, 13)]
    offices = [f"office_{n}" for n in range(1, OFFICES + 1)]
    editions = [str(n) for n in range(EDITIONS)]
    newest = editions[-1:]
    whole = {"region": ["_T"], "counterpart_area": ["_Z"], "sex": ["_T"]}
    return (
        Block("trade", 0.45, {**whole, "measure": ["exports_services", "imports_services"],
              "ref_area": countries, "counterpart_area": countries, "sector": of_asked[:2],
              "time_period": years, "office": offices, "edition": editions[-2:]}),
        Block("regions", 0.20, {**whole, "measure": ["gva", "employment", "enterprises", "attendance"],
              "ref_area": countries, "region": [f"R-{n:02}" for n in range(1, 26)], "sector": of_asked,
              "sex": ["_T", "F", "M"], "time_period": years, "office": offices, "edition": editions[-2:]}),
        Block("months", 0.15, {**whole, "measure": [*asked, "exchange_rate", "population"],
              "ref_area": countries, "sector": ["_T", *of_asked], "time_period": months,
              "office": offices, "edition": editions[-2:]}),
        Block("vintages", 0.10, {**whole, "measure": [*asked, "gdp", "population"], "ref_area": countries,
              "sector": [*of_asked, *sectors], "time_period": years, "office": offices,
              "edition": editions[:-1]}, published_by="annual"),
        Block("rivals", 0.0015, {**whole, "measure": [*asked, "gdp", "population"], "ref_area": countries,
              "sector": ["_T", *of_asked], "time_period": years, "office": offices, "edition": newest},
              published_by="annual"),
        Block("others", 0.0985, {**whole, "measure": other,
              "ref_area": countries, "sector": [*of_asked, *sectors], "time_period": years,
              "office": offices, "edition": newest}),
    )  # fmt: skip


def generate(folder: Path, rows: int) -> str:
    """Publish the shipped figures and `rows` generated observations below `folder`; returns the id."""
    shipped = [part for source in sources() if (part := collect(source, RAW)).rows_in]
    made, start = [], 0
    for block in blocks():
        drawn = drawn_from(block, round(rows * block.share), start)
        made.append(_collected(block, drawn))
        start += drawn.height
    parts = [*shipped, *made]
    about = {
        "raw": {"generated": str(rows)},
        "code_version": str(SEED),
        "account": [p.account for p in parts],
    }
    return publish(run._tables(parts), about, folder)


def drawn_from(block: Block, rows: int, start: int) -> pl.DataFrame:
    """Distinct cells of the product of the axes, in the one shape; `start` numbers the figures.

    Cells are visited in a fixed order that jumps about, so that any number of them is spread evenly.
    """
    sizes = [len(values) for values in block.axes.values()]
    cells = prod(sizes)
    rows = min(rows, cells)
    step = next(s for s in range(int(cells * 0.618) | 1, cells + 3) if gcd(s, cells) == 1)
    at = (np.arange(rows, dtype=np.int64) * step) % cells
    columns = {}
    for name, values in reversed(block.axes.items()):
        at, index = np.divmod(at, len(values))
        columns[name] = pl.Series(name, values, pl.String).gather(index)
    frame = _dated(pl.DataFrame(columns))
    return _shaped(_valued(frame, start), block.name).sort(KEY)


def _dated(frame: pl.DataFrame) -> pl.DataFrame:
    edition = pl.col("edition").cast(pl.Int32)
    year = pl.col("time_period").str.slice(0, 4).cast(pl.Int32)
    monthly = pl.col("time_period").str.len_chars() == 7
    month = pl.when(monthly).then(pl.col("time_period").str.slice(5, 2).cast(pl.Int32, strict=False))
    first = pl.date(year, month.otherwise(1), 1)
    return frame.with_columns(
        first.alias("period_start"),
        pl.when(monthly).then(first.dt.month_end()).otherwise(pl.date(year, 12, 31)).alias("period_end"),
        pl.when(monthly).then(pl.lit("M")).otherwise(pl.lit("A")).alias("freq"),
        pl.format("generated_{}", "office").alias("source"),
        pl.format("edition_{}", "edition").alias("vintage"),
        pl.lit(date(2025, 1, 1))
        .dt.offset_by(pl.format("{}mo", edition))
        .cast(pl.String)
        .alias("published_on"),
    )


def _valued(frame: pl.DataFrame, start: int) -> pl.DataFrame:
    """Amounts over many powers of ten; a tenth hedged or a range, a twentieth missing with its reason."""
    random = np.random.default_rng([SEED, start])
    value = np.round(random.lognormal(15, 3, frame.height), 2)
    fate = random.random(frame.height)
    hedge = np.select([fate < 0.05, fate < 0.10, fate < 0.12], ["about", "over", "between"], "exact")
    status = np.select([fate > 0.95, fate > 0.90, fate > 0.87], ["O", "E", "P"], "A")
    low = np.select([hedge == "about"], [value * 0.9], value)
    high = np.select([hedge == "about", hedge == "over", hedge == "between"],
                     [value * 1.1, np.inf, value * 1.2], value)  # fmt: skip
    missing, ranged = pl.col("obs_status") == "O", pl.col("hedge") == "between"
    numbers = (np.arange(start, start + frame.height, dtype=np.int64) * 2654435761) % 2**40
    return frame.with_columns(
        pl.Series("hedge", hedge), pl.Series("obs_status", status),
        pl.Series("obs_value", value).cast(AMOUNT), pl.Series("obs_low", low), pl.Series("obs_high", high),
        pl.format("G{}", pl.Series("figure_id", numbers)).alias("figure_id"),
        pl.Series("reported_value", value).cast(pl.String),
    ).with_columns(
        pl.when(~missing & ~ranged).then("obs_value").alias("obs_value"),
        pl.when(~missing).then("obs_low").alias("obs_low"),
        pl.when(~missing).then("obs_high").alias("obs_high"),
    )  # fmt: skip


def _shaped(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    units = {code: row["units"].split("|")[0] for code, row in codelist("measure").rows.items()}
    money = pl.col("unit_measure") == MONEY
    constant = {
        "period_basis": "stated", "retrieved_on": "2026-11-22", "kind": "observed", "base_per": None,
        "conf_status": "F", "obs_comment": None, "reported_unit_mult": "0", "correction": None,
    }  # fmt: skip
    return (
        frame.with_columns(
            pl.col("measure").replace_strict(units, return_dtype=pl.String).alias("unit_measure"),
            pl.format("{}.csv, row {}", pl.lit(name), pl.int_range(pl.len())).alias("reported_at"),
            *[pl.lit(value, pl.String).alias(column) for column, value in constant.items()],
        )
        .with_columns(pl.when(money).then(pl.lit("USD")).otherwise("unit_measure").alias("unit_measure"))
        .select([pl.col(column).cast(dtype) for column, dtype in SCHEMA.items()])
    )


def _collected(block: Block, drawn: pl.DataFrame) -> Collected:
    """A block as if a source had given it; each block has publications of its own."""
    by = block.published_by or block.name
    named = drawn.with_columns(pl.format("{}_{}", "source", pl.lit(by)).alias("source"))
    return Collected(
        source=Source(f"generated_{block.name}", Path()), rows_in=drawn.height, observations=Figures(named),
        targets=pl.DataFrame(schema=SCHEMA), findings=pl.DataFrame(schema=findings.SCHEMA),
        publications=_publications(named, block.name), faults=(),
    )  # fmt: skip


def _publications(drawn: pl.DataFrame, name: str) -> pl.DataFrame:
    """One a source and edition; editions come out a month after another."""
    editions = drawn.select("source", "vintage").unique().sort("source", "vintage").rows()
    rows = []
    for number, (source, vintage) in enumerate(editions):
        day = date(2025, 1, 1) + timedelta(days=31 * int(vintage.removeprefix("edition_")))
        rows.append(
            {
                "source": source,
                "vintage": vintage,
                "collection": f"generated_{name}",
                "publisher": f"Office {source}",
                "authority": AUTHORITIES[number % len(AUTHORITIES)],
                "title": f"Generated figures, {vintage}",
                "published_on": day.isoformat(),
                "retrieved_on": "2026-11-22",
                "known_from": day,
                "language": "en",
            }
        )
    return pl.DataFrame(rows, schema=register.SCHEMA)


def main(arguments: Sequence[str] | None = None) -> int:
    """Generate; prints the id and the size as JSON."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.generate", description="A large generated release."
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=10_000_000)
    words = parser.parse_args(arguments)
    release = generate(words.folder, words.rows)
    files = (words.folder / "releases" / release).rglob("*.parquet")
    print(json.dumps({"release": release, "parquet_mb": sum(f.stat().st_size for f in files) // 10**6}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
