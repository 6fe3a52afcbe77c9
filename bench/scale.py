"""Scale: the same answers on millions of generated observations, beside the shipped figures."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.answers import DETAIL, PROCESSED
from bench.measure import Figure, python, told

AT_MOST = 1.5
"""How many times the shipped figures the large release may take."""
ROUNDS = 3


def figures(rows: int) -> Iterator[Figure]:
    """Each question on a generated release of `rows` observations, beside the shipped release.

    Both are measured in processes of their own, in turn, so that memory and warm files are not shared.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = told(python("-m", "bench.generate", folder, "--rows", str(rows)))
        rounds = [
            [told(python("-m", "bench.answers", str(f))) for f in (Path(folder), PROCESSED)]
            for _ in range(ROUNDS)
        ]
    large, shipped = (_least([r[i] for r in rounds]) for i in (0, 1))
    size = f"{large['observations']:,} observations ({made['parquet_mb']:,} MB)"
    beside = f"{shipped['observations']:,} shipped observations"
    for name, case in large["cases"].items():
        other = shipped["cases"][name]
        yield Figure(
            f"`answer()`, {name}, on {size}", case["answer"], beside, other["answer"],
            at_most=None if name == DETAIL else AT_MOST,
            note=case.get("fault") or _rows(case, other),
        )  # fmt: skip
    yield Figure(
        f"all of one country, on {size}", large["holdings"], beside, shipped["holdings"],
        note="reads the detail; no requirement",
    )  # fmt: skip
    yield Figure(
        f"opening {size}", large["opening"], beside, shipped["opening"],
        note=f"most memory held {large['peak']:,} MB beside {shipped['peak']:,} MB, libraries included",
    )  # fmt: skip


def _rows(case: dict[str, Any], other: dict[str, Any]) -> str:
    bare = case["query"] / other["query"]
    return f"{case['rows']:,} rows beside {other['rows']:,}; its bare query {bare:.2f} ×"


def _least(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The least of every time over several runs, and the least peak of memory."""
    cases = {
        name: first | {k: min(r["cases"][name][k] for r in runs) for k in ("answer", "query")}
        for name, first in runs[0]["cases"].items()
    }
    least = {k: min(r[k] for r in runs) for k in ("opening", "holdings", "peak")}
    return {**runs[0], **least, "cases": cases}
