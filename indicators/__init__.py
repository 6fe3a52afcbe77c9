"""Meaning: the words, the catalogue, the arithmetic, and the only door to DuckDB."""
