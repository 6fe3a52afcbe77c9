"""What to ask of a live service: from an entry of source.yaml to a request, wherever the service stands."""

import pytest

from etl.errors import FetchFailed
from etl.live.services import requests, services

ECB = {"service": "ecb", "file": "exr.csv", "dataflow": "EXR", "key": "A.USD+TRY.EUR.SP00.A"}
REAL = "https://data-api.ecb.europa.eu/service/data/EXR/A.USD+TRY.EUR.SP00.A?format=csvdata"
MIRROR = "http://127.0.0.1:8000"


def address(entry, base=None):
    (ask,) = requests("rates", [entry], base)
    return ask.address


def test_an_entry_becomes_the_address_of_the_service():
    assert address(ECB) == REAL


@pytest.mark.parametrize(("asked", "query"), [
    ({"startPeriod": 1999}, "?format=csvdata&startPeriod=1999"),
    ({"format": "jsondata"}, "?format=jsondata"),
    ({"format": None}, ""),
    ({"q": "a b&c=d+e,f:g"}, "?format=csvdata&q=a%20b%26c%3Dd+e,f:g"),
])  # fmt: skip
def test_parameters_of_an_entry_are_added_changed_and_taken_away(asked, query):
    assert address({**ECB, "parameters": asked}).partition(".SP00.A")[2] == query


def test_a_field_of_a_path_cannot_leave_it():
    assert "/data/EXR/..%2F..%2Fx%3Fy%23z?format" in address({**ECB, "key": "../../x?y#z"})


@pytest.mark.parametrize(("base", "there"), [
    (MIRROR, f"{MIRROR}/service/data/EXR/A.USD+TRY.EUR.SP00.A?format=csvdata"),
    (f"{MIRROR}/", f"{MIRROR}/service/data/EXR/A.USD+TRY.EUR.SP00.A?format=csvdata"),
    (f"{MIRROR}/ecb/", f"{MIRROR}/ecb/data/EXR/A.USD+TRY.EUR.SP00.A?format=csvdata"),
])  # fmt: skip
@pytest.mark.parametrize("way", ["option", "CEI_SERVICE_ECB", "CEI_SERVICE_RATES"])
def test_a_service_may_stand_elsewhere(monkeypatch, base, there, way):
    if way != "option":
        monkeypatch.setenv(way, base)
    assert address(ECB, base if way == "option" else None) == there


def test_the_option_comes_before_the_environment_and_the_source_before_the_service(monkeypatch):
    monkeypatch.setenv("CEI_SERVICE_ECB", "http://a.test")
    monkeypatch.setenv("CEI_SERVICE_RATES", "http://b.test")
    assert address(ECB).startswith("http://b.test/")
    assert address(ECB, "http://c.test").startswith("http://c.test/")


def test_a_whole_address_moves_with_its_source_and_with_the_service_of_its_host(monkeypatch):
    plain = {"file": "t.csv", "address": REAL}
    assert address(plain) == REAL
    assert address(plain, MIRROR) == REAL.replace("https://data-api.ecb.europa.eu", MIRROR)
    monkeypatch.setenv("CEI_SERVICE_ECB", MIRROR)
    assert address(plain) == REAL.replace("https://data-api.ecb.europa.eu", MIRROR)
    assert address({"file": "t.csv", "address": "https://example.org/t.csv"}) == "https://example.org/t.csv"


@pytest.mark.parametrize(("entry", "base", "said"), [
    ({**ECB, "service": "ebc"}, None, "'ebc' is no service; services.yaml has worldbank, eurostat"),
    ({"service": "ecb", "file": "x.csv"}, None, "`service` lacks dataflow"),
    ({"file": "x.csv"}, None, "names neither a service nor an address"),
    (ECB, "127.0.0.1:8000", "is no base address"),
    (ECB, "ftp://127.0.0.1", "is no base address"),
])  # fmt: skip
def test_what_cannot_be_asked_is_said(entry, base, said):
    with pytest.raises(FetchFailed, match=said):
        requests("rates", [entry], base)


def test_each_value_is_a_request_and_a_file_of_its_own():
    entry = {**ECB, "file": "exr_{span}.csv", "each": {"span": {"old": "1999", "new": "2020"}},
             "parameters": {"startPeriod": "{span}"}}  # fmt: skip
    assert [(a.file, a.address[-4:]) for a in requests("rates", [entry])] == [
        ("exr_old.csv", "1999"), ("exr_new.csv", "2020"),
    ]  # fmt: skip
    with pytest.raises(FetchFailed, match=r"exr\.csv twice; put the field of `each` in `file`"):
        requests("rates", [{**entry, "file": "exr.csv"}])


def test_pages_have_names_beside_the_first():
    (ask,) = requests("wdi", [{"service": "worldbank", "file": "gdp.json", "indicator": "NY.GDP.MKTP.CD"}])
    assert ask.page(1) == ask
    assert (ask.page(2).file, ask.page(2).address) == ("gdp.2.json", f"{ask.address}&page=2")


def test_keys_are_hidden_however_they_are_written(monkeypatch):
    monkeypatch.setenv("COMTRADE_KEY", "a+b/c=")
    (ask,) = requests("trade", [{"service": "comtrade", "file": "x.json"}])
    assert ask.secrets.headers == {"Ocp-Apim-Subscription-Key": "a+b/c="}
    assert ask.secrets.hide("k=a+b/c= k=a%2Bb%2Fc%3D k=a%2Bb/c%3D") == "k=(key) k=(key) k=(key)"
    assert "a+b" not in repr(ask.address)


@pytest.mark.parametrize("name", services())
def test_a_service_says_all_that_is_needed(name):
    said = services()[name]
    assert {"protocol", "documentation", "address", "path", "accept", "receipt"} <= set(said)
    assert said["address"].startswith("https://")
    assert not said["address"].endswith("/")
    assert {"publisher", "authority", "language", "licence"} <= set(said["receipt"])
