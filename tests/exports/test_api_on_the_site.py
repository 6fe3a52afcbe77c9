"""The API beside the pages, on one server: neither answers for the other, and fifty may ask at once."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import httpx
import polars as pl
import pytest
from flask import Flask
from polars.testing import assert_frame_equal

from dashboard import site as pages
from exports import bulk, short
from exports.api import Gate, Settings, blueprint
from exports.api.gate import STREAMS_AT_ONCE
from exports.api.limits import Limiter
from exports.sdmx import service
from exports.whole import whole
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
    for path in ("/api", "/api/v10", "/api/v2/data"):
        response = client.get(path)
        assert (response.status_code, response.mimetype) == (404, "application/problem+json"), path
    assert client.get("/apiary").mimetype == "text/html"
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


@pytest.mark.parametrize(
    ("takes", "way"),
    [
        ("gzip, br", "br"), ("gzip;q=0.5, br;q=0.1", "gzip"), ("br;q=0, GZIP", "gzip"), ("gzip;q=0", None),
        ("*", None), ("", None),
    ],
)  # fmt: skip
def test_an_answer_is_packed_as_the_client_likes_it(server, takes, way):
    asked = "/api/v1/data?indicator=exports_services&areas=KAZ"
    answer = server.test_client().get(asked, headers={"Accept-Encoding": takes})
    assert answer.headers.get("Content-Encoding") == way


@pytest.fixture(scope="module")
def whole_site(releases, catalogue):
    """The server as the program builds it: pages, API with its files, SDMX; one gate."""
    app = pages.build(releases, catalogue)
    gate = Gate(Settings(rate=40, cors=("https://a",), patience=0.05))
    gate._limiter = Limiter(
        40, clock=lambda: 0.0
    )  # a bucket that fills while a busy machine waits tells nothing
    app.server.register_blueprint(blueprint(releases, catalogue, bulk.FILES, gate=gate))
    app.server.register_blueprint(service.blueprint(releases, catalogue, gate))
    return app.server


def test_the_program_serves_sdmx_and_whole_files(whole_site, store):
    with live(whole_site) as address:
        listed = httpx.get(f"{address}/api/v1/bulk", timeout=60).json()["data"]
        assert {row["id"] for row in listed} == {file.id for file in bulk.FILES}
        content = httpx.get(f"{address}/api/v1/bulk/newest.parquet", timeout=60).content
        expected = pl.concat(whole(store, newest=True).parts(10**9))
        assert_frame_equal(pl.read_parquet(BytesIO(content)), expected)
        asked = f"{address}/sdmx/data/EXPORTS_SERVICES/.exports_services.KAZ....."
        said = httpx.get(
            asked, headers={"Accept": "application/vnd.sdmx.data+csv", "Origin": "https://a"}, timeout=60
        )
        of_api = httpx.get(f"{address}/api/v1/data?indicator=exports_services&areas=KAZ", timeout=60)
    assert said.status_code == 200, said.text
    assert said.headers["Access-Control-Allow-Origin"] == "https://a"
    assert int(of_api.headers["RateLimit-Remaining"]) < int(said.headers["RateLimit-Remaining"]) < 40
    figures = set(pl.read_csv(BytesIO(said.content))["FIGURE_ID"])
    assert figures == {row["figure_id"] for row in of_api.json()["data"]}


def test_sdmx_gives_back_its_places_and_refuses_in_its_own_words(whole_site, monkeypatch):
    client, asked = whole_site.test_client(), "/sdmx/data/EXPORTS_SERVICES/.exports_services.KAZ....."
    for _ in range(Settings().at_once + 1):
        assert client.get(asked).data
        with client.get(asked) as left, client.head(asked) as head:  # neither is read
            assert (left.status_code, head.status_code) == (200, 200)
        assert client.get("/sdmx/data/NO").status_code >= 400
    assert client.options(asked).headers["Allow"] == "GET, HEAD, OPTIONS"
    for wrong in (client.post(asked), client.put("/sdmx"), client.open(asked, method="TRACE")):
        assert (wrong.status_code, b"ErrorMessage" in wrong.data, b"<html" in wrong.data) == (
            405,
            True,
            False,
        )
    assert b"ErrorMessage" in client.get(f"{asked}?x={'y' * 9_000}").data
    monkeypatch.setattr("exports.sdmx.service.respond", lambda *_: 1 / 0)
    failed = client.get(asked)
    assert (failed.status_code, b"our fault" in failed.data) == (500, True)
    assert b"division" not in failed.data
    last = [client.get("/sdmx/dataflow", headers={"Accept": "application/json"}) for _ in range(40)][-1]
    assert (last.status_code, "more than 40" in last.json["errors"][0]["title"]) == (429, True)
    assert last.headers["Retry-After"]


def test_a_large_sdmx_answer_gives_its_turn_back_while_it_leaves(releases, catalogue, monkeypatch):
    """However slowly they are read: files have places of their own, and other questions their turns."""
    monkeypatch.setattr("exports.sdmx.service.AT_HAND", 1_000)
    app = Flask("sdmx")
    app.register_blueprint(service.blueprint(releases, catalogue, Gate(Settings(at_once=1, patience=0.05))))
    client, asked = app.test_client(), "/sdmx/data/EXPORTS_SERVICES/.exports_services.KAZ....."
    slow = [client.get(asked) for _ in range(STREAMS_AT_ONCE)]
    assert [one.status_code for one in slow] == [200, 200]
    assert client.get("/sdmx/dataflow").status_code == 200
    assert client.get(asked).status_code == 503
    assert len({len(one.data) for one in slow}) == 1  # they are whole, and their places free again
    assert client.get(asked).status_code == 200


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
