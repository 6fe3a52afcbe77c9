"""Fifty readers for ten minutes on one process: errors, the slowest of their pages, what the process holds.

A reader opens a page, reads it for some seconds and opens the next: the pauses are drawn from an exponential
distribution with a mean of THINKING seconds, the pages from PAGES, the seed is fixed. The single reader walks
the same pages alone. Last, all of them press at once.
"""

import json
import os
import random
import statistics
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.measure import Figure, python
from bench.rendering import request
from bench.sites import Site, running

READERS = 50
MINUTES = float(os.environ.get("BENCH_MINUTES", "10"))
THINKING = 8.0
SETTLING = 0.2
"""The part of the time in which the process fills its caches; memory is compared from then on."""
PAGES: tuple[tuple[str, str], ...] = (
    ("/", ""),
    ("/", "?area=AZE"),
    ("/explore", ""),
    ("/explore", "?indicator=gdp_share&areas=KAZ.AZE.UZB&chart=bar"),
    ("/explore", "?indicator=exports_services_per_head&currency=USD&chart=map"),
    ("/explore", "?indicator=gva&areas=KAZ&chart=treemap"),
    ("/country", "?area=KAZ"),
    ("/country", "?area=GEO"),
    ("/coverage", ""),
    ("/conflicts", ""),
    ("/sources", ""),
    ("/methods", ""),
)


def figures() -> Iterator[Figure]:
    """The p95 of fifty beside that of one, the growth of memory, and the longest of fifty at once."""
    with running(Site(tuple(python("app.py")))) as (process, address):
        bodies = _bodies(address)
        for body in bodies:
            _asked(address, body)  # the first opening of a page is not a reader's, it is the release's
        alone = [_asked(address, body) for _ in range(5) for body in bodies]
        took, faults, held = _crowd(address, bodies, process.pid)
        at_once, more = _burst(address, bodies[2])
    note = f"{len(took):,} pages in {MINUTES:g} minutes, pauses of {THINKING:g} s on average"
    yield Figure(f"{READERS} readers, p95 of a page", _p95(took), "the single reader's", _p95(alone),
                 at_most=5, note=note)  # fmt: skip
    yield Figure(f"{READERS} readers, median", statistics.median(took), "the single reader's",
                 statistics.median(alone))  # fmt: skip
    yield Figure(f"{READERS} readers, errors", len(faults) + len(more), no_more=0, unit="",
                 note="; ".join(sorted(set(faults + more))[:3]))  # fmt: skip
    growth = 100 * (held[-1] / held[0] - 1)
    yield Figure("memory of the process, growth", growth, no_more=5, unit="%",
                 note=f"{held[0]:,.0f} MB → {held[-1]:,.0f} MB, most {max(held):,.0f} MB")  # fmt: skip
    yield Figure(f"{READERS} who press at the same moment, the last of them", max(at_once),
                 "the single reader's median", statistics.median(alone), note="no requirement")  # fmt: skip


def _bodies(address: str) -> list[bytes]:
    with urllib.request.urlopen(f"{address}_dash-dependencies", timeout=60) as told:  # noqa: S310  our own
        callbacks = json.load(told)
    return [json.dumps(request(callbacks, list(view))).encode() for view in PAGES]


def _asked(address: str, body: bytes) -> float:
    """Seconds until the whole page has come."""
    asked = urllib.request.Request(  # noqa: S310  our own server
        f"{address}_dash-update-component",
        body,
        {"Content-Type": "application/json", "Accept-Encoding": "gzip"},
    )
    start = time.perf_counter()
    with urllib.request.urlopen(asked, timeout=120) as page:  # noqa: S310
        page.read()
    return time.perf_counter() - start


def _crowd(address: str, bodies: Sequence[bytes], pid: int) -> tuple[list[float], list[str], list[float]]:
    """Times of all pages, what went wrong, and the memory held, a sample a second from SETTLING on."""
    took: list[float] = []
    faults: list[str] = []
    until = time.monotonic() + MINUTES * 60

    def reads(seed: int) -> None:
        own = random.Random(seed)  # noqa: S311  no secret
        while (pause := own.expovariate(1 / THINKING)) < until - time.monotonic():
            time.sleep(pause)
            try:
                took.append(_asked(address, own.choice(bodies)))
            except OSError as fault:
                faults.append(str(fault))

    readers = [threading.Thread(target=reads, args=(seed,)) for seed in range(READERS)]
    for reader in readers:
        reader.start()
    time.sleep(MINUTES * 60 * SETTLING)
    held = [_memory(pid)]
    while any(reader.is_alive() for reader in readers):
        time.sleep(1)
        held.append(_memory(pid))
    return took, faults, held


def _burst(address: str, body: bytes) -> tuple[list[float], list[str]]:
    took: list[float] = []
    faults: list[str] = []
    together = threading.Barrier(READERS)

    def presses() -> None:
        together.wait()
        try:
            took.append(_asked(address, body))
        except OSError as fault:
            faults.append(str(fault))

    readers = [threading.Thread(target=presses) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return took, faults


def _p95(took: Sequence[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]


def _memory(pid: int) -> float:
    """MB that a process holds."""
    lines: list[Any] = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
