"""Satellite accounts and surveys as published: Brazil, Colombia, Argentina, Costa Rica, United Kingdom.

Each is held to its file as Arrow or the bare archive has it, to figures looked up by eye, and where the repository
keeps an extract, to that.
"""

from collections import Counter
from decimal import Decimal

import pytest
from polars.testing import assert_frame_equal

from etl.collect import collect
from etl.source import sources
from tests.conftest import RAW
from tests.published.at_hand import collected, needs_official, observed, parquet, value
from tests.published.dcms import sheet

pytestmark = needs_official
IBGE, DANE, SINCA, BCCR, DCMS = "br_ibge_siic", "co_dane_csecc", "ar_sinca_csc", "cr_bccr_csc", "uk_dcms_gva"
SIIC = {
    "2_1": ("enterprises", 0), "2_2": ("employment_in_enterprises", 0), "2_3": ("pay_and_drawings", 3),
    "2_4": ("turnover", 3), "2_5": ("total_costs", 3), "2_6": ("gross_output", 3),
    "2_7": ("intermediate_consumption", 3), "2_8": ("gva", 3),
}  # fmt: skip


def times_ten(number: object, power: int) -> Decimal:
    return Decimal(repr(number)) * Decimal(10) ** power


@pytest.mark.parametrize(
    ("source", "rows", "aside"),
    [(IBGE, 3327, 4334), (DANE, 484, 968), (SINCA, 152, 152), (BCCR, 150, 300), (DCMS, 376, 68)],
)
def test_every_cell_is_a_figure_or_is_aside(source, rows, aside):
    found = collected(source)
    assert (found.rows_in, found.observations.height, found.aside) == (rows, rows, aside)


# ---------------------------------------------------------------------------- Brazil


def test_the_extract_in_the_repository_is_reproduced():
    """Same ids, values, statuses and words; the place is another file's, and a print may end in .0."""
    ibge = next(s for s in sources() if s.id == IBGE)
    kept = collect(ibge, RAW).observations.lazy().collect()
    again = observed(IBGE).join(kept, on="figure_id", how="semi")
    places = ("reported_at", "reported_value")
    assert kept.height == again.height == 4 * 354
    assert_frame_equal(kept.drop(places).sort("figure_id"), again.drop(places).sort("figure_id"))
    prints = kept.join(again, on="figure_id").select("reported_value", "reported_value_right").rows()
    assert all(Decimal(one) == Decimal(other) for one, other in prints)


@pytest.mark.parametrize("table", SIIC)
def test_a_table_of_the_surveys_has_its_rows_sum_and_classes_of_variation(table):
    measure, power = SIIC[table]
    rows, figures = parquet(f"{IBGE}/tab_{table}.parquet"), observed(IBGE, measure=measure)
    assert figures.height == len(rows) == 354
    assert figures["obs_value"].sum() == sum(times_ten(r["value"], power) for r in rows)
    doubtful = Counter("U" if r["cv"] in "DE" else "A" for r in rows)
    assert Counter(figures["obs_status"]) == doubtful
    assert set(figures["unit_measure"]) == ({"BRL"} if power else {"ENT" if table == "2_1" else "PS"})


def test_a_line_is_known_by_its_label_not_by_its_place():
    rows = [r for r in parquet(f"{IBGE}/tab_2_8.parquet") if r["row_label"] == "Serviços de arquitetura"]
    wanted = {str(r["year"]): times_ten(r["value"], 3) for r in rows}
    assert (
        dict(observed(IBGE, measure="gva", sector="ibge_architecture")[["time_period", "obs_value"]].rows())
        == wanted
    )
    doubted = observed(IBGE, measure="gva", sector="ibge_architecture", time_period="2013")
    assert doubted["obs_status"].item() == "U"
    assert doubted["obs_comment"].item() == "coefficient of variation above 50 per cent"


def test_persons_in_culture_and_in_all_are_thousands_and_of_the_best_class():
    rows = [r for r in parquet(f"{IBGE}/tab_6_16.parquet") if r["row_label"] == "Total"]
    assert {r[c] for r in rows for c in ("c05", "c07", "c09")} == {"A"}, "said in source.yaml"
    for r in rows:
        for column, sector in (("c04", "_T"), ("c06", "ibge_cultural_sector")):
            found = value(IBGE, measure="employment", sector=sector, time_period=str(r["year"]))
            assert found == Decimal(r[column]) * 1000
    assert (
        5_862_310
        < value(IBGE, measure="employment", sector="ibge_cultural_sector", time_period="2024")
        < 5_862_311
    )


