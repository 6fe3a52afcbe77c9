"""What a release is made of, as hashes: raw files, code and facts; standard library only.

`python -m etl build --if-changed` runs at every `make run`, so this module must stay quick and may
import nothing heavy.
"""

import hashlib
import json
import os
import re
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = ("etl", "indicators/concepts", "indicators/codelists")
SUFFIXES = (".py", ".csv", ".yaml")
SOURCES = "etl/sources"
ALSO = "also/"
"""Begins the paths of files that are not below data/raw."""
PART = 1 << 18
"""Bytes of a file that are hashed at a time."""
FILE = re.compile(r"""^\s*- \{?file: ["']?([^"',}\n]+?)["']?\s*(?:[,}].*)?$""", re.MULTILINE)


def raw_files(raw: Path, also: Path | None = None) -> dict[str, str]:
    """Path → sha256, for every file below `raw`, and below `also` (as "also/…"), that a build may read."""
    files = {path: f"{raw}/{path}" for path in _below(raw) if _is_of_a_vintage(path.split("/"))}
    if also:
        files |= {f"{ALSO}{path}": f"{also}/{path}" for path in _below(also)}
    return dict(zip(files, digests(list(files.values())), strict=True))


def _is_of_a_vintage(parts: list[str]) -> bool:
    """collection/vintage/…/file; no vintage and no file of one begins with a dot."""
    return len(parts) > 2 and not parts[1].startswith(".") and not parts[-1].startswith(".")


def code_files() -> dict[str, str]:
    """Path → sha256, for the code and the facts that `etl` uses."""
    found = [f"{folder}/{path}" for folder in CODE for path in _below(ROOT / folder)]
    found = [path for path in found if path.endswith(SUFFIXES)]
    return dict(zip(found, digests([f"{ROOT}/{path}" for path in found]), strict=True))


def _below(folder: Path) -> list[str]:
    """Every file below a folder, as a path from it; texts, for a Path takes longer than a small file."""
    found = []
    for at, _, names in os.walk(folder):
        inside = at[len(str(folder)) :].lstrip(os.sep).replace(os.sep, "/")
        found += [f"{inside}/{name}" if inside else name for name in names]
    return sorted(found)


def version(files: Mapping[str, str]) -> str:
    """Twelve characters that change when one of the files does."""
    return hashlib.sha256(json.dumps(list(files.items())).encode()).hexdigest()[:12]


def code_version() -> str:
    """The version of the code and the facts that `etl` uses."""
    return version(code_files())


def source_versions(raw: Mapping[str, str], code: Mapping[str, str]) -> dict[str, str]:
    """Source → version of all that its figures are made of: its files, its folder, and the common code.

    Args:
        raw: of raw_files.
        code: of code_files.
    """
    common = {path: said for path, said in code.items() if not path.startswith(f"{SOURCES}/")}
    folders: dict[str, dict[str, str]] = {}
    for path, said in code.items():
        if path.startswith(f"{SOURCES}/") and path.count("/") > 2:
            folders.setdefault(path.split("/")[2], {})[path] = said
    shared = {"common": version(common)}
    return {
        name: version(shared | own | {path: said for path, said in raw.items() if _is_of(name, path, own)})
        for name, own in folders.items()
    }


def _is_of(name: str, path: str, own: Mapping[str, str]) -> bool:
    """Whether a raw file is one of the source `name`: by its folder, or because a receipt lists it."""
    where = path.removeprefix(ALSO)
    if where.split("/")[0] == name:
        return True
    receipts = [p for p in own if f"/{name}/receipts/" in p]
    return path.startswith(ALSO) and any(where.endswith(listed) for p in receipts for listed in _listed(p))


@cache
def _listed(receipt: str) -> tuple[str, ...]:
    """The files that a receipt names; read by eye, for a YAML reader takes its time."""
    text = (ROOT / receipt).read_text("utf-8")
    return tuple(found[1] for found in FILE.finditer(text))


def digests(paths: Sequence[Path | str]) -> list[str]:
    """The SHA-256 of many files, in two threads: reading and hashing leave the interpreter to the other.

    Raises:
        OSError: a file cannot be read.
    """
    made, wrong, turns = [""] * len(paths), list[OSError](), iter(range(len(paths)))

    def work() -> None:
        try:
            for at in turns:
                made[at] = digest(paths[at])
        except OSError as error:
            wrong.append(error)

    other = threading.Thread(target=work)
    other.start()
    work()
    other.join()
    if wrong:
        raise wrong[0]
    return made


def digest(path: Path | str) -> str:
    """The SHA-256 of a file, however large; read without a buffer between, for most are small."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        made = hashlib.sha256()
        while part := file.read(PART):
            made.update(part)
    return made.hexdigest()
