"""Live services, replayed by a local server that is slow, cut off, busy, broken or another one by now."""

import gzip
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
import yaml

from etl import run
from etl.fetch import FetchFailed, fetch
from etl.live import download as downloading
from etl.live import line as connection
from etl.live.services import Ask, Secrets
from etl.source import Source
from tests.conftest import silent
from tests.etl.replay import Service, drips, gives
from tests.etl.test_published import RECEIPT, SOURCE, TSV

DATA = TSV.encode()
NOW = datetime(2025, 3, 4, tzinfo=UTC)
ETAG = {"ETag": '"v1"', "Last-Modified": "Sat, 01 Feb 2025 10:00:00 GMT"}


def resumes(request, said=None, data=DATA):
    """Gives the rest of the data from where the client says it was cut off, and says what part that is."""
    begin = int(request.headers["Range"].removeprefix("bytes=").removesuffix("-"))
    part = said or f"bytes {begin}-{len(data) - 1}/{len(data)}"
    gives(data[begin:], 206, Content_Range=part, **ETAG)(request)


@pytest.fixture
def service():
    made = Service()
    yield made
    made.close()


@pytest.fixture
def source(tmp_path, service):
    folder = tmp_path / "sources" / "employment_by_sex"
    folder.mkdir(parents=True)
    asked = {"file": "cult_emp_sex.tsv", "address": service.address, "accept": "text/tab-separated-values"}
    receipt = {
        k: v for k, v in RECEIPT.items() if k not in ("files", "published_on", "retrieved_on", "address")
    }
    facts = {**SOURCE, "service": [asked], "receipt": receipt}
    (folder / "source.yaml").write_text(yaml.safe_dump(facts, sort_keys=False), "utf-8")
    return Source("employment_by_sex", folder)


@pytest.fixture
def raw(tmp_path):
    return tmp_path / "raw"


def got(source, raw, now=NOW, say=silent, pause=0.0, **more):
    return fetch(source, raw, say=say, now=now, pause=pause, **more)


def vintages(raw):
    return sorted(p.name for p in raw.glob("*/*"))


def test_a_vintage_comes_with_its_receipt_and_builds(source, raw, service, tmp_path, monkeypatch):
    service.answers = [gives(DATA, **ETAG)]
    assert got(source, raw) == (
        "employment_by_sex: the vintage 2025-03-04 came, 9 cells; run `python -m etl build`"
    )
    receipt = yaml.safe_load((raw / "employment_by_sex/2025-03-04/receipt.yaml").read_text("utf-8"))
    assert (receipt["publisher"], receipt["published_on"], receipt["retrieved_on"]) == (
        "Eurostat", "2025-02-01", "2025-03-04",
    )  # fmt: skip
    (file,) = receipt["files"]
    assert (file["bytes"], file["etag"]) == (len(DATA), '"v1"')
    assert service.asked[0].headers["Accept"] == "text/tab-separated-values"
    monkeypatch.setattr(run, "sources", lambda: [source])
    assert run.build(raw, tmp_path / "processed", say=silent)


@pytest.mark.parametrize("second", [gives(b"", 304), gives(DATA, **ETAG)], ids=["304", "same bytes"])
def test_what_has_not_changed_makes_no_vintage(source, raw, service, second):
    service.answers = [gives(DATA, **ETAG), second]
    got(source, raw)
    assert got(source, raw) == "employment_by_sex: nothing has changed since 2025-03-04"
    assert service.asked[1].headers["If-None-Match"] == '"v1"'
    assert service.asked[1].headers["If-Modified-Since"] == ETAG["Last-Modified"]
    assert vintages(raw) == ["2025-03-04"]


