"""Every page in every other language, read from the screen: no English is left, and it fits a telephone.

Read are the words that stand there, the names that listeners hear, titles, placeholders, choices and
the texts of charts. What a source says in its own words carries its language and is left aside.
"""

import csv
import os
import re
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po
from playwright.sync_api import expect

from indicators.concepts.codelist import codelist
from indicators.language import MISSING, languages, speak
from tests.browser.judged import PASSPORT, addresses, spoken
from tests.browser.looking import settled
from tests.conftest import ROOT

OTHERS = languages()[1:]
READ = (Path(__file__).parent / "reading.js").read_text("utf-8")
WORD = re.compile(r"\b[a-z]{5,}\b")
ANY = re.compile(r"\w{5,}")
SHORTEST = 4
"""Letters of the shortest message that is looked for: "of" and "to" are words of other languages too."""
GROUPED = re.compile(r"\d{1,3}(?:[,. \u00a0\u202f’]\d{3})+(?!\d)")


@cache
def labelled():
    """The rows of all code lists that have labels."""
    found = []
    for path in sorted((ROOT / "indicators" / "codelists").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += [row for row in csv.DictReader(file) if "label_en" in row]
    return found


@cache
def english(code):
    """Texts of the catalogues and labels of the code lists that are said in another way in the language,
    without places or markup.
    """
    found = {
        row["label_en"]
        for row in labelled()
        if len(row["label_en"]) > SHORTEST and row["label_en"] != row[f"label_{code}"]
        if "{" not in row["label_en"]
    }
    for surface in ("dashboard", "indicators"):
        with (ROOT / surface / "locale" / code / "messages.po").open("rb") as file:
            catalogue = read_po(file)
        for entry in catalogue:
            for own, said in zip(several(entry.id), several(entry.string), strict=False):
                if own and "{" not in own and own != said and len(re.findall(r"[A-Za-z]", own)) >= SHORTEST:
                    found.add(own)
    return frozenset(found)


@cache
def foreign(code):
    """Words of the English texts that are no words of the language."""
    own = set()
    for surface in ("dashboard", "indicators"):
        with (ROOT / surface / "locale" / code / "messages.po").open("rb") as file:
            own |= {word for entry in read_po(file) for said in several(entry.string) for word in _all(said)}
    own |= {word for row in labelled() for word in _all(row[f"label_{code}"])}
    return {word for text in english(code) for word in WORD.findall(text)} - own


def _all(said):
    return {word.lower() for word in ANY.findall(said or "")}


def several(text):
    return text if isinstance(text, list | tuple) else (text,)


def left(read, code):
    """Pieces of the page that are an English text of the catalogues, whole."""
    own = {piece.strip(" ·.:;,()\u00a0") for piece in read}
    return sorted(own & {text.strip(" .") for text in english(code)})


def worded(read, code, names):
    """Pieces with a word that is English alone; names that stand as their owners write them are left out."""
    kept = [name for name in names if speak(code).publisher(name) == name]
    return [piece for piece in read if set(WORD.findall(without(piece, kept))) & foreign(code)]


def coded(read, collections):
    """Pieces that are the id of a collection, which has a title."""
    return sorted(set(read) & set(collections))


def without_quotations(piece):
    """A piece without what it quotes, without addresses and the names of files, which nobody translates, and
    without the mark of a source that stands beside its meaning.
    """
    return re.sub(
        r"[«“„'‘\"][^»”“'’\"]*[»”“'’\"]|https?://\S+|[\w/.-]+\.(csv|yaml)|\[\w+\]|\[\w+/\w+ in [^]]*\]",
        "",
        piece,
    )


def without(piece, names):
    for name in names:
        piece = piece.replace(name, "")
    return piece


@pytest.fixture(scope="module")
def names(store):
    """Names of publishers and titles, which stand as they call themselves; the longest first."""
    rows = [*store.ask("publications").to_dicts(), *store.ask("collections").to_dicts()]
    found = {r[c] for r in rows for c in ("publisher", "cites", "title") if r.get(c)}
    return sorted(found, key=len, reverse=True)


@pytest.fixture(scope="module")
def collections(store):
    return store.ask("collections")["collection"].to_list()


def readings():
    """Each page in two languages, in turn, or in every one with CEI_SPOKEN=all.

    The words of every page in every language are also read without a browser
    (tests/dashboard/test_language.py); here are read what scripts and charts say besides.
    """
    for nth, path in enumerate([*addresses(), f"/?area=KAZ&{PASSPORT}"]):
        taken = OTHERS if os.environ.get("CEI_SPOKEN") == "all" else (OTHERS[nth % 5], OTHERS[(nth + 2) % 5])
        yield from ((path, code) for code in taken)


@pytest.mark.parametrize(("path", "code"), list(readings()))
def test_no_english_is_left_on_the_screen_and_it_fits_a_telephone(page, names, collections, path, code):
    page.goto(spoken(path, code))
    settled(page)
    if "passport=" in path:
        page.locator("#passport .passport").wait_for()
    read = [without_quotations(piece) for piece in page.evaluate(READ)]
    assert len(read) > 15
    assert not [piece for piece in read if MISSING.strip() in piece]
    assert left(read, code) == []
    assert worded(read, code, names) == []
    assert coded(read, collections) == []
    assert wrong_groups(read, code) == []
    expect(page.locator("html")).to_have_attribute("lang", code)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def wrong_groups(read, code):
    """Numbers of four digits and more whose groups stand apart in another way than CLDR's."""
    group = Locale.parse(codelist("language")[code]["locale"]).number_symbols["latn"]["group"]
    wrong = []
    for piece in read:
        for number in GROUPED.findall(piece):
            signs = set(re.findall(r"\D", number))
            if signs - {group} and not plain(piece, code):
                wrong.append(f"{number} in {piece!r}")
    return wrong


def plain(piece, code):
    """A piece whose digits are no grouped number: a decimal of three places, years side by side."""
    decimal = speak(code).locale.number_symbols["latn"]["decimal"]
    numbers = GROUPED.findall(piece)
    return all(n.count(decimal) == 1 and len(set(re.findall(r"\D", n))) == 1 for n in numbers)
