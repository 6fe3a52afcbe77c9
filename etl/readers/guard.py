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

from etl.readers.bad_file import BadFile

SECONDS = 10.0
"""From the call to the answer, this process and the child together."""
MEGABYTES = 480
"""Of this process and the child together."""
OWN_SHARE = 0.08
"""Part of the seconds that is left for starting, ending the child and taking its answer."""
OWN_MOST = 60
"""Megabytes of this process that are counted; the command takes half, and a server has memory of its own."""
LOOK_EVERY = 0.01
MOST_SAID = 64 << 20
"""Bytes that the child may print."""
HEADROOM = 400
"""Megabytes that memory may be announced beyond what is held; a leap beyond that fails at once."""
OUT_OF_MEMORY = ("MemoryError", "memory allocation of", "bad_alloc", "out of memory")
ALLOWED = "CEI_READER_MEGABYTES"
SIGNS = {"point": ".", "comma": ","}
"""What a decimal sign is called → the sign."""
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
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                env=_environment(folder, megabytes),
            )  # fmt: skip
            stopped = _watched(child, seconds, megabytes)
        if stopped:
            raise stopped
        if said.stat().st_size > MOST_SAID:
            raise BadFile(
                "",
                f"codes and marks that alone take {said.stat().st_size:,} bytes",
                "dimensions of at most some hundred thousand codes",
                "Take the columns you need from the source.",
            )
        return _told(
            child.returncode, said.read_text("utf-8"), errors.read_text("utf-8", "replace"), megabytes
        )


def structured(structure: Path | None, language: str) -> list[str]:
    """Arguments for `guarded` that name the structure of SDMX data; none without one."""
    named = ["--structure", str(structure.absolute())] if structure else []
    return [*named, f"--language={language or 'en'}"]


def signed(decimal: str | None) -> list[str]:
    """Arguments for `guarded` that say which sign is decimal, a key of SIGNS; none without one."""
    return [f"--decimal={SIGNS[decimal]}"] if decimal else []


def _environment(folder: str, megabytes: int) -> dict[str, str]:
    """Few threads, for each takes memory; unpacked files go where the parent cleans up."""
    return {
        **os.environ, "POLARS_MAX_THREADS": "2", "OMP_NUM_THREADS": "1", "TMPDIR": folder, "TEMP": folder,
        ALLOWED: str(megabytes),
    }  # fmt: skip


def allowed() -> int | None:
    """Megabytes that this process may take, where it is a guarded one."""
    said = os.environ.get(ALLOWED, "")
    return int(said) if said.isdigit() else None


def confine() -> None:
    """Let this process fail at an allocation that is far beyond what it may hold.

    The parent looks a hundred times a second; what is asked for at one blow would be there before.
    """
    megabytes = allowed()
    if megabytes is None or sys.platform != "linux":
        return
    import resource

    most = (megabytes + HEADROOM) << 20
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _watched(child: subprocess.Popen[bytes], seconds: float, megabytes: int) -> BadFile | None:
    """Wait for the child; end it where it goes beyond its limits."""
    last = time.monotonic() + seconds * (1 - OWN_SHARE)
    most = megabytes - min(_memory(os.getpid()), OWN_MOST)
    while child.poll() is None:
        if time.monotonic() > last:
            return _ended(child, f"reading it took more than {seconds:g} seconds", "Take a part of it")
        if _memory(child.pid) > most:
            return _ended(child, *_too_much(megabytes))
        time.sleep(LOOK_EVERY)
    return None


def _too_much(megabytes: int) -> tuple[str, str]:
    return f"reading it took more than {megabytes} MB of memory", "Take the rows and columns you need"


def _ended(child: subprocess.Popen[bytes], why: str, instead: str) -> BadFile:
    child.kill()
    child.wait()
    return _beyond(why, instead)


def _beyond(why: str, instead: str) -> BadFile:
    return BadFile(
        "",
        why,
        "a table of at most some million cells",
        f"{instead} from the source; if it is right as it is, allow more (--seconds, --megabytes).",
    )


def _memory(pid: int) -> int:
    """Megabytes that a process holds; 0 where the system does not say."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE") >> 20


def _told(code: int, said: str, errors: str, megabytes: int) -> dict[str, Any]:
    if code == 0:
        answer: dict[str, Any] = json.loads(said)
        return answer
    try:
        bad = json.loads(said)["bad"]
    except (ValueError, KeyError, TypeError):
        if any(words in errors for words in OUT_OF_MEMORY):
            raise _beyond(*_too_much(megabytes)) from None
        last = errors.strip().splitlines()[-1:] or [f"exit code {code}"]
        raise BadFile(
            "", f"its reader broke ({last[0][:200]})", "a file that follows its format", "Please report it."
        ) from None
    raise BadFile(**bad)