def test_a_revised_table_becomes_a_second_vintage_and_the_first_stays(source, raw, service):
    service.answers = [gives(DATA, **ETAG), gives(DATA.replace(b"101.5", b"101.6"))]
    got(source, raw)
    got(source, raw, now=datetime(2025, 4, 4, tzinfo=UTC))
    got_again = got(source, raw, now=datetime(2025, 4, 4, tzinfo=UTC))
    assert got_again == "employment_by_sex: nothing has changed since 2025-04-04"
    assert vintages(raw) == ["2025-03-04", "2025-04-04"]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_service_is_asked_again(source, raw, service, status):
    said: list[str] = []
    service.answers = [gives(b"busy", status), gives(b"busy", status), gives(DATA)]
    got(source, raw, say=said.append)
    assert [s.partition("answers ")[2][:3] for s in said] == [str(status)] * 2
    assert vintages(raw) == ["2025-03-04"]


@pytest.fixture
def slept(monkeypatch):
    """The pauses that were made, without making them."""
    pauses: list[float] = []
    monkeypatch.setattr(connection.time, "sleep", pauses.append)
    return pauses


def test_a_service_that_says_how_long_is_believed(source, raw, service, slept):
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    service.answers = [gives(b"", 429, Retry_After="7"), gives(b"", 503, Retry_After=later), gives(DATA)]
    got(source, raw)
    assert slept[0] == 7.0
    assert 35 < slept[1] <= 40


def test_a_service_that_says_when_it_was_is_asked_again_after_a_pause_of_ours(source, raw, service, slept):
    past = "Mon, 01 Jan 2024 00:00:00 GMT"
    service.answers = [gives(b"", 429, Retry_After=past), gives(b"", 429, Retry_After="soon"), gives(DATA)]
    got(source, raw, pause=3.0)
    assert slept == [3.0, 6.0]


def test_a_service_that_wants_longer_than_we_wait_is_left_in_peace(source, raw, service, slept):
    service.answers = [gives(b"", 429, Retry_After="9999")]
    with pytest.raises(FetchFailed, match="asks us to wait 9999 s; fetch again then"):
        got(source, raw)
    assert slept == []
    assert len(service.asked) == 1


def test_a_wait_beyond_the_end_of_the_run_is_not_begun(source, raw, service, slept):
    service.answers = [gives(b"", 429, Retry_After="60")]
    with pytest.raises(FetchFailed, match="longer than this run may"):
        got(source, raw, seconds=10)
    assert slept == []


def test_a_connection_that_breaks_is_resumed_where_it_broke(source, raw, service):
    service.answers = [gives(DATA, cut=40, **ETAG), resumes]
    got(source, raw)
    assert service.asked[1].headers["Range"] == "bytes=40-"
    assert service.asked[1].headers["If-Range"] == '"v1"'
    assert (raw / "employment_by_sex/2025-03-04/cult_emp_sex.tsv").read_bytes() == DATA


def test_a_download_that_was_begun_is_resumed_by_the_next_run(source, raw, service, monkeypatch):
    monkeypatch.setattr(downloading, "ATTEMPTS", 1)
    service.answers = [gives(DATA, cut=40, **ETAG), resumes]
    with pytest.raises(FetchFailed, match=r"the connection broke.*There is no vintage of it yet"):
        got(source, raw)
    got(source, raw)
    assert (raw / "employment_by_sex/2025-03-04/cult_emp_sex.tsv").read_bytes() == DATA


def test_without_a_tag_a_cut_download_begins_anew(source, raw, service):
    service.answers = [gives(DATA, cut=40), gives(DATA)]
    got(source, raw)
    assert "Range" not in service.asked[1].headers
    assert (raw / "employment_by_sex/2025-03-04/cult_emp_sex.tsv").read_bytes() == DATA


def test_the_rest_of_another_file_is_not_added_to_what_came(source, raw, service):
    """If-Range: a file that changed meanwhile comes whole, with 200."""
    new = DATA.replace(b"101.5", b"999.5")
    service.answers = [gives(DATA, cut=40, **ETAG), gives(new, ETag='"v2"')]
    got(source, raw)
    assert service.asked[1].headers["If-Range"] == '"v1"'
    assert (raw / "employment_by_sex/2025-03-04/cult_emp_sex.tsv").read_bytes() == new


