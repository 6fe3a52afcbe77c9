"""The package of a deck: parts numbered without looking through all of them, and written once.

python-pptx looks at every part to number a new one, and packs an archive that then had to be packed anew
for fixed times: a fifth of the time of a deck.
"""

from collections.abc import Iterator
from typing import Any

from pptx.opc.packuri import PackURI
from pptx.opc.serialized import PackageWriter

from exports.archive import packed


def numbered(deck: Any) -> None:
    """From now on the new parts of a deck are numbered one after another."""
    package = deck.part.package
    taken = {str(part.partname) for part in package.iter_parts()}

    def following(pattern: str) -> PackURI:
        number = last.get(pattern, 0) + 1
        while pattern % number in taken:
            number += 1
        last[pattern] = number
        return PackURI(pattern % number)

    last: dict[str, int] = {}
    package.next_partname = following


def packaged(deck: Any) -> bytes:
    """The file of a deck; the same deck, the same bytes."""
    package = deck.part.package
    writer: Any = _Parts()
    kept = PackageWriter(writer, package._rels, tuple(package.iter_parts()))
    kept._write_content_types_stream(writer)
    kept._write_pkg_rels(writer)
    kept._write_parts(writer)
    return packed(writer)


class _Parts:
    """What python-pptx takes for an archive: it keeps the parts as they are written."""

    def __init__(self) -> None:
        self._parts: list[tuple[str, bytes]] = []

    def write(self, name: Any, body: bytes) -> None:
        """Keep a part."""
        self._parts.append((name.membername, body))

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        return iter(self._parts)
