"""How the site is served: its first page, the parts of every page, and the headers of every answer."""

import gzip
from collections.abc import Callable
from typing import Any

import brotli
from dash import Dash
from flask import Response, g, request

from dashboard import links, route
from dashboard.parts import Parts
from dashboard.wording import wording
from exports.packing import packing
from indicators.language import message

WAITS = message("Reading the figures …")
SMALLEST_PACKED = 2_000
"""Bytes below which compression is not worth its time."""
PACKED = ("application/json", "text/csv", "text/html")
"""What is made here and is not packed already."""
QUICK = 4
"""Of what is made for one reader: pages are JSON and shrink to a tenth in a millisecond or two."""
FIRST = ("/", "/<path:path>")
"""Where Dash answers with the first page, whatever stands there: machines that read no words read 404. What
answers here before Dash does (SDMX, whole files, citations) says itself what there is."""
FOR_EVER = "public, max-age=31536000, immutable"
POLICY = (
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
)
"""What a page may load and from where; styles stay inline, for Plotly and Dash set them on elements."""
INDEX = """<!DOCTYPE html>
<html lang="{%lang%}"{%theme%}>
  <head>
    {%metas%}
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="{%scheme%}">
    <title>{%title%}</title>
    <link rel="icon" type="image/svg+xml" href="{%icon%}">
    {%css%}
  </head>
  <body>
    {%app_entry%}
    {%config%}
    {%scripts%}
    {%renderer%}
  </body>
</html>"""


SKELETON = (
    '<div class="site-head"><span class="brand"><span class="logo"></span></span></div>'
    '<main class="skeleton"><p role="status">{waits}</p><i class="title"></i><i></i><i></i>'
    '<i class="drawing"></i></main>'
)
"""What stands there until the scripts run: the shape of a page, and one line that says what goes on."""
AWAY = (
    '<div class="unreachable-bar first-away" role="alert"><span>{says}</span>'
    '<button type="button" class="again plain">{again}</button></div>'
)
"""What is seen where the first answer does not come; a page that came has the same in its head."""
NO_PAGE_YET = message("The server does not answer, so the page is not here yet.")
THEMES = ("light", "dark")
BEFORE_DASH = (links.EXPLORE,)
"""Pages that show their first chart before Dash starts: assets/first.js brings its scripts afterwards."""


class Served(Dash):
    """Dash that serves parts of its own choice under names that never change their content.

    Dash would load a table component, a library for browsers of ten years ago, and each script under a
    name that is asked for again and again.

    Args:
        title: in English, of the first page.
        parts: what the pages are made of.
    """

    def __init__(self, title: str, parts: Parts) -> None:
        super().__init__(
            __name__,
            title=title,
            update_title="",
            index_string=INDEX,
            include_assets_files=False,
            suppress_callback_exceptions=True,
            serve_locally=True,
            compress=False,
        )
        self._title, self._parts = title, parts
        self.held: Callable[[str, str], bool] = lambda path, query: True
        """Whether there is a page at a path and a query; where there is none, what says so is a 404."""
        self.renderer = "site.start(function () { new DashRenderer(); });"  # assets/first.js
        self.server.add_url_rule("/parts/<path:name>", "part", self._part)
        self.server.add_url_rule("/_favicon.ico", "icon", self._icon)

    def interpolate_index(self, **kwargs: Any) -> str:  # type: ignore[override]
        """The page before any script runs: its language, its title, its word of patience, its scripts."""
        g.first_page = True
        words, parts = wording(route.spoken(request.query_string.decode("utf-8", "replace"))), self._parts
        kwargs["title"] = words.text(self._title)
        skeleton = SKELETON.format(waits=words.text(WAITS))
        away = AWAY.format(says=words.text(NO_PAGE_YET), again=words.text("Try again"))
        kwargs["app_entry"] = f'<div id="react-entry-point">{skeleton}</div>{away}'
        kwargs["css"] = f'<link rel="stylesheet" href="{parts.address("site.css")}">'
        told = f'<script id="parts" type="application/json">{parts.told()}</script>'
        first = [f'<script src="{address}"></script>' for address in parts.scripts()]
        if request.path in BEFORE_DASH:
            later = [f'<script type="later" src="{address}"></script>' for address in parts.dash()]
            kwargs["scripts"] = "\n    ".join([told, *later, *first])
        else:
            dash = [f'<script src="{address}"></script>' for address in parts.dash()]
            kwargs["scripts"] = "\n    ".join([told, *first, *dash])
        written: str = super().interpolate_index(**kwargs)  # type: ignore[no-untyped-call]
        theme = request.cookies.get("theme", "")
        chosen = theme if theme in THEMES else ""
        filled = {
            "lang": words.language.code,
            "theme": f' data-theme="{chosen}"' if chosen else "",
            "scheme": chosen or "light dark",
            "icon": parts.address("favicon.svg"),
        }
        for name, value in filled.items():
            written = written.replace(f"{{%{name}%}}", value)
        return written

    def protect(self) -> None:
        """Put the headers on every answer; after the last callback, for what it adds is named there."""
        scripts = " ".join(["'self'", *self.csp_hashes()])
        policy = "; ".join([*POLICY, f"script-src {scripts}"])

        def add(response: Response) -> Response:
            response.headers["Content-Security-Policy"] = policy
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Referrer-Policy"] = "no-referrer"
            if response.mimetype == "text/html":
                response.headers["Cache-Control"] = "no-cache"
            if "first_page" in g and str(request.url_rule) in FIRST and response.status_code == 200:
                query = request.query_string.decode("utf-8", "replace")
                response.status_code = 200 if self.held(request.path, query) else 404
            return _packed(response)

        self.server.after_request(add)

    def _part(self, name: str) -> Response:
        found = self._parts.body(f"/parts/{name}", packing())
        if found is None:
            return Response("there is no such part; the page is older than the server", 404)
        content, media, encoding = found
        response = Response(content, mimetype=media)
        response.headers["Cache-Control"] = FOR_EVER
        response.headers["Vary"] = "Accept-Encoding"
        if encoding:
            response.headers["Content-Encoding"] = encoding
        return response

    def _icon(self) -> Response:
        found = self._parts.body(self._parts.address("favicon.svg"), "")
        return Response(found[0] if found else b"", mimetype="image/svg+xml")


def _packed(response: Response) -> Response:
    """The same answer, compressed as the reader takes it, where that is worth its time."""
    if response.mimetype not in PACKED or "Content-Encoding" in response.headers:
        return response
    if (response.content_length or 0) <= SMALLEST_PACKED:
        return response
    way = packing()
    if way == "br":
        response.set_data(brotli.compress(response.get_data(), quality=QUICK))
        response.headers["Content-Encoding"] = "br"
    elif way == "gzip":
        response.set_data(gzip.compress(response.get_data(), compresslevel=5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")  # beside what the answer varies with already
    return response
