"""Explore in Vizro: countries, a chart of lines, the table; its arguments are ANSWER.parquet and PORT."""

import sys

import pandas as pd
import vizro.models as vm
import vizro.plotly.express as px
from vizro import Vizro
from vizro.tables import dash_ag_grid
from waitress import serve

figures = pd.read_parquet(sys.argv[1])
usual = ["Kazakhstan", "Azerbaijan", "Uzbekistan", "Georgia", "Türkiye"]
chart = vm.Graph(figure=px.line(figures, x="year", y="value", color="area", markers=True))
table = vm.Table(figure=dash_ag_grid(figures))
countries = vm.Filter(column="area", selector=vm.Checklist(options=usual, value=usual))
page = vm.Page(title="Exports of creative services per head", components=[chart, table], controls=[countries])
app = Vizro().build(vm.Dashboard(pages=[page]))

if __name__ == "__main__":
    serve(app.dash.server, host="127.0.0.1", port=int(sys.argv[2]), threads=8)
