"""Sources read as published beside another reading of the same files, and beside the extracts kept here."""

import csv
from collections import Counter
from decimal import Decimal

import polars as pl
import pyarrow.parquet as pq
import pytest
import xlrd
from polars.testing import assert_frame_equal

from indicators.concepts.codelist import codelist
from tests.published.at_hand import SAME, collected, file, needs_official, observed, values

pytestmark = needs_official
CITIES = "eurostat_cities_culture/estat_urb_ctour_en.csv"
FILMS = "uis_feature_films/uis_{}.csv"


@pytest.mark.parametrize(
    "source",
    ["us_bea_acpsa", "eurostat_cultural_employment", "uis_feature_films", "unctad_creative_services"],
)
def test_an_extract_is_reproduced_figure_by_figure(source):
    extract = (
        collected(source, published=False).observations.frame.select("figure_id", *SAME).sort("figure_id")
    )
    read = observed(source).select("figure_id", *SAME)
    assert extract.height > 500
    assert_frame_equal(read.join(extract, on="figure_id", how="semi").sort("figure_id"), extract)


# ------------------------------------------------------------------------ Eurostat, cultural employment


def blocks() -> dict[tuple[str, ...], Decimal | None]:
    """The six blocks of the sheet: sex, unit, geography and year → the value in persons or per cent."""
    sheet = xlrd.open_workbook(str(file("eurostat_cultural_employment/cult_emp_sex.xls"))).sheet_by_name(
        "Data"
    )
    found: dict[tuple[str, ...], Decimal | None] = {}
    said: dict[str, str] = {}
    years: list[str] = []
    for number in range(sheet.nrows):
        first, *rest = sheet.row_values(number)
        if first in ("SEX", "UNIT"):
            said[first] = rest[0]
        elif first == "GEO/TIME":
            years = [str(y).removesuffix(".0") for y in rest if y]
        elif years and first and rest[0] != "":
            power = 1000 if said["UNIT"] == "Thousand persons" else 1
            for year, cell in zip(years, rest, strict=False):
                number_of = None if cell == ":" else Decimal(str(cell)) * power
                found[said["SEX"], said["UNIT"], first, year] = number_of
        else:
            years = []
    return found


def test_each_of_the_six_blocks_has_its_own_sex_and_unit():
    expected = blocks()
    read = observed("eurostat_cultural_employment")
    assert read.height == len(expected) == 6 * 37 * 9
    units = {"PS": "Thousand persons", "PT": "Percentage of total employment"}
    sexes = {"_T": "Total", "M": "Males", "F": "Females"}
    for (sex, unit), figures in read.group_by("sex", "unit_measure"):
        own = {k[2:]: v for k, v in expected.items() if k[:2] == (sexes[str(sex)], units[str(unit)])}
        assert Counter(figures["obs_value"].to_list()) == Counter(own.values())
    germany = read.filter(ref_area="DEU", sex="F", unit_measure="PS", time_period="2019")["obs_value"].item()
    label = "Germany (until 1990 former territory of the FRG)"
    assert germany == expected["Females", "Thousand persons", label, "2019"]


def test_the_union_of_28_has_no_value_in_any_cell():
    union = observed("eurostat_cultural_employment").filter(ref_area="EU28")
    assert union.height == 54
    assert union["obs_value"].null_count() == 54
    assert set(union["obs_status"]) == {"O"}


# ------------------------------------------------------------------------ Eurostat, culture in cities

CULTURE = {
    "CR1003V": ("cinema_seats", "film", "SEAT"), "CR1005V": ("attendance", "film", "VISIT"),
    "CR1007V": ("attendance", "museums", "PS"), "CR1008V": ("institutions", "theatres", "INSTITUTION"),
    "CR1010V": ("institutions", "libraries", "INSTITUTION"),
}  # fmt: skip
STATUS = {"": "A", "b": "B", "d": "D", "e": "E", "p": "P", "u": "U", "be": "B", "ep": "E"}
ISO = {"EL": "GRC", "UK": "GBR", "BG": "BGR", "TR": "TUR", "DE": "DEU", "FR": "FRA", "PT": "PRT", "RO": "ROU"}


