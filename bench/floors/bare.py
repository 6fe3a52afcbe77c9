"""A page of bare HTML that draws a figure: python -m bench.floors.bare FIGURE.json PORT.

It sends the bundle of Plotly that our own page takes, packed and kept for ever in the same way.
"""

import sys
from pathlib import Path

from flask import Flask, Response, request
from waitress import serve

from dashboard.parts import parts

PAGE = """<!DOCTYPE html><html><body><div id="chart"></div><script src="{bundle}"></script>
<script>var figure = {figure}; Plotly.newPlot("chart", figure.data, figure.layout);</script></body></html>"""


def site(figure: str) -> Flask:
    """The page and the bundle."""
    app = Flask(__name__)
    own = parts()
    name = "plotly-cartesian.js" if "lightPlotly" in own.told() else "plotly.js"

    @app.get("/")
    def page() -> str:
        return PAGE.format(bundle=own.address(name), figure=figure)

    @app.get("/parts/<path:part>")
    def script(part: str) -> Response:
        content, media, encoding = own.body(f"/parts/{part}", request.headers["Accept-Encoding"]) or (
            b"",
            "",
            "",
        )
        kept = {"Content-Encoding": encoding, "Cache-Control": "public, max-age=31536000, immutable"}
        return Response(content, mimetype=media, headers=kept)

    return app


if __name__ == "__main__":
    served = site(Path(sys.argv[1]).read_text("utf-8"))
    serve(served, host="127.0.0.1", port=int(sys.argv[2]), threads=8)
