"""Charts as pictures: the same figure that the page shows, by the same Plotly, with its words around it.

SVG carries the letters that it uses; PNG is that SVG at twice its size. Title, subtitle, source and licence
stand in the picture, so that they travel with it.
"""

import json
import re
from base64 import b64decode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib.util import find_spec
from pathlib import Path
from textwrap import wrap
from typing import Any

from exports import fonts
from exports.pictures.browser import Browser

WIDTH, HEIGHT, WIDEST, TALLEST = 960, 540, 4_000, 8_000
SCALE = 2
EDGE = 24
INK, QUIET, PAPER = "#1d2733", "#5b6774", "#ffffff"
FACE = f"'{fonts.FAMILY}', 'Segoe UI', 'Noto Sans', sans-serif"
LINES = (("title", 24, 600, INK), ("subtitle", 16, 400, QUIET), ("notes", 13, 400, QUIET),
         ("source", 13, 400, QUIET), ("licence", 13, 400, QUIET))  # fmt: skip
"""Part → size, weight and colour of its letters."""
NARROW = 0.55
"""Width of a letter as a part of its height: the widest of our sentences, Kazakh and bold, has so much."""
MARK, APART = 18, 16
"""Pixels of a mark of the key, and between two of its entries."""
PALE = "#a9b3bd"
_ON_MAP = re.compile(r'<g class="trace scattergeo".*?</text></g></g>', re.S)
_TEXT = re.compile(r'(<text [^>]*style=")([^"]*)("[^>]*>.*?</text>)', re.S)
HEADING = 2
"""So many of LINES stand above the chart."""


class BadDrawing(ValueError):
    """A picture that cannot be: says what was asked, and what can be had."""


@dataclass(frozen=True)
class Drawing:
    """One chart with its words, in the language of both.

    Attributes:
        figure: Plotly's, data and layout.
        title, subtitle: above it.
        source: below it: who states the figures, release and day.
        licence: below that.
        key: what each kind of mark says: a piece of SVG, MARK square ({c} its colour, {f} a pale one) or
            nothing, and words.
        notes: what must be known of the chart, such as what it leaves out.
        config: of Plotly, with the formats of the language.
        width: in pixels.
        height: of the chart alone; None = that of its layout.
        language: code, for programs that read aloud.
    """

    figure: Mapping[str, Any]
    title: str
    source: str
    subtitle: str = ""
    licence: str = ""
    key: Sequence[tuple[str, str]] = ()
    notes: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)
    width: int = WIDTH
    height: int | None = None
    language: str = "en"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the chart.

        Raises:
            BadDrawing: larger than any screen or paper.
        """
        layout = self.figure.get("layout") or {}
        height = int(self.height or layout.get("height") or HEIGHT)
        if not (200 <= self.width <= WIDEST and 100 <= height <= TALLEST):
            raise BadDrawing(f"{self.width} by {height} pixels: expected 200 to {WIDEST} by 100 to {TALLEST}")
        return self.width, height


class Painter:
    """Draws pictures in one warm browser.

    Args:
        geometry: of maps: name as Plotly asks for it, world_110m → TopoJSON.
        plotly: the whole plotly.js; None = that of the installed package.
        longest: seconds for one picture.
    """

    def __init__(
        self, geometry: Mapping[str, str] | None = None, plotly: str | None = None, longest: float = 10.0
    ) -> None:
        self._geometry, self._plotly, self._longest = dict(geometry or {}), plotly, longest
        self._browser: Browser | None = None

    @property
    def browser(self) -> Browser:
        """The browser, started by its first question."""
        if self._browser is None:
            script = self._plotly if self._plotly is not None else _installed()
            self._browser = Browser((_known(self._geometry), script, _lettered(), _DRAW), self._longest)
        return self._browser

    def svg(self, drawing: Drawing) -> bytes:
        """The picture as vectors, its letters inside.

        Raises:
            BadDrawing: its size is none.
            NoBrowser, Stopped, Refused: as exports.pictures.browser says them.
        """
        width, height = drawing.size
        figure = {"data": _numbered(drawing.figure), "layout": _sized(drawing.figure, width, height)}
        config = {**drawing.config, "staticPlot": True, "responsive": False, "topojsonURL": ""}
        asked = json.dumps([figure, config, width, height])
        chart = str(self.browser.evaluate(f"draw.apply(null, {asked})"))
        return framed(chart, drawing).encode()

    def png(self, drawing: Drawing, scale: int = SCALE) -> bytes:
        """The picture in pixels, `scale` for each of the drawing; raises as `svg`."""
        if scale not in (1, 2, 3, 4):
            raise BadDrawing(f"scale {scale}: expected 1, 2, 3 or 4")
        asked = json.dumps([self.svg(drawing).decode(), scale])
        return b64decode(str(self.browser.evaluate(f"pixels.apply(null, {asked})")))

    def close(self) -> None:
        """End the browser."""
        if self._browser is not None:
            self._browser.close()


def framed(chart: str, drawing: Drawing) -> str:
    """An SVG of a chart between its title and its source."""
    width, height = drawing.size
    chart = _haloed(_settled(chart))
    head, chart_top = _lines(drawing, LINES[:HEADING], EDGE)
    chart_top += 4
    key, top = _keyed(drawing, chart_top + height + 10)
    foot, top = _lines(drawing, LINES[HEADING:], top)
    whole = top + EDGE * 0.6
    said = head + key + foot
    inside = chart.replace("<svg ", f'<svg x="0" y="{chart_top:g}" ', 1)
    words = ", ".join(s for s in (drawing.title, drawing.subtitle) if s)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}" '
        f'height="{whole:g}" viewBox="0 0 {width} {whole:g}" role="img" lang="{escape(drawing.language)}" '
        f'font-family="{FACE}"><title>{escape(words)}</title><desc>{escape(drawing.source)}</desc>'
        f"<style>{fonts.css(said + chart)}</style>"
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{said}{inside}</svg>'
    )


def _lines(drawing: Drawing, parts: Iterable[tuple[str, int, int, str]], top: float) -> tuple[str, float]:
    """Parts of LINES as text from `top` down, and where the next line may begin."""
    said = []
    for name, size, weight, ink in parts:
        for line in _wrapped(getattr(drawing, name), size, drawing.width):
            top += size
            said.append(_text(line, EDGE, top, size, weight, ink))
            top += size * 0.35
    return "".join(said), top


def _keyed(drawing: Drawing, top: float) -> tuple[str, float]:
    """The key of the chart, entry after entry, and where the next line may begin."""
    _, size, weight, ink = LINES[-1]
    said, across = [], float(EDGE)
    for mark, words in drawing.key:
        before = MARK + 4 if mark else 0
        long = before + len(words) * size * NARROW
        if across > EDGE and across + long > drawing.width - EDGE:
            across, top = float(EDGE), top + MARK + 4
        if mark:
            place = f"translate({across:g} {top:g})"
            said.append(f'<g transform="{place}">{mark.format(c=QUIET, f=PALE)}</g>')
        said.append(_text(words, across + before, top + size, size, weight, ink))
        across += long + APART
    return "".join(said), top + (MARK + 4 if drawing.key else 0)


def _text(line: str, across: float, down: float, size: int, weight: int, ink: str) -> str:
    return (
        f'<text x="{across:g}" y="{down:g}" font-size="{size}" font-weight="{weight}" fill="{ink}">'
        f"{escape(line)}</text>"
    )


def _settled(chart: str) -> str:
    """The chart without the chance number by which Plotly names its clips, so that the bytes are the same."""
    found = re.search(r'"(?:clip|legend|topdefs-|defs-)([0-9a-f]{6})', chart)
    return re.sub(f"(?<=[a-z-]){found[1]}", "000000", chart) if found else chart


def _haloed(chart: str) -> str:
    """Texts on a map written twice, first pale and wide, so that they are read on every colour."""

    def twice(found: re.Match[str]) -> str:
        tag, style, rest = found.groups()
        return f"{tag}stroke: {PAPER}; stroke-width: 3px; stroke-linejoin: round; {style}{rest}{found[0]}"

    return _ON_MAP.sub(lambda layer: _TEXT.sub(twice, layer[0]), chart)


def _wrapped(text: str, size: int, width: int) -> list[str]:
    return wrap(text, max(10, int((width - 2 * EDGE) / (size * NARROW)))) if text else []


def _numbered(figure: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The traces with names of their own, where Plotly would draw them by chance."""
    return [{**trace, "uid": str(at)} for at, trace in enumerate(figure.get("data", []))]


