"""The pages of one answer: all of them, of one state of the service, each a file as it came."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from etl.errors import FetchFailed
from etl.live.download import Download, download
from etl.live.line import Line
from etl.live.services import Ask

STATE = ("pages", "total", "lastupdated")
"""What every page must say alike: another number on a later page is another state of the service."""


def downloads(
    line: Line, ask: Ask, folder: Path, known: Mapping[str, Any], last: Path | None
) -> list[Download]:
    """The download of a request, or those of all its pages.

    Args:
        line: of this run.
        ask: the request; of its first page.
        folder: of what is being fetched.
        known: file → what the last receipt says of it.
        last: folder of the last vintage, where a page that has not changed stands.

    Raises:
        FetchFailed: what download() raises; pages of several states, rows that are lacking, a limit.
    """
    first = download(line, ask, folder, known.get(ask.file, {}))
    if ask.most:
        _refuse_cut(ask, _path(first, last))
    told = _told(_path(first, last)) if ask.pages else None
    if ask.pages is None or told is None:
        return [first]
    if told["pages"] > ask.pages["most"]:
        raise FetchFailed(f"{ask.address}: {told['pages']} pages; at most {ask.pages['most']} are fetched")
    got, rows = [first], told["rows"]
    for page in _further(ask, told["pages"]):
        one = download(line, page, folder, known.get(page.file, {}))
        rows += _same(told, _told(_path(one, last)), page, len(got) + 1)
        got.append(one)
    if rows != told["total"]:
        raise FetchFailed(
            f"{ask.address}: {rows:,} rows came on {len(got)} pages, {told['total']:,} announced"
        )
    return got


def _further(ask: Ask, pages: int) -> Iterator[Ask]:
    for number in range(2, pages + 1):
        yield ask.page(number)


def _path(got: Download, last: Path | None) -> Path:
    if got.path is not None:
        return got.path
    if last is None or not (last / got.file).exists():
        raise FetchFailed(f"{got.file} has not changed, the service says, but it is not here")
    return last / got.file


def _told(path: Path) -> dict[str, Any] | None:
    """What a page says of itself; None for what is no page: the reader has a word for it."""
    try:
        answer = orjson.loads(path.read_bytes())
        head, rows = answer
        said = {name: int(head[name]) for name in ("page", "pages", "total")}
    except (orjson.JSONDecodeError, TypeError, ValueError, KeyError):
        return None
    return said | {"rows": len(rows or []), "lastupdated": head.get("lastupdated")}


def _same(first: Mapping[str, Any], told: Mapping[str, Any] | None, page: Ask, number: int) -> int:
    """The rows of a further page; raises where it is not of the state of the first."""
    if told is None:
        raise FetchFailed(f"{page.file} is no page like the first: the service changed while it was read")
    other = [name for name in STATE if told[name] != first[name]]
    if told["page"] != number:
        raise FetchFailed(f"{page.file}: page {told['page']} came in place of page {number}")
    if other:
        seen = ", ".join(f"{n} {told[n]} (page 1: {first[n]})" for n in other)
        raise FetchFailed(f"{page.file} says {seen}: the service changed while it was read; fetch again")
    return int(told["rows"])


def _refuse_cut(ask: Ask, path: Path) -> None:
    """Raise where as many rows came as the service gives at most: the rest would be lacking."""
    most = ask.most or {}
    try:
        answer = orjson.loads(path.read_bytes())
        rows = len(answer[most["rows"]])
    except (orjson.JSONDecodeError, TypeError, KeyError):
        return  # the reader has a word for it
    if rows >= most["at"]:
        raise FetchFailed(
            f"{ask.address}: {rows:,} rows, as many as the service gives at most: ask in parts (`each`)"
        )
