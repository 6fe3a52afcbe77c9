"""The same page in other tools, on the same answer as Parquet; run by a Python of their own: make peers."""
