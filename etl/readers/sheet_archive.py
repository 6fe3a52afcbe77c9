"""The zip around a workbook, opened with distrust: every part is inflated by us, to a limit, and counted."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from etl.readers.cells import BadFile

MOST_ENTRIES = 10_000
MOST_BYTES_PART = 100_000_000
MOST_BYTES_ALL = 250_000_000
MOST_TAGS = 8_000_000
"""Begins and ends of elements in one part: two million cells."""
_CHUNK = 1 << 16
_ENCRYPTED = 0x1
_HEADER = 30
AGAIN = "Get the file again, or save it again in a spreadsheet program."


class Parts:
    """The parts of one workbook, each inflated no further than it may be.

    Attributes:
        names: of every part.
    """

    def __init__(self, path: Path) -> None:
        """Open the archive.

        Raises:
            BadFile: not a whole zip, encrypted, or with too many parts.
        """
        self._path = path
        try:
            with zipfile.ZipFile(path) as archive:
                infos = archive.infolist()
        except (
            zipfile.BadZipFile,
            OSError,
            ValueError,
            NotImplementedError,
            EOFError,
            UnicodeError,
        ) as fault:
            raise BadFile("", f"not a whole zip: {fault}", "a workbook (a zip of XML parts)", AGAIN) from None
        if len(infos) > MOST_ENTRIES:
            raise BadFile("", f"{len(infos)} parts", f"at most {MOST_ENTRIES}", "Do not open this file.")
        self._infos = {info.filename: info for info in infos}
        if len(self._infos) != len(infos):
            raise BadFile("", "two parts of one name", "each part once", AGAIN)
        self.names = tuple(self._infos)
        self._spent: dict[str, int] = {}

    def size(self, name: str) -> int:
        """Bytes that a part is said to have; 0 for one that is not there."""
        info = self._infos.get(name)
        return info.file_size if info else 0

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a part, piece by piece.

        Raises:
            BadFile: no such part, larger than allowed or than it says, or damaged.
        """
        info = self._infos.get(name)
        if info is None:
            raise BadFile(name, "no such part", "a whole workbook", AGAIN)
        if info.flag_bits & _ENCRYPTED:
            raise BadFile(
                name, "an encrypted part", "a workbook without a password", "Save it without a password."
            )
        size, crc = 0, 0
        with self._path.open("rb") as file:
            for piece in _inflated(file, info):
                size += len(piece)
                crc = zlib.crc32(piece, crc)
                self._limit(name, size)
                yield piece
        if size != info.file_size or crc != info.CRC:
            raise BadFile(name, f"{size} bytes where the archive says {info.file_size}, or other bytes",
                          "a part as the archive describes it", AGAIN)  # fmt: skip

    def _limit(self, name: str, size: int) -> None:
        self._spent[name] = max(size, self._spent.get(name, 0))
        if size > MOST_BYTES_PART or sum(self._spent.values()) > MOST_BYTES_ALL:
            raise BadFile(name, f"more than {size >> 20} MB when unpacked",
                          f"at most {MOST_BYTES_PART:,} a part and {MOST_BYTES_ALL:,} in all",
                          "If it is what the publisher gave, ask for CSV.")  # fmt: skip


def _inflated(file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part, from its own header on; the sizes in the directory are not believed."""
    file.seek(max(0, info.header_offset))
    header = file.read(_HEADER)
    if len(header) < _HEADER or header[:4] != b"PK\x03\x04":
        raise BadFile(info.filename, "no header of a part", "a zip whose parts are where it says", AGAIN)
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    if info.compress_type == zipfile.ZIP_STORED:
        yield from _stored(file, info.compress_size)
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        yield from _deflated(file, info)
    else:
        raise BadFile(info.filename, f"compression {info.compress_type}", "stored or deflated parts", AGAIN)


def _stored(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left > 0 and (piece := file.read(min(left, _CHUNK))):
        left -= len(piece)
        yield piece


def _deflated(file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    engine, waiting = zlib.decompressobj(-15), b""
    try:
        while not engine.eof:
            waiting = waiting or file.read(_CHUNK)
            if not waiting:
                raise BadFile(info.filename, "the end of the file", "the rest of this part", AGAIN)
            yield engine.decompress(waiting, _CHUNK * 4)
            waiting = engine.unconsumed_tail
    except zlib.error as fault:
        raise BadFile(info.filename, f"damaged bytes ({fault})", "deflated bytes", AGAIN) from None


def parse(parts: Parts, name: str, parser: expat.XMLParserType | None = None) -> None:
    """Run a part through a parser that refuses declarations; handlers of `parser` see its elements.

    Raises:
        BadFile: it is not well-formed XML, or has a DOCTYPE, with which entities could be declared.
    """
    parser = parser or expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse(name)
    parser.buffer_text = True
    try:
        tags = 0
        for piece in parts.chunks(name):
            tags += piece.count(b"<")
            if tags > MOST_TAGS:
                raise BadFile(name, f"more than {MOST_TAGS:,} tags", "fewer", "Split it, or ask for CSV.")
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as fault:
        seen = f"XML that is not well-formed ({fault})"
        raise BadFile(name, seen, "a whole XML part", AGAIN) from None


def _refuse(name: str):  # type: ignore[no-untyped-def]  # expat calls it with whatever it has
    def found(*_: object) -> None:
        raise BadFile(name, "a DOCTYPE", "XML without declarations, as spreadsheet programs write it",
                      "Do not open this file; ask the publisher for another.")  # fmt: skip

    return found
