"""A server of the product on a port of its own."""

import os
import socket
import subprocess
import sys
from contextlib import contextmanager

from tests.conftest import ROOT


@contextmanager
def serving(processed):
    """The process and its address, over the release in a folder; it ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"PORT": str(port), "HOST": "127.0.0.1", "CEI_DATA": str(processed)}
    server = subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        line = server.stdout.readline()
        assert line.startswith("Creative Economy Indicators is ready: "), line
        yield server, line.rsplit(" ", 1)[1].strip()
    finally:
        server.kill()
        server.wait(10)
