"""Answers of a live service: in pages, unchanged, packed, sent on, slow."""

import gzip
import json
from datetime import UTC, datetime

import pytest

from etl import run
from etl.live import body
from etl.live import download as downloading
from etl.live import line as connection
from etl.live.services import services
from indicators.concepts.release import current_release
from tests.conftest import silent
from tests.etl import payloads as of
from tests.etl.live import JSON, SERVED, SIGNS, failed, failed_with
from tests.etl.replay import chunked, drips, gives, unannounced


def pages(rows=of.GDP_ROWS, **last):
    """Three pages of one row each; `last` is said by the last one instead."""
    said = [{"page": n, "pages": len(rows), "total": len(rows)} for n in range(1, len(rows) + 1)]
    said[-1] |= last
    return [gives(of.world_bank([r], **s).encode(), kind=JSON) for r, s in zip(rows, said, strict=True)]


def test_a_packed_answer_that_swells_without_end_is_not_kept(live, monkeypatch):
    monkeypatch.setattr(body, "LEAST", 1 << 20)
    one = live("ecb_exchange_rates")
    bomb = gzip.compress(of.ECB.encode() + bytes(64 << 20))
    assert "swell to" in failed_with(one, gives(bomb, Content_Encoding="gzip"))
    assert one.vintages == []
    assert not [p for p in one.raw.rglob("*") if p.is_file() and p.stat().st_size > 1 << 20]


def test_all_pages_are_fetched_kept_as_they_came_and_read_as_one(live):
    one = live("worldbank_indicators")
    one.fetch(*pages(), one.answers[1])
    asked = [r.path.rpartition("per_page=5000")[2] for r in one.service.asked]
    assert asked == ["", "&page=2", "&page=3", ""]
    names = [f["file"] for f in one.receipt()["files"]]
    assert names == ["gdp.2.json", "gdp.3.json", "gdp.json", "population.json"]
    run.build(one.raw, one.processed, say=silent)
    (account,) = current_release(one.processed).manifest["account"]
    assert (account["observations"], account["aside"]) == (3, 1)


@pytest.mark.parametrize(("last", "said"), [
    ({"total": 4}, r"total 4 \(page 1: 3\): the service changed while it was read"),
    ({"pages": 2}, r"pages 2 \(page 1: 3\)"),
    ({"day": "2025-08-01"}, r"lastupdated 2025-08-01 \(page 1: 2025-07-01\)"),
    ({"page": 1}, "page 1 came in place of page 3"),
])  # fmt: skip
def test_pages_of_several_states_of_a_service_are_refused(live, last, said):
    one = live("worldbank_indicators")
    with pytest.raises(Exception, match=said):
        one.fetch(*pages(**last), one.answers[1])
    assert one.vintages == []
    one.fetch(*one.answers)
    assert one.vintages == ["2025-09-01"]


def test_a_page_with_too_few_rows_is_refused(live):
    one = live("worldbank_indicators")
    short = [gives(of.world_bank(of.GDP_ROWS[:1], n, 2, 3).encode(), kind=JSON) for n in (1, 2)]
    with pytest.raises(Exception, match="2 rows came on 2 pages, 3 announced"):
        one.fetch(*short, one.answers[1])


def test_a_busy_page_is_asked_again_and_the_others_are_not(live):
    one = live("worldbank_indicators")
    first, second, third = pages()
    one.fetch(first, gives(b"", 503), second, gives(b"", 429, Retry_After="0"), third, one.answers[1])
    assert len(one.service.asked) == 6


def test_pages_of_an_interrupted_run_are_not_asked_for_again(live, monkeypatch):
    monkeypatch.setattr(downloading, "ATTEMPTS", 1)
    one = live("worldbank_indicators")
    first, second, third = pages()
    assert "503" in failed_with(one, first, second, gives(b"", 503))
    asked = len(one.service.asked)
    one.fetch(third, one.answers[1])
    assert len(one.service.asked) == asked + 2


def test_as_many_rows_as_a_service_gives_at_most_are_not_the_whole(live, monkeypatch):
    monkeypatch.setitem(services()["comtrade"]["most"], "at", 3)
    one = live("comtrade_works_of_art")
    assert "3 rows, as many as the service gives at most: ask in parts" in failed(one)


