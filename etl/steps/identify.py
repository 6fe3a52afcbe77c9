"""Identify: a short, stable, citable id for every figure.

A ledger gives its figures an id by hand (KAZ-056). A table's figure is named by what it is: the
same source, vintage and cell give the same ten characters in every release, on every machine.
"""

import base64
import hashlib

import polars as pl

from etl.draft import Draft
from indicators.concepts.observation import CELL

LENGTH = 10


def identify(draft: Draft) -> Draft:
    """Add figure_id where the frame has none, from source, vintage and cell."""
    if "figure_id" in draft.frame.columns or draft.frame.is_empty():
        return draft
    names = draft.frame.select(pl.concat_str(["source", "vintage", *CELL], separator="|")).to_series()
    return draft.to(
        draft.frame.with_columns(pl.Series("figure_id", [figure_id(n) for n in names], pl.String))
    )


def figure_id(name: str) -> str:
    """Ten characters of base 32 (A–Z, 2–7): 50 bits of the SHA-256 of `name`."""
    return base64.b32encode(hashlib.sha256(name.encode()).digest()[:7]).decode()[:LENGTH]
