"""What is wrong with a request, as RFC 9457 has it: one answer that lists all of it."""

from collections.abc import Iterable
from typing import Any

MEDIA = "application/problem+json"
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "description": "Which kind of problem: an address of the description."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "All that is wrong, in one line."},
        "errors": {
            "type": "array",
            "description": "All that is wrong, one by one.",
            "items": {
                "type": "object",
                "properties": {
                    "detail": {"type": "string"},
                    "parameter": {"type": "string", "description": "The parameter that is meant."},
                },
                "required": ["detail"],
            },
        },
    },
    "required": ["type", "title", "status", "detail", "errors"],
}
KINDS = {
    400: ("bad-request", "The request cannot be understood"),
    404: ("not-found", "There is no such thing"),
    405: ("bad-method", "This address is only read"),
    406: ("not-acceptable", "None of the formats asked for is made here"),
    413: ("too-large", "A request has no body here"),
    414: ("too-long", "The address is too long"),
    429: ("too-many", "Too many requests"),
    500: ("failed", "We failed"),
    503: ("busy", "Too busy to answer now"),
}


class Problem(Exception):
    """A request that gets a problem for an answer.

    Attributes:
        status: of HTTP, one of KINDS.
        faults: (parameter or nothing, sentence) of all that is wrong.
        headers: that go with it.
    """

    def __init__(
        self, status: int, faults: Iterable[tuple[str, str]], headers: dict[str, str] | None = None
    ) -> None:
        self.status, self.faults, self.headers = status, list(faults), headers or {}
        super().__init__("; ".join(fault for _, fault in self.faults))

    def content(self, root: str) -> dict[str, Any]:
        """The answer, for an API that stands at `root`."""
        kind, title = KINDS[self.status]
        errors = [{"detail": said, **({"parameter": name} if name else {})} for name, said in self.faults]
        return {
            "type": f"{root}/#{kind}", "title": title, "status": self.status, "detail": str(self),
            "errors": errors,
        }  # fmt: skip
