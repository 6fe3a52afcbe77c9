"""Search: what a reader types finds what he means, in any language and with a slip of the finger."""

import pytest

from indicators.folding import folded, words
from indicators.names import index
from indicators.search import AREA, INDICATOR, PUBLICATION, SERIES, Index, Name, Thing


@pytest.fixture(scope="module")
def names(store, catalogue):
    return index(store, catalogue)


def first(names, text, language="en"):
    found = names.find(text, language, 5)
    return (found[0].kind, found[0].code) if found else None


# ------------------------------------------------------------------------ folding


@pytest.mark.parametrize("typed", ["İmza", "imza", "IMZA", "ımza", "İMZA", "i\u0307mza", "I\u0307MZA"])
def test_the_two_letters_i_of_turkish_and_azerbaijani_are_one(typed):
    assert folded(typed) == "imza"


@pytest.mark.parametrize(("typed", "likewise"), [
    ("Қазақстан", "Казакстан"), ("Ғылым", "Гылым"), ("Өнер", "Онер"), ("Ұлттық", "Улттык"), ("Үкімет", "Укимет"),
    ("Һ", "х"), ("Жаңа", "Жана"), ("Әлем", "Алем"), ("Казахстан", "Kazakhstan"), ("Şirkət", "sirket"),
    ("ƏDƏBİYYAT", "edebiyyat"), ("Müzik", "MUZIK"), ("Çağdaş", "cagdas"), ("Россия", "Rossiya"), ("ё", "е"),
])  # fmt: skip
def test_what_a_reader_types_in_its_place_is_the_same_word(typed, likewise):
    assert folded(typed) == folded(likewise)


def test_punctuation_parts_words_and_an_apostrophe_does_not():
    assert words("Côte d’Ivoire: «GDP, as-stated»") == ["cote", "divoire", "gdp", "as", "stated"]


# ------------------------------------------------------------------------ finding


@pytest.mark.parametrize(("typed", "language"), [
    ("Kazakhstan", "en"), ("kazak", "en"), ("KAZ", "en"), ("kz", "en"), ("Казахстан", "ru"), ("Қазақстан", "kk"),
    ("казакстан", "kk"), ("qazaxıstan", "az"), ("QAZAXISTAN", "az"), ("Kazakistan", "tr"), ("kazahstn", "en"),
    ("казахстна", "ru"), ("Kazakhstan", "bg"),
])  # fmt: skip
def test_a_country_is_found_by_any_of_its_names_unfinished_or_misspelt(names, typed, language):
    assert first(names, typed, language) == (AREA, "KAZ")


@pytest.mark.parametrize(("typed", "language", "indicator"), [
    ("employment", "en", "employment"), ("emplyment", "en", "employment"), ("занятость", "ru", "employment"),
    ("zaetost", "bg", "employment"), ("cinema att", "en", "cinema_attendance"), ("müze", "tr", "museum_attendance"),
    ("muze", "tr", "museum_attendance"), ("gdp_share", "en", "gdp_share"),
])  # fmt: skip
def test_an_indicator_is_found_in_the_language_of_its_reader(names, typed, language, indicator):
    assert (INDICATOR, indicator) in [(f.kind, f.code) for f in names.find(typed, language, 5)]


def test_what_is_found_says_its_name_in_the_language_of_the_reader_and_how_it_was_found(names):
    (found, *_) = names.find("занятость", "tr", 1)
    assert (found.shown, found.language, found.by) == ("İstihdam", "tr", "Занятость")


def test_publications_are_found_by_title_publisher_and_name(names):
    for typed in ("feature films uis", "uis_feature_films", "Institute for Statistics feature"):
        found = names.find(typed, "en", 50)
        assert (PUBLICATION, "uis_feature_films") in [(f.kind, f.code) for f in found], typed


@pytest.mark.parametrize("typed", ["employment kazakhstan", "Kazakhstan employment", "казахстан занятость"])
def test_an_indicator_and_a_country_together_are_a_series_with_its_figures(names, store, typed):
    (found, *_) = names.find(typed, "en", 5)
    held = store.ask("coverage").filter(measure="employment", ref_area="KAZ")["figures"].sum()
    assert (found.kind, found.code, found.within) == (SERIES, "employment", "KAZ")
    assert 0 < found.figures <= held


@pytest.mark.parametrize("typed", ["", "   ", "…", "%_;--", "xqzjw", "\x00", "a" * 5000, "и " * 400])
def test_what_cannot_be_found_is_nothing_and_no_fault(names, typed):
    assert len(names.find(typed, "en", 5)) <= 5


def test_every_name_of_an_indicator_finds_it(names, catalogue):
    of = [n for n in names.names if names.things[n.thing].kind == INDICATOR and not n.aside]
    assert len(of) == len(list(catalogue)) * 7
    for name in of:
        codes = [f.code for f in names.find(name.shown, name.language or "en", 100)]
        assert names.things[name.thing].code in codes, name


# ------------------------------------------------------------------------ order


def made(*shown, figures=(1, 1, 1)):
    things = [Thing(AREA, f"T{i}", figures[i]) for i in range(len(shown))]
    return Index(things, [Name(i, "en", s, tuple(words(s))) for i, s in enumerate(shown)], {})


def test_what_was_typed_goes_before_what_was_mended_and_a_beginning_before_a_later_word():
    index = made("Grand marsh", "Marsh", "March")
    assert [f.shown for f in index.find("marsh")] == ["Marsh", "Grand marsh", "March"]


def test_what_has_figures_goes_first():
    assert [f.code for f in made("Aland", "Albany", figures=(0, 3)).find("al")] == ["T1", "T0"]


def test_short_words_are_not_mended_and_long_ones_by_one_edit_only():
    index = made("Oman", "Albania")
    assert index.find("omen") == []
    assert [f.shown for f in index.find("albnia")] == ["Albania"]
    assert index.find("lbnia") == []


def test_all_words_must_stand_in_one_name():
    index = made("North cinema", "South museum")
    assert index.find("north museum") == []
    assert index.count("north") == 1
