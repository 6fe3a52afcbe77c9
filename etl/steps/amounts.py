"""Amounts: the text of a cell → an exact decimal in base units, or a reason why there is none."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from etl.coded import CODE, distinct
from etl.draft import Draft
from etl.errors import Kind
from etl.steps.scale import EXACT, in_base, to_base
from indicators.concepts.observation import AMOUNT

NUMBER = re.compile(r"-?[0-9]{1,25}(\.[0-9]{1,16})?")
"""A machine-written number: dot for decimals, no grouping. Prose is read by `numeral.py`."""

WHOLE_DIGITS = 28
TOO_EXACT = f"expected at most {AMOUNT.scale} decimals and {WHOLE_DIGITS} digits before them, in base units"

MARK_COLUMNS = ("obs_status", "conf_status", "obs_low", "obs_high", "obs_comment")


def read_amounts(
    draft: Draft,
    *,
    value: str,
    mark: str | None = None,
    marks: Mapping[str, Any],
    unit_mult: str = "unit_mult",
) -> Draft:
    """Read the column `value` of a table, and the marks that stand in it or in the column `mark`.

    Args:
        draft: has the columns `value`, `mark` (if any) and `unit_mult`.
        value: the column of numbers as text.
        mark: the column of flags; None when marks stand in the value's own cell.
        marks: mark → its meaning: obs_status, and where they differ conf_status, low, high, says;
            `value: required` or `absent` says whether a number must stand beside the mark.
        unit_mult: the column with the power of ten, as text.

    Returns:
        The draft with obs_value (base units), obs_low, obs_high, obs_status, conf_status,
        obs_comment, reported_value and reported_unit_mult.
    """
    if draft.frame.is_empty():
        return draft
    read = _cells(draft.frame, value, mark, unit_mult)
    read = read.hstack(_meant(read, marks, beside=bool(mark)))
    read = read.hstack(_exact(read))
    doubtful = read.select((pl.col("wrong") | (pl.col("plain") & pl.col("obs_value").is_null())).arg_true())
    faults, held = [], dict[int, Decimal]()
    for at in doubtful.to_series():
        cell = read.row(at, named=True)
        number = cell["text"] if cell["plain"] else None
        wrong = _contradiction(cell["text"], number, cell["flag"], marks.get(cell["flag"]), bool(mark))
        wrong = wrong or _unheld(number, cell["power"])
        if wrong:
            row = draft.frame.row(at, named=True)
            faults.append(draft.fault(Kind.BAD_VALUE, row, value, repr(cell["text"]), wrong, _fix(draft)))
        elif number is not None:
            held[at] = to_base(Decimal(number), cell["power"])
    return draft.to(draft.frame.hstack(_finished(_with_held(read, held)))).noting(faults)


def _fix(draft: Draft) -> str:
    return f"Correct the cell, or explain the mark in etl/sources/{draft.where.split()[0]}/source.yaml."


def _cells(frame: pl.DataFrame, value: str, mark: str | None, unit_mult: str) -> pl.DataFrame:
    """Each cell as text, whether that is a number, its mark, and its power of ten."""
    read = frame.select(text=pl.col(value), power=_power(frame[unit_mult]))
    held = _held(read)
    if not held.all():  # a number that is held has no spaces around it
        read = read.with_columns(pl.col("text").str.strip_chars())
        held = _held(read)
    plain = held if held.all() else held | read["text"].str.contains(f"^(?:{NUMBER.pattern})$")
    bare = (
        pl.lit("")
        if plain.all(ignore_nulls=False)
        else pl.when(plain).then(pl.lit("")).otherwise(pl.col("text"))
    )
    flag = frame.select(pl.col(mark).str.strip_chars()).to_series() if mark else bare
    return read.with_columns(plain=plain, flag=flag, held=held)


def _power(mult: pl.Series) -> pl.Series:
    """Powers of ten of their texts, each text looked at once."""
    texts = pl.Series(distinct(mult), dtype=pl.String)
    powers = texts.str.strip_chars().cast(pl.Int16)
    return powers.new_from_index(0, len(mult)) if len(texts) == 1 else mult.replace_strict(texts, powers)


def _held(read: pl.DataFrame) -> pl.Series:
    """Whether each text is a number that obs_value surely holds, by its digits."""
    powers = read["power"].unique().to_list()
    sure = [
        (pl.col("power") == power if len(powers) > 1 else pl.lit(value=True))
        & pl.col("text").str.contains(it)
        for power in powers
        if power is not None and (it := _surely_held(power))
    ]
    held = pl.any_horizontal(*sure, pl.lit(value=False)).fill_null(value=False)
    return read.with_columns(held=held)["held"]


def _meant(read: pl.DataFrame, marks: Mapping[str, Any], *, beside: bool) -> pl.DataFrame:
    """What the mark of each cell says, and whether it contradicts the cell, as columns _MEANT.

    A table has many cells and few kinds of them, so each kind is looked at once.
    """
    cells = read.select("flag", "plain", blank=pl.col("text") == "")
    alone = not beside and read["plain"].all(ignore_nulls=False)
    kinds = cells.head(1) if alone else cells.unique()
    meant = []
    for flag, plain, blank in kinds.rows():
        text = "" if blank else "text"
        meaning = marks.get(flag)
        wrong = _contradiction(text, text if plain else None, flag, meaning, beside)
        said = meaning or {}
        meant.append((
            wrong is not None, said.get("low"), said.get("high"), said.get("obs_status", "A"),
            said.get("conf_status", "F"), said.get("says"),
        ))  # fmt: skip
    said_of = pl.DataFrame(meant, schema=_MEANT, orient="row")
    if len(meant) == 1:
        return pl.DataFrame([column.new_from_index(0, read.height) for column in said_of])
    known = kinds.hstack(said_of)
    return cells.join(known, on=kinds.columns, how="left", maintain_order="left").select(*_MEANT)


def _exact(read: pl.DataFrame) -> pl.DataFrame:
    """obs_value and `point` in base units; null for no number, or one so long that it is looked at alone."""
    powers = [power for power in read["power"].unique() if power is not None]
    based = [pl.when(pl.col("power") == power).then(in_base(pl.col("text"), power)) for power in powers]
    text = in_base(pl.col("text"), powers[0]) if len(powers) == 1 else pl.coalesce(*based, pl.lit(None))
    sound = read.select(pl.col("held") & ~pl.col("wrong")).to_series()
    text = text if sound.all(ignore_nulls=False) else pl.when(sound).then(text)
    return read.select(text.alias("text")).select(
        obs_value=pl.col("text").cast(AMOUNT, strict=False),
        point=pl.col("text").cast(pl.Float64, strict=False),
    )


def _surely_held(power: int) -> str:
    """A pattern of numbers that obs_value holds without a closer look, by their digits; "" for none."""
    before, after = min(25, WHOLE_DIGITS - max(power, 0)), min(16, AMOUNT.scale + power)
    if before < 1 or after < 0:
        return ""
    return f"^-?[0-9]{{1,{before}}}" + (rf"(\.[0-9]{{1,{after}}})?$" if after else "$")


def _with_held(read: pl.DataFrame, held: Mapping[int, Decimal]) -> pl.DataFrame:
    """With the amounts that were looked at alone."""
    if not held:
        return read
    more = pl.DataFrame(
        [(at, amount, float(amount)) for at, amount in held.items()],
        schema={"at": pl.UInt32, "value": AMOUNT, "its_point": pl.Float64}, orient="row",
    )  # fmt: skip
    return (
        read.with_row_index("at")
        .join(more, on="at", how="left", maintain_order="left")
        .with_columns(obs_value=pl.coalesce("obs_value", "value"), point=pl.coalesce("point", "its_point"))
    )


def _finished(read: pl.DataFrame) -> pl.DataFrame:
    """The columns that read_amounts adds."""
    there = pl.col("obs_value").is_not_null()
    whole = read["obs_value"].null_count() == 0
    ends = {
        f"obs_{end}": pl.col("point") if whole else pl.when(there).then("point").otherwise(end)
        for end in ("low", "high")
    }
    return read.select(
        "obs_value", *(it.alias(name) for name, it in ends.items()),
        "obs_status", "conf_status", "obs_comment",
        pl.when(pl.col("text") != "").then("text").alias("reported_value"),
        pl.col("power").cast(pl.Int8).alias("reported_unit_mult"),
    )  # fmt: skip


_MEANT: dict[str, Any] = {
    "wrong": pl.Boolean, "low": pl.Float64, "high": pl.Float64, "obs_status": CODE,
    "conf_status": CODE, "obs_comment": CODE,
}  # fmt: skip
"""What a mark says of its cell."""


def _contradiction(
    text: str, number: str | None, flag: str, meaning: Mapping[str, Any] | None, beside: bool
) -> str | None:
    if meaning is None:
        return f"expected a number such as 1234.5 or a known mark, not {flag or text!r}"
    if beside and text and number is None:
        return "expected a number such as 1234.5"
    if number is None and meaning.get("value", "required") == "required":
        return "expected a number: no mark says why it is missing"
    if number is not None and meaning.get("value") == "absent":
        return f"expected no number beside the mark {flag!r}"
    return None


def _unheld(number: str | None, power: int) -> str | None:
    """Why the amount cannot be held exactly, or None: nothing is cut and nothing is lost."""
    if number is None:
        return None
    return None if holds(to_base(Decimal(number), power)) else TOO_EXACT


def holds(amount: Decimal) -> bool:
    """Whether the type of obs_value holds an amount to its last digit."""
    _, digits, exponent = EXACT.normalize(amount).as_tuple()
    decimals = max(-int(exponent), 0)
    return decimals <= AMOUNT.scale and len(digits) + int(exponent) <= WHOLE_DIGITS
