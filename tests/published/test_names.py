"""What the ledger says in our words of a publisher or a publication is said in every language."""

import re

import pytest

from indicators.language import languages, speak

OURS = re.compile(r"\((?![\w-]+(\.[\w-]+)+\))|\bvia\b|, citing ")
"""A bracket that holds no address, and the words by which we join names."""


@pytest.fixture(scope="module")
def rows(store):
    return [*store.ask("publications").to_dicts(), *store.ask("collections").to_dicts()]


@pytest.mark.parametrize("code", languages()[1:])
def test_a_name_that_we_explained_is_explained_in_the_language(rows, code):
    names = {name for r in rows for name in (r["publisher"], r.get("cites")) if name}
    language = speak(code)
    lacking = sorted(
        n for n in names if OURS.search(n) and language.publisher(n) == n and n not in language.names
    )
    assert lacking == [], "give each a row of indicators/codelists/name.csv"


@pytest.mark.parametrize("code", languages())
def test_a_title_that_we_gave_is_said_in_the_language(rows, code):
    """A title in square brackets is ours, and so is that of what we publish ourselves."""
    house = "Creative Economy Indicators"
    ours = {
        r["title"] for r in rows if r["title"] and (r["title"][0] == "[" or r["publisher"].startswith(house))
    }
    assert len(ours) > 20
    lacking = sorted(title for title in ours if title not in speak(code).names)
    assert lacking == [], "give each a row of indicators/codelists/name.csv"


def test_a_publisher_is_said_with_those_whom_it_cites():
    russian, english = speak("ru"), speak("en")
    assert russian.publisher("Kazinform (www.inform.kz), citing Akorda").endswith("со ссылкой на: Акорда")
    assert russian.publisher("Trend", "Trend and Kabar") == "Trend со ссылкой на: Trend и «Кабар»"
    assert russian.publisher("Daryo") == "Daryo"
    assert english.publisher("Trend", "Trend and Kabar") == "Trend, citing Trend and Kabar"
    assert english.publisher("Kazinform (Chinese edition)") == "Kazinform (Chinese edition)"
