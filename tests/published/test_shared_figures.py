"""Every figure that we were given is in the release, to the last digit."""

import csv
import json
from decimal import Decimal

import polars as pl
import pytest

from indicators.answer import answer
from indicators.query import Query
from tests.conftest import SHARED, needs_shared, released

pytestmark = needs_shared

MEASURE = {
    "exports_creative_services": "exports_services", "imports_creative_services": "imports_services",
    "value_added": "gva", "employment": "employment", "share_of_employment": "share_of_employment",
    "enterprises": "enterprises", "turnover": "turnover", "films_produced_national": "films_produced_national",
}  # fmt: skip
SOURCE = {"eurostat_cult_emp_sex": "eurostat_cultural_employment"}
AREA = {"M49:412": "XKX", "M49:736": "M49_736", "KAZ+UZB+KGZ": "KAZ_KGZ_UZB", "USA+GBR+KOR": "GBR_KOR_USA"}


@pytest.fixture(scope="module")
def observations(processed):
    return released(processed)


@pytest.fixture(scope="module")
def targets(processed):
    return pl.read_parquet(processed / "current" / "targets.parquet")


@pytest.fixture(scope="module")
def findings(processed):
    return pl.read_parquet(processed / "current" / "findings.parquet")


def read(name):
    with (SHARED / "figures" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def base(value, unit_mult):
    return Decimal(value) * Decimal(10) ** int(unit_mult) if value else None


def test_the_official_figures_stand_in_base_units_and_the_missing_ones_are_missing(observations):
    """Multisets of (source, area, sex, period, measure, amount): no key of ours decides the match."""
    measure = dict(MEASURE)
    given, ours = [], []
    for row in read("official_figures.csv"):
        source = SOURCE.get(row["source"], row["source"])
        name = measure[row["indicator"]]
        if source == "br_ibge_siic" and name == "employment":
            name = "employment_in_enterprises"
        given.append((source, AREA.get(row["ref_area"], row["ref_area"]), row["sex"], row["period"], name,
                      base(row["value"], row["unit_mult"])))  # fmt: skip
    for row in observations.filter(pl.col("source").is_in({g[0] for g in given})).iter_rows(named=True):
        ours.append(
            (row["source"], row["ref_area"], row["sex"], row["time_period"], row["measure"], row["obs_value"])
        )
    key = lambda r: (*(str(c) for c in r[:5]), r[5] is not None, r[5] or 0)  # noqa: E731
    assert sorted(ours, key=key) == sorted(given, key=key)
    assert len(ours) == 11_595


def test_the_denominators_stand_as_given_with_their_flags(observations):
    measures = {"gdp_current_usd": ("gdp", "USD"), "gdp_current_lcu": ("gdp", None), "population": ("population", "PS"),
                "employment": ("employment", "PS"), "deflator_or_cpi": ("gdp_deflator", "IX"),
                "lcu_per_usd": ("exchange_rate", None)}  # fmt: skip
    context = observations.filter((pl.col("sector") == "_T") & (pl.col("freq") == "A"))
    ours = {}
    for row in context.iter_rows(named=True):
        if (
            row["reported_at"].startswith(("gdp_", "population", "employment.csv, row", "exchange_rate"))
            and row["source"] != "us_bea_acpsa"
        ):
            kind = row["reported_at"].split(".csv")[0]
            ours[kind, row["ref_area"], row["time_period"]] = row
    files = dict(
        zip(
            measures,
            ("gdp_usd", "gdp_local_currency", "population", "employment", "gdp_deflator", "exchange_rate"),
            strict=True,
        )
    )
    for given in read("context_denominators.csv"):
        for column, file in files.items():
            row = ours[file, given["iso3"], given["year"]]
            expected = Decimal(given[column]) if given[column] else None
            assert row["obs_value"] == expected, (column, given["iso3"], given["year"])
            if expected is None:
                assert row["obs_status"] == "O"
        if "usd_lcu_vintage_mismatch" in given["source"]:
            assert "usd_lcu_vintage_mismatch" in ours["gdp_usd", given["iso3"], given["year"]]["obs_comment"]


def test_each_of_the_427_reported_figures_has_a_fate(observations, targets, findings):
    rows = {r["figure_id"]: r for r in [*observations.to_dicts(), *targets.to_dicts()]}
    withheld = set(findings.filter(pl.col("fate") == "withheld")["figure_id"])
    seconds = {"KGZ-009": "KGZ-008", "AZE-036": "AZE-035", "UKR-011": "UKR-010", "UKR-015": "UKR-014",
               "WLD-004": "WLD-003", "MIX-003": "MIX-002"}  # fmt: skip
    given = read("reported_figures.csv")
    assert len(given) == 427
    for figure in given:
        amount = base(figure["value"], figure["unit_mult"])
        if figure["id"] in seconds:
            assert rows[seconds[figure["id"]]]["obs_high"] == pytest.approx(float(amount))
        elif figure["id"] not in withheld:
            row = rows[figure["id"]]
            assert row["reported_value"] == figure["value_text"]
            assert (row["kind"] != "observed") == (figure["is_target"] == "1")
            if row["hedge"] == "between":
                assert row["obs_value"] is None
                assert row["obs_low"] == pytest.approx(float(amount))
            elif row["correction"] not in ("TUR-017-thousand", "TUR-067-thousand"):
                assert row["obs_value"] == amount, figure["id"]


def test_no_missing_value_is_zero(observations):
    absent = observations.filter(pl.col("obs_status").is_in(["O", "M", "Q"]))
    assert absent.height == 1405 + 54 + 2 + 83 + 83 + 228
    assert absent.select(pl.all_horizontal(pl.col("obs_value", "obs_low", "obs_high").is_null().all())).item()
    nil = observations.filter(pl.col("obs_status") == "N")
    assert nil.height == 59
    assert nil["obs_value"].is_null().all()
    assert (nil["obs_low"] == 0).all()
    assert (nil["obs_high"] == 0.5).all()


FOUNDING = sorted((SHARED / "documents" / "dev").glob("00*.json")) if SHARED.exists() else []


@pytest.mark.parametrize("path", FOUNDING, ids=lambda p: p.stem)
def test_every_figure_of_a_founding_document_is_in_the_ledger(path, observations, targets, findings):
    """By amount and area, in a text of the same publisher or date: an outcome, a plan, or a finding."""
    labelled = json.loads(path.read_text("utf-8"))
    held = [*observations.filter(pl.col("source").is_in(FROM[path.stem])).to_dicts(),
            *targets.filter(pl.col("source").is_in(FROM[path.stem])).to_dicts(),
            *findings.filter(pl.col("source").is_in(FROM[path.stem])).to_dicts()]  # fmt: skip
    for figure in labelled["figures"]:
        areas = {figure["area"], *figure.get("alternatives", {}).get("area", [])}
        areas |= {"KAZ_KGZ_UZB", "WLD"} if {"MULTI", "CENTRAL_ASIA"} & areas else set()
        found = [
            row for row in held
            if row.get("obs_value") == Decimal(str(figure["value"])) and row["ref_area"] in areas
        ]  # fmt: skip
        assert found, f"{figure['value_text']} ({figure['indicator']} {figure['area']}) is not in the ledger"


FROM = {
    "000_d0ea7638c6d3b274": ["azertadj_2025_12_09"],
    "001_7e29c807a69063d9": [],
    "002_43b177e10c45e4bb": ["ministry_of_culture_2023_11_30_gov", "ministry_of_culture_2023_11_30_int"],
    "003_a28f5b878743f957": ["kazinform_citing_akorda_2025_10_11"],
    "004_459f621688b5eece": [],
}


def test_the_hundred_events_planned_for_2023_are_no_outcome(observations, targets):
    hundred = targets.filter((pl.col("measure") == "events") & (pl.col("ref_area") == "AZE"))
    assert hundred.select("obs_value", "kind", "time_period").rows() == [(Decimal(100), "planned", "2023")]
    held = observations.filter((pl.col("measure") == "events") & (pl.col("ref_area") == "AZE"))
    assert held.select("obs_value", "hedge").rows() == [(Decimal(20), "almost")]


def test_the_turnover_of_the_cis_is_all_trade(observations):
    row = observations.filter(pl.col("figure_id") == "CIS-002").to_dicts()[0]
    assert (row["obs_value"], row["time_period"], row["sector"], row["measure"]) == (
        Decimal(110_000_000_000), "2024", "_T", "trade_turnover",
    )  # fmt: skip


def test_the_share_of_the_united_states_is_the_published_one(store, catalogue):
    told = answer(Query("gdp_share", ("USA",), sector="acpsa_total", since=2023), store, catalogue)
    assert round(told.headlines["value"][0], 1) == 4.2


def test_the_employment_of_kazakhstan_keeps_all_its_rivals(observations):
    held = observations.filter(
        (pl.col("ref_area") == "KAZ") & (pl.col("measure") == "employment") & (pl.col("sector") != "_T")
    )
    assert {float(v) for v in held["obs_value"]} == {95e3, 143e3, 143.6e3, 149.6e3}
