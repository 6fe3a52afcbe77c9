"""A generator of hostile files, and of odd files that must be read all the same.

Each case writes one file. `python -m tests.etl.readers.hostile [PART OF A NAME]` runs `etl inspect` on each
and prints its time, the memory of parent and child together, and what was said.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Make = Callable[[Path], object]


@dataclass(frozen=True)
class Case:
    """One file.

    Attributes:
        name: what is wrong with it.
        file: its name on disk, whose ending some formats bear.
        make: writes it to a path.
        says: a pattern in the error; "" where the file must be read.
        total: sum of all values, where it is read.
        heavy: takes seconds or hundreds of megabytes to make or to refuse.
    """

    name: str
    file: str
    make: Make
    says: str
    total: float | None = None
    heavy: bool = False


CASES: list[Case] = []


def case(
    file: str, says: str = "", *, total: float | None = None, heavy: bool = False
) -> Callable[[Make], Make]:
    """Lists a function that writes a file; its name is the name of the case."""

    def listed(make: Make) -> Make:
        name = getattr(make, "__name__", file).strip("_").replace("_", " ")
        CASES.append(Case(name, file, make, says, total, heavy))
        return make

    return listed


def simple(name: str, file: str, content: str | bytes, says: str = "", total: float | None = None) -> None:
    """Lists a case whose content is short enough to be written down."""
    raw = content.encode() if isinstance(content, str) else content
    CASES.append(Case(name, file, lambda path: path.write_bytes(raw), says, total))


from tests.etl.readers.hostile import archives, columnar, json_files, texts, workbooks, xml_files  # noqa: E402

__all__ = [
    "CASES",
    "Case",
    "archives",
    "case",
    "columnar",
    "json_files",
    "simple",
    "texts",
    "workbooks",
    "xml_files",
]