def _sized(figure: Mapping[str, Any], width: int, height: int) -> dict[str, Any]:
    layout = figure.get("layout") or {}
    font = {"family": FACE, **(layout.get("font") or {})}
    given = layout.get("margin") or {}
    margin = {**given, **{side: max(given[side], EDGE) for side in ("l", "r") if side in given}}
    return {**layout, "margin": margin, "font": font, "width": width, "height": height, "autosize": False}


def _known(geometry: Mapping[str, str]) -> str:
    held = ",".join(f"{json.dumps(name)}:{body}" for name, body in sorted(geometry.items()))
    return f"window.PlotlyGeoAssets={{topojson:{{{held}}}}};"


def _lettered() -> str:
    sheet = json.dumps(fonts.css())
    return (
        "(async () => {"
        f"const s=document.createElement('style');s.textContent={sheet};document.head.append(s);"
        f"for (const w of [400,600]) await Promise.all(['Aa','ə','Я','Қ'].map(t => "
        f"document.fonts.load(w+' 16px \"{fonts.FAMILY}\"', t)));"
        "})()"
    )


def _installed() -> str:
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package plotly is not installed")
    return (Path(spec.origin).parent / "package_data" / "plotly.min.js").read_text("utf-8")


_DRAW = """
window.draw = async (figure, config, width, height) => {
  const box = document.createElement('div');
  box.style.width = width + 'px';
  box.style.height = height + 'px';
  document.body.append(box);
  try {
    await Plotly.newPlot(box, figure.data, figure.layout, config);
    return await Plotly.toImage(box, { format: 'svg', width, height, imageDataOnly: true });
  } finally {
    Plotly.purge(box);
    box.remove();
  }
};
window.pixels = async (svg, scale) => {
  const image = new Image();
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(svg);
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  const paper = canvas.getContext('2d');
  paper.scale(scale, scale);
  paper.drawImage(image, 0, 0);
  return canvas.toDataURL('image/png').split(',')[1];
};
"""
