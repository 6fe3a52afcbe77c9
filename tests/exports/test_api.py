"""The API by its answers: the same numbers, all that is wrong, and the headers that programs live by."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from exports.api import Settings
from exports.api.endpoints import Replaced, endpoints
from exports.api.limits import Limiter
from exports.columns import COLUMNS
from exports.formats import FORMATS
from exports.table import table
from indicators.answer import answer
from indicators.conflicts import conflicts
from indicators.query import FIELDS, Query
from indicators.targets import targets
from tests.exports.served import site

ROOT = "/api/v1"
QUESTION = f"{ROOT}/data?indicator=exports_services&areas=KAZ,UZB"


@pytest.fixture(scope="module")
def client(releases, catalogue):
    return site(releases, catalogue).test_client()


def problem(response, status):
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    said = response.json
    assert said["status"] == status
    assert said["errors"]
    return said


def test_json_holds_every_cell_of_the_table(client, store, catalogue):
    query = Query("exports_services", ("KAZ", "UZB"))
    whole = table(answer(query, store, catalogue), store, catalogue)
    said = client.get(QUESTION).json
    assert said["release"] == store.release.id
    assert said["total"] == len(said["data"]) == whole.frame.height
    expected = [
        {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()}
        for row in whole.frame.to_dicts()
    ]
    assert said["data"] == expected
    assert said["notes"] == whole.notes


def test_a_file_is_the_same_table_and_says_its_name(client, store):
    response = client.get(f"{QUESTION}&format=csv")
    assert response.mimetype == "text/csv"
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="exports_services-{store.release.id}.csv"'
    )
    read = list(csv.DictReader(io.StringIO(response.text)))
    said = client.get(QUESTION).json["data"]
    assert [r["figure_id"] for r in read] == [r["figure_id"] for r in said]
    assert [float(r["value"]) for r in read] == [r["value"] for r in said]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/csv", "text/csv"),
        ("application/vnd.apache.parquet, */*;q=0.1", "application/vnd.apache.parquet"),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        (None, "application/json"),
    ],
)
def test_accept_chooses_a_format_where_the_address_names_none(client, accept, media):
    response = client.get(QUESTION, headers={"Accept": accept} if accept else {})
    assert response.mimetype == media
    assert "Accept" in response.vary


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_is_sent_under_its_media_type(client, form):
    response = client.get(f"{QUESTION}&format={form}")
    assert (response.status_code, response.content_type) == (200, FORMATS[form].media)
    assert response.headers["Content-Disposition"].endswith(f'.{FORMATS[form].suffix}"')
    if form == "jsonstat":
        assert {"version", "class", "id", "size", "dimension", "value"} <= set(response.json)


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("application/json; charset=utf-8", "application/json"),
        ("text/csv; charset=utf-8; header=present", "text/csv"),
        ("text/csv;q=0.2, application/json;q=0.9", "application/json"),
        ("application/json;q=0, */*;q=0.1", "text/csv"),
    ],
)
def test_what_accept_says_beside_a_type_is_understood(client, accept, media):
    assert client.get(QUESTION, headers={"Accept": accept}).mimetype == media


def test_a_format_that_is_not_made_is_refused(client):
    problem(client.get(QUESTION, headers={"Accept": "image/png"}), 406)


def test_all_that_is_wrong_is_said_at_once(client):
    said = problem(
        client.get(
            f"{ROOT}/data?indicator=employment&areas=KZA&foo=1&since=2020&until=2010&until=2011&lang="
        ),
        400,
    )
    assert {e.get("parameter") for e in said["errors"]} == {"areas", "foo", "until", "lang", "since"}
    assert "'KAZ'" in said["detail"]
    both = problem(client.get(f"{ROOT}/data?indicator=employment&since=2020&until=2010&currency=USD"), 400)
    assert len(both["errors"]) == 2
    assert problem(client.get(f"{ROOT}/data"), 400)["errors"] == [
        {"detail": "indicator= is missing", "parameter": "indicator"}
    ]


def test_every_address_refuses_what_it_does_not_know(client):
    for room in ("", "openapi.json", "indicators", "areas", "sources", "releases", "figures/KAZ-001", "data",
                 "conflicts", "targets", "revisions", "citation", "bulk", "bulk/all.csv"):  # fmt: skip
        said = problem(client.get(f"{ROOT}/{room}?asof=2020-01-01"), 400)
        assert "asof" in said["detail"], room


def test_a_path_that_is_not_there_is_a_problem_and_so_is_another_method(client):
    problem(client.get(f"{ROOT}/nothing"), 404)
    problem(client.get(f"{ROOT}/figures/XXX-999"), 404)
    problem(client.get(f"{ROOT}/figures/..%2f..%2fetc%2fpasswd"), 404)
    problem(client.get(f"{ROOT}/bulk/none"), 404)
    problem(client.get(f"{QUESTION}&release=000000000000"), 404)
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "NONSENSE"):
        response = client.open(QUESTION, method=method)
        problem(response, 405)
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    problem(client.open(f"{ROOT}/nothing", method="POST"), 404)


def test_a_head_has_the_headers_of_a_get_and_no_body(client):
    whole, head = client.get(QUESTION), client.head(QUESTION)
    assert head.data == b""
    assert head.headers["Content-Length"] == str(len(whole.data))
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert client.options(QUESTION).status_code == 204


def test_requests_with_a_body_or_an_endless_address_are_refused(client):
    problem(client.get(QUESTION, data=b"{}"), 413)
    problem(client.get(f"{QUESTION}&foo={'x' * 9000}"), 414)
    problem(client.get(QUESTION + "&a=1" * 70), 400)
    problem(client.get(f"{ROOT}/data?indicator=%ff"), 400)


@pytest.mark.parametrize("host", ['evil"<x>.example', "a b", "x/y", "a@b"])
def test_a_host_that_is_none_is_refused_and_stands_in_no_citation(client, host):
    said = problem(client.get(f"{ROOT}/citation?figure=KAZ-056", headers={"Host": host}), 400)
    assert "Host" in said["detail"]


def test_what_a_reader_holds_is_not_sent_again(client, releases):
    first = client.get(QUESTION)
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(QUESTION, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == tag
    for other in (f"{QUESTION}&lang=ru", f"{QUESTION}&format=csv", f"{QUESTION}&since=2015"):
        assert client.get(other, headers={"If-None-Match": tag}).status_code == 200
    frozen = client.get(f"{QUESTION}&release={releases.current().release.id}")
    assert frozen.json == first.json
    assert frozen.headers["Cache-Control"] == "public, max-age=3600"


def test_the_description_is_not_sent_again_either(client):
    for address in (f"{ROOT}/", f"{ROOT}/openapi.json"):
        tag = client.get(address).headers["ETag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)


def test_what_is_to_go_says_so_in_headers_and_in_the_description(releases, catalogue, monkeypatch):
    def old(*given):
        how = Replaced(1_767_225_600, "Sat, 01 Jan 2028 00:00:00 GMT", f"{ROOT}/areas")
        return tuple(replace(e, replaced=how) if e.path == "/releases" else e for e in endpoints(*given))

    monkeypatch.setattr("exports.api.serve.endpoints", old)
    client = site(releases, catalogue).test_client()
    response = client.get(f"{ROOT}/releases?page_size=1&page=2")
    assert response.headers["Deprecation"] == "@1767225600"
    assert response.headers["Sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"
    links = ", ".join(response.headers.getlist("Link"))
    assert f'<{ROOT}/areas>; rel="successor-version"' in links
    assert 'rel="prev"' in links
    told = client.get(f"{ROOT}/openapi.json").json
    assert told["paths"]["/releases"]["get"]["deprecated"]
    assert "deprecated" not in told["paths"]["/areas"]["get"]
    assert "Deprecation" not in client.get(f"{ROOT}/areas?page_size=1").headers


def test_pages_together_are_the_whole(client):
    whole = client.get(f"{ROOT}/conflicts?page_size=10000").json
    address, seen = f"{ROOT}/conflicts?areas=KAZ,AZE,RUS&page_size=7", []
    expected = [r for r in whole["data"] if r["ref_area"] in ("KAZ", "AZE", "RUS")]
    for _ in range(1000):
        response = client.get(address)
        seen += response.json["data"]
        links = re.findall(r'<([^>]+)>; rel="(\w+)"', response.headers["Link"])
        after = next((a for a, rel in links if rel == "next"), None)
        if after is None:
            break
        address = after
    assert seen == expected
    assert len(expected) > 14
    # Whoever follows the links reads one release, whatever is published meanwhile.
    assert address.count(f"release={response.json['release']}") == 1
    beyond = client.get(f"{ROOT}/conflicts?page=1000000")
    assert beyond.json["data"] == []
    assert 'rel="prev"' in beyond.headers["Link"]


def test_an_open_end_is_null_and_is_named(client):
    for row in client.get(f"{ROOT}/targets").json["data"]:
        for low, high, name in (
            ("low", "high", "open_end"),
            ("outcome_low", "outcome_high", "outcome_open_end"),
        ):
            known = {
                "none": (False, False),
                "low": (True, False),
                "high": (False, True),
                "both": (True, True),
            }
            assert row[name] is None or (row[low] is None, row[high] is None) == known[row[name]]


def test_conflicts_and_targets_are_those_of_the_house(client, store, catalogue):
    own = conflicts(store)
    said = client.get(f"{ROOT}/conflicts?page_size=10000").json["data"]
    assert [(r["cell"], r["figure_id"]) for r in said] == own.select("cell", "figure_id").rows()
    aims = targets(store, catalogue, "UZB")
    told = client.get(f"{ROOT}/targets?areas=UZB").json["data"]
    assert [(t["figure_id"], t["status"], t["readings"]) for t in told] == [
        (a.target.figure_id, str(a.status), len(a.readings)) for a in aims
    ]
    some = client.get(f"{ROOT}/targets?areas=UZB&kind=target&as_of=2020-01-01").json["data"]
    assert all(t["kind"] == "target" and t["day"] <= "2020-01-01" for t in some)


def test_a_passport_has_its_rivals_and_its_citation(client, store):
    said = client.get(f"{ROOT}/figures/KAZ-001?lang=ru").json
    assert said["figure"]["figure_id"] == "KAZ-001"
    assert said["figure"]["reported_value"]
    assert said["citation"]["address"].endswith(f"/figure/KAZ-001?release={store.release.id}")
    assert said["label"].endswith("Казахстан")
    assert "Казахстан" in said["citation"]["text"]
    cell = store.ask("cell", figure_id="KAZ-001")
    assert len(said["rivals"]) == cell.height - 1


def test_sources_of_a_day_are_those_known_on_it(client, store):
    said = client.get(f"{ROOT}/sources?as_of=2020-06-30&page_size=10000").json["data"]
    known = store.ask("publications").filter(pl.col("known_from") <= date(2020, 6, 30))
    assert [r["source"] for r in said] == known["source"].to_list()


def test_a_file_of_the_release_is_streamed(client, store):
    listed = client.get(f"{ROOT}/bulk").json["data"]
    assert [d["id"] for d in listed] == ["all.csv"]
    response = client.get(f"{ROOT}/bulk/all.csv")
    assert response.is_streamed
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="creative-economy-{store.release.id}-all.csv"'
    )
    assert response.text == f"release\r\n{store.release.id}\r\n"
    assert client.head(f"{ROOT}/bulk/all.csv").data == b""
    response.close()
    for _ in range(3):  # a place that is not given back would be missed by now
        with client.get(f"{ROOT}/bulk/all.csv") as again:
            assert again.status_code == 200


def test_the_description_is_valid_and_names_every_field_of_a_query(client):
    told = client.get(f"{ROOT}/openapi.json").json
    OpenAPIV31SpecValidator(told).validate()
    own, *others = told["paths"]["/data"]["get"]["responses"]["200"]["content"]["application/json"]["schema"][
        "anyOf"
    ]
    assert own["properties"]["data"]["items"] == {"$ref": "#/components/schemas/Data"}
    assert set(told["components"]["schemas"]["Data"]["properties"]) == {c.name for c in COLUMNS}
    assert len(others) == 1
    names = {p["name"] for p in told["paths"]["/data"]["get"]["parameters"]}
    assert names == {*FIELDS, "format", "release", "page", "page_size"}
    del told["paths"]["/data"]["get"]["responses"]
    told["info"] = {}
    with pytest.raises(OpenAPIValidationError):
        OpenAPIV31SpecValidator(told).validate()


def test_the_page_for_people_names_every_address_and_loads_nothing_from_outside(client):
    page = client.get(f"{ROOT}/")
    assert page.mimetype == "text/html"
    for path in client.get(f"{ROOT}/openapi.json").json["paths"]:
        assert path in page.text
    assert "`" not in page.text
    assert "<td>In units, not in thousands" in page.text
    assert not re.findall(r'<script|src=|href="https?:', page.text)


def test_who_asks_too_much_is_told_when_to_come_again(releases, catalogue):
    client = site(releases, catalogue, Settings(rate=2)).test_client()
    first, _, third = (client.get(f"{ROOT}/releases") for _ in range(3))
    assert first.headers["RateLimit-Policy"] == '"default";q=2;w=60'
    assert first.headers["RateLimit"].startswith('"default";r=1;')
    problem(third, 429)
    assert 1 <= int(third.headers["Retry-After"]) <= 30
    other = client.get(f"{ROOT}/releases", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 200


def test_a_bucket_fills_with_time():
    now = [0.0]
    limiter = Limiter(60, clock=lambda: now[0])
    assert [limiter.take("a").allowed for _ in range(61)] == [True] * 60 + [False]
    now[0] = 1.5
    assert [limiter.take("a").allowed for _ in range(2)] == [True, False]


def test_other_sites_read_only_where_they_are_let(releases, catalogue, client):
    asked = {"Origin": "https://a.example"}
    assert "Access-Control-Allow-Origin" not in client.get(QUESTION, headers=asked).headers
    some = site(releases, catalogue, Settings(rate=0, cors=("https://a.example",))).test_client()
    let = some.get(QUESTION, headers=asked)
    assert let.headers["Access-Control-Allow-Origin"] == "https://a.example"
    assert "Origin" in let.vary
    assert "Link" in let.headers["Access-Control-Expose-Headers"]
    preflight = some.options(QUESTION, headers=asked)
    assert "GET" in preflight.headers["Access-Control-Allow-Methods"]
    refused = some.get(QUESTION, headers={"Origin": "https://b.example"})
    assert "Access-Control-Allow-Origin" not in refused.headers
    every = site(releases, catalogue, Settings(rate=0, cors=("*",))).test_client()
    assert every.get(QUESTION, headers=asked).headers["Access-Control-Allow-Origin"] == "*"


def test_settings_are_read_from_the_environment():
    read = Settings.of({"CEI_RATE": "5", "CEI_CORS": "https://a https://b", "CEI_ADDRESS": "https://c/"})
    assert (read.rate, read.cors, read.address) == (5, ("https://a", "https://b"), "https://c")
    assert Settings.of({}).cors == ()
    with pytest.raises(ValueError, match="CEI_RATE='many'"):
        Settings.of({"CEI_RATE": "many"})


def test_what_breaks_inside_is_told_by_a_reference_only(releases, catalogue, monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError("select * from /secret/path")

    monkeypatch.setattr("exports.api.numbers.answer", broken)
    said = problem(site(releases, catalogue).test_client().get(QUESTION), 500)
    assert "secret" not in json.dumps(said)
    assert "/secret/path" in caplog.text
    assert re.search(r"say ([0-9a-f]{8})", said["detail"]).group(1) in caplog.text


def test_a_server_that_is_full_says_so(releases, catalogue, monkeypatch):
    app = site(releases, catalogue, Settings(rate=0, at_once=1, patience=0.05))
    inner = []

    def slow(*_):
        inner.append(app.test_client().get(QUESTION))
        raise RuntimeError("enough")

    monkeypatch.setattr("exports.api.numbers.answer", slow)
    app.test_client().get(QUESTION)
    problem(inner[0], 503)
    assert inner[0].headers["Retry-After"]


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([*FIELDS, "format", "page", "x"]), st.text(max_size=12), max_size=5))
def test_no_question_however_odd_breaks_the_server(client, asked):
    address = "&".join(f"{k}={quote(v)}" for k, v in asked.items())
    response = client.get(f"{ROOT}/data?{address}")
    assert response.status_code in (200, 400)


def test_the_head_of_a_file_that_is_made_while_it_leaves_names_no_length(client):
    answer = client.head("/api/v1/bulk/all.csv")
    assert (answer.status_code, answer.headers.get("Content-Length")) == (200, None)
    assert "attachment" in answer.headers["Content-Disposition"]
