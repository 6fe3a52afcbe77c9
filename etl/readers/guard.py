"""Reading files of which nothing is known: in a process of its own, with little memory and time.

Parsers written in other languages can take all memory or end their whole process on a hostile file.
Then only the child dies; the parent gives a clear error. What a reader made comes back in a file of
Arrow data and JSON, so that nothing of the child is executed here.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from etl.readers.cells import BadFile

SECONDS = 10.0
MEGABYTES = 480
LOOK_EVERY = 0.05
ROOT = Path(__file__).parents[2]


def guarded(arguments: list[str], *, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> dict[str, Any]:
    """What `python -m etl.readers.inspect ARGUMENTS` prints as JSON.

    Raises:
        BadFile: the file is bad, took too long or too much memory, or broke its reader.
    """
    with TemporaryDirectory() as folder:
        said, errors = Path(folder) / "said", Path(folder) / "errors"
        with said.open("wb") as out, errors.open("wb") as err:
            child = subprocess.Popen(
                [sys.executable, "-m", "etl.readers.inspect", *arguments],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=_environment(folder),
            )  # fmt: skip
            stopped = _watched(child, seconds, megabytes)
        if stopped:
            raise stopped
        return _told(child.returncode, said.read_text("utf-8"), errors.read_text("utf-8", "replace"))


def _environment(folder: str) -> dict[str, str]:
    """Few threads, for each takes memory; unpacked files go where the parent cleans up."""
    return {**os.environ, "POLARS_MAX_THREADS": "2", "OMP_NUM_THREADS": "1", "TMPDIR": folder, "TEMP": folder}


def _watched(child: subprocess.Popen[bytes], seconds: float, megabytes: int) -> BadFile | None:
    """Wait for the child; end it where it goes beyond its limits."""
    last = time.monotonic() + seconds
    while child.poll() is None:
        if time.monotonic() > last:
            return _ended(child, f"reading it took more than {seconds:g} seconds")
        if _memory(child.pid) > megabytes:
            return _ended(child, f"reading it took more than {megabytes} MB of memory")
        time.sleep(LOOK_EVERY)
    return None


def _ended(child: subprocess.Popen[bytes], why: str) -> BadFile:
    child.kill()
    child.wait()
    return BadFile(
        "",
        why,
        "a file of ordinary size",
        "If it is right, read it with larger limits (--seconds, --megabytes).",
    )


def _memory(pid: int) -> int:
    """Megabytes that a process holds; 0 where the system does not say."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE") >> 20


def _told(code: int, said: str, errors: str) -> dict[str, Any]:
    if code == 0:
        answer: dict[str, Any] = json.loads(said)
        return answer
    try:
        bad = json.loads(said)["bad"]
    except (ValueError, KeyError, TypeError):
        last = errors.strip().splitlines()[-1:] or [f"exit code {code}"]
        raise BadFile(
            "", f"its reader broke ({last[0][:200]})", "a file that follows its format", "Please report it."
        ) from None
    raise BadFile(**bad)
