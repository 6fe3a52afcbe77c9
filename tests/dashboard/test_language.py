"""The pages in every language: no English left unmarked, every link keeps the language, figures as spoken."""

import re
from math import inf

import pytest
from dash import dcc

from dashboard import links, route, site, theme
from dashboard.scales import scale
from dashboard.wording import NBSP, wording
from indicators.language import MISSING, languages
from indicators.store import Releases
from tests.dashboard.test_pages import PAGES, nodes, text
from tests.dashboard.test_wording import row

OTHERS = languages()[1:]
LATIN = re.compile(r"[A-Za-z]{4,}")


def css(node):
    return getattr(node, "className", None) or ""


def spaced(said):
    return said.replace(NBSP, " ")


@pytest.fixture
def show(releases, catalogue):
    def shown(address, code):
        path, _, query = address.partition("?")
        return site.page(releases, catalogue, path, f"?{query}&lang={code}" if query else f"?lang={code}")

    return shown


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_in_every_language_and_its_links_keep_it(show, address, code):
    page, head = show(address, code)
    assert not [n for n in nodes(page) if "misread" in (getattr(n, "className", "") or "")]
    own = [n.href for n in nodes([page, head]) if isinstance(n, dcc.Link) and "language" not in css(n)]
    assert own
    for href in own:
        assert route.read(*href.partition("#")[0].partition("?")[::2]).language == code, href


@pytest.mark.parametrize("code", OTHERS)
def test_headings_and_controls_are_in_the_language(show, code):
    """On the overview and the comparison nothing stands in English, marked or not, but names of publishers."""
    for address in ("/?area=KAZ", "/explore"):
        page, head = show(address, code)
        assert MISSING not in text(page)
        for tag in ("H1", "H2", "H3", "Th", "Summary"):
            said = [text(n) for n in nodes([page, head]) if type(n).__name__ == tag]
            if code in ("ru", "kk", "bg"):
                assert not [s for s in said if LATIN.search(s)], (address, tag)


def test_the_languages_stand_under_their_own_names_and_lead_to_the_same_page(show):
    _, head = show("/explore?indicator=employment&areas=KAZ&passport=KAZ-042", "ru")
    items = [n for n in nodes(head) if isinstance(n, dcc.Link) and "language" in css(n)]
    assert [n.children for n in items] == [
        "English",
        "Русский",
        "Azərbaycanca",
        "Қазақша",
        "Türkçe",
        "Български",
    ]
    kazakh = route.read(*items[3].href.partition("?")[::2])
    assert (kazakh.language, kazakh.passport, kazakh.parameters["indicator"]) == (
        "kk",
        "KAZ-042",
        "employment",
    )
    assert "lang" not in items[0].href


def test_an_unknown_language_is_said_and_never_ignored(show):
    page, _ = show("/", "xx")
    assert "This address cannot be read" in text(page)
    assert "'xx' is no lang" in text(page)


def test_a_misspelt_address_is_answered_in_its_language(show):
    page, _ = show("/?area=KAS", "kk")
    assert "Бұл мекенжай оқылмады" in text(page)
    assert MISSING not in text(page)


@pytest.mark.parametrize("code", languages())
def test_the_first_answer_names_its_language(processed, catalogue, code):
    client = site.build(Releases(processed), catalogue).server.test_client()
    said = client.get(f"/?lang={code}").get_data(as_text=True)
    assert f'<html lang="{code}">' in said
    assert f"<title>{wording(code).text(site.TITLE)}</title>" in said


def test_a_language_of_the_address_never_becomes_markup(processed, catalogue):
    client = site.build(Releases(processed), catalogue).server.test_client()
    said = client.get('/?lang="><script>').get_data(as_text=True)
    assert '<html lang="en">' in said
    assert '"><script>"' not in said


@pytest.mark.parametrize(
    ("code", "over", "about", "share", "between"),
    [
        ("en", "over US$2 bn", "about 95 thousand persons", "0.7% of GDP", "8 to 10 films"),
        ("ru", "более 2 млрд $", "около 95 тыс. человек", "0,7 % ВВП", "8–10 фильмов"),
        ("az", "2 mlrd US$ və daha çox", "təxminən 95 min nəfər", "ÜDM-ə nisbətən 0,7%", "8–10 film"),
        ("kk", "2 млрд $ және одан астам", "шамамен 95 мың адам", "ЖІӨ-ге шаққанда 0,7%", "8–10 фильм"),
        ("tr", "2 milyar $ üzeri", "yaklaşık 95 bin kişi", "GSYH'ye oranla %0,7", "8–10 film"),
        ("bg", "над 2 млрд. щ.д.", "около 95 хил. лица", "0,7% от БВП", "8–10 филма"),
    ],
)
def test_a_figure_is_spoken_with_its_hedge_and_unit(code, over, about, share, between):
    words = wording(code)
    said = [
        row(value=2e9, high=inf, hedge="over"),
        row(value=95e3, low=85.5e3, high=104.5e3, hedge="about", unit_measure="PS"),
        row(value=0.686, unit_measure="PT_GDP"),
        row(value=None, low=8.0, high=10.0, hedge="between", unit_measure="FILM"),
    ]
    assert [spaced(words.figure(r, 1)) for r in said] == [over, about, share, between]
    for r in said:
        taken = [spaced(piece) for piece in words.pieces(r, 1)]
        assert " ".join(p for p in taken if p) == spaced(words.figure(r, 1))


@pytest.mark.parametrize(
    ("code", "money", "people"),
    [
        ("en", "US$ million", "thousand persons"),
        ("ru", "млн $", "тыс. человек"),
        ("az", "mln US$", "min nəfər"),
        ("kk", "млн $", "мың адам"),
        ("tr", "milyon $", "bin kişi"),
        ("bg", "млн. щ.д.", "хил. лица"),
    ],
)
def test_an_axis_is_titled_in_the_language(code, money, people):
    assert spaced(scale(wording(code), [5e6, 7e8], "USD", 1).title) == money
    assert spaced(scale(wording(code), [95e3, 143e3], "PS", 0).title) == people


@pytest.mark.parametrize("code", languages())
def test_plotly_writes_numbers_and_months_as_cldr_says(code):
    language = wording(code).language
    signs = language.locale.number_symbols["latn"]
    assert theme.layout(language)["separators"] == signs["decimal"] + signs["group"]
    made = theme.config(language)["locales"][code]["format"]
    assert made["months"] == [language.locale.months["format"]["wide"][m] for m in range(1, 13)]
    assert made["days"][0] == language.locale.days["format"]["wide"][6]


def test_links_without_a_language_stay_as_they_were():
    assert links.Links().monitor("KAZ") == "/?area=KAZ"
    assert links.Links("ru").monitor("KAZ") == "/?area=KAZ&lang=ru"