def surveyed() -> list[dict[str, str]]:
    with file(CITIES).open(encoding="utf-8-sig", newline="") as lines:
        rows = [r for r in csv.DictReader(lines, delimiter=";") if r["indic_ur"] in CULTURE]
    return [r for r in rows if len(r["cities"]) == 2 or r["cities"][:2] in ("BG", "TR")]


def test_every_culture_figure_of_countries_and_of_our_cities_is_there():
    expected, read = surveyed(), observed("eurostat_city_culture")
    assert read.height == len(expected) == 2146
    assert collected("eurostat_city_culture").aside == 73_698 - 2146
    of_measure = Counter((*CULTURE[r["indic_ur"]], Decimal(r["OBS_VALUE"] or -1)) for r in expected)
    figures = read.select("measure", "sector", "unit_measure", pl.col("obs_value").fill_null(-1)).rows()
    assert Counter(figures) == of_measure


def of_place(code: str) -> dict[tuple[str, ...], Decimal | None]:
    """What the survey prints of a country or a city: measure, sector and year → the value."""
    return {
        (*CULTURE[r["indic_ur"]][:2], r["TIME_PERIOD"]): Decimal(r["OBS_VALUE"]) if r["OBS_VALUE"] else None
        for r in surveyed()
        if r["cities"] == code
    }


@pytest.mark.parametrize("code", ISO)
def test_a_country_of_the_survey_has_its_own_figures_and_no_sum_of_cities(code):
    own = observed("eurostat_city_culture").filter(ref_area=ISO[code], region="_T")
    assert values(own, "measure", "sector", "time_period") == of_place(code)


@pytest.mark.parametrize("code", ["BG001C", "BG007C", "BG018C", "TR001C", "TR012C", "TR026C"])
def test_a_city_is_a_region_of_its_country(code):
    own = observed("eurostat_city_culture").filter(region=f"{code[:2]}_{code[2:5]}")
    assert set(own["ref_area"]) == {ISO[code[:2]]}
    assert values(own, "measure", "sector", "time_period") == of_place(code) != {}


def test_flags_and_the_confidential_are_kept_apart():
    expected: Counter[tuple[str, str]] = Counter()
    for row in surveyed():
        hidden = row["CONF_STATUS"] == "C"
        missing = "Q" if hidden else "O"
        expected[STATUS[row["OBS_FLAG"]] if row["OBS_VALUE"] else missing, "N" if hidden else "F"] += 1
    expected["A", "F"] -= 3
    expected["U", "F"] += 3  # corrections.yaml: three values that cannot be
    read = observed("eurostat_city_culture")
    assert Counter(read.select("obs_status", "conf_status").rows()) == expected


def test_values_that_cannot_be_are_kept_as_printed_and_flagged():
    flagged = observed("eurostat_city_culture").filter(pl.col("correction").is_not_null())
    assert sorted(flagged.select("ref_area", "time_period", "reported_value", "obs_status").rows()) == [
        ("ESP", "1991", "79100000", "U"),
        ("ESP", "1992", "83300000", "U"),
        ("ROU", "2015", "11110", "U"),
    ]


# ------------------------------------------------------------------------ UNESCO, films

GENRES = {
    "FPFPROD_NAFIC": "fiction_film_share",
    "FPFPROD_NADOC": "documentary_film_share",
    "FPFPROD_NAANI": "animated_film_share",
}


def exported(name: str) -> list[dict[str, str]]:
    with file(FILMS.format(name)).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def as_printed(rows: list[dict[str, str]], measures: dict[str, str]) -> dict[tuple[str, ...], Decimal | None]:
    return {
        (measures[r["INDICATOR"]], r["LOCATION"], r["TIME"]): Decimal(r["Value"]) if r["Value"] else None
        for r in rows
    }


@pytest.mark.parametrize(
    ("name", "measures", "cells"),
    [
        ("films_100pct_national", {"220002": "films_produced_national"}, 505),
        ("films_by_genre", GENRES, 1080),
        ("ticket_price", {"FBORADM": "ticket_price"}, 45),
        ("cinema_expenditure_per_capita", {"FEXP_PC": "cinema_spending_per_head"}, 50),
    ],
)
def test_every_cell_of_the_four_exports_is_a_figure(name, measures, cells):
    expected = as_printed(exported(name), measures)
    read = observed("uis_feature_films").filter(pl.col("measure").is_in(list(measures.values())))
    assert len(expected) == cells
    assert values(read, "measure", "ref_area", "time_period") == expected


