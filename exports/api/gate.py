"""The gate of the server of data: how much one client may ask, how much is made at once, and for which sites.

The API and SDMX go through the same one, so that who asks both has no more than who asks one.
"""

import logging
from collections.abc import Callable
from threading import BoundedSemaphore
from uuid import uuid4

from flask import Response, request
from werkzeug.wrappers import Response as Reply

from exports.api.limits import Limiter
from exports.api.problems import Problem
from exports.api.settings import Settings
from indicators.concepts.release import UnknownRelease
from indicators.holdings import UnknownFigure
from indicators.query import BadQuery
from indicators.store import SpoiledRelease

log = logging.getLogger(__name__)
READ = ("GET", "HEAD", "OPTIONS")
LONGEST = 8_000
"""Bytes of a path and its query."""
STREAMS_AT_ONCE = 2
EXPOSED = "ETag, Link, Retry-After, RateLimit, RateLimit-Policy, Content-Disposition, Deprecation, Sunset"
A_DAY = 86_400
Free = Callable[[], None]
"""Gives a place back; twice is no harm."""


class Gate:
    """What requests of one server share.

    Args:
        settings: of the server; None = those of the environment.

    Raises:
        ValueError: a setting of the environment that cannot be read.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = Settings.of() if settings is None else settings
        self._limiter = Limiter(self.settings.rate)
        self._turns = BoundedSemaphore(self.settings.at_once)
        self._streams = BoundedSemaphore(STREAMS_AT_ONCE)

    def passed(self, make: Callable[[], Reply], refused: Callable[[Problem], Reply]) -> Reply:
        """The answer to the request of this moment, or what it is refused with; never a bare error."""
        turn = self._limiter.take(request.remote_addr or "") if self.settings.rate else None
        try:
            if turn and not turn.allowed:
                raise Problem(
                    429, [("", f"more than {self.settings.rate} requests a minute; wait {turn.wait} s")]
                )
            if len(request.path) + len(request.query_string) > LONGEST:
                raise Problem(414, [("", f"an address of more than {LONGEST} bytes; ask for less at once")])
            response = make()
        except Problem as problem:
            response = refused(problem)
        except Exception as fault:
            response = refused(_problem_of(fault))
        response.headers.update(self._limiter.headers(turn) if turn else {})
        self._shared(response)
        return response

    def turn(self) -> Free:
        """A place among the answers that are made at once.

        Raises:
            Problem: there was none for too long.
        """
        return self._place(self._turns, "too many answers are being made; ask again", 5)

    def stream(self) -> Free:
        """A place among the files of a whole release that are sent at once.

        Raises:
            Problem: there was none for too long.
        """
        return self._place(self._streams, "too many files are being sent; ask again", 30)

    def _place(self, places: BoundedSemaphore, lacking: str, again: int) -> Free:
        """One of the places; else what is said, and after how many seconds to ask again."""
        if not places.acquire(timeout=self.settings.patience):
            raise Problem(503, [("", lacking)], {"Retry-After": str(again)})
        return _once(places)

    def _shared(self, response: Reply) -> None:
        """What lets scripts of other sites read the answer, where whoever runs the server allows it."""
        origin, allowed = request.headers.get("Origin", ""), self.settings.cors
        if not allowed:
            return
        if "*" not in allowed:
            response.vary.add("Origin")
        if "*" in allowed or origin in allowed:
            response.headers["Access-Control-Allow-Origin"] = "*" if "*" in allowed else origin
            response.headers["Access-Control-Expose-Headers"] = EXPOSED
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = ", ".join(READ)
                response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
                response.headers["Access-Control-Max-Age"] = str(A_DAY)


def what_may_be_asked() -> Response:
    """The answer to OPTIONS."""
    return Response(status=204, headers={"Allow": ", ".join(READ)})


def _once(places: BoundedSemaphore) -> Free:
    held = [places]

    def free() -> None:
        if held:
            held.pop().release()

    return free


def _problem_of(fault: Exception) -> Problem:
    """What a fault is to the reader; what is ours is logged under a reference, and nothing of it is told."""
    if isinstance(fault, BadQuery):
        return Problem(400, [("", said) for said in fault.faults])
    if isinstance(fault, UnknownFigure):
        return Problem(404, [("id", str(fault.args[0]))])
    if isinstance(fault, UnknownRelease):
        return Problem(404, [("release", str(fault.args[0]))])
    reference = uuid4().hex[:8]
    told = f"; say {reference} to whoever runs the server"
    log.error("fault %s", reference, exc_info=fault)
    if isinstance(fault, SpoiledRelease):
        return Problem(503, [("release", f"this release cannot be read{told}")])
    return Problem(500, [("", f"this is our fault{told}")])
