"""A page that was made is not made again, and is never that of another release, day, language or reader."""

import json
from datetime import date

import pytest

from bench.rendering import request
from dashboard import kept, site
from dashboard.kept import Kept


@pytest.fixture
def desk(releases, catalogue, monkeypatch):
    """A client of the site, and how often a page was made for it."""
    app = site.build(releases, catalogue)
    made = []
    real = site.page
    monkeypatch.setattr(site, "page", lambda *a: (made.append(a[2:]), real(*a))[1])
    return app.server.test_client(), made


def asked(client, path, search="", encoding="br"):
    body = request(client.get("/_dash-dependencies").get_json(), [path, search])
    return client.post(
        kept.ASKED,
        data=json.dumps(body),
        content_type="application/json",
        headers={"Accept-Encoding": encoding},
    )


def test_the_second_reader_gets_the_bytes_of_the_first(desk):
    client, made = desk
    first, second = asked(client, "/methods"), asked(client, "/methods")
    assert second.get_data() == first.get_data()
    assert {**second.headers} == {**first.headers}
    assert second.headers["Content-Encoding"] == "br"
    assert len(made) == 1


def test_another_language_address_or_packing_is_another_page(desk):
    client, made = desk
    pages = [
        asked(client, "/methods").get_data(),
        asked(client, "/methods", "?lang=kk").get_data(),
        asked(client, "/sources").get_data(),
        asked(client, "/methods", encoding="gzip").get_data(),
        asked(client, "/methods", encoding="").get_data(),
    ]
    assert len(set(pages)) == len(made) == len(pages)


def test_a_new_day_makes_its_pages_anew(desk, monkeypatch):
    client, made = desk
    asked(client, "/methods")

    class Tomorrow(date):
        @classmethod
        def today(cls):
            return date(2099, 1, 1)

    monkeypatch.setattr(site, "date", Tomorrow)
    asked(client, "/methods")
    assert len(made) == 2


def test_a_release_that_comes_while_a_page_is_made_does_not_get_its_name(releases, catalogue):
    app = site.build(releases, catalogue)
    stamps = iter(["old", "new", "old", "old"])
    store, calls = Kept(), []
    server = type(app.server)(__name__)
    server.add_url_rule(kept.ASKED, "asked", lambda: str(calls.append(1) or len(calls)), methods=["POST"])
    kept.register(server, lambda: next(stamps), store)
    client = server.test_client()
    assert [client.post(kept.ASKED, data=b"{}").get_data() for _ in range(2)] == [b"1", b"2"]


def test_a_fault_of_the_moment_is_not_kept(desk, monkeypatch):
    client, _ = desk
    real = site._content

    def fails(*_):
        raise RuntimeError("for a moment")

    monkeypatch.setattr(site, "_content", fails)
    broken = asked(client, "/methods").get_data()
    monkeypatch.setattr(site, "_content", real)
    assert asked(client, "/methods").get_data() != broken


def test_what_is_kept_stays_within_its_bytes_and_the_last_seen_stays():
    store = Kept(most=10)
    for name in "abc":
        store.put(name, (b"1234", ""))
        store.get("a")
    assert [name for name in "abc" if store.get(name)] == ["a", "c"]
    store.put("a", (b"12345678901", ""))
    assert store.get("a") is None
    store.put("d", (b"1234567890", "br"))
    assert store.get("d") == (b"1234567890", "br")
