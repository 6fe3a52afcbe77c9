"""Fifty readers for ten minutes on one process: errors, the slowest of their pages, what the process holds.

A reader opens a page, reads it for some seconds and opens the next: the pauses are drawn from an exponential
distribution with a mean of THINKING seconds, the seed is fixed. Half of the pages are of PAGES, which the
server has kept by then; the other half are questions that hardly anybody has asked before, which it makes
anew. The single reader asks in the same way, alone. Last, all of them press at once.
"""

import gzip
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
ALONE = 100
"""Pages of the single reader."""
SETTLING = 0.2
"""The part of the time in which the process fills its caches; memory is compared from then on."""
PAGES: tuple[tuple[str, str], ...] = (
    ("/", ""),
    ("/", "?area=AZE"),
    ("/explore", ""),
    ("/explore", "?indicator=gdp_share&areas=KAZ,AZE,UZB&chart=bar"),
    ("/explore", "?indicator=exports_services_per_head&currency=USD&chart=map"),
    ("/explore", "?indicator=value_added&areas=KAZ&chart=treemap"),
    ("/country", "?area=KAZ"),
    ("/country", "?area=GEO"),
    ("/coverage", ""),
    ("/conflicts", ""),
    ("/sources", ""),
    ("/methods", ""),
)


AREAS = (
    "KAZ", "AZE", "UZB", "GEO", "TUR", "KGZ", "TJK", "TKM", "ARM", "BLR", "MDA", "RUS",
    "BGR", "ROU", "POL", "DEU", "FRA", "ITA", "ESP", "GBR", "USA", "CHN", "IND", "BRA",
)  # fmt: skip
INDICATORS = ("exports_services_per_head", "gdp_share", "employment_share", "films_national", "exports_goods")


def figures() -> Iterator[Figure]:
    """The p95 of fifty beside that of one, the growth of memory, and the longest of fifty at once."""
    with running(Site(tuple(python("app.py")))) as (process, address):
        asks = Asks(address)
        for known in asks.known:
            if b"panel misread" in gzip.decompress(_sent(address, known)[1]):
                raise ValueError(f"no page of ours: {known!r}")
        own = random.Random(READERS)  # noqa: S311  no secret
        alone = [_asked(address, asks.one(own)) for _ in range(ALONE)]
        took, faults, held = _crowd(address, asks, process.pid)
        at_once, more = _burst(address, asks, own)
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
    yield Figure(f"{READERS} who ask something new at the same moment, the last of them", max(at_once),
                 "the single reader's median", statistics.median(alone), note="no requirement")  # fmt: skip


class Asks:
    """What readers ask of a server.

    Attributes:
        known: the requests of PAGES.
    """

    def __init__(self, address: str) -> None:
        with urllib.request.urlopen(f"{address}_dash-dependencies", timeout=60) as told:  # noqa: S310  our own
            self._callbacks = json.load(told)
        self.known = [self._body(*view) for view in PAGES]

    def one(self, own: random.Random) -> bytes:
        """One of the known pages, or as likely one that was hardly asked before."""
        return own.choice(self.known) if own.random() < 0.5 else self.new(own)

    def new(self, own: random.Random) -> bytes:
        """An indicator for some areas from some year on; one of three is the page of a country."""
        areas, since = own.sample(AREAS, own.randint(2, 6)), own.randint(2000, 2020)
        if own.random() < 1 / 3:
            return self._body("/country", f"?area={areas[0]}")
        return self._body(
            "/explore", f"?indicator={own.choice(INDICATORS)}&areas={'.'.join(areas)}&since={since}"
        )

    def _body(self, path: str, search: str) -> bytes:
        return json.dumps(request(self._callbacks, [path, search])).encode()


def _asked(address: str, body: bytes) -> float:
    """Seconds until the whole page has come."""
    return _sent(address, body)[0]


def _sent(address: str, body: bytes) -> tuple[float, bytes]:
    asked = urllib.request.Request(  # noqa: S310  our own server
        f"{address}_dash-update-component",
        body,
        {"Content-Type": "application/json", "Accept-Encoding": "gzip"},
    )
    start = time.perf_counter()
    with urllib.request.urlopen(asked, timeout=120) as page:  # noqa: S310
        packed = page.read()
    return time.perf_counter() - start, packed


def _crowd(address: str, asks: Asks, pid: int) -> tuple[list[float], list[str], list[float]]:
    """Times of all pages, what went wrong, and the memory held, a sample a second from SETTLING on."""
    took: list[float] = []
    faults: list[str] = []
    until = time.monotonic() + MINUTES * 60

    def reads(seed: int) -> None:
        own = random.Random(seed)  # noqa: S311  no secret
        while (pause := own.expovariate(1 / THINKING)) < until - time.monotonic():
            time.sleep(pause)
            try:
                took.append(_asked(address, asks.one(own)))
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


def _burst(address: str, asks: Asks, own: random.Random) -> tuple[list[float], list[str]]:
    took: list[float] = []
    faults: list[str] = []
    together = threading.Barrier(READERS)

    def presses(body: bytes) -> None:
        together.wait()
        try:
            took.append(_asked(address, body))
        except OSError as fault:
            faults.append(str(fault))

    readers = [threading.Thread(target=presses, args=(asks.new(own),)) for _ in range(READERS)]
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
