"""The least that draws the same figure: a Dash app and bare HTML; python -m bench.floors.<name>."""
