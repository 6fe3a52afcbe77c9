"""Damaged files of every format, the same on every run: each is read or refused with a word, never else.

`python -m tests.etl.readers.test_fuzz SECONDS` tries as many as there is time for, and counts them.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from etl.readers.cells import BadFile
from etl.readers.inspect import inspected
from tests.conftest import SHARED
from tests.etl.readers.hostile import CASES

SOUND = ("SDMX-CSV", "Eurostat TSV", "World Bank CSV", "World Bank JSON", "JSON-stat", "SDMX-JSON", "SDMX-ML",
         "px that is sound", "xlsx that is sound", "ods that is sound", "parquet that is sound",
         "arrow that is sound", "mixed line ends", "zip with path traversal")  # fmt: skip
TOKENS = (b"NaN", b"inf", b"-1", b"1e999", b"\0", b'"', b"", b"<", b">", b"{", b"]", b",", b";", b"\xff", b"\n",
          b"99999999999999999999", b"=1+1", b"null", b"&x;", b"<!DOCTYPE", b"Jan-24")  # fmt: skip
LARGEST = 200_000


def damaged(raw: bytes, other: bytes, chance: random.Random) -> bytes:
    """One to three of: a bit turned, a cut, a piece out, twice or of another file, a token in place of another."""
    for _ in range(chance.randint(1, 3)):
        at, size = chance.randrange(len(raw) + 1), chance.randint(1, 64)
        kind = chance.randrange(6)
        if kind == 0 and at < len(raw):
            raw = raw[:at] + bytes([raw[at] ^ 1 << chance.randrange(8)]) + raw[at + 1 :]
        elif kind == 1:
            raw = raw[:at]
        elif kind == 2:
            raw = raw[:at] + raw[at + size :]
        elif kind == 3:
            raw = raw[: at + size] + raw[at:]
        elif kind == 4 and other:
            start = chance.randrange(len(other))
            raw = raw[:at] + other[start : start + size] + raw[at:]
        else:
            raw = raw[:at] + chance.choice(TOKENS) + raw[at + chance.randrange(4) :]
    return raw


def tried(path: Path, raw: bytes) -> str:
    """What became of bytes: "read" or "refused"; anything else is raised."""
    path.write_bytes(raw)
    try:
        inspected(path)
    except BadFile as bad:
        if not (bad.seen and bad.expected and bad.fix):
            raise AssertionError(f"a refusal without a word: {bad}") from bad
        return "refused"
    return "read"


@pytest.mark.parametrize("name", SOUND)
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, name: str) -> None:
    case = next(c for c in CASES if c.name == name)
    path = tmp_path / case.file
    case.make(path)
    raw, chance = path.read_bytes(), random.Random(name)
    assert {tried(path, damaged(raw, raw, chance)) for _ in range(40)} <= {"read", "refused"}


def seeds(folder: Path) -> Iterator[tuple[str, str, bytes]]:
    """Name, ending and content of every small file there is, made and real."""
    for case in CASES:
        if case.name in SOUND:
            case.make(folder / case.file)
            yield case.name, case.file, (folder / case.file).read_bytes()
    for path in sorted(SHARED.glob("formats/*/*")):
        if path.suffix != ".md" and path.stat().st_size < LARGEST:
            yield f"{path.parent.name}", path.name, path.read_bytes()


def main(seconds: float, seed: int) -> None:
    """Try what there is time for; print a count for each format, and every way a reader broke."""
    chance, counts, broke, slow = random.Random(seed), Counter[tuple[str, str]](), Counter[str](), (0.0, "")
    with TemporaryDirectory() as name:
        folder = Path(name)
        every, last = list(seeds(folder)), time.monotonic() + seconds
        while time.monotonic() < last:
            (form, file, raw), (_, _, other) = chance.choice(every), chance.choice(every)
            start, content = time.monotonic(), damaged(raw, other, chance)
            try:
                counts[form, tried(folder / file, content)] += 1
            except BaseException as fault:  # a panic is no Exception
                if isinstance(fault, KeyboardInterrupt):
                    raise
                counts[form, "broke"] += 1
                if not broke[f"{form}: {type(fault).__name__}: {str(fault)[:120]}"]:
                    Path(f"{folder}.{len(broke)}.{file}").write_bytes(content)
                broke[f"{form}: {type(fault).__name__}: {str(fault)[:120]}"] += 1
            slow = max(slow, (time.monotonic() - start, form))
    for form in sorted({form for form, _ in counts}):
        print(form, {kind: n for (of, kind), n in counts.items() if of == form})
    print(sum(counts.values()), "tried; the slowest took", slow, "broke:", *broke.items(), sep="\n")


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 1)
