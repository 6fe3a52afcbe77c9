"""The API: one series over HTTP beside the answer behind it, and fifty clients at once.

`python -m bench.api FOLDER` measures the release in FOLDER (like data/processed) in a process of its own
and prints what it found as JSON.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from math import inf
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
from waitress import create_server

from bench.answers import PROCESSED
from bench.measure import Figure, alternately, python, told
from dashboard import site
from exports.api import Settings, blueprint
from indicators.answer import answer
from indicators.catalogue import load
from indicators.query import Query
from indicators.store import Releases

AT_MOST = 2.0
"""How many times the answer behind it one series over HTTP may take."""
REPEATS, CLIENTS = 60, 50
ASKED = {
    "one series": Query("exports_services", ("KAZ",)),
    "one series with rivals": Query("employment", ("KAZ",)),
    "one series per head": Query("exports_services", ("KAZ",), per="head"),
}


@contextmanager
def _served(releases: Releases) -> Iterator[httpx.Client]:
    """A client of the whole site, as app.py serves it, without a limit of requests."""
    definitions = load()
    app = site.build(releases, definitions).server
    app.register_blueprint(blueprint(releases, definitions, settings=Settings(rate=0)))
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    Thread(target=server.run, daemon=True).start()
    with httpx.Client(base_url=f"http://127.0.0.1:{server.effective_port}", timeout=60) as client:
        yield client
    server.close()


def measured(processed: Path) -> dict[str, Any]:
    """Times in seconds, of the current release below `processed`."""
    releases, catalogue = Releases(processed), load()
    store = releases.current()
    found: dict[str, Any] = {"observations": sum(s["observations"] for s in store.manifest["account"])}
    with _served(releases) as client:
        for name, query in ASKED.items():
            address = f"/api/v1/data?{query.to_url()}"
            said = client.get(address)
            taken = alternately(
                lambda address=address: client.get(address).raise_for_status(),
                lambda query=query: answer(query, store, catalogue),
                repeats=REPEATS,
            )
            found[name] = {"api": taken[0], "answer": taken[1], "rows": said.json()["total"]}
        found["clients"] = _at_once(str(client.base_url), client)
    return found


def _at_once(base: str, client: httpx.Client) -> dict[str, Any]:
    """Fifty clients with a question each, beside one that asks the same fifty."""
    addresses = [f"/api/v1/data?{list(ASKED.values())[n % len(ASKED)].to_url()}" for n in range(CLIENTS)]
    begun = time.perf_counter()
    alone = [client.get(address).status_code for address in addresses]
    between = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        together = list(
            pool.map(lambda a: httpx.get(base.rstrip("/") + a, timeout=60).status_code, addresses)
        )
    done = time.perf_counter()
    errors = sum(status != 200 for status in (*alone, *together))
    return {"alone": between - begun, "together": inf if errors else done - between, "errors": errors}


def figures(rows: int) -> Iterator[Figure]:
    """The shipped release, and generated ones of a million and of `rows` observations."""
    yield from _of(told(python("-m", "bench.api", str(PROCESSED))))
    for size in sorted({1_000_000, rows}):
        with tempfile.TemporaryDirectory() as folder:
            told(python("-m", "bench.generate", folder, "--rows", str(size)))
            yield from _of(told(python("-m", "bench.api", folder)))


def _of(found: dict[str, Any]) -> Iterator[Figure]:
    size = f"{found['observations']:,} observations"
    for name in ASKED:
        case = found[name]
        yield Figure(
            f"`/data`, {name}, of {size}", case["api"], "the `answer()` behind it", case["answer"],
            at_most=AT_MOST, note=f"{case['rows']:,} rows",
        )  # fmt: skip
    case = found["clients"]
    yield Figure(
        f"{CLIENTS} clients at once, of {size}", case["together"], f"one that asks {CLIENTS} times",
        case["alone"], note=f"{case['errors']} errors",
    )  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))
