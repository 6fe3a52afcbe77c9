"""Explore in Streamlit: countries, a chart of lines, the table; its argument is ANSWER.parquet."""

import sys

import pandas as pd
import plotly.express as px
import streamlit as st


@st.cache_data
def read(path: str) -> pd.DataFrame:
    """Headlines with a value: area, year, value."""
    return pd.read_parquet(path)


st.set_page_config(layout="wide")
figures = read(sys.argv[1])
st.title("Exports of creative services per head")
usual = ["Kazakhstan", "Azerbaijan", "Uzbekistan", "Georgia", "Türkiye"]
areas = st.multiselect("Countries and groups", sorted(figures["area"].unique()), usual)
shown = figures[figures["area"].isin(areas)]
st.plotly_chart(px.line(shown, x="year", y="value", color="area", markers=True))
st.dataframe(shown.pivot_table(index="area", columns="year", values="value"))
