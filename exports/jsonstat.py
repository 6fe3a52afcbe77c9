"""JSON-stat 2.0: a dataset whose cells are unique, with what must be said of a figure beside it.

Dimensions  area (geo), period (time), indicator in a unit (metric), sector, sex, frequency, partner, and
            `claim`: H is the headline, R1, R2 … are its rivals; a second headline, where a rule keeps
            every claim, is H2.
Values      sparse: place in the cube → number; a missing value has no number but a status.
Extension   `observation`: place → all other columns of the row: interval, hedge, figure id, source …

Written here because the known writer of the format asks for an older pandas (ADR 0040).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from operator import mul
from typing import Any

import orjson
import polars as pl

from exports.columnar import about_of
from exports.columns import COLUMNS
from exports.table import Table
from indicators.concepts.codelist import codelist
from indicators.language import Language, message

DIMENSIONS = ("ref_area", "time_period", "indicator", "sector", "sex", "freq", "counterpart_area", "claim")
ROLE = {"geo": ["ref_area"], "time": ["time_period"], "metric": ["indicator"]}
CLAIM = message("Claim")
HEADLINE, RIVAL = message("Headline"), message("Rival")
_WHOLE = ("indicator_label", "release", "kind", "unit_label", "ref_area_label", "sector_label",
          "obs_status_label")  # fmt: skip
"""Said once for the whole or by a label, so not again beside every observation."""
_TITLES = {c.name: c.title for c in COLUMNS} | {"claim": CLAIM}
_LISTS = {c.name: c.codes for c in COLUMNS if c.codes}


def jsonstat(table: Table) -> bytes:
    """The table as one JSON-stat dataset, UTF-8."""
    frame = _placed(_celled(table))
    categories = {name: _codes(frame, name) for name in DIMENSIONS}
    places = _places(frame, categories)
    rows = list(zip(map(str, places), frame.iter_rows(named=True), strict=True))
    dataset = {
        "version": "2.0",
        "class": "dataset",
        "label": table.title,
        "source": "; ".join(table.publications["publisher"].drop_nulls().unique(maintain_order=True)),
        "updated": _updated(frame),
        "note": table.notes,
        "id": list(DIMENSIONS),
        "size": [len(codes) for codes in categories.values()],
        "role": ROLE,
        "dimension": {name: _dimension(table, frame, name, codes) for name, codes in categories.items()},
        "value": {place: row["value"] for place, row in rows if row["value"] is not None},
        "status": {place: row["obs_status"] for place, row in rows if row["obs_status"]},
        "extension": {
            **about_of(table),
            "status": _labels(table.language, "obs_status", sorted(set(frame["obs_status"].drop_nulls()))),
            "observation": {place: _beside(row) for place, row in rows},
        },
    }
    return orjson.dumps({k: v for k, v in dataset.items() if v or k in ("value", "size")})


def _celled(table: Table) -> pl.DataFrame:
    """The rows with codes for every dimension but the claim; a carried figure stands in the year it fills."""
    frame = table.frame
    units = frame["unit_measure"].n_unique()
    carried = pl.col("carried_from").is_not_null()
    return frame.with_columns(
        pl.when(carried).then(pl.col("year").cast(pl.String)).otherwise("time_period").fill_null("_X")
        .alias("time_period"),
        (pl.concat_str("indicator", "unit_measure", separator=".", ignore_nulls=True) if units > 1
         else pl.col("indicator")).alias("indicator"),
        *(pl.col(name).fill_null("_Z") for name in ("ref_area", "sector", "sex", "freq", "counterpart_area")),
    )  # fmt: skip


def _placed(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with the dimension `claim`, which tells those of one cell apart."""
    cell = [name for name in DIMENSIONS if name != "claim"]
    number = pl.int_range(1, pl.len() + 1).over([*cell, "is_headline"])
    code = pl.when(~pl.col("is_headline")).then(pl.format("R{}", number))
    return frame.with_columns(
        code.when(number == 1).then(pl.lit("H")).otherwise(pl.format("H{}", number)).alias("claim")
    )


def _codes(frame: pl.DataFrame, name: str) -> list[str]:
    """The codes that occur: periods and claims in their order, others as the table has them."""
    found: list[str] = frame[name].unique(maintain_order=True).to_list()
    if name == "claim":
        return sorted(found, key=lambda code: (code[0], int(code[1:] or 1)))
    return sorted(found) if name == "time_period" else found


def _places(frame: pl.DataFrame, categories: Mapping[str, Sequence[str]]) -> list[int]:
    """The place of every row in the cube, the last dimension running fastest."""
    sizes = [len(codes) for codes in categories.values()]
    steps = list(accumulate(reversed(sizes[1:]), mul, initial=1))[::-1]
    places = [0] * frame.height
    for (name, codes), step in zip(categories.items(), steps, strict=True):
        at = {code: number * step for number, code in enumerate(codes)}
        places = [place + at[code] for place, code in zip(places, frame[name], strict=True)]
    return places


def _dimension(table: Table, frame: pl.DataFrame, name: str, codes: Sequence[str]) -> dict[str, Any]:
    labels = _labels(table.language, name, codes)
    category: dict[str, Any] = {"index": list(codes), "label": labels}
    if name == "indicator":
        units = dict(frame.select("indicator", "unit_measure").unique(maintain_order=True).iter_rows())
        named = {code: table.language.label("unit", unit or "") for code, unit in units.items()}
        category["label"] = {
            code: f"{table.title}, {named[code]}" if len(codes) > 1 else table.title for code in codes
        }
        category["unit"] = {code: _unit(table, units[code], named[code]) for code in codes}
    return {"label": table.language.text(_TITLES[name]), "category": category}


def _unit(table: Table, code: str | None, label: str) -> dict[str, Any]:
    unit = {"label": label, "decimals": table.answer.indicator.decimals}
    symbol = codelist("unit").rows.get(code or "", {}).get("symbol")
    return {**unit, "symbol": symbol} if symbol else unit


def _labels(language: Language, name: str, codes: Sequence[str]) -> dict[str, str]:
    if name == "claim":
        said = {"H": language.text(HEADLINE), "R": language.text(RIVAL)}
        return {code: f"{said[code[:1]]} {code[1:]}".strip() for code in codes}
    listed = _LISTS.get(name) or name
    if name in _LISTS or name == "obs_status":
        return {code: language.label(listed, code) for code in codes}
    return {code: code for code in codes}


def _updated(frame: pl.DataFrame) -> str | None:
    """The newest day of which a figure of it was known."""
    day = frame["known_from"].max()
    return f"{day.isoformat()}T00:00:00Z" if isinstance(day, date) else None


def _beside(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says beside its codes, its value and its status; what is empty is left out."""
    said = {**dict.fromkeys(DIMENSIONS), "value": None, "obs_status": None}
    return {k: v for k, v in row.items() if v is not None and k not in said and k not in _WHOLE}
