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
from math import isinf
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LIBRARIES = ("pandas", "polars", "plotly", "dash", "pyarrow", "duckdb")


@dataclass(frozen=True)
class Figure:
    """One measurement.

    Attributes:
        what: what was measured.
        seconds: the least time it took.
        beside: what it is compared with.
        alternative: the least time that took.
        at_most: the greatest ratio allowed, or None where only the ratio is told.
        within: the greatest difference allowed in seconds, or None.
        note: what else must be said, such as rows and memory.
    """

    what: str
    seconds: float
    beside: str
    alternative: float
    at_most: float | None = None
    within: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times the alternative it took."""
        return self.seconds / self.alternative

    @property
    def limit(self) -> str:
        """The requirement in words, or nothing."""
        if self.at_most is not None:
            return f"at most {self.at_most:g} ×"
        return f"within {self.within:g} s" if self.within is not None else ""

    @property
    def holds(self) -> bool | None:
        """Whether the requirement is met; None where there is none."""
        if self.at_most is not None:
            return self.ratio <= self.at_most
        return self.seconds - self.alternative <= self.within if self.within is not None else None


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


def written(seconds: float) -> str:
    """A time to three digits: 1.23 s, 45.6 ms; infinite = it could not be done."""
    if isinf(seconds):
        return "no answer"
    return f"{seconds:.3g} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"
