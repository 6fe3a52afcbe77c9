"""What is wrong with a file, in words. Nothing else is imported here: the guard's parent stays small."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")
MOST = 5
"""Faults of one file that are told one by one."""


class BadFile(ValueError):
    """A file that cannot be read as what it seems to be; nothing was made of it.

    Attributes:
        place: "row 12, column 3", "sheet Table 1", "byte 4096"; "" for the whole file.
        seen: what is there.
        expected: what would have been right.
        fix: what to do.
    """

    def __init__(self, place: str, seen: str, expected: str, fix: str) -> None:
        at = f"{place}: " if place else ""
        super().__init__(f"{at}{seen}; expected {expected}. {fix}")
        self.place, self.seen, self.expected, self.fix = place, seen, expected, fix


def together(faults: Sequence[BadFile], more: int = 0) -> BadFile:
    """Several faults of one file as one: the first whole, the next by place, the rest by their number.

    Args:
        faults: at least one, in the order of the file.
        more: how many there are beside these.
    """
    first, others, rest = faults[0], faults[1:MOST], len(faults[MOST:]) + more
    if not others and not rest:
        return first
    also = [f"{fault.place}: {fault.seen}" for fault in others]
    also += [f"and {rest:,} more"] if rest else []
    return BadFile(first.place, first.seen, first.expected, f"{first.fix} Also: {'; '.join(also)}.")


def each_of(things: Iterable[Thing], read: Callable[[Thing], Made]) -> list[Made]:
    """What `read` makes of each thing.

    Raises:
        BadFile: the faults of all of them together, once every one has been looked at.
    """
    made: list[Made] = []
    faults: list[BadFile] = []
    for thing in things:
        try:
            made.append(read(thing))
        except BadFile as bad:
            faults.append(bad)
    if faults:
        raise together(faults)
    return made
