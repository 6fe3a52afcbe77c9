"""The body of an answer: unpacked, measured, and refused where it is no data or not whole."""

import time
import zlib
from pathlib import Path

import httpx

from etl.errors import FetchFailed
from etl.live.line import Later, Line, Resumable

MOST = 2 << 30
"""Bytes of one download."""
SWELLS, LEAST = 200, 64 << 20
"""How many times its packed size an answer may be, once it is of so many bytes; tables of text reach 30."""
SNIFFED = 2048
TEXTS = (".csv", ".tsv")
"""Files that do not show by themselves that their end is lacking."""


def store(line: Line, answer: httpx.Response, part: Path, begun: int) -> None:
    """Write what comes, unpacked; the transport itself notices when less comes than was announced."""
    encoding = answer.headers.get("content-encoding", "identity").strip().lower() or "identity"
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise FetchFailed(f"the service packs its answer as {encoding}, which was not asked for")
    announced = answer.headers.get("content-length", "")
    if announced.isdecimal() and begun + int(announced) > MOST:
        raise FetchFailed(f"{int(announced):,} bytes are announced: no table that we read is so large")
    unpack = _Plain() if encoding == "identity" else _Gunzip()
    size = begun
    with part.open("ab" if begun else "wb") as file:
        for piece in answer.iter_raw():
            size += file.write(unpack(piece))
            if size > MOST:
                raise FetchFailed(f"more than {MOST:,} bytes came: no table that we read is so large")
            if time.monotonic() > line.until:
                raise Resumable("it took longer than this run may; what came is kept, fetch again to go on")
    if not unpack.whole:
        raise Later("the packed answer ends too soon")


class _Plain:
    whole = True

    def __call__(self, piece: bytes) -> bytes:
        return piece


class _Gunzip:
    """Unpacks gzip and knows whether its end came, which zlib alone does not mind."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)
        self._any = False
        self._packed = self._made = 0

    @property
    def whole(self) -> bool:
        return self._stream.eof or not self._any

    def __call__(self, piece: bytes) -> bytes:
        made = b""
        self._packed += len(piece)
        while piece:
            if self._stream.eof:  # another member
                self._stream = zlib.decompressobj(wbits=31)
            self._any = True
            try:
                made += self._stream.decompress(piece)
            except zlib.error as fault:
                raise Later(f"the packed answer cannot be unpacked ({fault})") from None
            piece = self._stream.unused_data
        self._made += len(made)
        if self._made > max(LEAST, SWELLS * self._packed):
            raise FetchFailed(f"{self._packed:,} packed bytes swell to {self._made:,}: no table, but a bomb")
        return made


def refuse_broken(part: Path, answer: httpx.Response) -> None:
    """Raise for a body that is none, or whose end may be lacking."""
    size = part.stat().st_size
    with part.open("rb") as file:
        head = file.read(SNIFFED)
        file.seek(max(size - 2, 0))
        end = file.read()
    total = answer.headers.get("content-range", "").rpartition("/")[2]
    if total.isdecimal() and int(total) != size:
        part.unlink()
        raise Later(f"{size:,} bytes are here, the service announces {int(total):,}")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not text:
        raise FetchFailed(f"{part.stem}: the service gave an empty file")
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        text.startswith(b"<") and b"<html" in text
    ):
        raise FetchFailed(
            f"{part.stem}: a web page came in place of data: the address or its terms may have changed"
        )
    announced = {"content-length", "transfer-encoding"} & set(answer.headers)
    if not announced and part.stem.endswith(TEXTS) and not end.endswith((b"\n", b"\r")):
        raise Later("the last line has no end, and the service did not say how much was to come")
