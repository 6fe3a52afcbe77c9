"""Denominators and rates as published: World Bank series in all their editions, rates of the ECB.

Each is held to its file as the csv module of Python reads it, and to figures looked up by eye.
"""

import csv
from collections import Counter
from decimal import Decimal

import polars as pl
import pytest

from etl import run
from etl.source import SOURCES, sources
from indicators.concepts.codelist import codelist
from indicators.concepts.observation import CELL
from indicators.concepts.release import current_release
from tests.conftest import RAW, silent
from tests.published.at_hand import OFFICIAL, collected, needs_official, observed, value, world_bank, zipped

pytestmark = needs_official
W = "worldbank_wdi_"
ECB = "ecb_reference_rates"
FILES = {  # source and vintage → file, lines before its header
    ("gdp_usd", "2024-06-28"): ("NY.GDP.MKTP.CD_DS2_en_csv_v2_2002465", 4),
    ("gdp_usd", "2026-05"): ("NY.GDP.MKTP.CD_DS2_en_csv_v2_126992", 0),
    ("gdp_lcu", "2024-06-28"): ("NY.GDP.MKTP.CN_DS2_en_csv_v2_2001080", 4),
    ("gdp_lcu", "2025-03-24"): ("NY.GDP.MKTP.CN_DS2_en_csv_v2_26332", 4),
    ("gdp_constant", "2024-06-28"): ("NY.GDP.MKTP.KN_DS2_en_csv_v2_2001151", 4),
    ("gdp_constant", "2025-03-24"): ("NY.GDP.MKTP.KN_DS2_en_csv_v2_13325", 4),
    ("exchange_rate", "2025-07-01"): ("PA.NUS.FCRF_DS2_en_csv_v2_22859", 4),
    ("labour_force", "2025-06-05"): ("SL.TLF.TOTL.IN_DS2_en_csv_v2_73823", 4),
}


def table(path):
    with (SOURCES / path).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def known(source, area, year):
    """Whether the source takes a cell: an area of ours, or a unit that is known for the year."""
    if source in ("gdp_usd", "labour_force"):
        return area in codelist("area")
    name = f"{W}exchange_rate" if source == "exchange_rate" else f"{W}gdp_lcu"
    if source == "gdp_lcu" and area == "USA":
        return False
    rows = table(f"{name}/currency.csv")
    return any(a == area and first <= year and (not last or year <= last) for a, _, first, last in rows)


@pytest.mark.parametrize(("source", "vintage"), FILES)
def test_an_edition_has_the_figures_of_its_file_and_no_other(source, vintage):
    name, skip = FILES[source, vintage]
    ours = observed(W + source, vintage=vintage).filter(pl.col("obs_value").is_not_null())
    found = {(r["ref_area"], r["time_period"]): float(r["obs_value"]) for r in ours.to_dicts()}
    cache: dict[tuple[str, str], bool] = {}
    wanted = {
        (area, year): float(text)
        for area, year, text in world_bank(f"worldbank_wdi/API_{name}.csv", skip)
        if cache.setdefault((area, year), known(source, area, year))
    }
    assert found.keys() == wanted.keys()
    rounding = 1e-6 if source == "exchange_rate" else 1e-9
    assert all(found[k] == pytest.approx(v, rel=rounding) for k, v in wanted.items())


