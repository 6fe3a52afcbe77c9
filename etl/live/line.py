"""The connection of one run, and how a download may fail."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from etl.errors import FetchFailed

TIMEOUT, CONNECT = 30.0, 5.0
"""Seconds until something comes, and until somebody answers the call at all."""

Say = Callable[[str], None]


class Resumable(FetchFailed):
    """A failure after which what came so far is kept for the next run."""


class Later(Exception):
    """Worth another attempt; `wait` is what the service asks for, in seconds, or None."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


@dataclass
class Line:
    """The connection of one run: one request at a time, pauses between them, and an end.

    Attributes:
        client: of httpx, which follows no redirects.
        say: told of every attempt that failed.
        pause: seconds between two requests, and before the second attempt; doubled for each further one.
        until: by time.monotonic, when the run ends.
    """

    client: httpx.Client
    say: Say
    pause: float
    until: float
    asked: int = field(default=0)

    def wait(self, seconds: float) -> None:
        """Wait, unless that would be beyond the end of the run."""
        if time.monotonic() + seconds > self.until:
            raise Resumable("it took longer than this run may; what came is kept, fetch again to go on")
        time.sleep(seconds)

    @property
    def timeout(self) -> httpx.Timeout:
        """Of one request, no longer than what is left of the run."""
        left = max(min(TIMEOUT, self.until - time.monotonic()), 0.05)
        return httpx.Timeout(left, connect=min(left, CONNECT))

    def politely(self) -> None:
        """The pause between two requests."""
        if self.asked:
            self.wait(self.pause)
        self.asked += 1
