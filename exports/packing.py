"""How the answer to a request may be packed."""

from collections.abc import Sequence

from flask import request

WAYS = ("br", "gzip")


def packing(ways: Sequence[str] = WAYS) -> str:
    """What the client of the request of this moment takes and likes best; empty where it takes none.

    Args:
        ways: that there are, the better first.
    """
    named = {name.lower(): weight for name, weight in request.accept_encodings}
    best = max(ways, key=lambda way: named.get(way, 0))
    return best if named.get(best, 0) > 0 else ""
