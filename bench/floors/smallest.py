"""The smallest Dash app that draws a figure, and again with fewer lines: smallest FIGURE.json PORT."""

import json
import sys
from pathlib import Path
from typing import Any

from dash import Dash, Input, Output, dcc, html
from waitress import serve


def site(figure: dict[str, Any]) -> Dash:
    """A list of the lines, and the chart of those that are ticked."""
    begins = [place for place, trace in enumerate(figure["data"]) if trace.get("mode") == "lines"]
    lines = [figure["data"][a:b] for a, b in zip(begins, [*begins[1:], None], strict=True)]
    names = [str(number) for number in range(len(lines))]
    app = Dash(__name__, compress=False)
    app.layout = html.Div([dcc.Checklist(names, names, id="lines"), dcc.Graph(id="chart", figure=figure)])

    @app.callback(Output("chart", "figure"), Input("lines", "value"), prevent_initial_call=True)  # type: ignore[untyped-decorator]
    def drawn(ticked: list[str]) -> dict[str, Any]:
        return figure | {"data": [trace for name in ticked for trace in lines[int(name)]]}

    return app


if __name__ == "__main__":
    served = site(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    serve(served.server, host="127.0.0.1", port=int(sys.argv[2]), threads=8)
