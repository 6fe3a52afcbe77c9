"""What the tests of etl share."""

import pytest

from etl import run
from etl.live.services import variable
from tests.etl import payloads as of
from tests.etl.live import SERVED, Live
from tests.etl.replay import Service


@pytest.fixture
def live(tmp_path, monkeypatch):
    """Makes a Live for a source, with the base address of its service and the keys in the environment."""
    service = Service()

    def made(name: str) -> Live:
        for key, value in of.KEYS.items():
            monkeypatch.setenv(key, value)
        monkeypatch.setenv(variable(SERVED[name][0]), service.base)
        one = Live(name, tmp_path, service)
        monkeypatch.setattr(run, "sources", lambda: [one.source])
        return one

    yield made
    service.close()
