"""The smallest Dash app that draws a figure: python -m bench.floors.smallest FIGURE.json PORT."""

import json
import sys
from pathlib import Path

from dash import Dash, dcc, html
from waitress import serve

if __name__ == "__main__":
    figure = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    app = Dash(__name__, compress=False)
    app.layout = html.Div(dcc.Graph(figure=figure))
    serve(app.server, host="127.0.0.1", port=int(sys.argv[2]), threads=8)
