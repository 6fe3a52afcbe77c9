"""Names for readers who listen: attributes that Dash takes as they are."""

from typing import Any


def named(words: str) -> dict[str, Any]:
    """The attribute that names an element aloud."""
    return {"aria-label": words}