def test_nil_is_an_interval_to_half_of_the_last_printed_digit():
    nil = observed("uis_feature_films").filter(obs_status="N")
    share = pl.col("unit_measure") == "PT"
    assert Counter(nil.filter(share).select("obs_low", "obs_high").rows()) == {(0, 0.05): 248}
    assert Counter(nil.filter(~share).select("obs_low", "obs_high").rows()) == {(0, 0.5): 59}


def test_an_estimate_of_the_country_and_one_of_the_institute_say_whose_they_are():
    read = observed("uis_feature_films").filter(obs_status="E")
    said = Counter(read["obs_comment"].to_list())
    assert said == {"UIS estimation": 17 + 24 + 3 + 3, "National estimation": 1}


def test_prices_are_in_the_money_of_their_country():
    read = observed("uis_feature_films").filter(
        pl.col("measure").is_in(["ticket_price", "cinema_spending_per_head"])
    )
    others = read.filter(~pl.col("ref_area").is_in(["DNK", "SWE"]))
    assert set(others["unit_measure"]) == {"EUR"}
    assert set(read.filter(ref_area="DNK")["unit_measure"]) == {"DKK"}
    assert set(read.filter(ref_area="SWE")["unit_measure"]) == {"SEK"}


# ------------------------------------------------------------------------ UNCTAD, regions and categories

MILLIONS = "US$ at current prices in millions"


def regional() -> list[dict[str, object]]:
    return pq.read_table(file("unctad_creative_services/unctad_services_regional.parquet")).to_pylist()


def groups() -> pl.DataFrame:
    read = observed("unctad_creative_services")
    return read.filter(pl.col("reported_at").str.contains("services_regional"))


def test_every_figure_of_a_region_and_category_is_there_in_dollars():
    area, sector = codelist("area"), codelist("sector")
    rows = regional()
    expected = {
        (
            r["Economy Label"],
            r["CreativeService"].replace("SCRE", "creative_services"),
            str(r["Year"]),
        ): Decimal(repr(r[MILLIONS])) * 10**6
        for r in rows
    }
    read = values(groups(), "ref_area", "sector", "time_period")
    assert len(expected) == len(rows) == 9 * 7 * 15
    assert {
        (area.label(a).removesuffix(" (UNCTAD)"), sector[s]["source_label"], year): value
        for (a, s, year), value in read.items()
    } == expected
    assert read["WLD", "creative_services", "2010"] == 512_092_265_000


def test_regional_figures_are_exports_as_those_of_the_economies_show():
    """The file names no flow. Imports of Northern America were less than half of them in 2021."""
    economies = observed("unctad_creative_services").filter(
        pl.col("ref_area").is_in(["USA", "CAN", "BMU", "GRL"]), time_period="2021"
    )
    sums = dict(economies.group_by("measure").agg(pl.col("obs_value").sum()).rows())
    region = groups().filter(ref_area="NORTHERN_AMERICA", sector="creative_services", time_period="2021")
    assert float(region["obs_value"].item()) == pytest.approx(float(sums["exports_services"]), rel=0.001)
    assert float(region["obs_value"].item()) != pytest.approx(float(sums["imports_services"]), rel=0.5)


def test_categories_come_to_the_total_and_continents_to_the_world():
    read = groups().with_columns(pl.col("obs_value").cast(pl.Float64))
    total = pl.col("sector") == "creative_services"
    of_all = values(read.filter(total), "ref_area", "time_period")
    parts = read.filter(~total).group_by("ref_area", "time_period").agg(pl.col("obs_value").sum())
    for area, year, value in parts.rows():
        assert value == pytest.approx(of_all[area, year], rel=1e-6)
    continents = ["AFRICA", "NORTHERN_AMERICA", "LATIN_AMERICA_CARIBBEAN", "ASIA", "EUROPE", "OCEANIA"]
    for year, rows in read.filter(total).group_by("time_period"):
        by_area = dict(rows.select("ref_area", "obs_value").rows())
        assert sum(by_area[c] for c in continents) == pytest.approx(by_area["WLD"], rel=1e-6), year
