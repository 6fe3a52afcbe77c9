"""Bytes of a PC-Axis file to text, and its lists of periods."""

import codecs
import re

from etl.readers.cells import BadFile
from etl.readers.text import decodes

CODEPAGE = re.compile(rb'CODEPAGE\s*=\s*"([^"\r\n]{1,40})"', re.IGNORECASE)
CHARSET = re.compile(rb'CHARSET\s*=\s*"([^"\r\n]{1,40})"', re.IGNORECASE)
LANGUAGE = re.compile(rb'LANGUAGE\s*=\s*"([^"\r\n]{1,20})"', re.IGNORECASE)
SEARCHED = 65536
"""Bytes in which keywords about the letters are looked for."""
TABLES = re.compile(
    r"^(?:cp\d+|iso8859-\d+|utf-(?:8|8-sig|16|16-le|16-be)|koi8-[rtu]|mac-?[a-z]+|ascii|"
    r"gb\w+|big5|"
    r"euc_\w+|shift_jis|tis-620|kz1048|ptcp154)$"
)
"""Encodings that a file may ask for: Python knows more, and some of them are no tables of letters."""
BY_LANGUAGE = {
    "cp1251": ("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "tg", "mn"),
    "cp1254": ("tr", "az"),
    "cp1250": ("pl", "cs", "sk", "hu", "ro", "hr", "sl", "bs"),
    "cp1253": ("el", "gr"),
    "cp1257": ("lt", "lv", "et"),
}
TIMES = re.compile(r'TLIST\(\s*([A-Za-z]\d)\s*(?:,\s*"([^"]*)"\s*-\s*"([^"]*)")?\s*\)')
PER_YEAR = {"A": 1, "H": 2, "T": 3, "Q": 4, "M": 12, "W": 52}


def decode(raw: bytes) -> tuple[str, str, list[str]]:
    """Text, its encoding, and what is odd about it.

    A declaration is believed unless the bytes contradict it: valid UTF-8 beyond ASCII is UTF-8, since no
    text in another encoding looks like it by chance.

    Raises:
        BadFile: an empty or binary file, or bytes that no likely encoding reads.
    """
    if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return _strict(raw, "utf-16"), "utf-16", []
    if b"\0" in raw:
        raise BadFile(f"byte {raw.index(0)}", "a NUL", "text", "The file is binary or damaged: get it again.")
    if not raw.strip():
        raise BadFile("", "an empty file", 'keywords such as MATRIX="…";', "Get the file again.")
    if raw.startswith(codecs.BOM_UTF8):
        return _strict(raw, "utf-8-sig"), "utf-8-sig", []
    declared = _declared(raw)
    if not raw.isascii() and decodes(raw, "utf-8"):
        said = f"says CODEPAGE {declared}, but is UTF-8" if declared not in ("", "utf-8") else ""
        return raw.decode("utf-8"), "utf-8", [said] if said else []
    if declared and decodes(raw, declared):
        return _text(raw, declared), declared, []
    guessed = _guess(raw)
    named = CODEPAGE.search(raw[:SEARCHED])
    unknown = f"CODEPAGE {named[1].decode('ascii', 'replace')!r} is not known" if named else "no CODEPAGE"
    odd = f"{f'CODEPAGE {declared} does not read it' if declared else unknown}; read as {guessed}"
    return _text(raw, guessed), guessed, [odd] if declared or not raw.isascii() else []


def _declared(raw: bytes) -> str:
    """The encoding that CODEPAGE names, or "" for none or one that is unknown."""
    found = CODEPAGE.search(raw[:SEARCHED])
    if not found:
        return ""
    name = found[1].decode("ascii", "replace").strip()
    try:
        known = codecs.lookup("cp1252" if name.upper() == "ANSI" else name).name
    except LookupError:
        return ""
    if known == "iso8859-1" and re.search(rb"[\x80-\x9f]", raw):
        return "cp1252"  # what calls itself Latin 1 and holds these is from Windows
    return known if TABLES.match(known) else ""


def _guess(raw: bytes) -> str:
    """Without CODEPAGE: Windows if CHARSET says ANSI, by language; else DOS where the letters lie there."""
    language = LANGUAGE.search(raw[:SEARCHED])
    spoken = language[1].decode("ascii", "replace").lower()[:2] if language else ""
    windows = next((table for table, codes in BY_LANGUAGE.items() if spoken in codes), "cp1252")
    charset = CHARSET.search(raw[:SEARCHED])
    low, high = _count(raw, 0x80, 0xA5), _count(raw, 0xC0, 0xFF)
    if low > high and (not charset or b"ANSI" not in charset[1].upper()):
        return "cp866" if windows == "cp1251" else "cp850"
    return windows if decodes(raw, windows) else "iso8859-1"


def _count(raw: bytes, first: int, last: int) -> int:
    """How many bytes lie in a range."""
    return len(raw) - len(raw.translate(None, bytes(range(first, last + 1))))


def _strict(raw: bytes, encoding: str) -> str:
    """Text, or a word of where it is none."""
    try:
        return _text(raw, encoding)
    except UnicodeError as e:
        raise BadFile("", f"bytes that are not {encoding} ({e})", "text", "Get the file again.") from e


def _text(raw: bytes, encoding: str) -> str:
    """Text with one kind of line end."""
    text = raw.decode(encoding)
    if "\0" in text:
        raise BadFile("", "NUL characters", "text", "The file is binary or damaged: get it again.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def periods(timeval: str) -> tuple[str, list[str]]:
    """Kind and codes of TIMEVAL: 'TLIST(A1),"2003","2004"' or 'TLIST(A1,"1994"-"1996")'.

    Returns:
        "A1" and the periods as the file writes them; ("", []) where it says nothing.
    """
    found = TIMES.search(timeval)
    if not found:
        return "", []
    if found[2] is not None:
        return found[1], _span(found[1], found[2], found[3])
    return found[1], re.findall(r'"([^"]*)"', timeval[found.end() :])


def _span(kind: str, first: str, last: str) -> list[str]:
    """Every period from one to another, both included.

    Raises:
        BadFile: no range of such periods, or one of more than a thousand years.
    """
    steps = PER_YEAR.get(kind[0].upper())
    wide = {1: 0, 2: 1, 3: 1, 4: 1, 12: 2, 52: 2}.get(steps or 0, 0)
    pattern = rf"\d{{4}}\d{{{wide}}}"
    if not steps or not re.fullmatch(pattern, first) or not re.fullmatch(pattern, last):
        raise BadFile(
            "TIMEVAL", f"{kind} from {first[:20]} to {last[:20]}", "a range of periods", "Get the file again."
        )
    begin, end = (int(p[:4]) * steps + (int(p[4:]) - 1 if wide else 0) for p in (first, last))
    if not 0 <= end - begin < 1000 * steps:
        raise BadFile("TIMEVAL", f"{first} to {last}", "a range that goes forward", "Get the file again.")
    return [
        f"{n // steps}{n % steps + 1:0{wide}d}" if wide else str(n // steps) for n in range(begin, end + 1)
    ]
