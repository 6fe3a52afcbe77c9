"""Languages: nothing lacks a translation, what does says so, and formats are those of CLDR."""

import csv
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_currency_name
from hypothesis import given
from hypothesis import strategies as st

from indicators import language
from indicators.answer import answer
from indicators.concepts import codelist as codelists
from indicators.concepts.codelist import codelist
from indicators.concepts.target import Reason, Status
from indicators.holdings import holdings
from indicators.language import ENGLISH, LOCALE, MINUS, MISSING, NBSP, speak
from indicators.locale.__main__ import texts
from indicators.query import Query, check
from tests.conftest import ROOT

LISTS = ROOT / "indicators" / "codelists"
CODES = [row["code"] for row in csv.DictReader((LISTS / "language.csv").open(encoding="utf-8"))]
OTHERS = [code for code in CODES if code != ENGLISH]
DOMAINS = [ROOT / "indicators", ROOT / "dashboard"]
SAME = {
    "ru": set(),
    "bg": set(),
    "kk": set(),
    "az": {"Media", "Sport", "Total", "Plan"},
    "tr": {"Total", "Plan"},
}
"""Words that are the same in English; names of areas, currencies, regions and publishers are not looked at."""
NAMES = ("area", "region", "unit", "language", "name")


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def labelled():
    return [path for path in sorted(LISTS.glob("*.csv")) if rows(path) and "label_en" in rows(path)[0]]


def entries(code, domain):
    with (domain / "locale" / code / "messages.po").open("rb") as file:
        catalog = read_po(file)
    return catalog, [entry for entry in catalog if entry.id]


def forms(value):
    return list(value) if isinstance(value, list | tuple) else [value]


def places(text):
    return set(re.findall(r"{(\w+)}", text))


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("path", labelled(), ids=lambda path: path.stem)
def test_every_label_is_there_in_every_language_and_is_not_the_english_one(path, code):
    for row in rows(path):
        own = row.get(f"label_{code}", "")
        assert own.strip() == own != "", (path.name, row["code"])
        assert places(own) == places(row["label_en"]) - {"english"}, (path.name, row["code"])
        if path.stem not in NAMES:
            assert own != row["label_en"] or own in SAME[code], (path.name, row["code"])


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda domain: domain.name)
@pytest.mark.parametrize("code", OTHERS)
def test_every_text_has_a_whole_translation_with_the_same_places(code, domain):
    catalog, there = entries(code, domain)
    wanted = {text if isinstance(text, str) else text[0] for text, _ in texts(domain)}
    assert {forms(entry.id)[0] for entry in there} == wanted, "run `python -m indicators.locale`"
    for entry in there:
        said = forms(entry.string)
        assert len(said) == (1 if isinstance(entry.id, str) else catalog.num_plurals), entry.id
        assert all(form.strip() for form in said), entry.id
        assert not entry.fuzzy, entry.id
        for form in said:
            assert places(form) == places(forms(entry.id)[-1]), entry.id


@pytest.mark.parametrize("code", OTHERS)
def test_country_names_are_those_of_cldr(code):
    names = Locale.parse(codelists.codelist("language")[code]["locale"]).territories
    for row in rows(LISTS / "area.csv"):
        if row["kind"] == "country" and f"except label_{code}" not in row["reference"]:
            assert row[f"label_{code}"] == names[row["alpha2"]]


@pytest.mark.parametrize("code", OTHERS)
def test_names_of_currencies_in_use_are_those_of_cldr(code):
    locale = codelists.codelist("language")[code]["locale"]
    now = [
        row for row in rows(LISTS / "unit.csv") if row["kind"] == "currency" and "–" not in row["label_en"]
    ]
    differ = [r["code"] for r in now if r[f"label_{code}"] != get_currency_name(r["code"], locale=locale)]
    assert set(differ) <= {"TJR", "GEK", "UAK", "BGL", "CYP", "EEK", "MTL", "SIT", "SKK"}


@pytest.mark.parametrize("code", OTHERS)
def test_words_of_scale_are_compact_forms_of_cldr(code):
    formats = speak(code).locale.compact_decimal_formats
    for power, english in language.SCALES.items():
        size = str(10**power)
        known = {
            re.sub(r"[0'\s\u00a0]", "", formats[length][form][size].pattern)
            for length in ("short", "long")
            for form in formats[length]
            if size in formats[length][form]
        }
        assert speak(code).text(english) in known
        assert speak(code).text(language.SCALES_SPELT[power]) in known


@pytest.mark.parametrize("code", CODES)
def test_numbers_are_written_as_cldr_says(code):
    spoken = speak(code)
    assert spoken.number(1234567.5) == format_decimal(1234567.5, locale=spoken.locale)
    assert spoken.number(-2, 1).startswith("−2")


