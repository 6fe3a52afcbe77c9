"""What changed from one release to the next: new, revised, corrected, withdrawn, another headline."""

import shutil

import pytest

from etl.__main__ import main
from etl.run import build
from indicators.changes import KINDS, changed, changes, counts, headlines_changed, predecessor
from indicators.store import Releases
from tests.conftest import RAW, silent
from tests.tables import claims

HEAD = "figure_id | source | measure | ref_area | time_period | hedge | obs_value | obs_low | obs_high | obs_status"
BEFORE = f"""
    {HEAD}
    SAME      | s      | gva     | KAZ      | 2023        | exact | 10        | 10      | 10       | A
    OFFER     | s      | gva     | KAZ      | 2024        | over  | 20        | 20      | inf      | A
    GONE      | s      | gva     | AZE      | 2023        | exact | 30        | 30      | 30       | A
    EDITION1  | t      | exports | UZB      | 2023        | exact | 40        | 40      | 40       | P
"""
AFTER = f"""
    {HEAD}
    SAME      | s      | gva     | KAZ      | 2023        | exact | 10        | 10      | 10       | A
    OFFER     | s      | gva     | KAZ      | 2024        | exact | 21        | 21      | 21       | A
    COME      | s      | gva     | TUR      | 2023        | exact | 30        | 30      | 30       | A
    EDITION2  | t      | exports | UZB      | 2023        | exact | 40        | 40      | 40       | A
"""


def found(before, after):
    return changed(before, after).select("change", "before_figure_id", "figure_id").sort("change").rows()


def test_a_figure_is_new_revised_or_withdrawn():
    assert found(claims(BEFORE), claims(AFTER)) == [
        ("new", None, "COME"),
        ("revised", "OFFER", "OFFER"),
        ("revised", "EDITION1", "EDITION2"),
        ("withdrawn", "GONE", None),
    ]


def test_a_provisional_figure_that_becomes_final_is_revised_though_its_value_stays():
    row = changed(claims(BEFORE), claims(AFTER)).filter(figure_id="EDITION2").to_dicts()[0]
    assert (row["before_obs_status"], row["obs_status"], row["before_value"], row["value"]) == (
        "P",
        "A",
        40,
        40,
    )


def test_a_correction_of_ours_is_no_revision_of_the_publisher():
    after = claims(AFTER).with_columns(correction=claims(AFTER)["figure_id"])
    assert {kind for kind, before, _ in found(claims(BEFORE), after) if before == "OFFER"} == {"corrected"}


def test_two_figures_of_one_source_for_one_cell_are_not_paired_by_it():
    two = BEFORE + "    EDITION1B | t | exports | UZB | 2023 | exact | 41 | 41 | 41 | A\n"
    kinds = [kind for kind, *_ in found(claims(two), claims(AFTER))]
    assert kinds == ["new", "new", "revised", "withdrawn", "withdrawn", "withdrawn"]


RIVALS = """
    figure_id | source | measure | ref_area | time_period | authority           | obs_value
    PRESS     | p      | gva     | KAZ      | 2024        | press               | 10
"""
OFFICE = RIVALS + "    OFFICE    | o      | gva     | KAZ      | 2024        | statistical_office  | 12\n"


def test_a_new_rival_of_higher_authority_changes_the_headline_and_says_why():
    (row,) = headlines_changed(claims(RIVALS), claims(OFFICE)).to_dicts()
    assert (row["before_figure_id"], row["figure_id"], row["why"]) == (
        "PRESS",
        "OFFICE",
        "the higher authority",
    )


def test_a_rival_of_lower_authority_leaves_the_headline():
    office = OFFICE.replace(RIVALS.splitlines()[2], "").replace("\n\n", "\n")
    assert headlines_changed(claims(office), claims(OFFICE)).is_empty()


def test_a_headline_that_its_own_source_revised_is_revised_and_no_other_headline():
    revised = claims(OFFICE.replace("| 12", "| 13"))
    assert headlines_changed(claims(OFFICE), revised).is_empty()
    assert [row[0] for row in found(claims(OFFICE), revised)] == ["revised"]


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Two real releases: of the repository's figures, and of the same with four rows of the ledger changed."""
    folder = tmp_path_factory.mktemp("two")
    shutil.copytree(RAW, folder / "raw")
    first = build(folder / "raw", folder / "processed", say=silent)
    (ledger,) = (folder / "raw" / "claims").glob("*/figures/UZB.csv")
    lines = ledger.read_text("utf-8").splitlines(keepends=True)
    films = folder / "raw" / "uis_feature_films" / "2021-03" / "films_100pct_national.csv"
    text = films.read_text("utf-8").replace("AUS,Australia,2011,39,,", "AUS,Australia,2011,40,,")
    films.write_text(text, "utf-8")
    gone = next(i for i, line in enumerate(lines) if line.startswith("UZB-"))
    name = lines.pop(gone).partition(",")[0]
    ledger.write_text("".join(lines), "utf-8")
    for source in ("claims", "uis_feature_films"):
        assert main(["--data", str(folder), "receive", source]) == 0
    second = build(folder / "raw", folder / "processed", say=silent)
    releases = Releases(folder / "processed")
    return releases.of(first), releases.of(second), name


def test_two_built_releases_are_compared_whole(two):
    before, after, name = two
    made = changes(before, after)
    assert counts(made) == {kind: {"revised": 1, "withdrawn": 1}.get(kind, 0) for kind in KINDS}
    revised = made.filter(change="revised").to_dicts()[0]
    assert (revised["ref_area"], revised["before_value"], revised["value"]) == ("AUS", 39, 40)
    assert made.filter(change="withdrawn")["before_figure_id"].to_list() == [name]
    assert counts(made, "AUS") == {kind: int(kind == "revised") for kind in KINDS}
    assert counts(changes(after, before))["new"] == 1, "the other way round it is new"


def test_a_release_compared_with_itself_has_not_changed(store):
    assert changes(store, store).is_empty()


def test_the_release_before(two):
    before, after, _ = two
    ids = [one.id for one in after.beside.kept()]
    assert predecessor(ids, after.release.id) == before.release.id
    assert predecessor(ids, before.release.id) is None
