"""Fetch: a new vintage of a source from the live service that publishes it.

source.yaml says under `service` what to ask for:

service
  - file: cult_emp_sex.tsv        the name it gets in the vintage
    address: https://…            the whole address
    accept: text/csv              media type asked for, where the service has several
    key: {parameter: k, environment: SERVICE_KEY}    where it wants one: never in a file of ours

A vintage is whole or not there: files come into a folder beside the vintages, are read as the source
reads them, and only then does the folder get its name. What was begun and cut off is resumed. A
service that says nothing has changed, or gives the same bytes, makes no vintage. Every fault leaves
the vintages as they are, so that the last one goes on serving.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import yaml
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, stop_after_delay

from etl.errors import BuildStopped, Fault, FetchFailed
from etl.source import Source, Vintage
from etl.steps.receive import RECEIPT, printed, stamp, vintages

TIMEOUT = httpx.Timeout(30.0, connect=10.0)
ATTEMPTS, AT_LONGEST = 6, 600.0
LONGEST_WAIT = 60.0
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers of a service that is busy or broken for now."""
HEADERS = {"User-Agent": "creative-economy-indicators", "Accept-Encoding": "identity"}
"""Bytes as they are, so that their number can be checked and a cut can be resumed."""
MOST = 2 << 30
"""Bytes of one download."""
PARTIAL = ".partial"
"""Folder of what is being fetched; no vintage begins with a dot."""

Say = Callable[[str], None]