def test_population_has_the_figures_of_its_file_but_the_groups():
    with (OFFICIAL / "worldbank_via_datahub" / "population.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["Country Code"] in codelist("area")]
    figures = observed(W + "population")
    assert figures.height == len(rows) == 14075
    assert figures["obs_value"].sum() == sum(int(float(r["Value"])) for r in rows)


def test_what_is_left_aside_are_the_groups_of_the_world_bank_and_nothing_else():
    aside = {code for code, _ in table(f"{W}gdp_usd/aggregate.csv")}
    name, skip = FILES["gdp_usd", "2026-05"]
    there = {area for area, _, _ in world_bank(f"worldbank_wdi/API_{name}.csv", skip)}
    assert there - aside <= set(codelist("area"))
    assert not aside & set(codelist("area"))


@pytest.mark.parametrize(
    ("area", "year", "before", "after"),
    [("NGA", "2022", 0.34, 0.42), ("SAU", "2023", 0.13, 0.15), ("ETH", "2023", -0.18, -0.16)],
)
def test_two_editions_differ_as_the_world_bank_revised_them(area, year, before, after):
    old, new = (
        value(W + "gdp_usd", vintage=v, ref_area=area, time_period=year) for v in ("2024-06-28", "2026-05")
    )
    assert before <= float(new / old) - 1 <= after
    uzb = [
        value(W + "gdp_lcu", vintage=v, ref_area="UZB", time_period="2022")
        for v in ("2024-06-28", "2025-03-24")
    ]
    assert 1.09 < float(uzb[1] / uzb[0]) < 1.13


def test_the_currency_of_gdp_is_that_of_the_compilation_and_of_a_rate_that_of_its_year():
    """Estonia's GDP is in euro in all years, its rate in kroons to 2010: one by the other is 15.6 times wrong."""
    known_there = dict(table("world_context/currency.csv"))
    assert {area: unit for area, unit, *_ in table(f"{W}gdp_lcu/currency.csv")} == known_there
    units = {
        year: observed(W + "exchange_rate", ref_area="EST", time_period=year)["unit_measure"].item()
        for year in ("2010", "2011")
    }
    assert units == {"2010": "EEK", "2011": "EUR"}
    kroons, euros = (
        value(W + "exchange_rate", ref_area="EST", time_period=y, unit_measure=u)
        for y, u in (("2010", "EEK"), ("2011", "EUR"))
    )
    assert 15 < float(kroons / euros) < 17.5
    assert set(observed(W + "gdp_lcu", ref_area="EST")["unit_measure"]) == {"EUR"}
    for area, unit, first, last in table(f"{W}exchange_rate/currency.csv"):
        assert unit in codelist("unit")
        assert (unit == known_there[area]) == (not last), f"{area}: the open row is today's currency"
        assert first <= (last or "9999")


def test_a_rate_that_ten_decimals_would_cut_short_is_left_aside():
    """Brazil's rate of 1960, 0.00000000000008, would become 0."""
    rates = observed(W + "exchange_rate").filter(pl.col("obs_value").is_not_null())
    assert float(rates["obs_value"].min()) >= 1e-4
    assert observed(W + "exchange_rate", ref_area="BRA")["time_period"].min() == "1991"


def test_a_gdp_of_nought_in_serbia_is_none():
    assert observed(W + "gdp_lcu", ref_area="SRB")["time_period"].min() == "1993"
    assert float(observed(W + "gdp_lcu")["obs_value"].min()) > 0


def test_constant_prices_do_not_pretend_to_know_their_base_year():
    assert set(observed(W + "gdp_constant")["base_per"]) == {"_X"}


def test_the_world_bank_does_not_agree_with_itself(tmp_path, monkeypatch):
    """With the files at hand every cell and unit has one claim of its newest edition, as without them."""
    there = [s for s in sources() if s.id == "world_context" or s.id.startswith(W)]
    monkeypatch.setattr(run, "sources", lambda: there)
    run.build(RAW, tmp_path / "processed", say=silent, also=OFFICIAL)
    folder = current_release(tmp_path / "processed").folder
    claims = pl.read_parquet(folder / "summaries" / "national.parquet").join(
        pl.read_parquet(folder / "sources.parquet"), on=["source", "vintage"]
    )
    claims = claims.filter(pl.col("obs_value").is_not_null(), publisher="World Bank")
    voices = claims.group_by(*CELL, "unit_measure").agg("collection")
    twice = voices.filter(pl.col("collection").list.len() > 1)
    assert set(twice["collection"].explode()) <= {"world_context"}, "as without the files: the United States"
    context = pl.read_parquet(folder / "observations" / "world_context.parquet")
    dollars_again = (pl.col("source") == "wb_ny_gdp_mktp_cn") & (pl.col("ref_area") == "USA")
    kept = Counter(context.filter(~dollars_again)["source"].to_list())
    left = {
        s: collected(W + s).rows_in - pl.read_parquet(folder / "observations" / f"{W}{s}.parquet").height
        for s in ("gdp_usd", "gdp_lcu", "exchange_rate", "population")
    }
    names = ("wb_ny_gdp_mktp_cd", "wb_ny_gdp_mktp_cn", "wb_pa_nus_fcrf", "wb_sp_pop_totl")
    assert list(left.values()) == [kept[name] for name in names]


# ---------------------------------------------------------------------------- ECB


def test_every_quoted_rate_is_a_figure_and_every_other_cell_is_aside():
    rows = zipped("ecb_reference_rates/eurofxref-hist.zip", "eurofxref-hist.csv")
    cells = {(r["Date"], c): t for r in rows for c, t in r.items() if c not in ("Date", "")}
    quoted = {key: Decimal(text) for key, text in cells.items() if text != "N/A"}
    found = collected(ECB)
    assert (
        (found.observations.height, found.aside) == (len(quoted), len(cells) - len(quoted)) == (221702, 70464)
    )
    ours = found.observations.lazy().collect().select("time_period", "unit_measure", "obs_value").iter_rows()
    assert {(day, unit): rate for day, unit, rate in ours} == quoted


def test_a_rate_stands_at_the_country_of_its_currency_on_its_day():
    assert value(ECB, ref_area="USA", time_period="2026-10-30") == Decimal("1.1172")
    assert observed(ECB, ref_area="RUS")["time_period"].max() == "2022-03-01"
    lira = observed(ECB, ref_area="TUR")
    assert (
        lira.filter(unit_measure="TRL")["time_period"].max()
        < lira.filter(unit_measure="TRY")["time_period"].min()
    )
    assert set(observed(ECB)["freq"]) == {"D"}


def test_a_rate_a_day_stays_out_of_the_summaries_and_converts_nothing():
    assert set(observed(ECB)["measure"]) == {"euro_reference_rate"} <= set(codelist("measure_detail"))
