"""In which format an answer goes out, under which tag, and until when."""

import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_options_header

from exports.api.endpoints import JSON, Endpoint, Replaced
from exports.api.problems import Problem

HOUSE = Path(__file__).parents[2]
_CODE = ("exports", "indicators")
_KINDS = {".py", ".sql", ".csv", ".yaml", ".po"}
MEDIA = "application/json"


def form(endpoint: Endpoint, values: Mapping[str, Any], faults: list[tuple[str, str]]) -> str:
    """The format of an answer: `format`, else what Accept likes best, else JSON.

    What goes wrong with pages in another format than JSON is added to `faults`.

    Raises:
        Problem: Accept names nothing that is made here.
    """
    chosen = str(values.get("format") or "") or _accepted(endpoint)
    if chosen != JSON and endpoint.paged:
        paged = [name for name in ("page", "page_size") if name in values]
        faults += [(name, f"{name}= belongs to JSON; a file is sent whole") for name in paged]
    return chosen


def _accepted(endpoint: Endpoint) -> str:
    if endpoint.streams or not request.accept_mimetypes:
        return JSON
    made = {MEDIA: JSON}
    for name, media in endpoint.media.items():
        made.setdefault(media.partition(";")[0], name)
    likes = _likes({media.partition(";")[0]: media for media in endpoint.media.values()})
    best = likes.best_match(list(made))
    if best is None:
        raise Problem(406, [("", f"Accept names none of {', '.join(made)}")])
    return JSON if likes.quality(MEDIA) >= likes.quality(best) else made[best]


def _likes(whole: Mapping[str, str]) -> MIMEAccept:
    """What Accept names, without parameters: a charset is ours to say, another version is not made here.

    Args:
        whole: media type without its parameters → the same with them.
    """
    kept = []
    for value, weight in request.accept_mimetypes:
        kind, said = parse_options_header(value)
        ours = parse_options_header(whole.get(kind, ""))[1].get("version", "")
        if not said.get("version") or _plain(said["version"]) == _plain(ours):
            kept.append((kind, weight))
    return MIMEAccept(kept)


def _plain(version: str) -> str:
    """2.0 and 2.0.0 are one version."""
    return version.removesuffix(".0").removesuffix(".0")


def tag(*parts: str, dated: bool = False) -> str:
    """The tag of an answer: release, question, code that answers, the day if it matters."""
    day = [datetime.now(UTC).date().isoformat()] if dated else []
    return digest("\n".join([_code(), *parts, *day]).encode())


def digest(content: bytes) -> str:
    """A short name of bytes."""
    return sha256(content).hexdigest()[:24]


@cache
def _code() -> str:
    """A name of the code and the words that make answers: another version makes other answers."""
    found = sha256()
    for folder in _CODE:
        for path in sorted(p for p in (HOUSE / folder).rglob("*") if p.suffix in _KINDS):
            found.update(path.read_bytes())
    return found.hexdigest()


def until(pieces: bytes | Iterable[bytes], seconds: float) -> Iterator[bytes]:
    """The pieces of a file, cut off after so long: whoever reads so slowly holds a place for nothing."""
    end = time.monotonic() + seconds
    for piece in [pieces] if isinstance(pieces, bytes) else pieces:
        if time.monotonic() > end:
            raise TimeoutError(f"a file was still being sent after {seconds:.0f} s")
        yield piece


def replaced(how: Replaced | None) -> dict[str, str]:
    """The headers of an address that is deprecated."""
    if how is None:
        return {}
    return {
        "Deprecation": f"@{how.since}",
        "Sunset": how.until,
        "Link": f'<{how.by}>; rel="successor-version"',
    }
