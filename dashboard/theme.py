"""Colours, type and chart defaults: the look, in one place; style.css holds the same for the page."""

from typing import Any

from indicators.language import Language

CONFIG: Any = {
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "topojsonURL": "/assets/topojson/",
    "displaylogo": False,
    "displayModeBar": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}
"""Of every chart. plotly.js 4 offers "Share chart…" unless told otherwise, which would send figures
of a ministry to a server of others; the first three keep every click on this machine."""

FONT = '"Source Sans 3", "Segoe UI", "Noto Sans", sans-serif'
INK, QUIET, HAIRLINE, FAINT = "#1d2733", "#5b6774", "#e3e7eb", "#a9b3bd"
ACCENT = "#0b5d8a"
SERIES = ("#0b6ba8", "#c4500c", "#0a7d5c", "#a24a86", "#8a6d00", "#4d5966", "#2e8bc0", "#7a3b12")
"""Okabe and Ito's hues, darkened until each can be read as text on white (contrast 4.5 and more)."""
SEQUENTIAL = ("#f3ecac", "#c3e2b4", "#86cbc2", "#2a77ab", "#27549a", "#1d2f6b")
"""From low to high, told apart in every common colour blindness and in grey; none looks like MISSING.
Plotly writes #444 or white on them, and either can be read on each (contrast 4.5 and more)."""
MISSING = "#e9ecef"
"""The ground of what has no figure."""
UNDECIDED = "#a3adb7"
"""Of a difference that the figures do not decide."""
PAPER = "#ffffff"
HOVER_BACK, HOVER_INK = "#222c38", "#fff"
"""Of the label at a mark; dark on either paper."""
DARK = {
    INK: "#e8edf2", QUIET: "#a3afbb", HAIRLINE: "#2f3a46", FAINT: "#66737f", ACCENT: "#6cb8e6",
    PAPER: "#141b23", HOVER_BACK: "#3a4756",
    **dict(zip(SERIES, (
        "#62b0e8", "#f08a4b", "#3dbb91", "#d58cbd", "#d1ac2f", "#a9b5c1", "#8fd0f5", "#c9906a",
    ), strict=True)),
    **dict(zip(SEQUENTIAL, ("#22406f", "#1f5f8a", "#257084", "#6dbb9f", "#b5d98f", "#f3ecac"), strict=True)),
    MISSING: "#2a333d", UNDECIDED: "#66737f",
}  # fmt: skip
"""Each colour of a chart on white paper → the same on dark; assets/chart.js puts them in its place. A
colour that a chart takes from elsewhere stays as it is in both."""

TEXT_SIZE, SMALL_SIZE = 14, 13
NARROW = 560
"""Pixels below which a chart takes its `narrow` layout, as assets/chart.js has it."""
CHART_HEIGHT = 420
TOP, BOTTOM = 18, 34


def config(language: Language) -> Any:
    """The configuration of a chart, with Plotly's own words for numbers and dates as CLDR has them."""
    return {**CONFIG, "locale": language.code, "locales": {language.code: {"format": _formats(language)}}}


def colour(index: int) -> str:
    """The colour of the n-th series; they come round again after eight."""
    return SERIES[index % len(SERIES)]


def layout(language: Language, height: int = CHART_HEIGHT, right: int = 24, left: int = 56) -> dict[str, Any]:
    """A quiet Plotly layout: no background, no box, hairlines across, years below.

    Args:
        language: its signs between digits.
        height: of the chart, in pixels.
        right: room for the labels at the ends of lines.
        left: room for the numbers of the axis.
    """
    axis = {"showline": False, "zeroline": False, "ticks": "", "fixedrange": True, "automargin": False}
    return {
        "height": height,
        "autosize": True,
        "margin": {"l": left, "r": right, "t": TOP, "b": BOTTOM},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": TEXT_SIZE, "color": QUIET},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": HOVER_BACK,
            "bordercolor": HOVER_BACK,
            "font": {"family": FONT, "size": TEXT_SIZE, "color": HOVER_INK},
            "align": "left",
            "namelength": -1,
        },
        "separators": "".join(_separators(language)),
        "dragmode": False,
        "xaxis": {**axis, "showgrid": False, "tickformat": "d"},
        "yaxis": {**axis, "gridcolor": HAIRLINE, "gridwidth": 1, "nticks": 6},
    }


def _separators(language: Language) -> tuple[str, str]:
    """The decimal sign and the sign between thousands."""
    signs = language.locale.number_symbols["latn"]
    return str(signs["decimal"]), str(signs["group"])


def _formats(language: Language) -> dict[str, Any]:
    """What plotly.js asks of a locale, made from CLDR instead of its own locale files."""
    decimal, thousands = _separators(language)
    days, months = language.locale.days["format"], language.locale.months["format"]
    week = [6, 0, 1, 2, 3, 4, 5]
    return {
        "days": [days["wide"][day] for day in week],
        "shortDays": [days["abbreviated"][day] for day in week],
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
        "decimal": decimal,
        "thousands": thousands,
        "grouping": [3],
    }
