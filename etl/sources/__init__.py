"""One folder a source; see `etl/source.py`."""
