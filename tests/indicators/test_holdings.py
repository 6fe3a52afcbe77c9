"""All there is on one area, and the passport of every number: where it came from and who contradicts it."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from etl.steps.summarise import national
from indicators.concepts.codelist import codelist
from indicators.concepts.observation import CELL, SCHEMA
from indicators.holdings import Passport, UnknownFigure, holdings, passport
from tests.conftest import released
from tests.golden import book

COLLECTIONS = sorted(path.name.split(".")[0] for path in book.FOLDER.glob("*.sums.csv"))
WHOSE = ("publisher", "title", "authority", "language", "licence", "collection", "known_from", "retrieved_on")
WHAT = (
    "reported_at",
    "obs_status",
    "conf_status",
    "hedge",
    "kind",
    "unit_measure",
    "time_period",
    "period_basis",
)


def ids(frame: pl.DataFrame) -> list[str]:
    return frame["figure_id"].to_list()


# ------------------------------------------------------------------------ the passport of one number


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_passport_says_whose_figure_it_is_where_it_stood_and_how_it_was_printed(store, collection):
    for golden in book.read(book.FOLDER / f"{collection}.csv")[::5]:
        figure = passport(store, golden["figure_id"]).figure
        assert {column: book.text(figure[column]) for column in book.COLUMNS} == {
            c: golden[c] for c in book.COLUMNS
        }
        assert [c for c in (*WHOSE, *WHAT) if figure[c] in (None, "")] == [], golden["figure_id"]
        assert figure["collection"] == collection
        assert figure["authority"] in codelist("authority")
        assert (figure["reported_value"] is None) == (golden["reported_value"] == "")


def test_every_column_of_the_one_shape_is_in_a_passport(store):
    assert set(SCHEMA) <= set(passport(store, "KAZ-056").figure)


def test_the_passport_of_two_billion_dollars(store):
    """A speech of October 2025, in three languages; the claim that the founding document 003 holds."""
    made = passport(store, "KAZ-056")
    figure = made.figure
    assert figure["reported_value"] == "надхвърли 2 милиарда долара"
    assert (figure["obs_value"], figure["low"], figure["high"]) == (Decimal(2 * 10**9), 2e9, float("inf"))
    assert (figure["hedge"], figure["period_basis"], figure["published_on"]) == (
        "over",
        "publication",
        "2025-10-11",
    )
    assert figure["reported_at"] == "figures/KAZ.csv, row 57; quoted speech, second paragraph"
    assert figure["is_headline"] is True
    assert sorted(ids(made.findings)) == ["KAZ-057", "KAZ-058"], "the same speech in Russian and Kazakh"
    assert set(made.findings["refers_to"]) == {"KAZ-056"}
    assert made.rivals.height == 0


@pytest.mark.parametrize(("figure", "rivals"), [
    ("AZE-058", {"AZE-059"}),      # 0.9 against 5.3 per cent of GDP in 2020
    ("KAZ-003", {"KAZ-004"}),                               # 23.0 against 23.3 million visits
    ("KAZ-054", {"KAZ-055"}),                               # tenge and dollars of one value
    ("RUS-014", {"RUS-012", "RUS-015"}),                    # the box office of 2024; the forecast is no rival
    ("OTS-002", {"OTS-003"}),                               # 42 against more than 22 billion
    ("KAZ-039", set()),
])  # fmt: skip
def test_the_rivals_of_a_figure_are_the_other_claims_for_its_cell(store, figure, rivals):
    made = passport(store, figure)
    assert set(ids(made.rivals)) == rivals
    cell = [column for column in CELL if column != "freq"]
    for row in made.rivals.to_dicts():
        assert [row[c] for c in cell] == [made.figure[c] for c in cell]
        assert figure in ids(passport(store, row["figure_id"]).rivals), "rivalry is mutual"
    assert made.figure["rivals"] == len(rivals)


def test_the_headline_stands_first_among_the_rivals_of_another(store):
    made = passport(store, "RUS-012")
    assert made.figure["is_headline"] is False
    assert made.rivals["is_headline"].to_list() == [True, False]


def test_claims_of_no_stated_period_stand_beside_and_are_no_rivals(store):
    made = passport(store, "KAZ-039")
    assert ids(made.undated) == ["KAZ-037", "KAZ-038"]
    assert set(made.undated["time_period"]) == {"_X"}
    assert ids(passport(store, "KAZ-037").undated) == [], (
        "one of them has no others: they are rivals of each other"
    )
    assert ids(passport(store, "KAZ-037").rivals) == ["KAZ-038"]


@pytest.mark.parametrize(("figure", "kinds"), [
    ("ARM-002", ["correction", "impossible_value"]),
    ("TUR-017", ["correction"]),
    ("KAZ-037", ["period_not_stated"]),
    ("TUR-059", ["same_statement"]),
    ("KAZ-054", []),
])  # fmt: skip
def test_what_must_be_known_of_a_figure_is_in_its_passport(store, figure, kinds):
    assert passport(store, figure).findings["kind"].to_list() == kinds


def test_a_correction_keeps_the_print_and_the_reason(store):
    figure = passport(store, "TUR-017").figure
    assert figure["correction"] == "TUR-017-thousand"
    assert (figure["reported_value"], figure["obs_value"]) == ("14 milyon 394 kişi", Decimal(14394000))
    assert figure["obs_comment"].startswith("Misprint: the word for thousand")


def test_a_plan_has_a_passport_without_a_headline(store):
    made = passport(store, "KAZ-067")
    assert (made.figure["kind"], made.figure["hedge"], made.figure["high"]) == ("target", "up_to", 35.0)
    assert "is_headline" not in made.figure
    assert made.rivals.height == 0


def test_a_gap_has_a_passport_that_says_why_it_is_one(store):
    gap = next(r for r in book.read(book.FOLDER / "unctad_creative_services.csv") if r["obs_status"] == "Q")
    made = passport(store, gap["figure_id"])
    assert (made.figure["value"], made.figure["low"], made.figure["high"]) == (None, None, None)
    assert (made.figure["conf_status"], made.figure["obs_comment"]) == ("N", "Not publishable")


@pytest.mark.parametrize("unknown", ["", "KAZ-999", "KAZ-057", "kaz-056", "x' or '1'='1"])
def test_a_figure_that_is_none_of_the_release_is_refused_by_name(store, unknown):
    with pytest.raises(UnknownFigure, match=f"is no figure of release {store.release.id}"):
        passport(store, unknown)


def test_a_passport_names_its_release(store):
    made = passport(store, "KAZ-056")
    assert isinstance(made, Passport)
    assert made.release == store.release.id


# ------------------------------------------------------------------------ all there is on one area


def test_the_holdings_of_an_area_are_all_its_rows_and_no_others(store, processed):
    observations = released(processed)
    targets = pl.read_parquet(processed / "current" / "targets.parquet")
    for area in ("KAZ", "EU28", "OTS", "BVT"):
        held = holdings(store, area)
        assert sorted(ids(held.observed)) == sorted(ids(observations.filter(pl.col("ref_area") == area)))
        assert sorted(ids(held.targets)) == sorted(ids(targets.filter(pl.col("ref_area") == area)))
        assert set(held.observed["kind"]) <= {"observed"}
        assert "observed" not in set(held.targets["kind"])


def test_the_holdings_say_of_every_cell_which_claim_is_its_headline(store):
    held = holdings(store, "KAZ").observed
    cell = [column for column in CELL if column != "freq"]
    counted = held.group_by(cell).agg(pl.col("is_headline").sum())
    assert set(counted["is_headline"]) == {1}
    regions = held.filter(pl.col("region") == "KZ-75")
    assert {"KAZ-006", "KAZ-007", "KAZ-011"} <= set(ids(regions)), "cities are held beside the country"


def test_holdings_of_a_day_hold_what_was_known_on_it(store):
    before, after = (holdings(store, "KAZ", day).observed for day in (date(2025, 10, 10), date(2025, 10, 11)))
    assert "KAZ-056" not in ids(before)
    assert "KAZ-056" in ids(after)
    assert set(ids(before)) < set(ids(after)) <= set(ids(holdings(store, "KAZ").observed))
    for frame in (
        holdings(store, "KAZ", date(1999, 1, 1)).observed,
        holdings(store, "KAZ", date(1999, 1, 1)).targets,
    ):
        assert frame.height == 0


# ------------------------------------------------------------------------ measures with a figure a day


def test_a_page_of_a_country_leaves_out_the_measures_it_is_told_to(store):
    asked = {"area": "KAZ", "as_of": date(9999, 12, 31)}
    whole, without = (store.ask("holdings", **asked, details=d) for d in ([], ["population"]))
    assert "population" in set(whole["measure"])
    assert without.height == whole.filter(pl.col("measure") != "population").height > 0


def test_a_measure_with_a_figure_a_day_is_in_no_summary():
    daily = next(iter(codelist("measure_detail")))
    kept = {"source": "s", "vintage": "v", "kind": "observed", "region": "_T", "counterpart_area": "_Z"}
    rows = [kept | {"measure": m, "figure_id": m} for m in (daily, "exchange_rate")]
    figures = pl.DataFrame(rows, schema=SCHEMA)
    registered = pl.DataFrame({"source": ["s"], "vintage": ["v"], "known_from": [date(2026, 1, 1)]})
    assert national(figures.lazy(), registered)["measure"].to_list() == ["exchange_rate"]
