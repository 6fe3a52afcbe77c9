"""A large answer leaves in pieces, some areas at a time: what is sent is what the whole would have been."""

import json
import random
from dataclasses import replace
from datetime import date
from io import BytesIO

import polars as pl
import pyarrow.parquet as pq
import pytest
from polars.testing import assert_frame_equal

from exports import pieces
from exports.api import Settings
from exports.columnar import ABOUT
from exports.formats import FORMATS
from exports.table import table
from indicators.answer import answer
from indicators.query import Query, check
from tests.exports.served import site

FEW = 300
"""Claims of a part here: the answers of the shipped release are small."""
STREAMED = [form for form in FORMATS.values() if form.stream]
ASKED = (
    Query("exports_services"),
    Query("employment", rule="all", lang="ru"),
    Query("exports_services", currency="EUR", since=2015, lang="kk"),
    Query("imports_services", prices=2015, currency="KZT", until=2022),
    Query("employment", carry=3, as_of=date(2026, 1, 1)),
    Query("exports_services_per_head", rule="narrowest"),
    Query("exports_services", transform="annual_growth"),
    Query("films_national", transform="index", base=2012),
    Query("employment_share", areas=("KAZ", "FRA", "DEU", "UZB", "AZE", "GRC", "USA"), since=2012),
    Query("exports_services", per="gdp", currency="local"),
)


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(pieces, "ROWS", FEW)


def of(query, store, catalogue):
    return table(answer(query, store, catalogue), store, catalogue)


def test_the_formats_that_grow_with_their_rows_are_all_streamed():
    assert [form.id for form in STREAMED] == [
        "csv", "csv-excel", "parquet", "arrow", "sdmx-csv", "sdmx-ml"
    ]  # fmt: skip


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("query", ASKED, ids=lambda q: q.to_url())
def test_the_parts_of_an_answer_are_its_rows_in_their_order(query, store, catalogue):
    assert not check(query, catalogue)
    groups = pieces.parts(query, store, catalogue)
    whole = of(query, store, catalogue)
    parts = list(pieces.tables(query, groups, store, catalogue))
    assert_frame_equal(pl.concat(part.frame for part in parts), whole.frame)
    assert all(part.query == query for part in parts)
    if whole.frame.height > 2 * FEW:
        assert len(parts) > 1


@pytest.mark.usefixtures("few")
def test_any_question_in_parts_of_any_size_is_the_whole(store, catalogue, monkeypatch):
    dice = random.Random(20261123)
    areas = store.ask("coverage")["ref_area"].unique().sort().to_list()
    for _ in range(25):
        monkeypatch.setattr(pieces, "ROWS", dice.choice([20, 100, 700]))
        query = Query(
            dice.choice([i.id for i in catalogue]), tuple(dice.sample(areas, dice.choice([0, 2, 40])))
        )
        for wish in dice.sample([{"since": 2012}, {"rule": "all"}, {"carry": 2}, {"as_of": date(2026, 1, 1)},
                                 {"currency": "USD"}, {"per": "head"}], 2):  # fmt: skip
            query = query if check(replace(query, **wish), catalogue) else replace(query, **wish)
        whole = of(query, store, catalogue).frame
        parts = [
            p.frame for p in pieces.tables(query, pieces.parts(query, store, catalogue), store, catalogue)
        ]
        assert_frame_equal(pl.concat([whole.clear(), *parts]), whole)


def test_an_answer_that_is_small_or_sums_groups_is_made_whole(store, catalogue, monkeypatch):
    assert pieces.parts(Query("exports_services"), store, catalogue) == [()]
    monkeypatch.setattr(pieces, "ROWS", 10)
    summed = Query("exports_services", ("CIS", "KAZ", "UZB"), members="by_date")
    assert pieces.parts(summed, store, catalogue) == [summed.areas]


