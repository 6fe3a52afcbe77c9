"""Flags of published values → their status, and what must be said beside them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from etl.coded import CODE
from etl.draft import Draft
from etl.errors import Fault, Kind
from etl.source import Vintage
from etl.steps.scale import to_base
from indicators.concepts.codelist import codelist
from indicators.concepts.observation import OBSERVED

HALF = Decimal("0.5")
TEXTS = {"conf_status": "conf_status", "obs_comment": "obs_comment", "kind": "kind"}
ENDS = {"low": "obs_low", "high": "obs_high"}
"""What a flag may say → our column."""


def flagged(figures: Draft, flags: Mapping[str, Any], vintage: Vintage) -> Draft:
    """What the flags of each value say of its status; an unknown flag is a fault.

    Args:
        figures: with `flags`, divided by spaces, and the columns of read_amounts.
        flags: flag, or flags that are explained together → obs_status, conf_status, kind, says, absent
            (the status where the value is missing), low and high (of a missing value).
        vintage: for messages.
    """
    frame = figures.frame
    if "kind" not in frame.columns:
        frame = frame.with_columns(kind=pl.lit(OBSERVED, CODE))
    known = {flag: dict(says) for flag, says in flags.items()}
    seen = frame["flags"].unique().sort().to_list()
    if seen == [""]:
        return figures.to(frame)
    unknown = [text for text in seen if any(flag not in known for flag in _apart(text, known))]
    faults = _unknown(figures, unknown, known, vintage) if unknown else []
    meanings = {text: _meaning(text, known) for text in seen if text not in unknown}
    said = {to for meaning in meanings.values() for to in meaning}
    missing = pl.col("obs_value").is_null()
    status = pl.when(missing).then(_said(meanings, "absent")).otherwise(_said(meanings, "obs_status"))
    changed = [pl.coalesce(status, "obs_status").alias("obs_status")]
    for to, column in TEXTS.items():
        changed += [pl.coalesce(_said(meanings, to), column).alias(column)] if to in said else []
    for end, column in ENDS.items():
        told = pl.when(missing).then(_said(meanings, end, pl.Float64))
        changed += [pl.coalesce(told, column).alias(column)] if end in said else []
    return figures.to(_nil(frame.with_columns(changed))).noting(faults)


def _nil(frame: pl.DataFrame) -> pl.DataFrame:
    """A missing value that its flag calls nil lies between none and half of the unit it is printed in."""
    nil = (pl.col("obs_status") == "N") & pl.col("obs_value").is_null() & pl.col("obs_low").is_null()
    halves = {m: float(to_base(HALF, m)) for m in frame["reported_unit_mult"].unique().to_list()}
    half = pl.col("reported_unit_mult").replace_strict(halves, default=None, return_dtype=pl.Float64)
    low, high = pl.when(nil).then(0.0).otherwise("obs_low"), pl.when(nil).then(half).otherwise("obs_high")
    return frame.with_columns(low.alias("obs_low"), high.alias("obs_high"))


def _unknown(figures: Draft, unknown: list[str], known: Mapping[str, Any], vintage: Vintage) -> list[Fault]:
    bad = figures.frame.filter(pl.col("flags").is_in(unknown)).select("file", "row", "flags").to_dicts()
    fix = f"Explain the flag in etl/sources/{vintage.source.id}/source.yaml."
    expected = f"expected {', '.join(known) or 'none'}"
    return [
        figures.fault(Kind.UNKNOWN_LABEL, row, "flags", f"the flag {row['flags']!r}", expected, fix)
        for row in bad
    ]


def _apart(text: str, known: Mapping[str, object]) -> list[str]:
    """The flags of one value; as one where they are explained together."""
    return [text] if text in known else text.split()


def _absences() -> list[str]:
    """Statuses that say why there is no value."""
    return [code for code, row in codelist("obs_status").rows.items() if row["absent"] or code == "N"]


def _said(
    meanings: Mapping[str, Mapping[str, Any]], to: str, dtype: pl.DataType | type[pl.DataType] = CODE
) -> pl.Expr:
    """What the flags of each value say of one column; null where they say nothing of it."""
    told = {text: meaning[to] for text, meaning in meanings.items() if to in meaning}
    return pl.col("flags").replace_strict(told, default=None, return_dtype=dtype)


def _meaning(text: str, known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """All that the flags of one value say; where two speak of one status the first stands.

    Of a missing value only a status of absence says anything: "b C" is a break, and suppressed.
    """
    said: dict[str, Any] = {}
    for flag in reversed(_apart(text, known)):
        if known[flag].get("obs_status") in _absences():
            said["absent"] = known[flag]["obs_status"]
        said |= {"obs_comment" if k == "says" else k: v for k, v in known[flag].items()}
    return said
