"""GDP, population, employment, deflator and exchange rate of 83 economies, 2005 to 2024.

Raw      six CSV: economy and year down; the publication each cell comes from, and flags.
Reports  gdp (dollars and local currency), population, employment of the whole economy,
         gdp_deflator (2015 = 100), exchange_rate (local units for one dollar).
Facts    source.yaml (flags), currency.csv (the currency unit of an economy's whole series: euro
         members have the euro in all years), publications.csv beside the raw files.
"""

import polars as pl

from etl.draft import Draft
from etl.errors import Kind
from etl.publications import register
from etl.source import Vintage
from etl.steps.amounts import read_amounts
from etl.steps.harmonise import to_codes
from etl.steps.periods import read_periods
from etl.steps.reshape import by_file, fill

REGISTER = "data/raw/world_context/…/publications.csv"


def normalise(printed: Draft, vintage: Vintage) -> Draft:
    """One observation a cell; an empty cell is a figure that is not available."""
    source = vintage.source
    currency = source.table("currency")
    figures = by_file(printed, vintage)
    figures = to_codes(figures, "area", "ref_area", {a: a for a in currency}, "currency.csv")
    figures = to_codes(figures, "area", "currency", currency, "currency.csv")
    figures = read_amounts(figures, value="value", marks=source.facts["marks"])
    figures = _flags(_units(_absent(figures)), source.facts["flags"])
    names = {"": source.id} | {p: p for p in register(vintage)["publication"]}
    figures = to_codes(figures, "publication", "source", names, REGISTER)
    vintages = {source.id: vintage.name} | dict(
        register(vintage).select("publication", "vintage").iter_rows()
    )
    figures = to_codes(figures, "source", "vintage", vintages, REGISTER)
    return fill(read_periods(figures, "year"), vintage)


def _absent(figures: Draft) -> Draft:
    empty = pl.col("obs_value").is_null()
    status = pl.when(empty).then(pl.lit("O")).otherwise("obs_status").alias("obs_status")
    said = pl.when(empty).then(pl.lit("Not available")).otherwise("obs_comment").alias("obs_comment")
    return figures.to(figures.frame.with_columns(status, said))


def _units(figures: Draft) -> Draft:
    own = pl.col("unit_measure") == ""
    unit = pl.when(own).then("currency").otherwise("unit_measure").alias("unit_measure")
    return figures.to(figures.frame.with_columns(unit))


def _flags(figures: Draft, known: dict[str, dict[str, str]]) -> Draft:
    """Flags become remarks, and where they say so a status; the first year of another source is a break."""
    said, status, faults = [], [], []
    broken: set[str] = set()
    for row in figures.frame.sort("file", "area", "year").iter_rows(named=True):
        names = [flag.split("(")[0].split(" in ")[0] for flag in row["flags"].split("; ") if flag]
        for name in (n for n in names if n not in known):
            fix = "Explain the flag in etl/sources/world_context/source.yaml."
            faults.append(
                figures.fault(
                    Kind.UNKNOWN_LABEL,
                    row,
                    "flags",
                    f"{name!r} has no meaning",
                    f"expected {', '.join(known)}",
                    fix,
                )
            )
        marks = [known[n] for n in names if n in known]
        changed = "emp_source_change_after_2019" in names and row["area"] not in broken
        if changed:
            broken.add(row["area"])
        own = [m["obs_status"] for m in marks if "obs_status" in m] or (["B"] if changed else [])
        status.append(own[0] if own else row["obs_status"])
        words = [f"{m['says']} [{flag}]" for m, flag in zip(marks, row["flags"].split("; "), strict=False)]
        said.append("; ".join(words) or row["obs_comment"])
    ordered = figures.frame.sort("file", "area", "year")
    columns = [pl.Series("obs_status", status, pl.String), pl.Series("obs_comment", said, pl.String)]
    return figures.to(ordered.with_columns(columns)).noting(faults)