def test_a_message_of_the_service_in_place_of_figures_is_passed_on(live):
    one = live("worldbank_indicators")
    told = [
        {
            "message": [
                {"id": "120", "key": "Invalid value", "value": "The provided parameter value is not valid"}
            ]
        }
    ]
    assert "The provided parameter value is not valid" in failed_with(
        one, gives(json.dumps(told).encode(), kind=JSON)
    )


# ------------------------------------------------------------------------ what changes and what does not


@pytest.mark.parametrize("name", [n for n in SERVED if n != "unctadstat_creative_services_api"])
def test_a_service_is_asked_only_for_what_is_new(live, name):
    one = live(name)
    one.fetch()
    one.service.answers = [gives(b"", 304)]
    assert one.fetch() == f"{name}: nothing has changed since 2025-09-01"
    assert one.service.asked[-1].headers["If-None-Match"] == SIGNS["ETag"]
    assert one.vintages == ["2025-09-01"]


def test_one_file_of_two_that_has_not_changed_is_kept_with_its_signs(live):
    one = live("worldbank_indicators")
    one.fetch()
    more = of.world_bank([of.indicator("SP.POP.TOTL", "Population, total", "KZ", "KAZ", 2023, 20330105)])
    one.fetch(gives(b"", 304), gives(more.encode(), kind=JSON), now=datetime(2025, 10, 1, tzinfo=UTC))
    gdp, population = one.receipt("2025-10-01")["files"]
    assert (gdp["etag"], gdp["bytes"]) == (SIGNS["ETag"], len(of.GDP))
    assert (population["bytes"], "etag" in population) == (len(more), False)


def test_the_same_figures_with_another_date_of_making_are_no_vintage(live):
    one = live("eurostat_cult_emp")
    one.fetch()
    later = of.EUROSTAT.replace("29/05/25 23:00:00", "30/08/25 11:00:00")
    assert "nothing has changed" in one.fetch(gives(later.encode()))


def test_far_fewer_cells_than_before_want_a_word_from_a_person(live):
    one = live("eurostat_cult_emp")
    one.fetch()
    cut = "\n".join(of.EUROSTAT.split("\n")[:2]) + "\n"
    assert "1 cells came, 4 are in 2025-09-01: cut off, or another query?" in failed_with(
        one, gives(cut.encode())
    )
    assert "came, 1 cells" in one.fetch(gives(cut.encode()), fewer=True)


# ------------------------------------------------------------------------ slow, packed, sent on


@pytest.mark.parametrize("name", ["ecb_exchange_rates", "uis_films_api"])
@pytest.mark.parametrize("way", ["chunks", "gzip", "gzip in chunks", "no length", "sent on", "slow"])
def test_a_whole_answer_is_taken_however_it_comes(live, name, way):
    one = live(name)
    _, (body,), kind = SERVED[name]
    raw = body.encode()
    ways = {
        "chunks": [chunked(raw, kind=kind)], "gzip": [gives(gzip.compress(raw), kind=kind, Content_Encoding="gzip")],
        "gzip in chunks": [chunked(raw, kind=kind, packed=True)], "no length": [unannounced(raw, kind)],
        "sent on": [gives(b"", 301, Location="/there?x=1"), gives(b"", 308, Location="/here"), gives(raw, kind=kind)],
        "slow": [drips(raw, pause=0.001, step=100)],
    }  # fmt: skip
    one.fetch(*ways[way])
    (file,) = one.receipt()["files"]
    assert file["bytes"] == len(raw)


def test_text_whose_end_may_be_lacking_is_not_taken(live, monkeypatch):
    monkeypatch.setattr(downloading, "ATTEMPTS", 1)
    one = live("ecb_exchange_rates")
    assert "the last line has no end" in failed_with(one, unannounced(of.ECB.encode()[:-40]))


def test_a_service_that_only_drips_is_given_up_in_time_and_gone_on_with(live):
    one = live("ecb_exchange_rates")
    body = of.ECB.encode()
    one.service.answers = [drips(body, pause=0.05, step=100)]
    assert "longer than this run may" in failed(one, seconds=0.2)
    part = (one.raw / one.source.id / ".partial" / "exr.csv.part").read_bytes()
    assert 0 < len(part) < len(body)
    assert body.startswith(part)


def test_a_service_that_does_not_answer_is_given_up_in_time(live, monkeypatch):
    monkeypatch.setattr(connection, "TIMEOUT", 0.1)
    monkeypatch.setattr(downloading, "ATTEMPTS", 2)
    one = live("ecb_exchange_rates")
    assert "the connection broke (ReadTimeout)" in failed_with(one, gives(b"", wait=0.5))