def test_the_share_of_the_country_is_that_of_the_other_table_and_of_its_parts():
    """Column 2 of a sheet that lost its header is the whole country: both tables and the persons say so."""
    for r in (r for r in parquet(f"{IBGE}/tab_6_16.parquet") if r["row_label"] == "Total"):
        share = value(IBGE, measure="share_of_employment", sex="_T", time_period=str(r["year"]))
        assert float(share) == pytest.approx(float(r["c08"]), abs=1e-9)
        assert float(share) == pytest.approx(100 * float(r["c06"]) / float(r["c04"]), abs=1e-9)
    assert (
        round(float(value(IBGE, measure="share_of_employment", sex="F", time_period="2014")), 6) == 6.284538
    )
    assert (
        round(float(value(IBGE, measure="share_of_employment", sex="M", time_period="2014")), 6) == 5.236972
    )


def test_cultural_goods_are_millions_and_the_total_is_the_printed_one():
    rows = parquet(f"{IBGE}/tab_10_1.parquet")
    for measure, column in (
        ("imports_goods", "imp_cultural_brl_mi"),
        ("exports_goods", "exp_cultural_brl_mi"),
    ):
        for r in rows:
            chapter = r["capitulo_ncm"]
            sector = f"ibge_goods_{int(chapter)}" if chapter else "ibge_cultural_goods"
            found = value(IBGE, measure=measure, sector=sector, time_period=str(r["year"]))
            assert float(found) == pytest.approx(r[column] * 1e6, rel=1e-12)
    audiovisual = value(IBGE, measure="exports_services", time_period="2024")
    assert float(audiovisual) == pytest.approx(2778.526882e6, rel=1e-9)


# ---------------------------------------------------------------------------- Colombia


def test_trade_of_colombia_is_that_of_the_file_in_pesos_only():
    rows = parquet(f"{DANE}/csecc_comercio.parquet")
    for flow, measure in (("exportacion", "exports"), ("importacion", "imports")):
        wanted = sum(times_ten(r["value_cop_million"], 6) for r in rows if r["flow"] == flow)
        found = observed(DANE, measure=measure)["obs_value"].sum()
        assert float(found) == pytest.approx(float(wanted), rel=1e-12)
    assert set(observed(DANE)["unit_measure"]) == {"COP"}
    assert observed(DANE)["sector"].n_unique() == 22
    advertising = {"sector": "csecc_advertising", "measure": "exports", "time_period": "2024"}
    (printed,) = (r["value_cop_million"] for r in rows if (r["producto"], r["flow"], r["year"])
                  == ("Servicios publicitarios", "exportacion", 2024))  # fmt: skip
    assert value(DANE, **advertising) == times_ten(printed, 6)


def test_the_status_of_a_year_goes_with_its_figures():
    said = dict(observed(DANE)[["time_period", "obs_comment"]].rows())
    assert (said["2022"], said["2023"], said["2024"]) == (None, "Provisional year", "Preliminary year")
    assert set(observed(DANE, obs_status="P")["time_period"]) == {"2023", "2024"}


# ---------------------------------------------------------------------------- Argentina


def test_trade_of_argentina_is_thousands_and_without_what_the_copy_derived():
    rows = [
        r for r in parquet(f"{SINCA}/csc_comercio.parquet") if not r["is_derived"] and r["flow"] != "saldo"
    ]
    for prices, kind in (("corriente", ""), ("constante_2004", "_constant")):
        for flow, measure in (("exportacion", "exports"), ("importacion", "imports")):
            own = [r for r in rows if (r["price_basis"], r["flow"]) == (prices, flow)]
            found = observed(SINCA, measure=measure + kind)
            assert found["obs_value"].sum() == sum(times_ten(r["value_ars_thousand"], 3) for r in own)
            assert set(found["base_per"]) == {"2004" if kind else None}
    assert value(SINCA, measure="imports", time_period="2022") == Decimal("120913323000")


def test_a_ratio_of_argentina_is_a_per_cent():
    assert value(SINCA, measure="share_of_exports", time_period="2004") == Decimal("0.59")
    assert value(SINCA, measure="share_of_imports", time_period="2022") == Decimal("1.04")


# ---------------------------------------------------------------------------- Costa Rica


