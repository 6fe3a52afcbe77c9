"""The account of arts and culture of the United States: every cell of it, beside another reading of its files."""

import csv
import io
import re
from decimal import Decimal
from zipfile import ZipFile

import polars as pl
import pytest

from indicators.concepts.codelist import codelist
from tests.published.at_hand import collected, file, needs_official, observed, sheet, values

pytestmark = needs_official
STATES, NATION = "us_bea_acpsa/SAACPSA.zip", "us_bea_acpsa/acpsanational.zip"
SERIES = {"SAACArtsVA": "gva", "SAACArtsEmp": "employment", "SAACArtsComp": "compensation_of_employees"}
POWER = {"Thousands of dollars": 3, "Number of jobs": 0}
TOTALS = {"1": "_T", "10": "acpsa_total"}
KEY = ("measure", "region", "sector", "time_period")


def letters(label: str) -> str:
    return re.sub("[^a-z]", "", label.removesuffix(" 2/").casefold())


def sectors() -> dict[str, str]:
    """The account's own name of a line, without signs → our code."""
    lines = codelist("sector").rows.items()
    return {letters(r["source_label"]): code for code, r in lines if r["classification"] == "bea_acpsa"}


def states() -> dict[tuple[str, ...], Decimal | None]:
    """Every cell of the three files of all areas; None for (D)."""
    regions = {r["label_en"].replace(" (US state)", ""): code for code, r in codelist("region").rows.items()}
    found = {}
    with ZipFile(file(STATES)) as archive:
        for series, measure in SERIES.items():
            text = archive.read(f"{series}__ALL_AREAS_2001_2023.csv").decode("ascii")
            for row in csv.DictReader(io.StringIO(text), skipinitialspace=True):
                if row["Description"] is None:  # the notes below the table
                    continue
                sector = TOTALS.get(row["LineCode"]) or sectors()[letters(row["Description"].strip())]
                for year in map(str, range(2001, 2024)):
                    power = Decimal(10) ** POWER[row["Unit"]]
                    number = None if row[year] == "(D)" else Decimal(row[year]) * power
                    found[measure, regions[row["GeoName"]], sector, year] = number
    return found


def nation() -> dict[tuple[str, ...], Decimal | None]:
    """Of each yearly workbook: what is the account's of each industry, and the whole economy."""
    found = {}
    with ZipFile(file(NATION)) as archive:
        for year in map(str, range(1998, 2024)):
            book = archive.read(f"ACPSA_{year}.xlsx")
            output, work = sheet(book, 2), sheet(book, 4)
            assert (output[2]["D"], output[2]["H"]) == ("Value Added", "ACPSA Value Added")
            for row in (r for r in output[3:] if "A" in r):
                found |= industry(year, row["A"], [("gva", row["D"], row["H"], 6)])
            for row in (r for r in work[2:] if "A" in r):
                pay = ("compensation_of_employees", row["C"], row["F"], 6)
                found |= industry(year, row["A"], [("employment", row["B"], row["E"], 3), pay])
    return found


def industry(year, name, cells) -> dict[tuple[str, ...], Decimal | None]:
    total = name == "Total"
    sector = "acpsa_total" if total else sectors()[letters(name)]
    found = {(m, "_T", sector, year): times_ten(own, power) for m, _, own, power in cells}
    whole = {(m, "_T", "_T", year): times_ten(all_of_it, power) for m, all_of_it, _, power in cells}
    return found | whole if total else found


def times_ten(number: str, power: int) -> Decimal:
    return Decimal(number) * Decimal(10) ** power


@pytest.fixture(scope="module")
def account():
    return observed("us_bea_acpsa")


def test_every_cell_of_the_states_is_a_figure_and_no_state_counts_twice(account):
    expected = states()
    assert len(expected) == 3 * 51 * 39 * 23
    assert values(account.filter(pl.col("region") != "_T"), *KEY) == expected


def test_every_line_of_the_nation_is_a_figure_of_each_year(account):
    expected = nation()
    assert len(expected) == 3 * 45 * 26
    assert values(account.filter(region="_T"), *KEY) == expected


def test_what_is_not_shown_to_avoid_disclosure_is_suppressed_and_not_zero(account):
    hidden = account.filter(obs_status="Q")
    assert hidden.height == 2 * 4547 == account["obs_value"].null_count()
    assert set(hidden["measure"]) == {"employment", "compensation_of_employees"}
    assert set(hidden["conf_status"]) == {"N"}
    assert account.filter(pl.col("obs_value") == 0).height > 0, "a printed nought is one"


@pytest.mark.parametrize(
    ("measure", "region", "sector", "year", "value"),
    [
        ("gva", "_T", "acpsa_total", "2023", 1_169_754_000_000),
        ("employment", "_T", "acpsa_total", "2023", 5_395_000),
        ("compensation_of_employees", "_T", "acpsa_total", "2023", 553_894_000_000),
        ("gva", "_T", "acpsa_performing_arts_companies", "1998", 6_963_000_000),
        ("gva", "US-AL", "_T", "2023", 304_935_567_000),
        ("gva", "US-AL", "acpsa_total", "2023", 7_102_932_000),
        ("gva", "US-WY", "acpsa_all_other_industries", "2001", 24_965_000),
        ("employment", "US-AL", "_T", "2001", 1_988_175),
    ],
)
def test_a_cell_that_was_read_by_eye(account, measure, region, sector, year, value):
    figure = account.filter(measure=measure, region=region, sector=sector, time_period=year)
    assert figure["obs_value"].to_list() == [value]


@pytest.mark.parametrize("measure", SERIES.values())
def test_thousands_and_millions_agree_the_states_come_to_the_nation(account, measure):
    """A power of ten that is wrong would show; sums of states are no figures of ours."""
    of_year = account.filter(measure=measure, sector="acpsa_total", time_period="2023")
    whole = float(of_year.filter(region="_T")["obs_value"].item())
    parts = float(of_year.filter(pl.col("region") != "_T")["obs_value"].sum())
    assert parts == pytest.approx(whole, rel=0.02)


def test_a_figure_says_in_which_workbook_it_stands(account):
    figure = account.filter(measure="gva", region="_T", sector="acpsa_total", time_period="2023")
    assert figure["reported_at"].to_list() == [
        "us_bea_acpsa/acpsanational.zip, row 4; ACPSA_2023.xlsx, sheet Table2_Industry_Output_VA, column 8"
    ]


def test_cells_of_the_workbooks_that_are_not_taken_are_counted():
    """Tables 2 and 4 have 7 and 5 columns of 44 lines; taken are 2 of the first and 4 of the second."""
    assert collected("us_bea_acpsa").aside == 26 * (44 * (7 + 5) - 45 * 3)
