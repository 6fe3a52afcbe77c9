"""What sources and the ledger remark of a figure can be read in every language."""

import polars as pl
import pytest

from indicators.language import MISSING, languages, speak

HELD = {
    "observations": ("obs_comment", "reported_at"),
    "targets": ("obs_comment", "reported_at"),
    "sources": ("remark", "licence"),
    "findings": ("says",),
}


@pytest.fixture(scope="module")
def remarks(store):
    """Every remark of the release, once."""
    folder = store.release.folder
    found = set()
    for table, columns in HELD.items():
        path = folder / table / "*.parquet" if table == "observations" else folder / f"{table}.parquet"
        frame = pl.scan_parquet(path).select(columns).collect()
        found |= {text for column in columns for text in frame[column].drop_nulls().unique()}
    return sorted(found)


@pytest.mark.parametrize("code", languages()[1:])
def test_every_remark_is_translated(remarks, code):
    language = speak(code)
    lacking = [text for text in remarks if MISSING in language.note(text)]
    assert lacking == [], "give each part that lacks one a row of indicators/codelists/remark.csv"


@pytest.mark.parametrize("code", languages()[1:])
def test_a_remark_that_is_also_a_word_of_the_site_stays_apart(code):
    language = speak(code)
    assert language.note("headline") == language.remarks["headline"]
    assert ("", "headline") not in language.messages
