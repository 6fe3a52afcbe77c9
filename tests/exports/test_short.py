"""Short addresses: good for ever, refused when mistyped, and never a way to another site."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import short
from tests.exports.served import site

ADDRESS, RELEASE = "/explore?indicator=employment&areas=KAZ,UZB&since=2015", "66176a45a074"
PRINTED = string.ascii_letters + string.digits + "?&=,._%-"


@given(st.text(PRINTED, max_size=200), st.sampled_from(["", RELEASE, "ffffffffffff"]))
def test_what_is_shortened_reads_back(rest, release):
    assert short.read(short.token(f"/{rest}", release)) == (f"/{rest}", release)


def test_tokens_that_were_printed_once_are_good_for_ever():
    """These stand in texts outside: version 1 reads them whatever becomes of the code."""
    assert short.read("aftbo2sfub2igkiepja5pqgacaai47f3le") == ("/figure/KAZ-001", RELEASE)
    kept = "aftbo2sfub2mgiuebbu2qyka57uqbpilw7m5afhc3grfeadt7myce"
    assert short.read(kept) == (f"{ADDRESS}&lang=ru", RELEASE)
    assert short.read(kept.upper()) == short.read(kept)


def test_a_token_is_shorter_than_its_address():
    assert len(short.token(ADDRESS, RELEASE)) < len(ADDRESS)
    assert len(short.token("/figure/KAZ-001", RELEASE)) <= 40


def test_a_letter_mistyped_or_lost_is_refused():
    token = short.token(ADDRESS, RELEASE)
    letters = string.ascii_lowercase + "234567"
    wrong = {token[:n] + letter + token[n + 1 :] for n in range(len(token)) for letter in letters} - {token}
    for text in [*wrong, token[:-1], token[1:], "", "ı" * 20, "!" * 20, "a" * 3000]:
        with pytest.raises(short.BadToken):
            short.read(text)


@pytest.mark.parametrize("address", ["//evil.example/", "/\\evil.example", "https://evil.example", "/a b", "/é",
                                     "/a\r\nSet-Cookie: b", "", "/" + "a" * 2000])  # fmt: skip
def test_no_other_site_can_be_shortened(address):
    with pytest.raises(ValueError, match="no address of this site"):
        short.token(address)


def test_a_short_address_sends_the_reader_on(releases, catalogue):
    client = site(releases, catalogue).test_client()
    sent = client.get(short.PATH + short.token(ADDRESS, RELEASE))
    assert (sent.status_code, sent.headers["Location"]) == (302, f"{ADDRESS}&release={RELEASE}")
    figure = client.get(short.PATH + short.token("/figure/KAZ-001"))
    assert figure.headers["Location"] == "/figure/KAZ-001"
    wrong = client.get(f"{short.PATH}aaaaaaaa")
    assert wrong.status_code == 404
    assert "copy it whole" in wrong.text
