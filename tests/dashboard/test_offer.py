"""What a page offers to take away is there, under the names that exports give it, and of the release shown."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask

from dashboard import offer, route
from exports import api, bulk
from exports.cite import API
from exports.formats import FORMATS
from indicators.language import ended
from indicators.query import Query

ASKED = Query("gdp_share", ("KAZ",), lang="kk")


def addresses(section):
    return [e.href for e in section._traverse() if getattr(e, "download", None) is not None]


@pytest.fixture
def view():
    return route.read("/explore", "?indicator=gdp_share&areas=KAZ&lang=kk")


def test_every_format_is_offered_under_its_name():
    assert offer.API == API
    assert set(offer.FILES) <= set(FORMATS)
    assert all(FORMATS[form].name == name for form, name in offer.FILES.items())
    assert {f.id for f in bulk.FILES} >= {f"all.{suffix}" for suffix in offer.WHOLE}


def test_files_ask_what_the_page_shows_in_its_language_and_release(view):
    for address in addresses(offer.away(view, ASKED, "abc123")):
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked.pop("format") in FORMATS
        assert asked == {"indicator": "gdp_share", "areas": "KAZ", "lang": "kk", "release": "abc123"}


def test_what_is_offered_is_served(view, releases, catalogue):
    server = Flask("alone")
    server.register_blueprint(api.blueprint(releases, catalogue, bulk.FILES))
    client, release = server.test_client(), releases.current().release.id
    offered = addresses(offer.away(view, ASKED, release)) + addresses(offer.whole(view, release))
    assert len(offered) == len(offer.FILES) + len(offer.WHOLE)
    for address in offered:
        assert client.head(address).status_code == 200, address
    cite = offer.figure_cited(view, "KAZ-056", release)
    assert client.get(getattr(cite, "data-from")).status_code == 200


@pytest.mark.parametrize(("said", "whole"), [("2025 г.", "2025 г."), ("2025", "2025."), ("", ".")])
def test_a_sentence_has_one_full_stop(said, whole):
    assert ended(said) == whole