class _Later(Exception):
    """Worth another attempt; `wait` is what the service asks for, in seconds, or None."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


@dataclass(frozen=True)
class Download:
    """One file that was asked for.

    Attributes:
        path: where it is; None where the service says that nothing has changed.
        address: asked, without the key.
        headers: of the answer that concern the file: ETag, Last-Modified, Content-Type.
    """

    path: Path | None
    address: str
    headers: Mapping[str, str] = field(default_factory=dict)


def fetch(source: Source, raw: Path, *, say: Say, now: datetime | None = None, pause: float = 1.0) -> str:
    """Get a new vintage of `source`; says in one line what came of it.

    Args:
        source: one with `service` in its source.yaml.
        raw: data/raw.
        say: told of every attempt that failed.
        now: the time that names the vintage; None = now.
        pause: seconds before the second attempt; doubled for each further one.

    Raises:
        FetchFailed: offline, refused, cut off too often, no data, a changed structure.
    """
    wanted = source.facts.get("service")
    if not wanted:
        raise FetchFailed(f"{source.id} has no `service` in its source.yaml: it is brought in by hand")
    editions, faults = vintages(source, raw)
    if faults and any((raw / source.id).glob("[!.]*")):
        raise BuildStopped(faults)
    last = editions[-1] if editions else None
    folder = raw / source.id / PARTIAL
    folder.mkdir(parents=True, exist_ok=True)
    known = _known(last)
    with httpx.Client(timeout=TIMEOUT, follow_redirects=True, headers=HEADERS) as client:
        got = [
            _one(client, asked, folder, known.get(str(asked["file"]), {}), last, say, pause)
            for asked in wanted
        ]
    if last and all(_unchanged(d, last) for d in got):
        shutil.rmtree(folder)
        return f"{source.id}: nothing has changed since {last.name}"
    return _kept(source, raw, folder, got, last, now or datetime.now(UTC))


def _known(last: Vintage | None) -> dict[str, Mapping[str, str]]:
    """What the last vintage says of each of its files."""
    return {str(f["file"]): f for f in last.receipt.get("files") or []} if last else {}


def _one(
    client: httpx.Client, asked: Mapping[str, Any], folder: Path, known: Mapping[str, str],
    last: Vintage | None, say: Say, pause: float,
) -> Download:  # fmt: skip
    """Download one file, attempt by attempt."""
    name, address = str(asked["file"]), str(asked["address"])
    keyed = _with_key(address, asked.get("key"))

    def wait(state: RetryCallState) -> float:
        fault = state.outcome.exception() if state.outcome else None
        asked_for = fault.wait if isinstance(fault, _Later) else None
        return min(
            asked_for if asked_for is not None else pause * 2 ** (state.attempt_number - 1), LONGEST_WAIT
        )

    def told(state: RetryCallState) -> None:
        fault = state.outcome.exception() if state.outcome else None
        say(f"{name}: {fault}; attempt {state.attempt_number} of {ATTEMPTS}")

    attempts = Retrying(
        retry=retry_if_exception_type(_Later), wait=wait, before_sleep=told, reraise=True, sleep=time.sleep,
        stop=stop_after_attempt(ATTEMPTS) | stop_after_delay(AT_LONGEST),
    )  # fmt: skip
    try:
        return attempts(_attempt, client, keyed, address, asked.get("accept"), folder / name, known)
    except (_Later, FetchFailed) as fault:
        raise FetchFailed(f"{name}: {fault}. {_serving(last)}") from None
    except httpx.ConnectError as fault:
        raise FetchFailed(f"{address} cannot be reached ({fault}): offline? {_serving(last)}") from None
    except httpx.HTTPError as fault:
        raise FetchFailed(f"{name}: {fault}. {_serving(last)}") from None


def _with_key(address: str, key: Mapping[str, str] | None) -> httpx.URL:
    if key is None:
        return httpx.URL(address)
    secret = os.environ.get(key["environment"])
    if not secret:
        raise FetchFailed(f"{address} wants a key: set the environment variable {key['environment']}")
    return httpx.URL(address).copy_merge_params({key["parameter"]: secret})


def _serving(last: Vintage | None) -> str:
    return f"The vintage {last.name} goes on serving." if last else "There is no vintage of it yet."


def _attempt(
    client: httpx.Client,
    url: httpx.URL,
    address: str,
    accept: str | None,
    path: Path,
    known: Mapping[str, str],
) -> Download:
    """One request; goes on where the last one was cut off."""
    part = path.with_suffix(path.suffix + ".part")
    begun = part.stat().st_size if part.exists() else 0
    tag = part.with_suffix(".etag")
    headers = {"Accept": accept or "*/*"} | _conditions(known, begun, tag)
    try:
        with client.stream("GET", url, headers=headers) as answer:
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return Download(None, address)
            _judge(answer, address)
            if answer.status_code != httpx.codes.PARTIAL_CONTENT:
                begun = 0
            encoded = "content-encoding" in answer.headers
            tag.write_text("" if encoded else answer.headers.get("etag", ""), "utf-8")
            _stored(answer, part, begun)
    except (httpx.TimeoutException, httpx.RemoteProtocolError, httpx.ReadError) as fault:
        raise _Later(f"the connection broke ({type(fault).__name__})") from None
    part.replace(path)
    tag.unlink()
    kept = {k: answer.headers[k] for k in ("etag", "last-modified", "content-type") if k in answer.headers}
    return Download(path, address, kept)


def _conditions(known: Mapping[str, str], begun: int, tag: Path) -> dict[str, str]:
    if begun and tag.exists() and tag.read_text("utf-8"):
        return {"Range": f"bytes={begun}-", "If-Range": tag.read_text("utf-8")}
    asked = {"If-None-Match": known.get("etag"), "If-Modified-Since": known.get("last_modified")}
    return {name: value for name, value in asked.items() if value}


def _judge(answer: httpx.Response, address: str) -> None:
    """Raise for anything but data."""
    if answer.status_code in AGAIN:
        raise _Later(f"the service answers {answer.status_code} {answer.reason_phrase}", _retry_after(answer))
    if not answer.is_success:
        raise FetchFailed(f"{address}: the service answers {answer.status_code} {answer.reason_phrase}")
    if "html" in answer.headers.get("content-type", ""):
        raise FetchFailed(
            f"{address}: a web page came in place of data: its address or its terms may have changed"
        )


def _retry_after(answer: httpx.Response) -> float | None:
    """Seconds that the service asks us to wait: a number, or a date."""
    said = answer.headers.get("retry-after", "")
    if said.isdecimal():
        return float(said)
    try:
        return max((parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return None


def _stored(answer: httpx.Response, part: Path, begun: int) -> None:
    """Write what comes; less than was announced is a cut that can be resumed."""
    size = begun
    with part.open("ab" if begun else "wb") as file:
        for piece in answer.iter_bytes():
            size += len(piece)
            if size > MOST:
                raise FetchFailed(f"more than {MOST:,} bytes came: no table that we read is so large")
            file.write(piece)
    announced = answer.headers.get("content-length")
    encoded = "content-encoding" in answer.headers
    if announced and not encoded and size - begun != int(announced):
        raise _Later(f"{size - begun:,} of {announced} bytes came")
    if size == 0:
        raise FetchFailed("the service gave an empty file")


def _unchanged(got: Download, last: Vintage) -> bool:
    if got.path is None:
        return True
    before = _known(last).get(got.path.name, {})
    return before.get("sha256") == hashlib.sha256(got.path.read_bytes()).hexdigest()


def _kept(
    source: Source, raw: Path, folder: Path, got: list[Download], last: Vintage | None, now: datetime
) -> str:
    """Check what came as the source reads it, write the receipt, and give the folder its name."""
    for download in got:
        if download.path is None and last:  # unchanged, among others that are not
            name = next(n for n in _known(last) if not (folder / n).exists())
            shutil.copyfile(last.folder / name, folder / name)
    name = now.strftime("%Y-%m-%d")
    target = raw / source.id / name
    if target.exists():
        name = now.strftime("%Y-%m-%dT%H%M%S")
        target = raw / source.id / name
    said = dict(last.receipt if last else source.facts.get("receipt", {}))
    said |= {"retrieved_on": now.strftime("%Y-%m-%d"), "address": got[0].address, "files": []}
    said["published_on"] = _published(got) or (now.strftime("%Y-%m-%d") if not last else said["published_on"])
    (folder / RECEIPT).write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), "utf-8")
    headers = {d.path.name: {k.replace("-", "_"): v for k, v in d.headers.items()} for d in got if d.path}
    stamp(Vintage(source, name, folder, said), headers)
    receipt = yaml.safe_load((folder / RECEIPT).read_text("utf-8"))
    cells, faults = 0, list[Fault]()
    for draft in printed(Vintage(source, name, folder, receipt)):
        cells += draft.frame.height
        faults += draft.faults
    if faults:
        shutil.rmtree(folder)
        raise FetchFailed(
            f"what came is not what {source.id} reads: {BuildStopped(faults)}\n{_serving(last)}"
        )
    folder.rename(target)
    return f"{source.id}: the vintage {name} came, {cells:,} cells; run `python -m etl build`"


def _published(got: list[Download]) -> str | None:
    """The day of the newest file by the service's own word."""
    days = [
        parsedate_to_datetime(d.headers["last-modified"]).date() for d in got if "last-modified" in d.headers
    ]
    return max(days).isoformat() if days else None
