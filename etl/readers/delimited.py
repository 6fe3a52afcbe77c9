"""CSV and TSV without a standard: any delimiter, preamble and notes around the table, long or wide."""

from dataclasses import replace
from pathlib import Path

import polars as pl

from etl.readers import layout as layouts
from etl.readers.cells import Publication
from etl.readers.keys import has_twice
from etl.readers.layout import Layout
from etl.readers.records import Records, parse
from etl.readers.tabulate import Source, tabulate
from etl.readers.text import Text, load

QUOTED = r'^\s*"(.*)"\s*$'


def read(
    path: Path,
    format: str,
    layout: Layout | None = None,
    part: Text | None = None,
    decimal: str | None = None,
) -> Publication:
    """A delimited file as one table.

    Args:
        path: the file, unpacked.
        format: "csv" or "tsv".
        layout: what each column is, where a person has said it; None to infer it.
        part: some of its text, with the header; None for all of it.
        decimal: "." or ",", what a person says where the figures leave it open.

    Raises:
        BadFile: not a delimited table, ragged rows, an open quotation, one key twice.
    """
    text = part or load(path)
    records = parse(text, "\t" if format == "tsv" and b"\t" in text.data[:65536] else None)
    return publication(path, format, text.encoding, records, layout, decimal)


def publication(
    path: Path,
    format: str,
    encoding: str,
    records: Records,
    layout: Layout | None,
    decimal: str | None = None,
) -> Publication:
    """What records become: the table under its layout, with preamble as attributes and notes below."""
    frame = unquoted(records.frame)
    chosen = layout or settled(frame, layouts.infer(frame))
    attributes, title = _preamble(records.before)
    source = Source(path.stem, records.columns, records.delimiter, asks=True, decimal=decimal)
    table, said = tabulate(frame, chosen, source, title=title, attributes=attributes, notes=records.notes)
    remarks = (*records.remarks, *said, *_layout_remark(frame, chosen, layout))
    return Publication(path, format, encoding, (table,), remarks)


def unquoted(frame: pl.DataFrame) -> pl.DataFrame:
    """Fields whose quotation marks stand behind a space, without both."""
    first = frame.row(0)
    odd = [
        c
        for c, v in zip(frame.columns, first, strict=True)
        if isinstance(v, str) and v[:1] == " " and '"' in v
    ]
    return frame.with_columns(pl.col(c).str.replace(QUOTED, "$1") for c in odd) if odd else frame


def settled(frame: pl.DataFrame, layout: Layout) -> Layout:
    """A layout under which no key stands twice: labels and attributes become dimensions where it takes them.

    Raises:
        BadFile: no column tells the rows apart; named by `tabulate` when it comes to it.
    """
    if not layout.values or not has_twice(frame, layout.dimensions):
        return layout
    spare = (*layout.labels.values(), *layout.attributes)
    added = list(layout.dimensions)
    for name in spare:
        added.append(name)
        if not has_twice(frame, added):
            rest = tuple(c for c in layout.attributes if c not in added)
            labels = {k: v for k, v in layout.labels.items() if v not in added}
            return replace(layout, dimensions=tuple(added), attributes=rest, labels=labels)
    return layout


def _preamble(before: tuple[tuple[str, ...], ...]) -> tuple[dict[str, str], str | None]:
    """Records above the header: pairs are attributes, the first lone one is the title."""
    pairs = {r[0].strip().rstrip(":"): r[1].strip() for r in before if len(r) == 2}
    lone = [r[0].strip() for r in before if len(r) == 1]
    extra = {f"preamble {at}": " ".join(c.strip() for c in r) for at, r in enumerate(before, 1) if len(r) > 2}
    extra |= {f"heading {at}": words for at, words in enumerate(lone[1:], 2)}
    return pairs | extra, lone[0] if lone else None


def _layout_remark(frame: pl.DataFrame, used: Layout, given: Layout | None) -> tuple[str, ...]:
    if given is not None:
        return ()
    aside = tuple(
        f"column {name}: its figures are no cells, for its name is no period as those of the others are"
        for name in layouts.left_aside(frame, used)
    )
    values = ", ".join(used.values[:6]) + (" …" if len(used.values) > 6 else "")
    return (
        f"layout inferred: dimensions {', '.join(used.dimensions) or 'none'}; figures {values or 'none'}",
        *aside,
    )
