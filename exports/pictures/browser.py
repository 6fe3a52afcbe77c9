"""A warm Chromium of our own, spoken to through a pipe, and stopped hard when it does not answer in time.

It has one empty page, no address and no network. What does not answer within LONGEST seconds is killed
with all its processes; the next question starts a new one.
"""

import atexit
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from base64 import b64decode
from tempfile import mkdtemp
from typing import Any

LONGEST = 10.0
"""Seconds after which an answer is given up, and the browser with it."""
STARTING = 20.0
"""Seconds for a cold start on a busy machine."""
TIRED = 500
"""Answers after which a new browser is started, so that nothing piles up."""
ENVIRONMENT = "CEI_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
FLAGS = (
    "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-breakpad",
    "--disable-default-apps", "--mute-audio", "--hide-scrollbars", "--force-color-profile=srgb",
    "--font-render-hinting=none", "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-dev-shm-usage",
)  # fmt: skip
_START = (
    "import os,sys\nos.dup2(int(sys.argv[1]),3)\nos.dup2(int(sys.argv[2]),4)\n"
    "os.execv(sys.argv[3],sys.argv[3:])"
)
"""Puts the two ends of the pipe where Chromium looks for them."""
_PIECE = 1 << 16


class NoBrowser(RuntimeError):
    """There is no Chromium here."""


class Stopped(TimeoutError):
    """The browser did not answer in time, or died; it was stopped."""


class _Gone(Stopped):
    """It died since its last answer, before it took the question: another may be asked the same."""


class Refused(RuntimeError):
    """The browser answered that it could not."""


def found() -> str:
    """The path of Chromium.

    Raises:
        NoBrowser: there is none.
    """
    named = os.environ.get(ENVIRONMENT)
    path = named or next((p for name in NAMES if (p := shutil.which(name))), None)
    if not path or not os.access(path, os.X_OK):
        raise NoBrowser(
            f"no Chromium at {named}: correct {ENVIRONMENT}" if named else
            f"no Chromium: install the package chromium, or name one in {ENVIRONMENT}"
        )  # fmt: skip
    return path


class Browser:
    """One page; used by one thread at a time, the others wait.

    Args:
        scripts: what the page must know before the first question, JavaScript each.
        longest: seconds for one answer.
    """

    def __init__(self, scripts: tuple[str, ...] = (), longest: float = LONGEST) -> None:
        self._scripts, self._longest = scripts, longest
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""
        self._asked = self._answers = 0
        self._ends: tuple[int, int] = (-1, -1)
        self._rest = b""
        self._session = ""
        atexit.register(self.close)

    def evaluate(self, script: str) -> Any:
        """What a script, or the promise that it makes, comes to.

        Raises:
            NoBrowser: there is no Chromium.
            Stopped: no answer in time.
            Refused: the script failed.
        """
        with self._lock:
            said, _ = self._begun("Runtime.evaluate", expression=script, **_BY_VALUE)
            return _value(said)

    def printed(self, page: str, *, landscape: bool = False) -> bytes:
        """A page of HTML as PDF, A4.

        Raises:
            As `evaluate`.
        """
        with self._lock:
            tree, deadline = self._begun("Page.getFrameTree")
            frame = tree["frameTree"]["frame"]["id"]
            self._ask(deadline, "Page.setDocumentContent", frameId=frame, html=page)
            ready = "Promise.all([...document.images].map(i => i.decode())).then(() => true)"
            _value(self._ask(deadline, "Runtime.evaluate", expression=ready, **_BY_VALUE))
            made = self._ask(deadline, "Page.printToPDF", landscape=landscape, printBackground=True,
                             preferCSSPageSize=True, generateTaggedPDF=True)  # fmt: skip
            self._end()  # the page is no longer the empty one with its scripts
            return b64decode(made["data"])

    def close(self) -> None:
        """End the browser and remove what it kept."""
        process, self._process = self._process, None
        if process is None:
            return
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            process.kill()
        process.wait()
        for end in self._ends:
            os.close(end)
        shutil.rmtree(self._folder, ignore_errors=True)

    _end = close

    def _warm(self) -> None:
        if self._answers >= TIRED or (self._process is not None and self._process.poll() is not None):
            self.close()
        self._answers += 1
        if self._process is None:
            self._start()

    def _start(self) -> None:
        path, self._folder = found(), mkdtemp(prefix="cei-chromium-")
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        high = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (theirs_in, theirs_out)]
        os.close(theirs_in)
        os.close(theirs_out)
        own = [path, *FLAGS, f"--user-data-dir={self._folder}"]
        own += ["--no-sandbox"] if os.geteuid() == 0 else []
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-c", _START, *map(str, high), *own, "about:blank"],
            pass_fds=high, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        for end in high:
            os.close(end)
        self._ends, self._rest, self._session, self._answers = (ours_in, ours_out), b"", "", 1
        os.set_blocking(ours_out, False)
        deadline = time.monotonic() + STARTING
        target = self._ask(deadline, "Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask(deadline, "Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for script in self._scripts:
            _value(self._ask(deadline, "Runtime.evaluate", expression=script, **_BY_VALUE))

    def _begun(self, method: str, **what: Any) -> tuple[Any, float]:
        """The answer to the first question of a piece of work, and when all of the work must have ended.

        Asked once more where the browser had died since its last answer; then the time begins anew.
        """
        self._warm()
        deadline = time.monotonic() + self._longest
        try:
            return self._ask(deadline, method, **what), deadline
        except _Gone:
            self._warm()
            deadline = time.monotonic() + self._longest
            return self._ask(deadline, method, **what), deadline

    def _ask(self, deadline: float, method: str, **what: Any) -> Any:
        self._asked += 1
        message: dict[str, Any] = {"id": self._asked, "method": method, "params": what}
        if self._session:
            message["sessionId"] = self._session
        try:
            self._write(json.dumps(message).encode() + b"\0", deadline)
            while True:
                said = json.loads(self._message(deadline))
                if said.get("id") == self._asked:
                    break
        except (Stopped, OSError, ValueError) as fault:
            self.close()
            kind = _Gone if isinstance(fault, BrokenPipeError) else Stopped
            raise kind(f"the browser was stopped at {method}: {fault}") from None
        if "error" in said:
            raise Refused(f"{method}: {said['error'].get('message', '')}")
        return said["result"]

    def _write(self, message: bytes, deadline: float) -> None:
        while message:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([], [self._ends[1]], [], left)[1]:
                raise Stopped("it took no question in time")
            message = message[os.write(self._ends[1], message[:_PIECE]) :]

    def _message(self, deadline: float) -> bytes:
        pieces = [self._rest]
        while b"\0" not in pieces[-1]:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._ends[0]], [], [], left)[0]:
                raise Stopped("no answer in time")
            piece = os.read(self._ends[0], _PIECE)
            if not piece:
                raise Stopped("it ended by itself")
            pieces.append(piece)
        whole, _, self._rest = b"".join(pieces).partition(b"\0")
        return whole


_BY_VALUE = {"awaitPromise": True, "returnByValue": True}


def _value(said: Any) -> Any:
    fault = said.get("exceptionDetails")
    if fault:
        text = fault.get("exception", {}).get("description") or fault.get("text", "")
        raise Refused(str(text).splitlines()[0][:300])
    return said["result"].get("value")
