"""The text of a published file: which encoding it is in, and its letters as UTF-8, exactly.

Strict throughout: no letter is ever replaced. A file that is valid UTF-8 is read where it lies; any other
is decoded whole and kept as UTF-8 bytes. Byte orders and marks are facts; an eight-bit code page is an
inference from the letters, so it is told as a remark.
"""

import codecs
import mmap
import re
from dataclasses import dataclass
from pathlib import Path

from etl.readers.cells import BadFile

PART = 4 * 1024 * 1024
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32 stands before UTF-16: its mark begins with the other's."""

LETTERS = {
    "cp1252": "àâäáãåæçèéêëìíîïñòóôöõøœùúûüÿßÀÂÄÁÃÅÆÇÈÉÊËÍÎÏÑÓÔÖÕØŒÙÚÛÜ",
    "cp1254": "âäáçéèêîïıİğĞöóôşŞüûúÇÖÜÉ",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯёЁіІїЇєЄґўЎ",
    "cp1250": "áäąâăćčçďéęěëíîłĺľńňóôöőŕřśšşťţúůüűýźžżĄÁÂÄĆČÇĎÉĘĚÍÎŁĽŃŇÓÖŐŘŚŠŞŤÚŮÜŰÝŹŽŻ",
    "cp1257": "āäčēėęģīįķļņöõšūųüžĀČĒĖĢĪĶĻŅÕÖŠŪŲÜŽ",
    "cp1253": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ",
    "iso-8859-2": "áäąâăćčçďéęěëíîłĺľńňóôöőŕřśšşťţúůüűýźžżĄÁÂÄĆČÇĎÉĘĚÍÎŁĽŃŇÓÖŐŘŚŠŞŤÚŮÜŰÝŹŽŻ",
    "iso-8859-5": "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯёЁіІїЇєЄўЎ",
}
"""Code page → letters of the languages that are written in it; the first of equals is taken."""
SIGNS = "§©®°±²³¹·»«–—‘’“”„…•†‡€£¥¢µ×÷№¼½¾ªº¡¿ ´¶"
WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 20_000


@dataclass(frozen=True)
class Text:
    """The text of a file.

    Attributes:
        path: the file.
        encoding: "utf-8", "utf-8-sig", "utf-16", "cp1251" and so on.
        data: the text in UTF-8 without mark; lines end in line feeds (or carriage return and line feed).
        remarks: what was inferred.
        lies: True where `path` itself holds `data`, so that it can be read in parts.
    """

    path: Path
    encoding: str
    data: "bytes | mmap.mmap"
    remarks: tuple[str, ...] = ()
    lies: bool = False

    def start(self, size: int) -> str:
        """The first `size` bytes as text, cut at a whole letter."""
        return self.data[:size].decode("utf-8", "ignore").removeprefix("\ufeff")

    def release(self) -> None:
        """Give back the memory of what was read of a file that lies on disk; it can be read again."""
        if isinstance(self.data, mmap.mmap):
            self.data.madvise(mmap.MADV_DONTNEED)


def load(path: Path) -> Text:
    """The text of a file, decoded strictly.

    Raises:
        BadFile: the file is empty, holds NUL bytes, or is in no encoding known here.
    """
    size = path.stat().st_size
    if not size:
        raise BadFile("", "an empty file", "text", "Fetch the file again.")
    with path.open("rb") as opened:
        data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    encoding = _marked(data[:4]) or _unmarked_utf16(data[:SAMPLE])
    if encoding in (None, "utf-8-sig") and _is_utf8(data):
        _refuse_nul(data)
        name = encoding or "utf-8"
        data.madvise(mmap.MADV_DONTNEED)
        return _with_line_feeds(Text(path, name, data, (), True))
    if encoding is None:
        _refuse_nul(data)
        encoding = _code_page(data[:])
        remark = f"encoding read as {encoding}, inferred from the letters"
        return _with_line_feeds(Text(path, encoding, _decoded(data[:], encoding).encode(), (remark,)))
    text = _decoded(data[:], encoding).removeprefix("\ufeff")
    if "\0" in text:
        _refuse_nul(text.encode())
    return _with_line_feeds(Text(path, encoding, text.encode()))