@pytest.mark.parametrize(
    ("code", "percent", "money", "short"),
    [
        ("en", "15%", "US$2.0", "2.0 bn"),
        ("ru", "15 %", "2,0 $", "2,0 млрд"),
        ("az", "15%", "2,0 US$", "2,0 mlrd"),
        ("kk", "15%", "2,0 $", "2,0 млрд"),
        ("tr", "%15", "2,0 $", "2,0 milyar"),
        ("bg", "15%", "2,0 щ.д.", "2,0 млрд."),
    ],
)
def test_percent_money_and_scale_stand_where_the_language_puts_them(code, percent, money, short):
    spoken = speak(code)
    assert spoken.percent("15").replace(NBSP, " ") == percent
    assert spoken.money(spoken.number(2, 1), "USD").replace(NBSP, " ") == money
    assert spoken.scaled(spoken.number(2, 1), 9).replace(NBSP, " ") == short


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", ["18 March 2025", "March 2025", "Q1 2025", "first half of 2025", "2017–2023", "2016/17"]),
        ("ru", ["18 марта 2025 г.", "март 2025 г.", "1-й кв. 2025 г.", "первое полугодие 2025 года"]),
        ("az", ["18 mart 2025", "mart 2025", "2025 1-ci kv.", "2025-ci ilin birinci yarısı"]),
        ("kk", ["2025 ж. 18 наурыз", "2025 ж. наурыз", "2025 ж. І тқс.", "2025 жылдың бірінші жартысы"]),
        ("tr", ["18 Mart 2025", "Mart 2025", "2025 Ç1", "2025 yılının ilk yarısı"]),
        ("bg", ["18 март 2025 г.", "март 2025 г.", "1. трим. 2025 г.", "първо полугодие на 2025 г."]),
    ],
)
def test_dates_and_periods_are_spoken(code, words):
    spoken = speak(code)
    first, last = date(2025, 1, 1), date(2025, 6, 30)
    said = [
        spoken.dated("2025-03-18"),
        spoken.dated("2025-03"),
        spoken.period("Q", "2025-Q1", first, date(2025, 3, 31)),
        spoken.period("S", "2025-S1", first, last),
        spoken.period("_O", "2017-01-01/P7Y", date(2017, 1, 1), date(2023, 12, 31)),
        spoken.period("_O", "2016-07-01/P12M", date(2016, 7, 1), date(2017, 6, 30)),
    ]
    assert [re.sub(r"[\u00a0\u2009\u202f]", " ", text) for text in said][: len(words)] == words


@pytest.mark.parametrize(
    ("code", "n", "words"),
    [
        ("en", 1, "1 film"),
        ("en", 0, "0 films"),
        ("ru", 1, "1 фильм"),
        ("ru", 3, "3 фильма"),
        ("ru", 5, "5 фильмов"),
        ("ru", 21, "21 фильм"),
        ("ru", 1.5, "1,5 фильма"),
        ("bg", 2, "2 филма"),
        ("kk", 7, "7 фильм"),
        ("az", 7, "7 film"),
        ("tr", 7, "7 film"),
    ],
)
def test_a_noun_takes_the_form_that_goes_with_its_number(code, n, words):
    assert speak(code).plural("{n} film", "{n} films", n) == words


def test_what_lacks_a_translation_is_english_and_says_so():
    kazakh = speak("kk")
    assert kazakh.text("A new text") == "A new text" + MISSING
    assert kazakh.text("{n} new texts", n=3) == "3 new texts" + MISSING
    assert kazakh.plural("{n} new text", "{n} new texts", 2) == "2 new texts" + MISSING
    assert kazakh.note("a remark of the ledger") == "a remark of the ledger" + MISSING
    assert MISSING not in speak("en").text("A new text")
    assert kazakh.label("unit", "NO_SUCH_CODE") == "NO_SUCH_CODE"


def test_a_sentence_composed_by_code_is_translated_with_what_stands_in_it():
    turkish = speak("tr")
    assert turkish.note("year not stated; divided by the figure of 2024") == (
        "yıl belirtilmemiş; 2024 değerine bölündü"
    )
    both = turkish.note("a remark of the ledger; Not available")
    assert both == f"a remark of the ledger{MISSING}; Veri yok"
    assert turkish.note("'KAS' is no area; the nearest known is 'KAZ'") == (
        "ülke veya grup: 'KAS' bulunamadı; bilinen en yakını 'KAZ'"
    )


ASKED: list[dict[str, Any]] = [
    {},
    {"members": "by_date"},
    {"members": "fixed", "transform": "growth"},
    {"currency": "KZT", "prices": 2015},
    {"transform": "contribution"},
    {"transform": "index", "carry": 3, "rounding": "printed"},
    {"per": "head", "rule": "narrowest"},
    {"as_of": date(1990, 1, 1)},
]


