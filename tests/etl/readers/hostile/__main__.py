"""The table of cases: seconds, megabytes of parent and child together, what was said."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import ROOT
from tests.etl.readers.hostile import CASES, Case


def family(pid: int) -> list[int]:
    """A process and its children."""
    try:
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return [pid]
    return [pid, *(i for word in words for i in family(int(word)))]


def resident(pid: int) -> int:
    """Bytes of memory a process holds; 0 for one that is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def inspected(path: Path, *more: str) -> tuple[int, float, float, str]:
    """Exit code, seconds, megabytes at most, and what `etl inspect` printed."""
    with TemporaryDirectory() as folder:
        said = Path(folder) / "said"
        start = time.monotonic()
        with said.open("wb") as out:
            command = [sys.executable, "-m", "etl", "inspect", *more, "--", str(path)]
            child = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
            peak = 0
            while child.poll() is None:
                peak = max(peak, sum(resident(i) for i in family(child.pid)))
                if time.monotonic() - start > 60:
                    child.kill()
                time.sleep(0.01)
        return child.returncode, time.monotonic() - start, peak / 2**20, said.read_text("utf-8", "replace")


def tried(case: Case) -> str:
    """A row of the table."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / case.file if case.file else Path(folder)
        case.make(path)
        before = sorted(p.name for p in Path(folder).iterdir())
        code, seconds, megabytes, said = inspected(path)
        wrote = sorted(p.name for p in Path(folder).iterdir()) != before
    right = code == 11 and bool(re.search(case.says, said)) if case.says else code in (0, 11)
    right = right and (case.total is None or code == 0)
    right = (
        right
        and seconds < 10
        and megabytes < 500
        and not wrote
        and "Traceback" not in said
        and "broke (" not in said
    )
    short = re.sub(r"\s+", " ", said.replace(str(path), "F"))[:230]
    return f"{'ok  ' if right else 'OVER'} | {case.name} | {seconds:.1f} | {megabytes:.0f} | {code} | {short}"


if __name__ == "__main__":
    for one in CASES:
        if not sys.argv[1:] or any(word in one.name for word in sys.argv[1:]):
            print(tried(one), flush=True)
