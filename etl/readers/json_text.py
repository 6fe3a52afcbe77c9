"""JSON as published: every object's keys once, every number with its digits as printed."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from etl.readers.cells import BadFile

AGAIN = "Ask the publisher for the file again."


class Numeral(str):
    """A JSON number as it stands in the file: 10.50 stays 10.50."""

    __slots__ = ()


def load(path: Path) -> tuple[object, str, list[str]]:
    """A JSON document.

    Returns:
        The document with numbers as Numeral, its encoding, and what is odd about it.

    Raises:
        BadFile: no JSON, a key twice in one object, NaN or infinity, or nested without end.
    """
    raw = path.read_bytes()
    text, encoding, remarks = _text(raw)
    start = text.lstrip()[:200].lower()
    if not start:
        raise BadFile("", "an empty file", "JSON", "Get the file again.")
    if start.startswith("<"):
        kind = "an HTML page" if "html" in start else "XML or HTML"
        raise BadFile(
            "", f"{kind}, not JSON", "JSON", "The service answered with a page: look at it, then ask again."
        )
    try:
        made = json.loads(text, parse_float=Numeral, parse_int=Numeral, parse_constant=_constant,
                          object_pairs_hook=_once)  # fmt: skip
    except json.JSONDecodeError as e:
        raise BadFile(f"row {e.lineno}, column {e.colno}", f"broken JSON ({e.msg})", "a whole JSON document",
                      "The file is cut off or damaged: get it again.") from e  # fmt: skip
    except RecursionError as e:
        raise BadFile(
            "", "JSON nested without end", "at most some hundred levels", "Ask where the file is from."
        ) from e
    return made, encoding, remarks


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
