"""Everything that can be wrong with what we received, as one family.

BuildStopped
├── carries any number of Fault, each of one Kind; the exit code is that of the gravest kind
│   CHANGED_FILE    10  the bytes are not those of the receipt
│   UNREADABLE      11  missing, empty, truncated, wrong encoding, changed header
│   UNKNOWN_LABEL   12  a label or code that no table translates
│   BAD_VALUE       13  a number, period or hedge that will not parse or contradicts itself
│   DUPLICATE       14  one key twice
│   CORRECTION      15  a declared correction that no longer bites
│   BROKEN_RULE     16  a figure that cannot be (a share below zero, a unit its measure does not have)
│   BAD_SETUP       17  a source folder, receipt or label table that is not in order
BuildLocked         20  another build is running
BrokenRelease       21  what was written is not what was meant
FetchFailed         22  a live service did not give what was asked
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What is wrong; the value is the exit code, and a later one is the more telling."""

    CHANGED_FILE = 10
    UNREADABLE = 11
    UNKNOWN_LABEL = 12
    BAD_VALUE = 13
    DUPLICATE = 14
    CORRECTION = 15
    BROKEN_RULE = 16
    BAD_SETUP = 17


@dataclass(frozen=True)
class Fault:
    """One thing wrong at one place.

    Attributes:
        kind: its family, for example Kind.UNKNOWN_LABEL.
        where: source and vintage, "claims 2026-11-22".
        file: path below the vintage, "figures/KAZ.csv".
        row: row of the spreadsheet (the header is row 1); None for a whole file.
        column: the column, or None.
        seen: the value seen, as text.
        expected: what would have been right.
        fix: the file to edit and how.
    """

    kind: Kind
    where: str
    file: str
    row: int | None
    column: str | None
    seen: str
    expected: str
    fix: str


class EtlError(Exception):
    """Any reason why a command changed nothing."""

    exit_code = 1


class BuildStopped(EtlError):
    """Raw figures have faults; says all of them at once, grouped by place and kind."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(report(self.faults))

    @property
    def exit_code(self) -> int:  # type: ignore[override]
        """The exit code of the gravest kind among the faults."""
        order = [Kind.CHANGED_FILE, *(kind for kind in Kind if kind is not Kind.CHANGED_FILE)]
        return max((f.kind for f in self.faults), key=order.index).value


class BuildLocked(EtlError):
    """Another build holds the lock."""

    exit_code = 20


class BrokenRelease(EtlError):
    """A release that does not read back as it was written."""

    exit_code = 21


class FetchFailed(EtlError):
    """A live service that did not give what was asked; no vintage was made."""

    exit_code = 22


def report(faults: tuple[Fault, ...]) -> str:
    """The faults as an operator reads them: place, then each value with its rows, then the way out."""
    groups: dict[tuple[str, str, Kind, str], list[Fault]] = defaultdict(list)
    for fault in faults:
        groups[fault.where, fault.file, fault.kind, fault.fix].append(fault)
    return "\n".join(_paragraph(*key, found) for key, found in groups.items())


_MOST_LINES = 30


def _paragraph(where: str, file: str, kind: Kind, fix: str, found: list[Fault]) -> str:
    same: dict[tuple[str | None, str, str], list[int]] = defaultdict(list)
    for fault in found:
        rows = same[fault.column, fault.seen, fault.expected]
        if fault.row is not None:
            rows.append(fault.row)
    title = kind.name.lower().replace("_", " ")
    lines = [f"{where}, {file}: {title} ({len(found)})"]
    for (column, seen, expected), rows in list(same.items())[:_MOST_LINES]:
        at = f"row {', '.join(map(str, sorted(rows)[:8]))}{' …' if len(rows) > 8 else ''}: " if rows else ""
        of = f"{column} " if column else ""
        lines.append(f"  {at}{of}{seen}; {expected}")
    if len(same) > _MOST_LINES:
        lines.append(f"  … and {len(same) - _MOST_LINES} more like these")
    return "\n".join([*lines, f"  {fix}"])
