"""What a release is made of, as hashes: raw files, code and facts; standard library only.

`python -m etl build --if-changed` runs at every `make run`, so this module must stay quick and may
import nothing heavy.
"""

import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = ("etl", "indicators/concepts", "indicators/codelists")
SUFFIXES = {".py", ".csv", ".yaml"}


def raw_files(raw: Path, also: Path | None = None) -> dict[str, str]:
    """Path → sha256, for every file below `raw`, and below `also` (as "also/…"), that a build may read."""
    files = (p for p in sorted(raw.glob("*/[!.]*/**/*")) if p.is_file() and not p.name.startswith("."))
    more = (p for p in sorted(also.rglob("*")) if p.is_file()) if also else ()
    return {p.relative_to(raw).as_posix(): _digest(p) for p in files} | {
        f"also/{p.relative_to(also or raw).as_posix()}": _digest(p) for p in more
    }


def code_version() -> str:
    """Twelve characters that change when the code or a fact that `etl` uses changes."""
    files = (p for folder in CODE for p in sorted((ROOT / folder).rglob("*")) if p.suffix in SUFFIXES)
    both = [(p.relative_to(ROOT).as_posix(), _digest(p)) for p in files]
    return hashlib.sha256(json.dumps(both).encode()).hexdigest()[:12]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
