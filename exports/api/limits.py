"""How much one client may ask: a bucket of requests for each address, in memory, refilled all the time."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

WINDOW = 60.0
"""Seconds in which a bucket fills."""
MOST_CLIENTS = 10_000
"""Addresses that are remembered; the one that asked longest ago is forgotten first."""


@dataclass(frozen=True)
class Turn:
    """Whether a request may pass, how many more may, and in how many seconds there is room again."""

    allowed: bool
    left: int
    wait: int


class Limiter:
    """Token buckets; safe from several threads."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute, self._clock = per_minute, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: str) -> Turn:
        """One request of a client."""
        now = self._clock()
        with self._lock:
            held, at = self._buckets.get(client, (float(self.per_minute), now))
            held = min(float(self.per_minute), held + (now - at) * self.per_minute / WINDOW)
            allowed = held >= 1
            held -= allowed
            self._buckets[client] = (held, now)
            self._buckets.move_to_end(client)
            if len(self._buckets) > MOST_CLIENTS:
                self._buckets.popitem(last=False)
        return Turn(allowed, int(held), max(0, ceil((1 - held) * WINDOW / self.per_minute)))

    def headers(self, turn: Turn) -> dict[str, str]:
        """What a client is told: RateLimit and RateLimit-Policy of the IETF's draft, and the older three."""
        told = {
            "RateLimit-Policy": f'"default";q={self.per_minute};w={WINDOW:.0f}',
            "RateLimit": f'"default";r={turn.left};t={turn.wait}',
            "RateLimit-Limit": str(self.per_minute),
            "RateLimit-Remaining": str(turn.left),
            "RateLimit-Reset": str(turn.wait),
        }
        return told if turn.allowed else told | {"Retry-After": str(max(1, turn.wait))}
