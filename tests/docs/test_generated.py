"""Generated pages are those of the data: nobody may change the one without the other."""

from pathlib import Path

import pytest

from docs import generate
from docs.pages import markdown
from docs.pages.specs import specs
from indicators.concepts.release import current_release


@pytest.fixture(scope="module")
def pages(processed):
    return generate.pages(current_release(processed))


def test_no_generated_page_is_stale(pages):
    assert generate.stale(pages) == [], "run `make docs`"


def test_the_same_release_gives_the_same_pages(pages, processed):
    assert generate.pages(current_release(processed)) == pages


def test_every_indicator_has_a_page_that_answers_what_a_reader_asks(pages, catalogue):
    for indicator in catalogue:
        page = pages[f"indicators/{indicator.id}.md"]
        for heading in (
            "Formula",
            "Measures",
            "Sources that have figures",
            "Caveats",
            "What changes its basis",
        ):
            assert f"\n## {heading}\n" in page, (indicator.id, heading)
        assert indicator.question in page
        assert all(caveat in page for caveat in indicator.caveats)
        assert "```" in page.partition("## Worked examples")[2], f"{indicator.id} has no worked example"


def test_every_collection_and_every_correction_stands_on_the_page_of_sources(pages):
    from etl.source import sources

    for source in sources():
        assert f"\n## {source.id}\n" in pages["sources.md"]
        for correction in source.corrections:
            assert f"`{correction['id']}`" in pages["sources.md"]


def test_a_stale_a_missing_and_a_left_over_page_are_each_named(pages, tmp_path):
    generate.write(pages, tmp_path)
    assert generate.stale(pages, tmp_path) == []
    (tmp_path / "codes.md").write_text("changed by hand", "utf-8")
    (tmp_path / "sources.md").unlink()
    (tmp_path / "indicators" / "gone.md").write_text("no definition", "utf-8")
    said = ["codes.md is stale", "indicators/gone.md has no definition any more", "sources.md is missing"]
    assert generate.stale(pages, tmp_path) == said
    assert generate.write(pages, tmp_path) == said
    assert generate.stale(pages, tmp_path) == []


def test_the_command_says_what_is_stale_and_fails(monkeypatch, capsys, pages, processed):
    monkeypatch.setattr(generate, "_release", lambda spare: current_release(processed))
    monkeypatch.setattr(generate, "pages", lambda release: pages)
    monkeypatch.setattr(generate, "stale", lambda made: ["codes.md is stale"])
    assert generate.main(["--check"]) == 1
    assert "codes.md is stale\nrun `make docs`" in capsys.readouterr().out
    monkeypatch.setattr(generate, "stale", lambda made: [])
    assert generate.main(["--check"]) == 0


def test_a_spec_test_is_read_as_sentence_table_question_and_outcome(tmp_path):
    folder = tmp_path / "spec"
    folder.mkdir()
    (folder / "test_x.py").write_text(
        'DRAWN = """\n  measure | obs_value\n  gva     | 2\n"""\n\n'
        "def test_half_of_two_is_one(catalogue):\n"
        '    frame = answered(catalogue, "gdp_share", DRAWN, currency="USD")\n'
        '    assert rows(frame, "low", "high") == [(1.0, float("inf"))]\n'
        "    assert frame.is_empty()\n",
        "utf-8",
    )
    (spec,) = specs(folder)
    assert spec.name == "Half of two is one"
    assert spec.at.endswith("/spec/test_x.py::test_half_of_two_is_one")
    assert spec.measures == {"gva"}
    assert "gdp_share" in spec.words
    assert spec.asked == ("currency = USD",)
    assert spec.outcomes == ("| low | high |\n| --- | --- |\n| 1 | ∞ |", "no figure.")


def test_a_cell_cannot_break_its_table():
    assert markdown.cell("a|b\nc") == "a\\|b c"
    assert markdown.cell(12345) == "12,345"
    assert markdown.cell(None) == ""
    assert markdown.link("A title", "javascript:alert(1)") == "A title"


def test_generated_pages_lie_where_make_docs_writes_them():
    assert Path(generate.DOCS).name == "docs"
