"""A source, its replayed service and a folder of data, for the tests of live services."""

from datetime import UTC, datetime

import pytest
import yaml

from etl import source as sources_of
from etl.fetch import fetch
from tests.conftest import silent
from tests.etl import payloads as of
from tests.etl.replay import Service, gives

NOW = datetime(2025, 9, 1, tzinfo=UTC)
SIGNS = {"ETag": '"v1"', "Last-Modified": "Fri, 01 Aug 2025 10:00:00 GMT"}
JSON = "application/json"
SERVED = {
    # source:                             service,    answers,                          kind
    "ecb_exchange_rates":               ("ecb",        [of.ECB],                         "text/csv"),
    "eurostat_cult_emp":                ("eurostat",   [of.EUROSTAT],                    "text/csv"),
    "ilo_employment":                   ("ilo",        [of.ILO],                         "application/vnd.sdmx.data+csv"),
    "oecd_exchange_rates":              ("oecd",       [of.OECD],                        "application/vnd.sdmx.data+csv"),
    "imf_exchange_rates":               ("imf",        [of.IMF],                         "application/vnd.sdmx.data+csv"),
    "unctadstat_creative_services_api": ("unctadstat", [of.UNCTAD],                      "text/csv"),
    "uis_films_api":                    ("uis",        [of.UIS],                         JSON),
    "comtrade_works_of_art":            ("comtrade",   [of.EARLIER, of.COMTRADE],        JSON),
    "worldbank_indicators":             ("worldbank",  [of.GDP, of.POPULATION],          JSON),
}  # fmt: skip


class Live:
    """One source, its replayed service, and a folder of data."""

    def __init__(self, name: str, folder, service: Service) -> None:
        self.source = next(s for s in sources_of.sources() if s.id == name)
        self.raw, self.processed, self.service = folder / "raw", folder / "processed", service
        _, bodies, kind = SERVED[name]
        self.answers = [gives(b.encode(), kind=kind, **SIGNS) for b in bodies]
        service.answers = [*self.answers]

    def fetch(self, *answers, **more) -> str:
        if answers:
            self.service.answers = [*answers]
        return fetch(self.source, self.raw, **{"say": silent, "now": NOW, "pause": 0.0, **more})

    @property
    def vintages(self) -> list[str]:
        return sorted(p.name for p in (self.raw / self.source.id).glob("[!.]*"))

    def receipt(self, vintage: str = "2025-09-01") -> dict:
        return yaml.safe_load((self.raw / self.source.id / vintage / "receipt.yaml").read_text("utf-8"))


def failed(one: Live, **more) -> str:
    with pytest.raises(Exception) as stopped:
        one.fetch(**more)
    assert stopped.value.exit_code == 22, stopped.value
    said = str(stopped.value)
    for key in of.KEYS.values():
        assert key not in said
    return said


def failed_with(one: Live, *answers) -> str:
    one.service.answers = [*answers]
    return failed(one)