def read(form, content):
    if form.id == "parquet":
        return pl.read_parquet(BytesIO(content))
    if form.id == "arrow":
        return pl.read_ipc(BytesIO(content))
    return content


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("form", STREAMED, ids=lambda f: f.id)
def test_a_file_in_pieces_says_what_the_whole_file_says(form, store, catalogue):
    query = Query("exports_services", lang="tr", since=2014)
    whole = of(query, store, catalogue)
    groups = pieces.parts(query, store, catalogue)
    parts = list(pieces.tables(query, groups, store, catalogue)) if form.parted else [whole]
    said = list(form.stream(parts))
    assert len(said) > 3
    ours, theirs = read(form, b"".join(said)), read(form, form.write(whole))
    if isinstance(theirs, pl.DataFrame):
        assert_frame_equal(ours, theirs)
    elif form.id == "sdmx-ml":  # the moment of preparation differs
        assert ours.partition(b"DataSet ")[2] == theirs.partition(b"DataSet ")[2]
    else:
        assert ours == theirs


@pytest.mark.usefixtures("few")
def test_what_is_known_of_the_whole_is_at_the_end_of_a_parquet_file(store, catalogue):
    query = Query("exports_services_per_head", lang="kk")
    parts = pieces.tables(query, pieces.parts(query, store, catalogue), store, catalogue)
    content = BytesIO(b"".join(pieces.parquet(parts)))
    whole = pq.read_schema(BytesIO(FORMATS["parquet"].write(of(query, store, catalogue))))
    told, expected = (json.loads(m[ABOUT]) for m in (pq.read_schema(content).metadata, whole.metadata))
    assert sorted(told["sources"], key=str) == sorted(expected["sources"], key=str)
    assert told["notes"][0] == expected["notes"][0]
    assert len(told["notes"]) > len(expected["notes"])  # of each part, the figures that lack a population
    assert {**told, "sources": 0, "notes": 0} == {**expected, "sources": 0, "notes": 0}
    assert pq.read_schema(content).field("value").metadata == whole.field("value").metadata


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("form", STREAMED, ids=lambda f: f.id)
def test_over_http_a_large_answer_has_no_length_before_it_ends(form, releases, catalogue, store):
    client = site(releases, catalogue).test_client()
    address = f"/api/v1/data?indicator=exports_services&format={form.id}"
    said = client.get(address, buffered=False)
    assert said.status_code == 200
    assert "Content-Length" not in said.headers
    assert said.headers["Content-Disposition"].endswith(f'{store.release.id}.{form.suffix}"')
    assert len(list(said.response)) > 3
    head = client.head(address)
    assert (head.status_code, head.data, head.headers.get("Content-Length")) == (200, b"", None)


@pytest.mark.usefixtures("few")
def test_pieces_are_answered_one_after_another_and_nobody_waits_for_the_last(
    releases, catalogue, monkeypatch
):
    asked = []
    whole = pieces.answer
    monkeypatch.setattr(pieces, "answer", lambda query, *more: asked.append(query) or whole(query, *more))
    said = site(releases, catalogue).test_client().get(
        "/api/v1/data?indicator=exports_services&format=csv", buffered=False
    )  # fmt: skip
    rest = iter(said.response)
    assert next(rest).startswith(b"indicator,")
    begun = len(asked)
    assert sum(line.count(b"\r\n") for line in rest) > FEW
    assert begun < len(asked) / 3


@pytest.mark.usefixtures("few")
def test_so_many_files_leave_at_a_time_and_their_places_are_free_again(releases, catalogue):
    app = site(releases, catalogue, Settings(rate=0, patience=0.05))
    address = "/api/v1/data?indicator=exports_services&format=csv"
    open_ones = [app.test_client().get(address, buffered=False) for _ in range(2)]
    assert app.test_client().get(address).status_code == 503
    assert (
        app.test_client().get("/api/v1/data?indicator=exports_services&areas=KAZ&format=csv").status_code
        == 200
    )
    for one in open_ones:
        one.close()
    assert app.test_client().get(address).status_code == 200
