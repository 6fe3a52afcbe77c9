"""A desk with an empty house of sources for tests of `add`, and small files to put on it."""

from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from etl import run
from etl.__main__ import main
from etl.readers import guard, inspect
from tests.conftest import released, silent

COLUMNS = [
    "measure",
    "ref_area",
    "region",
    "sector",
    "sex",
    "time_period",
    "unit_measure",
    "obs_value",
    "obs_status",
]
RECEIPT = ["--publisher", "An office", "--title", "A table", "--authority", "statistical_office",
           "--published-on", "2026-05-01", "--language", "en", "--licence", "CC BY 4.0",
           "--address", "https://example.org/t"]  # fmt: skip


def in_this_process(arguments: list[str], **limits: float) -> dict[str, Any]:
    """As `guard.guarded`, without a process of its own: starting one takes longer than what is tested here.

    The same words go in and the same JSON comes out; limits are tested with the real one, on hostile files.
    """
    with redirect_stdout(StringIO()) as said:
        code = inspect.main(arguments)
    return guard._told(code, said.getvalue(), "", 0)


@dataclass
class Desk:
    """A desk with an empty house of sources, and a command that adds to it."""

    folder: Path

    def add(self, path: Path, *options: str) -> int:
        return main(["--data", str(self.folder), "add", str(path), "--seconds", "60", *options])

    def built(self) -> list[tuple]:
        run.build(self.folder / "raw", self.folder / "processed", say=silent)
        frame = released(self.folder / "processed")
        return [tuple(float(v) if c == "obs_value" and v is not None else v for c, v in zip(COLUMNS, row, strict=True))
                for row in frame.select(COLUMNS).rows()]  # fmt: skip

    def files(self) -> list[str]:
        return sorted(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.is_file())


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def setting(*pairs: str) -> list[str]:
    return [word for pair in pairs for word in ("--set", pair)]
