"""Claims and answers made up for charts."""

from datetime import date
from typing import Any

import polars as pl

from indicators.answer import FRAME, Answer
from indicators.catalogue import Catalogue
from indicators.query import Query

_USUAL = dict.fromkeys(FRAME) | {
    "sector": "creative_industries", "counterpart_area": "_Z", "freq": "A", "sex": "_T", "region": "_T",
    "period_basis": "stated", "unit_measure": "USD", "hedge": "exact", "obs_status": "A", "is_headline": True,
    "rivals": 0, "publisher": "office", "measure": "gva", "source": "s", "vintage": "v",
}  # fmt: skip


def claim(area: str, year: int, value: float | None, **said: Any) -> dict[str, Any]:
    """A claim of value added in dollars, stated exactly and of a stated year, unless said otherwise."""
    told = "-".join([area, str(year), said.get("sector", ""), said.get("publisher", "office")])
    own = {
        "figure_id": told, "ref_area": area, "time_period": str(year), "year": year,
        "period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "value": value, "low": value,
        "high": value,
    }  # fmt: skip
    return _USUAL | own | said


def made(catalogue: Catalogue, *claims: dict[str, Any], indicator: str = "value_added") -> Answer:
    """An answer of these claims, for Kazakhstan and Uzbekistan by name."""
    frame = pl.DataFrame(list(claims), infer_schema_length=None).select(FRAME)
    return Answer(Query(indicator, ("KAZ", "UZB")), catalogue[indicator], "release", frame, ())