@pytest.mark.parametrize("said", ["bytes 0-99/400", "bytes 41-300/301", "nonsense"])
def test_a_rest_that_is_not_the_one_asked_for_is_thrown_away(source, raw, service, said):
    service.answers = [gives(DATA, cut=40, **ETAG), lambda r: resumes(r, said), gives(DATA, **ETAG)]
    got(source, raw)
    assert "Range" not in service.asked[2].headers
    assert (raw / "employment_by_sex/2025-03-04/cult_emp_sex.tsv").read_bytes() == DATA


def test_a_rest_that_makes_another_size_than_announced_is_thrown_away(source, raw, service):
    wrong = f"bytes 40-{len(DATA) - 1}/{len(DATA) + 5}"
    service.answers = [gives(DATA, cut=40, **ETAG), lambda r: resumes(r, wrong), gives(DATA, **ETAG)]
    got(source, raw)
    assert (raw / "employment_by_sex/2025-03-04/cult_emp_sex.tsv").read_bytes() == DATA


def test_where_there_is_no_rest_the_download_begins_anew(source, raw, service):
    service.answers = [gives(DATA, cut=40, **ETAG), gives(b"", 416, Content_Range=f"bytes */{len(DATA)}"),
                       gives(DATA, **ETAG)]  # fmt: skip
    got(source, raw)
    assert "Range" not in service.asked[2].headers
    assert (raw / "employment_by_sex/2025-03-04/cult_emp_sex.tsv").read_bytes() == DATA


def test_a_body_that_is_announced_to_be_endless_is_refused_at_once(source, raw, service):
    service.answers = [gives(DATA, length=1 << 40)]
    with pytest.raises(FetchFailed, match="1,099,511,627,776 bytes are announced"):
        got(source, raw)
    assert len(service.asked) == 1


def test_a_part_of_another_query_is_not_gone_on_with(source, raw, service, monkeypatch):
    monkeypatch.setattr(downloading, "ATTEMPTS", 1)
    service.answers = [gives(DATA, cut=40, **ETAG), gives(DATA)]
    with pytest.raises(FetchFailed):
        got(source, raw)
    source.facts["service"][0]["address"] += "?since=2020"
    got(source, raw)
    assert "Range" not in service.asked[1].headers


def test_signs_of_another_query_are_not_asked_with(source, raw, service):
    service.answers = [gives(DATA, **ETAG)]
    got(source, raw)
    source.facts["service"][0]["address"] += "?since=2020"
    got(source, raw)
    assert "If-None-Match" not in service.asked[1].headers


def test_a_weak_tag_tells_no_rest_of_a_file(source, raw, service):
    service.answers = [gives(DATA, cut=40, ETag='W/"v1"'), gives(DATA)]
    got(source, raw)
    assert "Range" not in service.asked[1].headers


def test_a_date_tells_the_rest_of_a_file_where_there_is_no_tag(source, raw, service):
    day = ETAG["Last-Modified"]
    service.answers = [gives(DATA, cut=40, Last_Modified=day), resumes]
    got(source, raw)
    assert service.asked[1].headers["If-Range"] == day
    assert (raw / "employment_by_sex/2025-03-04/cult_emp_sex.tsv").read_bytes() == DATA


