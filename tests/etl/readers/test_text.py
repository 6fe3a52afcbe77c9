"""Encodings: every letter or a refusal."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.readers.cells import BadFile
from etl.readers.text import decode, load

RUSSIAN = "Страна;Год;Значение\nКазахстан;2020;1,5\nУзбекистан;2021;2,5\n"
TURKISH = "Ülke;Yıl;Değer\nTürkiye;2020;1,5\nŞırnak ili, Iğdır, İstanbul;2021;2,5\n"
FRENCH = "Région;Année;Valeur\nÎle-de-France;2020;1,5\nProvence-Alpes-Côte d’Azur;2021;2,5\n"
POLISH = "Województwo;Rok;Wartość\nŁódzkie;2020;1,5\nŚwiętokrzyskie;2021;2,5\n"
GREEK = "Χώρα;Έτος;Τιμή\nΕλλάδα;2020;1,5\n"


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (RUSSIAN, "utf-8", "utf-8"),
        (RUSSIAN, "utf-8-sig", "utf-8-sig"),
        (RUSSIAN, "utf-16", "utf-16"),
        (FRENCH, "utf-16-le", "utf-16-le"),
        (FRENCH, "utf-16-be", "utf-16-be"),
        (RUSSIAN, "cp1251", "cp1251"),
        (TURKISH, "cp1254", "cp1254"),
        (TURKISH, "iso-8859-9", "cp1254"),
        (FRENCH, "cp1252", "cp1252"),
        (POLISH, "cp1250", "cp1250"),
        (POLISH, "iso-8859-2", "iso-8859-2"),
        (RUSSIAN, "iso-8859-5", "iso-8859-5"),
        (GREEK, "cp1253", "cp1253"),
        ("a;b\n1;2\n", "utf-8", "utf-8"),
    ],
)
def test_a_text_comes_back_letter_by_letter(tmp_path, text, encoding, told):
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode(encoding))
    read = load(path)
    assert read.encoding == told
    assert read.data[:].decode("utf-8-sig") == text
    assert bool(read.remarks) == (told.startswith(("cp", "iso")))


def test_marks_of_utf16_be_are_seen(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(codecs.BOM_UTF16_BE + RUSSIAN.encode("utf-16-be"))
    assert load(path).data[:].decode() == RUSSIAN


def test_a_nul_byte_is_refused_with_its_place(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n1,2\n3,\x004\n" + b"5,6\n" * 50)
    with pytest.raises(BadFile, match="byte 11, line 3"):
        load(path)


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"")
    with pytest.raises(BadFile, match="empty"):
        load(path)


def test_a_cut_utf16_is_refused(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(RUSSIAN.encode("utf-16")[:-1])
    with pytest.raises(BadFile, match="not utf-16"):
        load(path)


def test_lines_that_end_in_carriage_returns_are_lines(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\r1,2\r3,4\r")
    assert load(path).data[:] == b"a,b\n1,2\n3,4\n"


@given(st.binary(min_size=1, max_size=300))
@settings(max_examples=150)
def test_any_bytes_are_text_or_refused_and_never_patched(raw):
    try:
        text, encoding = decode(raw)
    except BadFile:
        return
    assert text.encode(encoding.removesuffix("-sig")) in (
        raw,
        raw[len(codecs.BOM_UTF8) :],
        raw[2:],
    ) or encoding in ("utf-16", "utf-32")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=100))
@settings(max_examples=100)
def test_utf8_always_comes_back(text):
    assert decode(text.encode())[0] == text.removeprefix("\ufeff")
