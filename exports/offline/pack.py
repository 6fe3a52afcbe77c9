"""A deck as one HTML file that opens from a USB stick: viewer, letters, maps, figures and passports inside.

The viewer is the one of the site, handed over by the caller. The page may load nothing: its policy names
the hashes of its own scripts and refuses every address, so that a figure can neither run nor fetch. The
deck is read by the viewer's own strict reader, for it comes from a browser and may hold anything.
"""

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from typing import Any

from exports import fonts
from exports.offline import passports
from exports.slides.spec import BadDeck
from exports.table import LOCALE, Table
from indicators.language import Language, languages, speak

MEDIA = "text/html; charset=utf-8"
LARGEST, FORMAT = 30_000_000, "cei-deck"
"""As the viewer reads a deck."""
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_ADDRESS = re.compile(r"""@import[^;]*;|url\(\s*(?!["']?(?:data:|#))[^)]*\)""")
_END = re.compile(r"<(?=/script|!--)", re.I)
"""What would end a script, or begin a comment in one, were it not broken."""
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; font-src data:; "
    "img-src data: blob:; base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True)
class Viewer:
    """What shows a deck, as the caller's site has it.

    Attributes:
        scripts: define site.make, site.slide, site.show and site.deckFile; in their order.
        styles: of the site and of decks; their letters and addresses are left out.
        plotly: the whole plotly.js.
        told: words, configs, languages and dark colours, as the page of decks is told them.
        geometry: of maps: name as Plotly asks for it, world_110m → TopoJSON.
    """

    scripts: Sequence[str]
    styles: Sequence[str]
    plotly: str
    told: Mapping[str, Any]
    geometry: Mapping[str, str] = field(default_factory=dict)


def pack(deck: bytes, tables: Sequence[Table | None], viewer: Viewer) -> bytes:
    """The page.

    Args:
        deck: a deck as the browser saves it (.deck.json).
        tables: the figures of each slide, in the order of the slides; None for a slide without.
        viewer: what shows it.

    Raises:
        BadDeck: it is no deck, or there are more or fewer tables than slides.
    """
    said = _read(deck, len(tables))
    language = speak(said["language"], LOCALE)
    scripts = [_END.sub(r"<\\", s) for s in (_geometry(viewer.geometry), *viewer.scripts, _START)]
    policy = POLICY.format(scripts=" ".join(f"'sha256-{_hash(s)}'" for s in (*scripts, viewer.plotly)))
    held = (_data("pack-deck", said), _data("pack-told", dict(viewer.told)))
    return "".join([
        f'<!doctype html><html lang="{escape(said["language"])}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(said['name'])}</title><style>{_styled(viewer.styles)}</style></head><body>",
        _page(language, said, tables, viewer.told),
        *held,
        f'<script type="text/plain" id="pack-plotly">{_packed(viewer.plotly)}</script>',
        *(f"<script>{script}</script>" for script in scripts),
        "</body></html>",
    ]).encode()  # fmt: skip


def _read(deck: bytes, tables: int) -> dict[str, Any]:
    """The deck, as far as the page itself says something of it; its figures are read by the viewer."""
    if len(deck) > LARGEST:
        raise BadDeck([f"{len(deck):,} bytes: a deck has at most {LARGEST:,}"])
    try:
        said = json.loads(deck)
    except (ValueError, RecursionError) as fault:
        raise BadDeck(
            [f"this is no deck: {str(fault)[:200]}; save it again from the page of decks"]
        ) from None
    slides = said.get("slides") if isinstance(said, dict) and said.get("format") == FORMAT else None
    if not isinstance(slides, list) or not all(isinstance(s, dict) for s in slides):
        raise BadDeck([f"this is no deck: expected format {FORMAT!r} and its slides"])
    faults = [f"{len(slides)} slides and {tables} tables: expected one each"] * (len(slides) != tables)
    faults += ["a deck without slides"] * (not slides)
    faults += ["name: expected a text"] * (not isinstance(said.get("name"), str))
    if said.get("language") not in languages():
        faults.append(f"language {said.get('language')!r}: expected one of {', '.join(languages())}")
    if faults:
        raise BadDeck(faults)
    return dict(said)


