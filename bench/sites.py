"""The sites that a browser compares: ours, two floors with the same figure, the same page in other tools."""

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from bench.answers import PROCESSED
from bench.measure import ROOT, python
from dashboard import forms
from dashboard.explore.asking import USUAL
from dashboard.wording import wording
from indicators.answer import answer
from indicators.catalogue import load
from indicators.store import Releases

OURS, SMALLEST, BARE = "our page", "the smallest Dash app", "bare HTML"
STREAMLIT, VIZRO = "Streamlit", "Vizro"
PEERS = ROOT / "bench" / "peers" / ".venv" / "bin" / "python"
"""The Python of the other tools, which `make peers` sets up; without it they are left out, with a word."""
LONGEST = 120.0
"""Seconds after which a site that does not answer is given up."""


@dataclass(frozen=True)
class Site:
    """A site and how it is asked for less.

    Attributes:
        command: what serves it; {port} stands for its port.
        path: of the page with the chart.
        fewer: the CSS selector of what takes one line out of the chart; None where nothing does.
    """

    command: tuple[str, ...]
    path: str = "/"
    fewer: str | None = None


def sites() -> Mapping[str, Site]:
    """Name → site, all drawing the answer to the usual question of Explore."""
    answered = answer(USUAL, Releases(PROCESSED).current(), load())
    folder = Path(tempfile.mkdtemp())
    drawn, table = folder / "figure.json", folder / "answer.parquet"
    drawn.write_text(json.dumps(forms.panels(wording(""), answered, "line")[0].figure), "utf-8")
    valued = answered.headlines.filter(pl.col("value").is_not_null() & pl.col("year").is_not_null())
    codes = valued["ref_area"].to_list()
    areas = pl.Series("area", [wording("").label("area", code) for code in codes])
    valued.select(areas, "year", "value").write_parquet(table)
    own = {
        OURS: Site(tuple(python("app.py")), "/explore", ".control-areas .chips button"),
        SMALLEST: Site((*python("-m", "bench.floors.smallest"), str(drawn), "{port}"), fewer="#lines input"),
        BARE: Site((*python("-m", "bench.floors.bare"), str(drawn), "{port}")),
    }
    return own | (_peers(table) if PEERS.exists() else {})


def _peers(table: Path) -> dict[str, Site]:
    scripts = ROOT / "bench" / "peers"
    options = ("--server.headless=true", "--browser.gatherUsageStats=false", "--server.address=127.0.0.1")
    streamlit = (str(PEERS), "-m", "streamlit", "run", str(scripts / "streamlit_page.py"), *options)
    vizro = (str(PEERS), str(scripts / "vizro_page.py"), str(table), "{port}")
    return {
        STREAMLIT: Site(
            (*streamlit, "--server.port={port}", "--", str(table)),
            fewer='[data-testid=stMultiSelect] button[aria-label^="Remove"]',
        ),
        VIZRO: Site(vizro, fewer="input[value=Kazakhstan]"),
    }


@contextmanager
def served(all_of_them: Mapping[str, Site]) -> Iterator[dict[str, str]]:
    """Name → address of the page, while the block lasts."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(running(site))[1] for name, site in all_of_them.items()}


@contextmanager
def running(site: Site) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """The process of a site and the address of its page; it ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [word.replace("{port}", port) for word in site.command]
    environment = os.environ | {"HOST": "127.0.0.1", "PORT": port}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _answered(process, f"http://127.0.0.1:{port}/")
        yield process, f"http://127.0.0.1:{port}{site.path}"
    finally:
        process.terminate()
        process.wait()


def _answered(process: "subprocess.Popen[bytes]", address: str) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < LONGEST and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=60).close()  # noqa: S310  our own server
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {address}: {process.args!r}")
