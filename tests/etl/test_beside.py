"""Beside: one edition of one publisher says a thing once, however many collections keep it."""

from datetime import date
from decimal import Decimal

import polars as pl

from etl.steps.beside import not_yet_stated
from indicators.concepts.observation import AMOUNT, CELL

DAY = date(2025, 7, 1)


def stated(source, *values, unit="KZT", area="KAZ"):
    rows = [
        dict.fromkeys(CELL, "_T")
        | {"measure": "exchange_rate", "ref_area": area, "time_period": str(year), "unit_measure": unit}
        | {"source": source, "vintage": "v", "obs_value": None if v is None else Decimal(v)}
        for year, v in values
    ]
    return pl.DataFrame(rows, schema_overrides={"obs_value": AMOUNT})


def published(source, publisher="World Bank", day=DAY):
    return pl.DataFrame({"source": [source], "vintage": ["v"], "publisher": [publisher], "known_from": [day]})


COMPILED = stated("compiled", (2005, "132.88"), (2006, "126.089"))
WHOLE = stated("whole", (1999, "119.52"), (2005, "132.8800001"), (2006, "126.0889"), (2007, None))


def kept(whole=WHOLE, register=None, compiled=COMPILED):
    made = not_yet_stated(
        whole, published("whole") if register is None else register, compiled, published("compiled")
    )
    return made["time_period"].to_list()


def test_what_the_compilation_rounded_is_the_same_figure():
    assert kept() == ["1999", "2007"]


def test_another_amount_of_the_same_edition_stays_as_a_contradiction():
    assert kept(stated("whole", (2005, "132.98"))) == ["2005"]


def test_another_unit_is_another_figure():
    assert kept(stated("whole", (2005, "132.88"), unit="EUR")) == ["2005"]


def test_another_edition_or_another_publisher_is_no_repetition():
    assert len(kept(register=published("whole", day=date(2024, 6, 28)))) == 4
    assert len(kept(register=published("whole", publisher="IMF"))) == 4


def test_two_figures_of_one_cell_in_the_compilation_double_nothing():
    assert kept(compiled=pl.concat([COMPILED, COMPILED])) == ["1999", "2007"]
    assert not_yet_stated(WHOLE, published("whole"), COMPILED, published("compiled")).columns == WHOLE.columns
