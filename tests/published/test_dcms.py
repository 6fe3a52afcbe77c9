"""What the UK department printed beside its figures, made again from the figures alone.

Table 1.1 prints value added, its change and its share of the UK; table 1.1a the index of the same.
All must come out to the last printed digit, the total among them as published, not as a sum.
"""

import pytest

from indicators.answer import compute
from indicators.concepts.codelist import codelist
from indicators.query import Query
from indicators.transform import GROWTH, INDEX
from tests.published.at_hand import needs_official
from tests.published.dcms import YEARS, published, sheet
from tests.tables import claims

pytestmark = needs_official
BOOK, CURRENT, INDEXED = "GVA_sector_tables.xlsx", 2, 3


@pytest.fixture(scope="module")
def ledger():
    """Table 1.1 as claims of the department, the UK's own value added among them."""
    table = published(BOOK, CURRENT, {"dcms"}).select("sector", "year", "value")
    whole = next(row for row in sheet(BOOK, CURRENT) if row[0] == "UK")
    uk = [{"sector": "_T", "year": y, "value": float(whole[1 + i]) * 1e9} for i, y in enumerate(YEARS)]
    rows = [*table.to_dicts(), *uk]
    lines = [f"gva | GBR | {r['year']} | {r['sector']} | GBP | dcms | {r['value']:.4f}" for r in rows]
    return claims(
        "\n".join(["measure | ref_area | time_period | sector | unit_measure | source | obs_value", *lines])
    )


def printed(number):
    """What a sheet prints: code of the sector -> its row after the label."""
    codes = published(BOOK, CURRENT, {"dcms"})["sector"].unique()
    names = {codelist("sector")[code]["source_label"]: code for code in codes}
    return {names[row[0].strip()]: [float(v) for v in row[1:]] for row in sheet(BOOK, number)
            if row and row[0].strip() in names and len(row) > 7}  # fmt: skip


def made(catalogue, ledger, indicator="value_added", **query):
    frame = compute(Query(indicator, **query), catalogue[indicator], ledger, "r").frame
    return {(r["sector"], r["year"]): r["value"] for r in frame.to_dicts()}


def test_the_share_of_the_united_kingdom_of_every_sector_and_of_the_total(catalogue, ledger):
    shares = made(catalogue, ledger, "gdp_share")
    for sector, row in printed(CURRENT).items():
        if sector != "dcms_civil_society":  # its share is printed as 1.2 whatever the figures say
            assert shares[sector, 2016] == pytest.approx(row[-1], rel=1e-12), sector
    of_all = next(row for row in sheet(BOOK, CURRENT) if row[0] == "% of UK GVA")
    for i, year in enumerate(YEARS):
        assert shares["dcms_all", year] == pytest.approx(float(of_all[1 + i]), rel=1e-12)


def test_the_change_since_the_year_before(catalogue, ledger):
    growth = made(catalogue, ledger, transform=GROWTH)
    for sector, row in printed(CURRENT).items():
        assert growth[sector, 2016] == pytest.approx(row[7], rel=1e-9), sector


def test_the_index_and_the_change_since_its_base(catalogue, ledger):
    index = made(catalogue, ledger, transform=INDEX, base=2010)
    for sector, row in printed(INDEXED).items():
        for i, year in enumerate(YEARS):
            assert index[sector, year] == pytest.approx(row[i], rel=1e-12), (sector, year)
    for sector, row in printed(CURRENT).items():
        assert index[sector, 2016] - 100 == pytest.approx(row[8], rel=1e-9), sector


def test_the_total_is_the_published_one_and_not_the_sum_of_its_sectors(catalogue, ledger):
    levels = made(catalogue, ledger)
    parts = sum(
        v for (sector, year), v in levels.items() if year == 2016 and sector not in ("dcms_all", "_T")
    )
    assert levels["dcms_all", 2016] == pytest.approx(248.51526295318106e9)
    assert parts > 1.4 * levels["dcms_all", 2016]
