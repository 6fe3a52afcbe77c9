"""One download: asked politely, again where the service is busy, on from where it was cut off.

What is being fetched lies in a folder with two files beside it: `X.part`, what came so far, and `X.state`,
which says of what it is a part (address, ETag, Last-Modified). A part is only continued where the service
can say that the rest is of the same file (If-Range); otherwise it begins anew.
"""

import json
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from etl.errors import FetchFailed
from etl.live.body import refuse_broken, store
from etl.live.line import Later, Line, Resumable
from etl.live.services import Ask, Secrets

ATTEMPTS = 5
LONGEST_WAIT = 120.0
"""Seconds that a service may ask us to wait; beyond them it is for a person to come back."""
FRESH = timedelta(hours=1)
"""Age of a file of an interrupted run that is kept without asking for it again."""
HOPS = 5
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers of a service that is busy or broken for now."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Download:
    """One file that was asked for.

    Attributes:
        file: its name.
        path: where it is; None where the service says that it has not changed.
        facts: address, retrieved_at, etag, last_modified, content_type.
    """

    file: str
    path: Path | None
    facts: Mapping[str, str] = field(default_factory=dict)


def download(line: Line, ask: Ask, folder: Path, known: Mapping[str, Any]) -> Download:
    """Download one file into `folder`, attempt by attempt.

    Args:
        line: of this run.
        ask: what for.
        folder: of what is being fetched.
        known: what the last receipt says of this file.

    Raises:
        FetchFailed: unreachable, refused, no data; Resumable where a later run can go on.
    """
    kept = _kept(folder / ask.file, ask)
    if kept is not None:
        line.say(f"{ask.file}: here since {kept['retrieved_at']}, from the run before")
        return Download(ask.file, folder / ask.file, kept)

    def wait(state: RetryCallState) -> float:
        asked_for = float(getattr(_fault(state), "wait", None) or 0.0)
        return max(asked_for, line.pause * float(2 ** (state.attempt_number - 1)))

    def told(state: RetryCallState) -> None:
        said = f"{ask.file}: {_fault(state)}; attempt {state.attempt_number} of {ATTEMPTS}"
        line.say(ask.secrets.hide(said))

    attempts = Retrying(
        retry=retry_if_exception_type(Later), wait=wait, before_sleep=told, reraise=True, sleep=line.wait,
        stop=stop_after_attempt(ATTEMPTS),
    )  # fmt: skip
    try:
        line.politely()
        return attempts(_attempt, line, ask, folder / ask.file, known)
    except Later as fault:
        raise Resumable(f"{ask.file}: {fault} ({ask.address}), {ATTEMPTS} times") from None


