"""What the build makes of the raw figures, beside golden files that a person has read.

The first tests hold the release to the golden files; the later ones hold the golden files to data/raw, with
no code of ours between: the place that a figure names, and the exact sum of every file.
"""

import csv
import re
from collections import Counter, defaultdict
from decimal import Decimal, localcontext
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import RAW
from tests.golden import book, write

COLLECTIONS = sorted(path.name for path in RAW.iterdir() if path.is_dir())
"""Those whose files are kept here; tests/published holds the others to files beside the repository."""
ALWAYS = (
    "obs_status",
    "conf_status",
    "hedge",
    "kind",
    "sex",
    "freq",
    "period_basis",
    "reported_unit_mult",
    "base_per",
)
SHOWN = {  # beside ALWAYS, what a golden file must show of its collection
    "br_ibge_siic": ("measure", "unit_measure", "obs_comment"),
    "claims": (),
    "eurostat_cultural_employment": ("measure", "unit_measure", "obs_comment"),
    "uis_feature_films": ("measure", "unit_measure", "obs_comment"),
    "unctad_creative_services": ("measure", "unit_measure", "obs_comment", "counterpart_area"),
    "us_bea_acpsa": ("measure", "unit_measure"),
    "world_context": ("measure", "source", "obs_comment"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def every_digit():
    """Sums are exact: Python's usual 28 digits would round a long one."""
    with localcontext(prec=60):
        yield


@pytest.fixture(scope="module")
def release(processed):
    return (processed / "current").resolve()


def golden(name: str) -> list[dict[str, str]]:
    return book.read(book.FOLDER / name)


# ------------------------------------------------------------------------- the release


@pytest.mark.parametrize("name", COLLECTIONS)
def test_the_chosen_figures_are_as_they_were(release, name):
    frozen = golden(f"{name}.csv")
    assert 15 <= len(frozen) <= 40
    for row, made in zip(frozen, book.chosen(release, name, frozen), strict=True):
        assert made == row, f"{row['figure_id']}: {row['shows']}"


@pytest.mark.parametrize("name", COLLECTIONS)
def test_the_whole_collection_has_the_rows_and_the_exact_sums_it_had(release, name):
    made, frozen = book.sums(release, name), golden(f"{name}.sums.csv")
    assert [r for r in made if r not in frozen] == [r for r in frozen if r not in made] == []


def test_what_became_of_the_other_rows_is_as_it_was(release):
    assert book.findings(release) == golden("findings.csv")


def test_a_finding_is_true_of_its_figure(release):
    """A target without a year has a date of publication; only a text without one may be said to have none."""
    rows = pl.concat(
        [
            pl.read_parquet(release / "observations" / "claims.parquet"),
            pl.read_parquet(release / "targets.parquet"),
        ]
    )
    said = pl.read_parquet(release / "findings.parquet").filter(
        pl.col("says").str.contains("nor a date of publication")
    )
    dated = rows.filter(pl.col("published_on").is_not_null())["figure_id"].to_list()
    assert said.filter(pl.col("figure_id").is_in(dated))["figure_id"].to_list() == []


def test_there_is_a_golden_file_for_every_collection_and_for_no_other(release):
    collections = {path.stem for path in (release / "observations").glob("*.parquet")}
    assert set(COLLECTIONS) == collections == set(SHOWN)
    assert {path.name for path in book.FOLDER.glob("*.csv")} == set(book.pages(release))


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_mark_hedge_kind_and_unit_of_a_collection_is_shown_by_a_chosen_figure(release, name):
    made, frozen = book.figures(release, name), golden(f"{name}.csv")
    hidden = {
        column: missing
        for column in (*ALWAYS, *SHOWN[name])
        if (missing := {_mark(v) for v in made[column]} - {_mark(row[column]) for row in frozen})
    }
    assert not hidden, f"choose a figure for each, and add it to golden/{name}.csv"


def _mark(value: object) -> str:
    """A flag without its detail: "… [ILO/PWT in 2019=0.95]" is one mark whatever the ratio."""
    return re.sub(r" \[[^]]*\]", "", str(value) if isinstance(value, str) else book.text(value))


def test_a_file_that_differs_is_printed_line_by_line_and_one_that_does_not_is_not(release, tmp_path):
    made = book.pages(release)
    for name, page in made.items():
        (tmp_path / name).write_text(page.replace("TUR-017,", "TUR-O17,"), "utf-8")
    said = list(write.differences(made, tmp_path))
    assert [line[0] for line in said if not line.startswith(("---", "+++", "@@"))] == ["-", "+"] * 2
    assert [line.split()[1] for line in said if line.startswith("---")] == [
        "golden/findings.csv",
        "golden/claims.csv",
    ]
    assert list(write.differences(made, book.FOLDER)) == []


def test_a_figure_that_the_release_lost_keeps_its_line_so_that_the_loss_is_seen(release):
    lost = {"shows": "a loss", "figure_id": "KAZ-999"}
    made = book.chosen(release, "claims", [lost])[0]
    assert {k: v for k, v in made.items() if v} == lost


# ------------------------------------------------------------------------- the raw files

POWER = {  # of ten, as the publisher's own table head says; never read from source.yaml
    "br_ibge_siic": {"enterprises.csv": ("enterprises", "enterprises", 0), "persons_employed.csv": ("employment_in_enterprises", "persons", 0),
                     "net_revenue.csv": ("turnover", "brl_thousand", 3), "value_added.csv": ("gva", "brl_thousand", 3)},
    "uis_feature_films": {"films_100pct_national.csv": ("films_produced_national", "films", 0)},
    "us_bea_acpsa": {"value_added.csv": ("gva", "usd_million", 6), "employment.csv": ("employment", "thousand_jobs", 3)},
    "world_context": {"gdp_usd.csv": ("gdp", "usd", 0), "gdp_local_currency.csv": ("gdp", "local_currency", 0),
                      "population.csv": ("population", "persons", 0), "employment.csv": ("employment", "persons", 0),
                      "gdp_deflator.csv": ("gdp_deflator", "index_2015_100", 0),
                      "exchange_rate.csv": ("exchange_rate", "local_currency_per_usd", 0)},
}  # fmt: skip


def printed(collection: str, file: str) -> list[dict[str, str]]:
    """The rows of a raw file, read by nobody but Python."""
    paths = list((RAW / collection).glob(f"*/{file}"))
    assert len(paths) == 1, f"{file} of {collection} has several vintages: say which"
    with paths[0].open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def times_ten(number: str, power: int) -> Decimal:
    return Decimal(number) * Decimal(10) ** power


def frozen_sums(collection: str) -> dict[str, Decimal]:
    """Measure → the sum over its units; a check of digits, not a figure."""
    total: dict[str, Decimal] = defaultdict(Decimal)
    for row in golden(f"{collection}.sums.csv"):
        if row["by"] == "unit_measure":
            total[row["measure"]] += Decimal(row["obs_value"])
    return dict(total)


@pytest.mark.parametrize("collection", POWER)
def test_the_golden_sums_are_those_of_the_raw_files(collection):
    total: dict[str, Decimal] = defaultdict(Decimal)
    for file, (measure, column, power) in POWER[collection].items():
        total[measure] += sum(times_ten(r[column], power) for r in printed(collection, file) if r[column])
    assert frozen_sums(collection) == dict(total)


def test_the_golden_sums_of_exports_and_imports_are_those_of_the_raw_file():
    total: dict[str, Decimal] = defaultdict(Decimal)
    for row in printed("unctad_creative_services", "trade_in_creative_services.csv"):
        total[row["flow"]] += times_ten(row["usd_million"] or "0", 6)
    frozen = frozen_sums("unctad_creative_services")
    assert (frozen["exports_services"], frozen["imports_services"]) == (total["Exports"], total["Imports"])


def test_the_golden_sums_of_men_women_and_all_are_those_of_the_raw_file():
    total: dict[str, Decimal] = defaultdict(Decimal)
    for row in printed("eurostat_cultural_employment", "cult_emp_sex.csv"):
        total[row["unit"]] += Decimal(row["value"]) if row["value"] != ":" else 0
    frozen = frozen_sums("eurostat_cultural_employment")
    assert frozen["employment"] == total["Thousand persons"] * 1000
    assert frozen["share_of_employment"] == total["Percentage of total employment"]


CORRECTED = {"TUR-017": "14394000", "TUR-067": "84220477000"}


def test_the_golden_sums_of_the_ledger_are_those_of_its_rows():
    """Ranges have no value, repetitions are withheld, two misprints are put right; all else is as written."""
    total: dict[str, Decimal] = defaultdict(Decimal)
    for path in sorted((RAW / "claims").glob("*/figures/*.csv")):
        for row in printed("claims", f"figures/{path.name}"):
            plan = "" if row["kind"] == "observed" else f" ({row['kind']})"
            own = CORRECTED.get(row["figure"])
            if not row["same_as"]:
                value = Decimal(own) if own else times_ten(row["value"], int(row["unit_mult"]))
                total[row["measure"] + plan] += value if row["hedge"] != "between" else 0
    assert frozen_sums("claims") == dict(total)


def chosen_places() -> list[tuple[str, dict[str, str]]]:
    return [(name, row) for name in COLLECTIONS for row in golden(f"{name}.csv")]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_chosen_figure_stands_where_it_says(name):
    """The cell in that row of that file is the printed value; times its power of ten it is the figure."""
    for row in golden(f"{name}.csv"):
        file, _, place = row["reported_at"].partition(", row ")
        cells = printed(name, file)[int(place.split(";")[0]) - 2]
        said = f"{row['figure_id']} at {row['reported_at']}"
        assert row["reported_value"] in (cells.values()), said
        if name == "claims":
            assert cells["figure"] == row["figure_id"]
            assert [cells[c] for c in ("measure", "sector", "hedge", "kind", "unit")] == [
                row[c] for c in ("measure", "sector", "hedge", "kind", "unit_measure")
            ], said
        else:
            assert cells["year"] == row["time_period"], said
            number = row["reported_value"].strip(":")
            value = times_ten(number, int(row["reported_unit_mult"])) if number else None
            assert value == (Decimal(row["obs_value"]) if row["obs_value"] else None), said


def test_no_chosen_figure_of_a_table_has_an_interval_but_the_nil_ones():
    for name, row in chosen_places():
        if name != "claims" and row["obs_status"] != "N":
            assert row["obs_value"] == row["obs_low"] == row["obs_high"], row
    nil = Counter((r["obs_low"], r["obs_high"]) for _, r in chosen_places() if r["obs_status"] == "N")
    assert set(nil) == {("0", "0.5")}


def test_no_text_of_the_release_is_empty_where_null_is_meant(release):
    """In a golden file the two look alike."""
    for path in sorted(Path(release).rglob("*.parquet")):
        frame = pl.read_parquet(path)
        empty = [c for c in frame.columns if frame[c].dtype == pl.String and (frame[c] == "").any()]
        assert empty == [], path.name
