"""The code lists of areas, groups, sectors and regions hold together."""

import csv
import re
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LISTS = ROOT / "indicators" / "codelists"
FIGURES = ROOT.parent / "shared" / "figures"
LANGUAGES = ("en", "ru", "az", "kk", "tr", "bg")
RENAMED = {
    "M49:412": "XKX",
    "M49:736": "M49_736",
    "KAZ+UZB+KGZ": "KAZ_KGZ_UZB",
    "USA+GBR+KOR": "GBR_KOR_USA",
}
AREA_COLUMNS = {
    "official_figures.csv": "ref_area",
    "reported_figures.csv": "ref_area_iso3_or_group",
    "context_denominators.csv": "iso3",
}
# A year or a day; an empty date is open, and both sort as text.
DATE = re.compile(r"(\d{4}(-\d{2}-\d{2})?)?")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(name: str) -> list[str]:
    return [row["code"] for row in rows(LISTS / f"{name}.csv")]


def figures(name: str) -> list[dict[str, str]]:
    if not (FIGURES / name).exists():
        pytest.skip("the shared figures are not here")
    return rows(FIGURES / name)


@pytest.mark.parametrize("name", ["area", "sector", "region", "group_member"])
def test_a_list_is_plain_utf8_with_unix_line_ends(name: str) -> None:
    raw = (LISTS / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw


@pytest.mark.parametrize("name", ["area", "sector", "region"])
def test_codes_are_unique(name: str) -> None:
    assert len(codes(name)) == len(set(codes(name)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_area_has_its_own_label_in_every_language(language: str) -> None:
    labels = [row[f"label_{language}"].strip() for row in rows(LISTS / "area.csv")]
    assert all(labels)
    assert len(labels) == len(set(labels))


def test_every_country_has_a_two_letter_and_a_three_digit_code() -> None:
    countries = [row for row in rows(LISTS / "area.csv") if row["kind"] == "country"]
    assert all(re.fullmatch("[A-Z]{2}", row["alpha2"]) for row in countries)
    assert all(re.fullmatch("[0-9]{3}", row["m49"]) for row in countries)
    for column in ("alpha2", "m49"):
        assert len({row[column] for row in countries}) == len(countries)


def test_every_membership_names_listed_areas_and_ordered_dates() -> None:
    kind = {row["code"]: row["kind"] for row in rows(LISTS / "area.csv")}
    for row in rows(LISTS / "group_member.csv"):
        assert kind[row["group"]] == "group"
        assert kind[row["area"]] == "country"
        assert DATE.fullmatch(row["valid_from"])
        assert DATE.fullmatch(row["valid_to"])
        assert row["valid_from"] <= (row["valid_to"] or "9999")
        assert row["reference"]


def test_no_area_is_in_one_group_twice_at_a_time() -> None:
    for one, other in combinations(rows(LISTS / "group_member.csv"), 2):
        if (one["group"], one["area"]) == (other["group"], other["area"]):
            first, second = sorted((one, other), key=lambda row: row["valid_from"])
            assert "" < first["valid_to"] < second["valid_from"], (first, second)


@pytest.mark.parametrize(
    ("group", "day", "members"),
    [
        ("CIS", "2024-12-31", 9),
        ("OIC", "2024-12-31", 57),
        ("OTS", "2018-12-31", 4),
        ("OTS", "2024-12-31", 5),
        ("ECO", "2024-12-31", 10),
        ("EU", "2012-12-31", 27),
        ("EU", "2020-01-31", 28),
        ("EU", "2024-12-31", 27),
        ("EU27_2020", "2011-12-31", 27),
        ("EU28", "2011-12-31", 28),
    ],
)
def test_a_group_has_its_known_number_of_members(group: str, day: str, members: int) -> None:
    found = [
        row["area"]
        for row in rows(LISTS / "group_member.csv")
        if row["group"] == group
        and row["role"] == "member"
        and row["valid_from"] <= day <= (row["valid_to"] or "9999")
    ]
    assert len(found) == members


def test_every_sector_leads_up_to_a_sector_without_a_parent() -> None:
    parent = {row["code"]: row["parent"] for row in rows(LISTS / "sector.csv")}
    for code, above in parent.items():
        assert re.fullmatch("_T|[a-z0-9_]+", code)
        seen = {code}
        while above:
            assert above not in seen
            seen.add(above)
            above = parent[above]


def test_every_region_lies_in_a_listed_country() -> None:
    alpha2 = {row["code"]: row["alpha2"] for row in rows(LISTS / "area.csv")}
    for row in rows(LISTS / "region.csv"):
        assert re.match(alpha2[row["area"]] + "[-_]", row["code"])


@pytest.mark.parametrize(("name", "column"), AREA_COLUMNS.items())
def test_every_area_of_the_figures_is_listed(name: str, column: str) -> None:
    used = {RENAMED.get(row[column], row[column]) for row in figures(name)}
    assert used <= set(codes("area"))


@pytest.mark.parametrize("name", ["official_figures.csv", "reported_figures.csv"])
def test_every_sector_of_the_figures_is_listed(name: str) -> None:
    used = {row["sector"] for row in figures(name)}
    assert used <= {row["source_label"] for row in rows(LISTS / "sector.csv")}


def test_every_event_is_dated_placed_and_attested_by_a_publication_of_the_ledger() -> None:
    ledger = sorted((ROOT / "data" / "raw" / "claims").glob("*/publications.csv"))[-1]
    published = {row["publication"]: row for row in rows(ledger)}
    for row in rows(LISTS / "event.csv"):
        assert re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", row["day"]), row["code"]
        assert row["day_basis"] in codes("period_basis")
        assert set(row["areas"].split()) <= set(codes("area"))
        assert published[row["publication"]]["address"] == row["address"]
        if row["day_basis"] == "publication":
            assert published[row["publication"]]["published_on"] == row["day"]


def test_every_country_has_a_place_and_no_two_share_a_tile() -> None:
    placed = rows(LISTS / "place.csv")
    assert [r["code"] for r in placed] == [
        r["code"] for r in rows(LISTS / "area.csv") if r["kind"] == "country"
    ]
    held = [(r["tile_column"], r["tile_row"]) for r in placed if r["tile_row"]]
    assert len(held) == len(set(held))
    assert all(-180 <= float(r["longitude"]) <= 180 and -90 <= float(r["latitude"]) <= 90 for r in placed)
