"""The letters that files carry with them: Source Sans 3 (SIL Open Font License), as the pages have it."""

import base64
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "dashboard" / "assets" / "fonts"
FAMILY = "Source Sans 3"
FACES = {
    "source-sans-3-cyrillic-ext-wght-normal.woff2": (
        "U+0460-052F, U+1C80-1C8A, U+20B4, U+2DE0-2DFF, U+A640-A69F, U+FE2E-FE2F"
    ),
    "source-sans-3-cyrillic-wght-normal.woff2": "U+0301, U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116",
    "source-sans-3-latin-ext-wght-normal.woff2": (
        "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, "
        "U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, "
        "U+A720-A7FF"
    ),
    "source-sans-3-latin-wght-normal.woff2": (
        "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, "
        "U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD"
    ),
}
"""File → the characters in it, as style.css says them too."""


def css(text: str | None = None) -> str:
    """The style sheet that brings the letters, with the files in it.

    Args:
        text: only the files with letters of it; None = all.
    """
    wanted = {ord(letter) for letter in text} if text is not None else None
    chosen = [n for n, said in FACES.items() if wanted is None or _meets(said, wanted)]
    return "\n".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:200 900;'
        f'src:url("{_address(name)}") format("woff2");unicode-range:{FACES[name]}}}'
        for name in chosen
    )


def _meets(said: str, wanted: set[int]) -> bool:
    for part in said.split(", "):
        first, _, last = part.removeprefix("U+").partition("-")
        low, high = int(first, 16), int(last or first, 16)
        if any(low <= letter <= high for letter in wanted):
            return True
    return False


@cache
def _address(name: str) -> str:
    return "data:font/woff2;base64," + base64.b64encode((FOLDER / name).read_bytes()).decode()
