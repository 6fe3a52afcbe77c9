"""Numbers that a spreadsheet keeps as 0.05 and shows as 5 %: which they are, and under which labels."""

import polars as pl

from etl.readers.cells import ATTRIBUTE, TEXT, VALUE, Table

SHOWN_AS = f"{ATTRIBUTE}number_format"
"""Attribute of cells of a workbook: what the format writes beside the number, "%" or "₸"."""
WHOLE = ""
"""In place of a dimension: every number of the table is shown in per cent."""
UNTOLD = "?"
"""In place of a dimension: some are, and no dimension tells which."""


def stored() -> pl.Expr:
    """Whether a cell is kept as a hundredth of what it shows; a text such as "5%" is kept as it is read."""
    sign = (pl.col(SHOWN_AS) == "%") & ~pl.col(TEXT).str.contains("%", literal=True)
    return sign.fill_null(value=False)


def percents(table: Table) -> dict[str, list[str]]:
    """Dimension → codes of which every number is kept so, where a dimension tells it; or WHOLE, or UNTOLD."""
    if SHOWN_AS not in table.cells.columns:
        return {}
    cells = table.cells.filter(pl.col(VALUE).is_not_null()).with_columns(stored().alias("_stored"))
    if not cells["_stored"].any():
        return {}
    if cells["_stored"].all():
        return {WHOLE: []}
    found = {d.id: codes for d in table.dimensions if (codes := _told(cells, d.id))}
    return found or {UNTOLD: []}


def _told(cells: pl.DataFrame, name: str) -> list[str]:
    """The codes of a dimension that has them shown in per cent always or never; none for another."""
    both = cells.group_by(name, maintain_order=True).agg(
        pl.col("_stored").all().alias("all"), pl.col("_stored").any().alias("any")
    )
    return both.filter("all")[name].to_list() if (both["all"] == both["any"]).all() else []
