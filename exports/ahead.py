"""Work that overlaps: the next piece is made in a thread while the last one is packed or sent."""

from collections.abc import Generator
from queue import Full, Queue
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")
HELD = 1
"""Pieces that wait: all that is held in memory beside the one in each hand."""
_LOOK = 0.2
"""Seconds after which a maker who waits looks whether anybody still wants its piece."""


def ahead(pieces: Generator[T, None, None], held: int = HELD) -> Generator[T, None, None]:
    """The same pieces in their order.

    Whoever stops reading ends the making too, so that a reader who hangs up leaves no thread and no
    open question behind.

    Raises:
        Exception: whatever stopped the making of a piece, after the pieces before it.
    """
    ready: Queue[tuple[T, ...] | Exception] = Queue(maxsize=held)
    left = Event()
    maker = Thread(target=_made, args=(pieces, ready, left), daemon=True)
    maker.start()
    try:
        while got := ready.get():
            if isinstance(got, Exception):
                raise got
            yield got[0]
    finally:
        left.set()
        maker.join()


def _made(pieces: Generator[T, None, None], ready: "Queue[tuple[T, ...] | Exception]", left: Event) -> None:
    """Each piece in a tuple of its own; an empty one is the end."""
    last: tuple[T, ...] | Exception = ()
    try:
        for piece in pieces:
            if not _handed((piece,), ready, left):
                break
    except Exception as fault:
        last = fault
    finally:
        try:
            pieces.close()
        finally:  # whoever waits is told of the end in any case
            _handed(last, ready, left)


def _handed(piece: tuple[T, ...] | Exception, ready: "Queue[tuple[T, ...] | Exception]", left: Event) -> bool:
    """Whether anybody took it."""
    while not left.is_set():
        try:
            ready.put(piece, timeout=_LOOK)
        except Full:
            continue
        return True
    return False
