"""What whoever runs the server may set, by the environment.

CEI_CORS     origins whose scripts may read the API: "*", or several with spaces between; none if not set
CEI_RATE     requests a minute for one client address, 6000 if not set; 0 = as many as they like
CEI_ADDRESS  the address under which the site is known, for citations: https://example.org
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass

PER_MINUTE = 6_000


@dataclass(frozen=True)
class Settings:
    """Of one server.

    Attributes:
        cors: origins that may read; ("*",) for all.
        rate: requests a minute for a client address; 0 = no limit.
        address: of the site, without a slash at its end; empty = as the request has it.
        at_once: answers that are computed at the same time; the other threads stay free for pages.
        patience: seconds for which a request waits for its turn before it is sent away.
        streaming: seconds after which a file that is still being sent is cut off.
    """

    cors: tuple[str, ...] = ()
    rate: int = PER_MINUTE
    address: str = ""
    at_once: int = 4
    patience: float = 20.0
    streaming: float = 900.0

    @classmethod
    def of(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """The settings of an environment, this process's if none is given.

        Raises:
            ValueError: CEI_RATE is no whole number from 0.
        """
        given = os.environ if environment is None else environment
        rate = given.get("CEI_RATE", "").strip() or str(PER_MINUTE)
        if not (rate.isascii() and rate.isdigit()):
            raise ValueError(f"CEI_RATE={rate!r} is no number of requests a minute; write for example 600")
        return cls(
            tuple(given.get("CEI_CORS", "").split()), int(rate), given.get("CEI_ADDRESS", "").rstrip("/")
        )
