"""Bullet charts: a level to attain, what the path asks for by now, and the outcome with its interval."""

from collections.abc import Sequence
from math import inf, isinf

from dash import html

from dashboard.drawing import image
from dashboard.theme import ACCENT, FAINT, HAIRLINE, INK, QUIET
from indicators.concepts.target import Span, TargetStatus

WIDTH, HEIGHT, ROOM = 280, 30, 1.08
TRACK, BAR = (5, 20), (11, 8)
"""Top and height of the track and of the outcome's bar."""
STYLE = (
    f".t{{fill:{HAIRLINE}}}.p{{fill:{FAINT};opacity:.55}}.o{{fill:{ACCENT}}}.w{{fill:{ACCENT};opacity:.35}}"
    f".l{{fill:{INK}}}.r{{fill:none;stroke:{QUIET};stroke-width:1.5}}.a{{fill:none;stroke:{ACCENT};stroke-width:2}}"
    "@media(prefers-color-scheme:dark){.t{fill:#2f3a46}.p{fill:#66737f}.o,.w{fill:#6cb8e6}.l{fill:#e8edf2}"
    ".r{stroke:#a3afbb}.a{stroke:#6cb8e6}}"
)


def bullet(aim: TargetStatus, says: str) -> html.Img:
    """The bullet chart of an aim: the usual reading as the bar, the others as ticks below it.

    Args:
        aim: with its level, and readings in its unit.
        says: the alternative text.
    """
    level, readings = aim.target.level, aim.readings
    usual = readings[0] if readings else None
    spans = [
        level,
        *(r.outcome.span for r in readings),
        *([usual.required] if usual and usual.required else []),
    ]
    ends = [end for span in spans for end in span if not isinf(end)]
    low, high = min(0.0, *ends), max(0.0, *ends) * ROOM or 1.0
    parts = [_box("t", (low, high), low, high, *TRACK)]
    if usual and usual.required:
        parts.append(_box("p", (low, usual.required[1]), low, high, *TRACK))
    if usual:
        parts += _outcome(usual.outcome.span, low, high)
        parts += [_tick(r.outcome.span, low, high) for r in readings[1:]]
    parts.append(_level(level, low, high))
    return html.Img(
        src=image("".join(parts), WIDTH, HEIGHT, STYLE),
        alt=says,
        className="bullet",
        width=WIDTH,
        height=HEIGHT,
    )


def _at(value: float, low: float, high: float) -> float:
    """Where a value stands across the drawing; an open end stands at the edge."""
    if isinf(value):
        return WIDTH if value == inf else 0
    return WIDTH * (value - low) / (high - low)


def _box(css: str, span: Span, low: float, high: float, top: float, height: float) -> str:
    left, right = _at(span[0], low, high), _at(span[1], low, high)
    return (
        f'<rect class="{css}" x="{left:.1f}" y="{top}" width="{max(right - left, 0):.1f}" height="{height}"/>'
    )


def _outcome(span: Span, low: float, high: float) -> list[str]:
    """The part that is certain full, the part within the interval pale, an open end as an arrow."""
    certain = span[0] if not isinf(span[0]) else low
    parts = [_box("o", (low, certain), low, high, *BAR), _box("w", (certain, span[1]), low, high, *BAR)]
    if isinf(span[1]):
        parts.append(f'<path class="a" d="M{WIDTH - 8} 11L{WIDTH - 3} 15L{WIDTH - 8} 19"/>')
    return parts


def _tick(span: Span, low: float, high: float) -> str:
    """Another reading: a hollow diamond below the track, at its end that is known."""
    x = _at(span[0] if not isinf(span[0]) else span[1], low, high)
    return f'<path class="r" d="M{x:.1f} 22L{x + 3.5:.1f} 25.5L{x:.1f} 29L{x - 3.5:.1f} 25.5Z"/>'


def _level(span: Span, low: float, high: float) -> str:
    left, right = _at(span[0], low, high), _at(span[1], low, high)
    width = max(3.0, right - left)
    return f'<rect class="l" x="{min(left, WIDTH - 3):.1f}" y="2" width="{width:.1f}" height="26"/>'


KEYS: Sequence[tuple[str, str]] = (
    ("level", '<rect class="l" x="8" y="1" width="3" height="16"/>'),
    (
        "outcome",
        '<rect class="o" x="0" y="6" width="11" height="6"/>'
        '<rect class="w" x="11" y="6" width="7" height="6"/>',
    ),
    ("path", '<rect class="p" x="0" y="3" width="18" height="12"/>'),
    ("reading", '<path class="r" d="M9 5L13 9L9 13L5 9Z"/>'),
)
"""The marks of the key."""


def mark(body: str) -> html.Img:
    """One mark of the key."""
    return html.Img(src=image(body, 18, 18, STYLE), alt="", className="glyph")
