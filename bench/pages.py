"""Pages in a browser: time to the first chart, what it sends, and how soon it is drawn again with less.

Headless Chromium. A cold reader has fetched nothing; a warm one has seen the page once. Slow is 10 Mbit/s
and a processor slowed four times. Each time is the least of several, the sites in turn.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from math import inf
from typing import Any

from bench.measure import Figure
from bench.sites import BARE, OURS, SMALLEST, STREAMLIT, VIZRO, Site, served, sites
from dashboard import links
from dashboard.parts import parts

REPEATS = int(os.environ.get("BENCH_REPEATS", "5"))
LONGEST = 120_000
"""Milliseconds after which a chart is given up."""
DRAWN = "() => document.querySelector('.main-svg .scatterlayer .point')"
LINES = "() => document.querySelectorAll('.main-svg .scatterlayer .trace').length"
FEWER = """before => { const now = document.querySelectorAll('.main-svg .scatterlayer .trace').length;
  return now > 0 && now < before }"""
THERE = "path => location.pathname === path && document.querySelector('#page h1, #page .headline')"
FURTHER = [
    links.MONITOR, links.COUNTRY, links.PRESENT, links.SOURCES, links.COVERAGE, links.CONFLICTS,
    links.REVISIONS, links.CHANGES, links.METHODS,
]  # fmt: skip
TEN_MBIT = 10 * 1024 * 1024 / 8
QUIET = 1500
"""Milliseconds in which what was asked for late still arrives."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SHIFTS = """window.shifted = 0; new PerformanceObserver(list => list.getEntries().forEach(one => {
  if (!one.hadRecentInput) { window.shifted += one.value; } }))
  .observe({ type: 'layout-shift', buffered: true })"""
FIRST = {SMALLEST: 1.25, BARE: 2.5, STREAMLIT: 1.0, VIZRO: 1.0}
AGAIN = {SMALLEST: 1.5, STREAMLIT: 1.0, VIZRO: 1.0}
SENT = {STREAMLIT: 1.0, VIZRO: 1.0}
"""How many times what each of them takes ours may take."""


def figures() -> Iterator[Figure]:
    """The first chart in four states, redraw, transfer of the first page and of each further one."""
    from playwright.sync_api import sync_playwright

    from tests.browser.install import find

    parts().pack()
    chromium = find()  # before the driver starts: it starts one itself
    compared = sites()
    if STREAMLIT not in compared:
        print("  Streamlit and Vizro are not set up and left out: make peers", flush=True)
    with ExitStack() as stack:
        addresses = stack.enter_context(served(compared))
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        for slow in (False, True):
            for warm in (False, True):
                yield from _first(browser, addresses, warm, slow)
        yield from _again(browser, addresses, compared)
        yield from _sent(browser, addresses)
        yield from _further(browser, addresses[OURS])


def _first(browser: Any, addresses: Mapping[str, str], warm: bool, slow: bool) -> Iterator[Figure]:
    least = _in_turn(
        {name: lambda a=a: _first_chart(browser, a, warm, slow) for name, a in addresses.items()}
    )
    state = f"{'warm' if warm else 'cold'}, {'10 Mbit/s and 4 × slower' if slow else 'full speed'}"
    yield from _beside(f"first chart of /explore, {state}", least, FIRST)


def _again(browser: Any, addresses: Mapping[str, str], compared: Mapping[str, Site]) -> Iterator[Figure]:
    asked = {name: site.fewer for name, site in compared.items() if site.fewer}
    least = _in_turn(
        {name: lambda n=name, f=f: _redrawn(browser, addresses[n], f) for name, f in asked.items()}
    )
    yield from _beside("one country taken away, drawn again", least, AGAIN)


def _in_turn(runs: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    from playwright.sync_api import TimeoutError as Late

    least = dict.fromkeys(runs, inf)
    for _ in range(REPEATS):
        for name, run in runs.items():
            try:
                least[name] = min(least[name], run())
            except Late:  # another tool's page that does not come has no time; ours must come
                if name == OURS:
                    raise
                print(f"  {name}: nothing in {LONGEST // 1000} s", flush=True)
    return least


def _beside(
    what: str, least: Mapping[str, float], limits: Mapping[str, float], unit: str = "s"
) -> Iterator[Figure]:
    for other, limit in limits.items():
        if least.get(other, inf) < inf:
            yield Figure(what, least[OURS], other, least[other], at_most=limit, unit=unit)


def _page(context: Any) -> Any:
    page = context.new_page()
    page.set_default_timeout(LONGEST)
    return page


def _first_chart(browser: Any, address: str, warm: bool, slow: bool) -> float:
    """Seconds from asking for the address until a mark of the chart stands there."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        page = _page(context)
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


def _redrawn(browser: Any, address: str, fewer: str) -> float:
    """Seconds from a click that takes a country away until the chart stands there without its line."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        page = _page(context)
        page.goto(address)
        page.wait_for_function(DRAWN)
        page.wait_for_timeout(QUIET)
        before, press = page.evaluate(LINES), page.locator(fewer).first
        press.wait_for(state="attached")
        start = time.perf_counter()
        press.click(force=True)
        page.wait_for_function(FEWER, arg=before, polling="raf")
        return time.perf_counter() - start
    finally:
        context.close()


def _sent(browser: Any, addresses: Mapping[str, str]) -> Iterator[Figure]:
    told = {name: _transfer(browser, address) for name, address in addresses.items()}
    kilobytes = {name: one["kB"] for name, one in told.items()}
    yield Figure("first chart of /explore, all that is sent", kilobytes[OURS], no_more=900, unit="kB")
    yield from _beside("first chart of /explore, all that is sent", kilobytes, SENT, unit="kB")
    yield Figure("requests for data until then", told[OURS]["requests"], no_more=6, unit="")
    yield Figure("layout shift of /explore", told[OURS]["shift"], no_more=0.05, unit="")


def _transfer(browser: Any, address: str) -> dict[str, float]:
    """Of a cold first chart: kB as the network counts them, requests for data, layout shift."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = _page(context)
    page.add_init_script(SHIFTS)
    sent, data = _counted(context.new_cdp_session(page)), []
    page.on("request", lambda r: data.append(r.url) if "/_dash-" in r.url else None)
    page.goto(address)
    page.wait_for_function(DRAWN)
    page.wait_for_timeout(QUIET)
    shift = page.evaluate("window.shifted")
    context.close()
    return {"kB": sum(sent) / 1000, "requests": len(data), "shift": shift}


def _counted(session: Any) -> list[float]:
    """The bytes of each answer and of each message of a web socket, as they come."""
    sent: list[float] = []
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda e: sent.append(e["encodedDataLength"]))
    session.on("Network.webSocketFrameReceived", lambda e: sent.append(len(e["response"]["payloadData"])))
    return sent


def _further(browser: Any, address: str) -> Iterator[Figure]:
    """What each page sends to a reader who came from Explore."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = _page(context)
    sent = _counted(context.new_cdp_session(page))
    page.goto(address)
    page.wait_for_function(DRAWN)
    for path in FURTHER:
        page.wait_for_timeout(QUIET)
        sent.clear()
        with page.expect_response("**/_dash-update-component*"):
            page.evaluate("path => site.go(path)", path)
        page.wait_for_function(THERE, arg=path)
        page.wait_for_timeout(QUIET)
        yield Figure(f"{path} after /explore, all that is sent", sum(sent) / 1000, no_more=100, unit="kB")
    context.close()
