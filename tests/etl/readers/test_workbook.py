"""Workbooks that statistical offices published: every truth of the shared folders is obtained."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from etl.readers import sheet_xlsx, workbook
from etl.readers.cells import VALUE, Publication, Table
from tests.conftest import SHARED, needs_shared

pytestmark = needs_shared
FORMATS = SHARED / "formats"
ACPSA = SHARED / "official" / "us_bea_acpsa"


@dataclass(frozen=True)
class Truth:
    """What an independent reader found in a range of a sheet.

    `samples` are data cells; `labels` are cells of the stub or header by place, checked against the codes.
    """

    file: str
    sheet: str
    range: str
    numeric: int
    marks: dict[str, int]
    blank: int
    total: float | None
    samples: dict[str, float | str | None] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    stub: bool = False


TRUTHS = [
    Truth("statoffice-xls/kz_bns_culture_places.xlsx", "Sheet", "B2:J22", 184, {"х": 2}, 3, 15464,
          {"B2": 73, "D2": 3102, "F2": 3917, "B21": 23, "I4": "х", "D20": 1, "J3": ""},
          ("Республика Казахстан", "г. Алматы", "г. Астана")),
    Truth("statoffice-xls/az_retail_volume.xlsx", "Retail_Services_Volume", "A2:E25", 120, {}, 0, 1337099.4,
          {"B2": 2597.1, "C2": 2101.5, "B25": 72450.8, "E25": 11411.6}, ("2000", "2023", "Total_Consumer_Market_Mln"),
          stub=True),
    Truth("statoffice-xls/az_retail_share.xlsx", "Retail_Services_Share", "A2:E25", 120, {}, 0, 695087.7,
          {"B2": 2597.1, "C2": 80.9, "B25": 72450.8, "E25": 15.8}, ("2000", "2023", "Total_Services_Mln"), stub=True),
    Truth("statoffice-xls/uz_cbu_policy_rate.xlsx", "policy rate", "B2:B35", 34, {}, 0, 1755.5,
          {"B2": 14, "B32": 300}, ("24.03.2025 — ...", "20.03.1995 — 30.06.1995", "%")),
    Truth("statoffice-xls/tr_tuik_poverty_education.xls", "A_6", "B9:AN14", 180, {}, 54, 3846.519139,
          {"B9": 18.761186695835757, "C9": 18.35197650930486, "D10": 34.448761778832306, "AN9": 19.14791655819609},
          ("2015", "Toplam Total", "Toplam-Total", "Okur-yazar olmayanlar Illiterate")),
    Truth("statoffice-xls/tr_tuik_lifts_elderly.xls", "t22", "B5:G12", 40, {}, 8, 13977571,
          {"B5": 3494193, "C5": 1395546, "F5": 39.93902349465095, "B12": 524984}, ("Toplam-Total", "9+", "8")),
    Truth("statoffice-xls/tr_tuik_fruit_prices.xls", "50_t3", "B6:R60", 822, {"-": 113}, 0, 6307.058445,
          {"B6": 1.6753586698231575, "B8": "-", "B60": 0.737},
          ("Armut - Pears", "2008", "Elma (Toplam) - Apples (Total)")),
    Truth("statoffice-xls/tr_tuik_tea.xls", "45_t22", "B11:D47", 98, {"-": 13}, 0, 72854347,
          {"B11": 196386, "C11": 862880, "D11": 752662, "B35": "-", "D47": 1450034}, ("1988", "2012")),
    Truth("awkward-tables/uk_dcms_gva_sectors.xlsx", "1.1 - GVA current (£bn)", "B7:H14", 56, {}, 0, 2302.34879,
          {"B8": 63.424601748337196, "H8": 91.82829923770105, "H15": 248.51526295318106, "B17": 1422.028},
          ("Creative Industries", "All DCMS sectors", "% of UK GVA", "UK", "2016")),
    Truth("awkward-tables/uk_dcms_gva_subsectors.xlsx", "1 - Creative Industries-current", "B7:H15", 63, {}, 0,
          533351.9206, {"B7": 6216.451585128573, "H16": 91828.29923770105, "B17": 1422028},
          ("Advertising and marketing", "Creative Industries", "UK")),
    Truth("awkward-tables/frictionless_merged-cells.xlsx", "Лист1", "A1:C3", 0, {"data": 1}, 8, None),
    Truth("awkward-tables/frictionless_preserve-formatting.xlsx", "Sheet1", "A2:J2", 5, {"2040-05-20": 4}, 1,
          5002.7885, {"B2": 1000.5577, "C2": 1000.5577}, ("0", "0.00", "0.0000#", "m/d/yy", "mmddyy")),
    Truth("agencies-misc/unsd_energy_indicators.xls", "Energy", "D19:F245", 671, {"...": 10}, 0, 572175.5394,
          {"D19": 321, "D22": "...", "D238": 1798, "F238": 21.32841},
          ("Energy Supply", "Petajoules", "Gigajoules", "%", "Afghanistan", "American Samoa", "Uzbekistan")),
    Truth("eurostat-download/cult_emp_sex.xls", "Data", "B11:J47", 324, {":": 9}, 0, 147399.5,
          {"B13": 171.6, "J13": 204.6, "B12": ":", "B58": 3.8, "J47": 668.9},
          ("Total", "Males", "Thousand persons", "Percentage of total employment", "2011", "2019", "Belgium", "Turkey")),
]  # fmt: skip


@cache
def publication(path: Path) -> Publication:
    return workbook.read(path, path.suffix[1:])


@cache
def cells(path: Path, sheet: str) -> dict[tuple[int, int], tuple[float | None, str | None]]:
    """Place → number and mark, of every table of the sheet."""
    found = {}
    for table in publication(path).tables:
        for row in table.cells.filter(table.cells["_sheet"] == sheet).iter_rows(named=True):
            place = (row["_row"], row["_column"])
            assert place not in found, "one cell in two tables"
            found[place] = (row["_value"], row["_mark"])
    return found


def at(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]), column


def places(reference: str) -> Iterator[tuple[int, int]]:
    (top, left), (bottom, right) = map(at, reference.split(":"))
    return ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))


def stub_numbers(tables: list[Table]) -> list[float]:
    return [float(code) for t in tables for code in t.dimensions[0].codes]


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda t: Path(t.file).stem)
def test_every_truth_of_the_shared_workbooks_is_obtained(truth: Truth) -> None:
    path = FORMATS / truth.file
    found = cells(path, truth.sheet)
    inside = [found.get(place, (None, "")) for place in places(truth.range)]
    values = [v for v, _ in inside if v is not None]
    blank = sum(v is None and mark == "" for v, mark in inside)
    if truth.stub:
        years = stub_numbers([t for t in publication(path).tables if t.name == truth.sheet])
        values, blank = values + years, blank - len(years)
    marks = [mark for v, mark in inside if v is None and mark]
    assert len(values) == truth.numeric
    assert {m: marks.count(m) for m in set(marks)} == truth.marks
    assert blank == truth.blank
    if truth.total is not None:
        assert sum(values) == pytest.approx(truth.total, rel=1e-9)
    for reference, expected in truth.samples.items():
        assert expected in found[at(reference)], reference
    codes = {c for t in publication(path).tables for d in t.dimensions for c in d.codes}
    assert set(truth.labels) <= codes


def keyed(table: Table, **key: str) -> float | None:
    """The number at a key, blanks in names of dimensions written _."""
    wanted = table.cells
    for name, code in key.items():
        wanted = wanted.filter(wanted[name.replace("_", " ")] == code)
    assert wanted.height == 1
    return wanted["_value"][0]


def test_the_stacked_blocks_of_eurostat_are_six_tables_each_with_its_key() -> None:
    tables = publication(FORMATS / "eurostat-download/cult_emp_sex.xls").tables
    keys = [(next(iter(t.dimensions[0].codes)), next(iter(t.dimensions[1].codes))) for t in tables]
    units = ("Thousand persons", "Percentage of total employment")
    assert keys == [(sex, unit) for sex in ("Total", "Males", "Females") for unit in units]
    assert [d.id for d in tables[0].dimensions] == ["SEX", "UNIT", "GEO", "TIME"]
    assert [d.role for d in tables[0].dimensions] == [None, "unit", None, "time"]
    assert keyed(tables[0], GEO="Belgium", TIME="2011") == 171.6
    assert keyed(tables[1], GEO="Belgium", TIME="2011") == 3.8
    assert tables[5].title == "Cultural employment by sex [cult_emp_sex]"
    assert tables[0].notes == ("Special value:", ": not available")


def test_two_rows_of_merged_headers_become_two_dimensions() -> None:
    [table] = publication(FORMATS / "statoffice-xls/tr_tuik_poverty_education.xls").tables
    assert [(d.id, d.role, len(d.codes)) for d in table.dimensions] == [
        ("row", None, 6), ("time", "time", 10), ("column", None, 3)]  # fmt: skip
    assert keyed(table, row="Toplam-Total", time="2024", column="Kadın Female") == 19.14791655819609


def test_a_header_in_fragments_is_one_label() -> None:
    [table] = publication(FORMATS / "statoffice-xls/tr_tuik_tea.xls").tables
    assert (
        list(table.dimensions[1].codes)[2]
        == "Yaş çay yaprağı üretimi (Ton) Production of green tea leaves (Tonnes)"
    )
    assert table.dimensions[0].role == "time"


def test_footnote_digits_leave_the_labels_and_become_flags() -> None:
    table = publication(FORMATS / "agencies-misc/unsd_energy_indicators.xls").tables[1]
    france = table.cells.filter(table.cells["row2"] == "France")
    assert set(france["_flags"]) == {"6"}
    assert table.dimensions[1].codes["France"] == "France6"
    assert any(note.startswith("6 Data include Monaco") for note in table.notes)


def test_years_stand_apart_from_changes_and_shares() -> None:
    tables = publication(FORMATS / "awkward-tables/uk_dcms_gva_sectors.xlsx").tables
    years, others = tables[0], tables[1]
    assert years.dimensions[1].role == "time"
    assert years.dimensions[1].codes["2016"] == "2016 (p)"
    assert years.attributes["unit"] == "£bn"
    assert keyed(years, Sector="Creative Industries", time="2016") == 91.82829923770105
    provisional = years.cells.filter(years.cells["time"] == "2016")
    assert set(provisional["_flags"]) == {"p"}
    assert next(iter(others.dimensions[1].codes)) == "% change 2015 - 2016"


def test_official_copies_read_like_the_format_samples() -> None:
    pairs = [("uk_dcms_gva/GVA_sector_tables.xlsx", "awkward-tables/uk_dcms_gva_sectors.xlsx"),
             ("eurostat_cultural_employment/cult_emp_sex.xls", "eurostat-download/cult_emp_sex.xls")]  # fmt: skip
    for official, sample in pairs:
        one, other = publication(SHARED / "official" / official), publication(FORMATS / sample)
        assert all(t.cells.equals(u.cells) for t, u in zip(one.tables, other.tables, strict=True))


def test_acpsa_release_tables() -> None:
    tables = {t.name: t for t in publication(ACPSA / "acpsa0425.xlsx").tables}
    assert (
        keyed(tables["Table 2"], row="United States", unit="Thousands of dollars", column2="Total")
        == 1169753742
    )
    assert len([n for n in tables if n.startswith("Table 8")]) == 2
    suppressed = tables["Table 9"].cells
    assert suppressed.filter(suppressed["_mark"] == "(D)").height == 27


@pytest.mark.parametrize("year", [1998, 2010, 2023])
def test_acpsa_national_workbooks(year: int, tmp_path: Path) -> None:
    with ZipFile(ACPSA / "acpsanational.zip") as archive:
        name = next(n for n in archive.namelist() if n.endswith(f"ACPSA_{year}.xlsx"))
        path = Path(archive.extract(name, tmp_path))
    found = workbook.read(path, "xlsx")
    assert len(found.tables) == 7
    if year == 2023:
        output, jobs = found.tables[1], found.tables[3]
        assert keyed(output, Industry="Total", column="ACPSA Value Added") == 1169754
        assert output.attributes["unit"] == "Millions of dollars"
        assert 5395 in jobs.cells.filter(jobs.cells["Industry"] == "Total")["_value"].to_list()


def test_no_stored_number_of_a_shared_workbook_is_lost() -> None:
    for path in sorted(FORMATS.glob("*/*.xls*")):
        if path.name != "imf_WEOApr2024_extract.xls":
            assert not [r for r in publication(path).remarks if "belong to no table" in r], path.name


@pytest.mark.parametrize(("texts", "said", "values", "asked"), [
    (("1.234", "12.500"), None, [1.234, 12.5], "1.234"),
    (("1.234", "12.500"), ",", [1234, 12500], "1.234"),     # and asked in the next edition again
    (("1.234", "12.500,5"), None, [1234, 12500.5], ""),
    (("1,234", "12,500"), None, [1234, 12500], "1,234"),
    (("1.5", "12.500"), None, [1.5, 12.5], ""),
    ((1.234, 12.5), None, [1.234, 12.5], ""),               # stored numbers have no sign
])  # fmt: skip
def test_a_text_of_a_long_sheet_with_an_open_sign_is_asked_about(
    monkeypatch, tmp_path, texts, said, values, asked
):
    for reader in (workbook, sheet_xlsx):
        monkeypatch.setattr(reader, "LONG", 20)
    book = openpyxl.Workbook()
    for row in (["Code", "Year", "Value"], *([f"01.{10 + n}", 2000 + n, v]
                for n, v in enumerate([*texts, 5.5, *range(9)]))):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    (table,) = workbook.read(tmp_path / "t.xlsx", "xlsx", said).tables
    assert table.cells[VALUE].to_list()[:3] == [*values, 5.5]
    assert table.cells["Code"][0] == "01.10"
    assert table.unsure == asked
