"""Colours: each of a chart has a counterpart in the dark, both can be read, and the style sheet agrees."""

import re

import pytest

from dashboard import theme
from dashboard.parts import ASSETS, parts


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", [*theme.SERIES, theme.INK, theme.QUIET, theme.ACCENT])
def test_what_is_written_in_a_colour_can_be_read_on_either_paper(colour):
    assert contrast(theme.DARK[colour], theme.DARK[theme.PAPER]) >= 4.5
    if colour != "#2e8bc0":  # of lines and bars only: the seventh series, 3.8 on white
        assert contrast(colour, theme.PAPER) >= 4.5


def test_a_label_at_a_mark_can_be_read_in_both():
    white = "#ffffff"
    assert contrast(theme.HOVER_BACK, white) >= 4.5
    assert contrast(theme.DARK[theme.HOVER_BACK], white) >= 4.5


def test_series_stay_apart_in_the_dark():
    assert len({theme.DARK[colour] for colour in theme.SERIES}) == len(theme.SERIES)


def variables(block):
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))


def test_the_style_sheet_has_the_same_colours_and_says_them_alike_for_system_and_choice():
    css = (ASSETS / "style.css").read_text("utf-8")
    light = variables(re.search(r":root \{(.*?)\n\}", css, re.S)[1])
    system = variables(re.search(r":root:not\(\[data-theme=light\]\) \{(.*?)\}", css, re.S)[1])
    chosen = variables(re.search(r":root\[data-theme=dark\] \{(.*?)\}", css, re.S)[1])
    assert system == chosen
    ours = {"ink": theme.INK, "quiet": theme.QUIET, "hairline": theme.HAIRLINE, "faint": theme.FAINT,
            "accent": theme.ACCENT, "paper": theme.PAPER}  # fmt: skip
    for name, colour in ours.items():
        assert light[name] == colour
        assert chosen[name] == theme.DARK[colour]


def test_the_browser_is_told_every_counterpart():
    assert theme.DARK[theme.ACCENT] in parts().told()


def test_no_style_asks_the_system_past_the_choice_of_the_reader():
    for path in ASSETS.glob("*.css"):
        for block in re.findall(
            r"@media [^{]*\(prefers-color-scheme[^{]*\{\s*([^{]*)", path.read_text("utf-8")
        ):
            assert "data-theme=light" in block, f"{path.name}: {block}"


def begun(css):
    """The classes with which a rule of a style sheet begins alone: what it claims for itself."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    written = [one.strip() for rule in re.findall(r"([^{}]+)\{", bare) for one in rule.split(",")]
    return {found[1] for one in written if (found := re.match(r"\.([\w-]+)(?![\w.-])", one))}


def test_no_two_rooms_claim_the_same_class():
    """All style sheets are sent as one: a rule of one room must not hide a part of another."""
    base = ("style.css", "shell.css", "present.css")  # what every page has: a room may refine it
    claimed: dict[str, str] = {}
    for path in sorted(ASSETS.glob("*.css")):
        if path.name in base:
            continue
        for name in begun(path.read_text("utf-8")):
            assert name not in claimed, f".{name} is claimed by {claimed[name]} and by {path.name}"
            claimed[name] = path.name