def decode(raw: bytes) -> tuple[str, str]:
    """Bytes of a small text → its letters and its encoding, by the rules of `load`."""
    if not raw:
        return "", "utf-8"
    encoding = _marked(raw[:4]) or _unmarked_utf16(raw[:SAMPLE])
    if encoding is None:
        _refuse_nul(raw)
        encoding = "utf-8" if _is_utf8(raw) else _code_page(raw)
    text = _decoded(raw, encoding).removeprefix("\ufeff")
    if "\0" in text:
        _refuse_nul(text.encode())
    return text, encoding


def _marked(head: bytes) -> str | None:
    return next((name for mark, name in MARKS if head.startswith(mark)), None)


def _unmarked_utf16(sample: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of plain letters and digits is a NUL."""
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    even, odd = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if odd > 0.4 * pairs and even < 0.02 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.02 * pairs:
        return "utf-16-be"
    return None


def _is_utf8(data: "bytes | mmap.mmap") -> bool:
    """Whether all bytes are UTF-8; read in parts, so that a large file is not held twice."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), PART):
            part = data[at : at + PART]
            if not (part.isascii() and not decoder.getstate()[0]):
                decoder.decode(part, at + PART >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def _refuse_nul(data: "bytes | mmap.mmap") -> None:
    at = data.find(b"\0")
    if at >= 0:
        line = data[:at].count(b"\n") + 1
        raise BadFile(
            f"byte {at + 1}, line {line}",
            "a NUL byte",
            "text",
            "The file is damaged or not a text; fetch it again.",
        )


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding, "strict")
    except UnicodeDecodeError as wrong:
        raise BadFile(
            f"byte {wrong.start + 1}",
            f"bytes that are not {encoding}",
            f"text in {encoding}",
            "Save the file as UTF-8, or fetch it again if it was cut off.",
        ) from wrong


def _code_page(raw: bytes) -> str:
    """The code page whose letters make the most sensible words of the bytes above 127."""
    sample = _high_lines(raw)
    scores = {name: score for name in LETTERS if (score := _sense(sample, name)) is not None}
    whole = [name for name in sorted(scores, key=lambda name: -scores[name]) if decodes(raw, name)]
    if not whole:
        raise BadFile(
            "",
            "bytes of no known encoding",
            "UTF-8, UTF-16 or a Windows code page",
            "Save the file as UTF-8.",
        )
    return whole[0]


def _high_lines(raw: bytes) -> bytes:
    """Lines that hold bytes above 127, up to the size of a sample."""
    found, size = [], 0
    for line in re.finditer(rb"[^\r\n]*[\x80-\xff][^\r\n]*", raw):
        found.append(line.group()[:2000])
        size += len(found[-1])
        if size > SAMPLE:
            break
    return b"\n".join(found)


def decodes(raw: bytes, encoding: str) -> bool:
    """Whether an encoding reads every byte."""
    try:
        raw.decode(encoding)
    except UnicodeError:
        return False
    return True


def _sense(sample: bytes, encoding: str) -> float | None:
    """How well the high bytes read in a code page: its letters count for it, oddities against it."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return None
    letters = frozenset(LETTERS[encoding])
    high = [c for c in text if ord(c) > 127]
    score = sum(1.0 if c in letters else 0.3 if c in SIGNS else -2.0 for c in high)
    return (score + sum(map(_oddity, WORD.findall(text)))) / max(1, len(high))


def _oddity(word: str) -> float:
    """Capitals inside, two scripts, accents alone, or Cyrillic amid Latin are signs of a wrong reading."""
    if word.isascii():
        return 0.0
    body = word[1:]
    inner = not word.isupper() and body != body.lower()
    plain = any(c.isascii() for c in word)
    foreign = any("\u0370" <= c <= "\u04ff" for c in word)
    lone = foreign and len(word) == 1
    accents = len(word) > 2 and not plain and not foreign  # no word of Latin letters is all accents
    return -1.5 * (inner + (plain and foreign) + accents) - 0.5 * lone


def _with_line_feeds(text: Text) -> Text:
    """The same text with line feeds, where the file ends its lines with carriage returns alone."""
    if text.data.find(b"\n") >= 0 or text.data.find(b"\r") < 0:
        return text
    data = text.data[:].replace(b"\r", b"\n")
    return Text(text.path, text.encoding, data, (*text.remarks, "lines end in carriage returns"))
