"""What a release is made of, as hashes: raw files, code and facts; standard library only.

`python -m etl build --if-changed` runs at every `make run`, so this module must stay quick and may
import nothing heavy.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = ("etl", "indicators/concepts", "indicators/codelists")
SUFFIXES = {".py", ".csv", ".yaml"}
SOURCES = "etl/sources"
ALSO = "also/"
"""Begins the paths of files that are not below data/raw."""
FILE = re.compile(r"""^\s*- \{?file: ["']?([^"',}\n]+?)["']?\s*(?:[,}].*)?$""", re.MULTILINE)


def raw_files(raw: Path, also: Path | None = None) -> dict[str, str]:
    """Path → sha256, for every file below `raw`, and below `also` (as "also/…"), that a build may read."""
    files = (p for p in sorted(raw.glob("*/[!.]*/**/*")) if p.is_file() and not p.name.startswith("."))
    more = (p for p in sorted(also.rglob("*")) if p.is_file()) if also else ()
    return {p.relative_to(raw).as_posix(): _digest(p) for p in files} | {
        f"{ALSO}{p.relative_to(also or raw).as_posix()}": _digest(p) for p in more
    }


def code_files() -> dict[str, str]:
    """Path → sha256, for the code and the facts that `etl` uses."""
    files = (p for folder in CODE for p in sorted((ROOT / folder).rglob("*")) if p.suffix in SUFFIXES)
    return {p.relative_to(ROOT).as_posix(): _digest(p) for p in files}


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
    return {
        name: version(common | own | {path: said for path, said in raw.items() if _is_of(name, path, own)})
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


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