@pytest.fixture(scope="module")
def sentences(store, catalogue):
    """What answers of every indicator say in words: notes, reasons, and why a claim is the headline."""
    areas = ("KAZ", "AZE", "KGZ", "USA", "GBR", "TUR", "CIS", "OTS", "WLD")
    said: set[str] = set()
    for nth, indicator in enumerate(catalogue.indicators):
        # Every other question of each indicator: sentences are those of methods, which several have.
        for query in (Query(indicator, areas, **asked) for asked in ASKED[nth % 2 :: 2]):
            if not check(query, catalogue):
                made = answer(query, store, catalogue)
                said |= {*made.notes, made.reason or "", *made.frame["note"], *made.frame["why"]} - {None, ""}
    return said


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_of_an_answer_is_translated(code, sentences):
    assert len(sentences) > 200
    spoken = speak(code)
    assert not [s for s in sentences if MISSING in spoken.note(s)]


def test_a_code_in_a_note_is_shown_by_its_label():
    said = "CIS, film: may not be added: films_produced (Films produced) does not add up over areas; "
    assert (
        speak("ru")
        .note(f"{said}the same thing may be counted in several of the parts")
        .startswith(
            "Содружество Независимых Государств, Кино: не суммируется: показатель «Произведено фильмов»"
        )
    )


@pytest.mark.parametrize(("listed", "codes"), [("target_status", Status), ("target_reason", Reason)])
def test_what_a_target_can_say_has_its_words(listed, codes):
    assert list(codelist(listed)) == [str(code) for code in codes]


@pytest.mark.parametrize("code", OTHERS)
def test_every_reason_of_a_headline_is_translated(code, store):
    spoken = speak(code)
    for area in ("KAZ", "AZE", "RUS", "TUR"):
        for why in holdings(store, area).observed["why"].unique():
            assert MISSING not in spoken.note(why), why


def test_small_letters_and_order_are_those_of_the_alphabet():
    assert speak("tr").lower("İhracat") == "ihracat"
    assert speak("az").lower("İxrac") == "ixrac"
    assert speak("tr").lower("Isparta") == "ısparta"
    assert speak("en").lower("GDP deflator") == "GDP deflator"
    assert sorted(["Якутия", "Әзірбайжан", "Албания", "Беларусь"], key=speak("kk").order) == [
        "Албания",
        "Әзірбайжан",
        "Беларусь",
        "Якутия",
    ]
    assert sorted(["Özbekistan", "Portekiz", "Oman"], key=speak("tr").order) == [
        "Oman",
        "Özbekistan",
        "Portekiz",
    ]


def test_a_seventh_language_is_a_row_a_column_and_a_catalogue(tmp_path: Path, monkeypatch):
    lists = tmp_path / "codelists"
    shutil.copytree(LISTS, lists)
    with (lists / "language.csv").open("a", encoding="utf-8") as file:
        file.write("uz,Oʻzbekcha,uz_Latn,abcdefghijklmnopqrstuvwxyz,CLDR locale uz-Latn\n")
    sexes = (lists / "sex.csv").read_text("utf-8").splitlines()
    added = [sexes[0] + ",label_uz", *(f"{row},Jami" if row.startswith("_T") else row for row in sexes[1:])]
    (lists / "sex.csv").write_text("\n".join(added) + "\n", "utf-8")
    catalogue = tmp_path / "locale" / "uz" / "messages.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: uz\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\nmsgid "Interval"\nmsgstr "Oraliq"\n',
        "utf-8",
    )
    monkeypatch.setattr(codelists, "FOLDER", lists)
    codelists.codelist.cache_clear()
    language._speak.cache_clear()
    try:
        uzbek = speak("uz", tmp_path / "locale")
        assert uzbek.name in [codelists.codelist("language")[c]["name"] for c in language.languages()]
        assert uzbek.text("Interval") == "Oraliq"
        assert uzbek.label("sex", "_T") == "Jami"
        assert uzbek.label("sex", "M") == "Men" + MISSING
        assert uzbek.number(1234.5) == format_decimal(1234.5, locale="uz_Latn")
    finally:
        monkeypatch.undo()
        codelists.codelist.cache_clear()
        language._speak.cache_clear()
    assert LOCALE.is_dir()


@given(
    st.sampled_from(CODES),
    st.floats(-1e15, 1e15) | st.decimals(-(10**15), 10**15, places=6),
    st.none() | st.integers(0, 6),
)
def test_a_number_written_fast_is_the_number_that_cldr_writes(code, value, decimals):
    pattern = "#,##0.##########" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    said = format_decimal(value, format=pattern, locale=speak(code).locale)
    assert speak(code).number(value, decimals) == said.replace("-", MINUS)
