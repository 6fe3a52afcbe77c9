"""Code lists: what is found, what is nearest to a slip, and what a reader is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.concepts.codelist import FOLDER, Codelist, UnknownCode, codelist, source_labels

LANGUAGES = ("en", "ru", "az", "kk", "tr", "bg")
NAMES = sorted(path.stem for path in FOLDER.glob("*.csv") if path.read_text("utf-8").startswith("code,"))
AREA = codelist("area")


def rows(text: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in row.split("|")) for row in text.strip().splitlines()]


@pytest.mark.parametrize(("written", "meant"), rows("""
    KZA          | KAZ
    KAX          | KAZ
    kaz          | KAZ
    KZ           | KAZ
    Kazahstan    | KAZ
    Kazakstan    | KAZ
    Казакстан    | KAZ
    Qazaxstan    | KAZ
    Kazakhstan   | KAZ
    Tadjikistan  | TJK
    Kyrgystan    | KGZ
    Киргизия     | KGZ
    Azerbaycan   | AZE
    Turkiye      | TUR
    Uzbekstan    | UZB
    Грузия       | GEO
    Armenya      | ARM
    EU           | EU
"""))  # fmt: skip
def test_a_slip_in_a_country_is_understood(written, meant):
    assert AREA.nearest(written) == meant


@pytest.mark.parametrize("written", ["", "   ", "QQQ", "a country far away", "12345678", "ヵ"])
def test_where_nothing_is_near_nothing_is_said(written):
    assert AREA.nearest(written) is None


def test_the_letters_in_another_order_are_nearer_than_another_letter():
    codes = Codelist("x", {code: {} for code in ("KZB", "KAZ", "KZC")})
    assert codes.nearest("KZA") == "KAZ"


def test_a_name_is_nearer_than_a_code_spelt_like_it():
    words = Codelist("x", {"FILMS": {"label_en": "Television"}, "TV": {"label_en": "Films released"}})
    assert words.nearest("films released") == "TV"


@pytest.mark.parametrize("name", NAMES)
def test_every_code_of_every_list_is_nearest_to_itself(name):
    known = codelist(name)
    assert {code: known.nearest(code.lower()) for code in known} == {code: code for code in known}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_every_area_in_every_language_means_that_area(language):
    labels = {code: AREA.label(code, language) for code in AREA}
    assert {code: AREA.nearest(label) for code, label in labels.items()} == {code: code for code in labels}


@pytest.mark.parametrize("shape", [str.lower, str.title, lambda text: f"  {text} "])
def test_neither_case_nor_blanks_make_a_country_another(shape):
    for code in AREA:
        assert AREA.nearest(shape(code)) == code


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(NAMES), st.text(max_size=20))
def test_the_nearest_of_any_text_is_a_code_of_the_list_or_nothing(name, text):
    known = codelist(name)
    nearest = known.nearest(text)
    assert nearest is None or nearest in known


def test_a_code_that_is_not_there_is_refused_with_the_list_and_the_nearest():
    with pytest.raises(
        UnknownCode, match=r"'KZA' is not a code of area\.csv; the nearest known is 'KAZ'"
    ) as no:
        AREA["KZA"]
    assert (no.value.codelist, no.value.code, no.value.nearest) == ("area", "KZA", "KAZ")
    with pytest.raises(UnknownCode, match=r"'QQQ' is not a code of area\.csv$"):
        AREA.label("QQQ")


def test_a_label_is_in_the_language_asked_for_else_in_english_else_the_code():
    words = Codelist(
        "x", {"A": {"label_en": "film", "label_ru": "кино"}, "B": {"label_en": "museum"}, "C": {}}
    )
    assert [words.label(code, "ru") for code in "ABC"] == ["кино", "museum", "C"]


@pytest.mark.parametrize("name", NAMES)
def test_every_code_of_every_list_has_a_label_and_no_blank_around_it(name):
    for code, row in codelist(name).rows.items():
        assert code == code.strip() != ""
        if "label_en" in row:
            assert codelist(name).label(code) == codelist(name).label(code).strip() != ""


def test_a_list_that_is_not_there_is_no_empty_list():
    with pytest.raises(FileNotFoundError):
        codelist("arae")


def test_a_code_that_stands_twice_is_refused(tmp_path, monkeypatch):
    (tmp_path / "twice.csv").write_text("code,label_en\nA,one\nB,two\nA,three\n", "utf-8")
    monkeypatch.setattr("indicators.concepts.codelist.FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"twice\.csv: the code 'A' stands there twice"):
        codelist("twice")


def test_the_labels_of_a_source_lead_to_its_own_codes_only():
    bea, ledger = source_labels("sector", {"bea_acpsa", "all"}), source_labels("sector", {"claims"})
    assert (bea["Museums"], ledger["museums"]) == ("acpsa_museums", "museums")
    assert bea["all_economy"] == "_T"
    assert "museums" not in bea
    assert "all_economy" not in ledger
