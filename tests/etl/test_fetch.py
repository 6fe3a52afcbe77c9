"""Live services, replayed by a local server that is slow, cut off, busy, broken or another one by now."""

import gzip
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import yaml

from etl import fetch as fetching
from etl import run
from etl.fetch import FetchFailed, fetch
from etl.source import Source
from tests.conftest import silent
from tests.etl.test_published import RECEIPT, SOURCE, TSV

DATA = TSV.encode()
NOW = datetime(2025, 3, 4, tzinfo=UTC)
ETAG = {"ETag": '"v1"', "Last-Modified": "Sat, 01 Feb 2025 10:00:00 GMT"}


class Service:
    """A server whose answers are given in advance, one a request; the last one stays."""

    def __init__(self) -> None:
        self.answers: list = []
        self.asked: list = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                service.asked.append(self)
                answer = service.answers.pop(0) if len(service.answers) > 1 else service.answers[0]
                answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/data"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


def gives(body=DATA, status=200, *, cut=None, kind="text/tab-separated-values", wait=0.0, **headers):
    def answer(request):
        if wait:
            time.sleep(wait)
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body[:cut])
        if cut is not None:
            request.close_connection = True
            request.wfile.flush()
            request.connection.close()

    return answer


def resumes(request):
    """Gives the rest of DATA from where the client says it was cut off."""
    begin = int(request.headers["Range"].removeprefix("bytes=").removesuffix("-"))
    gives(DATA[begin:], 206, **ETAG)(request)


@pytest.fixture
def service():
    made = Service()
    yield made
    made.server.shutdown()


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


def got(source, raw, now=NOW, say=silent):
    return fetch(source, raw, say=say, now=now, pause=0.01)


def vintages(raw):
    return sorted(p.name for p in raw.glob("*/*"))


def test_a_vintage_comes_with_its_receipt_and_builds(source, raw, service, tmp_path, monkeypatch):
    service.answers = [gives(**ETAG)]
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


@pytest.mark.parametrize("second", [gives(b"", 304), gives(**ETAG)], ids=["304", "same bytes"])
def test_what_has_not_changed_makes_no_vintage(source, raw, service, second):
    service.answers = [gives(**ETAG), second]
    got(source, raw)
    assert got(source, raw) == "employment_by_sex: nothing has changed since 2025-03-04"
    assert service.asked[1].headers["If-None-Match"] == '"v1"'
    assert service.asked[1].headers["If-Modified-Since"] == ETAG["Last-Modified"]
    assert vintages(raw) == ["2025-03-04"]


def test_a_revised_table_becomes_a_second_vintage_and_the_first_stays(source, raw, service):
    service.answers = [gives(**ETAG), gives(DATA.replace(b"101.5", b"101.6"))]
    got(source, raw)
    got(source, raw, now=datetime(2025, 4, 4, tzinfo=UTC))
    got_again = got(source, raw, now=datetime(2025, 4, 4, tzinfo=UTC))
    assert got_again == "employment_by_sex: nothing has changed since 2025-04-04"
    assert vintages(raw) == ["2025-03-04", "2025-04-04"]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_service_is_asked_again(source, raw, service, status):
    said: list[str] = []
    service.answers = [gives(b"busy", status), gives(b"busy", status), gives()]
    got(source, raw, say=said.append)
    assert [s.partition("answers ")[2][:3] for s in said] == [str(status)] * 2
    assert vintages(raw) == ["2025-03-04"]


def test_a_service_that_says_how_long_is_believed(source, raw, service, monkeypatch):
    slept: list[float] = []
    monkeypatch.setattr(fetching.time, "sleep", slept.append)
    service.answers = [gives(b"", 429, Retry_After="7"), gives(b"", 503, Retry_After="9999"), gives()]
    got(source, raw)
    assert slept == [7.0, fetching.LONGEST_WAIT]


def test_a_connection_that_breaks_is_resumed_where_it_broke(source, raw, service):
    service.answers = [gives(cut=40, **ETAG), resumes]
    got(source, raw)
    assert service.asked[1].headers["Range"] == "bytes=40-"
    assert service.asked[1].headers["If-Range"] == '"v1"'
    assert (raw / "employment_by_sex/2025-03-04/cult_emp_sex.tsv").read_bytes() == DATA


def test_a_download_that_was_begun_is_resumed_by_the_next_run(source, raw, service, monkeypatch):
    monkeypatch.setattr(fetching, "ATTEMPTS", 1)
    service.answers = [gives(cut=40, **ETAG), resumes]
    with pytest.raises(FetchFailed, match=r"the connection broke.*There is no vintage of it yet"):
        got(source, raw)
    got(source, raw)
    assert (raw / "employment_by_sex/2025-03-04/cult_emp_sex.tsv").read_bytes() == DATA


def test_without_a_tag_a_cut_download_begins_anew(source, raw, service):
    service.answers = [gives(cut=40), gives()]
    got(source, raw)
    assert "Range" not in service.asked[1].headers
    assert (raw / "employment_by_sex/2025-03-04/cult_emp_sex.tsv").read_bytes() == DATA


def test_a_slow_service_is_given_up_and_asked_again(source, raw, service, monkeypatch):
    monkeypatch.setattr(fetching, "TIMEOUT", 0.2)
    service.answers = [gives(wait=1.0), gives()]
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
    service.answers = [gives(**ETAG), answer]
    got(source, raw)
    with pytest.raises(FetchFailed, match=said) as failed:
        got(source, raw, now=datetime(2025, 4, 4, tzinfo=UTC))
    assert "The vintage 2025-03-04 goes on serving" in str(failed.value)
    assert [name for name in vintages(raw) if not name.startswith(".")] == ["2025-03-04"]


def test_offline_it_says_so_at_once(source, raw, service):
    service.answers = [gives(**ETAG)]
    got(source, raw)
    service.server.shutdown()
    service.server.server_close()
    begun = time.monotonic()
    with pytest.raises(
        FetchFailed, match=r"cannot be reached.*offline\? The vintage 2025-03-04 goes on serving"
    ):
        got(source, raw)
    assert time.monotonic() - begun < 5


def test_a_compressed_answer_is_taken_as_it_is(source, raw, service):
    service.answers = [gives(gzip.compress(DATA), Content_Encoding="gzip")]
    got(source, raw)
    assert (raw / "employment_by_sex/2025-03-04/cult_emp_sex.tsv").read_bytes() == DATA


def test_a_key_comes_from_the_environment_and_stays_out_of_the_receipt(source, raw, service, monkeypatch):
    source.facts["service"][0]["key"] = {"parameter": "subscription-key", "environment": "SOME_KEY"}
    service.answers = [gives()]
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
