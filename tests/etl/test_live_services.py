"""The nine live services, each from its address to figures, and what is said when it has another day."""

import gzip
import shutil
from datetime import datetime
from decimal import Decimal

import pytest

from etl import run
from etl import source as sources_of
from etl.__main__ import main
from etl.live import download as downloading
from etl.live.services import services
from indicators.concepts.release import current_id, current_release
from tests.conftest import released, silent
from tests.etl import payloads as of
from tests.etl.live import SERVED, SIGNS, failed
from tests.etl.replay import Service, chunked, gives, hangs_up

EXPECTED = {
    "ecb_exchange_rates": ("exchange_rate_eur", "TUR", "2023", "TRY", "25.7597", 3),
    "eurostat_cult_emp": ("employment", "GRC", "2023", "PS", "141500", 4),
    "ilo_employment": ("employment", "TUR", "2022", "PS", "30752400", 3),
    "oecd_exchange_rates": ("exchange_rate", "BRA", "2023", "BRL", "4.994422", 3),
    "imf_exchange_rates": ("exchange_rate", "KAZ", "2022", "KZT", "460.165", 3),
    "unctadstat_creative_services_api": ("imports_services", "KAZ", "2023", "USD", "1490200000", 4),
    "uis_films_api": ("films_produced_national", "KAZ", "2017", "FILM", "20", 4),
    "comtrade_works_of_art": ("exports_goods", "USA", "2022", "USD", "17345000000", 4),
    "worldbank_indicators": ("population", "KAZ", "2023", "PS", "20330104", 3),
}
"""Measure, area, period, unit and value of one figure, and how many there are."""


def test_all_nine_services_have_a_source_that_is_tried_here():
    asked = {s.id: s.facts["service"][0].get("service") for s in sources_of.sources() if "service" in s.facts}
    assert set(services()) == {name for name, _, _ in SERVED.values()}
    assert {k: v for k, v in asked.items() if v} == {k: v[0] for k, v in SERVED.items()}


@pytest.mark.parametrize("name", SERVED)
def test_a_service_becomes_a_vintage_with_receipts_and_figures_of_a_release(live, name):
    one = live(name)
    assert "the vintage 2025-09-01 came" in one.fetch()
    receipt = one.receipt()
    assert receipt["publisher"] == services()[SERVED[name][0]]["receipt"]["publisher"]
    assert (receipt["published_on"], receipt["retrieved_on"]) == ("2025-08-01", "2025-09-01")
    for file, body in zip(receipt["files"], SERVED[name][1], strict=True):
        assert file["bytes"] == len(body.encode())
        assert len(file["sha256"]) == 64
        assert file["address"].startswith(one.service.base)
        assert (file["etag"], file["last_modified"]) == (SIGNS["ETag"], SIGNS["Last-Modified"])
        assert datetime.fromisoformat(file["retrieved_at"]).tzinfo is not None
    run.build(one.raw, one.processed, say=silent)
    figures = released(one.processed)
    measure, area, period, unit, value, number = EXPECTED[name]
    seen = figures.filter(measure=measure, ref_area=area, time_period=period, sex="_T")
    assert seen.select("unit_measure", "obs_value").rows() == [(unit, Decimal(value))]
    assert figures.height == number


@pytest.mark.parametrize("name", SERVED)
def test_a_service_is_asked_at_the_path_of_the_real_one_with_name_and_version(live, name):
    one = live(name)
    one.fetch()
    base = services()[SERVED[name][0]]["address"].partition("://")[2].partition("/")[2]
    for request in one.service.asked:
        assert request.path.startswith(f"/{base}".rstrip("/"))
        assert request.headers["User-Agent"].startswith("creative-economy-indicators/0.")
    assert one.service.most_at_once == 1


SPOILT = {
    "ecb_exchange_rates": ("CURRENCY_DENOM", "DENOMINATOR"),
    "eurostat_cult_emp": (",sex,", ",gender,"),
    "ilo_employment": (",SEX,", ",GENDER,"),
    "oecd_exchange_rates": ("TRANSACTION", "STO"),
    "imf_exchange_rates": ("INDICATOR", "SERIES"),
    "unctadstat_creative_services_api": ("Flow_Code", "Direction"),
    "uis_films_api": ("geoUnit", "country"),
    "comtrade_works_of_art": ("reporterCode", "reporter"),
    "worldbank_indicators": ('"country"', '"economy"'),
}
"""A name of the structure, and what stands there one day in its place."""
CODES = {
    "ecb_exchange_rates": ("TRY,EUR", "XXX,EUR"),
    "eurostat_cult_emp": ("THS_PER,T,EL", "THS_PER,T,Q9"),
    "ilo_employment": ("TUR", "X01"),
    "oecd_exchange_rates": ("BRA,S1", "OECD9,S1"),
    "imf_exchange_rates": ("AZE,XDC", "G163,XDC"),
    "unctadstat_creative_services_api": ("\n031", "\n5700"),
    "uis_films_api": ('"AZE"', '"40642"'),
    "comtrade_works_of_art": ('"reporterCode": 842', '"reporterCode": 97777'),
    "worldbank_indicators": ('"KZ"', '"9X"'),
}


