"""Names of others → our codes: certain where a name is ours, a proposal where it is like one."""

from difflib import get_close_matches

import pytest

from etl.match import NEAR, Match, _perhaps, fold, match, names, unit
from indicators.concepts.codelist import codelist


@pytest.mark.parametrize(("listed", "code", "label", "ours"), [
    ("area", "KAZ", None, "KAZ"),
    ("area", "kz", None, "KAZ"),
    ("area", "398", None, "KAZ"),
    ("area", "8", None, "ALB"),                      # a number that lost its zeros
    ("area", "EL", None, "GRC"),                     # Eurostat
    ("area", "UK", None, "GBR"),
    ("area", "x1", "Turkey", "TUR"),                 # old spellings
    ("area", "x1", "Türkiye", "TUR"),
    ("area", "Киргизия", None, "KGZ"),
    ("area", "Moldova, Rep.", None, "MDA"),
    ("area", "Қазақстан", None, "KAZ"),
    ("area", "Azərbaycan", None, "AZE"),
    ("area", "O'zbekiston", None, "UZB"),            # any kind of apostrophe
    ("area", "  GEORGIA ", None, "GEO"),
    ("sex", "T", None, "_T"),
    ("sex", "Мужчины", None, "M"),
    ("sex", "1", "Females", "F"),
])  # fmt: skip
def test_a_name_that_is_known_is_certain(listed, code, label, ours):
    assert match(listed, code, label) == Match(ours, certain=True)


@pytest.mark.parametrize(("code", "ours"), [("Kazahstan", "KAZ"), ("Azerbajan", "AZE"), ("Kyrgzstan", "KGZ")])
def test_a_name_that_is_like_one_is_a_proposal(code, ours):
    assert match("area", code) == Match(ours, certain=False)


@pytest.mark.parametrize("code", ["Total", "EA19", "NUTS1", "", "Region of Brussels-Capital"])
def test_a_name_like_none_is_none(code):
    assert match("area", code) is None


@pytest.mark.parametrize(("text", "found"), [
    ("Thousand persons", ("PS", 3, True)),
    ("THS_PER", ("PS", 3, True)),
    ("MIO_EUR", ("EUR", 6, True)),
    ("Million euro", ("EUR", 6, True)),
    ("US dollars in millions", ("USD", 6, True)),
    ("US dollars at current prices in millions", ("USD", 6, True)),
    ("млрд тенге", ("KZT", 9, True)),
    ("тыс. человек", ("PS", 3, True)),
    ("min nəfər", ("PS", 3, True)),
    ("bin kişi", ("PS", 3, True)),
    ("Percentage", ("PT", 0, True)),
    ("PC", ("PT", 0, True)),
    ("KZT", ("KZT", 0, True)),
    ("furlongs", None),
])  # fmt: skip
def test_a_unit_in_words_is_a_code_and_a_power_of_ten(text, found):
    assert unit(text) == found


@pytest.mark.parametrize("listed", ["area", "sex", "unit", "measure", "sector"])
def test_every_code_is_found_under_its_own_name(listed):
    for code in codelist(listed):
        if fold(code) in names(listed):
            assert match(listed, code) == Match(code, certain=True)


def test_what_is_left_out_before_the_nearest_is_looked_for_is_never_near():
    """The quick sieve in front of difflib loses nothing that difflib finds."""
    known = names("area")
    for name in [*known][::40]:
        for text in (name[1:], name + "s", name.replace("a", "o", 1), name[: len(name) * 3 // 4]):
            near = get_close_matches(text, known, n=3, cutoff=NEAR)
            assert {*near} <= {*_perhaps("area", text)}, text


def test_three_letters_are_near_nothing():
    assert match("unit", "YRS") is None
