"""The page of an area with many figures: the first of each measure, all of them by pages, none lost."""

import polars as pl
import pytest

from dashboard import site
from dashboard.country import measure, tables
from dashboard.country.parts import newest_first
from dashboard.route import View
from indicators.extracts import Account, account, first_claims, page_of
from indicators.holdings import holdings
from indicators.reconcile import CELL
from tests.dashboard.test_pages import nodes, text


def rows_of(part):
    return [
        n
        for n in nodes(part)
        if type(n).__name__ == "Tr" and n.children and type(n.children[0]).__name__ == "Td"
    ]


def ids(rows):
    return [row["figure_id"] for row in rows]


@pytest.fixture(scope="module")
def usa(store):
    return holdings(store, "USA").observed.filter(measure="gva")


def test_the_pages_of_a_measure_hold_every_claim_once_and_say_how_many(store, usa):
    size = 300
    first = page_of(store, "USA", "gva", size=size)
    told, page = [], 1
    while len(told) < first.count:
        told += ids(page_of(store, "USA", "gva", size=size, page=page).rows)
        page += 1
    assert first.count == usa.height == len(told)
    assert sorted(told) == sorted(usa["figure_id"])
    assert page_of(store, "USA", "gva", size=size, page=page).rows == []


def test_a_page_chooses_the_headline_from_the_whole_cell_though_a_rival_stands_on_another(store):
    every = holdings(store, "KAZ").observed.filter(measure="employment")
    wanted = {row["figure_id"]: (row["is_headline"], row["rivals"]) for row in every.to_dicts()}
    told = {}
    for page in range(1, every.height + 1):
        (row,) = page_of(store, "KAZ", "employment", size=1, page=page).rows
        told[row["figure_id"]] = (row["is_headline"], row["rivals"])
    assert told == wanted
    assert any(rivals for _, rivals in told.values())


def test_filters_leave_what_they_say(store, usa):
    parts = page_of(store, "USA", "gva", region="*", size=50)
    assert (
        parts.count
        == usa.filter(usa["region"] != "_T").height
        == sum(parts.regions.values()) - parts.regions.get("_T", 0)
    )
    assert all(row["region"] != "_T" for row in parts.rows)
    sector = next(iter(parts.sectors))
    own = page_of(store, "USA", "gva", sector=sector, size=50)
    assert own.count == parts.sectors[sector] == usa.filter(sector=sector).height


@pytest.mark.parametrize("area", ["KAZ", "USA", "ARM", "CIS", "FJI"])
def test_the_first_claims_are_those_that_all_of_them_would_give(store, area):
    """As if everything had been read: same rows, same headlines, same rivals."""
    every = holdings(store, area).observed.to_dicts()
    whole = [row for row in every if row["region"] == "_T" and row["obs_status"] != "U"]
    shown = first_claims(store, area, tables.FIRST_ROWS, tables.REGION_ROWS)
    for name in {row["measure"] for row in whole}:
        for economy in (True, False):

            def own(rows, name=name, economy=economy):
                return [
                    r
                    for r in rows
                    if r["measure"] == name
                    and (r["sector"] == "_T") == economy
                    and r["region"] == "_T"
                    and r["obs_status"] != "U"
                ]

            wanted = [
                (r["is_headline"], r["rivals"], *(r[c] for c in CELL)) for r in newest_first(own(every))[:8]
            ]
            found = [
                (r["is_headline"], r["rivals"], *(r[c] for c in CELL)) for r in newest_first(own(shown))[:8]
            ]
            assert found == wanted, name


@pytest.mark.parametrize("area", ["KAZ", "USA", "ARM", "FJI"])
def test_the_account_counts_what_is_there(store, area):
    every, held = holdings(store, area), account(store, area)
    assert held.figures == every.observed["low"].is_not_null().sum()
    assert held.claims() == every.observed.height
    assert held.sources == {*every.observed["source"], *every.targets["source"]}


def test_a_country_with_many_regions_shows_the_first_of_them_and_where_all_are(store):
    figure = next(r for r in holdings(store, "KAZ").observed.to_dicts() if r["region"] != "_T")
    rows = [figure | {"sector": sector} for sector in ("_T", "film", "museums") for _ in range(30)]
    there = account(store, "KAZ").observed.head(1)
    held = Account(_counted(there, figure["measure"]), holdings(store, "KAZ").targets)
    section = tables.regions(View("/country", {"area": "KAZ"}), rows, held)
    assert len(rows_of(section)) == tables.REGION_ROWS < len(rows)
    assert "Show all 90" in text(section)


def _counted(account_, measure_):
    return account_.with_columns(
        pl.lit(measure_).alias("measure"), pl.lit(False).alias("whole"), pl.lit(False).alias("doubtful"),
        pl.lit(90).alias("claims"),
    )  # fmt: skip


def test_every_page_of_a_large_measure_has_a_way_to_the_next_and_says_where_it_is(releases, catalogue):
    page = site.page(releases, catalogue, "/country", "?area=USA&measure=gva&page=2")[0]
    assert "201 to 400 of" in text(page)
    assert len(rows_of(page)) <= measure.ROWS
    hrefs = {getattr(n, "href", None) for n in nodes(page)}
    assert "/country?area=USA&measure=gva" in hrefs


def test_the_foot_of_every_sheet_names_the_release_and_its_day(releases, store, catalogue):
    page = site.page(releases, catalogue, "/country", "?area=UZB")[0]
    foot = next(n for n in nodes(page) if getattr(n, "className", "") == "sheet-foot")
    assert store.release.id in text(foot)
    assert "22 November 2026" in text(foot)