def _page(
    language: Language, deck: Mapping[str, Any], tables: Sequence[Table | None], told: Mapping[str, Any]
) -> str:
    """What stands under the show: the deck's name, and per slide its figures with their passports."""
    numbered = list(enumerate(zip(deck["slides"], tables, strict=True), 1))
    parts = [
        f'<main id="pack" class="pack"><h1>{escape(deck["name"])}</h1>',
        f'<p><button id="pack-show" type="button">{escape(str(told["words"]["present"]))}</button></p>',
        f'<p id="pack-fault" role="alert" hidden>{escape(str(told["words"]["unreadable"]))}</p>',
        f"<p>{escape(language.text('This file needs no network. Newer figures may exist.'))}</p>",
        f"<h2>{escape(language.text('Figures and their passports'))}</h2>",
    ]
    for number, (slide, table) in numbered:
        head = f"{language.text('Slide {n}', n=number)}: {slide.get('title', '')}"
        parts.append(f"<section><h3>{escape(head)}</h3>")
        parts += [passports.listed(table)] if table is not None else []
        parts.append("</section>")
    return "".join([*parts, passports.publications(language, [t for t in tables if t]), "</main>"])


def _styled(styles: Sequence[str]) -> str:
    """The styles without addresses, the letters inside."""
    kept = [_ADDRESS.sub("none", _FACE.sub("", style)).replace("</", r"<\/") for style in styles]
    return "\n".join([fonts.css(), *kept, _LOOK])


def _geometry(held: Mapping[str, str]) -> str:
    told = ",".join(
        f"{json.dumps(name)}:{json.dumps(json.loads(body))}" for name, body in sorted(held.items())
    )
    return f"window.PlotlyGeoAssets={{topojson:{{{told}}}}};"


def _data(name: str, what: object) -> str:
    text = json.dumps(what, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{text}</script>'


def _packed(script: str) -> str:
    """The script in a third of its bytes; the page unpacks it, and runs it if its hash is the one named."""
    return b64encode(gzip.compress(script.encode(), 9, mtime=0)).decode()


def _hash(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


_LOOK = """
.pack { max-width: 77rem; margin: 0 auto; padding: 1rem 1.5rem 4rem; }
.pack .scroll { overflow-x: auto; }
.pack table { border-collapse: collapse; font-size: .875rem; width: max-content; }
.pack td { max-width: 22rem; }
.pack th, .pack td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; }
.pack th, .pack td { border-bottom: 1px solid #e3e7eb; }
.pack td.amount { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
"""
_START = """(function () {
  "use strict";
  var site = window.site, read = function (id) { return document.getElementById(id).textContent; };
  var told = JSON.parse(read("pack-told")), deck = null, at = 0, plotly = null;
  site.part = function () { return ""; };
  site.bundle = function () { plotly = plotly || Promise.resolve().then(unpacked).then(run); return plotly; };
  site.deckFile.languages = told.languages.map(function (l) { return l.code; });
  try { deck = site.deckFile.read(read("pack-deck")); } catch (fault) {
    document.getElementById("pack-fault").hidden = false;
    document.getElementById("pack-show").hidden = true;
    return;
  }
  function unpacked() {
    var raw = window.atob(read("pack-plotly")), bytes = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i += 1) { bytes[i] = raw.charCodeAt(i); }
    var stream = new Blob([bytes]).stream().pipeThrough(new window.DecompressionStream("gzip"));
    return new window.Response(stream).text();
  }
  function run(text) {
    var script = document.createElement("script");
    script.textContent = text;
    document.head.append(script);
    return window.Plotly;
  }
  function show() { return site.show(deck, at, told, function (last) { at = last; }); }
  document.getElementById("pack-show").addEventListener("click", show);
  show();
})();
"""
