"""What measures must itself be right: the generated release, the verdicts, the page that records them."""

import polars as pl
import pytest

from bench import __main__ as bench
from bench.answers import ASKED, measured
from bench.generate import blocks, generate
from bench.measure import Figure, alternately, written
from indicators.concepts.observation import KEY, SCHEMA
from indicators.concepts.release import current_release
from tests.conftest import ROOT

ROWS = 20_000


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A release like the large one, small enough for a test."""
    folder = tmp_path_factory.mktemp("large")
    generate(folder, ROWS)
    return folder


def test_the_generated_release_has_the_one_shape_and_no_two_figures_alike(large):
    figures = pl.read_parquet(large / "current" / "observations" / "generated_*.parquet")
    assert dict(figures.schema) == dict(SCHEMA)
    assert figures.height == pytest.approx(ROWS, rel=0.01)
    assert figures["figure_id"].is_unique().all()
    assert not figures.select(pl.struct(KEY[:-1]).is_duplicated()).to_series().any()


def test_it_is_no_easy_case(large):
    """Regions, partners, months, old editions, rivals, ranges and gaps are all there, of the same measures."""
    figures = pl.read_parquet(large / "current" / "observations" / "generated_*.parquet")
    asked = figures.filter(pl.col("measure") == "exports_services")
    assert asked["counterpart_area"].n_unique() > 100
    assert set(asked["freq"]) == {"A", "M"}
    assert figures["region"].n_unique() > 20
    assert figures.group_by("source").agg(pl.col("vintage").n_unique())["vintage"].max() == 10
    assert set(figures["hedge"]) == {"exact", "about", "over", "between"}
    assert 0.02 < figures["obs_low"].is_null().mean() < 0.10
    assert {f"generated_{b.name}" for b in blocks()} <= {
        p.stem for p in (large / "current" / "observations").glob("*.parquet")
    }


def test_the_shipped_figures_stand_in_it_unchanged(large, processed):
    for path in (processed / "current" / "observations").glob("*.parquet"):
        assert pl.read_parquet(large / "current" / "observations" / path.name).equals(pl.read_parquet(path))


def test_the_same_rows_give_the_same_release(large, tmp_path):
    assert generate(tmp_path, ROWS) == current_release(large).id


def test_every_question_is_answered_on_it(large, monkeypatch):
    monkeypatch.setattr("bench.answers.REPEATS", 1)
    found = measured(large)
    assert found["observations"] > ROWS * 0.9
    for name in ASKED:
        case = found["cases"][name]
        assert "fault" not in case, case
        assert case["rows"] > 0
        assert case["query"] > 0


def test_a_requirement_is_a_ratio_a_difference_or_an_end():
    assert Figure("a", 2.0, "b", 1.0, at_most=2.0).holds is True
    assert Figure("a", 2.1, "b", 1.0, at_most=2.0).holds is False
    assert Figure("a", 2.9, "b", 1.0, within=2.0).holds is True
    assert Figure("a", 3.1, "b", 1.0, within=2.0).holds is False
    assert Figure("a", 9.0, "b", 1.0).holds is None
    assert Figure("a", 900, no_more=900, unit="kB").holds is True
    assert Figure("a", 901, no_more=900, unit="kB").holds is False
    assert Figure("a", float("inf"), "b", 1.0, at_most=2.0).holds is False


def test_times_are_the_least_and_readable():
    assert alternately(lambda: None, repeats=3)[0] < 0.1
    assert [written(s) for s in (0.0456, 1.234, float("inf"))] == ["45.6 ms", "1.23 s", "no answer"]
    assert [written(1234.0, "kB"), written(0.031, "")] == ["1,234 kB", "0.031"]


def test_results_are_put_between_the_marks_and_nothing_else_is_touched(tmp_path):
    page = tmp_path / "bench.md"
    page.write_text(f"before\n\n{bench.BEGIN}\nold\n{bench.END}\n\nafter\n", "utf-8")
    bench._record(
        page,
        "about",
        {"Title": [Figure("a", 2.0, "b", 1.0, at_most=1.5, note="n"), Figure("c", 3.0, no_more=5, unit="%")]},
    )
    text = page.read_text("utf-8")
    assert text.startswith("before\n\n")
    assert text.endswith("\n\nafter\n")
    assert "\nold\n" not in text
    assert "| a | 2 s | b | 1 s | 2.00 | at most 1.5 ×, **missed** | n |" in text
    assert "| c | 3 % |  |  |  | at most 5 %, holds |  |" in text


def test_the_page_of_measurements_has_its_marks():
    text = (ROOT / "docs" / "bench.md").read_text("utf-8")
    assert text.count(bench.BEGIN) == text.count(bench.END) == 1
