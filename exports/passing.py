"""A file of which nothing stays: writers that want one to write to, and bytes that leave at once."""

import io


class Passing(io.RawIOBase):
    """A file that keeps nothing: what is written is taken away, and only its length is remembered."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._length = 0

    def writable(self) -> bool:
        """It is for writing only."""
        return True

    def write(self, piece: object, /) -> int:
        """Keep a piece until it is taken."""
        copied = bytes(memoryview(piece))  # type: ignore[arg-type]
        self._pieces.append(copied)
        self._length += len(copied)
        return len(copied)

    def tell(self) -> int:
        """The place in the file."""
        return self._length

    def taken(self) -> bytes:
        """All that was written since it was last taken."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
