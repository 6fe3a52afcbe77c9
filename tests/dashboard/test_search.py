"""The search box: what its one request answers, and what it never does."""

import pytest

from dashboard import route, search, site
from indicators.names import index
from indicators.search import KINDS, SERIES


@pytest.fixture(scope="module")
def client(releases, catalogue):
    return site.build(releases, catalogue).server.test_client()


def test_the_answer_is_in_the_language_of_the_reader_and_leads_on_in_it(client):
    said = client.get("/search.json", query_string={"q": "museum", "lang": "tr"}).get_json()
    best = said["found"][0]
    assert best["kind"] == "Gösterge"
    assert "lang=tr" in best["href"]
    assert len(said["found"]) <= search.SUGGESTED
    assert said["all"].startswith("Tüm sonuçlar: ")


def test_an_unchanged_release_is_not_searched_again(client, store):
    once = client.get("/search.json?q=kaz")
    again = client.get("/search.json?q=kaz", headers={"If-None-Match": once.headers["ETag"]})
    assert once.headers.getlist("Content-Length") == [str(len(once.data))]
    assert once.headers["ETag"] == f'"{store.release.id}"'
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("query", ["lang=xx", "release=nosuch", "release=../../etc"])
def test_what_is_not_known_is_refused(client, query):
    assert client.get(f"/search.json?q=kaz&{query}").status_code == 400


@pytest.mark.parametrize("language", ["", "ru", "kk"])
def test_every_thing_that_can_be_found_leads_to_a_page_of_this_site(releases, catalogue, store, language):
    view = route.read("/search", f"?lang={language}" if language else "")
    names = index(store, catalogue)
    seen = set()
    for word in ("employment kazakhstan", "museum", "kaz", "usa", "unctad", "gross", "music", "film", "oic"):
        listed = names.find(word, view.words.language.code, 30)
        seen |= {found.kind for found in listed}
        for found in {one.kind: one for one in listed}.values():
            path, _, query = search.href(view.links, found).partition("#")[0].partition("?")
            if path in site.PAGES:
                page = site.page(releases, catalogue, path, f"?{query}")[0]
                assert "misread" not in str(page)
    assert seen == {*KINDS, SERIES}