def _fault(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _kept(path: Path, ask: Ask) -> dict[str, str] | None:
    """What an interrupted run wrote of a whole file that is still fresh."""
    state = _state(path)
    same = ask.method == "GET" and state.get("address") == ask.address  # a form stands in no state
    if not same or not path.exists() or "retrieved_at" not in state:
        return None
    age = datetime.now(UTC) - datetime.fromisoformat(state["retrieved_at"])
    return state if timedelta(0) <= age < FRESH else None


def _beside(path: Path, kind: str) -> Path:
    return path.with_name(f"{path.name}.{kind}")


def _state(path: Path) -> dict[str, str]:
    with suppress(OSError, ValueError):
        said = json.loads(_beside(path, "state").read_text("utf-8"))
        return {k: str(v) for k, v in said.items()} if isinstance(said, dict) else {}
    return {}


def _attempt(line: Line, ask: Ask, path: Path, known: Mapping[str, Any]) -> Download:
    """One request; goes on where the last one was cut off."""
    part, state = _beside(path, "part"), _state(path)
    same = ask.method == "GET" and state.get("address") == ask.address
    begun = part.stat().st_size if same and part.exists() else 0
    range_of = _range(begun, state)
    asked = range_of or _conditions(known, ask)
    try:
        with _answer(line, ask, {"Accept": ask.accept} | asked) as answer:
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return _unchanged(ask, asked)
            if range_of and answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                part.unlink()
                raise Later("there is no rest of what came: it is fetched anew")
            _judge(answer, ask)
            begun = _goes_on(answer, begun, part) if range_of else 0
            facts = _facts(answer, ask)
            _beside(path, "state").write_text(json.dumps(facts), "utf-8")
            store(line, answer, part, begun)
    except (httpx.TimeoutException, httpx.TransportError) as fault:
        raise _broken(fault, ask) from None
    refuse_broken(part, answer)
    part.replace(path)
    facts |= {"retrieved_at": datetime.now(UTC).isoformat(timespec="seconds")}
    _beside(path, "state").write_text(json.dumps(facts), "utf-8")
    return Download(ask.file, path, facts)


def _range(begun: int, state: Mapping[str, str]) -> dict[str, str]:
    """Headers that ask for the rest, if the service gave something to tell the file by."""
    etag = state.get("etag", "")
    sign = etag if etag and not etag.startswith("W/") else state.get("last_modified", "")
    return {"Range": f"bytes={begun}-", "If-Range": sign} if begun and sign else {}


def _conditions(known: Mapping[str, Any], ask: Ask) -> dict[str, str]:
    """Headers that ask for the file only if it has changed; the signs belong to one address."""
    if ask.method != "GET" or known.get("address") != ask.address:
        return {}
    asked = {"If-None-Match": known.get("etag"), "If-Modified-Since": known.get("last_modified")}
    return {name: str(value) for name, value in asked.items() if value}


def _unchanged(ask: Ask, asked: Mapping[str, str]) -> Download:
    if not {"If-None-Match", "If-Modified-Since"} & set(asked):
        raise FetchFailed(f"{ask.address}: the service answers 304 Not Modified to what was never fetched")
    return Download(ask.file, None)


# ------------------------------------------------------------------------ the answer


@contextmanager
def _answer(line: Line, ask: Ask, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
    """The answer after all redirects; keys go no further than the host they were meant for."""
    url, secrets = httpx.URL(ask.address), ask.secrets
    for _ in range(HOPS + 1):
        request = line.client.build_request(
            ask.method, url.copy_merge_params(dict(secrets.parameters)) if secrets.parameters else url,
            headers={**headers, **secrets.headers}, data=dict(ask.form) or None, timeout=line.timeout,
        )  # fmt: skip
        answer = line.client.send(request, stream=True)
        try:
            if answer.status_code not in REDIRECTS:
                yield answer
                return
            url, secrets = _next(answer, url, ask, secrets)
        finally:
            answer.close()
    raise FetchFailed(f"{ask.address}: the service sent us on more than {HOPS} times")


def _next(answer: httpx.Response, url: httpx.URL, ask: Ask, secrets: Secrets) -> tuple[httpx.URL, Secrets]:
    try:
        there = url.join(answer.headers["location"])
    except (KeyError, httpx.InvalidURL):
        raise FetchFailed(f"{ask.address}: the service sends us on, but not to an address") from None
    if there.scheme not in ("http", "https") or (url.scheme == "https" and there.scheme == "http"):
        raise FetchFailed(
            f"{ask.address}: the service sends us on to {there.scheme}://{there.host}: not safe"
        )
    upgraded = url.scheme == "http" and there.scheme == "https" and there.port is None and url.port is None
    if there.host == url.host and (upgraded or (there.scheme, there.port) == (url.scheme, url.port)):
        return there, secrets
    if ask.secrets.hide(str(there)) != str(there):
        raise FetchFailed(f"{ask.address}: the service sends our key on to {there.host}: refused")
    return there, Secrets()


def _judge(answer: httpx.Response, ask: Ask) -> None:
    """Raise for anything but data."""
    said = f"the service answers {answer.status_code} {answer.reason_phrase}"
    if answer.status_code in AGAIN:
        wait = _retry_after(answer)
        if wait is not None and wait > LONGEST_WAIT:
            raise Resumable(f"{ask.address}: {said} and asks us to wait {wait:.0f} s; fetch again then")
        raise Later(said, wait)
    if answer.status_code in (401, 403) and (ask.secrets.headers or ask.secrets.parameters):
        raise FetchFailed(f"{ask.address}: {said}: the key is refused, or its quota used up{_told(answer)}")
    if not answer.is_success or answer.status_code == httpx.codes.NO_CONTENT:
        raise FetchFailed(f"{ask.address}: {said}{_told(answer)}")
    if "html" in answer.headers.get("content-type", ""):
        raise _web_page(ask)


def _web_page(ask: Ask) -> FetchFailed:
    return FetchFailed(
        f"{ask.address}: a web page came in place of data: its address or its terms may have changed"
    )


def _told(answer: httpx.Response) -> str:
    """The beginning of what a service says of a refusal; nothing of a web page."""
    with suppress(httpx.HTTPError, UnicodeDecodeError):
        text = " ".join(next(answer.iter_bytes(400), b"").decode("utf-8").split())
        return f" ({text[:200]})" if text and "<html" not in text.lower() else ""
    return ""


def _retry_after(answer: httpx.Response) -> float | None:
    """Seconds that the service asks us to wait: a number, or a date."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said)
    day = when(said)
    return max((day - datetime.now(UTC)).total_seconds(), 0.0) if day else None


def when(said: str) -> datetime | None:
    """A date of a header, in UTC; None for what is none."""
    try:
        day = parsedate_to_datetime(said)
    except (TypeError, ValueError):
        return None
    return day.replace(tzinfo=UTC) if day.tzinfo is None else day.astimezone(UTC)


def _goes_on(answer: httpx.Response, begun: int, part: Path) -> int:
    """Where the body of an answer to a Range begins: at `begun`, or at nothing if the file is another."""
    if answer.status_code != httpx.codes.PARTIAL_CONTENT:
        return 0
    if not answer.headers.get("content-range", "").replace(" ", "").startswith(f"bytes{begun}-"):
        part.unlink()
        raise Later("the rest that came is not the rest that was asked for")
    return begun


def _facts(answer: httpx.Response, ask: Ask) -> dict[str, str]:
    """What a receipt says of the file; no sign to go on by for bytes that were packed on the way."""
    packed = answer.headers.get("content-encoding", "identity") not in ("", "identity")
    names = ("content-type",) if packed else ("etag", "last-modified", "content-type")
    said = {n.replace("-", "_"): answer.headers[n] for n in names if answer.headers.get(n)}
    return {"address": ask.address} | {k: ask.secrets.hide(v) for k, v in said.items()}


# ------------------------------------------------------------------------ no answer


def _broken(fault: httpx.TransportError, ask: Ask) -> Exception:
    """Unreachable is said at once; a connection that broke is worth another attempt."""
    why = _cause(fault)
    host = httpx.URL(ask.address).host
    if isinstance(why, ssl.SSLError):
        said = getattr(why, "verify_message", "") or why.reason or type(why).__name__
        return FetchFailed(f"{ask.address}: no safe connection to {host} ({said}): nothing was asked")
    if isinstance(fault, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError):
        seen = str(why) or type(fault).__name__
        return Resumable(f"{ask.address} cannot be reached ({seen}): offline?")
    if isinstance(fault, httpx.UnsupportedProtocol):
        return FetchFailed(f"{ask.address} is no address of the web")
    return Later(f"the connection broke ({type(fault).__name__})")


def _cause(fault: BaseException) -> BaseException:
    """The first of the faults that led to this one."""
    while (before := fault.__cause__ or fault.__context__) is not None:
        fault = before
    return fault
