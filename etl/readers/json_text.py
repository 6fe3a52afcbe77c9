"""JSON as published: every object's keys once, every number with its digits as printed."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from etl.readers.cells import BadFile

AGAIN = "Ask the publisher for the file again."
HALF = re.compile(
    r"(?<!\\)\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\)(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


class Numeral(str):
    """A JSON number as it stands in the file: 10.50 stays 10.50."""

    __slots__ = ()


Document = tuple[object, str, list[str]]
_KEPT: dict[tuple[str, int, int], Document] = {}
"""The document that was looked at last, until its reader takes it: nothing is parsed twice."""


def peek(path: Path) -> object:
    """A JSON document, kept for the reader that is chosen by what it is; see `load`."""
    _KEPT.clear()
    _KEPT[_named(path)] = made = _loaded(path)
    return made[0]


def load(path: Path) -> Document:
    """A JSON document.

    Returns:
        The document with numbers as Numeral, its encoding, and what is odd about it.

    Raises:
        BadFile: no JSON, a key twice in one object, NaN or infinity, or nested without end.
    """
    kept = _KEPT.pop(_named(path), None)
    _KEPT.clear()
    return kept or _loaded(path)


def _named(path: Path) -> tuple[str, int, int]:
    about = path.stat()
    return str(path), about.st_mtime_ns, about.st_size


def _loaded(path: Path) -> Document:
    text, encoding, remarks = _text(path.read_bytes())
    text = text.removeprefix("\ufeff")
    start = text[:4096].lstrip()[:200].lower()
    if not start:
        raise BadFile("", "an empty file", "JSON", "Get the file again.")
    if start.startswith("<"):
        kind = "an HTML page" if "html" in start else "XML or HTML"
        raise BadFile(
            "", f"{kind}, not JSON", "JSON", "The service answered with a page: look at it, then ask again."
        )
    _refuse_halves(text)
    try:
        made = json.loads(text, parse_float=Numeral, parse_int=Numeral, parse_constant=_constant,
                          object_pairs_hook=_once)  # fmt: skip
    except json.JSONDecodeError as e:
        raise BadFile(f"row {e.lineno}, column {e.colno}", f"broken JSON ({e.msg})", "a whole JSON document",
                      "The file is cut off or damaged: get it again.") from e  # fmt: skip
    except BadFile as bad:
        raise _placed(bad, text) from None
    except RecursionError as e:
        raise BadFile(
            "", "JSON nested without end", "at most some hundred levels", "Ask where the file is from."
        ) from e
    return made, encoding, remarks


def _refuse_halves(text: str) -> None:
    """Half a letter (a lone surrogate) cannot be written down again.

    Raises:
        BadFile: names its row.
    """
    found = HALF.search(text) if "\\ud" in text or "\\uD" in text else None
    if found:
        raise BadFile(f"row {text.count(chr(10), 0, found.start()) + 1}", f"half a letter ({found[0]})",
                      "whole letters, or surrogates in pairs", AGAIN)  # fmt: skip


def _placed(bad: BadFile, text: str) -> BadFile:
    """A value that JSON does not have, with its row and column."""
    found = re.search(rf"(?<=[\[:,\s]){re.escape(bad.seen.rpartition(' ')[2])}(?=[\],\s}}])", text)
    if bad.place or not found:
        return bad
    row, start = text.count("\n", 0, found.start()) + 1, text.rfind("\n", 0, found.start())
    return BadFile(f"row {row}, column {found.start() - start}", bad.seen, bad.expected, bad.fix)


def _text(raw: bytes) -> tuple[str, str, list[str]]:
    """Text; JSON is Unicode, but some of it is written as Windows text."""
    encoding = json.detect_encoding(raw)
    try:
        return raw.decode(encoding), encoding, []
    except UnicodeError as e:
        if b"\0" in raw:
            raise BadFile(f"byte {raw.index(0)}", "a NUL", "text", "The file is binary or damaged.") from e
    return raw.decode("cp1252", "replace"), "cp1252", ["not UTF-8, as JSON should be; read as cp1252"]


def _constant(name: str) -> NoReturn:
    """NaN and infinity are no JSON."""
    raise BadFile("", f"the value {name}", "a number or null", "JSON has no such value: ask the publisher.")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; a key that stands twice would hide a value."""
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: dict[str, int] = {}
        for i, (key, _) in enumerate(pairs):
            if key in seen:
                raise BadFile(f"members {seen[key] + 1} and {i + 1} of an object of {len(pairs)}",
                              f"the key {key[:80]!r} twice", "each key once", AGAIN)  # fmt: skip
            seen[key] = i
    return made


def members(value: object, place: str) -> Mapping[str, object]:
    """An object.

    Raises:
        BadFile: it is another thing.
    """
    if not isinstance(value, dict):
        raise BadFile(place, _seen(value), "an object", AGAIN)
    return value


def number(value: object) -> int | None:
    """A whole number that stands as a number or in quotes; None for anything else."""
    return (
        int(value)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19
        else None
    )


def items(value: object, place: str) -> Sequence[object]:
    """A list; nothing is an empty one.

    Raises:
        BadFile: it is another thing.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadFile(place, _seen(value), "a list", AGAIN)
    return value


def texts(value: object, place: str) -> list[str]:
    """A list of texts.

    Raises:
        BadFile: it is another thing.
    """
    listed = items(value, place)
    if not all(isinstance(v, str) for v in listed):
        raise BadFile(place, "what is no text", "texts", AGAIN)
    return [str(v) for v in listed]


def whole(value: object, place: str) -> int:
    """A whole number from 0, in quotes or not.

    Raises:
        BadFile: it is another thing.
    """
    if not isinstance(value, str) or not value.isascii() or not value.isdigit() or len(value) > 18:
        raise BadFile(place, _seen(value), "a whole number", AGAIN)
    return int(value)


def scalar(value: object) -> str | None:
    """A text, number or truth value as it stands; None for null, objects and lists."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str) else None


def _seen(value: object) -> str:
    """What is there, in words."""
    kinds = {
        dict: "an object",
        list: "a list",
        type(None): "nothing",
        bool: "a truth value",
        Numeral: "a number",
    }
    return kinds.get(type(value)) or f"the text {str(value)[:40]!r}"
