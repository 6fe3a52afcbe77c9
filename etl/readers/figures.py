"""Printed numbers and keys: what the readers of statistical formats have in common.

A text is a number or it is a mark; there is nothing between.
"""

import math
from collections.abc import Iterable, Sequence

import polars as pl

from etl.readers.bad_file import together
from etl.readers.cells import ATTRIBUTE, MARK, OWN, TEXT, VALUE, BadFile

NUMERAL = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?$"
"""A number as formats for machines write it: a point for decimals, no separator of thousands."""


ENDLESS = r"(?i)^[+-]?inf(?:inity)?$"
FLAG_IDS = ("OBS_STATUS", "OBS_FLAG", "CONF_STATUS", "OBS_CONF", "CONF_STATUS_OBS")
"""Attributes of SDMX that are flags of a cell."""


def read_numbers(texts: pl.Series) -> dict[str, pl.Series]:
    """Texts as the columns VALUE, TEXT and MARK.

    Args:
        texts: strings as printed; null where the file has no value.

    Returns:
        The number where the text is one; else the mark, which is the text, "" for an empty one or null.

    Raises:
        BadFile: numerals that no 64-bit number can hold (1 followed by 999 zeros), or infinity by name.
    """
    texts = texts.cast(pl.String)
    trimmed = texts.str.strip_chars()
    numeral = trimmed.str.contains(NUMERAL).fill_null(value=False)
    values = trimmed.set(~numeral, None).cast(pl.Float64, strict=True)
    huge = values.is_infinite().fill_null(value=False).arg_true()
    endless = trimmed.str.contains(ENDLESS).fill_null(value=False).arg_true()
    faults = [BadFile(f"value {at + 1}", f"the number {texts[at][:40]}", "a number below 1.8e308",
                      "Ask the publisher for the file again.") for at in huge]  # fmt: skip
    faults += [BadFile(f"value {at + 1}", f"the value {texts[at]}", "a number or a mark of absence",
                       "No count is without end: ask the publisher.") for at in endless]  # fmt: skip
    if faults:
        raise together(faults)
    marks = trimmed.fill_null("").set(numeral, None)
    return {VALUE: values, TEXT: texts, MARK: marks}


def flags_of(wide: pl.DataFrame) -> pl.Series:
    """Flags of each cell by space, from the attributes that are flags; null for none."""
    present = [pl.col(ATTRIBUTE + f) for f in FLAG_IDS if ATTRIBUTE + f in wide.columns]
    if not present:
        return pl.repeat(None, wide.height, dtype=pl.String, eager=True)
    joined = wide.select(pl.concat_str(*present, separator=" ", ignore_nulls=True)).to_series()
    return joined.set(joined == "", None)


def with_groups(
    wide: pl.DataFrame, dimensions: Sequence[str], groups: pl.DataFrame, remarks: list[str]
) -> pl.DataFrame:
    """Cells with the attributes of their groups; what a cell says itself stands.

    Args:
        wide: a column per dimension, and attributes that begin with "@".
        dimensions: names of the columns that are the key.
        groups: a row per group: some dimensions filled, and attributes.
        remarks: gets a word for each group without a dimension.
    """
    if not groups.height or not wide.height:
        return wide
    keyed = [d for d in dimensions if d in groups.columns]
    shape = pl.concat_list([pl.col(d).is_not_null() for d in keyed]) if keyed else pl.lit([False])
    for part in groups.with_columns(_shape=shape).partition_by(
        "_shape", maintain_order=True, include_key=False
    ):
        key = [d for d in keyed if part[d][0] is not None]
        said = [c for c in part.columns if c[0] == ATTRIBUTE and part[c].count()]
        if not key or not said:
            remarks.append("a group names no dimension of its data set, or says nothing; it was left out")
            continue
        last = part.group_by(key, maintain_order=True).agg(pl.col(c).drop_nulls().last() for c in said)
        joined = wide.join(last, on=key, how="left", suffix="|group", maintain_order="left")
        both = [c for c in said if c in wide.columns]
        wide = joined.with_columns(pl.coalesce(c, f"{c}|group").alias(c) for c in both).drop(
            f"{c}|group" for c in both
        )
    return wide


def sound_names(names: Sequence[str], place: str) -> None:
    """Names of dimensions can be columns: not empty, each once, none of ours.

    Raises:
        BadFile: a name that cannot be a column.
    """
    for i, name in enumerate(names):
        if not name or name in OWN or name.startswith("@"):
            raise BadFile(
                place, f"a dimension named {name!r}", "a name", "Ask the publisher for the file again."
            )
        if name in names[:i]:
            raise BadFile(place, f"the dimension {name!r} twice", "each dimension once",
                          "Ask the publisher for the file again.")  # fmt: skip


def cells_of(sizes: Iterable[int]) -> int:
    """Number of cells of a cube, without making it."""
    return math.prod(sizes)
