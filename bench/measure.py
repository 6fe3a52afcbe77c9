"""How a figure is measured: the least of several runs, beside an alternative run in turn with it."""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from math import isinf, nan
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LIBRARIES = ("pandas", "polars", "plotly", "dash", "pyarrow", "duckdb")


@dataclass(frozen=True)
class Figure:
    """One measurement.

    Attributes:
        what: what was measured.
        value: the least of what it took, in `unit`.
        beside: what it is compared with; empty where there is nothing to compare.
        alternative: the least of what that took.
        at_most: the greatest ratio allowed, or None where only the ratio is told.
        within: the greatest difference allowed, in `unit`, or None.
        no_more: the greatest value allowed, in `unit`, or None.
        unit: s, or another: kB, %, or none for a number.
        note: what else must be said, such as rows and memory.
    """

    what: str
    value: float
    beside: str = ""
    alternative: float = nan
    at_most: float | None = None
    within: float | None = None
    no_more: float | None = None
    unit: str = "s"
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times the alternative it took; not a number where there is none."""
        return self.value / self.alternative

    @property
    def limit(self) -> str:
        """The requirement in words, or nothing."""
        if self.at_most is not None:
            return f"at most {self.at_most:g} ×"
        if self.no_more is not None:
            return f"at most {self.no_more:g} {self.unit}".strip()
        return f"within {self.within:g} {self.unit}" if self.within is not None else ""

    @property
    def holds(self) -> bool | None:
        """Whether the requirement is met; None where there is none."""
        if self.at_most is not None:
            return self.ratio <= self.at_most
        if self.no_more is not None:
            return self.value <= self.no_more
        return self.value - self.alternative <= self.within if self.within is not None else None

    @property
    def cells(self) -> tuple[str, str, str]:
        """The value, the alternative and the ratio as written; the last two empty where there is none."""
        value = written(self.value, self.unit)
        return (
            (value, written(self.alternative, self.unit), f"{self.ratio:.2f}")
            if self.beside
            else (value, "", "")
        )


LEAST_ROUNDS, LONGEST = 3, 6.0
"""After so many rounds and seconds no further round begins."""


def alternately(*runs: Callable[[], object], repeats: int) -> list[float]:
    """The least time of each, run in turn, so that a slow moment of the machine hits all of them."""
    least = [float("inf")] * len(runs)
    begun = time.perf_counter()
    for done in range(repeats):
        if done >= LEAST_ROUNDS and time.perf_counter() - begun > LONGEST:
            break
        for number, run in enumerate(runs):
            start = time.perf_counter()
            run()
            least[number] = min(least[number], time.perf_counter() - start)
    return least


def python(*arguments: str) -> list[str]:
    """A command of this Python."""
    return [sys.executable, *arguments]


def run(command: list[str]) -> None:
    """Run a command in the root of the repository; its failure is ours."""
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def told(command: list[str]) -> Any:
    """What a command prints as JSON on the last line of its output."""
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def peak_memory() -> int:
    """The most memory this process has held, in MB; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def machine() -> str:
    """The machine and the versions that were measured."""
    memory = "memory unknown"
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB"
    versions = ", ".join(f"{name} {version(name)}" for name in ("polars", "duckdb", "dash"))
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {os.cpu_count()} cores, {memory}; Python {platform.python_version()}, {versions}"


def written(value: float, unit: str = "s") -> str:
    """A time to three digits: 1.23 s, 45.6 ms; another value with its unit; infinite = could not be done."""
    if isinf(value):
        return "no answer"
    if unit != "s":
        return (f"{value:,.0f}" if value >= 100 else f"{value:.3g}") + f" {unit}".rstrip()
    return f"{value:.3g} s" if value >= 1 else f"{value * 1000:.3g} ms"
