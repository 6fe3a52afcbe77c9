"""Answers: one indicator, all areas, all years, beside the bare DuckDB queries that it wraps.

`python -m bench.answers FOLDER` measures the release in FOLDER (like data/processed) in a process of
its own and prints what it found as JSON; `bench.scale` does the same for a large release.
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import inf
from pathlib import Path
from typing import Any

from bench.measure import ROOT, Figure, alternately, peak_memory, python, told
from indicators.answer import answer
from indicators.catalogue import load
from indicators.holdings import holdings
from indicators.query import Query
from indicators.store import Releases, Store

PROCESSED = ROOT / "data" / "processed"
REPEATS = 60
AT_MOST = 2.0
"""How many times the bare query an answer may take."""

ASKED = {
    "as reported, many areas": Query("exports_services"),
    "as reported, many rivals": Query("employment"),
    "share": Query("gdp_share"),
    "share of employment": Query("employment_share"),
    "per head": Query("exports_services_per_head"),
    "in US dollars": Query("value_added", currency="USD"),
    "in local currency": Query("exports_services", currency="local"),
}
"""Questions of every kind: all areas, all years."""
DETAIL = "as of a day"


class Spy:
    """A store that notes which questions were asked of it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def ask(self, question: str, **parameters: Any) -> Any:
        """Ask the store, and remember the question."""
        self.asked.append((question, parameters))
        return self._store.ask(question, **parameters)


def measured(processed: Path) -> dict[str, Any]:
    """Times in seconds, rows, and memory in MB, of the current release below `processed`."""
    catalogue = load()
    start = time.perf_counter()
    store = Releases(processed).current()
    opening = time.perf_counter() - start
    observed = sum(said["observations"] for said in store.manifest["account"])
    questions = ASKED | {DETAIL: replace(ASKED["per head"], as_of=date(2026, 12, 31))}
    cases = {name: _case(query, store, catalogue) for name, query in questions.items()}
    page = _page(store)
    return {
        "observations": observed, "opening": opening, "cases": cases, "holdings": page, "peak": peak_memory(),
    }  # fmt: skip


def _page(store: Store) -> float:
    """All of one country; infinite where it cannot be answered."""
    try:
        return alternately(lambda: holdings(store, "KAZ"), repeats=5)[0]
    except Exception:
        return inf


def _case(query: Query, store: Store, catalogue: Any) -> dict[str, Any]:
    """One question; one that cannot be answered has infinite times and says why."""
    try:
        return _timed(query, store, catalogue)
    except Exception as fault:
        said = str(fault).partition("\n")[0]
        return {"answer": inf, "query": inf, "rows": 0, "questions": [], "fault": said}


def _timed(query: Query, store: Store, catalogue: Any) -> dict[str, Any]:
    spy = Spy(store)
    frame = answer(query, spy, catalogue).frame  # type: ignore[arg-type]
    asked = spy.asked

    def bare() -> None:
        for question, parameters in asked:
            store.ask(question, **parameters)

    taken, least = alternately(lambda: answer(query, store, catalogue), bare, repeats=REPEATS)
    questions = sorted({f"{question}.sql" for question, _ in asked})
    return {"answer": taken, "query": least, "rows": frame.height, "questions": questions}


def figures() -> Iterator[Figure]:
    """Each question on the shipped figures, beside the queries it asked."""
    found = told(python("-m", "bench.answers", str(PROCESSED)))
    for name, case in found["cases"].items():
        yield Figure(
            f"`answer()`, {name}", case["answer"], f"bare {', '.join(case['questions'])}", case["query"],
            at_most=None if name == DETAIL else AT_MOST, note=case.get("fault", f"{case['rows']:,} rows"),
        )  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))