def test_a_total_of_publishing_alone_differs_in_what_it_covers():
    totals = observed(BCCR, sector="bccr_culture", measure="exports").sort("time_period")
    assert totals["obs_status"].to_list() == ["A"] * 12 + ["D"] * 3
    assert set(observed(BCCR, sector="bccr_publishing")["obs_status"]) == {"A"}
    missing = observed(BCCR, obs_status="O")
    assert missing.height == 18
    assert set(missing["time_period"]) == {"2022", "2023", "2024"}
    assert missing["obs_value"].null_count() == 18


def test_trade_of_costa_rica_is_millions_of_colones():
    rows = [r for r in parquet(f"{BCCR}/csc_comercio.parquet") if r["value_crc_million"] is not None]
    assert float(observed(BCCR)["obs_value"].sum()) == pytest.approx(
        sum(r["value_crc_million"] for r in rows) * 1e6, rel=1e-12
    )
    music = value(BCCR, sector="bccr_music", measure="exports", time_period="2021")
    assert music == Decimal("14488737")


# ---------------------------------------------------------------------------- United Kingdom

BOOKS = {"sector": ("GVA_sector_tables.xlsx", 9), "subsector": ("GVA_subsector_tables.xlsx", 6)}
SHEETS = {  # name → book, number in the archive, measure
    "1.1 - GVA current (£bn)": ("sector", 2, "gva"),
    "2.1 - GVA CVM (£bn)": ("sector", 4, "gva_constant"),
    "1 - Creative Industries-current": ("subsector", 2, "gva"),
    "2 - Digital Sector-current": ("subsector", 3, "gva"),
    "3 - Cultural Sector-current": ("subsector", 4, "gva"),
    "5 - Creative Industries-CVM": ("subsector", 6, "gva_constant"),
    "6 - Digital Sector-CVM": ("subsector", 7, "gva_constant"),
    "7 - Cultural Sector-CVM": ("subsector", 8, "gva_constant"),
}
TWICE = ("UK", "Creative Industries", "Digital Sector", "Cultural Sector")


def printed(name):
    """Label and year → number of a sheet, without shares, changes and what the other book has."""
    book, number, _ = SHEETS[name]
    years: list[str] = []
    for row in sheet(BOOKS[book][0], number):
        if row and row[0] in ("Sector", "Sub-sector"):
            years = [c[:4] for c in row[1:] if "%" not in c]
        label = row[0].strip() if row else ""
        again = label == "% of UK GVA" or (book == "subsector" and label in TWICE)
        if years and len(row) > len(years) and row[0] not in ("Sector", "Sub-sector") and not again:
            yield from (((label, y), float(row[1 + i])) for i, y in enumerate(years))


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_taken_whole_in_its_own_unit(name):
    book, _, measure = SHEETS[name]
    wanted = dict(printed(name))
    found = observed(DCMS, measure=measure).filter(
        observed(DCMS, measure=measure)["reported_at"].str.contains(f"; sheet {name},", literal=True)
    )
    assert found.height == len(wanted) > 15
    power = BOOKS[book][1]
    assert float(found["obs_value"].sum()) == pytest.approx(sum(wanted.values()) * 10**power, rel=1e-12)
    assert set(found["base_per"]) == {"2015" if measure == "gva_constant" else None}


def test_billions_and_millions_meet():
    """The creative industries of one book are the sum of their sub-sectors in the other, to a rounding."""
    for year in map(str, range(2010, 2017)):
        whole = value(DCMS, measure="gva", sector="dcms_creative", time_period=year)
        parts = observed(DCMS, measure="gva", time_period=year).filter(
            observed(DCMS, measure="gva", time_period=year)["sector"].str.starts_with("dcms_creative_")
        )
        assert parts.height == 9
        assert float(parts["obs_value"].sum()) == pytest.approx(float(whole), rel=1e-9)
    assert round(
        value(DCMS, measure="gva", sector="dcms_creative", time_period="2016") / 10**9, 3
    ) == Decimal("91.828")


def test_the_last_year_is_provisional_and_the_total_is_less_than_the_sum():
    assert set(observed(DCMS, obs_status="P")["time_period"]) == {"2016"}
    assert set(observed(DCMS, time_period="2016")["obs_status"]) == {"P"}
    sectors = ("creative", "cultural", "digital", "gambling", "sport", "telecoms", "tourism", "civil_society")
    parts = sum(value(DCMS, measure="gva", sector=f"dcms_{s}", time_period="2016") for s in sectors)
    whole = value(DCMS, measure="gva", sector="dcms_all", time_period="2016")
    assert round(whole / 10**9, 3) == Decimal("248.515")
    assert parts > whole * Decimal("1.4")
