"""SDMX-CSV: one row an observation; version 2.0 and the older 1.0. Text stays as it is, as for every machine.

A line break inside a text becomes a space: readers of SDMX-CSV take a line for a row.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO

import polars as pl

from exports.sdmx.components import AGENCY, EVERYTHING, VERSION
from exports.sdmx.rows import END, START
from exports.text import clean, columns_with

INFORMATION = "I"
AWKWARD = r"[\x00-\x1f\x{85}\x{2028}\x{2029}\x{fffe}\x{ffff}]"
"""What a text may hold that is replaced or left out; one look at most texts, which hold none."""
BREAKS = r"[\n\r\x0b\x0c\x1c-\x1e\x{85}\x{2028}\x{2029}]+"


def csv(frames: Iterable[pl.DataFrame], flow: str = EVERYTHING, *, version: str = "2.0") -> Iterator[bytes]:
    """The message, a part at a time.

    Args:
        frames: shape of rows.rows, or some of its columns; all alike.
        flow: id of the dataflow.
        version: "2.0" or "1.0".
    """
    name = f"{AGENCY}:{flow}({VERSION})"
    first = {"STRUCTURE": "dataflow", "STRUCTURE_ID": name, "ACTION": INFORMATION}
    if version == "1.0":
        first = {"DATAFLOW": name}
    for number, frame in enumerate(frames):
        target = BytesIO()
        shown = frame.drop(START, END, strict=False)
        _plain(shown).select(*(pl.lit(v).alias(k) for k, v in first.items()), pl.all()).write_csv(
            target, include_header=not number, line_terminator="\r\n", date_format="%Y-%m-%d"
        )
        yield target.getvalue()


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    awkward = columns_with(frame, AWKWARD)
    return frame.with_columns(clean(frame.select(pl.col(awkward).str.replace_all(BREAKS, " "))))