def test_two_fetches_at_once_are_one_after_the_other(source, raw, service):
    service.answers = [drips(DATA, pause=0.01)]
    ends: list[str] = []
    both = [threading.Thread(target=lambda: ends.append(got(source, raw))) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(20)
    assert service.most_at_once == 1
    assert sorted(end.partition(": ")[2][:12] for end in ends) == ["nothing has ", "the vintage "]


def test_a_slow_service_is_given_up_and_asked_again(source, raw, service, monkeypatch):
    monkeypatch.setattr(connection, "TIMEOUT", 2)  # long enough for a busy machine to give the second answer
    service.answers = [gives(DATA, wait=5), gives(DATA)]
    got(source, raw)
    assert len(service.asked) == 2


@pytest.mark.parametrize(("answer", "said"), [
    (gives(b"no", 404), "404 Not Found"),
    (gives(b"no", 401), "401 Unauthorized"),
    (gives(b"<html>log in</html>", kind="text/html"), "a web page came in place of data"),
    (gives(b"<html>log in</html>"), "a web page"),
    (gives(b""), "an empty file"),
    (gives(DATA.replace(b"unit,sex", b"unit,gender")), "no dimension sex; there is freq, unit, gender, geo"),
    (gives(DATA[:70]), "what came is not what employment_by_sex reads"),
    (gives(DATA + b"\x00\x00"), "what came is not what employment_by_sex reads"),
    (gives(b"busy", 503), "503 Service Unavailable"),
])  # fmt: skip
def test_what_is_no_data_is_refused_and_the_last_vintage_stays(source, raw, service, answer, said):
    service.answers = [gives(DATA, **ETAG), answer]
    got(source, raw)
    with pytest.raises(FetchFailed, match=said) as failed:
        got(source, raw, now=datetime(2025, 4, 4, tzinfo=UTC))
    assert "The vintage 2025-03-04 goes on serving" in str(failed.value)
    assert [name for name in vintages(raw) if not name.startswith(".")] == ["2025-03-04"]


def test_offline_it_says_so_at_once(source, raw, service):
    service.answers = [gives(DATA, **ETAG)]
    got(source, raw)
    service.close()
    begun = time.monotonic()
    with pytest.raises(
        FetchFailed, match=r"cannot be reached.*offline\? The vintage 2025-03-04 goes on serving"
    ):
        got(source, raw, pause=1.0)
    assert time.monotonic() - begun < 5


def test_a_name_that_cannot_be_found_is_said_at_once(source, raw):
    source.facts["service"][0]["address"] = "http://statistics.invalid/data"
    begun = time.monotonic()
    with pytest.raises(FetchFailed, match=r"statistics\.invalid/data cannot be reached \(.*\): offline\?"):
        got(source, raw, pause=1.0)
    assert time.monotonic() - begun < 10


def test_a_connection_that_is_not_safe_is_not_made(source, raw, service):
    service.answers = [gives(DATA)]
    source.facts["service"][0]["address"] = service.address.replace("http://", "https://")
    begun = time.monotonic()
    with pytest.raises(FetchFailed, match=r"no safe connection to 127\.0\.0\.1 .*: nothing was asked"):
        got(source, raw, pause=1.0)
    assert time.monotonic() - begun < 5


def test_an_answer_that_leads_from_a_safe_address_to_an_unsafe_one_is_not_followed(monkeypatch):
    answer = httpx.Response(302, headers={"location": "http://elsewhere.test/x"})
    ask = Ask("x.csv", "https://safe.test/x")
    with pytest.raises(FetchFailed, match=r"sends us on to http://elsewhere\.test: not safe"):
        downloading._next(answer, httpx.URL(ask.address), ask, Secrets())


def test_a_compressed_answer_is_taken_as_it_is(source, raw, service):
    service.answers = [gives(gzip.compress(DATA), Content_Encoding="gzip")]
    got(source, raw)
    assert (raw / "employment_by_sex/2025-03-04/cult_emp_sex.tsv").read_bytes() == DATA


def test_a_key_comes_from_the_environment_and_stays_out_of_the_receipt(source, raw, service, monkeypatch):
    source.facts["service"][0]["key"] = {"parameter": "subscription-key", "environment": "SOME_KEY"}
    service.answers = [gives(DATA)]
    with pytest.raises(FetchFailed, match="set the environment variable SOME_KEY"):
        got(source, raw)
    monkeypatch.setenv("SOME_KEY", "secret123")
    got(source, raw)
    assert service.asked[0].path == "/data?subscription-key=secret123"
    assert "secret123" not in (raw / "employment_by_sex/2025-03-04/receipt.yaml").read_text("utf-8")


def test_a_source_without_a_service_says_so(source, raw):
    del source.facts["service"]
    with pytest.raises(FetchFailed, match="brought in by hand"):
        got(source, raw)
