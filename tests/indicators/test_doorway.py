"""The doorway: two lines to a frame, and the same numbers as everywhere."""

import subprocess
import sys
from datetime import date
from math import inf

import polars as pl
import pytest

from indicators import open_release
from indicators.answer import FRAME, answer
from indicators.concepts.release import NoRelease, UnknownRelease
from indicators.holdings import UnknownFigure
from indicators.query import BadQuery, Query
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def release(processed):
    return open_release(processed)


def test_an_answer_is_that_of_the_house(release, store, catalogue):
    asked = release.answer(
        "exports_services", ["KAZ", "UZB"], since=2020, as_of="2026-06-30", currency="local"
    )
    query = Query("exports_services", ("KAZ", "UZB"), since=2020, as_of=date(2026, 6, 30), currency="local")
    made = answer(query, store, catalogue)
    assert asked.query == query
    assert asked.notes == made.notes
    assert asked.polars(rivals=True).equals(made.frame)
    assert made.headlines.height > 0


def test_headlines_stand_alone_and_rivals_are_asked_for(release):
    asked = release.answer("gdp_share", "KAZ")
    alone, every = asked.polars(), asked.polars(rivals=True)
    assert alone["is_headline"].all()
    assert every.height > alone.height
    assert tuple(every.columns) == FRAME


def test_pandas_holds_the_same_cells_and_an_open_end_stays_open(release):
    asked = release.answer("value_added", "KAZ")
    frame, same = asked.pandas(), asked.polars()
    assert list(frame.columns) == same.columns
    assert frame["figure_id"].tolist() == same["figure_id"].to_list()
    assert frame["value"].tolist() == same["value"].to_list()
    bound = frame.set_index("figure_id").loc["KAZ-056"]
    assert (bound["low"], bound["high"], bound["hedge"]) == (2e9, inf, "over")


def test_a_wrong_question_is_told_all_that_is_wrong(release):
    with pytest.raises(BadQuery) as caught:
        release.answer("employmnt", "KZA", sinse=2015, base="long ago")
    assert len(caught.value.faults) == 4
    assert "'employment'" in str(caught.value)
    with pytest.raises(UnknownFigure):
        release.figure("XXX-999")


def test_an_empty_answer_says_why(release):
    asked = release.answer("box_office", "MNG")
    assert asked.polars().is_empty()
    assert "no source" in asked.notes[0]


def test_lists_search_and_passports(release, store, catalogue):
    assert release.id == store.release.id
    assert release.indicators()["id"].to_list() == [i.id for i in catalogue]
    found = release.search("кино қазақстан", "kk")
    assert ("series", "cinema_attendance") in found.select("kind", "code").rows()
    assert release.figure("KAZ-054").rivals["figure_id"].to_list()
    assert release.sources().equals(store.ask("publications"))
    assert release.conflicts()["cell"].max() > 100
    assert "before_value" in release.revisions().columns
    assert {t.target.ref_area for t in release.targets("UZB")} == {"UZB"}


def test_a_folder_without_a_release_and_an_unknown_id_say_so(processed, tmp_path, monkeypatch):
    with pytest.raises(NoRelease, match="etl build"):
        open_release(tmp_path)
    with pytest.raises(UnknownRelease):
        open_release(processed, "0" * 12)
    monkeypatch.setenv("CEI_DATA", str(processed))
    assert isinstance(open_release().answer("employment").polars(), pl.DataFrame)


def test_the_package_opens_nothing_and_loads_no_engine_before_it_is_asked():
    script = "import sys, indicators; sys.exit(bool({'duckdb', 'polars', 'pandas'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT).returncode == 0
