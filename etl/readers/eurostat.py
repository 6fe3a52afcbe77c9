"""Eurostat TSV: keys of a series in the first column, periods as columns, flags behind the figures."""

from pathlib import Path

import polars as pl

from etl.readers import numbers
from etl.readers.cells import ROW, BadFile, Publication
from etl.readers.layout import AREA_NAME, TIME_NAME, UNIT_NAME, Layout
from etl.readers.records import parse
from etl.readers.tabulate import Source, tabulate
from etl.readers.text import Text, load


def read(path: Path, format: str, layout: Layout | None = None, part: Text | None = None) -> Publication:
    r"""A Eurostat TSV as one table.

    Args:
        path: the file, unpacked.
        format: "eurostat-tsv".
        layout: only its `decimal` is looked at; the header says the rest.
        part: some of its text, with the header; None for all of it.

    Raises:
        BadFile: the first header is not "dimension,…\column dimension", or a row has other keys.
    """
    text = part or load(path)
    records = parse(text, "\t")
    first, *periods = records.columns
    keys, across = _header(first)
    frame = _with_keys(records.frame, first, keys)
    roles = {
        d: r
        for d in (*keys, across)
        for r, p in (("time", TIME_NAME), ("unit", UNIT_NAME), ("area", AREA_NAME))
        if p.match(d)
    }
    chosen = Layout(keys, tuple(periods), across, decimal=layout.decimal if layout else ".", roles=roles)
    source = Source(path.name.split(".")[0], records.columns, "\t")
    table, said = tabulate(frame, chosen, source, notes=records.notes)
    odd = [p for p in periods if roles.get(across) == "time" and not numbers.is_period(p)]
    remarks = (f"columns that are no periods: {', '.join(odd[:5])}",) if odd else ()
    return Publication(path, format, text.encoding, (table,), (*records.remarks, *said, *remarks))


def _header(first: str) -> tuple[tuple[str, ...], str]:
    """The first header → dimensions of the rows, dimension of the columns."""
    rows, sign, across = first.partition("\\")
    keys = tuple(k.strip() for k in rows.split(","))
    if not sign or not across.strip() or not all(keys) or len(set(keys)) < len(keys):
        raise BadFile(
            "row 1, column 1",
            repr(first[:80]),
            "dimensions as in 'freq,unit,geo\\TIME_PERIOD'",
            "Read the file as TSV, or fetch it again.",
        )
    return keys, across.strip()


def _with_keys(frame: pl.DataFrame, first: str, keys: tuple[str, ...]) -> pl.DataFrame:
    """The frame with a column for each dimension in place of the first column."""
    wrong = frame.filter(pl.col(first).str.count_matches(",", literal=True) != len(keys) - 1)
    if wrong.height:
        raise BadFile(
            f"row {wrong[ROW][0]}, column 1",
            repr(wrong[first][0][:80]),
            f"{len(keys)} keys divided by commas",
            "Fetch the file again; it may have been cut off.",
        )
    parts = pl.col(first).str.split_exact(",", len(keys) - 1).struct
    split = [parts.field(f"field_{at}").str.strip_chars().alias(key) for at, key in enumerate(keys)]
    return frame.select(*split, pl.exclude(first))
