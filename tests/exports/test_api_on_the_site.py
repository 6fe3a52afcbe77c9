"""The API beside the pages, on one server: neither answers for the other, and fifty may ask at once."""

import gzip
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from dashboard import site as pages
from exports import short
from exports.api import Settings, blueprint
from tests.exports.served import live

CLIENTS = 50


@pytest.fixture(scope="module")
def server(releases, catalogue):
    app = pages.build(releases, catalogue)
    app.server.register_blueprint(
        blueprint(releases, catalogue, settings=Settings(rate=0, cors=("https://a",)))
    )
    return app.server


def test_every_path_and_method_below_the_root_is_the_apis(server):
    client = server.test_client()
    for path in ("nothing", "/data", "data/", "../v1/nothing", "figures/", "figures//KAZ-001"):
        response = client.get(f"/api/v1/{path}")
        assert (response.status_code, response.mimetype) == (404, "application/problem+json"), path
    assert client.post("/api/v1").mimetype == "application/problem+json"
    assert client.get("/api/v10").mimetype == "text/html"
    assert client.get("/explore").mimetype == "text/html"
    assert client.post("/parts/x").status_code == 405


def test_an_answer_is_packed_and_says_all_it_varies_with(server):
    client = server.test_client()
    asked = "/api/v1/data?indicator=exports_services&areas=KAZ"
    for form in ("", "&format=csv"):
        plain = client.get(asked + form)
        packed = client.get(asked + form, headers={"Accept-Encoding": "gzip", "Origin": "https://a"})
        assert gzip.decompress(packed.data) == plain.data
        assert len(packed.data) * 3 < len(plain.data)
        assert packed.headers["ETag"] == plain.headers["ETag"]
        assert packed.vary.as_set() >= {"accept-encoding", "origin"}
        assert ("accept" in packed.vary.as_set()) == (form == "")
        again = client.get(
            asked + form, headers={"Accept-Encoding": "gzip", "If-None-Match": plain.headers["ETag"]}
        )
        assert (again.status_code, again.data) == (304, b"")


def test_a_short_address_leads_to_a_page(server, store):
    client = server.test_client()
    sent = client.get(short.PATH + short.token("/figure/KAZ-056", store.release.id), follow_redirects=True)
    assert sent.status_code == 200
    assert sent.request.full_path == f"/figure/KAZ-056?release={store.release.id}"


def test_fifty_clients_at_once_get_what_one_gets(server):
    questions = [
        f"/api/v1/{path}"
        for path in (
            "data?indicator=exports_services&areas=KAZ", "data?indicator=employment&areas=UZB&format=csv",
            "data?indicator=gdp_share&lang=kk", "figures/KAZ-056", "areas", "targets?areas=AZE", "openapi.json",
            "conflicts?areas=KAZ",
        )
    ]  # fmt: skip
    with live(server) as address, httpx.Client(base_url=address, timeout=60) as one:
        alone = {question: one.get(question).content for question in questions}

        def right(number: int) -> bool:
            question = questions[number % len(questions)]
            said = one.get(question)
            return said.status_code == 200 and said.content == alone[question]

        with ThreadPoolExecutor(CLIENTS) as pool:
            found = list(pool.map(right, range(CLIENTS)))
    assert len(found) == CLIENTS
    assert all(found)
