"""Colours of the dark stage: what a chart on paper has, and what stands for it where the ground is dark."""

from dashboard.theme import ACCENT, FAINT, HAIRLINE, INK, QUIET, SERIES

_BRIGHT = ("#5db4ef", "#ff9a5c", "#45c79c", "#e794cd", "#dcbc3f", "#b3c1ce", "#8fd0f8", "#d8a07c")
DARK = {
    INK: "#ffffff",
    QUIET: "#c3ced8",
    HAIRLINE: "#33404d",
    FAINT: "#7d8a96",
    ACCENT: "#7cc4f0",
    **dict(zip(SERIES, _BRIGHT, strict=True)),
}
"""Colour on paper → colour on the dark stage, each of contrast 4.5 and more on #10161d but the two faint."""
