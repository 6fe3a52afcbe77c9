"""Compare: which figures differ from those of the last good release, for a message to a person."""

from pathlib import Path

import polars as pl

from etl.errors import Fault, Kind
from etl.kept import files_of
from indicators.concepts.observation import CELL
from indicators.concepts.release import OBSERVATIONS, TARGETS, NoRelease, current_release

_SAME = ("obs_value", "obs_low", "obs_high", "hedge", "kind", "unit_measure", "obs_status", *CELL)


def differences(
    collection: str, observations: pl.DataFrame, targets: pl.DataFrame, processed: Path
) -> list[Fault]:
    """Figures lost, new or changed against the current release of the same collection."""
    try:
        folder = current_release(processed).folder
        last = pl.read_parquet(files_of(collection, (folder / OBSERVATIONS).glob("*.parquet")))
        mine = set(observations["source"]) | set(targets["source"]) | set(last["source"])
        old = pl.concat([last, pl.read_parquet(folder / TARGETS).filter(pl.col("source").is_in(list(mine)))])
    except (NoRelease, FileNotFoundError):
        return []
    new = pl.concat([observations, targets])
    lost = old.join(new, on="figure_id", how="anti")
    fresh = new.join(old, on="figure_id", how="anti")
    changed = new.join(old.select("figure_id", *_SAME), on="figure_id", suffix="_last").filter(
        pl.any_horizontal([pl.col(c).ne_missing(pl.col(f"{c}_last")) for c in _SAME])
    )
    return [
        *(_said(collection, row, "is gone", "the last release has it") for row in lost.to_dicts()),
        *(_said(collection, row, "is new", "the last release does not have it") for row in fresh.to_dicts()),
        *(_said(collection, row, f"is now {_value(row, '')}", f"the last release has {_value(row, '_last')}")
          for row in changed.to_dicts()),
    ]  # fmt: skip


def _value(row: dict[str, object], suffix: str) -> str:
    value = row[f"obs_value{suffix}"]
    said = "no value" if value is None else f"{value:f}".rstrip("0").rstrip(".")
    return f"{row[f'hedge{suffix}']} {said} {row[f'unit_measure{suffix}']}"


def _said(collection: str, row: dict[str, object], seen: str, expected: str) -> Fault:
    file, _, place = str(row["reported_at"]).partition(", row ")
    number = place.split(";")[0]
    what = f"{row['figure_id']} ({row['measure']} {row['ref_area']} {row['sector']} {row['time_period']})"
    return Fault(
        Kind.CHANGED_FILE, f"{collection} against the last release", file,
        int(number) if number.isdigit() and "gone" not in seen else None,
        None, f"{what} {seen}", expected, "Undo the change, or accept it with `python -m etl receive`.",
    )  # fmt: skip