def spoilt(name: str, old: str, new: str) -> list:
    """The answers of a service with one thing changed in the first that has it."""
    _, bodies, kind = SERVED[name]
    assert any(old in body for body in bodies)
    return [gives(body.replace(old, new).encode(), kind=kind) for body in bodies]


def faults(name: str) -> dict:
    """What may come in place of data: answers, and words of the message."""
    _, bodies, kind = SERVED[name]
    body = bodies[0].encode()
    page = b"\n <!DOCTYPE html><html><head><title>Sign in</title></head></html>"
    return {
        "structure": (spoilt(name, *SPOILT[name]), "is not what"),
        "code": (spoilt(name, *CODES[name]), "has no code"),
        "404": ([gives(b"No results found", 404)], "404 Not Found (No results found)"),
        "401": ([gives(b"", 401)], "401 Unauthorized"),
        "403": ([gives(b"Forbidden", 403)], "403 Forbidden"),
        "html": ([gives(page, kind="text/html")], "a web page came in place of data"),
        "html as data": ([gives(page, kind=kind)], "a web page came in place of data"),
        "empty": ([gives(b"", kind=kind)], "an empty file"),
        "blank": ([gives(b"\xef\xbb\xbf \r\n", kind=kind)], "an empty file"),
        "204": ([gives(b"", 204)], "204 No Content"),
        "500": ([gives(b"oops", 500)], "500 Internal Server Error"),
        "429": ([gives(b"", 429, Retry_After="0")], "429 Too Many Requests"),
        "cut": ([gives(body, cut=len(body) // 2, kind=kind)], "the connection broke"),
        "cut chunks": ([chunked(body, whole=False, kind=kind)], "the connection broke"),
        "hangs up": ([hangs_up], "the connection broke"),
        "too long": ([gives(body, length=len(body) + 9, kind=kind)], "the connection broke"),
        "bad gzip": ([gives(body, Content_Encoding="gzip")], "cannot be unpacked"),
        "cut gzip": ([gives(gzip.compress(body)[:-30], Content_Encoding="gzip")], "ends too soon"),
        "brotli": ([gives(body, Content_Encoding="br")], "packs its answer as br"),
        "round and round": ([gives(b"", 302, Location="/again")], "sent us on more than"),
        "nowhere": ([gives(b"", 302)], "not to an address"),
        "unasked 304": ([gives(b"", 304)], "304 Not Modified to what was never fetched"),
    }  # fmt: skip


@pytest.mark.parametrize("name", SERVED)
def test_every_fault_is_said_writes_nothing_and_the_last_vintage_goes_on(live, name, monkeypatch):
    monkeypatch.setattr(downloading, "ATTEMPTS", 2)
    one = live(name)
    one.fetch()
    run.build(one.raw, one.processed, say=silent)
    before = current_id(one.processed)
    receipt = one.raw / one.source.id / "2025-09-01" / "receipt.yaml"
    whole = receipt.read_text("utf-8")
    for what, (answers, words) in faults(name).items():
        one.service.answers = answers
        if what == "unasked 304":  # with no signs to go by
            signs = ("    etag", "    last_modified")
            kept = [line for line in whole.splitlines(keepends=True) if not line.startswith(signs)]
            receipt.write_text("".join(kept), "utf-8")
        said = failed(one)
        receipt.write_text(whole, "utf-8")
        assert words in said, (what, said)
        assert "The vintage 2025-09-01 goes on serving" in said, what
        assert one.vintages == ["2025-09-01"], what
        shutil.rmtree(one.raw / one.source.id / ".partial", ignore_errors=True)
    run.build(one.raw, one.processed, say=silent)
    assert current_id(one.processed) == before


@pytest.mark.parametrize(("name", "column"), [
    ("ecb_exchange_rates", "OBS_STATUS"), ("eurostat_cult_emp", "OBS_FLAG"), ("ilo_employment", "OBS_STATUS"),
    ("oecd_exchange_rates", "OBS_STATUS"),
])  # fmt: skip
def test_a_column_of_statuses_that_has_gone_makes_no_figures_normal(live, name, column):
    one = live(name)
    (body,) = SERVED[name][1]
    one.service.answers = [gives(body.replace(column, "REMARK").encode(), kind=SERVED[name][2])]
    assert column in failed(one)
    assert one.vintages == []


def test_the_command_ends_with_22_and_says_that_the_last_release_serves(live, capsys):
    one = live("ecb_exchange_rates")
    one.service.answers = [gives(b"", 404)]
    data = one.raw.parent
    assert main(["--data", str(data), "fetch", "ecb_exchange_rates", "--seconds", "20"]) == 22
    said = capsys.readouterr().err
    assert "404 Not Found" in said
    assert "There is no vintage of it yet" in said
    one.service.answers = one.answers
    assert main(["--data", str(data), "fetch", "ecb_exchange_rates", "--address", one.service.base]) == 0


@pytest.mark.parametrize("name", ["comtrade_works_of_art", "unctadstat_creative_services_api"])
def test_a_key_goes_in_a_header_and_into_nothing_that_is_written_or_said(live, name, capsys, caplog):
    caplog.set_level("DEBUG")
    one = live(name)
    other = Service()
    other.answers = [*one.answers]
    said: list[str] = []
    key = of.KEYS["COMTRADE_KEY" if "comtrade" in name else "UNCTADSTAT_CLIENT_SECRET"]
    echo = gives(f"busy with {key}".encode(), 503, Retry_After="0")
    one.service.answers = [echo, gives(b"", 307, Location=f"{other.base}/elsewhere")]
    one.fetch(say=said.append)
    assert key in one.service.asked[0].headers.values()
    assert all(key not in r.headers.values() and key not in r.path for r in other.asked)
    told = "".join([*said, *capsys.readouterr(), caplog.text])
    written = b"".join(p.read_bytes() for p in one.raw.rglob("*") if p.is_file())
    assert key not in told
    assert key.encode() not in written
    one.service.answers = [gives(f"no such key: {key}".encode(), 401)]
    assert "no such key: (key)" in failed(one)
    one.service.answers = [gives(b"", 302, Location=f"{other.base}/?k={key}")]
    assert "sends our key on to" in failed(one)
    other.close()


def test_without_a_key_nothing_is_asked(live, monkeypatch):
    one = live("comtrade_works_of_art")
    monkeypatch.delenv("COMTRADE_KEY")
    with pytest.raises(Exception, match="set the environment variable COMTRADE_KEY"):
        one.fetch()
    assert one.service.asked == []


def test_a_form_is_posted_with_its_words(live):
    one = live("unctadstat_creative_services_api")
    one.fetch()
    (request,) = one.service.asked
    assert (request.command, request.path) == ("POST", "/US.CreativeServ_Indiv_Tot/cur/Facts?culture=en")
    assert "%24format=csv" in request.form
    assert "M0100%2FValue" in request.form


def test_an_answer_that_says_what_is_missing_keeps_the_reason(live):
    one = live("unctadstat_creative_services_api")
    one.fetch()
    run.build(one.raw, one.processed, say=silent)
    figures = released(one.processed)
    aze = figures.filter(ref_area="AZE").row(0, named=True)
    assert (aze["obs_value"], aze["obs_status"], aze["conf_status"]) == (None, "Q", "N")
    assert (
        figures.filter(ref_area="KAZ", time_period="2023", measure="exports_services")["obs_status"].item()
        == "E"
    )


def test_films_that_are_nil_are_an_interval_not_a_zero(live):
    one = live("uis_films_api")
    one.fetch()
    run.build(one.raw, one.processed, say=silent)
    figures = released(one.processed)
    nil = figures.filter(ref_area="ARM").row(0, named=True)
    assert (nil["obs_value"], nil["obs_status"], nil["obs_low"], nil["obs_high"]) == (None, "N", 0.0, 0.5)
    assert figures.filter(ref_area="AZE")["obs_status"].item() == "E"


# ------------------------------------------------------------------------ before and after


def test_a_source_that_was_never_fetched_stops_nothing_and_status_names_it(live, capsys, monkeypatch):
    one = live("ecb_exchange_rates")
    never = live("ilo_employment")
    one.service.answers = one.answers
    one.fetch()
    monkeypatch.setattr(run, "sources", lambda: [one.source, never.source])
    assert main(["--data", str(one.raw.parent), "build"]) == 0
    (account,) = current_release(one.processed).manifest["account"]
    assert account["collection"] == "ecb_exchange_rates"
    capsys.readouterr()
    assert main(["--data", str(one.raw.parent), "status"]) == 0
    (line,) = [x for x in capsys.readouterr().out.splitlines() if x.startswith("not fetched yet")]
    assert "ilo_employment" in line
    assert "ecb_exchange_rates" not in line


def test_vintages_that_were_there_and_are_lost_stop_the_build(live, capsys):
    one = live("ecb_exchange_rates")
    one.fetch()
    data = str(one.raw.parent)
    assert main(["--data", data, "build"]) == 0
    before = current_id(one.processed)
    shutil.rmtree(one.raw / one.source.id)
    assert main(["--data", data, "build"]) == 17
    assert (
        "no vintage below data/raw/ecb_exchange_rates; expected those of the last release"
        in capsys.readouterr().err
    )
    assert current_id(one.processed) == before
