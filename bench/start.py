"""Start: `python app.py` until it answers, beside importing the libraries alone."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

from bench.measure import LIBRARIES, ROOT, Figure, alternately, python, run

REPEATS = 5
LONGEST = 60.0
"""Seconds after which a server that does not answer is given up."""


def figures() -> Iterator[Figure]:
    """Start of the server, and of a build that finds nothing new; each in a process of its own."""
    imports = python("-c", f"import {', '.join(LIBRARIES)}")
    unchanged = python("-m", "etl", "build", "--if-changed")
    run(unchanged)
    app, libraries, build = alternately(served, lambda: run(imports), lambda: run(unchanged), repeats=REPEATS)
    six = f"importing {', '.join(LIBRARIES)}"
    yield Figure("`python app.py` until it answers", app, six, libraries, within=2.0)
    yield Figure("`python -m etl build --if-changed`, nothing changed", build, six, libraries)
    yield Figure("a second `make run`: both, one after the other", app + build, six, libraries, within=2.0)


def served() -> None:
    """Start the server on a free port and stop it once the first page has come."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"HOST": "127.0.0.1", "PORT": str(port)}
    server = subprocess.Popen(
        python("app.py"), cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _answered(server, f"http://127.0.0.1:{port}/")
    finally:
        server.terminate()
        server.wait()


def _answered(server: subprocess.Popen[bytes], address: str) -> None:
    start = time.monotonic()
    while time.monotonic() - start < LONGEST and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=LONGEST) as page:  # noqa: S310  our own server
                page.read()
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
    raise RuntimeError(f"no answer from {address}; does `python app.py` run?")
