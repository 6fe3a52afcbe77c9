"""docs/api.md says of the API what its code does."""

import json
import re

from exports.api import gate, limits, serve, settings
from exports.api.endpoints import LARGEST_PAGE, USUAL_PAGE, endpoints
from tests.conftest import ROOT
from tests.exports.served import site

PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")


def test_every_address_is_named(catalogue):
    table = PAGE.partition("## Addresses")[2].partition("```")[0]
    assert set(re.findall(r"`(/[^`]+)`", table)) >= {e.path for e in endpoints(catalogue, {})}
    named = {
        name
        for line in re.findall(r"^\| `/.*", table, re.MULTILINE)
        for name in re.findall(r"`(/[^`]+)`", line)
    }
    assert named == {e.path for e in endpoints(catalogue, {})}


def test_limits_and_settings_are_those_of_the_code():
    usual = settings.Settings()
    for said in (
        f"pages of {USUAL_PAGE} rows (`page_size` up to {LARGEST_PAGE})",
        f"a bucket of {usual.rate} requests, which fills anew within a minute",
        f"at most {gate.LONGEST} bytes and {serve.MOST_PARAMETERS} parameters",
        f"waits for {usual.patience:.0f} seconds",
        f"each for at most {usual.streaming / 60:.0f} minutes",
    ):
        assert said in " ".join(PAGE.split()), said
    assert (limits.WINDOW, usual.at_once, gate.STREAMS_AT_ONCE) == (60, 4, 2)
    assert set(re.findall(r"`(CEI_\w+)`", PAGE)) == set(re.findall(r"CEI_\w+", settings.__doc__ or ""))


def test_the_example_of_an_error_is_one(releases, catalogue):
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    client = site(releases, catalogue).test_client()
    assert client.get("/api/v1/data?indicator=employment&areas=KZA").json == json.loads(example)


def test_the_addresses_of_the_page_answer(releases, catalogue):
    client = site(releases, catalogue).test_client()
    for address in re.findall(r"/api/v1/(?:data|citation)\?[\w=&,-]+", PAGE):
        assert client.get(address).status_code == 200, address


def test_two_lines_give_a_frame(processed, monkeypatch):
    (lines,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.setenv("CEI_DATA", str(processed))
    known: dict[str, object] = {}
    exec(lines, known)
    assert len(lines.splitlines()) == 2
    assert set(known["figures"]["ref_area"]) == {"KAZ", "UZB"}
