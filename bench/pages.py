"""Pages in a browser: time to the first chart beside the least that draws the same figure; what they send.

Headless Chromium. A cold reader has fetched nothing; a warm one has seen the page once. Slow is 10 Mbit/s
and a processor slowed four times. Each time is the least of several, the sites in turn.
"""

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.answers import PROCESSED
from bench.measure import ROOT, Figure, python
from dashboard import charts
from dashboard.explore.asking import USUAL
from dashboard.parts import parts
from dashboard.wording import wording
from indicators.answer import answer
from indicators.catalogue import load
from indicators.store import Releases

REPEATS = int(os.environ.get("BENCH_REPEATS", "5"))
LONGEST = 120_000
"""Milliseconds after which a chart is given up."""
DRAWN = "() => document.querySelector('.main-svg .scatterlayer .point')"
TEN_MBIT = 10 * 1024 * 1024 / 8
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SHIFTS = """window.shifted = 0; new PerformanceObserver(list => list.getEntries().forEach(one => {
  if (!one.hadRecentInput) { window.shifted += one.value; } }))
  .observe({ type: 'layout-shift', buffered: true })"""
OURS, SMALLEST, BARE = "our page", "the smallest Dash app", "bare HTML"
LIMITS = {SMALLEST: 1.25, BARE: 2.5}


def figures() -> Iterator[Figure]:
    """Time to the first chart in four states, beside both floors; then what it sends."""
    from playwright.sync_api import sync_playwright

    from tests.browser.install import find

    parts().pack()
    chromium = find()  # before the driver starts: it starts one itself
    with ExitStack() as open_until_done:
        sites = {name: open_until_done.enter_context(_served(*how)) for name, how in _sites().items()}
        browser = open_until_done.enter_context(sync_playwright()).chromium.launch(
            executable_path=chromium, args=FLAGS
        )
        for slow in (False, True):
            for warm in (False, True):
                yield from _compared(browser, sites, warm, slow)
        yield _transfer(browser, sites[OURS])


def _sites() -> dict[str, tuple[list[str], str]]:
    """Name → command, in which {port} is to be filled in, and path of the page."""
    answered = answer(USUAL, Releases(PROCESSED).current(), load())
    figure = charts.panels(wording(""), answered, "line")[0].figure
    path = Path(tempfile.mkdtemp()) / "figure.json"
    path.write_text(json.dumps(figure), "utf-8")
    return {
        OURS: (python("app.py"), "/explore"),
        SMALLEST: (python("-m", "bench.floors.smallest", str(path), "{port}"), "/"),
        BARE: (python("-m", "bench.floors.bare", str(path), "{port}"), "/"),
    }


@contextmanager
def _served(command: Sequence[str], path: str) -> Iterator[str]:
    """The address of a site that runs until it is left."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    filled = [str(port) if word == "{port}" else word for word in command]
    environment = os.environ | {"HOST": "127.0.0.1", "PORT": str(port)}
    server = subprocess.Popen(
        filled, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}{path}"
    finally:
        server.terminate()
        server.wait()


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=60).close()  # noqa: S310  our own server
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {address}")


def _compared(browser: Any, sites: dict[str, str], warm: bool, slow: bool) -> Iterator[Figure]:
    least = dict.fromkeys(sites, float("inf"))
    for _ in range(REPEATS):
        for name, address in sites.items():
            least[name] = min(least[name], _first_chart(browser, address, warm, slow))
    state = f"{'warm' if warm else 'cold'}, {'10 Mbit/s and 4 × slower' if slow else 'full speed'}"
    for floor, limit in LIMITS.items():
        yield Figure(f"first chart of /explore, {state}", least[OURS], floor, least[floor], at_most=limit)


def _first_chart(browser: Any, address: str, warm: bool, slow: bool) -> float:
    """Seconds from asking for the address until a mark of the chart stands there."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        page = context.new_page()
        page.set_default_timeout(LONGEST)
        if warm:
            page.goto(address)
            page.wait_for_function(DRAWN)
            page.goto("about:blank")
        if slow:
            _slowed(context.new_cdp_session(page))
        start = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.wait_for_function(DRAWN, polling="raf")
        return time.perf_counter() - start
    finally:
        context.close()


def _slowed(session: Any) -> None:
    speed = {"downloadThroughput": TEN_MBIT, "uploadThroughput": TEN_MBIT, "latency": 0, "offline": False}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", speed)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def _transfer(browser: Any, address: str) -> Figure:
    """What a cold first chart sends, as the network counts it, its requests for data, how the page shifts."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(LONGEST)
    page.add_init_script(SHIFTS)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sent: list[float] = []
    data: list[str] = []
    session.on("Network.loadingFinished", lambda e: sent.append(e["encodedDataLength"]))
    page.on("request", lambda r: data.append(r.url) if "/_dash-" in r.url else None)
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_function(DRAWN)
    took = time.perf_counter() - start
    page.wait_for_timeout(500)
    shift = page.evaluate("window.shifted")
    context.close()
    note = f"{sum(sent) / 1000:,.0f} kB, {len(data)} requests for data, layout shift {shift:.3f}"
    return Figure("first chart of /explore, what it sends", took, "the same", took, note=note)
